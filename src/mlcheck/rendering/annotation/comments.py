"""The comments of one sheet: their texts, and the boxes that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlcheck.model.document import column_letters
from mlcheck.rendering.annotation import boxes
from mlcheck.rendering.annotation.markup import (
    DECLARATION,
    Edit,
    Element,
    elements,
    escaped,
    filled,
    one,
    prefixed,
    spliced,
)
from mlcheck.rendering.annotation.notes import Note
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.sheet_scan import Place, Scan
from mlcheck.rendering.wording import Wording

AUTHOR = "mlcheck"
MOST = 6  # notes of one comment
THREAD = "tc="  # how the author of a discussion starts; its text is not shown
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_FONT = '<rPr>{bold}<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
_PARTS = ("comments", "authors", "author", "commentList", "comment", "text", "r", "t")


def add_comments(
    package: Package, part: str, scan: Scan, notes: Mapping[Place, Sequence[Note]], wording: Wording
) -> tuple[str | None, list[Place]]:
    """Comment cells of a sheet, after the comments it has.

    Returns the id of its drawing where that is new, and the cells that take no comment because a discussion
    stands there. Raises UneditableError, before anything is changed, where the sheet can take none.
    """
    known = package.related(part, "comments")
    root = f'<comments xmlns="{package.namespaces[0]}"><authors/><commentList/></comments>'
    data = (package.read(known) if known else None) or (DECLARATION + root).encode()
    found = elements(data, lambda local, _: local in _PARTS)
    held = {e.attributes.get("ref", ""): e for e in found if e.local == "comment"}
    threads = _threads(data, found)
    refused = [place for place in notes if _is_thread(held.get(_address(place)), threads)]
    taken = {place: notes[place] for place in notes if place not in refused}
    shapes = {place: _size(told) for place, told in taken.items() if _address(place) not in held}
    new = _written(data, found, held, taken, wording)
    drawing = boxes.add_boxes(package, part, scan, shapes) if shapes else None
    name = known or package.free("xl/comments{}.xml")
    package.put(name, new)
    if known is None:
        package.declare(name, _TYPE)
        package.relate(part, "comments", name)
    return drawing, refused


def _written(
    data: bytes,
    found: list[Element],
    held: Mapping[str, Element],
    notes: Mapping[Place, Sequence[Note]],
    wording: Wording,
) -> bytes:
    """Return the comments with those of `notes`, a cell's own comment first where it has one."""
    prefix = found[0].prefix
    authors = one(found, "authors")
    number = sum(1 for e in found if e.local == "author")
    edits = filled(authors, prefixed(f"<author>{AUTHOR}</author>", prefix))
    written: list[bytes] = []
    for place in sorted(notes):
        runs = _runs(notes[place], wording)
        before = held.get(_address(place))
        if before is None:
            comment = f'<comment ref="{_address(place)}" authorId="{number}" shapeId="0"><text>{runs}</text></comment>'
            written.append(prefixed(comment, prefix))
        else:
            edits += _appended(before, found, prefixed(_run("\n\n", "") + runs, prefix), prefix)
    edits += filled(one(found, "commentList"), b"".join(written))
    return spliced(data, edits)


def _appended(comment: Element, found: list[Element], runs: bytes, prefix: str) -> list[Edit]:
    """Return the edits that put `runs` after the text of a comment; a plain text becomes a run."""
    inside = [e for e in found if comment.start < e.start < comment.end]
    text = one(inside, "text")
    body = [e for e in inside if e.depth == text.depth + 1 and e.local in ("r", "t")]
    if not body:
        return filled(text, runs)
    edits: list[Edit] = []
    for plain in (e for e in body if e.local == "t"):
        edits.append((plain.start, plain.start, f"<{prefix}r>".encode()))
        edits.append((plain.end, plain.end, f"</{prefix}r>".encode()))
    return [*edits, (body[-1].end, body[-1].end, runs)]


def _threads(data: bytes, found: list[Element]) -> set[str]:
    authors = (e for e in found if e.local == "author")
    return {str(n) for n, e in enumerate(authors) if data[e.opened : e.closed].startswith(THREAD.encode())}


def _is_thread(comment: Element | None, threads: set[str]) -> bool:
    return comment is not None and comment.attributes.get("authorId") in threads


def _runs(notes: Sequence[Note], wording: Wording) -> str:
    runs = []
    for number, note in enumerate(notes[:MOST]):
        runs.append(_run(f"{note.head}\n" if not number else f"\n\n{note.head}\n", "<b/>"))
        runs.append(_run("\n".join(note.lines), ""))
    if len(notes) > MOST:
        runs.append(_run("\n" + wording.plural("… and {n} other", "… and {n} others", len(notes) - MOST), ""))
    return "".join(runs)


def _run(text: str, bold: str) -> str:
    return f'<r>{_FONT.format(bold=bold)}<t xml:space="preserve">{escaped(text)}</t></r>'


def _size(notes: Sequence[Note]) -> int:
    """Return how many lines a comment takes in its box."""
    texts = [line for note in notes[:MOST] for line in (note.head, *note.lines, "")]
    return sum(1 + len(text) // boxes.CHARACTERS for text in texts) + (len(notes) > MOST) - 1


def _address(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0] + 1}"
