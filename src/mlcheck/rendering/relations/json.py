"""The relations of reports as JSON: the contract of docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mlcheck.model.finding import Report
from mlcheck.model.relation import CheckedRelation
from mlcheck.rendering.confidence import rounded
from mlcheck.rendering.json import SCHEMA_VERSION, crash_object
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location
from mlcheck.rendering.view import View


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return one JSON object, a report a piece."""
    yield f'{{"schema_version": {SCHEMA_VERSION},\n "reports": ['
    separator = "\n"
    for report in reports:
        yield separator + json.dumps(_report(report, view), ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    yield "]}\n"


def _report(report: Report, view: View) -> dict[str, Any]:
    written: dict[str, Any] = {"source": report.source}
    if report.unusable is not None:
        said = view.wording(report.language).say(report.unusable, report.unusable_values)
        written["unusable"] = plain_spaces(said)
    written["relations"] = [_relation(one, report) for one in report.relations]
    if report.crashes:
        written["crashes"] = [crash_object(crash) for crash in report.crashes]
    return written


def _relation(one: CheckedRelation, report: Report) -> dict[str, Any]:
    hold, of = one.siblings
    return {
        "rule": one.rule,
        "kind": one.kind,
        "target": None if one.target is None else location(report.related[one.target].location),
        "operands": [
            {"location": location(report.related[figure].location), "coefficient": f"{coefficient:f}"}
            for figure, coefficient in one.operands
        ],
        "evidence": {
            "words": list(one.evidence.words),
            "layout": list(one.evidence.layout),
            "formula": one.evidence.formula,
            "siblings": {"hold": hold, "of": of},
        },
        "confidence": rounded(one.confidence),
        "verdict": one.verdict,
        "claim": None if one.claim is None else report.claims[one.claim].claim.text,
    }
