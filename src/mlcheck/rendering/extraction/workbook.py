"""A workbook for a person to correct, which is read back like the report that it was extracted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import PurePath

from mlcheck.model.document import Grid
from mlcheck.model.facts import Facts
from mlcheck.rendering.extraction.looks import Looks
from mlcheck.rendering.extraction.marks import marks_of
from mlcheck.rendering.extraction.names import sheet_name
from mlcheck.rendering.extraction.sheet import write_sheet
from mlcheck.rendering.wording import Wording

FIRST_DAY = datetime(1980, 1, 1)  # the date of every extract: its bytes are the same each time
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(facts: Facts, sheets: Sequence[Grid], wording: Wording) -> dict[str, bytes]:
    """Return a workbook with the cells of `sheets`: figures are numbers that print as the report does.

    Raises MlcheckError for a text that no cell can hold.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    book = Workbook(stream, OPTIONS)
    book.set_properties({"created": FIRST_DAY})
    looks, taken = Looks(book), set[str]()
    visible = [n for n, grid in enumerate(sheets) if not grid.hidden] or [0]
    for n, (grid, marks) in enumerate(zip(sheets, marks_of(facts, sheets), strict=True)):
        place = grid.locator
        sheet = book.add_worksheet(sheet_name(place.sheet or PurePath(place.file).stem, taken))
        write_sheet(sheet, grid, marks, looks, wording)
        if n == visible[0]:
            sheet.activate()
            sheet.set_first_sheet()
        elif grid.hidden:
            sheet.hide()
    book.close()
    return {"": stream.getvalue()}
