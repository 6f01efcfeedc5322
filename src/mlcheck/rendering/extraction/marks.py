"""What each cell of the sheets to write is: heading, title, boxhead, label, figure, total or note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field

from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import MINUS, SPACES, parse
from mlcheck.model.document import Grid, Locator
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Entry, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Part = Literal["heading", "title", "head", "corner", "label", "figure", "note"]
At = tuple[int, int]
SPANNERS, TITLES = 5, 20  # rows looked at above the body for its boxhead, and for its title
NUMBERING = 8  # characters of the number before a heading


class Marks(Struct):
    """What is known of the cells of one sheet.

    `numbers` are the figures that the document prints as text, with the number displayed; `total` are the
    cells of total rows and columns, `places` where the document prints what is not at the same address.
    """

    parts: dict[At, Part] = field(default_factory=dict)
    levels: dict[At, int] = field(default_factory=dict)
    numbers: dict[At, Decimal] = field(default_factory=dict)
    total: set[At] = field(default_factory=set)
    places: dict[At, Locator] = field(default_factory=dict)


class _Index(Struct, frozen=True):
    """Where each place of the document stands: its sheet and its cell."""

    wheres: dict[Locator, tuple[int, At]]
    sheets: Sequence[Grid]
    marks: tuple[Marks, ...]

    def where(self, locator: Locator | None) -> tuple[int, At] | None:
        return None if locator is None else self.wheres.get(locator)


_DIGITS = re.compile(
    rf"(?<![0-9.,'’])(?P<whole>[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+|[0-9]+)(?:,(?P<decimals>[0-9]+))?"
    rf"(?P<power>E[+-][0-9]{{1,4}})?(?![0-9.'’]|,[0-9])"
)
_GROUPING = str.maketrans(dict.fromkeys(SPACES))
LONGEST_CODE = 255  # of a number format in Excel
GENERAL = "General"
EXACT = Context(prec=400)
MAGNITUDES = (1, 1000, 10**6, 10**9)  # what a unit may multiply the number displayed by
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


def marks_of(facts: Facts, sheets: Sequence[Grid]) -> tuple[Marks, ...]:
    """Return the marks of each sheet."""
    wheres = {grid.locate(*at): (n, at) for n, grid in enumerate(sheets) for at in grid.cells}
    index = _Index(wheres, sheets, tuple(Marks() for _ in sheets))
    for table in facts.tables:
        _mark_table(table, index)
    for claim in facts.claims:
        if where := index.where(claim.locator):
            _tell_place(claim.locator, *where, index)
    _mark_headings(facts, index)
    return index.marks


def _mark_table(table: Table, index: _Index) -> None:
    wheres = {at: where for at, entry in table.entries.items() if (where := index.where(entry.locator))}
    if not wheres:
        return
    number = next(iter(wheres.values()))[0]
    marks, grid = index.marks[number], index.sheets[number]
    cells = {at: where[1] for at, where in wheres.items() if where[0] == number}
    _mark_figures(table, cells, marks, grid)
    labels = _mark_labels(table, index, marks, grid)
    _mark_above(table, list(cells.values()), labels, marks, grid)
    for note in table.notes:
        if where := index.where(note.locator):
            index.marks[where[0]].parts[where[1]] = "note"
    _tell_place(table.locator, number, min((*cells.values(), *labels)), index)


def _mark_figures(table: Table, cells: dict[At, At], marks: Marks, grid: Grid) -> None:
    """Mark the body; its texts become numbers unless one of those left is read by what is beside it."""
    numbers: dict[At, Decimal] = {}
    plain = True
    for (i, j), at in cells.items():
        marks.parts[at] = "figure"
        if "total" in (table.rows[i].role, table.columns[j].role):
            marks.total.add(at)
        entry = table.entries[i, j]
        if entry.quantity is None or grid.cells[at].number is not None:
            continue
        number = _number(entry, grid.cells[at].text)
        if number is not None:
            numbers[at] = number
        elif parse(entry.printed, "fr") != parse(entry.printed, "en"):
            plain = False
    if plain:
        marks.numbers |= numbers


def _number(entry: Entry, text: str) -> Decimal | None:
    """Return the number of a figure that is the whole text of its cell and that some format prints so."""
    assert entry.quantity is not None
    number = displayed(entry.quantity) if text.strip() == entry.printed else None
    return number if number is not None and stored(entry.printed, number) else None


def _mark_labels(table: Table, index: _Index, marks: Marks, grid: Grid) -> list[At]:
    """Mark the labels of rows and columns, and the heads of the stub where the two cross; return them all."""
    axes: tuple[tuple[Part, tuple], ...] = (("label", table.rows), ("head", table.columns))
    found: dict[Part, list[At]] = {"label": [], "head": []}
    for part, lines in axes:
        for line in lines:
            if where := index.where(line.locator):
                found[part].append(where[1])
                if line.role == "total":
                    marks.total.add(where[1])
    corners = {(row, column) for row, _ in found["head"] for _, column in found["label"]}
    found["corner"] = sorted(corners & grid.cells.keys())
    for part, cells in found.items():
        for at in cells:
            marks.parts.setdefault(at, part)
    return [at for cells in found.values() for at in cells]


def _mark_above(table: Table, body: list[At], labels: list[At], marks: Marks, grid: Grid) -> None:
    """Mark what stands over the body, known by its words: spanners, and the title."""
    top = min(row for row, _ in body)
    columns = [column for _, column in (*body, *labels)]
    words = {text for line in table.columns for text in (*line.path, line.label)}
    titles = set(table.title.split(" · "))
    for at in _above(grid, top, range(max(0, min(columns) - 1), max(columns) + 1)):
        text = " ".join(grid.cells[at].text.split())
        if at[0] >= top - SPANNERS and text in words:
            marks.parts.setdefault(at, "head")
        elif text in titles:
            marks.parts.setdefault(at, "title")


def _above(grid: Grid, top: int, columns: range) -> Iterator[At]:
    for row in range(max(0, top - TITLES), top):
        for column in columns:
            if (row, column) in grid.cells:
                yield row, column


def _tell_place(place: Locator, number: int, at: At, index: _Index) -> None:
    """Keep the place of a table or sentence, unless the document has sheets too."""
    if place.sheet is None or place.cell is None:
        index.marks[number].places.setdefault(at, place)


def _mark_headings(facts: Facts, index: _Index) -> None:
    """Mark the cells that are headings by their style, or by their words: a number and a section's."""
    sections = {c.sections: None for c in facts.claims} | {t.sections: None for t in facts.tables}
    depths = {text: depth for path in sections for depth, text in enumerate(path, start=1)}
    for marks, grid in zip(index.marks, index.sheets, strict=True):
        for at, cell in grid.cells.items():
            level = cell.level or (_depth(cell.text, depths) if at not in marks.parts else None)
            if level:
                marks.parts[at], marks.levels[at] = "heading", level


