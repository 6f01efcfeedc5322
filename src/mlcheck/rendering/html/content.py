"""All that the page tells of one report, ready to be written."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mlcheck.model.finding import Report
from mlcheck.rendering.html import apart
from mlcheck.rendering.html.anchors import Anchors
from mlcheck.rendering.html.charts import Chart, by_commune, charts
from mlcheck.rendering.html.claims import Group, groups, sentences
from mlcheck.rendering.html.coverage import Chapter, chapters
from mlcheck.rendering.html.excerpt import ShownTable, shown_table
from mlcheck.rendering.html.findings import ShownFinding, findings
from mlcheck.rendering.html.glossary import Entry, glossary
from mlcheck.rendering.html.index import Index
from mlcheck.rendering.html.overview import Overview, overview
from mlcheck.rendering.html.tables import PageTable, tables
from mlcheck.rendering.wording import Wording

ROWS = 200  # of a table


class WholeTable(Struct, frozen=True):
    """A table with its charts."""

    table: ShownTable
    charts: tuple[Chart, ...]


class Content(Struct, frozen=True):
    """What is told of one report; `years` are what its charts call this year and last year."""

    overview: Overview
    findings: list[Group]
    claims: list[Group]
    coverage: list[Chapter]
    tables: list[Group]
    silenced: list[apart.Silenced]
    blocks: list[apart.Block]
    crashes: list[str]
    rules: list[Entry]
    years: tuple[str, str]


def content(report: Report, prefix: str, anchors: Anchors, wording: Wording) -> Content:
    """Return what is told of a report; `prefix` starts its anchors, but for those of its findings."""
    index = Index(report, prefix)
    known = tables(index, wording)
    found = findings(index, known, anchors, wording)
    silenced = apart.silenced(index, known, anchors, wording)
    said = sentences(index, wording)
    covered = chapters(index, known, wording)
    whole = _tables(index, known, wording)  # after all else: it shows the rows that links lead to
    shown = [*_found(found), *(one.finding for one in silenced)]
    return Content(
        overview(report, wording), found, said, covered, whole, silenced, apart.blocks(report, wording),
        apart.crashes(report, wording), glossary(shown, wording), _years(report, wording),
    )  # fmt: skip


def _found(groups: list[Group]) -> Iterator[ShownFinding]:
    for one in groups:
        yield from (finding for finding in one.members if isinstance(finding, ShownFinding))


def _tables(index: Index, known: dict[str, PageTable], wording: Wording) -> list[Group]:
    """Return the tables of each section; those by commune have charts."""
    drawn = by_commune(known.values())
    sections: dict[str, list[WholeTable]] = {}
    for name, table in known.items():
        bars = tuple(charts(table, index, wording)) if name in drawn else ()
        shown = shown_table(table, {}, ROWS, index, wording, whole=True)
        sections.setdefault(table.section, []).append(WholeTable(shown, bars))
    return groups(sections, index, wording)


def _years(report: Report, wording: Wording) -> tuple[str, str]:
    """Return what the bars of this year and of last year are called."""
    this = str(report.year) if report.year is not None else wording.say("this report")
    last = str(report.prior_year) if report.prior_year is not None else wording.say("last year's report")
    return this, last
