"""mlcheck relations: what ties the figures of reports, why it is believed, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from mlcheck.cli import options
from mlcheck.cli.cache import cache_folder
from mlcheck.cli.checked import checked, reports_among
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.statuses import Passing, usability
from mlcheck.cli.trouble import warn
from mlcheck.rendering.summary import crash_text
from mlcheck.rendering.view import View

if TYPE_CHECKING:
    from mlcheck.model.finding import Report


def relations(
    files: options.Files = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    cache: options.Cache = None,
    no_cache: options.NoCache = False,
    lang: options.Lang = None,
) -> None:
    """List every relation between figures of reports, with its evidence, its confidence and its verdict."""
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=reports_among(files or (), language), prior=prior, profile=profile, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.rendering.relations import relations as written

        shown = view(language, output)
        found = checked(
            settings, language, throughout=output is not None, decided={"tolerances": configuration.tolerances},
            relations=True, jobs=jobs, cluster=cluster,
            cache=cache_folder(settings, cache, no_cache),
        )  # fmt: skip
        passing = Passing(found, usability)
        write(written(form, _announced(passing, shown), shown), output)
        raise typer.Exit(passing.status)


def _announced(reports: Iterable[Report], shown: View) -> Iterator[Report]:
    """Yield the reports, and say on standard error which could not be used, or in which mlcheck failed."""
    for report in reports:
        yield report
        wording = shown.wording(report.language)
        if report.unusable is not None:
            warn(wording.say(report.unusable, report.unusable_values))
        for crash in report.crashes:
            warn(crash_text(crash, report.source, wording))
