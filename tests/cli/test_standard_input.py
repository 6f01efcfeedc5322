"""A report on standard input is checked as the file would be, under the name that it is given, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mlcheck.cli import standard_input
from mlcheck.cli.main import app
from mlcheck.cli.standard_input import received
from mlcheck.reading.unnamed import kind_of_unnamed

FIXTURES = Path(__file__).parents[2] / "fixtures"
FORMATS = ("xlsx", "ods", "pptx", "docx", "pdf", "html", "md", "txt")
ROWS = "Commune;Femmes;Hommes;Total\nLambersart;66;66;132\nLompret;5;4;9\nTotal;71;70;151\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, in English; what is kept for the time of a run goes into another."""
    monkeypatch.chdir(tmp_path)
    for variable in ("MLCHECK_DEBUG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    return tmp_path


def called(given, *arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments], input=given)


def findings(result):
    [report] = json.loads(result.stdout)["reports"]
    return [(one["rule"], one["message"], one["location"]) for one in report["findings"]]


def without_file(found):
    return [(*one[:2], {name: value for name, value in one[2].items() if name != "file"}) for one in found]


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_found_is_that_of_the_file(folder, form):
    file = FIXTURES / f"report-2023.{form}"
    given = called(file.read_bytes(), "validate", "-", "--format", "json")
    own = called(None, "validate", file, "--format", "json")
    assert given.exit_code == own.exit_code == 1
    assert without_file(findings(given)) == without_file(findings(own)) != []
    assert {one[2]["file"] for one in findings(given)} == {f"-.{form}"}


def test_the_name_is_that_of_the_report_and_its_suffix_says_what_a_text_is(folder):
    text = (FIXTURES / "report-2023.md").read_bytes()
    result = called(text, "validate", "-", "--stdin-filename", "sub/bilan-2023.txt", "--format", "json")
    assert {one[2]["file"] for one in findings(result)} == {"sub/bilan-2023.txt"}
    assert all(
        "table" not in one[2] for one in findings(result)
    )  # as plain text, which has no numbered tables


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<p>Le total est de 12.</p>", ".html"),
        ("\ufeff<!DOCTYPE html><p>12", ".html"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n", ".mht"),
        ("From: x\nMIME-Version: 1.0\n", ".mht"),
        (ROWS, ".csv"),
        ("Titre du tableau\n\n" + ROWS, ".csv"),
        ("a\tb\n1\t2\n", ".csv"),
        ("a,b,c\n1,2,3\n", ".csv"),
        ("# Rapport\n\nLe total est de 12.\n", ".md"),
        ("Texte.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", ".md"),
        ("Le total, de 12, est juste.\nIl y a 3,5 jeunes par conseiller.\n", ".txt"),
        ("En 2023, 12 jeunes ; en 2022, 11.\nEn 2021, personne.\nRien d'autre.\n", ".txt"),
        ("Commune   2022   2023\n--------\nLompret   5   4\n", ".txt"),
        ("12", ".txt"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_without_a_name_is_what_it_shows(tmp_path, text, kind, encoding):
    file = tmp_path / "unnamed"
    file.write_bytes(text.encode(encoding))
    assert kind_of_unnamed(file) == kind


@pytest.mark.parametrize(
    "arguments",
    ["claims -", "coverage -", "relations -", "figures -", "table emploi -", "table - emploi", "init -"],
)
def test_every_command_that_takes_a_file_takes_it(folder, arguments):
    given = (FIXTURES / "report-2023.docx").read_bytes()
    file = folder / "report-2023.docx"
    shutil.copy(FIXTURES / "report-2023.docx", file)
    result = called(given, *arguments.split(), "--stdin-filename", file.name)
    own = called(None, *arguments.replace("-", file.name).split())
    assert (result.exit_code, result.stdout) == (own.exit_code, own.stdout)
    assert result.stdout


def test_a_place_is_told_as_in_the_file_though_it_has_no_name(folder):
    given = called(
        (FIXTURES / "report-2023.docx").read_bytes(), "validate", "-", "--format", "concise", "--lang", "en"
    )
    assert "-.docx: table 37, C12: TOT101" in given.stdout


def test_compare_extract_and_last_year_take_it(folder):
    report, last = FIXTURES / "report-2023.xlsx", FIXTURES / "report-2022.xlsx"
    compared = called((FIXTURES / "report-2023.pptx").read_bytes(), "compare", "-", report, "--lang", "en")
    assert compared.stdout.startswith("-.pptx ↔ ") and compared.exit_code == 0
    extracted = called(report.read_bytes(), "extract", "-", "-o", "out.json")
    assert extracted.exit_code == 0 and json.loads(Path("out.json").read_text("utf-8"))
    checked = called(last.read_bytes(), "validate", report, "--prior", "-", "-q", "--lang", "en")
    assert "compared with -.xlsx" in checked.stdout


def test_its_copy_is_marked_as_that_of_the_file(folder):
    for form in ("xlsx", "docx", "pdf", "ods", "pptx"):
        shutil.copy(FIXTURES / f"report-2023.{form}", folder / f"report.{form}")
        given = (folder / f"report.{form}").read_bytes()
        assert (
            called(
                given, "validate", "-", "--stdin-filename", f"report.{form}", "--annotate", f"a.{form}"
            ).exit_code
            == 1
        )
        assert called(None, "validate", f"report.{form}", "--annotate", f"b.{form}").exit_code == 1
        ours, theirs = (len((folder / f"{name}.{form}").read_bytes()) for name in "ab")
        assert abs(ours - theirs) <= 16 and ours > len(given) * 0.5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("validate -", "Standard input is empty: send a report into it, or name a FILE."),
        ("validate - -", "Standard input holds one report: name - once."),
        ("validate - --prior -", "Standard input holds one report: name - once."),
        ("compare - -", "Standard input holds one report: name - once."),
        ("validate x.csv --stdin-filename y.csv", "--stdin-filename names what comes on standard input: give - as the FILE."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(folder, arguments, sentence):
    result = called("", *arguments.split())
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"mlcheck: {sentence}\n")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("--watch", "Standard input is read once: --watch needs a FILE."),
        (
            "--cluster tcp://127.0.0.1:1",
            "Standard input is not there for the workers of a cluster: name a FILE.",
        ),
    ],
)
def test_watch_and_cluster_need_a_file(folder, more, sentence):
    result = called(ROWS, "validate", "-", *more.split())
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"mlcheck: {sentence}\n")


