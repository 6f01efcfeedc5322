"""validate --open and --watch, the line that tells of the page, and mlcheck ui where its libraries are missing."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlcheck.cli import main as program
from mlcheck.desk import browser
from tests.rendering import cases

FIXTURES = Path(__file__).parents[2] / "fixtures"
VERDICT = r"in \d+\.\d s\n"
HINT = "To see the tables: mlcheck validate … --open"


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """The addresses that a browser was asked to open, in a folder of the system that is the test's own."""
    addresses: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(browser.webbrowser, "open", lambda address: addresses.append(address) or True)
    (tmp_path / "system").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "system"))
    return addresses


def page_of(address):
    from urllib.request import url2pathname

    return Path(url2pathname(address.removeprefix("file://")))


def test_a_page_is_written_and_opened(run, checking, opened):
    checking.reports = [cases.report()]
    result = run("validate", "report.xlsx", "--open", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.startswith("report.xlsx")
    [address] = opened
    page = page_of(address)
    assert page.name == "report.html"
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert page.parent.stat().st_mode & 0o077 == 0


def test_the_page_that_is_an_output_is_opened(run, checking, opened, tmp_path):
    checking.reports = [cases.report()]
    run("validate", "report.xlsx", "--open", "-o", "out.html")
    assert opened == [(tmp_path / "out.html").as_uri()]
    run("validate", "report.xlsx", "--open", "-o", "site/")
    assert opened[1:] == [(tmp_path / "site" / "index.html").as_uri()]


def test_what_could_not_be_checked_is_not_opened(run, checking, opened):
    checking.reports = [cases.unusable()]
    assert run("validate", "report.xlsx", "--open").exit_code == 2
    assert run("validate", "report.xlsx", "--open", "-o", "out.json").exit_code == 2
    assert opened == []


def test_without_a_screen_the_page_is_named(run, checking, opened, monkeypatch):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    checking.reports = [cases.report()]
    result = run("validate", "report.xlsx", "--open", "--lang", "en")
    assert opened == []
    assert "No browser can be opened here: open " in result.stderr


# The line that tells what to do next.


@pytest.mark.parametrize(
    ("terminal", "arguments", "expected"),
    [
        (True, [], True), (False, [], False), (True, ["--quiet"], False), (True, ["--format", "json"], False),
        (True, ["-o", "out.txt"], False), (True, ["--open"], False), (True, ["--verbose"], True),
    ],
)  # fmt: skip
def test_on_a_terminal_the_last_line_says_what_to_do_next(
    run, checking, opened, monkeypatch, terminal, arguments, expected
):
    monkeypatch.setattr("mlcheck.cli.validate.sys", FakeSystem(terminal))
    checking.reports = [cases.report()]
    lines = run("validate", "report.xlsx", "--lang", "en", *arguments).stdout.splitlines()
    assert (lines[-1:] == [HINT]) == expected
    assert sum(line == HINT for line in lines) == expected


class FakeSystem:
    """Stands in for sys, whose standard output is a terminal or none."""

    def __init__(self, terminal):
        self.stdout = self
        self._terminal = terminal

    def isatty(self):
        return self._terminal


def test_where_nothing_could_be_read_there_is_nothing_to_see(run, checking, monkeypatch):
    monkeypatch.setattr("mlcheck.cli.validate.sys", FakeSystem(True))
    checking.reports = [cases.unusable()]
    assert HINT not in run("validate", "report.xlsx", "--lang", "en").stdout


def test_it_is_said_in_the_language_of_the_report(run, checking, monkeypatch):
    monkeypatch.setattr("mlcheck.cli.validate.sys", FakeSystem(True))
    checking.reports = [cases.report(language="fr")]
    assert "Pour voir les tableaux : mlcheck validate … --open\n" in run("validate", "report.xlsx").stdout


# A report that is saved again and again.


class Watching:
    """mlcheck validate --watch, run as a person runs it."""

    def __init__(self, folder, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlcheck", "validate", *arguments, "--watch", "--lang", "en"], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.text = ""

    def until(self, words, patience=90):
        """Read until a pattern has come; return what has been read since the last time."""
        end, before = time.monotonic() + patience, len(self.text)
        while not re.search(words, self.text[before:]):
            assert time.monotonic() < end, self.text
            if select.select([self.process.stdout], [], [], 0.2)[0]:
                piece = os.read(self.process.stdout.fileno(), 65536)
                assert piece, self.text
                self.text += piece.decode()
        return self.text[before:]

    def stop(self):
        """Press Ctrl-C; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def watching(tmp_path):
    started = []

    def begin(*arguments):
        started.append(Watching(tmp_path, *arguments))
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
        one.process.stdout.close()


def test_each_save_says_what_is_solved_and_what_is_new(watching, tmp_path):
    report = tmp_path / "report.xlsx"
    shutil.copy(FIXTURES / "report-2023-errors.xlsx", report)
    shutil.copy(FIXTURES / "report-2022.xlsx", tmp_path / "before.xlsx")
    run = watching("report.xlsx", "--prior", "before.xlsx", "-o", "out.json", "-f", "json")
    run.until("Watching: save report.xlsx, before.xlsx")
    first = (tmp_path / "out.json").read_text("utf-8")
    shutil.copy(FIXTURES / "report-2023.xlsx", report)
    told = run.until(VERDICT)
    assert "report.xlsx was saved" in told
    assert "✓ solved  TOT101 " in told
    assert "✗ new" not in told
    assert (tmp_path / "out.json").read_text("utf-8") != first
    shutil.copy(FIXTURES / "report-2023-errors.xlsx", report)
    assert "✗ new  TOT101 " in run.until(VERDICT)
    report.write_bytes(b"PK\x03\x04 half of it")
    assert "report.xlsx" in run.until("mlcheck: report.xlsx")
    shutil.copy(FIXTURES / "report-2023-errors.xlsx", report)
    assert "nothing has changed" in run.until(VERDICT)
    (tmp_path / "before.xlsx").write_bytes(b"PK\x03\x04 half of it")
    run.until("mlcheck: before.xlsx")
    shutil.copy(FIXTURES / "report-2022.xlsx", tmp_path / "before.xlsx")
    assert "before.xlsx was saved" in run.until(VERDICT)
    assert run.stop() == 130
    assert "Traceback" not in run.text


def test_standard_output_that_is_for_a_program_is_not_watched(run, checking):
    checking.reports = [cases.report()]
    result = run("validate", "report.xlsx", "--watch", "--format", "json", "--lang", "en")
    assert result.exit_code == 2
    assert "give json an --output" in result.stderr


@pytest.mark.parametrize(
    ("library", "command"),
    [
        ("starlette", ("ui",)),
        ("uvicorn", ("ui", "report.xlsx")),
        ("watchfiles", ("ui",)),
        ("watchfiles", ("validate", "report.xlsx", "--watch")),
    ],
)
def test_where_the_extra_is_missing_one_sentence_says_what_to_install(
    run, checking, monkeypatch, library, command
):
    from mlcheck.desk import missing

    known = missing.find_spec
    monkeypatch.setattr(missing, "find_spec", lambda name: None if name == library else known(name))
    result = run(*command, "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr == (
        f"mlcheck: {library} is not installed, which the page and the watch over files need: "
        "python -m pip install starlette uvicorn watchfiles\n"
    )


def test_the_page_costs_the_other_commands_nothing():
    lines = (
        "import sys, mlcheck.cli.main, mlcheck.cli.validate, mlcheck.cli.ui\n"
        "print([one for one in ('starlette', 'uvicorn', 'watchfiles', 'webbrowser', 'jinja2', 'asyncio') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert "ui" in program.COMMANDS
