"""mlcheck.toml and [tool.mlcheck]: found upwards, closed, and below the command line."""

from decimal import Decimal

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
        (
            'raport = "r.xlsx"',
            "mlcheck.toml: unknown key “raport”, did you mean “report”? The keys are report, prior",
        ),
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


UNUSABLE = {
    "min-coverage = nan": "mlcheck.toml: “min-coverage” must be a percentage, from 0 to 100.",
    "min-coverage = -inf": "mlcheck.toml: “min-coverage” must be a percentage, from 0 to 100.",
    "min-coverage = 1e999999999999999999999": "mlcheck.toml: “min-coverage” must be a percentage",
    "min-coverage = [50]": "mlcheck.toml: “min-coverage” must be a percentage",
    "min-coverage = true": "mlcheck.toml: “min-coverage” must be a percentage",
    "min-confidence = 1.01": "mlcheck.toml: “min-confidence” must be a probability, from 0 to 1.",
    "min-confidence = nan": "mlcheck.toml: “min-confidence” must be a probability",
    'min-confidence = "0.9"': "mlcheck.toml: “min-confidence” must be a probability",
    "year = 0": "mlcheck.toml: “year” must be a whole number from 1 to 9999.",
    "year = 99999999999999999999": "mlcheck.toml: “year” must be a whole number from 1 to 9999.",
    "year = 2023.0": "mlcheck.toml: “year” must be a whole number from 1 to 9999.",
    "year = 2023-01-01": "mlcheck.toml: “year” must be a whole number from 1 to 9999.",
    "\n\nyear = " + "9" * 5000: "mlcheck.toml, line 3: a number of 5,000 digits is no setting; mend it.",
    "x = " + "[" * 400 + "]" * 400: "mlcheck.toml: unknown key “x”",
    "x = " + "[" * 4000 + "]" * 4000: "mlcheck.toml: its brackets or keys are nested too deep",
    "a." * 2000 + "b = 1": "mlcheck.toml: its brackets or keys are nested too deep",
    "report = " + "[" * 300 + "]" * 300: "mlcheck.toml: “report” must be a text between quotes.",
    'report = "a\\u0000b"': "mlcheck.toml: “report” must be a text between quotes.",
    'select = ["TOT\\u0000"]': "mlcheck.toml: “select” must be a list of texts",
    "language = {}": "mlcheck.toml: “language” must be a text between quotes.",
    "baseline = 12:00:00": "mlcheck.toml: “baseline” must be a text between quotes.",
    "waiver = 3": "mlcheck.toml: waivers are written as [[waiver]] tables.",
    "waiver = [[]]": "mlcheck.toml: waivers are written as [[waiver]] tables.",
    "severity = nan": "mlcheck.toml: “severity” must be a table, [severity].",
    "[severity]\nTOT = [1]": "mlcheck.toml: “severity.TOT” is “1”; it must be one of",
    "[tolerance]\nTOT = inf": "mlcheck.toml: “tolerance.TOT” must be a number from 0 to 1,000,000,000",
    "[tolerance]\nTOT = 9223372036854775808": "mlcheck.toml: “tolerance.TOT” must be a number from 0 to",
    "[tolerance]\nTOT = 1e-400": "mlcheck.toml: “tolerance.TOT” must be a number from 0 to",
    "[tolerance]\nTOT = 0001-01-01T00:00:00+23:59": "mlcheck.toml: “tolerance.TOT” must be a number",
    'help-uri = "rules.md#{code}"': "mlcheck.toml: “help-uri” must be an absolute address, such as https://example.org/rules.md#{anchor}",
    'help-uri = "https://x.org/{rule}"': "mlcheck.toml: “help-uri” must be an absolute address",
    'help-uri = "https://x.org/a b"': "mlcheck.toml: “help-uri” must be an absolute address",
    "help-uri = 3": "mlcheck.toml: “help-uri” must be a text between quotes.",
    "expires = 9999-13-99": "mlcheck.toml is not readable as TOML",
}


@pytest.mark.parametrize(("text", "sentence"), UNUSABLE.items(), ids=range(len(UNUSABLE)))
def test_a_value_that_no_program_can_use_is_one_sentence(run, checking, tmp_path, text, sentence):
    (tmp_path / "mlcheck.toml").write_text(text, "utf-8")
    result = run("validate", "report.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert checking.asked == {}


def test_a_line_that_is_not_in_utf_8_is_named(tmp_path):
    (tmp_path / "mlcheck.toml").write_bytes(b'year = 2023\nreport = "\xe9t\xe9.csv"\n')
    with pytest.raises(MlcheckError, match="line 2: this line is not in UTF-8"):
        find(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (tmp_path / "mlcheck.toml").write_bytes(b"\xef\xbb\xbfyear = 2023\r\n")
    assert find(tmp_path).year == 2023


def test_the_largest_and_smallest_values_are_used(tmp_path):
    (tmp_path / "mlcheck.toml").write_text(
        "year = 9999\nmin-coverage = 100.0\n[tolerance]\nTOT = 1e9\nSHR = 0.000001\n"
    )
    found = find(tmp_path)
    assert (found.year, found.min_coverage) == (9999, 100)
    assert found.tolerances == {"TOT": 10**9, "SHR": Decimal("0.000001")}


def test_what_another_tool_writes_into_pyproject_is_no_trouble(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\na = nan\nb = 1e99999999999999999999\n")
    assert find(tmp_path).read == (tmp_path / "pyproject.toml",)


@pytest.mark.parametrize("year", ["0", "10000", "99999999999999999999", "-5"])
def test_a_year_of_the_command_line_is_one(run, checking, year):
    assert run("validate", "report.xlsx", "--year", year).exit_code == 2
    assert checking.asked == {}


def test_a_working_folder_that_was_removed_is_one_sentence(run, tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    result = run("validate", "report.xlsx")
    monkeypatch.chdir(tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "The working folder cannot be read" in result.stderr


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


def test_an_address_of_the_rules_reaches_sarif(run, checking, tmp_path):
    checking.reports = [cases.report()]
    (tmp_path / "mlcheck.toml").write_text('help-uri = "https://example.org/{code}"\n')
    assert '"helpUri": "https://example.org/TOT101"' in run("validate", "r.xlsx", "--format", "sarif").stdout
    assert "https://example.org/{code}" in run("config").stdout


def test_an_unknown_key_of_a_waiver_is_told_in_french_with_the_nearest(run, checking, tmp_path):
    (tmp_path / "mlcheck.toml").write_text('[[waiver]]\nraison = "Voulu."\n', "utf-8")
    result = run("validate", "--lang", "fr")
    assert (
        "dérogation 1 : la clé « raison » est inconnue ; vouliez-vous dire « reason » ? Les clés sont"
        in result.stderr
    )


def test_a_code_that_no_rule_has_is_told_where_the_configuration_is_shown(run, rules, tmp_path):
    (tmp_path / "mlcheck.toml").write_text("[severity]\nTOT1 = 'info'\n", "utf-8")
    result = run("config", "--lang", "fr")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "mlcheck.toml, [severity] : aucune règle n’a le code « TOT1 » ; le plus proche est TOT"
        in result.stderr
    )


def test_trouble_with_the_configuration_is_one_sentence(run, checking, tmp_path):
    (tmp_path / "mlcheck.toml").write_text("raport = 1")
    result = run("validate", "--lang", "fr")
    assert result.exit_code == 2
    assert "la clé « raport » est inconnue" in result.stderr
    assert result.stderr.count("\n") == 1
