"""The tables by commune as bars, last year's beside this year's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct

from mlcheck.language.words import fold
from mlcheck.rendering.html.index import FigureRow, Index
from mlcheck.rendering.html.tables import Line, PageTable
from mlcheck.rendering.html.text import cut
from mlcheck.rendering.numbers import number
from mlcheck.rendering.wording import Wording

COMMUNE = "commune"
LEAST = 5  # rows that make a chart worth drawing
MOST_ROWS, MOST_COLUMNS = 40, 3
ALIKE = Fraction(4, 5)  # of the rows of two tables that list the same members
ADDED_UNITS = ("count", "€")
ADDED_ROLES = ("part", "total", "of_which", "other")
NAME = 24  # characters of a label that stand before a bar
START, WIDEST = 39, 40  # hundredths of the chart: where the bars start, and how long the longest is


class Bar(Struct, frozen=True):
    """One member: what is printed and, in hundredths of the width, how long its bars are and where they end."""

    label: str
    printed: str
    length: str
    end: str
    former: str = ""
    former_length: str = ""
    former_end: str = ""


class Chart(Struct, frozen=True):
    """One column of a table; `description` is what it shows, as a sentence, and `compared` whether it has last year's."""

    anchor: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    compared: bool


def by_commune(tables: Iterable[PageTable]) -> frozenset[str]:
    """Return the names of the tables whose rows are communes.

    Where no profile says what the rows are, these are the tables of at least five rows that list the same
    members as another table.
    """
    members = {table.name: _members(table) for table in tables}
    known = {name for name, (of_communes, _) in members.items() if of_communes}
    if known:
        return frozenset(known)
    return frozenset(
        one
        for one, (_, own) in members.items()
        if len(own) >= LEAST
        and any(
            len(own & other) >= ALIKE * len(own | other)
            for name, (_, other) in members.items()
            if name != one
        )
    )


def _members(table: PageTable) -> tuple[bool, frozenset[str]]:
    """Return whether the rows of a table are known to be communes, and their labels."""
    lines = [line for line in table.lines if not line.total]
    named = {row["member"] for line in lines for row in line.figures.values() if row["dimension"] == COMMUNE}
    down = 2 * len(named) > len(lines) and len(named) >= LEAST
    return down, frozenset(fold(line.label) for line in lines if line.label)


def charts(table: PageTable, index: Index, wording: Wording) -> Iterator[Chart]:
    """Yield a chart for each column that counts something: the margins of a cross table, else the first ones."""
    lines = [line for line in table.lines if not line.total][:MOST_ROWS]
    columns = [at for at in table.heads if _counts(lines, at)]
    margins = [at for at in columns if all(_role(line, at) in ("total", "") for line in lines)]
    for at in (margins or columns)[:MOST_COLUMNS]:
        yield _chart(table, lines, at, index, wording)


def _role(line: Line, at: int) -> str:
    return line.figures[at]["role"] if at in line.figures else ""


def _counts(lines: list[Line], at: int) -> bool:
    """Tell whether a column holds counts or amounts, none of them negative, of which one is not nil."""
    own = [row for line in lines if (row := line.figures.get(at)) and row["mantissa"] is not None]
    added = all(row["unit"] in ADDED_UNITS and row["role"] in ADDED_ROLES for row in own)
    return added and all(row["mantissa"] >= 0 for row in own) and any(row["mantissa"] for row in own)


def _chart(table: PageTable, lines: list[Line], at: int, index: Index, wording: Wording) -> Chart:
    own = [line.figures.get(at) for line in lines]
    former = [index.report.former.get(row["figure"]) if row else None for row in own]
    most = max((*(_value(row) for row in own), *(q.value for q in former if q)), default=Fraction(1))
    bars = tuple(
        Bar(
            cut(line.label, NAME), row["printed"] if row else "", *_lengths(_value(row), most),
            then.printed if then else "", *(_lengths(then.value, most) if then else ()),
        )
        for line, row, then in zip(lines, own, former, strict=True)
    )  # fmt: skip
    head = table.heads[at] or table.title
    description = ", ".join(
        f"{bar.label} {bar.printed}" + (f" ({bar.former})" if bar.former else "") for bar in bars
    )
    return Chart(f"{table.anchor}g{at}", cut(head), description, bars, any(former))


def _value(row: FigureRow | None) -> Fraction:
    return Fraction(row["mantissa"] or 0, 10 ** (row["scale"] or 0)) if row else Fraction(0)


def _lengths(value: Fraction, most: Fraction) -> tuple[str, str]:
    """Return how long a bar is and where it ends, as the markup writes them: "42.00"."""
    length = max(value, Fraction(0)) / most * WIDEST if most else Fraction(0)
    return number(length, "en", 2), number(START + length, "en", 2)
