"""A piece of work in a process of its own: it can be stopped, and what it meets in a file harms nothing else."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mlcheck.model.errors import MlcheckError, StageError
from mlcheck.network.garbage import collect_seldom
from mlcheck.network.processes import context, end, end_with_parent
from mlcheck.network.watch import ENDLESS, Begin, watched

Work = Callable[..., Any]  # takes the function that is given each file before it is read, then its arguments


class StoppedError(Exception):
    """The work was stopped before it was done."""


class Apart:
    """One call of a function in a process that works in `folder`; the function and its arguments are sent there."""

    def __init__(self, folder: Path, work: Work, *arguments: object) -> None:
        self._pipe, other = context().Pipe()
        self._stopped = False
        self._process: Any = context().Process(  # type: ignore[attr-defined]
            target=_worked, args=(other, folder, work, arguments), daemon=True
        )
        self._process.start()
        other.close()  # so that the pipe ends with the process

    def result(self) -> Any:
        """Wait for the work and return what it gives.

        Raises MlcheckError as the work does, and for a file that takes too much; StoppedError where it was stopped; StageError
        for a fault of ours, or a process that was lost.
        """
        try:
            kind, *told = self._pipe.recv()
        except (EOFError, OSError):
            kind, told = "lost", []
        ended = end(self._process)
        self._pipe.close()
        if self._stopped:
            raise StoppedError
        if kind == "done":
            return told[0]
        if kind == "refused":
            raise MlcheckError(told[0], **told[1])
        raise StageError("process", None, told[0] if told else ended)

    def stop(self) -> None:
        """End the process; who waits for its result is told so."""
        self._stopped = True
        self._process.kill()


# In the process.


def _worked(pipe: Connection, folder: Path, work: Work, arguments: tuple[object, ...]) -> None:
    """Do the work, and send what came of it."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the process that started this one
    threading.Thread(target=end_with_parent, daemon=True).start()

    def give_up(file: Path, limit: str) -> None:
        with suppress(OSError):
            pipe.send(("refused", ENDLESS, {"file": file.as_posix(), "limit": limit}))
        os._exit(1)

    with watched(give_up) as begin, suppress(OSError):
        pipe.send(_answer(folder, work, begin, arguments))


def _answer(folder: Path, work: Work, begin: Begin, arguments: tuple[object, ...]) -> tuple[object, ...]:
    try:
        os.chdir(folder)
        return "done", work(begin, *arguments)
    except MlcheckError as error:
        return "refused", error.template, dict(error.values)
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"
