"""What the checks of a report cover, table by table, and the figures that nothing checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from mlcheck.rendering.coverage.view import VERDICTS, locator
from mlcheck.rendering.html import words
from mlcheck.rendering.html.claims import Operand
from mlcheck.rendering.html.index import FigureRow, Index, label_of
from mlcheck.rendering.html.overview import Division, division
from mlcheck.rendering.html.tables import PageTable
from mlcheck.rendering.html.text import cut, place_text
from mlcheck.rendering.numbers import number
from mlcheck.rendering.terminal import short
from mlcheck.rendering.wording import Wording

MOST = 60  # figures of one table that are listed


class Covered(Struct, frozen=True):
    """A table, or the sentences of a chapter, with its counts by verdict and what of it nothing checks."""

    title: str
    where: str
    anchor: str
    counts: tuple[str, ...]
    bar: Division
    unchecked: tuple[Operand, ...]
    more: str


class Chapter(Struct, frozen=True):
    """An outermost heading with what stands under it."""

    title: str
    members: tuple[Covered, ...]


def chapters(index: Index, known: Mapping[str, PageTable], wording: Wording) -> list[Chapter]:
    """Return the coverage of a report, chapter by chapter, the sentences of each after its tables."""
    found: dict[str, list[Covered]] = {}
    for name, rows in index.tables.items():
        table = known[name]
        covered = _covered(cut(table.title), table.where, table.anchor, rows, index, wording)
        found.setdefault(_chapter(rows[0]["section"]), []).append(covered)
    prose: dict[str, list[FigureRow]] = {}
    for section, rows in index.prose.items():
        prose.setdefault(_chapter(section), []).extend(rows)
    for chapter, rows in prose.items():
        covered = _covered(wording.say("sentences"), "", "", rows, index, wording)
        found.setdefault(chapter, []).append(covered)
    outside = wording.say("Outside any section")
    return [Chapter(title or outside, tuple(covered)) for title, covered in found.items()]


def _chapter(section: str | None) -> str:
    return (section or "").partition(" / ")[0]


def _covered(
    title: str, where: str, anchor: str, rows: Sequence[FigureRow], index: Index, wording: Wording
) -> Covered:
    numbers = [row for row in rows if row["state"] == "number"]
    counts = Counter(row["coverage"] for row in numbers)
    left = [row for row in numbers if row["coverage"] == "unchecked"]
    description = {
        kind: f"{number(counts[kind], wording.language)} {words.coverage(kind, wording)}" for kind in VERDICTS
    }
    bar = division(", ".join(description[kind] for kind in VERDICTS if counts[kind]), "", [
        (kind, words.COVERAGE_MARKS[kind], description[kind], counts[kind]) for kind in VERDICTS
    ])  # fmt: skip
    more = len(left) - MOST
    return Covered(
        title, where, anchor, tuple(number(counts[kind], wording.language) for kind in VERDICTS), bar,
        tuple(_unchecked(row, index, wording) for row in left[:MOST]),
        wording.plural("… and {n} other", "… and {n} others", more) if more > 0 else "",
    )  # fmt: skip


def _unchecked(row: FigureRow, index: Index, wording: Wording) -> Operand:
    label = short(index.said(row)) or cut(label_of(row))
    return Operand(label, row["printed"], place_text(locator(index.report, row), wording), index.link(row))
