"""Findings as comma-separated values, one line each, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from mlcheck.model.finding import Finding, Report, Suspect
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.summary import change
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

LOCATION = ("file", "sheet", "cell", "page", "slide", "shape", "line")
HEADER = (
    "source",
    "year",
    "rule",
    "name",
    "severity",
    "section",
    "table",
    "label",
    *LOCATION,
    "stated",
    "expected",
    "difference",
    "message",
    "suspects",
    "related",
    "fingerprint",
    "confidence",
)
COMMA, SEMICOLON = ",", ";"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMERAL = re.compile(r"[-+]?[0-9\s.,]+(?:%|‰|€|points?)?")


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return a header line, then the findings of each report; an unusable report is a line of its own."""
    delimiter = None
    for report in reports:
        wording = view.wording(report.language)
        if delimiter is None:
            delimiter = delimiter_of(view.delimiter, wording)
            yield mark(delimiter) + lines([HEADER], delimiter)
        if report.unusable is not None:
            blank = dict.fromkeys(HEADER, "")
            blank |= {
                "source": report.source,
                "severity": "unusable",
                "message": wording.say(report.unusable, report.unusable_values),
            }
            yield lines([list(blank.values())], delimiter)
        yield lines((_line(report, finding, wording) for finding in report.findings), delimiter)
    if delimiter is None:
        yield lines([HEADER], view.delimiter or COMMA)


def delimiter_of(asked: str | None, wording: Wording) -> str:
    """Return what parts the cells: what is asked for, else what the spreadsheets of a language read."""
    return asked or (SEMICOLON if wording.language == "fr" else COMMA)


def mark(delimiter: str) -> str:
    """Return what begins a file for the spreadsheets that read semicolons: without it they take UTF-8 for Windows-1252."""
    return "\ufeff" if delimiter == SEMICOLON else ""


def lines(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return rows as CSV, each cell on one line and without control characters.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(
        [_safe(cell) for cell in row] for row in rows
    )
    return text.getvalue()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = plain(cell)
    return f"'{text}" if cell.startswith(_FORMULA) and not _NUMERAL.fullmatch(text) else text


def _line(report: Report, finding: Finding, wording: Wording) -> list[object]:
    where = location(finding.location)
    return [
        report.source,
        report.year,
        finding.rule,
        finding.name,
        finding.severity,
        finding.section,
        finding.table,
        finding.label,
        *(where[key] for key in LOCATION),
        plain_spaces(wording.value(finding.stated)),
        plain_spaces(wording.value(finding.expected)),
        plain_spaces(wording.value(finding.difference)),
        plain_spaces(wording.say(finding.message, finding.values)),
        plain_spaces(" ; ".join(_suspect(suspect, wording) for suspect in finding.suspects)),
        plain_spaces(" ; ".join(f"{related.label} {related.stated}".strip() for related in finding.related)),
        finding.fingerprint,
        f"{finding.confidence:.2f}",
    ]


def _suspect(suspect: Suspect, wording: Wording) -> str:
    return f"{place(suspect.location, wording)} {change(suspect, wording)}"