def _depth(text: str, depths: dict[str, int]) -> int | None:
    """Return the depth of the section that a text names after its number, or None."""
    plain = " ".join(text.split())
    starts = [0, *(n + 1 for n, char in enumerate(plain[:NUMBERING]) if char in " ).")]
    return next((depths[rest] for n in starts if (rest := plain[n:].strip()) in depths), None)


# Printed numbers as a workbook stores them: a number, and the format under which it prints the same.


def stored(printed: str, number: Decimal) -> tuple[float, str] | None:
    """Return what to store of a printed number and its format code, or None where nothing prints it so.

    `number` is as displayed: 49 for "49 %", which is stored as 0.49. French digits only: spaces of every
    kind count as the one that groups thousands, signs, units and footnote marks are literals of the code.
    """
    text = printed.strip()
    for match in _DIGITS.finditer(text):
        if _value(match) == abs(number):
            before, after = text[: match.start()], text[match.end() :]
            percent = "%" in after
            value = double(number.scaleb(-2, EXACT) if percent else number)
            code = _code(_placeholders(match), before, after, number)
            return None if value is None or len(code) > LONGEST_CODE else (value, code)
    return None


def double(number: Decimal) -> float | None:
    """Return a number as the workbook stores it, None where its sixteen digits do not round to the number."""
    value = float(number)
    written = Decimal(f"{value:.16G}")
    exponent = min(int(number.as_tuple().exponent), 0)
    same = (
        written.is_finite() and written.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP, EXACT) == number
    )
    return value if same else None


