"""What is done in a process of its own: one report checked, its copy annotated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from msgspec import Struct

from mlcheck.model.errors import MlcheckError
from mlcheck.network.watch import Begin

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

OTHERS = (".xlsx", ".xlsm")  # what a copy is where it is not of the kind of its report


class Asked(Struct, frozen=True):
    """One report to check: it, last year's, the profile by its name with the `folder` it is looked for in, and what
    else `mlcheck.check` is told."""

    report: Path
    prior: Path | None
    profile: str | None
    folder: Path
    more: Mapping[str, Any]


def checked(begin: Begin, asked: Asked) -> Report:
    """Return the report of one file. Raises MlcheckError where last year's report or the profile cannot be used."""
    from mlcheck.api import check
    from mlcheck.profile import load

    profile = None if asked.profile is None else load(asked.profile, folder=asked.folder)
    [report] = check(asked.report, prior=asked.prior, profile=profile, tell=begin, **asked.more)
    begin(None)
    return report


def annotated(begin: Begin, report: Report, folder: Path, stem: str, language: str | None) -> Path:
    """Write the annotated copy of a report into a folder, of the kind of the report where that can be marked.

    Raises MlcheckError where there is nothing to mark, or the file cannot be copied.
    """
    from mlcheck.reading import read
    from mlcheck.rendering.annotation import annotate
    from mlcheck.rendering.view import View

    begin(Path(report.source))
    refused: MlcheckError | None = None
    for suffix in dict.fromkeys((Path(report.source).suffix.lower(), *OTHERS)):
        copy = folder / f"{stem}{suffix}"
        try:
            annotate(report, copy, View(language), tint=False, read=read, whole=_whole)
            return copy
        except MlcheckError as error:
            copy.unlink(missing_ok=True)
            if refused is None or suffix == OTHERS[0]:
                refused = error
    assert refused is not None
    raise refused


@contextmanager
def _whole(copy: Path) -> Iterator[IO[bytes]]:
    with copy.open("wb") as stream:
        yield stream
