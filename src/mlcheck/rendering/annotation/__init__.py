"""A copy of the report's own workbook, with what was found coloured, commented and listed in front."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.document import Document, Locator
    from mlcheck.model.finding import Report
    from mlcheck.rendering.annotation.marks import Find, Where
    from mlcheck.rendering.annotation.workbook import Workbook
    from mlcheck.rendering.view import View

SUFFIXES = (".xlsx", ".xlsm")
PLAIN = N_(
    "This copy of {file} holds the printed text of its cells alone: formats, formulas, charts and images are not kept."
)


def require_suffix(output: Path) -> None:
    """Raise MlcheckError where the copy is not named as a workbook."""
    if output.suffix.lower() not in SUFFIXES:
        raise MlcheckError("{file} must end in .xlsx to hold the annotated copy.", file=output.as_posix())


def annotate(
    report: Report, output: Path, view: View, *, tint: bool, read: Callable[[Path], Document],
    whole: Callable[[Path], AbstractContextManager[IO[bytes]]],
) -> tuple[str, ...]:  # fmt: skip
    """Write the annotated copy of a report and return sentences on what it does not keep.

    A workbook is copied part by part, and only what is marked is changed; of any other file, `read` gives
    the grids that are written as plain text. `tint` colours the verified figures too. The copy goes into the stream
    that `whole` gives for `output`. Raises MlcheckError where there is nothing to mark or the copy cannot be
    written.
    """
    from mlcheck.rendering.annotation.copy import copy_marked
    from mlcheck.rendering.annotation.markup import UneditableError

    wording = view.wording(report.language)
    lost: list[str] = []
    try:
        workbook, find = _workbook(report) or _plain(report, read)
        with workbook.package.file:
            suffix = SUFFIXES[workbook.macros]
            if output.suffix.lower() != suffix:
                raise MlcheckError(
                    "{file} must end in {suffix}, as the copy is of that kind.",
                    file=output.as_posix(),
                    suffix=suffix,
                )
            if not isinstance(workbook.package.file.filename, str):
                lost.append(wording.say(PLAIN, {"file": report.source}))
            with whole(output) as stream:
                copy_marked(workbook, report, find, stream, lost, tint, wording)
    except (UneditableError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise MlcheckError(
            "{file} cannot be copied with its marks ({why}): save it again from a spreadsheet program.",
            file=report.source,
            why=str(error) or type(error).__name__,
        ) from error
    except OSError as error:
        raise MlcheckError(
            "{file} cannot be written ({why}); choose another file for --annotate.",
            file=output.as_posix(),
            why=error.strerror or str(error),
        ) from error
    return tuple(lost)


def _workbook(report: Report) -> tuple[Workbook, Find] | None:
    """Return the report's own workbook, None where it is a file of another format."""
    from mlcheck.rendering.annotation.package import Package
    from mlcheck.rendering.annotation.workbook import Workbook, is_workbook

    source = Path(report.source)
    if not source.is_file() or not zipfile.is_zipfile(source):
        return None
    archive = zipfile.ZipFile(source)
    package = Package(archive)
    if not is_workbook(package):
        archive.close()
        return None
    workbook = Workbook(package)
    names = {name for name, _ in workbook.sheets}

    def find(locator: Locator) -> Where | None:
        here = locator.file == report.source and locator.sheet in names
        return (locator.sheet or "", locator.cell) if here and locator.cell else None

    return workbook, find


def _plain(report: Report, read: Callable[[Path], Document]) -> tuple[Workbook, Find]:
    """Return a plain workbook of the texts of a file that is none."""
    from mlcheck.model.document import Grid
    from mlcheck.rendering.annotation.package import Package
    from mlcheck.rendering.annotation.plain_copy import plain_copy
    from mlcheck.rendering.annotation.workbook import Workbook

    document = read(Path(report.source))
    if not any(isinstance(block, Grid) for block in document.blocks):
        raise MlcheckError(
            "{file} has no cells to mark; --annotate needs a report of tables.", file=report.source
        )
    stream, place = plain_copy(document)
    inside = f"{report.source.rstrip('/')}/"  # a folder of csv files

    def find(locator: Locator) -> Where | None:
        return place(locator) if locator.file == report.source or locator.file.startswith(inside) else None

    return Workbook(Package(zipfile.ZipFile(stream))), find
