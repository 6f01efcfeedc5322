"""What is wrong in a call is told in the language of the reader, and the language is that of who calls."""

from __future__ import annotations

import ctypes
import locale
import os
import plistlib
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.cli.trouble import spoken
from mlcheck.cli.usage import SENTENCES, sentence
from mlcheck.language.names import is_french
from mlcheck.translation import PREFERENCES, language_of, told, translator
from tests.docs.running import settle


@pytest.mark.parametrize(
    ("call", "french"),
    [
        ("unknown", "Erreur : Il n’y a pas de commande 'unknown'."),
        ("valdate x", "Erreur : Il n’y a pas de commande 'valdate'. Vouliez-vous dire 'validate' ?"),
        ("validate --foo", "Erreur : Il n’y a pas d’option --foo (options proches : --format)"),
        ("--xyz", "Erreur : Il n’y a pas d’option --xyz"),
        ("validate --year", "Erreur : L’option '--year' demande une valeur."),
        ("validate --quiet=1", "Erreur : L’option '--quiet' ne prend pas de valeur."),
        ("validate --year x", "Erreur : Valeur incorrecte pour '--year' : 'x' n’est pas un nombre entier."),
        ("validate --min-coverage x", "Erreur : Valeur incorrecte pour '--min-coverage' : 'x' n’est pas un nombre."),
        ("validate --year 0", "Erreur : Valeur incorrecte pour '--year' : 0 n’est pas dans l’intervalle 1<=x<=9999."),
        ("validate --fail-on x", "Erreur : Valeur incorrecte pour '--fail-on' : 'x' n’est pas l’une des valeurs 'error', 'warning'."),
        ("table", "Erreur : Il manque l’argument 'SECTION'."),
        ("explain TOT101 b c", "Erreur : Il y a des arguments de trop (b c)"),
    ],
)  # fmt: skip
def test_an_error_of_the_call_is_french(monkeypatch, call, french):
    monkeypatch.setenv("LANGUAGE", "fr")
    result = CliRunner().invoke(app, call.split())
    assert result.exit_code == 2
    assert french in result.stderr.splitlines()
    assert "Error" not in result.stderr
    assert "Usage\u00a0: " in result.stderr or "--year'" in french or "--quiet" in french


def test_an_error_of_the_call_is_english_as_the_library_says_it(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")
    shown = CliRunner().invoke(app, ["unknown"]).stderr
    assert "Error: No such command 'unknown'." in shown
    assert "Try 'mlcheck -h' for help." in shown or "Try 'root -h' for help." in shown


def test_a_sentence_that_is_not_known_is_shown_as_it_is():
    assert sentence("Something else.", "fr") == "Something else."
    assert all(translator("fr").gettext(template) != template for template in SENTENCES.values())


FRENCH_OF_FRANCE, FRENCH_OF_CANADA, ENGLISH = 0x040C, 0x0C0C, 0x0409


def windows(monkeypatch, identifier):
    monkeypatch.setattr(os, "name", "nt")
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: identifier)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)


@pytest.mark.parametrize(
    ("identifier", "language"), [(FRENCH_OF_FRANCE, "fr"), (FRENCH_OF_CANADA, "fr"), (ENGLISH, "en")]
)
def test_on_windows_the_system_tells_the_language(monkeypatch, identifier, language):
    windows(monkeypatch, identifier)
    told_by_system, told_by_variable = language_of({}), language_of({"LANG": "en_US.UTF-8"})
    monkeypatch.undo()
    assert told_by_system == language
    assert told_by_variable == "en"


def test_on_windows_without_that_call_the_locale_tells_it(monkeypatch):
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.delattr(ctypes, "windll", raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: ("French_France", "1252"))
    french = told({})
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    unknown = told({})
    monkeypatch.undo()
    assert (french, unknown) == ("fr", None)


def test_elsewhere_the_environment_alone_tells_it():
    assert told({}) is None
    assert told({"LANG": "C.UTF-8"}) is None
    assert told({"LANG": "POSIX"}) is None
    assert told({"LANG": "de_DE.UTF-8"}) == "en"


