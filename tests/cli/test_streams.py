"""Streams that are closed, full or left by their reader, and signals: never a traceback, never a file left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MLCHECK = [sys.executable, "-m", "mlcheck"]
ROWS = "Commune;Femmes;Hommes;Total\nLambersart;66;66;132\nLompret;5;4;9\nTotal;71;70;141\n"
REPORT = Path(__file__).parents[2] / "fixtures" / "report-2023.xlsx"
FULL = "mlcheck: Standard output cannot be written (No space left on device)"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams and signals of POSIX")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with a right report and a wrong one."""
    (tmp_path / "juste.csv").write_text(ROWS, "utf-8")
    (tmp_path / "faux.csv").write_text(ROWS.replace("141", "151"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)
    return tmp_path


def shell(arguments, redirection):
    """Run the program as a shell does, with a redirection."""
    line = f'"$@" {redirection}'
    return subprocess.run(
        ["sh", "-c", line, "sh", *MLCHECK, *arguments.split()], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("validate juste.csv", 0),
        ("validate faux.csv", 1),
        ("validate absent.csv", 2),
        ("validate --what", 2),
        ("extract juste.csv -o x.json", 0),
        ("--help", 0),
    ],
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_no_exit_status(arguments, status, closed):
    done = shell(arguments, closed)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert "This is a fault" not in done.stdout + done.stderr


def test_a_file_that_is_opened_does_not_become_standard_output(folder):
    assert shell("validate juste.csv --format json -o out.json", ">&-").returncode == 0
    assert json.loads((folder / "out.json").read_text("utf-8"))["reports"][0]["findings"] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        "validate juste.csv",
        "validate faux.csv --format json",
        "rules",
        "--help",
        "--version",
        "init juste.csv",
    ],
)
def test_a_full_disk_is_one_sentence(arguments):
    done = shell(arguments, ">/dev/full")
    assert (done.returncode, done.stderr.startswith(FULL), done.stderr.count("\n")) == (2, True, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
def test_a_full_disk_under_an_output_or_under_standard_error():
    done = shell("validate juste.csv --format json -o /dev/full", "")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "/dev/full cannot be written (No space left on device)" in done.stderr
    assert shell("validate absent.csv", "2>/dev/full").returncode == 2
    assert shell("validate --what", "2>/dev/full").returncode == 2
    assert shell("validate juste.csv --certificate c.json absent.csv -q", "2>/dev/full").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [("validate faux.csv juste.csv", 1), ("validate juste.csv", 0), ("rules", 0), ("--help", 0)],
)
def test_a_reader_that_goes_away_is_silence(arguments, status):
    program = subprocess.Popen([*MLCHECK, *arguments.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    program.stdout.close()  # before anything is written
    assert (program.wait(60), program.stderr.read()) == (status, b"")


def test_a_reader_that_goes_away_in_the_midst_of_it():
    program = subprocess.Popen(
        [*MLCHECK, "validate", "--format", "json", *["faux.csv"] * 100],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout.read(10) == b'{"schema_v'
    program.stdout.close()
    assert (program.wait(60), program.stderr.read()) == (1, b"")


def test_an_output_that_is_a_pipe_whose_reader_goes_away():
    done = shell("validate faux.csv --format json -o /dev/stdout", "| true; echo")
    assert done.stderr == ""


def test_what_standard_output_goes_into_is_not_replaced_by_its_own_name(folder):
    (folder / "log.txt").write_text("former\n")
    assert shell("validate juste.csv --format csv -o /dev/stdout", ">> log.txt").returncode == 0
    assert (folder / "log.txt").read_text().startswith("former\nsource;year;rule")


@pytest.mark.parametrize(
    ("redirection", "marked"),
    [
        ("> new.csv", True),
        (">> new.csv", True),
        ("| cat > new.csv", False),
        (">> old.csv", False),
        ("-o new.csv", True),
        ("-o old.csv", True),
    ],
)
def test_the_mark_of_a_csv_stands_at_the_start_of_a_file_alone(folder, redirection, marked):
    (folder / "old.csv").write_text("former\n")
    assert shell("figures juste.csv --lang fr --format csv", redirection).returncode == 0
    written = (folder / redirection.split()[-1]).read_text("utf-8")
    assert (written.startswith("\ufeffEndroit;"), written.count("\ufeff")) == (marked, int(marked))
    assert "Endroit;" in written


def test_standard_output_is_never_sent_into_an_input(folder):
    done = shell("validate juste.csv", ">> juste.csv")
    assert (done.returncode, "Standard output goes into juste.csv" in done.stderr) == (2, True)
    assert (folder / "juste.csv").read_text("utf-8") == ROWS


def started(*arguments, ignored=()):
    """Start a run that takes long, and return it once its unfinished output is there."""

    def prepare():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            action = signal.SIG_IGN if name in ignored else signal.SIG_DFL
            signal.signal(getattr(signal, name), action)

    program = subprocess.Popen(
        [*MLCHECK, "validate", *[str(REPORT)] * 400, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=prepare,
    )  # fmt: skip
    end = time.monotonic() + 60
    while not list(Path().glob(".mlcheck-*.tmp")) and time.monotonic() < end:
        time.sleep(0.02)
    assert program.poll() is None
    return program


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_leaves_nothing_behind(folder, name, status):
    program = started("--output", "out.json")
    program.send_signal(getattr(signal, name))
    assert (program.wait(60), program.stdout.read(), program.stderr.read()) == (status, b"", b"")
    assert sorted(path.name for path in folder.iterdir()) == ["faux.csv", "juste.csv"]


LOST = """
import signal, sys, time, weakref
import mlcheck.cli.streams as streams

class Held: pass

def program():
    held = Held()
    seen = weakref.ref(held, lambda _: (signal.raise_signal(signal.SIGTERM), time.sleep(0)))
    del held
    time.sleep(60)

streams.PATIENCE = 0.2
streams.run(program)
"""


def test_a_signal_that_python_ignores_ends_the_program_all_the_same(folder):
    done = subprocess.run([sys.executable, "-c", LOST], capture_output=True, timeout=30, check=False)
    assert done.returncode == 143


def test_a_signal_that_is_ignored_stays_ignored(folder):
    program = started("--output", "out.json", ignored=["SIGHUP"])
    program.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0.5)
    program.terminate()
    assert program.wait(60) == 143


def test_runs_side_by_side_and_what_a_killed_run_left_do_not_collide(folder):
    killed = started("--output", "out.json")
    killed.kill()
    killed.wait()
    (left,) = folder.glob(".mlcheck-*.tmp")
    runs = [subprocess.Popen([*MLCHECK, "validate", "faux.csv", "--output", "out.json"]) for _ in range(2)]
    assert [run.wait(60) for run in runs] == [1, 1]
    assert json.loads((folder / "out.json").read_text("utf-8"))["reports"][0]["source"] == "faux.csv"
    assert list(folder.glob(".mlcheck-*.tmp")) == [left]


def test_a_file_that_takes_too_long_leaves_no_unfinished_output(folder):
    endless = (
        "import sys, time; import mlcheck.network.watch as watch; import mlcheck.reading\n"
        "watch.SECONDS, watch.INTERVAL = 0.2, 0.02\n"
        "mlcheck.reading.read = lambda path: time.sleep(60)\n"
        "sys.argv = ['mlcheck', 'validate', 'juste.csv', '--output', 'out.json']\n"
        "from mlcheck.cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", endless], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert sorted(path.name for path in folder.iterdir()) == ["faux.csv", "juste.csv"]
