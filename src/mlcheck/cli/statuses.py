"""What becomes of each report on its way to the outputs: its exit status, its shortfall, its annotated copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.cli.output import whole
from mlcheck.cli.settings import Settings
from mlcheck.cli.trouble import warn
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import summary
from mlcheck.rendering.summary import CONSISTENT, FAULT, UNUSABLE, crash_text
from mlcheck.rendering.view import View
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

NOTHING = N_("{file}: nothing could be checked, no two of its figures are known to be related.")


class Passing:
    """The reports of a run, which pass once on their way to the outputs, and its exit status so far.

    It is the gravest of those that `deserved` gives them; a run without reports is unusable.
    """

    def __init__(self, reports: Iterable[Report], deserved: Callable[[Report], int]) -> None:
        self._reports, self._deserved = reports, deserved
        self.status = UNUSABLE
        self.language: str | None = None  # of the last report that can be shown

    def __iter__(self) -> Iterator[Report]:
        gravest = CONSISTENT
        for report in self._reports:
            gravest = max(gravest, self._deserved(report))
            self.status = gravest
            if report.unusable is None:
                self.language = report.language
            yield report


def usability(report: Report) -> int:
    """Return the exit status of a report that is looked at, not judged."""
    return FAULT if report.crashes else CONSISTENT if report.unusable is None else UNUSABLE


def covered(reports: Iterable[Report], least: float, shown: View) -> Iterator[Report]:
    """Yield the reports; say on standard error of each that has too few checked figures what no check covers."""
    from mlcheck.rendering.coverage.view import shortfall

    for report in reports:
        yield report
        if report.unusable is None:
            sentence = shortfall(report, least, shown.wording(report.language))
            if sentence is not None:
                warn(sentence)


def annotated(
    reports: Iterable[Report], copy: Path, tint: bool, settings: Settings, shown: View
) -> Iterator[Report]:
    """Yield the report, then write its annotated copy and say on standard error what it does not keep."""
    from mlcheck.reading import read
    from mlcheck.rendering.annotation import annotate, require_suffix

    if len(settings.files) > 1:
        raise MlcheckError("--annotate takes one report; name one FILE.")
    require_suffix(copy)
    for report in reports:
        yield report
        if report.unusable is None:
            for sentence in annotate(
                report, copy, shown, tint=tint, read=read, whole=whole, file=settings.files[0]
            ):
                warn(sentence)


def rendered(reports: Iterable[Report], shown: View, beside: bool) -> Iterator[Report]:
    """Yield the reports to render, and say on standard error what stops a run.

    On a terminal the sentence of an unusable report stands there in its place, and is not written twice.
    """
    for report in reports:
        wording = shown.wording(report.language)
        if report.unusable is not None:
            warn(wording.say(report.unusable, report.unusable_values))
        elif beside:
            for crash in report.crashes:
                warn(crash_text(crash, report.source, wording))
            if not summary.evaluated(report):
                warn(wording.say(NOTHING, {"file": report.source}))
        if beside or report.unusable is None:
            yield report
