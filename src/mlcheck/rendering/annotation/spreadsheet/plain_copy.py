"""A plain workbook of the texts that were read in a file of another format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from mlcheck.model.document import Document, Grid, Locator, column_letters
from mlcheck.rendering.annotation.marks import Find, Where
from mlcheck.rendering.annotation.markup import DECLARATION, escaped_attribute
from mlcheck.rendering.annotation.package import FIRST_DAY, TRANSITIONAL, TYPES
from mlcheck.rendering.annotation.spreadsheet.cells import SheetRow, Written, new_sheet
from mlcheck.rendering.annotation.spreadsheet.styles import Styles, empty_styles

LONGEST_NAME = 31  # characters of the name of a sheet
WIDEST, NARROWEST = 60, 8
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"


def plain_copy(document: Document) -> tuple[BytesIO, Find[Where]]:
    """Return a workbook with a sheet for each grid of a document, and where its places stand in it."""
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    names = list(_names(grids))
    styles = Styles(empty_styles())
    parts = {f"xl/worksheets/sheet{n}.xml": _sheet(grid, styles) for n, grid in enumerate(grids, start=1)}
    sheets = {_key(grid.locator): name for grid, name in zip(grids, names, strict=True)}
    listed = "".join(
        f'<sheet name="{escaped_attribute(name)}" sheetId="{n}" r:id="rId{n}"{_state(grid)}/>'
        for n, (grid, name) in enumerate(zip(grids, names, strict=True), start=1)
    )
    workbook = f'<workbook xmlns="{TRANSITIONAL[0]}" xmlns:r="{TRANSITIONAL[1]}"><sheets>{listed}</sheets></workbook>'
    targets = [("worksheet", f"/{name}") for name in parts] + [("styles", "/xl/styles.xml")]
    overrides = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides |= {f"/{name}": "worksheet" for name in parts}
    written = {
        TYPES: _types(overrides),
        "_rels/.rels": _related([("officeDocument", "/xl/workbook.xml")]),
        "xl/workbook.xml": (DECLARATION + workbook).encode(),
        "xl/_rels/workbook.xml.rels": _related(targets),
        "xl/styles.xml": styles.written(),
        **parts,
    }

    def find(locator: Locator, _: int | None) -> Where | None:
        name = sheets.get(_key(locator))
        return (name, locator.cell) if name is not None and locator.cell else None

    return _zipped(written), find


def _key(locator: Locator) -> tuple[object, ...]:
    """Return what tells the grids of a document apart; a folder is read as one document of many files."""
    return locator.sheet, locator.page, locator.slide, locator.shape, None if locator.sheet else locator.line


def _names(grids: list[Grid]) -> Iterator[str]:
    taken: set[str] = set()
    for number, grid in enumerate(grids, start=1):
        name = _FORBIDDEN.sub(" ", grid.locator.sheet or "").strip("' ")[:LONGEST_NAME] or str(number)
        while name.casefold() in taken:
            name = f"{name[: LONGEST_NAME - 6]} ({number})"
            number += 1
        taken.add(name.casefold())
        yield name


def _sheet(grid: Grid, styles: Styles) -> bytes:
    height = 1 + max((row for row, _ in grid.cells), default=-1)
    rows: list[list[Written | None]] = [[] for _ in range(height)]
    widths: dict[int, int] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        rows[row] += [None] * (column - len(rows[row]))
        rows[row].append(Written(cell.text, "grid" if cell.number is None else "grid number"))
        widths[column] = max(widths.get(column, NARROWEST), min(len(cell.text) + 2, WIDEST))
    sizes = [widths.get(column, NARROWEST) for column in range(1 + max(widths, default=-1))]
    merges = [
        f"{column_letters(m.left)}{m.top + 1}:{column_letters(m.right)}{m.bottom + 1}"
        for m in grid.merges
        if (m.top, m.left) != (m.bottom, m.right)
    ]
    return new_sheet([SheetRow(cells) for cells in rows], sizes, styles, TRANSITIONAL, merges=merges)


def _state(grid: Grid) -> str:
    return ' state="hidden"' if grid.hidden else ""


def _types(overrides: dict[str, str]) -> bytes:
    named = "".join(
        f'<Override PartName="{part}" ContentType="{_MAIN}.{kind}+xml"/>' for part, kind in overrides.items()
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{DECLARATION}<Types xmlns="{_CONTENT}">{rels}{xml}{named}</Types>'.encode()


def _related(targets: list[tuple[str, str]]) -> bytes:
    written = "".join(
        f'<Relationship Id="rId{n}" Type="{TRANSITIONAL[1]}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_RELATIONS}">{written}</Relationships>'.encode()


def _zipped(parts: dict[str, bytes]) -> BytesIO:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    stream.seek(0)
    return stream
