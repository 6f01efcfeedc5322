"""A workbook for a person to correct, which is read back like the report that it was extracted from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import PurePath

from mlcheck.model.document import Grid
from mlcheck.model.facts import Facts
from mlcheck.rendering.extraction.marks import Looks, marks_of
from mlcheck.rendering.extraction.sheet import write_sheet
from mlcheck.rendering.wording import Wording

FIRST_DAY = datetime(1980, 1, 1)  # the date of every extract: its bytes are the same each time

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST = 31  # UTF-16 units
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
RESERVED = frozenset({"history"})
UNNAMED = "–"


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


# Names that a workbook allows for its sheets.


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return the name nearest to `wanted` that is legal and not taken, whatever the case; it is then taken."""
    bare = _short(" ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ")) or UNNAMED
    name, number = bare, 1
    while name.casefold() in taken or name.casefold() in RESERVED:
        number += 1
        end = f" ({number})"
        name = _cut(bare, LONGEST - len(end)) + end
    taken.add(name.casefold())
    return name


def _short(text: str) -> str:
    """Return a text that fits, cut after a whole word where there is one in its second half."""
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    start = _cut(text, LONGEST - 1)
    words = start.rpartition(" ")[0]
    whole = text[len(start)] == " " or len(words) < LONGEST / 2
    return (start if whole else words.rstrip(" ,:;-–")) + "…"


def _cut(text: str, length: int) -> str:
    """Return the start of a text that is no longer than `length` UTF-16 units."""
    while len(text.encode("utf-16-le")) > 2 * length:
        text = text[:-1]
    return text.strip("' ")
