"""How the cells of the workbook look: one format for each look that occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from mlcheck.rendering.extraction.codes import GENERAL
from mlcheck.rendering.extraction.marks import Part

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

UNSEEN = ";;;"  # a code that prints nothing
AS_TYPED = "@"  # what keeps "16 - 17" from becoming a date when it is typed again
SIZES = {1: 14, 2: 12}
PARTS: dict[Part | None, dict[str, Any]] = {
    "heading": {"bold": True},
    "title": {"bold": True},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "align": "right", "bottom": 1},
    "corner": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1},
    "label": {},
    "figure": {"align": "right"},
    "note": {"italic": True},
    None: {},
}


class Look(Struct, frozen=True):
    """What decides the format of a cell."""

    part: Part | None = None
    level: int | None = None
    total: bool = False
    code: str = GENERAL
    indent: int = 0
    merged: bool = False


class Looks(Struct):
    """The formats of a workbook, each made once."""

    book: Workbook
    made: dict[Look, Format] = field(default_factory=dict)

    def format(self, look: Look) -> Format:
        """Return the format of a look."""
        if look not in self.made:
            self.made[look] = self.book.add_format(_properties(look))
        return self.made[look]


def _properties(look: Look) -> dict[str, Any]:
    properties: dict[str, Any] = {"num_format": look.code, **PARTS[look.part]}
    if look.level:
        properties["font_size"] = SIZES.get(look.level, 11)
    if look.total:
        properties["bold"] = True
    if look.indent:
        properties |= {"align": "left", "indent": look.indent}
    if look.merged:
        properties |= {"align": "center", "valign": "vcenter"}
    return properties
