"""mlcheck coverage: what the checks of a report cover, and what they do not see."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.trouble import FAULT
from mlcheck.translation import N_

if TYPE_CHECKING:
    from polars import DataFrame

    from mlcheck.checking.coverage import Solved


def coverage(
    file: options.Source = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    mutate: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help=N_(
                "Make N typing errors, one at a time and in memory, and count those that the checks notice."
            ),
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help=N_("Which typing errors --mutate makes."))] = 0,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    """Show which figures of a report the checks prove, and which none of them covers."""
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=[file] if file else (), prior=prior, profile=profile, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.checking.coverage import cover, solved
        from mlcheck.rendering.coverage.view import render_coverage

        checked = solved(
            settings.files[0],
            prior=settings.prior,
            profile=settings.profile,
            year=settings.year,
            assumed=settings.assumed,
        )
        mutations = None if mutate is None else _mutated(checked, settings.files[0], mutate, seed)
        shown = view(language, output)
        write(render_coverage(form, cover(checked), mutations, shown), output)
        if checked.job.crashes:
            raise typer.Exit(FAULT)


def _mutated(checked: Solved, file: Path, number: int, seed: int) -> DataFrame:
    """Make typing errors; where standard error is a terminal it shows how many are made so far."""
    from mlcheck.layout.recover import laid_out
    from mlcheck.mutation.mutation import mutate
    from mlcheck.reading import read

    document = laid_out(read(file))
    if not sys.stderr.isatty():
        return mutate(checked, document, number, seed)
    try:
        return mutate(checked, document, number, seed, lambda done: _show(f"{done} / {number}"))
    finally:
        _show("")


def _show(text: str) -> None:
    """Write over the last line of standard error."""
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
