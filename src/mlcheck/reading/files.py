"""From a path to its reader: by what the file holds first, by its suffix where that leaves a choice."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from mlcheck.model.document import Document, Locator, NotUnderstood, Origin
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.content import is_lock_file, kind_of, require_file
from mlcheck.reading.container.refusals import unreadable
from mlcheck.translation import N_

READERS: dict[str, str] = {  # suffix -> module:function, imported when a file needs it
    ".xlsx": "mlcheck.reading.spreadsheet.xlsx:read_xlsx",
    ".xlsm": "mlcheck.reading.spreadsheet.xlsx:read_xlsx",
    ".xls": "mlcheck.reading.spreadsheet.xls:read_xls",
    ".ods": "mlcheck.reading.opendocument.ods:read_ods",
    ".fods": "mlcheck.reading.opendocument.ods:read_flat_ods",
    ".csv": "mlcheck.reading.spreadsheet.delimited:read_delimited",
    ".tsv": "mlcheck.reading.spreadsheet.delimited:read_delimited",
    ".pptx": "mlcheck.reading.slides.pptx:read_pptx",
    ".docx": "mlcheck.reading.word.docx:read_docx",
    ".odt": "mlcheck.reading.opendocument.odt:read_odt",
    ".odp": "mlcheck.reading.opendocument.odt:read_odt",
    ".pdf": "mlcheck.reading.pdf.pdf:read_pdf",
    ".html": "mlcheck.reading.web.html:read_html",
    ".htm": "mlcheck.reading.web.html:read_html",
    ".mht": "mlcheck.reading.web.html:read_mhtml",
    ".mhtml": "mlcheck.reading.web.html:read_mhtml",
    ".md": "mlcheck.reading.web.markdown:read_markdown",
    ".txt": "mlcheck.reading.plain:read_plain",
}
ORIGINS: dict[str, str] = {
    ".docx": "mlcheck.reading.word.docx:origins_of",
    ".pptx": "mlcheck.reading.slides.pptx:origins_of",
    ".odt": "mlcheck.reading.opendocument.odt:origins_of",
    ".odp": "mlcheck.reading.opendocument.odt:origins_of",
}
"""Formats whose places do not name the elements that print them, as a sheet and a cell do."""
TABLES = (".csv", ".tsv")  # a folder of these is one report
CONVERTED = {
    ".doc": ".docx", ".rtf": ".docx", ".ppt": ".pptx", ".xlsb": ".xlsx", ".fodt": ".odt", ".fodp": ".odp",
}  # fmt: skip
"""What a report is to be saved as that is in a format which is not read."""
BESIDE = N_("It is what a program keeps beside a report, and is passed over.")
Reader = Callable[[Path], Document]


def read(path: Path) -> Document:
    """Return what a report holds, with its place on every block and cell.

    A folder is read as one report whose tables are its csv files. Raises MlcheckError where the file
    cannot be used. The file is never written to, and nothing it links to is opened.
    """
    try:
        folder = path.is_dir()
    except OSError as error:  # a name that is too long for the system
        raise unreadable(path, error) from error
    if folder:
        return read_folder(path)
    require_file(path)
    return reader_of(kind_of(path), path)(path)


def origins(path: Path) -> tuple[Origin, ...]:
    """Return the element of each place of a report, for a copy to be marked there; none for most formats.

    Raises MlcheckError where the file cannot be used.
    """
    require_file(path)
    target = ORIGINS.get(kind_of(path))
    if target is None:
        return ()
    module, _, function = target.partition(":")
    found: tuple[Origin, ...] = getattr(import_module(module), function)(path)
    return found


def reports_in(path: Path) -> tuple[Path, ...]:
    """Return the reports that a path names: itself, or each readable file of a folder that holds more than csv files.

    What a program keeps beside a report is passed over. Raises MlcheckError where the folder cannot be read.
    """
    try:
        if not path.is_dir():
            return (path,)
        files = sorted(entry for entry in path.iterdir() if entry.suffix.lower() in READERS)
    except OSError as error:
        raise unreadable(path, error) from error
    reports = tuple(file for file in files if file.is_file() and not is_lock_file(file))
    return reports if any(file.suffix.lower() not in TABLES for file in reports) else (path,)


def read_folder(path: Path) -> Document:
    """Return the csv files of a folder as one document, a grid each, in the order of their names."""
    try:
        files = sorted(entry for entry in path.iterdir() if entry.suffix.lower() in TABLES)
    except OSError as error:
        raise unreadable(path, error) from error
    if not files:
        raise MlcheckError(
            "{file} is a folder without a report: name a report, or a folder of reports or csv files.",
            file=path.as_posix(),
        )
    beside = [file for file in files if is_lock_file(file)]
    documents = [read(file) for file in files if file not in beside]
    return Document(
        path.as_posix(),
        tuple(block for document in documents for block in document.blocks),
        (
            *(note for document in documents for note in document.not_understood),
            *(NotUnderstood(Locator(file.as_posix()), BESIDE) for file in beside),
        ),
    )


def reader_of(kind: str, path: Path) -> Reader:
    """Return the function that reads a kind of file, named by its suffix."""
    target = READERS.get(kind)
    if target:
        module, _, function = target.partition(":")
        return cast(Reader, getattr(import_module(module), function))
    readable = ", ".join(READERS)
    suffix = path.suffix.lower()
    if suffix != kind and suffix in READERS:
        raise MlcheckError(
            "{file} is named {suffix} but holds something else ({kind}): save it again as one of {readable}.",
            file=path.as_posix(),
            suffix=suffix,
            kind=kind,
            readable=readable,
        )
    if kind in CONVERTED:
        raise MlcheckError(
            "{file} is in a format that is not read ({kind}): open it in the program that wrote it, or in LibreOffice, "
            "and save it as {wanted}.",
            file=path.as_posix(),
            kind=kind,
            wanted=CONVERTED[kind],
        )
    raise MlcheckError(
        "{file} is a file of another kind ({kind}): save the report as one of {readable}.",
        file=path.as_posix(),
        kind=kind,
        readable=readable,
    )
