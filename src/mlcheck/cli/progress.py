"""How far a long run is: a bar on standard error, for a person who waits there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

from mlcheck.cli.output import remove_unfinished
from mlcheck.cli.trouble import UNUSABLE, warn
from mlcheck.network.watch import ENDLESS, watched
from mlcheck.translation import N_

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress

    from mlcheck.model.finding import Report
    from mlcheck.rendering.wording import Wording

READING = N_("Reading {file}")
CHECKED = N_("{done} of {all} reports")
PACE = N_("{done} of {all} reports, {rate} a second, until {end}")
PATIENCE = 1.0  # seconds before anything is shown
Step = Callable[[str], None]
Tell = Callable[["Path | None"], None]


@contextmanager
def steps(number: int) -> Iterator[Step]:
    """Give a function that says what is done next, the first of `number` steps or the one after the last said.

    Where standard error is no terminal, and in a run of less than a second, nothing is shown.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    bar = _bar()
    task = bar.add_task("", total=number)
    begun = 0

    def step(what: str) -> None:
        nonlocal begun
        bar.update(task, completed=begun, description=what)
        begun += 1

    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield step
    finally:
        timer.cancel()
        timer.join()  # it may be starting the bar just now
        bar.stop()


def followed(
    check: Callable[[Tell], Iterator[Report]],
    number: int,
    wording: Wording,
    *,
    throughout: bool,
) -> Iterator[Report]:
    """Yield what `check` yields, showing which of `number` files it reads and watching over each.

    The bar leaves the terminal to the first report unless it may stay `throughout`.
    """
    with watched(partial(_leave, wording)) as watch, ExitStack() as bar:
        step = bar.enter_context(steps(number))

        def tell(file: Path | None) -> None:
            watch(file)
            if file is not None:
                step(wording.say(READING, {"file": file.as_posix()}))

        for report in check(tell):
            if not throughout:
                bar.close()
            yield report


def counted(
    reports: Iterator[Report], number: int, wording: Wording, *, throughout: bool
) -> Iterator[Report]:
    """Yield the reports of several processes, showing how many of `number` have come, how fast, and until when.

    The bar leaves the terminal to the first report unless it may stay `throughout`.
    """
    begun = time.monotonic()
    with ExitStack() as bar:
        step = bar.enter_context(steps(number))
        step(wording.say(CHECKED, {"done": 0, "all": number}))
        for done, report in enumerate(reports, 1):
            rate = done / max(time.monotonic() - begun, 0.001)
            end = datetime.now() + timedelta(seconds=(number - done) / rate)
            values = {"done": done, "all": number, "rate": f"{rate:.1f}", "end": f"{end:%H:%M:%S}"}
            step(wording.say(PACE, values))
            if not throughout:
                bar.close()
            yield report


def _leave(wording: Wording, file: Path, limit: str) -> None:
    """End the process of a file that takes too much."""
    warn(wording.say(ENDLESS, {"file": file.as_posix(), "limit": limit}))
    remove_unfinished()
    os._exit(UNUSABLE)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
