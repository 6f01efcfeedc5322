"""docs/schema/validate.schema.json holds of what mlcheck writes, and says what the program and docs/json.md say."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.model.claim import ClaimKind, Direction, Verdict
from mlcheck.model.finding import Severity
from mlcheck.model.quantity import Unit
from tests.docs.answers import PRIOR, SCHEMA, VALID, WAIVERS, furnished
from tests.docs.running import ROOT, reports

RELATIONS = Draft202012Validator(
    json.loads((ROOT / "docs" / "schema" / "relations.schema.json").read_text("utf-8"))
)
DOCUMENTS = {
    "this year": ("report-2023.xlsx", *PRIOR),
    "without a profile": ("report-2023.xlsx",),
    "last year": ("report-2022.xlsx",),
    "errors": ("report-2023-errors.xlsx", *PRIOR),
    "slides": ("report-2023.pptx", *PRIOR),
    "pages": ("report-2023.pdf", *PRIOR),
    "a Word document": ("report-2023.docx",),
    "a text": ("report-2023.txt",),
    "several": ("report-2023.xlsx", "report-2022.xlsx"),
    "none of that name": ("nothing.xlsx",),
    "no figure": ("empty.csv",),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return furnished(tmp_path, monkeypatch)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("arguments", DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_written_is_as_promised(arguments: tuple[str, ...], folder: Path) -> None:
    VALID.validate(reports(*arguments))


@pytest.mark.parametrize("name", ["this year", "pages", "slides", "a text", "several", "none of that name"])
def test_the_relations_are_as_promised(name: str, folder: Path) -> None:
    result = CliRunner().invoke(app, ["relations", *DOCUMENTS[name], "--format", "json"])
    told = json.loads(result.stdout)
    RELATIONS.validate(told)
    assert len(told["reports"]) == (2 if name == "several" else 1)


def test_each_constraint_that_is_decided_is_a_relation(folder: Path) -> None:
    result = CliRunner().invoke(app, ["relations", "report-2023.xlsx", *PRIOR, "--format", "json"])
    (listed,), (checked,) = (
        json.loads(result.stdout)["reports"],
        reports("report-2023.xlsx", *PRIOR)["reports"],
    )
    verdicts = Counter(one["verdict"] for one in listed["relations"])
    for verdict in ("consistent", "inconsistent", "unverifiable"):
        assert verdicts[verdict] == checked["summary"][verdict]


def test_with_waivers_and_a_baseline(folder: Path) -> None:
    (folder / "mlcheck.toml").write_text(WAIVERS, "utf-8")
    (report,) = reports("report-2023.xlsx", "--write-baseline", "known.json")["reports"]
    assert [one["by"] for one in report["suppressed"]] == ["waiver"]
    assert "WAI102" in [one["rule"] for one in report["findings"]]
    known = reports("report-2023.xlsx", "--baseline", "known.json")
    assert {one["by"] for one in known["reports"][0]["suppressed"]} == {"waiver", "baseline"}
    VALID.validate({"schema_version": 1, "reports": [report, *known["reports"]]})


def test_its_choices_are_those_of_the_program() -> None:
    definitions = SCHEMA["$defs"]
    claim = definitions["claim"]["properties"]
    assert claim["kind"]["enum"] == list(get_args(ClaimKind))
    assert claim["direction"]["enum"] == [*get_args(Direction), None]
    assert claim["verdict"]["enum"] == list(get_args(Verdict))
    assert definitions["finding"]["properties"]["severity"]["enum"] == list(get_args(Severity))
    assert definitions["unit"]["enum"] == list(get_args(Unit))


def test_its_keys_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8").partition("## The JSON of `mlcheck claims")[0]
    named = set(re.findall(r'"(\w+)":', page)) | set(re.findall(r"`(\w+)`", page))
    keys = {key for one in SCHEMA["$defs"].values() for key in one.get("properties", {})}
    assert keys - named - {"rule", "error"} == set()
