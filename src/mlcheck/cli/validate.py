"""mlcheck validate: check reports."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.cache import cache_folder
from mlcheck.cli.checked import checked, reports_among
from mlcheck.cli.codes import codes
from mlcheck.cli.files import OUTPUT, Output
from mlcheck.cli.folder import write_folder
from mlcheck.cli.options import FailOn
from mlcheck.cli.output import view, write
from mlcheck.cli.outputs import SUMMARY, TERMINAL, Outputs, certify, paired, summarised, summary_of
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.statuses import INCONSISTENT, Passing, annotated, covered, rendered, status
from mlcheck.rendering import FOLDERS, pages, render
from mlcheck.rendering.view import View
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

STATISTICS = "statistics"
SEVERITIES = {"error": {"error"}, "warning": {"error", "warning"}}


def validate(
    files: options.Files = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    form: options.Formats = None,
    output: options.Outputs = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help=N_("Only these rules or families: TOT,SHR101."))
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help=N_("All rules but these."))
    ] = None,
    fail_on: Annotated[
        options.FailOn | None, typer.Option(help=N_("What makes the exit status 1; else errors."))
    ] = None,
    min_coverage: options.MinCoverage = None,
    min_confidence: options.MinConfidence = None,
    annotate: options.Annotate = None,
    tint: options.Tint = False,
    baseline: options.Baseline = None,
    write_baseline: options.WriteBaseline = None,
    certificate: options.Certificate = None,
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    cache: options.Cache = None,
    no_cache: options.NoCache = False,
    delimiter: options.Delimiter = None,
    statistics: options.Statistics = False,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> None:
    """Check the figures of reports against one another, and say what is wrong."""
    started = time.perf_counter()
    with configured(lang) as (configuration, language):
        pairs = paired([str(one) for one in form or ()], output or ())
        if statistics:
            pairs = [*(pair for pair in pairs if pair[1] is not None), (STATISTICS, None)]
        known = baseline or (None if write_baseline else configuration.baseline)
        settings = settle(
            configuration, files=reports_among(files or (), language), prior=prior, profile=profile, year=year, baseline=known,
            outputs=_named(pairs, annotate, write_baseline, certificate),
        )  # fmt: skip
        from mlcheck.cli.policy import policy_of
        from mlcheck.rules import RULES

        chosen = codes(select or configuration.select, RULES), codes(ignore or configuration.ignore, RULES)
        failing = str(fail_on or configuration.fail_on or FailOn.ERROR)
        least = options.within("--min-coverage", min_coverage, configuration.min_coverage, 100)
        sure = options.within("--min-confidence", min_confidence, configuration.min_confidence, 1)
        shown = view(
            language, pairs[0][1], started, "verdict" if quiet else "all" if verbose else "usual", delimiter
        )
        found = checked(
            settings, language, throughout=all(output for _, output in pairs), select=chosen[0],
            ignore=chosen[1], policy=policy_of(settings, sure or 0.0), tolerances=configuration.tolerances,
            relations=verbose, jobs=jobs, cluster=cluster,
            cache=cache_folder(settings, cache, no_cache),
        )  # fmt: skip
        passing = Passing(found, partial(status, severities=SEVERITIES[failing], least=least))
        reports: Iterable[Report] = passing
        if least is not None:
            reports = covered(reports, least, shown)
        if annotate is not None:
            reports = annotated(reports, annotate, tint, settings, shown)
        reports = rendered(reports, shown, pairs != [(TERMINAL, None)])
        reports = summarised(reports, summary_of(pairs), shown)
        kept = _written(reports, pairs, shown, settings.inputs, bool(write_baseline or certificate))
        if write_baseline is not None:
            _write_baseline(kept, write_baseline)
        if certificate is not None:
            asked = {
                "select": chosen[0],
                "ignore": chosen[1],
                "fail_on": failing,
                "min_coverage": least,
                "min_confidence": sure,
            }
            certify(kept, certificate, settings.inputs, asked, passing.status)
        raise typer.Exit(0 if exit_zero and passing.status == INCONSISTENT else passing.status)


def _written(
    reports: Iterable[Report], outputs: Outputs, shown: View, inputs: Sequence[Path], keep: bool
) -> list[Report]:
    """Write every output; return the reports where something else needs them too, else an empty list."""
    kept: list[Report] = []
    if len(outputs) > 1 or keep:
        reports = kept = list(reports)
    for form, output in outputs:
        if form in FOLDERS:
            assert output is not None
            write_folder(pages(form, reports, shown), output, inputs)
        else:
            write(render(form, reports, shown), output)
    return kept


def _write_baseline(reports: list[Report], output: Path) -> None:
    from mlcheck.checking.baseline import baseline

    write(baseline(reports), output)


def _named(
    pairs: Outputs, annotate: Path | None, write_baseline: Path | None, certificate: Path | None
) -> list[Output]:
    """Return every file that the run writes, with the option or the variable that names it."""
    others = {
        "--annotate": annotate, "--write-baseline": write_baseline, "--certificate": certificate,
        SUMMARY: summary_of(pairs),
    }  # fmt: skip
    outputs: list[Output] = [(OUTPUT, file) for _, file in pairs]
    return outputs + [(option, file) for option, file in others.items() if file is not None]
