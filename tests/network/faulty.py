"""Processes that fail on one file, as a library in C may, or without end."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import mlcheck.reading
from mlcheck.network import watch
from mlcheck.network.processes import _work

REAL = mlcheck.reading.read


def killed(*arguments: Any) -> None:
    """Work, but be killed by the system where r04 is read."""

    def read(path: Path) -> Any:
        if path.name == "r04.md":
            os.kill(os.getpid(), signal.SIGKILL)
        return REAL(path)

    mlcheck.reading.read = read
    _work(*arguments)


def endless(*arguments: Any) -> None:
    """Work, but never come to the end of r04."""

    def read(path: Path) -> Any:
        if path.name == "r04.md":
            time.sleep(600)
        return REAL(path)

    watch.SECONDS, watch.INTERVAL = 3.0, 0.05
    mlcheck.reading.read = read
    _work(*arguments)


def lost_once(*arguments: Any) -> None:
    """Work, but end once, when r04 is read for the first time."""

    def read(path: Path) -> Any:
        if path.name == "r04.md" and not Path("lost").exists():
            Path("lost").touch()
            os._exit(7)
        return REAL(path)

    mlcheck.reading.read = read
    _work(*arguments)
