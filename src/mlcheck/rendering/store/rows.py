"""One report as rows of the tables of a store."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import tomli

from mlcheck import __version__
from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Finding, Report
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import CheckedRelation
from mlcheck.model.table import Line, Table
from mlcheck.rendering import summary
from mlcheck.rendering.confidence import rounded
from mlcheck.rendering.extraction.records import OVER
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.table.choice import section_ids
from mlcheck.rendering.wording import Wording

Row = dict[str, Any]
SCHEMA_VERSION = 1


@cache
def columns() -> dict[str, dict[str, tuple[str, str]]]:
    """Return the tables of a store; each column has its type and what it holds."""
    read = tomli.loads(files("mlcheck").joinpath("data/store.toml").read_text("utf-8"))
    return {
        table: {name: (kind, description) for name, (kind, description) in columns.items()}
        for table, columns in read.items()
        if isinstance(columns, dict)
    }


def types(table: str) -> dict[str, Any]:
    """Return the polars types of the columns of a table: none that another reader of Parquet lacks."""
    import polars as pl

    known = {
        "text": pl.String, "whole": pl.Int64, "number": pl.Float64, "flag": pl.Boolean,
        "texts": pl.List(pl.String), "wholes": pl.List(pl.Int64), "numbers": pl.List(pl.Float64),
    }  # fmt: skip
    return {name: known[kind] for name, (kind, _) in columns()[table].items()}


def content(report: Report, key: str, wording: Wording) -> dict[str, bytes]:
    """Return the Parquet file of a report in each table; `key` identifies the report."""
    import polars as pl

    made = {}
    for table, rows in _tables(report, wording).items():
        schema = types(table)
        own = {"report": key, "source": report.source}
        frame = {name: [_storable(own.get(name, row.get(name))) for row in rows] for name in schema}
        stream = BytesIO()
        pl.DataFrame(frame, schema=schema).write_parquet(stream)
        made[table] = stream.getvalue()
    return made


def _storable(value: Any) -> Any:
    """Return a value as UTF-8 can hold it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_storable(one) for one in value] if isinstance(value, list) else value


def _tables(report: Report, wording: Wording) -> dict[str, list[Row]]:
    found: list[tuple[Finding, str | None]] = [(one, None) for one in report.findings]
    found += [(one.finding, one.by) for one in report.suppressed]
    return {
        "reports": [_report(report, wording)],
        "figures": list(_figures(report, report.facts, wording)) if report.facts else [],
        "claims": list(_claims(report, wording)),
        "relations": [_relation(one) for one in report.relations],
        "findings": [_finding(one, wording) | {"suppressed": by} for one, by in found],
    }


def _report(report: Report, wording: Wording) -> Row:
    figures, severities = summary.coverage(report), summary.severities(report)
    unusable = None
    if report.unusable is not None:
        unusable = plain_spaces(wording.say(report.unusable, report.unusable_values))
    return {
        "profile": report.profile, "language": report.language, "verdict": summary.verdict(report),
        "unusable": unusable, "figures": figures.total(),
        "checked": sum(figures[one] for one in summary.CHECKED), "proven": figures["proven"],
        "contradicted": figures["contradicted"], "constraints": sum(report.constraints.values()),
        "consistent": report.constraints.get("consistent", 0),
        "inconsistent": report.constraints.get("inconsistent", 0), "claims": len(report.claims),
        "errors": severities["error"], "warnings": severities["warning"],
        "not_understood": len(report.not_understood), "version": __version__,
    }  # fmt: skip


def _figures(report: Report, facts: Facts, wording: Wording) -> Iterator[Row]:
    """Yield a row for each body cell of the tables, blanks too, and for each figure of their notes."""
    solved = report.figures.select("figure", "coverage", "constraints").rows()
    covered = {figure: (coverage, checks) for figure, coverage, checks in solved}
    for table in facts.tables:
        above: Row = {
            "section": OVER.join(table.sections), "section_ids": section_ids(facts, table), "table": table.name,
            "identity": table.identity, "title": table.title,
        }  # fmt: skip
        for row in _table(table, wording):
            coverage, checks = covered.get(row["figure"], (None, None))
            yield above | row | {"coverage": coverage, "checks": checks}


