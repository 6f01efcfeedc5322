"""mlcheck validate: check reports."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from msgspec import Struct

from mlcheck.api import decided
from mlcheck.cli import options
from mlcheck.cli.cache import cache_folder
from mlcheck.cli.checked import checked, reports_among
from mlcheck.cli.files import OUTPUT, Output
from mlcheck.cli.folder import write_folder
from mlcheck.cli.options import FailOn
from mlcheck.cli.output import view, write
from mlcheck.cli.outputs import SUMMARY, TERMINAL, Outputs, certify, paired, summarised, summary_of
from mlcheck.cli.settings import Settings, configured, settle
from mlcheck.cli.standard_input import GONE, require_files
from mlcheck.cli.statuses import Passing, annotated, covered, rendered
from mlcheck.rendering import FOLDERS, pages, render
from mlcheck.rendering.summary import INCONSISTENT, status
from mlcheck.rendering.view import Detail, View
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

HINT = N_("To see the tables: mlcheck validate … --open")
STATISTICS = "statistics"
SEVERITIES = {"error": {"error"}, "warning": {"error", "warning"}}


def validate(
    files: options.Files = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
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
    open_: options.Open = False,
    watch: options.Watch = False,
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
            outputs=_named(pairs, annotate, write_baseline, certificate), stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.checking.codes import codes
        from mlcheck.rules import RULES

        if watch:
            from mlcheck.cli.watching import require_watchable

            require_files((*settings.files, settings.prior), GONE)
            require_watchable(pairs)
        sure = options.within("--min-confidence", min_confidence, configuration.min_confidence, 1)
        asked = {
            "select": codes(select or configuration.select, RULES),
            "ignore": codes(ignore or configuration.ignore, RULES),
            "fail_on": str(fail_on or configuration.fail_on or FailOn.ERROR),
            "min_coverage": options.within("--min-coverage", min_coverage, configuration.min_coverage, 100),
            "min_confidence": sure,
        }
        run = Validation(
            settings, language, pairs, asked, annotate, tint, write_baseline, certificate, "verdict" if quiet else "all" if verbose else "usual",
            delimiter, {"jobs": jobs, "cluster": cluster, "cache": cache_folder(settings, cache, no_cache)}, open_ or watch,
        )  # fmt: skip
        shown = view(language, pairs[0][1], started, run.detail, delimiter, configuration.help_uri)
        found, usable, exit_status = run.once(pairs, shown)
        if open_:
            from mlcheck.cli.opening import open_reports

            open_reports(found, pairs, shown)
        if watch:
            follow(run, found)
        if usable is not None and not open_:
            hint(usable, pairs, shown)
        raise typer.Exit(0 if exit_zero and exit_status == INCONSISTENT else exit_status)


class Validation(Struct, frozen=True):
    """One run as it was asked for, which can be done again: what it reads, what it writes, and in how much `detail`.

    `asked` is what its certificate tells of it, `way` how the reports are checked; the reports are kept for what comes
    after where `keep` says so.
    """

    settings: Settings
    language: str | None
    pairs: Outputs
    asked: dict[str, Any]
    annotate: Path | None
    tint: bool
    write_baseline: Path | None
    certificate: Path | None
    detail: Detail
    delimiter: str | None
    way: dict[str, Any]
    keep: bool

    def once(self, pairs: Outputs, shown: View) -> tuple[list[Report], str | None, int]:
        """Check the reports and write those outputs; return the reports, the language of one that is usable, the exit status.

        Raises MlcheckError.
        """
        settings, asked, least = self.settings, self.asked, self.asked["min_coverage"]
        wanted = decided(settings.configuration) | {
            "select": asked["select"], "ignore": asked["ignore"], "baseline": settings.baseline,
            "min_confidence": asked["min_confidence"] or 0.0,
        }  # fmt: skip
        found = checked(
            settings, self.language, throughout=all(output for _, output in pairs), decided=wanted,
            relations=self.detail == "all", **self.way,
        )  # fmt: skip
        passing = Passing(found, partial(status, severities=SEVERITIES[asked["fail_on"]], least=least))
        reports: Iterable[Report] = passing
        if least is not None:
            reports = covered(reports, least, shown)
        if self.annotate is not None:
            reports = annotated(reports, self.annotate, self.tint, settings, shown)
        reports = rendered(reports, shown, pairs != [(TERMINAL, None)])
        reports = summarised(reports, summary_of(pairs), shown)
        keep = bool(self.keep or self.write_baseline or self.certificate)
        kept = _written(reports, pairs, shown, settings.inputs, keep)
        if self.write_baseline is not None:
            _write_baseline(kept, self.write_baseline)
        if self.certificate is not None:
            certify(kept, self.certificate, settings.inputs, asked, passing.status)
        return kept, passing.language, passing.status


def follow(run: Validation, found: Sequence[Report]) -> NoReturn:
    """Do a run again at each save; standard output then tells what has changed, and files are written again."""
    from mlcheck.cli.watching import watch

    files = [file for file in (*run.settings.files, run.settings.prior) if file is not None]

    def again() -> tuple[Sequence[Report], View]:
        shown = view(
            run.language,
            None,
            time.perf_counter(),
            run.detail,
            run.delimiter,
            run.settings.configuration.help_uri,
        )
        written: Outputs = [(form, output) for form, output in run.pairs if output is not None]
        return run.once(written, shown)[0], shown

    watch(files, found, again, run.language)


def hint(language: str, outputs: Outputs, shown: View) -> None:
    """Say what to do next to a person who reads a report in a terminal, in the language of the report."""
    if outputs == [(TERMINAL, None)] and shown.detail != "verdict" and sys.stdout.isatty():
        write([f"{shown.wording(language).say(HINT)}\n"], None)


def _written(
    reports: Iterable[Report], outputs: Outputs, shown: View, inputs: Sequence[Path], keep: bool
) -> list[Report]:
    """Write every output; return the reports where something else needs them too, else an empty list."""
    kept: list[Report] = []
    if len(outputs) != 1 or keep:
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
