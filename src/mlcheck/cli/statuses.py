"""What becomes of each report on its way to the outputs: its exit status, its shortfall, its annotated copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.cli.output import whole
from mlcheck.cli.settings import Settings
from mlcheck.cli.trouble import FAULT, UNUSABLE, warn
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.summary import crash_text
from mlcheck.rendering.view import View
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

CONSISTENT, INCONSISTENT = 0, 1
NOTHING = N_("{file}: nothing could be checked, no two of its figures are known to be related.")


def covered(reports: Iterable[Report], least: float, statuses: list[int], shown: View) -> Iterator[Report]:
    """Yield the reports; say on standard error of each that has too few checked figures what no check covers."""
    from mlcheck.rendering.coverage.view import shortfall

    for report in reports:
        yield report
        if report.unusable is None:
            sentence = shortfall(report, least, shown.wording(report.language))
            if sentence is not None:
                statuses.append(INCONSISTENT)
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
            for sentence in annotate(report, copy, shown, tint=tint, read=read, whole=whole):
                warn(sentence)


def status(report: Report, severities: set[str]) -> int:
    """Return the exit status that one report deserves."""
    if report.crashes:
        return FAULT
    if report.unusable is not None or not _evaluated(report):
        return UNUSABLE
    return INCONSISTENT if any(finding.severity in severities for finding in report.findings) else CONSISTENT


def with_status(
    reports: Iterable[Report], severities: set[str], statuses: list[int], shown: View, beside: bool
) -> Iterator[Report]:
    """Yield the reports to render; note the status of each, and say on standard error what stops a run.

    On a terminal the sentence of an unusable report stands there in its place, and is not written twice.
    """
    for report in reports:
        statuses.append(status(report, severities))
        wording = shown.wording(report.language)
        if report.unusable is not None:
            warn(wording.say(report.unusable, report.unusable_values))
        elif beside:
            for crash in report.crashes:
                warn(crash_text(crash, report.source, wording))
            if not _evaluated(report):
                warn(wording.say(NOTHING, {"file": report.source}))
        if beside or report.unusable is None:
            yield report


def _evaluated(report: Report) -> bool:
    return any(report.constraints.get(verdict) for verdict in ("consistent", "inconsistent"))
