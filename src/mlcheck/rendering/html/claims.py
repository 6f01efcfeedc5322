"""The sentences of a report with their numbers marked, and what was found of each number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from mlcheck.model.claim import Verdict
from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Related
from mlcheck.rendering.claims.view import KINDS, bound, evidence, reason
from mlcheck.rendering.html import words
from mlcheck.rendering.html.index import Index
from mlcheck.rendering.html.text import NO_BREAK, cut, cut_before, place_text
from mlcheck.rendering.terminal import short
from mlcheck.rendering.wording import Wording

ABOVE = " › "


class Piece(Struct, frozen=True):
    """A stretch of a sentence; a number of it has the verdict on it."""

    text: str
    kind: str = ""
    mark: str = ""
    description: str = ""


class Operand(Struct, frozen=True):
    """A figure that a claim or a finding is held against, with the place that a link to it needs."""

    label: str
    stated: str
    where: str
    anchor: str


class ShownClaim(Struct, frozen=True):
    """One number of a sentence with its verdict and what it rests on; empty texts are not shown."""

    stated: str
    verdict: Verdict
    mark: str
    description: str
    kind: str
    formula: str
    reason: str
    evidence: str
    bound: str
    rule: str
    operands: tuple[Operand, ...]


class Sentence(Struct, frozen=True):
    """A sentence, its pieces, and its claims; `kinds` are the verdicts on them."""

    anchor: str
    where: str
    pieces: tuple[Piece, ...]
    claims: tuple[ShownClaim, ...]
    kinds: str


class Group(Struct, frozen=True):
    """What stands in one section.

    `name` is short, `title` its heading, `above` those over it, and `chapter` the outermost of these. `brief`
    tells it from other sections of the chapter.
    """

    name: str
    title: str
    above: str
    chapter: str
    brief: str
    members: tuple[object, ...]


def groups(sections: Mapping[str, Sequence[object]], index: Index, wording: Wording) -> list[Group]:
    """Return the things of each section under its innermost heading."""
    paths = {title: list(dict.fromkeys(title.split(" / "))) for title in sections}
    alike = Counter((path[0], path[-1]) for path in paths.values())
    made = []
    for title, path in paths.items():
        last = path[-1] or wording.say("Outside any section")
        brief = ABOVE.join(path[1:]) if alike[path[0], path[-1]] > 1 and path[1:] else last
        chapter = path[0] if path[1:] else ""
        members = tuple(sections[title])
        made.append(Group(index.section(title), last, ABOVE.join(path[:-1]), chapter, brief, members))
    return made


def sentences(index: Index, wording: Wording) -> list[Group]:
    """Return the sentences of a report, section by section."""
    sections: dict[str, list[Sentence]] = {}
    for anchor, claims in index.sentences.items():
        title = " / ".join(claims[0].claim.sections)
        sections.setdefault(title, []).append(_sentence(anchor, claims, index, wording))
    return groups(sections, index, wording)


def _sentence(anchor: str, claims: Sequence[CheckedClaim], index: Index, wording: Wording) -> Sentence:
    return Sentence(
        anchor,
        place_text(claims[0].claim.locator, wording),
        pieces(claims, wording),
        tuple(_claim(checked, index, wording) for checked in claims),
        " ".join(dict.fromkeys(checked.verdict for checked in claims)),
    )


def pieces(claims: Sequence[CheckedClaim], wording: Wording) -> tuple[Piece, ...]:
    """Return a sentence cut at its numbers; what overlaps a number already marked is left as it is."""
    text, at = claims[0].claim.text, 0
    made: list[Piece] = []
    for checked in sorted(claims, key=lambda one: one.claim.start):
        start, end = checked.claim.start, checked.claim.end
        if start < at or not text[start:end]:
            continue
        before = text[at:start]
        made.append(Piece(cut_before(before) if at == 0 else before))
        number, kind = text[start:end].replace(" ", NO_BREAK), checked.verdict
        made.append(Piece(number, kind, words.verdict_mark(kind), words.verdict(kind, wording)))
        at = end
    return (*made, Piece(cut(text[at:], 400)))


def _claim(checked: CheckedClaim, index: Index, wording: Wording) -> ShownClaim:
    claim = checked.claim
    return ShownClaim(
        claim.quantity.printed, checked.verdict, words.verdict_mark(checked.verdict),
        words.verdict(checked.verdict, wording), wording.say(KINDS[claim.kind]), wording.value(checked.formula),
        reason(checked, wording), evidence(checked, wording), bound(checked, wording), checked.rule or "",
        tuple(operand(one, claim.locator, index, wording) for one in checked.operands),
    )  # fmt: skip


def operand(related: Related, beside: Locator, index: Index, wording: Wording) -> Operand:
    """Return a figure with its label and the anchor of its place; last year's has its file instead."""
    row = index.figure(related.figure)
    return Operand(
        short(related.label), related.stated, place_text(related.location, wording, beside), index.link(row)
    )