def _table(table: Table, wording: Wording) -> Iterator[Row]:
    for (i, j), entry in sorted(table.entries.items()):
        row, column = table.rows[i], table.columns[j]
        yield {
            "figure": entry.figure, "state": entry.state, "printed": entry.printed,
            "statistic": column.statistic or row.statistic, "scenario": column.scenario or row.scenario,
            "period": column.year if column.year is not None else row.year,
            "hidden": entry.hidden or row.hidden or column.hidden or table.hidden,
            **_line("row", row), **_line("column", column), **_quantity(entry.quantity),
            **_place(entry.locator, wording),
        }  # fmt: skip
    for note in table.notes:
        yield {
            "figure": note.figure, "state": "number", "printed": note.quantity.printed, "row": note.text,
            "row_role": "note", "hidden": table.hidden, **_quantity(note.quantity), **_place(note.locator, wording),
        }  # fmt: skip


def _line(axis: str, line: Line) -> Row:
    return {
        axis: line.label, f"{axis}_path": OVER.join(line.path), f"{axis}_role": line.role,
        f"{axis}_dimension": line.dimension, f"{axis}_member": line.member, f"{axis}_measure": line.measure,
    }  # fmt: skip


def _quantity(quantity: Quantity | None) -> Row:
    if quantity is None:
        return {}
    return {
        "mantissa": quantity.mantissa, "scale": quantity.scale, "half": quantity.half,
        "value": float(quantity.value), "unit": quantity.unit,
    }  # fmt: skip


def _place(locator: Locator, wording: Wording) -> Row:
    return dict(location(locator)) | {"place": plain_spaces(place(locator, wording))}


def _claims(report: Report, wording: Wording) -> Iterator[Row]:
    for number, checked in enumerate(report.claims):
        claim = checked.claim
        yield {
            "claim": number, "figure": claim.figure, "section": OVER.join(claim.sections), "sentence": claim.text,
            "start": claim.start, "end": claim.end, "kind": claim.kind, "printed": claim.quantity.printed,
            "direction": claim.direction, "hedge": claim.hedge, "period": claim.period,
            "reference": claim.reference, "verdict": checked.verdict, "rule": checked.rule,
            "formula": _said(checked.formula, wording),
            "reason": None if checked.reason is None else plain_spaces(wording.say(checked.reason, checked.values)),
            "operands": [one.figure for one in checked.operands if one.figure is not None],
            **_quantity(claim.quantity), **_place(claim.locator, wording),
        }  # fmt: skip


def _relation(one: CheckedRelation) -> Row:
    hold, of = one.siblings
    return {
        "rule": one.rule, "kind": one.kind, "target": one.target,
        "operands": [figure for figure, _ in one.operands],
        "coefficients": [f"{coefficient:f}" for _, coefficient in one.operands],
        "words": list(one.evidence.words), "layout": list(one.evidence.layout), "formula": one.evidence.formula,
        "siblings_hold": hold, "siblings_of": of, "confidence": rounded(one.confidence), "verdict": one.verdict,
        "claim": one.claim,
    }  # fmt: skip


def _finding(finding: Finding, wording: Wording) -> Row:
    suspects = [one for one in finding.suspects if one.figure is not None]
    return {
        "rule": finding.rule, "name": finding.name, "severity": finding.severity,
        "confidence": rounded(finding.confidence),
        "message": plain_spaces(wording.say(finding.message, finding.values)), "section": finding.section,
        "title": finding.table, "label": finding.label, "figure": finding.figure,
        "stated": _said(finding.stated, wording), "expected": _said(finding.expected, wording),
        "difference": _said(finding.difference, wording), "suspects": [one.figure for one in suspects],
        "suggested": [_said(one.suggested, wording) or "" for one in suspects],
        "fingerprint": finding.fingerprint, "place": plain_spaces(place(finding.location, wording)),
    }  # fmt: skip


def _said(value: object, wording: Wording) -> str | None:
    """Return a value as the report would print it, None where there is none."""
    return None if value is None else plain_spaces(wording.value(value))
