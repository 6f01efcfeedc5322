"""The sentences that refuse a file; each says what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.errors import MlcheckError

MAX_FILE = 512 * 2**20  # bytes on disk
MAX_UNPACKED = 512 * 2**20  # bytes of an archive once inflated
MAX_RATIO = 200  # inflated size over packed size, looked at above RATIO_FLOOR
RATIO_FLOOR = 16 * 2**20
MAX_MEMBERS = 10_000  # files in an archive
MAX_TOKEN = 2**20  # bytes of one XML tag: expat scans an unfinished one again at each chunk
MAX_XML = 128 * 2**20  # bytes of the XML parts that become trees in memory
MAX_PAGES = 1_500  # pages of a document, slides of a presentation
MAX_TEXT = 64 * 2**20  # bytes of a text or csv file
MAX_ROWS = 1_048_576  # of a sheet, as in Excel
MAX_COLUMNS = 16_384
MAX_AREA = 2**24  # rows × columns of the rectangle that holds all cells of a sheet
MAX_CELLS = 3_000_000  # cells of a document that are not empty
MAX_REPEATED = 1_000  # times that a row with cells stands in a sheet by one notation
MAX_MERGES = 100_000  # merged ranges of a sheet
CHUNK = 2**16  # bytes read at a time


def damaged(path: Path, part: str) -> MlcheckError:
    """Return the error of a file that is broken or cut short, with the part where it shows."""
    return MlcheckError(
        "{file} is damaged or cut short ({part}): open it in the program that made it and save it again.",
        file=path.as_posix(),
        part=part,
    )


def locked(path: Path) -> MlcheckError:
    """Return the error of an encrypted file."""
    return MlcheckError("{file} is protected by a password: save a copy without it.", file=path.as_posix())


def bomb(path: Path, limit: int = MAX_UNPACKED) -> MlcheckError:
    """Return the error of an archive that would fill the memory; the limit is in bytes."""
    return MlcheckError(
        "{file} unpacks to more than a report can hold ({limit} MB, or {ratio} times its size): "
        "save it again from the program that made it.",
        file=path.as_posix(),
        limit=limit // 2**20,
        ratio=MAX_RATIO,
    )


def too_large(path: Path, sheet: str) -> MlcheckError:
    """Return the error of a sheet of absurd dimensions."""
    return MlcheckError(
        "{file}: the sheet {sheet} is too large for a report (over {cells} cells, or cells too far "
        "apart): delete what stands far below or to the right of the tables.",
        file=path.as_posix(),
        sheet=sheet,
        cells=MAX_CELLS,
    )


def too_repeated(path: Path, sheet: str, row: int, count: int) -> MlcheckError:
    """Return the error of a sheet that shows one row again and again, as no table does."""
    return MlcheckError(
        "{file}: the sheet {sheet} repeats its row {row} {count} times: delete the copies.",
        file=path.as_posix(),
        sheet=sheet,
        row=row,
        count=count,
    )


def too_heavy(path: Path, limit: int) -> MlcheckError:
    """Return the error of a file of more bytes than a report has; the limit is in bytes."""
    return MlcheckError(
        "{file} is larger than {limit} MB: check only the report, without its images or archives.",
        file=path.as_posix(),
        limit=limit // 2**20,
    )


def unreadable(path: Path, error: OSError) -> MlcheckError:
    """Return the error of a file or folder that the system does not let us read."""
    return MlcheckError(
        "{file} cannot be read ({reason}): check its name and its permissions.",
        file=path.as_posix(),
        reason=error.strerror or type(error).__name__,
    )


def without_sheet(path: Path) -> MlcheckError:
    """Return the error of a workbook that has no sheet."""
    return MlcheckError("{file} has no sheet: add the tables of the report to it.", file=path.as_posix())


def with_entities(path: Path, part: str) -> MlcheckError:
    """Return the error of an XML part that declares a document type or entities."""
    return MlcheckError(
        "{file} declares a document type or entities ({part}), which no report needs: "
        "save it again from the program that made it.",
        file=path.as_posix(),
        part=part,
    )