def test_it_is_no_larger_than_a_file_may_be(folder, monkeypatch):
    monkeypatch.setattr(standard_input, "MAX_FILE", 1000)
    monkeypatch.setattr(standard_input, "CHUNK", 100)
    given = ROWS * 10_000
    result = called(given, "validate", "-")
    assert result.exit_code == 2 and "mlcheck: - is larger than" in result.stderr


def test_the_page_of_it_opens(folder, monkeypatch):
    opened = []
    monkeypatch.setattr("mlcheck.desk.browser.open_page", lambda address: opened.append(address) or True)
    assert called(ROWS, "validate", "-", "--open").exit_code == 1
    assert opened[0].endswith("/report.html")


def test_it_is_sent_to_another_process_as_it_is(tmp_path):
    path = received("bilan.md", str(tmp_path / "held"))
    again = pickle.loads(pickle.dumps(path))
    assert (again.as_posix(), os.fspath(again)) == ("bilan.md", str(tmp_path / "held"))


def test_several_processes_read_it_beside_a_file(folder):
    result = called(ROWS, "validate", "-", FIXTURES / "report-2023.docx", "--jobs", 2, "-q", "--lang", "en")
    assert result.stdout.startswith("-.csv\n✗ 1 error") and result.exit_code == 1


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("validate - -o faux.csv < faux.csv", 2, "faux.csv is an input: --output must name another file."),
        ("validate - <&-", 2, "Standard input is empty: send a report into it, or name a FILE."),
        ("validate - -q < faux.csv", 1, ""),
    ],
)
def test_nothing_is_lost_and_nothing_left_behind(folder, tmp_path_factory, line, status, told):
    (folder / "faux.csv").write_text(ROWS, "utf-8")
    kept = tmp_path_factory.mktemp("kept")
    result = subprocess.run(
        ["sh", "-c", f'"$@" -m mlcheck {line}', "sh", sys.executable],
        capture_output=True, text=True, check=False, env=os.environ | {"TMPDIR": str(kept)},
    )  # fmt: skip
    assert result.returncode == status, result.stderr
    assert told in result.stderr
    assert (folder / "faux.csv").read_text("utf-8") == ROWS
    assert list(kept.iterdir()) == []
    assert tempfile.gettempdir() not in result.stdout
