"""The streams and signals of the process: nothing that happens to them ends in a traceback.

A stream may be closed from the start, its reader may go, the disk behind it may be full. What is written then
goes nowhere, the run goes on for its exit status, and a full disk is reported once, at the end.
"""

from __future__ import annotations

import io
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn, TextIO

import typer

from mlcheck.cli.output import ESCAPED, remove_unfinished
from mlcheck.cli.trouble import UNUSABLE, in_one_sentence, warn, wording_of
from mlcheck.translation import N_

UNWRITABLE = N_("Standard output cannot be written ({why}): make room there, or name a file with --output.")
PATIENCE = 10.0  # seconds to leave in good order after a signal
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def run(program: Callable[[], object]) -> NoReturn:
    """Run the command line and leave with its exit status, having removed what is unfinished.

    A signal makes it 128 and its number; a standard output that could not be written, that of unusable input.
    """
    _require_open()
    output, sys.stdout = _steady(sys.stdout, 1)
    _, sys.stderr = _steady(sys.stderr, 2)
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves it
            signal.signal(number, _leave)
    status: object = 0
    try:
        with in_one_sentence(None):
            program()
    except SystemExit as leaving:
        status = leaving.code
    except typer.Exit as leaving:
        status = leaving.exit_code
    finally:
        remove_unfinished()
    sys.stdout.flush()
    trouble = output.trouble
    if trouble is not None and not isinstance(trouble, BrokenPipeError):
        warn(wording_of(None).say(UNWRITABLE, {"why": trouble.strerror or str(trouble)}))
        status = max(status if isinstance(status, int) else 0, UNUSABLE)
    raise SystemExit(status)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    """Leave at a signal by way of every `finally`; at the second one without, or where it takes too long.

    Python ignores what is raised in the callback of a weak reference, and an import has such callbacks.
    """
    signal.signal(number, _leave_at_once)
    later = threading.Timer(PATIENCE, _leave_at_once, (number, None))
    later.daemon = True
    later.start()
    raise SystemExit(128 + number)


def _leave_at_once(number: int, _: FrameType | None) -> NoReturn:
    remove_unfinished()
    os._exit(128 + number)


def _require_open() -> None:
    """Open the standard streams that are closed on nothing, lest the next file that is opened becomes one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)


def _steady(stream: TextIO | None, number: int) -> tuple[_Steady, TextIO]:
    """Return a stream that takes everything in the place of a standard one, None where that was closed."""
    raw = _Steady(number)
    if stream is not None and os.name == "nt" and raw.isatty():  # a console takes characters, not bytes
        return raw, stream
    encoding = "utf-8" if stream is None else stream.encoding
    text = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, ESCAPED, line_buffering=number == 2 or raw.isatty()
    )
    return raw, text


class _Steady(io.RawIOBase):
    """A standard stream that takes everything; what it could not write is kept as its trouble."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.trouble: OSError | None = None

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def fileno(self) -> int:
        """Return its number in the process."""
        return self.number

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return os.isatty(self.number)

    def write(self, data: Any, /) -> int:
        """Write some of `data`, or let all of it go."""
        while self.trouble is None:
            try:
                return os.write(self.number, data)
            except BlockingIOError:  # another program has set the stream so
                select.select([], [self.number], [])
            except OSError as error:
                self.trouble = error
        return len(data)
