"""mlcheck claims: what the sentences of a report assert, and what was made of it."""

from __future__ import annotations

import typer

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.trouble import FAULT, warn
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.summary import crash_text


def claims(
    file: options.Source = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    """List every claim of the sentences of a report, with its verdict, its arithmetic and its place."""
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=[file] if file else (), prior=prior, profile=profile, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.checking import check
        from mlcheck.rendering.claims import claims as written

        shown = view(language, output)
        report = next(
            iter(
                check(
                    settings.files[:1],
                    prior=settings.prior,
                    profile=settings.profile,
                    year=settings.year,
                    assumed=settings.assumed,
                )
            )
        )
        if report.unusable is not None:
            raise MlcheckError(report.unusable, **report.unusable_values)
        write(written(form, report, shown), output)
        for crash in report.crashes:
            warn(crash_text(crash, report.source, shown.wording(report.language)))
        if report.crashes:
            raise typer.Exit(FAULT)
