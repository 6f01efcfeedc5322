"""The schemas of docs/schema hold of what figures, table, rules and explain write as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from mlcheck.cli.main import app
from tests.docs.running import ROOT, settle

CALLS = {
    "figures": [
        ["figures", "report-2023.xlsx"],
        ["figures", "report-2023.pdf"],
        ["figures", "report-2023.pptx"],
    ],
    "table": [
        ["table", "emploi", "report-2023.xlsx"],
        ["table", "emploi", "report-2023.docx", "--prior", "report-2022.xlsx", "--profile", "mission-locale"],
    ],
    "rules": [["rules"], ["explain", "TOT101", "--lang", "fr"], ["explain", "WAI"]],
}


def schema(name: str) -> Any:
    return json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8"))


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls])
def test_what_is_written_is_as_promised(
    name: str, call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path, monkeypatch, [path.name for path in ROOT.glob("fixtures/report-202[23].*")])
    result = CliRunner().invoke(app, [*call, "--format", "json"])
    assert result.exit_code == 0, result.output
    written = json.loads(result.stdout)
    Draft202012Validator.check_schema(schema(name))
    assert [error.message for error in Draft202012Validator(schema(name)).iter_errors(written)] == []
    assert any(len(value) for value in written.values() if isinstance(value, list))
    for key in list(written):
        partial = {other: value for other, value in written.items() if other != key}
        assert list(Draft202012Validator(schema(name)).iter_errors(partial)), key