@pytest.mark.parametrize(
    ("held", "language"),
    [
        ({"AppleLanguages": ["fr-FR", "en-FR"]}, "fr"),
        ({"AppleLanguages": ["de-DE", "fr-FR"]}, "en"),
        ({"AppleLanguages": []}, None),
        ({"Other": 1}, None),
        (b"no list of properties", None),
        (None, None),
    ],
)
def test_on_macos_the_preferences_of_the_user_tell_it(monkeypatch, tmp_path, held, language):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    kept = tmp_path / PREFERENCES
    kept.parent.mkdir(parents=True)
    if held is not None:
        kept.write_bytes(held if isinstance(held, bytes) else plistlib.dumps(held, fmt=plistlib.FMT_BINARY))
    found, by_variable = told({}), told({"LANG": "en_US.UTF-8"})
    monkeypatch.undo()
    assert (found, by_variable) == (language, "en")


DAMAGED = b"PK\x03\x04 cut short"


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("nowhere.xlsx", None, "en"),
        ("bilan-2023.xlsx", None, "fr"),
        ("Rapport_d'activité.docx", None, "fr"),
        ("Les chiffres/2023.pdf", None, "fr"),
        ("annual report.xlsx", None, "en"),
        ("figures.xlsx", DAMAGED, "fr"),  # what is there is taken for a French report, as checking takes it
        ("mlcheck.toml", b"", "en"),
    ],
)
@pytest.mark.parametrize("command", ["validate", "claims", "relations", "figures", "coverage", "init"])
def test_an_error_before_reading_is_in_the_language_of_what_is_named(
    tmp_path, monkeypatch, command, name, content, language
):
    settle(tmp_path, monkeypatch, [])
    if content is not None:
        Path(name).write_bytes(content)
    result = CliRunner().invoke(app, [command, name])
    assert result.exit_code == 2
    assert (" : " in result.stderr) is (language == "fr"), (
        result.stderr
    )  # French has a blank before its colon
    for asked in ("fr_FR.UTF-8", "en_US.UTF-8"):
        monkeypatch.setenv("LANG", asked)
        assert (" : " in CliRunner().invoke(app, [command, name]).stderr) is asked.startswith("fr")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert " : " not in CliRunner().invoke(app, [command, name, "--lang", "en"]).stderr


def test_names_that_only_look_french_are_not():
    assert not any(
        map(
            is_french,
            ("report.xlsx", "final-data v2.csv", "C:/Users/x/tables.ods", "figures_2023.pdf", "D:/a b.txt"),
        )
    )
    assert all(
        map(
            is_french,
            ("Bilan.xlsx", "effectifs_2023.csv", "2023-09 enquete.xlsx", "C:/Users/x/Téléchargements/a.ods"),
        )
    )


def test_a_report_is_spoken_of_in_its_language_where_none_is_told(monkeypatch):
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert spoken(None, "fr") == "fr"
    assert spoken("en", "fr") == "en"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert spoken(None, "fr") == "en"


def test_extract_init_and_errors_speak_french_of_a_french_report(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch, ["report-2023.xlsx"])
    run = CliRunner().invoke
    assert "tableaux" in run(app, ["extract", "report-2023.xlsx", "-o", "out.json"]).stdout
    assert "Relisez-le" in run(app, ["init", "report-2023.xlsx", "-o", "agency.toml"]).stdout
    refused = run(app, ["table", "nowhere", "report-2023.xlsx"])
    assert refused.exit_code == 2
    assert "n’a pas de section « nowhere »" in refused.stderr


@pytest.mark.parametrize("order", [["emploi", "report-2023.xlsx"], ["report-2023.xlsx", "emploi"]])
def test_a_table_takes_a_file_as_other_commands_do(tmp_path, monkeypatch, order):
    settle(tmp_path, monkeypatch, ["report-2023.xlsx"])
    named = CliRunner().invoke(app, ["table", "emploi", "--report", "report-2023.xlsx"])
    assert named.exit_code == 0
    assert CliRunner().invoke(app, ["table", *order]).stdout == named.stdout


