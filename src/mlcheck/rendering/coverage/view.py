"""What the checks of a report cover, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering import summary
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import CHECKED
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    import polars as pl

    from mlcheck.rendering.view import View

FigureRow = dict[str, Any]
VERDICTS = (*CHECKED, "unchecked")

FORMATS = {
    "terminal": "mlcheck.rendering.coverage.terminal",
    "json": "mlcheck.rendering.coverage.json",
    "markdown": "mlcheck.rendering.coverage.lists",
    "csv": "mlcheck.rendering.coverage.lists",
}


class Tally(Struct, frozen=True):
    """How many figures of one table, or of the sentences of one chapter (no table), have each verdict."""

    chapter: str
    table: str | None
    title: str
    place: Locator
    verdicts: Counter[str]

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return self.verdicts.total()

    @property
    def checked(self) -> int:
        """How many of them stand in a check."""
        return sum(self.verdicts[verdict] for verdict in CHECKED)


class Blind(Struct, frozen=True):
    """A checked figure that could be wrong unnoticed: by how much too low or too high, None is by any amount."""

    row: FigureRow
    below: Fraction | None
    above: Fraction | None

    @property
    def size(self) -> tuple[bool, Fraction]:
        """The larger of the two beside the figure itself, to compare."""
        ends = [end for end in (self.below, self.above) if end is not None]
        value = abs(Fraction(self.row["mantissa"], 10 ** self.row["scale"]))
        return len(ends) < 2, max(ends, default=Fraction(0)) / max(value, Fraction(1))


BELOW = N_(
    "{file}: {share} of its {figures} figures stand in a check, less than the {least} asked for;"
    " without any: {most}."
)
SECTIONS = 4  # named in the sentence


def render_coverage(name: str, report: Report, mutations: pl.DataFrame | None, view: View) -> Iterator[str]:
    """Return the coverage of a report in the format `name`, and what became of typing errors where some were made.

    The figures of the report have the columns that `mlcheck.checking.coverage.cover` adds; `mutations` are
    MUTATIONS of `mlcheck.mutation.mutation`.
    """
    module = import_module(FORMATS[name])
    pieces: Iterator[str] = getattr(module, name)(report, mutations, view)
    return pieces


def rows(report: Report) -> list[FigureRow]:
    """Return the printed numbers of a report; a cell that says nothing is no figure."""
    return [row for row in report.figures.iter_rows(named=True) if row["state"] == "number"]


def tallies(report: Report) -> list[Tally]:
    """Return the tally of each table and of each chapter's sentences, in the order of the report."""
    counted: dict[tuple[str, str | None], Tally] = {}
    for row in rows(report):
        key = (row["chapter"], row["table"])
        if key not in counted:
            title = row["title"] if row["table"] else ""
            counted[key] = Tally(*key, title, locator(report, row), Counter())
        counted[key].verdicts[row["coverage"]] += 1
    order = {chapter: n for n, chapter in enumerate(dict.fromkeys(chapter for chapter, _ in counted))}
    return sorted(counted.values(), key=lambda one: (order[one.chapter], one.table is None))


def name(one: Tally, twice: bool, wording: Wording) -> str:
    """Return what a reader calls a table, with its place where others of the report are called so `twice`."""
    if one.table is None:
        return wording.say("sentences of “{chapter}”", {"chapter": one.chapter})
    return f"{one.title} ({place(one.place, wording)})" if twice or not one.title else one.title


def total(found: list[Tally]) -> Counter[str]:
    """Return the verdicts of several tallies together."""
    return sum((one.verdicts for one in found), Counter())


def unchecked(report: Report) -> list[FigureRow]:
    """Return the figures that stand in no check, table by table, those of sentences after the tables of a chapter."""
    found = [row for row in rows(report) if row["coverage"] == "unchecked"]
    order = {chapter: n for n, chapter in enumerate(dict.fromkeys(row["chapter"] for row in rows(report)))}
    tables = {table: n for n, table in enumerate(dict.fromkeys(row["table"] for row in rows(report)))}
    return sorted(found, key=lambda row: (order[row["chapter"]], row["table"] is None, tables[row["table"]]))


def blind_spots(report: Report) -> list[Blind]:
    """Return the checked figures that could be wrong unnoticed, the worst first."""
    found = []
    for row in rows(report):
        if row["coverage"] in ("proven", "bounded"):
            below, above = (None if row[end] is None else Fraction(row[end]) for end in ("below", "above"))
            if below != 0 or above != 0:
                found.append(Blind(row, below, above))
    return sorted(found, key=lambda one: one.size, reverse=True)


def locator(report: Report, row: FigureRow) -> Locator:
    """Return the place of a figure."""
    return Locator(
        report.source,
        row["sheet"],
        row["cell"],
        row["page"],
        tuple(row["box"]) if row["box"] else None,
        row["slide"],
        row["shape"],
        row["line"],
    )


# What is said of a report in which too few figures are checked.


def shortfall(report: Report, least: float, wording: Wording) -> str | None:
    """Return a sentence on what no check covers, None where `least` percent of the figures are checked.

    The share is written rounded down.
    """
    if not summary.falls_short(report, least):
        return None
    counts = summary.coverage(report)
    asked = Fraction(str(least))
    checked, figures = sum(counts[verdict] for verdict in summary.CHECKED), counts.total()
    values = {
        "file": report.source,
        "share": _percent(Fraction(1000 * checked // figures, 10), wording),
        "figures": figures,
        "least": _percent(asked, wording),
        "most": _sections(report, wording),
    }
    return wording.say(BELOW, values)


def _percent(value: Fraction, wording: Wording) -> str:
    return with_unit(number(value, wording.language), "%", wording.language)


def _sections(report: Report, wording: Wording) -> str:
    """Return the sections with most figures in no check, by their innermost heading."""
    frame = report.figures
    left = frame.filter((frame["state"] == "number") & (frame["coverage"] == "unchecked"))
    counts = Counter(left["section"].fill_null("").to_list()).most_common()
    shown = [
        f"{section.rpartition(' / ')[2] or wording.say('Outside any section')} ({n})"
        for section, n in counts[:SECTIONS]
    ]
    rest = sum(n for _, n in counts[SECTIONS:])
    if rest:
        shown.append(wording.plural("… and {n} other", "… and {n} others", rest))
    return ", ".join(shown)
