"""A folder of pages: one a report, and one that leads to them all, by verdict, rule, coverage, agency and year."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from tempfile import SpooledTemporaryFile

from markupsafe import Markup
from msgspec import Struct, field

from mlcheck import __version__
from mlcheck.language.words import fold
from mlcheck.model.finding import Finding, Report, Severity
from mlcheck.rendering import summary
from mlcheck.rendering.confidence import sure
from mlcheck.rendering.html import words
from mlcheck.rendering.html.overview import (
    VERDICTS,
    Division,
    Overview,
    State,
    checked_share,
    division,
    overview,
)
from mlcheck.rendering.html.page import IN_MEMORY, PIECE, alone, asset, part
from mlcheck.rendering.html.text import held, place_text
from mlcheck.rendering.numbers import number
from mlcheck.rendering.origin import origin
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

INDEX = "index.html"
PAGES = "reports/"
FIRST = 100  # findings to look at
SLUG = 60  # characters of the name of a page
RANKS: tuple[Severity, ...] = ("info", "warning", "error")
LABELS = {
    "agencies": N_("Agencies over the years"),
    "agency": N_("Agency"),
    "all_agencies": N_("All agencies"),
    "first": N_("To look at first"),
    "first_shown": N_("Shown: {n} of {all}"),
    "rule": N_("Rule"),
    "unknown_agency": N_("agency not known"),
    "unknown_year": N_("year not known"),
    "year": N_("Year"),
}
BARS: dict[State, str] = {
    "clean": "consistent", "known": "consistent", "errors": "inconsistent", "failed": "inconsistent",
    "unusable": "unverifiable", "nothing": "unverifiable",
}  # fmt: skip
Page = tuple[str, Iterator[str]]  # its name in the folder, and the pieces of its text


class Listed(Struct, frozen=True):
    """A finding in the list of those to look at first; `page` leads to it."""

    severity: Severity
    mark: str
    description: str
    rule: str
    sure: str
    page: str
    source: str
    where: str
    message: str


class Held(Struct):
    """What the reports of one agency and year, or the findings of one rule, come to."""

    name: str = ""
    page: str = ""
    reports: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    coverage: Counter[str] = field(default_factory=Counter)


class Site(Struct):
    """What is kept of the reports that have passed: counts, the findings to look at first, and no report."""

    states: Counter[State] = field(default_factory=Counter)
    coverage: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Held] = field(default_factory=dict)
    years: dict[str, dict[int | None, Held]] = field(default_factory=dict)
    first: list[tuple[tuple[int, float, int], Listed]] = field(default_factory=list)
    told: int = 0

    def add(self, report: Report, page: str, shown: Overview, agency: str, wording: Wording) -> None:
        """Count a report, and keep those of its findings that are among the first of all."""
        self.states[shown.state] += 1
        own = Held(
            page=page, reports=1, severities=summary.severities(report), coverage=summary.coverage(report)
        )
        self.coverage += own.coverage
        year = origin(report, None).year
        kept = self.years.setdefault(agency, {}).setdefault(year, Held(page=page))
        kept.reports += 1
        kept.severities += own.severities
        kept.coverage += own.coverage
        rules: set[str] = set()
        for finding in report.findings:
            rule = self.rules.setdefault(finding.rule, Held(finding.name.replace("-", " ")))
            rule.severities[finding.severity] += 1
            rule.reports += finding.rule not in rules
            rules.add(finding.rule)
            self._keep(finding, report, page, wording)

    def _keep(self, finding: Finding, report: Report, page: str, wording: Wording) -> None:
        """Keep a finding while it is one of the gravest and surest; of those alike, the one that came before."""
        self.told += 1
        rank = RANKS.index(finding.severity), finding.confidence, -self.told
        if len(self.first) == FIRST and rank <= self.first[0][0]:
            return
        told = Listed(
            finding.severity, words.SEVERITY_MARKS[finding.severity], words.severity(finding.severity, wording),
            finding.rule, sure(finding, wording), f"{page}#{finding.fingerprint}", report.source,
            place_text(finding.location, wording), held(wording.say(finding.message, finding.values)),
        )  # fmt: skip
        push = heapq.heappush if len(self.first) < FIRST else heapq.heapreplace
        push(self.first, (rank, told))


def site(reports: Iterable[Report], view: View) -> Iterator[Page]:
    """Yield the files of a folder one after the other, each to be written before the next: the index comes last."""
    yield "style.css", iter((asset("style.css"),))
    yield "script.js", iter((asset("filter.js"),))
    known, wording, none = Site(), view.wording("fr"), True
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="") as rows:
        for report in reports:
            wording = view.wording(report.language) if none else wording
            none = False
            name = page_name(report)
            yield name, alone(report, view, "../", f"../{INDEX}")
            shown, own = overview(report, wording), origin(report, None)
            known.add(report, name, shown, own.agency or "", wording)
            rows.write(_row(name, shown, own.agency or "", own.year, wording))
        rows.seek(0)
        yield INDEX, _index(known, iter(lambda: rows.read(PIECE), ""), wording)


def page_name(report: Report) -> str:
    """Return the name of the page of a report: words of its path, and a hash that parts it from all others."""
    mark = hashlib.sha256(report.source.encode("utf-8", "replace")).hexdigest()[:10]
    path = PurePath(report.source)
    slug = "-".join(
        word for word in fold(" ".join((*path.parts[-3:-1], path.stem))).split() if word.isalnum()
    )
    return f"{PAGES}{slug[:SLUG].strip('-')}-{mark}.html".replace("/-", "/")


def _row(page: str, shown: Overview, agency: str, year: int | None, wording: Wording) -> str:
    return part("site_row", wording, page=page, report=shown, agency=agency, year=year, s=_labels(wording))


def _labels(wording: Wording) -> dict[str, str]:
    return {name: wording.say(template, words.COUNTS) for name, template in LABELS.items()}


# The page that leads to all.


class Cell(Struct, frozen=True):
    """The reports of an agency in one year."""

    page: str
    errors: str
    checked: str
    bar: Division


def _index(known: Site, rows: Iterator[str], wording: Wording) -> Iterator[str]:
    """Yield the pieces of the index: its rows come as they were kept."""
    count = sum(known.states.values())
    title = wording.plural("{n} report", "{n} reports", count)
    labels = _labels(wording)
    agencies = sorted(known.years, key=fold)
    yield part("head", wording, title=title, reports=(), skip="first", shared="./", home="")
    before, after = part(
        "site", wording, title=title, s=labels, facts=_facts(known, wording), verdicts=_verdicts(known, wording),
        coverage=_coverage(known.coverage, wording), rules=_rules(known, wording), first=_first(known),
        agencies=agencies, years=_years(known), trends=_trends(known, agencies, wording),
        states=[(state, mark, wording.say(text)) for state, (mark, text) in VERDICTS.items() if known.states[state]],
        rows=Markup(_CUT),
    ).split(_CUT)  # fmt: skip
    yield before
    yield from rows
    yield after
    yield part("foot", wording, shared="./")


_CUT = "<!-- rows -->"  # where the rows of the reports stand; nothing that a report says can be it, since "<" is escaped


def _facts(known: Site, wording: Wording) -> list[str]:
    agencies = [agency for agency in known.years if agency]
    told = [year for year in _years(known) if year is not None]
    facts = [wording.plural("{n} agency", "{n} agencies", len(agencies))] if agencies else []
    facts += [f"{told[0]}–{told[-1]}" if told[0] != told[-1] else str(told[0])] if told else []
    return [*facts, f"mlcheck {__version__}"]


def _verdicts(known: Site, wording: Wording) -> Division:
    parts = [
        (
            BARS[state],
            mark,
            f"{number(known.states[state], wording.language)} · {wording.say(text)}",
            known.states[state],
        )
        for state, (mark, text) in VERDICTS.items()
        if known.states[state]
    ]
    head = wording.plural("{n} report", "{n} reports", sum(known.states.values()))
    return division(", ".join(text for _, _, text, _ in parts), head, parts)


def _coverage(counts: Counter[str], wording: Wording) -> Division:
    parts = [
        (
            kind,
            mark,
            f"{number(counts[kind], wording.language)} · {words.coverage(kind, wording)}",
            counts[kind],
        )
        for kind, mark in words.COVERAGE_MARKS.items()
    ]
    head = wording.plural("{n} figure", "{n} figures", counts.total())
    return division(", ".join(text for _, _, text, _ in parts), head, parts)


def _rules(known: Site, wording: Wording) -> list[tuple[str, str, list[str]]]:
    """Return each rule with its name and how many errors, warnings and remarks it told, and of how many reports."""
    ordered = sorted(
        known.rules.items(), key=lambda one: (-one[1].severities["error"], -one[1].reports, one[0])
    )
    return [
        (code, one.name, [number(n, wording.language) for n in (*(one.severities[kind] for kind in reversed(RANKS)), one.reports)])
        for code, one in ordered
    ]  # fmt: skip


def _first(known: Site) -> list[Listed]:
    return [told for _, told in sorted(known.first, key=lambda one: one[0], reverse=True)]


def _years(known: Site) -> list[int | None]:
    """Return every year, in their order; the unknown one comes last."""
    found = {year for years in known.years.values() for year in years}
    return sorted(found, key=lambda year: (year is None, year or 0))


def _trends(known: Site, agencies: list[str], wording: Wording) -> list[tuple[str, list[Cell | None]]]:
    """Return each agency with what its reports of each year come to."""
    years = _years(known)
    return [
        (agency, [_cell(known.years[agency].get(year), wording) for year in years]) for agency in agencies
    ]


def _cell(held_: Held | None, wording: Wording) -> Cell | None:
    if held_ is None:
        return None
    errors = wording.plural("{n} error", "{n} errors", held_.severities["error"])
    return Cell(
        held_.page, errors, checked_share(held_.coverage, wording), _coverage(held_.coverage, wording)
    )