def test_findings_are_counted_by_rule_and_may_leave_the_exit_status_alone(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch, ["report-2023-errors.xlsx"])
    call = [
        "validate",
        "report-2023-errors.xlsx",
        "--select",
        "STR106,TOT101",
        "--statistics",
        "--lang",
        "en",
    ]
    found = CliRunner().invoke(app, call)
    assert found.exit_code == 1
    assert "STR106  error" in found.stdout
    assert CliRunner().invoke(app, [*call, "--exit-zero"]).exit_code == 0
    assert CliRunner().invoke(app, ["validate", "absent.xlsx", "--exit-zero"]).exit_code == 2


def test_a_new_version_of_a_file_makes_no_known_finding_new(tmp_path, monkeypatch):
    folder = settle(tmp_path, monkeypatch, ["report-2023-errors.xlsx"])
    run = CliRunner().invoke
    chosen = ["--select", "STR106,TOT101"]
    assert (
        run(app, ["validate", "report-2023-errors.xlsx", *chosen, "--write-baseline", "known.json"]).exit_code
        == 1
    )
    for name in ("report-2023-errors-v2.xlsx", "report-2023-errors_V2.1.xlsx", "report-2023-errors (1).xlsx"):
        (folder / "report-2023-errors.xlsx").replace(folder / name)
        known = run(app, ["validate", name, *chosen, "--baseline", "known.json"])
        (folder / name).replace(folder / "report-2023-errors.xlsx")
        assert known.exit_code == 0, known.stdout
    (folder / "report-2023-errors.xlsx").replace(folder / "report-2024.xlsx")
    assert run(app, ["validate", "report-2024.xlsx", *chosen, "--baseline", "known.json"]).exit_code == 1


def test_an_unknown_key_of_the_configuration_has_its_nearest(tmp_path, monkeypatch):
    folder = settle(tmp_path, monkeypatch, ["report-2023.xlsx"])
    (folder / "mlcheck.toml").write_text("min_coverage = 80\n")
    shown = CliRunner().invoke(app, ["config", "--lang", "fr"]).stderr
    assert "« min_coverage » est inconnue, vouliez-vous dire « min-coverage » ?" in shown


def test_what_parts_the_cells_of_a_csv_is_one_character(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch, ["report-2023.xlsx"])
    run = CliRunner().invoke
    heads = {
        given: run(app, ["figures", "report-2023.xlsx", "--format", "csv", *given]).stdout.splitlines()[0]
        for given in ((), ("--lang", "en"), ("--delimiter", "\\t"), ("--delimiter", ","))
    }
    assert heads[()] == "Endroit;Tableau;Ligne;Colonne;Imprimé;Unité;Rôle"
    assert heads["--lang", "en"] == "Place,Table,Row,Column,Printed,Unit,Role"
    assert heads["--delimiter", "\\t"] == "Endroit\tTableau\tLigne\tColonne\tImprimé\tUnité\tRôle"
    assert heads["--delimiter", ","] == "Endroit,Tableau,Ligne,Colonne,Imprimé,Unité,Rôle"
    for wrong in ("ab", "", '"', "1"):
        assert run(app, ["figures", "report-2023.xlsx", "--delimiter", wrong]).exit_code == 2


def test_units_and_roles_are_words_for_a_reader_and_keys_in_data(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch, ["report-2023.xlsx"])
    run = CliRunner().invoke
    read = run(app, ["figures", "report-2023.xlsx", "--format", "markdown"]).stdout
    data = run(app, ["figures", "report-2023.xlsx", "--format", "csv"]).stdout
    assert "| effectif" in read
    assert "| partie" in read
    assert "count" not in read
    assert ";count;part" in data
    assert "effectif" not in data
