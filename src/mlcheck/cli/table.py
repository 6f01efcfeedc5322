"""mlcheck table: one table of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle
from mlcheck.translation import N_


def table(
    section: Annotated[
        str, typer.Argument(help=N_("A section: its id in the profile, or words of its heading."))
    ],
    by: Annotated[
        str | None, typer.Option(metavar="DIMENSION", help=N_("What the rows are: commune, age…"))
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help=N_("A report; else the one that mlcheck.toml names.")),
    ] = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    """Show a table of a report, with its shares, and last year's figures where they are known."""
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=[report] if report else (), prior=prior, profile=profile, year=year,
            outputs=[(OUTPUT, output)],
        )  # fmt: skip
        from mlcheck.checking import extract
        from mlcheck.rendering.table.output import render_table
        from mlcheck.rendering.table.view import view_table

        facts = extract(settings.files[0], profile=settings.profile, year=settings.year, prior=settings.prior)
        shown = view_table(facts, section, by)
        write(render_table(form, shown, view(language, output), facts.language), output)
