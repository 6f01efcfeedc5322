"""mlcheck validate: check reports."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.certify import certify
from mlcheck.cli.codes import codes
from mlcheck.cli.options import FailOn
from mlcheck.cli.output import view, write
from mlcheck.cli.outputs import TERMINAL, paired
from mlcheck.cli.settings import Settings, configured, settle
from mlcheck.cli.trouble import FAULT, UNUSABLE, warn
from mlcheck.configuration import Configuration
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import CRASHED
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

CONSISTENT, INCONSISTENT = 0, 1
SEVERITIES = {"error": {"error"}, "warning": {"error", "warning"}}
Outputs = list[tuple[str, Path | None]]
NOTHING = N_("{file}: nothing could be checked, no two of its figures are known to be related.")


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", help="Reports; else the one that mlcheck.toml names.", show_default=False
        ),
    ] = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    form: options.Formats = None,
    output: options.Outputs = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Only these rules or families: TOT,SHR101.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help="All rules but these.")] = None,
    fail_on: Annotated[
        options.FailOn | None, typer.Option(help="What makes the exit status 1; else errors.")
    ] = None,
    min_coverage: options.MinCoverage = None,
    annotate: options.Annotate = None,
    tint: options.Tint = False,
    baseline: options.Baseline = None,
    write_baseline: options.WriteBaseline = None,
    certificate: options.Certificate = None,
    lang: options.Lang = None,
) -> None:
    """Check the figures of reports against one another, and say what is wrong."""
    started = time.perf_counter()
    with configured(lang) as (configuration, language):
        settings = settle(configuration, files=files or (), prior=prior, profile=profile, year=year)
        from mlcheck.checking import check
        from mlcheck.cli.policy import policy_of
        from mlcheck.rules import RULES

        outputs = paired([str(one) for one in form or ()], output or ())
        known = None if write_baseline else baseline
        chosen = codes(select or configuration.select, RULES), codes(ignore or configuration.ignore, RULES)
        failing = str(fail_on or configuration.fail_on or FailOn.ERROR)
        statuses: list[int] = []
        shown = view(language, outputs[0][1], started)
        reports: Iterable[Report] = check(
            settings.files, prior=settings.prior, profile=settings.profile, year=settings.year,
            assumed=settings.assumed, select=chosen[0], ignore=chosen[1],
            policy=policy_of(settings, known), tolerances=configuration.tolerances,
        )  # fmt: skip
        least = configuration.min_coverage if min_coverage is None else min_coverage
        if least is not None:
            reports = _covered(reports, least, statuses, shown)
        if annotate is not None:
            reports = _annotated(reports, annotate, tint, settings, outputs, shown)
        beside = outputs != [(TERMINAL, None)]
        reports = _told(reports, SEVERITIES[failing], statuses, shown, beside)
        kept = _written(reports, outputs, shown, settings, bool(write_baseline or certificate))
        status = max(statuses, default=UNUSABLE)
        if write_baseline is not None:
            from mlcheck.checking.baseline import baseline as baseline_of

            write(baseline_of(kept), write_baseline, settings.inputs)
        if certificate is not None:
            asked = {"select": chosen[0], "ignore": chosen[1], "fail_on": failing, "min_coverage": least}
            certify(kept, certificate, (*settings.inputs, *_named(known, configuration)), asked, status)
        raise typer.Exit(status)


def _written(
    reports: Iterable[Report], outputs: Outputs, shown: View, settings: Settings, keep: bool
) -> list[Report]:
    """Write every output; return the reports where something else needs them too, else an empty list."""
    if len(outputs) == 1 and not keep:
        form, output = outputs[0]
        write(render(form, reports, shown), output, settings.inputs)
        return []
    kept = list(reports)
    for form, output in outputs:
        write(render(form, kept, shown), output, settings.inputs)
    return kept


def _named(baseline: Path | None, configuration: Configuration) -> Iterator[Path]:
    """Yield the baseline in force, where there is one."""
    known = baseline or configuration.baseline
    if known is not None:
        yield known


def _covered(reports: Iterable[Report], least: float, statuses: list[int], shown: View) -> Iterator[Report]:
    """Yield the reports; say on standard error of each that has too few checked figures what no check covers."""
    from mlcheck.rendering.shortfall import shortfall

    for report in reports:
        yield report
        if report.unusable is None:
            sentence = shortfall(report, least, shown.wording(report.language))
            if sentence is not None:
                statuses.append(INCONSISTENT)
                warn(sentence)


def _annotated(
    reports: Iterable[Report], copy: Path, tint: bool, settings: Settings, outputs: Outputs, shown: View
) -> Iterator[Report]:
    """Yield the report, then write its annotated copy and say on standard error what it does not keep."""
    from mlcheck.reading import read
    from mlcheck.rendering.annotation import annotate, require_output

    if len(settings.files) > 1:
        raise MlcheckError("--annotate takes one report; name one FILE.")
    require_output(copy, (*settings.inputs, *(output for _, output in outputs if output)))
    for report in reports:
        yield report
        if report.unusable is None:
            for sentence in annotate(report, copy, shown, tint=tint, read=read):
                warn(sentence)


def status(report: Report, severities: set[str]) -> int:
    """Return the exit status that one report deserves."""
    if report.crashes:
        return FAULT
    if report.unusable is not None or not _evaluated(report):
        return UNUSABLE
    return INCONSISTENT if any(finding.severity in severities for finding in report.findings) else CONSISTENT


def _told(
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
                warn(wording.say(CRASHED, {"rule": crash.rule, "error": crash.error}))
            if not _evaluated(report):
                warn(wording.say(NOTHING, {"file": report.source}))
        if beside or report.unusable is None:
            yield report


def _evaluated(report: Report) -> bool:
    return any(report.constraints.get(verdict) for verdict in ("consistent", "inconsistent"))
