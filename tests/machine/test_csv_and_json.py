"""CSV and JSON are read as others read them."""

from __future__ import annotations

import csv
import io
import json

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from mlcheck.rendering.unseen import plain
from tests.machine.reports import HOSTILE, ROOT, SUFFIXES, hostile, known, real, waived, written
from tests.rendering import cases

SCHEMA = ROOT / "docs" / "schema" / "validate.schema.json"
WRITABLE = {name: text for name, text in HOSTILE.items() if name != "half of a pair"}


def read_by_polars(text: str, delimiter: str = ",") -> list[dict[str, str | None]]:
    return pl.read_csv(io.BytesIO(text.encode()), separator=delimiter, infer_schema=False).to_dicts()


def read_by_python(text: str) -> list[dict[str, str]]:
    csv.field_size_limit(1_000_000)
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", WRITABLE.values(), ids=WRITABLE)
def test_two_readers_of_csv_see_the_same_lines(text):
    written_ = written("csv", hostile(text), cases.report(), language="en")
    ours, theirs = read_by_python(written_), read_by_polars(written_)
    assert [row["rule"] for row in ours] == ["TOT101", "TOT101"]
    assert theirs == [{key: value or None for key, value in row.items()} for row in ours]
    shown = plain(text)
    assert ours[0]["label"] in (shown, f"'{shown}")


def test_the_csv_of_the_real_report_has_a_line_a_finding():
    (report,) = real("report-2023.xlsx")
    rows = read_by_polars(written("csv", report), ";")
    assert [row["rule"] for row in rows] == [finding.rule for finding in report.findings]
    assert all(row["source"].endswith("report-2023.xlsx") for row in rows)


@pytest.mark.parametrize("text", WRITABLE.values(), ids=WRITABLE)
def test_json_keeps_every_text_exactly(text):
    (report,) = json.loads(written("json", hostile(text)).encode())["reports"]
    (finding,) = report["findings"]
    assert (finding["section"], finding["table"]) == (text, text)
    assert finding["suspects"][0]["label"] == text


def test_json_holds_to_the_published_schema():
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    reports = [cases.report(suppressed=(waived(), known()), crashes=(cases.CRASH,)), cases.unusable()]
    reports += [report for suffix in SUFFIXES for report in real(f"report-2023.{suffix}")]
    told = json.loads(written("json", *reports))
    assert [error.message for error in validator.iter_errors(told)] == []


# One report a line.


def test_each_line_is_a_report_that_says_its_version_and_holds_to_the_schema():
    schema = json.loads(SCHEMA.read_text("utf-8"))
    line = Draft202012Validator({"$ref": "#/$defs/line", "$defs": schema["$defs"]})
    text = written(
        "jsonl", cases.report(), cases.unusable(), cases.report(suppressed=(known(),)), language="en"
    )
    told = [json.loads(one) for one in text.splitlines()]
    for one in told:
        line.validate(one)
    assert [one["schema_version"] for one in told] == [1, 1, 1]
    whole = json.loads(
        written("json", cases.report(), cases.unusable(), cases.report(suppressed=(known(),)), language="en")
    )
    assert [{k: v for k, v in one.items() if k != "schema_version"} for one in told] == whole["reports"]


def test_a_line_without_its_version_is_none():
    schema = json.loads(SCHEMA.read_text("utf-8"))
    line = Draft202012Validator({"$ref": "#/$defs/line", "$defs": schema["$defs"]})
    report = json.loads(written("json", cases.report(), language="en"))["reports"][0]
    assert not line.is_valid(report)
    assert line.is_valid({"schema_version": 1} | report)


@pytest.mark.parametrize("text", WRITABLE.values(), ids=WRITABLE)
def test_a_hostile_text_stays_on_its_line(text):
    told = written("jsonl", hostile(text), cases.report(), language="en")
    assert told.count("\n") == 2
    assert json.loads(told.split("\n")[1])["source"] == cases.report().source


def test_a_line_is_written_as_its_report_comes():
    from mlcheck.rendering import render
    from mlcheck.rendering.view import View

    def coming():
        yield cases.report()
        raise AssertionError("the second report is not asked for before the first is written")

    assert json.loads(next(iter(render("jsonl", coming(), View("en")))))["verdict"]
