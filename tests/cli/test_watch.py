"""A file that leads a reader into endless work ends the run with one sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

ENDLESS = """
import sys, time
from pathlib import Path
import mlcheck.network.watch as watch
import mlcheck.reading
watch.SECONDS, watch.MEGABYTES, watch.INTERVAL = {seconds}, {megabytes}, 0.02
def never(path):
    time.sleep(60)
mlcheck.reading.read = never
sys.argv = ["mlcheck", "validate", "r.pdf", "--lang", "en"]
from mlcheck.cli.main import main
main()
"""


def run(**limits):
    return subprocess.run(
        [sys.executable, "-c", ENDLESS.format(**limits)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_too_long():
    done = run(seconds=0.2, megabytes=10**6)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mlcheck: r.pdf takes more time or memory than any report")
    assert done.stderr.count("\n") == 1


def test_too_much():
    done = run(seconds=10**6, megabytes=1)
    assert done.returncode == 2
    assert "(1 MB)" in done.stderr


def test_what_comes_after_reading_may_take_its_time(monkeypatch):
    import time

    from mlcheck.network import watch

    monkeypatch.setattr(watch, "SECONDS", 0.1)
    monkeypatch.setattr(watch, "INTERVAL", 0.02)
    with watch.watched(lambda file, limit: pytest.fail(limit)) as begin:
        begin(None)
        time.sleep(0.3)
