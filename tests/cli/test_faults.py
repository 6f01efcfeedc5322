"""A fault of mlcheck stays in its file: it is named with its stage and place, and the other reports are checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml
from sarif_pydantic import Sarif
from typer.testing import CliRunner

TEXT = """Commune Jeunes Contrats
Lille 312 41
Lens 245 38
Arras 87 9
Total {total} 88

En 2023, 644 jeunes ont été accueillis.
"""
FAULTY = ("r3.txt", "r7.txt")  # r5 has a wrong total
STAGES = ["reading", "layout", "tables", "prose", "binding", "solving"]
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "validate.schema.json"


class Planted(Exception):
    """What a stage of ours raises, for a reason that nobody foresaw."""


def plant(monkeypatch: pytest.MonkeyPatch, target: str, named: Callable[..., str]) -> None:
    """Make a function of mlcheck fail on the faulty files; `named` tells from its arguments which file it has."""
    path, _, name = target.rpartition(".")
    module = import_module(path)
    real = getattr(module, name)

    def failing(*arguments: Any, **options: Any) -> Any:
        if Path(named(*arguments)).name in FAULTY:
            raise Planted("no such thing")
        return real(*arguments, **options)

    monkeypatch.setattr(module, name, failing)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Plant a fault in a stage."""
    targets: dict[str, tuple[str, Callable[..., str]]] = {
        "reading": ("mlcheck.reading.plain.read_plain", str),
        "layout": ("mlcheck.layout.recover.recover", lambda lines: lines.lines[0].locator.file),
        "tables": ("mlcheck.tables.walk.build_tables", lambda sheet, *_: sheet.grid.locator.file),
        "prose": ("mlcheck.prose.read.claims_of", lambda _, sentence, *__: sentence.locator.file),
        "binding": ("mlcheck.binding.bind._bind", lambda facts, *_: facts.source),
        "solving": ("mlcheck.checking.report._report", lambda batch, _, n, *__: batch.jobs[n].source),
    }
    return lambda stage: plant(monkeypatch, *targets[stage])


@pytest.fixture
def validate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Check ten reports of which one has a wrong total, in a format."""
    from mlcheck.cli.main import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)
    names = [f"r{n}.txt" for n in range(10)]
    for name in names:
        Path(name).write_text(TEXT.format(total=654 if name == "r5.txt" else 644), "utf-8")
    return lambda form: CliRunner().invoke(app, ["validate", *names, "--format", form, "--lang", "en"])


@pytest.mark.parametrize("stage", STAGES)
def test_eight_reports_are_checked_and_two_are_named(validate, planted, stage):
    planted(stage)
    result = validate("json")
    assert result.exit_code == 3
    written = json.loads(result.stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(written)
    reports = {report["source"]: report for report in written["reports"]}
    assert len(reports) == 10
    for name, report in reports.items():
        found = [finding["rule"] for finding in report["findings"]]
        if name in FAULTY:
            (crash,) = report["crashes"]
            assert (crash["stage"], crash["error"]) == (stage, "Planted: no such thing")
            assert (report["figures"], found) == ([], [])
        else:
            assert "crashes" not in report
            assert report["summary"]["consistent"] > 0
            assert found == (["TOT101"] if name == "r5.txt" else [])


@pytest.mark.parametrize("stage", ["layout", "tables", "prose", "binding"])
def test_the_place_of_a_fault_is_told_where_it_is_known(validate, planted, stage):
    planted(stage)
    (crash,) = json.loads(validate("json").stdout)["reports"][3]["crashes"]
    line = 7 if stage in ("prose", "binding") else 1
    assert (crash["location"]["file"], crash["location"]["line"]) == ("r3.txt", line)


@pytest.mark.parametrize("stage", STAGES)
def test_every_format_is_whole_and_names_the_two(validate, planted, stage):
    planted(stage)
    sarif = json.loads(validate("sarif").stdout)
    Sarif.model_validate(sarif)
    notes = [n for run in sarif["runs"] for i in run["invocations"] for n in i["toolExecutionNotifications"]]
    assert len([n for n in notes if "Planted" in n["message"]["text"]]) == 2
    junit = validate("junit")
    suites = JUnitXml.fromstring(junit.stdout.encode())
    assert len([case for suite in suites for case in suite if "Planted" in str(case.result)]) == 2
    page = lxml.html.fromstring(validate("html").stdout)
    assert page.text_content().count("was not checked, by a fault of mlcheck") == 2
    for form in ("terminal", "markdown", "csv", "github", "gitlab"):
        result = validate(form)
        assert result.exit_code == 3
        assert "r3.txt" in result.stdout + result.stderr
        assert "Traceback" not in result.stdout + result.stderr


def test_without_a_fault_the_wrong_total_alone_is_told(validate):
    result = validate("json")
    assert result.exit_code == 1
    assert sum(len(report["findings"]) for report in json.loads(result.stdout)["reports"]) == 1
