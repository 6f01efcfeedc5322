"""Number formats and indents of the cells of an xlsx workbook."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.reading.container.archive import Archive, feed, xml_parser

EURO = '#,##0 "€";-#,##0 "€"'
EURO_CENTS = '#,##0.00 "€";-#,##0.00 "€"'
PLAIN = "#,##0;-#,##0"
PLAIN_CENTS = "#,##0.00;-#,##0.00"
BUILTIN = {  # ECMA-376 part 1, 18.8.30; dates and currencies as a French Excel prints them
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: EURO,
    6: EURO,
    7: EURO_CENTS,
    8: EURO_CENTS,
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "dd-mmm-yy",
    16: "dd-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "hh:mm",
    21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    37: PLAIN,
    38: PLAIN,
    39: PLAIN_CENTS,
    40: PLAIN_CENTS,
    41: '#,##0;-#,##0;"-"',
    42: '#,##0 "€";-#,##0 "€";"-" "€"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00 "€";-#,##0.00 "€";"-" "€"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
INDENTED = (None, "general", "left", "distributed", "justify", "fill")  # alignments that indent on the left
INDENTED_XLS = (0, 1, 4, 5, 7)  # the same in xls: general, left, filled, justified, distributed
MOST_LEVELS = 250


class Style(Struct, frozen=True):
    """How cells are printed: the number format code, and the levels of indent of a text."""

    code: str = "General"
    indent: int = 0


def read_styles(archive: Archive, part: str | None) -> tuple[Style, ...]:
    """Return the style of each index that cells name; at least one."""
    if part is None:
        return (Style(),)
    custom: dict[str, str] = {}
    xfs: list[Style] = []
    inside: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(":")[2]
        parent = inside[-1] if inside else ""
        if local == "numFmt" and parent == "numFmts":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")
        elif local == "xf" and parent == "cellXfs":
            xfs.append(Style(_code(attributes.get("numFmtId", "0"), custom)))
        elif local == "alignment" and inside[-2:] == ["cellXfs", "xf"]:
            level = attributes.get("indent", "0") if attributes.get("horizontal") in INDENTED else "0"
            xfs[-1] = Style(xfs[-1].code, _level(level))
        inside.append(local)

    parser = xml_parser(archive.path, part)
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    feed(parser, archive.chunks(part), archive.path, part)
    return tuple(xfs) or (Style(),)


def _code(number: str, custom: dict[str, str]) -> str:
    if number in custom:
        return custom[number]
    return BUILTIN.get(int(number), "General") if is_digits(number) and len(number) < 9 else "General"


def _level(indent: str) -> int:
    return min(int(indent), MOST_LEVELS) if is_digits(indent) and len(indent) < 9 else 0
