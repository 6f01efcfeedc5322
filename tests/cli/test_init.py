"""mlcheck init: a profile that was not there before, written whole or not at all."""

import json
import tomllib
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.cli.output import create
from mlcheck.model.errors import MlcheckError

FIXTURES = Path(__file__).parents[2] / "fixtures"
REPORT, FORMER = FIXTURES / "report-2023.xlsx", FIXTURES / "report-2022.xlsx"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run mlcheck in an empty folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def findings(result):
    (report,) = json.loads(result.stdout)["reports"]
    return [(one["rule"], one["message"]) for one in report["findings"] if one["severity"] == "error"]


def test_next_year_is_held_to_this_years_shape(run, tmp_path):
    result = run("init", REPORT, "-o", "schemas/agency.toml")
    assert result.exit_code == 0
    assert "schemas/agency.toml: 37 of 37 tables" in result.stdout
    assert [path.name for path in Path("schemas").iterdir()] == ["agency.toml"]
    assert run("validate", FORMER, "--profile", "agency").exit_code == 0

    book = openpyxl.load_workbook(FORMER)
    sheet = book["5 Alternance"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Marcq-en-Barœul")
    sheet.delete_rows(row)
    book.save("without-row.xlsx")
    result = run("validate", "without-row.xlsx", "--profile", "agency", "--format", "json", "--lang", "en")
    assert result.exit_code == 1
    assert ("STR102", 'The row "Marcq-en-Barœul" is missing.') in findings(result)

    sheet.delete_rows(row - 4, 20)
    book.save("without-table.xlsx")
    result = run("validate", "without-table.xlsx", "--profile", "agency", "--format", "json", "--lang", "en")
    assert [rule for rule, _ in findings(result)] == ["STR101"]
    assert "alternance-commune" in findings(result)[0][1]


def test_it_is_never_written_over_a_file(run):
    Path("agency.toml").write_text("mine = true\n")
    result = run("init", REPORT, "-o", "agency.toml")
    assert result.exit_code == 2
    assert result.stderr == (
        "mlcheck: agency.toml exists already, and is never written over; choose another file for --output.\n"
    )
    assert Path("agency.toml").read_text() == "mine = true\n"


def test_nor_over_one_that_appears_while_it_is_made(tmp_path):
    output = tmp_path / "agency.toml"
    with pytest.raises(MlcheckError, match="exists already"):
        create("drafted = true\n", output, lambda _: output.write_text("mine = true\n"))
    assert output.read_text() == "mine = true\n"
    assert [path.name for path in tmp_path.iterdir()] == ["agency.toml"]


def test_a_profile_that_fails_its_proof_leaves_no_trace(tmp_path):
    def fail(path):
        assert path.read_text() == "drafted = true\n"
        raise ValueError("not what was drafted")

    with pytest.raises(ValueError, match="not what was drafted"):
        create("drafted = true\n", tmp_path / "schemas" / "agency.toml", fail)
    assert list(tmp_path.iterdir()) == []


def test_without_a_file_it_is_printed_and_the_same_each_time(run):
    first, second = run("init", REPORT), run("init", REPORT)
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert len(tomllib.loads(first.stdout)["tables"]) == 37
    assert list(Path().iterdir()) == []


def test_what_another_profile_declares_is_left_to_it(run):
    result = run("init", REPORT, "-o", "schemas/agency.toml", "--extends", "mission-locale")
    assert result.exit_code == 0
    profile = tomllib.loads(Path("schemas/agency.toml").read_text("utf-8"))
    assert profile["extends"] == "mission-locale"
    assert len(profile["dimensions"]["commune"]["members"]) == 10
    assert not {"sections", "non_negative", "language"} & set(profile)
    assert [rule["relation"] for rule in profile["rules"].values()] == [
        "formation-qualification[total] = formation-communes.entrees[total]"
    ]
    assert profile["tables"]["pec-communes"] == {"required": True}
    assert run("validate", FORMER, "--profile", "agency").exit_code == 0


def test_a_parent_given_as_a_path_is_named_from_where_the_new_profile_stands(run):
    assert run("init", REPORT, "-o", "schemas/parent.toml").exit_code == 0
    assert run("init", REPORT, "-o", "child.toml", "--extends", "schemas/parent.toml").exit_code == 0
    assert run("init", REPORT, "-o", "schemas/other.toml", "--extends", "schemas/parent.toml").exit_code == 0
    assert tomllib.loads(Path("child.toml").read_text("utf-8")) == {"extends": "schemas/parent.toml"}
    assert tomllib.loads(Path("schemas/other.toml").read_text("utf-8")) == {"extends": "parent.toml"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing.xlsx"], "nothing.xlsx does not exist"),
        ([REPORT, "-o", "agency.txt"], "agency.txt is no name for a profile"),
        ([REPORT, "-o", "no/folder/agency.toml"], "agency.toml cannot be written"),
        ([REPORT, "--extends", "nobody"], 'There is no profile "nobody"'),
        (["words.csv"], "holds no table"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(run, arguments, sentence):
    Path("words.csv").write_text("Le rapport de la mission locale ne contient que des phrases.\n")
    result = run("init", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
