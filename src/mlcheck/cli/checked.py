"""The reports of a run, checked one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcheck.cli.progress import Tell, followed
from mlcheck.cli.settings import Settings
from mlcheck.cli.trouble import warn, wording_of
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

PASSED_OVER = N_("{file} is passed over: it is what a program keeps beside a report.")


def checked(
    settings: Settings, language: str | None, *, throughout: bool, **options: Any
) -> Iterator[Report]:
    """Yield the reports of a run as they come, and show which one is read; `options` are those of `check`.

    What is shown leaves the terminal to the first report unless it may stay `throughout`.
    """
    return followed(
        partial(_check, settings, **options), len(settings.files), wording_of(language), throughout=throughout
    )


def _check(settings: Settings, tell: Tell, **options: Any) -> Iterator[Report]:
    from mlcheck.checking import check

    return check(
        settings.files, prior=settings.prior, profile=settings.profile, year=settings.year,
        assumed=settings.assumed, tell=tell, **options,
    )  # fmt: skip


def reports_among(files: Sequence[Path], language: str | None) -> Sequence[Path]:
    """Return the files to check, and say which are passed over: a pattern gathers more than reports."""
    from mlcheck.reading.container.content import is_lock_file

    locks = [file for file in files if is_lock_file(file)]
    if len(locks) == len(files):
        return files
    for file in locks:
        warn(wording_of(language).say(PASSED_OVER, {"file": file.as_posix()}))
    return [file for file in files if file not in locks]
