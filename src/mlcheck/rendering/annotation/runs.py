"""Runs of Open XML cut apart, so that the very characters of a number carry a mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field

from mlcheck.rendering.annotation.markup import Element, tag
from mlcheck.rendering.annotation.xml_part import Character, XmlPart

RUNS = ("r", "fld")  # a field is one piece, and is never cut
Look = Callable[[bytes, str], bytes]  # the bytes of the format of a run, "" without one, and its prefix


class Stretch(Struct, eq=False):
    """Characters to be marked: what is written before and after them, and how the format of their runs changes."""

    characters: Sequence[Character]
    before: bytes = b""
    after: bytes = b""
    look: Look | None = None


class _Piece(Struct):
    """A piece of the content of a run, as it will be written."""

    written: bytes
    stretch: Stretch | None = None


class _Cut(Struct):
    """A run and what is marked of each of its texts: (text, first byte, end, stretch)."""

    run: Element
    marked: list[tuple[Element, int, int, Stretch]] = field(default_factory=list)


def mark_runs(part: XmlPart, stretches: Iterable[Stretch], space: bool) -> None:
    """Cut the runs of a part where stretches start and end; `space` says that texts must ask to keep their blanks.

    Stretches do not overlap, and each has a character in a run.
    """
    cuts: dict[int, _Cut] = {}
    ends: dict[int, list[int]] = {}
    for stretch in sorted(stretches, key=lambda one: one.characters[0].start):
        for holder, characters in groupby(stretch.characters, key=lambda one: one.holder):
            run = run_of(part, holder)
            if run is None:
                continue
            spans = without_gaps(list(characters)) if run.local == "r" else [(holder.opened, holder.closed)]
            for start, end in spans:
                cuts.setdefault(run.start, _Cut(run)).marked.append((holder, start, end, stretch))
            ends.setdefault(id(stretch), []).append(run.start)
    for at, cut in cuts.items():
        firsts = {id(s) for *_, s in cut.marked if ends[id(s)][0] == at}
        lasts = {id(s) for *_, s in cut.marked if ends[id(s)][-1] == at}
        part.put(cut.run, b"".join(_rebuilt(part, cut, space, firsts, lasts)))


def apart(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield stretches that do not overlap: a longer one is left what a shorter does not have.

    Where nothing is left of one, what is written around it goes around the one that has its characters.
    """
    owners: dict[int, Stretch] = {}
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: len(one.characters)):
        left = [one for one in stretch.characters if one.start not in owners]
        if left:
            stretch.characters = left
            owners.update((one.start, stretch) for one in left)
            kept.append(stretch)
        elif stretch.characters:
            owner = owners[stretch.characters[0].start]
            owner.before, owner.after = stretch.before + owner.before, owner.after + stretch.after
    yield from kept


def without_gaps(characters: Sequence[Character]) -> Iterator[tuple[int, int]]:
    """Yield the first and last byte of characters that follow one another with nothing between them."""
    start, end = characters[0].start, characters[0].end
    for one in characters[1:]:
        if one.start > end:
            yield start, end
            start = one.start
        end = one.end
    yield start, end


def run_of(part: XmlPart, holder: Element) -> Element | None:
    """Return the run that holds a text directly, None where none does."""
    run = part.parent(holder)
    return run if run is not None and run.local in RUNS else None


def _rebuilt(part: XmlPart, cut: _Cut, space: bool, firsts: set[int], lasts: set[int]) -> Iterator[bytes]:
    """Yield the runs that one becomes."""
    run = cut.run
    look = part.child(run, "rPr")
    opening, closing = part.data[run.start : run.opened], f"</{run.name}>".encode()
    pieces = [piece for piece in _pieces(part, cut, space, look) if piece.written.strip() or piece.stretch]
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: id(piece.stretch))]
    met = [id(group[0].stretch) for group in groups]
    for at, (own, key) in enumerate(zip(groups, met, strict=True)):
        stretch = own[0].stretch
        written = part.raw(look)
        if stretch is not None and stretch.look is not None:
            written = stretch.look(written, run.prefix)
        if stretch is not None and key in firsts and key not in met[:at]:
            yield stretch.before
        yield b"".join((opening, written, *(piece.written for piece in own), closing))
        if stretch is not None and key in lasts and key not in met[at + 1 :]:
            yield stretch.after


def _pieces(part: XmlPart, cut: _Cut, space: bool, look: Element | None) -> Iterator[_Piece]:
    """Yield the content of a run but its format, its texts cut where marks start and end."""
    at = cut.run.opened
    for child in part.children(cut.run):
        if child is look:
            yield _Piece(part.data[at : child.start])
        else:
            own = [marked[1:] for marked in cut.marked if marked[0] is child]
            yield _Piece(part.data[at : child.start])
            yield from _texts(part, child, own, space) if own else (_Piece(part.raw(child)),)
        at = child.end
    yield _Piece(part.data[at : cut.run.closed])


def _texts(
    part: XmlPart, text: Element, marked: Sequence[tuple[int, int, Stretch]], space: bool
) -> Iterator[_Piece]:
    """Yield the pieces of one text."""
    attributes = {**text.attributes, "xml:space": "preserve"} if space else text.attributes
    opening, closing = tag(text.name, attributes), f"</{text.name}>".encode()
    at = text.opened
    for start, end, stretch in sorted(marked, key=lambda one: one[0]):
        if start > at:
            yield _Piece(opening + part.data[at:start] + closing)
        yield _Piece(opening + part.data[start:end] + closing, stretch)
        at = end
    if text.closed > at:
        yield _Piece(opening + part.data[at : text.closed] + closing)