def _value(match: re.Match[str]) -> Decimal:
    whole, decimals, power = match.group("whole", "decimals", "power")
    return Decimal(f"{whole.translate(_GROUPING)}.{decimals or 0}{power or ''}")


def _placeholders(match: re.Match[str]) -> str:
    """Return the placeholders of digits: as many decimals, and grouped unless a long number is not."""
    whole, decimals, power = match.group("whole", "decimals", "power")
    digits = whole.translate(_GROUPING)
    tail = f".{'0' * len(decimals)}" if decimals else ""
    if power:
        return f"{'0' * len(digits)}{tail}E+{'0' * (len(power) - 2)}"
    if len(digits) > 1 and digits.startswith("0"):
        return "0" * len(digits) + tail
    return ("#,##0" if digits != whole or len(digits) < 4 else "0") + tail


@cache
def _sign() -> re.Pattern[str]:
    """Return the pattern of a sign before a number: "-", "(", "moins"."""
    minus = "|".join(map(re.escape, lexicon().numbers.minus))
    return re.compile(rf"[{MINUS}+(]|{minus}", re.IGNORECASE)


def _code(digits: str, before: str, after: str, number: Decimal) -> str:
    """Return the code of a number with what stands before and after it.

    A sign other than the plain minus makes two sections, for positive and negative numbers.
    """
    end = _literal(after, percent=True)
    if number < 0 and before in ("-", ""):
        return digits + end
    if number < 0:
        opened = "(" in before and after.endswith(")")
        plain = _literal(after[:-1] if opened else after, percent=True)
        return f"{_literal(_sign().sub('', before))}{digits}{plain};{_literal(before)}{digits}{end}"
    if "+" in before:
        return f"{_literal(before)}{digits}{end};{_literal(before.replace('+', '-'))}{digits}{end}"
    return _literal(before) + digits + end


def _literal(text: str, *, percent: bool = False) -> str:
    """Return a text as a code prints it; the first "%" is the one that multiplies, where asked."""
    if not text:
        return ""
    if percent and "%" in text:
        before, _, after = text.partition("%")
        return f"{_literal(before)}%{_literal(after)}"
    return "".join(f'"{part}"' if part != '"' else '\\"' for part in re.split('(")', text) if part)


def displayed(quantity: Quantity) -> Decimal | None:
    """Return the number that a quantity displays, its magnitude left out: 2.1 for "2,1 M€".

    None where it is not printed in French digits: "1,234" that counts a thousand things is none.
    """
    match = _DIGITS.search(quantity.printed)
    if match is None:
        return None
    number = _value(match)
    value = abs(quantity.value)
    factors = (1,) if _groups_by_comma(match) else MAGNITUDES
    if all(value != Fraction(number) * factor for factor in factors):
        return None
    return -number if quantity.mantissa < 0 else number


def _groups_by_comma(match: re.Match[str]) -> bool:
    """Tell whether digits could be English ones: "1,234"."""
    whole = match["whole"]
    return len(match["decimals"] or "") == 3 and len(whole) <= 3 and not whole.startswith("0")


# How the cells of the workbook look: one format for each look that occurs.


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
