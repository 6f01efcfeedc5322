"""The schemas of docs/schema hold of all that the program writes as JSON, and of nothing that lacks one of its keys."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from mlcheck.cli.main import app
from tests.docs.running import FIXTURES, ROOT, settle

SCHEMAS = ROOT / "docs" / "schema"
WRONG = "report-2023-errors.xlsx"
CALLS = {
    "figures": [
        "figures report-2023.xlsx",
        "figures report-2023.pdf",
        "figures report-2023.pptx",
    ],
    "table": [
        "table emploi report-2023.xlsx",
        "table emploi report-2023.docx --prior report-2022.xlsx --profile mission-locale",
    ],
    "table-of-store": ["table emploi store --profile mission-locale", "table emploi store --by agency"],
    "rules": ["rules", "explain TOT101 --lang fr", "explain WAI"],
    "claims": [
        "claims report-2023.docx --prior report-2022.xlsx --profile metropole-nord-ouest",
        f"claims {WRONG} --lang fr",
        "claims report-2023.pdf",
    ],
    "compare": [
        "compare report-2023.pptx report-2023.xlsx",
        f"compare {WRONG} report-2023.pdf --lang fr",
        "compare report-2023.docx report-2022.xlsx",
    ],
    "coverage": [
        "coverage report-2023.xlsx --prior report-2022.xlsx",
        "coverage report-2023.docx --mutate 5",
        f"coverage {WRONG} --lang fr",
    ],
    "config": ["config"],
    "extract": [
        "extract report-2023.xlsx -o out.json",
        "extract report-2023.pdf -o out.json",
        "extract report-2023.pptx -o out.json --lang fr",
    ],
    "baseline": [f"validate {WRONG} --write-baseline out.json -q"],
    "certificate": [
        f"validate {WRONG} report-2023.pdf --prior report-2022.xlsx --certificate out.json -q",
        "validate report-2023.xlsx nowhere.csv --ignore ORP --min-coverage 10 --certificate out.json -q",
    ],
}
OPTIONAL = {
    "mutations",
    "reason",
    "author",
    "expires",
}  # of what is asked for, and of waivers that a person wrote
MAPS = {"figures", "findings", "inputs"}  # whose keys are names or verdicts
CONFIGURED = """
report = "report-2023.xlsx"
help-uri = "https://example.org/{code}"
[severity]
TOT = "warning"
[tolerance]
TOT101 = 1
[[waiver]]
rule = "TOT101"
place = "10 Aides financières!G84"
reason = "Voulu."
author = "la mission locale"
"""


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return settle(tmp_path, monkeypatch, [path.name for path in FIXTURES.glob("report-202[23]*.*")])


def answer(call: str) -> Any:
    """Return what a call writes, on standard output or into out.json."""
    words = call.split()
    if "out.json" not in words:
        words += ["--format", "json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code in ((0, 1) if "nowhere.csv" not in words else (2,)), result.output
    return json.loads(Path("out.json").read_text("utf-8") if "out.json" in words else result.stdout)


def without_one_key(written: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield what is written without one of its keys: of each list, those of its first element."""
    if isinstance(written, list):
        for inner, less in without_one_key(written[0], (*path, 0)) if written else ():
            yield inner, [less, *written[1:]]
    elif isinstance(written, dict):
        for key in written:
            if key not in OPTIONAL and not (
                path and path[-1] in MAPS and isinstance(written[key], int | str)
            ):
                yield (*path, key), {other: value for other, value in written.items() if other != key}
            for inner, less in without_one_key(written[key], (*path, key)):
                yield inner, {**written, key: less}


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls])
def test_what_is_written_is_as_promised(name: str, call: str, folder: Path) -> None:
    if name == "config":
        (folder / "mlcheck.toml").write_text(CONFIGURED, "utf-8")
    if name == "certificate":
        (folder / "mlcheck.toml").write_text(CONFIGURED[CONFIGURED.index("[[") :], "utf-8")
    if name == "table-of-store":
        made = ["extract", "report-2022.xlsx", "report-2023.xlsx", "-o", "store/", "--format", "parquet"]
        assert CliRunner().invoke(app, made).exit_code == 0
    written = answer(call)
    Draft202012Validator.check_schema(schema(name))
    holds = Draft202012Validator(schema(name))
    assert [f"{error.json_path}: {error.message}" for error in holds.iter_errors(written)] == []
    assert name == "config" or any(len(value) for value in written.values() if isinstance(value, list))
    if name == "config":
        written = {key: value for key, value in written.items() if "." not in key and " " not in key}
    checked = 0
    for path, less in without_one_key(copy.deepcopy(written)):
        assert not holds.is_valid(less), path
        checked += 1
    assert checked > 2


def test_each_schema_is_held_to_what_is_written() -> None:
    elsewhere = {"validate", "relations"}  # tests/docs/test_schema.py, tests/rendering/test_relations.py
    assert {path.name.partition(".")[0] for path in SCHEMAS.iterdir()} == {*CALLS, *elsewhere}
