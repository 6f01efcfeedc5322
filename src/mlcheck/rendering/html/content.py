"""All that the page tells of one report, ready to be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from mlcheck.model.finding import Report, Suppressed
from mlcheck.rendering.html.charts import Chart, by_commune, charts
from mlcheck.rendering.html.claims import Group, groups, sentences
from mlcheck.rendering.html.coverage import Chapter, chapters
from mlcheck.rendering.html.findings import ShownFinding, findings, shown
from mlcheck.rendering.html.index import Index
from mlcheck.rendering.html.overview import Overview, overview
from mlcheck.rendering.html.tables import PageTable, ShownTable, shown_table, tables
from mlcheck.rendering.html.text import Anchors, place_text
from mlcheck.rendering.html.words import FAMILIES
from mlcheck.rendering.summary import crash_text
from mlcheck.rendering.wording import Wording

ROWS = 200  # of a table


class WholeTable(Struct, frozen=True):
    """A table with its charts."""

    table: ShownTable
    charts: tuple[Chart, ...]


class Content(Struct, frozen=True):
    """What is said of one report; `years` are what its charts call this year and last year."""

    overview: Overview
    findings: list[Group]
    claims: list[Group]
    coverage: list[Chapter]
    tables: list[Group]
    silenced: list[Silenced]
    blocks: list[Block]
    crashes: list[str]
    rules: list[Entry]
    years: tuple[str, str]


class Silenced(Struct, frozen=True):
    """A finding that is set apart, and the sentences that say by what."""

    finding: ShownFinding
    description: tuple[str, ...]


class Block(Struct, frozen=True):
    """A block that was not understood: its place and why."""

    where: str
    reason: str


class Entry(Struct, frozen=True):
    """A rule with its name, what its family is about, and the anchors and places of its findings."""

    code: str
    name: str
    family: str
    found: tuple[tuple[str, str], ...]


def content(report: Report, prefix: str, anchors: Anchors, wording: Wording) -> Content:
    """Return what is said of a report; `prefix` starts its anchors, but for those of its findings."""
    index = Index(report, prefix)
    known = tables(index, wording)
    found = findings(index, known, anchors, wording)
    kept_apart = _silenced(index, known, anchors, wording)
    said = sentences(index, wording)
    covered = chapters(index, known, wording)
    whole = _tables(index, known, wording)  # after all else: it shows the rows that links lead to
    shown = [*_found(found), *(one.finding for one in kept_apart)]
    return Content(
        overview(report, wording), found, said, covered, whole, kept_apart, _blocks(report, wording),
        _crashes(report, wording), _glossary(shown, wording), _years(report, wording),
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


# What stands apart from the findings: those that are silenced, what was not understood, faults of mlcheck.


def _silenced(
    index: Index, known: Mapping[str, PageTable], anchors: Anchors, wording: Wording
) -> list[Silenced]:
    """Return the findings of a report that a waiver or a baseline silences."""
    return [
        Silenced(shown(one.finding, index, known, anchors, wording), tuple(_description(one, wording)))
        for one in index.report.suppressed
    ]


def _description(one: Suppressed, wording: Wording) -> list[str]:
    waiver = one.waiver
    if waiver is None:
        return [wording.say("known before, in the baseline")]
    description = [
        wording.say("accepted by {author}: {reason}", {"author": waiver.author, "reason": waiver.reason})
    ]
    if waiver.expires is not None:
        description.append(wording.say("until {date}", {"date": wording.day(waiver.expires)}))
    return description


def _blocks(report: Report, wording: Wording) -> list[Block]:
    """Return the blocks of a report that were not understood."""
    return [
        Block(place_text(block.locator, wording), wording.say(block.reason, block.values))
        for block in report.not_understood
    ]


def _crashes(report: Report, wording: Wording) -> list[str]:
    """Return the faults of mlcheck that a report met, each as a sentence."""
    return [crash_text(crash, report.source, wording) for crash in report.crashes]


# The rules that found something, explained: what a code stands for.


def _glossary(found: Iterable[ShownFinding], wording: Wording) -> list[Entry]:
    """Return the rules of findings, by their codes."""
    rules: dict[str, list[ShownFinding]] = {}
    for finding in found:
        rules.setdefault(finding.rule, []).append(finding)
    return [_entry(code, own, wording) for code, own in sorted(rules.items())]


def _entry(code: str, own: list[ShownFinding], wording: Wording) -> Entry:
    family = FAMILIES.get(code[:3])
    places = tuple((finding.anchor, finding.where) for finding in own)
    return Entry(code, own[0].name.replace("-", " "), wording.say(family) if family else "", places)
