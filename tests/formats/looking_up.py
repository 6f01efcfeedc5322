"""What a document prints at a place that mlcheck names, looked up with the library of its format alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def printed_at(path: Path, location: dict[str, Any]) -> str:
    """Return the text at a location of the JSON: a cell of a table, a box of a page, or a line."""
    if location["page"] is not None:
        return _on_page(path, location["page"], location["box"])
    if path.suffix == ".xlsx":
        return _in_workbook(path, location)
    if path.suffix == ".ods":
        return _in_spreadsheet(path, location)
    if location["slide"] is not None:
        return _on_slide(path, location)
    if path.suffix == ".docx":
        return _in_word(path, location)
    return path.read_text("utf-8").splitlines()[location["line"] - 1]


def at(cell: str) -> tuple[int, int]:
    """Return the 0-based row and column of an A1 address of one letter."""
    return int(cell[1:]) - 1, ord(cell[0]) - ord("A")


def _on_page(path: Path, page: int, box: list[float]) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        opened = document[page - 1]
        height = opened.get_height()
        left, top, right, bottom = box
        text = opened.get_textpage().get_text_bounded(
            left - 1, height - bottom - 1, right + 1, height - top + 1
        )
        return str(text).strip()
    finally:
        document.close()


def _in_workbook(path: Path, location: dict[str, Any]) -> str:
    import openpyxl

    cell = openpyxl.load_workbook(path)[location["sheet"]][location["cell"]]
    return str(cell.value)


def _in_spreadsheet(path: Path, location: dict[str, Any]) -> str:
    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(location["sheet"])
    row, column = at(location["cell"])
    value = rows.to_python(skip_empty_area=False)[row][column]
    return str(int(value)) if isinstance(value, float) else str(value)


def _on_slide(path: Path, location: dict[str, Any]) -> str:
    import pptx

    slide = pptx.Presentation(str(path)).slides[location["slide"] - 1]
    (shape,) = (s for s in slide.shapes if s.name == location["shape"] and s.has_table)
    return str(shape.table.cell(*at(location["cell"])).text)


def _in_word(path: Path, location: dict[str, Any]) -> str:
    import docx

    table = docx.Document(str(path)).tables[int(location["shape"].split()[-1]) - 1]
    return str(table.cell(*at(location["cell"])).text)
