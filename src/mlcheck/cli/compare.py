"""mlcheck compare: a document against its workbook."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.trouble import FAULT, UNUSABLE, warn
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.comparison import Comparison
    from mlcheck.rendering.wording import Wording

ALIKE, DIFFERENT = 0, 1


class FailOn(StrEnum):
    """What can make the exit status 1, the second with the first."""

    DIFFERENCE = "difference"
    MISSING = "missing"


def compare(
    left: Annotated[Path, typer.Argument(metavar="A", help=N_("A document, such as the published slides."))],
    right: Annotated[Path, typer.Argument(metavar="B", help=N_("Another that tells the same report."))],
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    fail_on: Annotated[
        FailOn, typer.Option(help=N_("Whether figures that only one file states make the exit status 1 too."))
    ] = FailOn.DIFFERENCE,
    lang: options.Lang = None,
) -> None:
    """Compare the figures of two files that tell the same report, such as slides and their workbook.

    Exit status: 0 all that both state agrees, 1 differences, 2 unusable input or no figure in both, 3 a fault
    of mlcheck.
    """
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=[left, right], prior=None, profile=profile, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.comparison import compare as compared
        from mlcheck.rendering.comparison import render_comparison

        found = compared(
            *settings.files, profile=settings.profile, year=settings.year, assumed=settings.assumed
        )
        shown = view(language, output)
        write(render_comparison(form, found, shown), output)
        if form != options.ListFormat.TERMINAL or output is not None:
            _warn(found, shown.wording(found.left.language))
        raise typer.Exit(_status(found, fail_on))


def _warn(found: Comparison, wording: Wording) -> None:
    """Say on standard error what stops a run, where the output itself is for a program."""
    from mlcheck.rendering.comparison.view import nothing
    from mlcheck.rendering.summary import crash_text

    for side in (found.left, found.right):
        for crash in side.crashes:
            warn(crash_text(crash, side.source, wording))
    if not found.figures:
        warn(nothing(found, wording))


def _status(found: Comparison, fail_on: FailOn) -> int:
    """Return the exit status of a comparison."""
    if found.left.crashes or found.right.crashes:
        return FAULT
    if not found.figures:
        return UNUSABLE
    missing = fail_on is FailOn.MISSING and found.alone
    return DIFFERENT if found.differences or missing else ALIKE
