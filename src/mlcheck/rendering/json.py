"""Reports as JSON: the contract of docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from mlcheck.model.amount import Formula
from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Crash, Finding, Related, Report, Stated, Suppressed, Suspect
from mlcheck.rendering import summary
from mlcheck.rendering.confidence import rounded
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location
from mlcheck.rendering.summary import reason
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

SCHEMA_VERSION = 1
WHOLE_UNITS = ("count", "€")
"""Units whose whole values are written without a decimal point: 1410 €, but 49.0 %."""


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return one JSON object, a report a piece."""
    yield f'{{"schema_version": {SCHEMA_VERSION},\n "reports": ['
    separator = "\n"
    for report in reports:
        text = json.dumps(_report(report, view.wording(report.language)), ensure_ascii=False, allow_nan=False)
        yield f"{separator}{text}"
        separator = ",\n"
    yield "]}\n"


def render_lines(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return JSON Lines: one object a report, each on a line of its own that says its schema version."""
    for report in reports:
        written = {"schema_version": SCHEMA_VERSION} | _report(report, view.wording(report.language))
        yield json.dumps(written, ensure_ascii=False, allow_nan=False) + "\n"


def _report(report: Report, wording: Wording) -> dict[str, Any]:
    written: dict[str, Any] = {"source": report.source, "year": report.year, "profile": report.profile}
    if report.unusable is not None:
        written["unusable"] = plain_spaces(wording.say(report.unusable, report.unusable_values))
    written["verdict"] = summary.verdict(report)
    written["summary"] = _summary(report)
    written["findings"] = [_finding(finding, wording) for finding in report.findings]
    written["claims"] = [claim_object(checked, wording) for checked in report.claims]
    written["figures"] = list(_figures(report))
    written["not_understood"] = [
        {"location": location(block.locator), "reason": plain_spaces(wording.say(block.reason, block.values))}
        for block in report.not_understood
    ]
    if report.suppressed:
        written["suppressed"] = [_suppressed(one, wording) for one in report.suppressed]
    if report.crashes:
        written["crashes"] = [crash_object(crash) for crash in report.crashes]
    return written


def crash_object(crash: Crash) -> dict[str, Any]:
    """Return a fault of mlcheck as the contract tells it."""
    return {
        "rule": crash.rule or None,
        "stage": crash.stage,
        "location": location(crash.locator) if crash.locator else None,
        "error": crash.error,
    }


def _summary(report: Report) -> dict[str, int]:
    figures, claims, constraints = summary.coverage(report), summary.claims(report), report.constraints
    return {
        "figures": figures.total(),
        "checked": sum(figures[coverage] for coverage in summary.CHECKED),
        "constraints": sum(constraints.values()),
        "consistent": constraints.get("consistent", 0),
        "inconsistent": constraints.get("inconsistent", 0),
        "unverifiable": constraints.get("unverifiable", 0),
        "claims": claims.total(),
        "claims_consistent": claims["consistent"],
        "claims_inconsistent": claims["inconsistent"],
        "claims_unverifiable": claims["unverifiable"],
        "left_out": report.left_out,
    }


def _finding(finding: Finding, wording: Wording) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": rounded(finding.confidence),
        "message": plain_spaces(wording.say(finding.message, finding.values)),
        "section": finding.section,
        "table": finding.table,
        "location": location(finding.location),
        "stated": _spaced(finding.stated, wording),
        "expected": _spaced(finding.expected, wording),
        "difference": _spaced(finding.difference, wording),
        "suspects": [_suspect(suspect, finding, wording) for suspect in finding.suspects],
        "related": [_related(related, wording) for related in finding.related],
        "fingerprint": finding.fingerprint,
    }


def _suppressed(one: Suppressed, wording: Wording) -> dict[str, Any]:
    """Return a finding that is set apart, with who accepts it and why."""
    waiver = one.waiver
    return _finding(one.finding, wording) | {
        "by": one.by,
        "reason": waiver.reason if waiver else None,
        "author": waiver.author if waiver else None,
        "expires": waiver.expires.isoformat() if waiver and waiver.expires else None,
    }


def _suspect(suspect: Suspect, finding: Finding, wording: Wording) -> dict[str, Any]:
    return {
        "location": location(suspect.location),
        "also": [location(other) for other in suspect.also],
        "label": suspect.label,
        "stated": _spaced(suspect.stated, wording),
        "suggested": _spaced(suspect.suggested, wording),
        "mends": suspect.mends,
        "reason": plain_spaces(reason(suspect, finding.suspects, wording)),
    }


def _related(related: Related, wording: Wording) -> dict[str, Any]:
    return {
        "location": location(related.location),
        "label": related.label,
        "stated": _spaced(related.stated, wording),
    }


def claim_object(checked: CheckedClaim, wording: Wording) -> dict[str, Any]:
    """Return a claim with its verdict as the contract tells it."""
    claim = checked.claim
    return {
        "text": claim.text,
        "location": location(claim.locator),
        "kind": claim.kind,
        "stated": plain_spaces(claim.quantity.printed),
        "value": value(claim.quantity.mantissa, claim.quantity.scale, claim.quantity.unit),
        "unit": claim.quantity.unit,
        "direction": claim.direction,
        "verdict": checked.verdict,
        "formula": _spaced(checked.formula, wording),
        "operands": [_related(operand, wording) for operand in checked.operands],
        "reason": None
        if checked.reason is None
        else plain_spaces(wording.say(checked.reason, checked.values)),
    }


def _figures(report: Report) -> Iterator[dict[str, Any]]:
    """Return the printed numbers; a cell that says nothing is no figure."""
    for row in report.figures.iter_rows(named=True):
        if row["state"] != "number":
            continue
        place = Locator(
            report.source,
            sheet=row["sheet"],
            cell=row["cell"],
            page=row["page"],
            box=tuple(row["box"]) if row["box"] else None,
            slide=row["slide"],
            shape=row["shape"],
            line=row["line"],
        )
        yield {
            "location": location(place),
            "section": row["section"],
            "table": row["table"],
            "row": row["row"],
            "column": row["column"],
            "stated": plain_spaces(row["printed"]),
            "value": None if row["mantissa"] is None else value(row["mantissa"], row["scale"], row["unit"]),
            "unit": row["unit"],
            "verdict": row["coverage"],
            "constraints": row["constraints"],
        }


def _spaced(value: Stated | Formula | None, wording: Wording) -> str | None:
    """Return a figure with ordinary spaces, so that programs can compare it."""
    return None if value is None else plain_spaces(wording.value(value))


def value(mantissa: int, scale: int, unit: str) -> int | float:
    """Return a printed number for JSON: whole counts and euros are integers, the rest floats."""
    exact = Fraction(mantissa, 10**scale)
    return exact.numerator if exact.denominator == 1 and unit in WHOLE_UNITS else float(exact)
