"""validate --watch: the reports are checked again each time one of them, or last year's, is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from mlcheck.checking.changes import changes
from mlcheck.cli.output import write
from mlcheck.cli.outputs import TERMINAL, Outputs
from mlcheck.cli.trouble import warn, wording_of
from mlcheck.desk.missing import required
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Report
from mlcheck.rendering.changes import render
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

WATCHING = N_("Watching: save {file} to check again, press Ctrl-C to stop.")
SAVED = N_("{time}  {file} was saved")
ELSEWHERE = N_("--watch tells on the terminal what changes: give {format} an --output.")
Check = Callable[[], tuple[Sequence[Report], View]]


def require_watchable(pairs: Outputs) -> None:
    """Raise MlcheckError where standard output is for a program, or the library that watches is not there."""
    required("watchfiles")
    for form, output in pairs:
        if output is None and form != TERMINAL:
            raise MlcheckError(ELSEWHERE, format=form)


def watch(files: Iterable[Path], reports: Sequence[Report], again: Check, language: str | None) -> NoReturn:
    """Call `again` at each save of one of `files`, and say what is solved and what is new since `reports`; only a signal ends it."""
    from mlcheck.desk.saves import Saves

    names = list(files)
    known = {report.source: report for report in reports}
    saves, wording = Saves(names), _wording(reports, language)
    listed = ", ".join(file.name for file in names)
    write([f"\n{wording.say(WATCHING, {'file': listed})}\n"], None)
    try:
        while True:
            for file in saves.wait():
                moment = f"{datetime.now():%H:%M:%S}"
                write([f"\n{wording.say(SAVED, {'time': moment, 'file': file.name})}\n"], None)
                break
            else:
                continue
            try:
                found, shown = again()
            except MlcheckError as error:  # half of a save, or one that the next will mend
                warn(wording.say(error.template, error.values))
                continue
            for report in found:
                if (
                    report.unusable is not None
                ):  # which is said already; the next save is held against what was
                    continue
                before = known.get(report.source)
                write(render(report, None if before is None else changes(before, report), shown), None)
                known[report.source] = report
    finally:
        saves.close()


def _wording(reports: Sequence[Report], language: str | None) -> Wording:
    """Return the words of the first report, or those of the environment where none could be checked."""
    return View(language).wording(reports[0].language) if reports else wording_of(language)
