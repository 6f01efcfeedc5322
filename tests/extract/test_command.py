"""mlcheck extract: the name decides the format, inputs are never replaced, and trouble is one sentence."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mlcheck.cli import extract as command
from mlcheck.cli.main import app
from mlcheck.cli.output import save
from mlcheck.cli.progress import steps
from mlcheck.model.errors import MlcheckError

ROWS = "Commune;Femmes;Hommes;Total\nLambersart;66;66;132\nLompret;5;4;9\nTotal;71;70;141\n"
CSV = ["claims.csv", "figures.csv", "not_understood.csv"]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run `mlcheck extract` in a folder that holds rapport-2023.csv, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    Path("rapport-2023.csv").write_text(ROWS, encoding="utf-8")

    def call(*arguments: str):
        return CliRunner().invoke(app, ["extract", *arguments])

    return call


def names(folder: str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.mark.parametrize("output", ["out.xlsx", "out.json", "out.parquet", "OUT.JSON"])
def test_the_suffix_decides(run, output):
    done = run("rapport-2023.csv", "-o", output)
    assert done.exit_code == 0
    assert done.output.startswith(f"{output}: tables 1, figures 9, claims 0, not understood 0.")
    assert names() == sorted([output, "rapport-2023.csv"])


@pytest.mark.parametrize("output", ["extrait", "extrait/", "extrait.v2/"])
def test_no_suffix_or_a_slash_is_a_folder_of_csv_files(run, output):
    assert run("rapport-2023.csv", "-o", output).exit_code == 0
    assert names(output) == CSV


def test_a_folder_that_exists_is_filled_and_its_other_files_are_left(run):
    Path("extrait.json").mkdir()
    Path("extrait.json", "notes.txt").write_text("mine")
    assert run("rapport-2023.csv", "-o", "extrait.json").exit_code == 0
    assert names("extrait.json") == [*CSV, "notes.txt"]


@pytest.mark.parametrize("output", ["out.csv", "out.xls", "out.tar.gz"])
def test_another_suffix_is_refused_before_anything_is_read(run, output):
    done = run("missing.xlsx", "-o", output)
    assert done.exit_code == 2
    assert f"{output} is no name for what is extracted" in done.output


def test_an_output_is_needed(run):
    assert run("rapport-2023.csv").exit_code == 2


def test_an_extract_is_written_again_over_itself(run):
    Path("out.json").write_text("former")
    assert run("rapport-2023.csv", "-o", "out.json").exit_code == 0
    assert json.loads(Path("out.json").read_text())["source"] == "rapport-2023.csv"


@pytest.mark.parametrize("output", ["rapport.xlsx", "./rapport.xlsx", "link.xlsx"])
def test_the_report_is_never_replaced(run, output):
    run("rapport-2023.csv", "-o", "rapport.xlsx")
    Path("link.xlsx").symlink_to("rapport.xlsx")
    before = Path("rapport.xlsx").read_bytes()
    done = run("rapport.xlsx", "-o", output)
    assert (done.exit_code, "is an input" in done.output) == (2, True)
    assert Path("rapport.xlsx").read_bytes() == before


@pytest.mark.parametrize("output", ["data/", "data", "data/extrait/", "data/out.xlsx"])
def test_nothing_is_written_into_a_folder_that_is_the_report(run, output):
    Path("data").mkdir()
    Path("data", "figures.csv").write_text(ROWS)
    done = run("data", "-o", output)
    assert (done.exit_code, "is an input" in done.output) == (2, True)
    assert Path("data", "figures.csv").read_text() == ROWS
    assert names("data") == ["figures.csv"]


def test_a_file_of_the_folder_that_is_the_report_is_never_replaced(run):
    Path("extrait").mkdir()
    Path("extrait", "figures.csv").write_text(ROWS)
    done = run("extrait/figures.csv", "-o", "extrait/")
    assert (done.exit_code, "is an input" in done.output) == (2, True)
    assert Path("extrait", "figures.csv").read_text() == ROWS


def test_a_profile_is_never_replaced(run):
    profile = Path("profil.json")
    profile.write_text("")
    done = run("rapport-2023.csv", "--profile", "./profil.json", "-o", "profil.json")
    assert done.exit_code == 2
    assert profile.read_text() == ""


@pytest.mark.parametrize("output", ["missing/out.json", "missing/deep/"])
def test_a_folder_that_is_missing_is_told(run, output):
    done = run("rapport-2023.csv", "-o", output)
    assert (done.exit_code, "cannot be written" in done.output) == (2, True)
    assert names() == ["rapport-2023.csv"]


def test_a_report_without_a_figure_is_refused_and_writes_nothing(run):
    Path("vide.csv").write_text("Commune;Maire\nLambersart;—\n")
    done = run("vide.csv", "-o", "out.xlsx")
    assert (done.exit_code, "holds no figure" in done.output) == (2, True)
    assert names() == ["rapport-2023.csv", "vide.csv"]


def test_the_year_that_only_the_name_of_the_report_tells_is_not_lost_in_silence(run):
    assert "check it with --year 2023" in run("rapport-2023.csv", "-o", "out.xlsx").output
    assert "--year" not in run("rapport-2023.csv", "-o", "out-2023.xlsx").output
    assert "check it with --year 2023" in run("rapport-2023.csv", "-o", "out-2024.xlsx").output
    assert "check it with --year 2021" in run("rapport-2023.csv", "--year", "2021", "-o", "out.xlsx").output
    assert "--year" not in run("rapport-2023.csv", "-o", "out.json").output


def test_year_and_profile_are_those_asked_for(run):
    run("rapport-2023.csv", "--year", "2021", "--profile", "metropole-nord-ouest", "-o", "out.json")
    whole = json.loads(Path("out.json").read_text())
    assert (whole["year"], whole["profile"]) == (2021, "metropole-nord-ouest")
    assert {figure["row_dimension"] for table in whole["tables"] for figure in table["figures"]} == {
        "commune"
    }


def test_a_fault_while_writing_leaves_the_former_files_and_nothing_else(tmp_path):
    (tmp_path / "figures.csv").write_text("former")
    (tmp_path / "claims.csv").mkdir()
    with pytest.raises(MlcheckError, match="cannot be written"):
        save({"figures.csv": b"new", "claims.csv": b"new"}, tmp_path)
    assert names(str(tmp_path)) == ["claims.csv", "figures.csv"]
    assert (tmp_path / "figures.csv").read_text() == "former"


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.json").write_text("former")
    (tmp_path / "link.json").symlink_to("real.json")
    save({"": b"new"}, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() == "new"


class Screen:
    """A standard error that says it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch) -> Screen:
    """Put a terminal in the place of standard error, in the test itself: pytest puts its own before each."""
    monkeypatch.setenv("TERM", "xterm")
    found = Screen()
    monkeypatch.setattr("sys.stderr", found)
    return found


def test_a_short_run_shows_no_bar(monkeypatch):
    screen = terminal(monkeypatch)
    with steps(2) as step:
        step("Reading")
        step("Writing")
    assert screen.text == ""


def test_a_long_run_says_what_it_does(monkeypatch):
    screen = terminal(monkeypatch)
    monkeypatch.setattr("mlcheck.cli.progress.PATIENCE", 0.0)
    with steps(2) as step:
        step("Reading [1]")
        for _ in range(500):  # until the bar is drawn, which another thread does
            if "Reading [1]" in screen.text:
                break
            time.sleep(0.02)
    assert "Reading [1]" in screen.text
    assert "━" in screen.text


def test_no_bar_without_a_terminal(run, monkeypatch):
    monkeypatch.setattr("mlcheck.cli.progress.PATIENCE", 0.0)
    assert "━" not in run("rapport-2023.csv", "-o", "out.json").output


def test_help_names_the_formats():
    text = CliRunner().invoke(app, ["extract", "--help"]).output
    assert all(suffix in text for suffix in (".xlsx", ".json", ".parquet", "csv"))
    assert command.extract.__doc__.split(",")[0] in " ".join(text.split())
