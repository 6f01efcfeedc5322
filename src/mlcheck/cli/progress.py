"""How far a long run is: a bar on standard error, for a person who waits there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from mlcheck.cli.watch import watched
from mlcheck.translation import N_

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress

    from mlcheck.model.finding import Report
    from mlcheck.rendering.wording import Wording

READING = N_("Reading {file}")
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
    check: Callable[[Callable[[Path], None]], Iterator[Report]],
    number: int,
    wording: Wording,
    *,
    throughout: bool,
) -> Iterator[Report]:
    """Yield what `check` yields, showing which of `number` files it reads and watching over each.

    The bar leaves the terminal to the first report unless it may stay `throughout`.
    """
    with steps(number) as step, watched(wording.language) as watch:

        def tell(file: Path | None) -> None:
            watch(file)
            if file is not None:
                step(wording.say(READING, {"file": file.as_posix()}))

        reports = check(tell)
        if throughout:
            yield from reports
            return
        first = next(reports, None)
    if first is not None:
        yield first
        yield from reports


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
