"""A copy of the report, in its own format, with what was found marked, commented and listed in front."""

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
    from mlcheck.rendering.annotation.package import Package
    from mlcheck.rendering.annotation.spreadsheet.workbook import Workbook
    from mlcheck.rendering.view import View
    from mlcheck.rendering.wording import Wording

WORKBOOKS = (".xlsx", ".xlsm")
DOCUMENTS = {
    ".docx": (".docx", ".docm", ".dotx", ".dotm"),
    ".pptx": (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
    ".odt": (".odt", ".ott"),
    ".odp": (".odp", ".otp"),
    ".ods": (".ods", ".ots"),
    ".pdf": (".pdf",),
}
"""What is marked in its own format: each kind of file with the endings it may have."""
SUFFIXES = (*WORKBOOKS, *(suffix for family in DOCUMENTS.values() for suffix in family))
PLAIN = N_(
    "This copy of {file} holds the printed text of its cells alone: formats, formulas, charts and images are not kept."
)
Whole = Callable[[Path], AbstractContextManager[IO[bytes]]]
Copy = Callable[[IO[bytes]], None]


def require_suffix(output: Path) -> None:
    """Raise MlcheckError where the copy is not named as a kind of file that can be marked."""
    if output.suffix.lower() not in SUFFIXES:
        raise MlcheckError(
            "{file} must end as the report does, or in .xlsx, to hold the annotated copy.",
            file=output.as_posix(),
        )


def suffix_for(source: Path) -> str:
    """Return how the copy of a report is to be named: in the format of the report, or else as a workbook."""
    suffix = source.suffix.lower()
    return suffix if suffix in SUFFIXES else ".xlsx"


def annotate(
    report: Report, output: Path, view: View, *, tint: bool, read: Callable[[Path], Document], whole: Whole,
    file: Path | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write the annotated copy of a report and return sentences on what it does not keep.

    A report is copied part by part in its own format, and only what is marked is changed. Where `output` is named as a
    workbook and the report is none, or is of a format that is not marked, `read` gives the grids that are written
    as plain text. `tint` colours the verified figures too. The copy goes into the stream that `whole` gives for
    `output`; `file` is the report where its name does not lead to it. Raises MlcheckError where there is nothing to mark or the copy cannot be written.
    """
    from mlcheck.rendering.annotation.markup import UneditableError

    wording = view.wording(report.language)
    lost: list[str] = []
    source = file or Path(report.source)
    try:
        if not _in_its_format(report, source, output, whole, lost, tint, wording):
            _as_workbook(report, source, output, read, whole, lost, tint, wording)
    except (
        UneditableError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise MlcheckError(
            "{file} cannot be copied with its marks ({why}): save it again from the program that wrote it.",
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


def _in_its_format(
    report: Report, source: Path, output: Path, whole: Whole, lost: list[str], tint: bool, wording: Wording
) -> bool:
    """Write the copy of a document that is no workbook, and tell whether that was asked for."""
    from mlcheck.reading import kind_of

    kind = kind_of(source) if source.is_file() else ""
    if kind not in DOCUMENTS or output.suffix.lower() in WORKBOOKS:
        return False
    if kind == ".pdf":
        from mlcheck.rendering.annotation.pdf.pdf import mark_pdf

        _require(output, kind, kind)
        content = mark_pdf(report, source, lost, tint, wording)
        with whole(output) as stream:
            stream.write(content)
        return True
    from mlcheck.rendering.annotation.package import Package

    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        _require(output, kind, package.suffix(kind))
        _mark_package(kind, package, report, source, lost, tint, wording)
        with whole(output) as stream:
            package.copy(stream)
    return True


def _mark_package(
    kind: str, package: Package, report: Report, source: Path, lost: list[str], tint: bool, wording: Wording
) -> None:
    """Mark the parts of a package."""
    from mlcheck.reading import origins
    from mlcheck.rendering.annotation.marking import Marking
    from mlcheck.rendering.annotation.package import SIGNED

    if package.is_signed:
        lost.append(wording.say(SIGNED))
    if kind == ".ods":
        from mlcheck.rendering.annotation.opendocument.sheets import mark_sheets

        mark_sheets(package, report, lost, tint, wording)
        return
    marking = Marking(package, report, origins(source), lost, tint, wording)
    if kind == ".docx":
        from mlcheck.rendering.annotation.word.document import mark_document as mark
    elif kind == ".pptx":
        from mlcheck.rendering.annotation.slides.slides import mark_slides as mark
    elif kind == ".odp":
        from mlcheck.rendering.annotation.opendocument.slides import mark_presentation as mark
    else:
        from mlcheck.rendering.annotation.opendocument.text import mark_text as mark
    mark(marking)


def _require(output: Path, kind: str, suffix: str) -> None:
    """Raise MlcheckError unless a copy is named as its kind of file is."""
    if output.suffix.lower() != suffix:
        raise MlcheckError(
            "{file} must end in {suffix}, as the report is of that kind, or in .xlsx for the texts of its tables.",
            file=output.as_posix(),
            suffix=suffix,
        )


def _as_workbook(
    report: Report,
    source: Path,
    output: Path,
    read: Callable[[Path], Document],
    whole: Whole,
    lost: list[str],
    tint: bool,
    wording: Wording,
) -> None:
    """Write the copy of a workbook, or the plain workbook of any other file."""
    from mlcheck.rendering.annotation.spreadsheet.copy import copy_marked

    workbook, find = _workbook(report, source) or _plain(report, source, read)
    with workbook.package.file:
        suffix = WORKBOOKS[workbook.macros]
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


def _workbook(report: Report, source: Path) -> tuple[Workbook, Find[Where]] | None:
    """Return the report's own workbook, None where it is a file of another format."""
    from mlcheck.rendering.annotation.package import Package
    from mlcheck.rendering.annotation.spreadsheet.workbook import Workbook, is_workbook

    if not source.is_file() or not zipfile.is_zipfile(source):
        return None
    archive = zipfile.ZipFile(source)
    package = Package(archive)
    if not is_workbook(package):
        archive.close()
        return None
    workbook = Workbook(package)
    names = {name for name, _ in workbook.sheets}

    def find(locator: Locator, _: int | None) -> Where | None:
        here = locator.file == report.source and locator.sheet in names
        return (locator.sheet or "", locator.cell) if here and locator.cell else None

    return workbook, find


def _plain(report: Report, source: Path, read: Callable[[Path], Document]) -> tuple[Workbook, Find[Where]]:
    """Return a plain workbook of the texts of a file that is none."""
    from mlcheck.model.document import Grid
    from mlcheck.rendering.annotation.package import Package
    from mlcheck.rendering.annotation.spreadsheet.plain_copy import plain_copy
    from mlcheck.rendering.annotation.spreadsheet.workbook import Workbook

    document = read(source)
    if not any(isinstance(block, Grid) for block in document.blocks):
        raise MlcheckError(
            "{file} has no cells to mark; --annotate needs a report of tables.", file=report.source
        )
    stream, place = plain_copy(document)
    inside = f"{report.source.rstrip('/')}/"  # a folder of csv files

    def find(locator: Locator, figure: int | None) -> Where | None:
        here = locator.file == report.source or locator.file.startswith(inside)
        return place(locator, figure) if here else None

    return Workbook(Package(zipfile.ZipFile(stream))), find
