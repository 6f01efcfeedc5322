"""mlcheck.toml and [tool.mlcheck]: found upwards, closed, and below the command line."""

import pytest

from mlcheck.configuration import find
from mlcheck.model.errors import MlcheckError
from tests.rendering import cases

ALL = """
report = "r.xlsx"
prior = "p.xlsx"
profile = "mission-locale"
year = 2023
language = "fr"
select = ["TOT"]
ignore = ["SHR101"]
fail-on = "warning"
"""


def test_every_key(tmp_path):
    (tmp_path / "mlcheck.toml").write_text(ALL)
    found = find(tmp_path)
    assert (found.report, found.prior) == (tmp_path / "r.xlsx", tmp_path / "p.xlsx")
    assert (found.profile, found.year, found.language) == ("mission-locale", 2023, "fr")
    assert (found.select, found.ignore, found.fail_on) == (("TOT",), ("SHR101",), "warning")


def test_it_is_found_from_a_folder_below(tmp_path):
    (tmp_path / "mlcheck.toml").write_text(ALL)
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find(tmp_path / "a" / "b").folder == tmp_path


def test_in_pyproject_toml(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.mlcheck]\nreport = "r.xlsx"\n')
    assert find(tmp_path).report == tmp_path / "r.xlsx"


def test_a_pyproject_of_another_tool_is_passed_over(tmp_path):
    (tmp_path / "mlcheck.toml").write_text(ALL)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ruff]\n")
    assert find(tmp_path / "a").folder == tmp_path


def test_no_configuration_is_no_trouble(tmp_path):
    assert find(tmp_path).report is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('raport = "r.xlsx"', "mlcheck.toml: unknown key “raport”; the keys are report, prior"),
        ("report = 3", "mlcheck.toml: “report” must be a text between quotes."),
        ('year = "2023"', "mlcheck.toml: “year” must be a whole number from 1 to 9999."),
        ("year = true", "mlcheck.toml: “year” must be a whole number from 1 to 9999."),
        ("select = [1]", "mlcheck.toml: “select” must be a list of texts"),
        ('language = "de"', "mlcheck.toml: “language” is “de”; it must be one of fr, en."),
        ('fail-on = "info"', "mlcheck.toml: “fail-on” is “info”; it must be one of error, warning."),
        ("report = ", "mlcheck.toml is not readable as TOML"),
    ],
)
def test_what_is_wrong_names_file_and_key(tmp_path, text, told):
    (tmp_path / "mlcheck.toml").write_text(text)
    with pytest.raises(MlcheckError) as error:
        find(tmp_path)
    assert told in str(error.value)


def test_a_table_that_is_none_in_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool]\nmlcheck = 3\n")
    with pytest.raises(MlcheckError, match="must be a table"):
        find(tmp_path)


def test_without_a_file_the_report_its_prior_and_its_year_are_those_configured(
    run, checking, tmp_path, monkeypatch
):
    checking.reports = [cases.report()]
    (tmp_path / "mlcheck.toml").write_text('report = "r.xlsx"\nprior = "p.xlsx"\nyear = 2023\n')
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    run("validate")
    assert checking.asked["files"] == ["../r.xlsx"]
    assert (str(checking.asked["prior"]), checking.asked["year"]) == ("../p.xlsx", 2023)


def test_another_file_is_not_compared_with_the_configured_prior(run, checking, tmp_path):
    checking.reports = [cases.report()]
    (tmp_path / "mlcheck.toml").write_text(
        'report = "r.xlsx"\nprior = "p.xlsx"\nyear = 2023\nselect = ["TOT"]\n'
    )
    run("validate", "other.xlsx")
    assert (checking.asked["files"], checking.asked["prior"], checking.asked["year"]) == (
        ["other.xlsx"],
        None,
        None,
    )
    assert checking.asked["select"] == ("TOT",)


def test_the_command_line_goes_before_the_configuration(run, checking, tmp_path):
    checking.reports = [cases.report(findings=(cases.finding(severity="warning"),))]
    (tmp_path / "mlcheck.toml").write_text(
        'report = "r.xlsx"\nlanguage = "fr"\nfail-on = "warning"\nselect = ["SHR"]\n'
    )
    assert run("validate").exit_code == 1
    result = run("validate", "--fail-on", "error", "--lang", "en", "--select", "TOT")
    assert result.exit_code == 0
    assert "consistent" in result.stdout
    assert checking.asked["select"] == ("TOT",)


def test_trouble_with_the_configuration_is_one_sentence(run, checking, tmp_path):
    (tmp_path / "mlcheck.toml").write_text("raport = 1")
    result = run("validate", "--lang", "fr")
    assert result.exit_code == 2
    assert "la clé « raport » est inconnue" in result.stderr
    assert result.stderr.count("\n") == 1
