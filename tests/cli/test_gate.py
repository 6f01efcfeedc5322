"""Waivers, baselines, several outputs and the certificate, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "fixtures" / "report-2023.xlsx"
WAIVER = '[[waiver]]\nrule = "TOT101"\nplace = "10 Aides financières!G84"\n'
REASON = 'reason = "Printed so; a correction is published."\nauthor = "the agency"\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copy(REPORT, tmp_path / "report-2023.xlsx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return tmp_path


def validate(*options):
    return CliRunner().invoke(app, ["validate", "report-2023.xlsx", "--lang", "en", *options])


def rules_told(text):
    return [finding["rule"] for finding in json.loads(text)["reports"][0]["findings"]]


def test_a_waiver_with_a_reason_turns_the_exit_status(folder):
    assert validate().exit_code == 1
    (folder / "mlcheck.toml").write_text(WAIVER + REASON, "utf-8")
    result = validate("--format", "json")
    assert result.exit_code == 0
    assert "TOT101" not in rules_told(result.stdout)


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (WAIVER + 'author = "the agency"\n', "mlcheck.toml, waiver 1: “reason” is missing"),
        (WAIVER + 'reason = " "\nauthor = "the agency"\n', "mlcheck.toml, waiver 1: “reason” is missing"),
        (WAIVER + 'reason = "Printed so."\n', "mlcheck.toml, waiver 1: “author” is missing"),
        (WAIVER + REASON + 'expires = "2026"\n', "mlcheck.toml, waiver 1: “expires” must be a date"),
        (WAIVER + REASON + "until = 3\n", "mlcheck.toml, waiver 1: unknown key “until”"),
        (
            WAIVER + REASON + 'raison = "x"\n',
            "mlcheck.toml, waiver 1: unknown key “raison”, did you mean “reason”? The keys are rule, place, reason",
        ),
        (
            WAIVER + REASON + 'Expire = "x"\n',
            "mlcheck.toml, waiver 1: unknown key “Expire”, did you mean “expires”? The keys are rule",
        ),
        (
            WAIVER.replace("TOT101", "TOT199") + REASON,
            "mlcheck.toml, waiver 1: no rule has the code “TOT199”; the nearest is TOT",
        ),
        (
            "[tolerance]\nTOTAL = 5\n",
            "mlcheck.toml, [tolerance]: no rule has the code “TOTAL”; the nearest is TOT",
        ),
        (WAIVER.replace("TOT101", "total") + REASON, "mlcheck.toml, waiver 1: “total” is no code of a rule"),
        (
            '[severity]\nTOT101 = "off"\n',
            "“severity.TOT101” is “off”; it must be one of error, warning, info",
        ),
        (
            '[severity]\nTOT9 = "info"\n',
            "mlcheck.toml, [severity]: no rule has the code “TOT9”; the nearest is TOT",
        ),
        ("[tolerance]\nTOT101 = -1\n", "“tolerance.TOT101” must be a number from 0"),
        ("[tolerance]\nTOT101 = nan\n", "“tolerance.TOT101” must be a number from 0"),
    ],
)
def test_what_is_wrong_with_it_is_one_sentence(folder, missing, told):
    (folder / "mlcheck.toml").write_text(missing, "utf-8")
    result = validate()
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_baseline_written_then_read_fails_on_nothing(folder):
    assert validate("--write-baseline", "known.json").exit_code == 1
    result = validate("--baseline", "known.json", "--format", "json")
    assert result.exit_code == 0
    assert rules_told(result.stdout) == []
    (folder / "mlcheck.toml").write_text('baseline = "known.json"\n', "utf-8")
    assert validate().exit_code == 0


def test_several_outputs_each_in_the_format_of_its_suffix(folder):
    result = validate("--output", "a.json", "--output", "b.csv", "--output", "c.md")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "TOT101" in rules_told((folder / "a.json").read_text("utf-8"))
    assert (folder / "b.csv").read_text("utf-8").startswith("source,year,rule")
    assert (folder / "c.md").read_text("utf-8").startswith("# report-2023.xlsx")


def test_formats_and_outputs_in_pairs(folder):
    result = validate("--format", "csv", "--output", "a.out", "--format", "json", "--output", "b.out")
    assert result.exit_code == 1
    assert (folder / "a.out").read_text("utf-8").startswith("source,year,rule")
    assert "TOT101" in rules_told((folder / "b.out").read_text("utf-8"))


@pytest.mark.parametrize(
    "options",
    [
        ("--output", "report.odd"),
        ("--format", "json", "--format", "csv"),
        (
            "--output",
            "a.json",
            "--output",
            "b.csv",
            "--output",
            "c.md",
            "--format",
            "json",
            "--format",
            "csv",
        ),
        ("--output", "report-2023.xlsx", "--format", "json"),
        ("--certificate", "report-2023.xlsx"),
    ],
)
def test_outputs_that_cannot_be_are_refused(folder, options):
    before = (folder / "report-2023.xlsx").read_bytes()
    assert validate(*options).exit_code == 2
    assert (folder / "report-2023.xlsx").read_bytes() == before


def test_the_certificate_is_the_same_at_each_run_and_names_what_was_read(folder):
    (folder / "mlcheck.toml").write_text(WAIVER + REASON, "utf-8")
    assert validate("--certificate", "one.json").exit_code == 0
    assert validate("--certificate", "two.json").exit_code == 0
    one = (folder / "one.json").read_bytes()
    assert one == (folder / "two.json").read_bytes()
    told = json.loads(one)
    assert set(told["inputs"]) >= {"report-2023.xlsx", "mlcheck.toml"}
    (report,) = told["reports"]
    assert (report["verdict"], report["findings"]) == ("consistent", {"info": 2, "warning": 1})
    assert [(w["rule"], w["author"]) for w in report["waivers"]] == [("TOT101", "the agency")]
    assert {"TOT101", "SHR201"} <= set(report["rules"])


def test_the_certificate_changes_with_a_byte_of_an_input(folder):
    validate("--certificate", "one.json")
    shutil.copy(ROOT / "fixtures" / "report-2023-errors.xlsx", folder / "report-2023.xlsx")
    validate("--certificate", "two.json")
    one, two = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("one", "two"))
    assert one["inputs"] != two["inputs"]
    assert two["status"] == 1


def test_config_shows_what_is_in_force_and_where_it_comes_from(folder):
    (folder / "mlcheck.toml").write_text('fail-on = "warning"\n' + WAIVER + REASON, "utf-8")
    told = json.loads(CliRunner().invoke(app, ["config", "--format", "json"]).stdout)
    assert told["fail-on"] == {"value": "warning", "from": "mlcheck.toml"}
    assert told["profile"] == {"value": None, "from": "default"}
    assert told["waiver 1"]["value"].startswith("TOT101 10 Aides financières!G84: Printed so;")
    shown = CliRunner().invoke(app, ["config", "--lang", "fr"]).stdout
    assert "mlcheck.toml" in shown
