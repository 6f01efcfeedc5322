"""One table of a report, with the shares of its total, last year's figures and the growth since."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.words import fold
from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Line, Table
from mlcheck.rendering.table.choice import Axis, along, dimensions, in_section

_YEAR = re.compile(r"\b(?:19|20)[0-9][0-9]\b")
ADDED_UNITS = ("count", "€")
ADDED_ROLES = ("part", "total", "of_which", "other")


class TableCell(Struct, frozen=True):
    """A figure as printed, its share of the total of its column, and last year's; None is unknown.

    `growth` is a ratio, or for a percentage the difference in points.
    """

    stated: str
    value: Fraction | None = None
    locator: Locator | None = None
    share: Fraction | None = None
    former: str | None = None
    former_value: Fraction | None = None
    growth: Fraction | None = None


class TableView(Struct, frozen=True):
    """A table turned so that the dimension asked for runs down; `others` stand in the same section.

    `cells` maps the indexes of a row and a column. `detailed` are the columns shown with their shares and
    their growth: the margin of a cross table, else all. `grown` are those of a year that grew from a year before in
    the same table, which prints no growth.
    """

    source: str
    year: int | None
    former_year: int | None
    table: Table
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: dict[tuple[int, int], TableCell]
    detailed: frozenset[int]
    others: tuple[Table, ...] = ()
    compared: bool = False
    grown: frozenset[int] = frozenset()

    @property
    def dimension(self) -> str | None:
        """What the rows are members of."""
        return next((row.dimension for row in self.rows if row.dimension), None)

    def shared(self, column: int) -> bool:
        """Whether the shares of a column are shown."""
        known = any(self.cells[row, column].share is not None for row in range(len(self.rows)))
        return column in self.detailed and known


def view_table(facts: Facts, section: str, by: str | None) -> TableView:
    """Return the first table of a section along a dimension, compared with last year's where it is known.

    Raises MlcheckError where the section or the dimension does not exist.
    """
    chosen, axis, others = along(in_section(facts, section), by, facts.source)
    table = _turned(chosen, axis)
    before = _years_before(table.columns)
    former = _former(chosen, axis, facts.prior) if facts.prior and not before else None
    added = _added(table)
    margins = frozenset(index for index in added if table.columns[index].role == "total")
    cells = _cells(table, former, margins or added)
    printed = any(column.role == "variation" for column in table.columns)
    return TableView(
        facts.source,
        facts.year,
        facts.prior.year if facts.prior else None,
        chosen,
        table.rows,
        table.columns,
        cells if printed else _with_growth(cells, table, before),
        (margins or frozenset(range(len(table.columns)))) - frozenset(before.values()),
        tuple(others),
        former is not None,
        frozenset() if printed else frozenset(before),
    )


def _years_before(columns: tuple[Line, ...]) -> dict[int, int]:
    """Map each column of a year to that of the year before it in the same table: same words, another year."""
    known: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for index, column in enumerate(columns):
        words = (*column.path, column.label)
        years = _YEAR.findall(" ".join(words))
        if years and column.role in ADDED_ROLES:
            known.setdefault(tuple(map(_undated, words)), []).append((years[-1], index))
    pairs: dict[int, int] = {}
    for years_of_one in known.values():
        ordered = sorted(years_of_one)
        for (year, earlier), (next_year, later) in pairwise(ordered):
            if year != next_year:
                pairs[later] = earlier
    return pairs


def _with_growth(
    cells: dict[tuple[int, int], TableCell], table: Table, before: dict[int, int]
) -> dict[tuple[int, int], TableCell]:
    """Return the cells, those of a year with their growth from the year before beside them."""
    grown = dict(cells)
    for later, earlier in before.items():
        for i in range(len(table.rows)):
            entry = table.entries.get((i, earlier))
            grown[i, later] = _with_former(cells[i, later], entry, table.columns[later])
    return grown


def _cells(table: Table, former: Table | None, added: frozenset[int]) -> dict[tuple[int, int], TableCell]:
    total = _total(table)
    cells = {}
    for i, row in enumerate(table.rows):
        for j, column in enumerate(table.columns):
            cell = _cell(table.entries.get((i, j)))
            if j in added and total is not None:
                cell = _with_share(cell, _cell(table.entries.get((total, j))).value)
            if former is not None:
                cell = _with_former(cell, _former_entry(former, row, column), column)
            cells[i, j] = cell
    return cells


def named(table: Table) -> str:
    """Return the headings or the title of a table, and what its lines are: "PEC / Par commune (commune)"."""
    heads = (*table.sections[-1:], table.title) if table.title else table.sections[-2:]
    title = " / ".join(dict.fromkeys(heads)) or table.name
    known = dimensions([table])
    return f"{title} ({' × '.join(known)})" if known else title


def _turned(table: Table, axis: Axis) -> Table:
    if axis == "row":
        return table
    entries = {(column, row): entry for (row, column), entry in table.entries.items()}
    return replace(table, rows=table.columns, columns=table.rows, entries=entries)


def _total(table: Table) -> int | None:
    """The grand total is the last total that stands under no title, else the last one."""
    totals = [index for index, row in enumerate(table.rows) if row.role == "total"]
    return next(
        (index for index in reversed(totals) if not table.rows[index].path), totals[-1] if totals else None
    )


def _added(table: Table) -> frozenset[int]:
    """The columns of counts and amounts, which have shares of their total."""
    columns = enumerate(table.columns)
    return frozenset(index for index, c in columns if c.unit in ADDED_UNITS and c.role in ADDED_ROLES)


def _cell(entry: Entry | None) -> TableCell:
    if entry is None:
        return TableCell("")
    return TableCell(entry.printed, entry.quantity.value if entry.quantity else None, entry.locator)


def _with_share(cell: TableCell, total: Fraction | None) -> TableCell:
    if cell.value is None or not total:
        return cell
    return replace(cell, share=cell.value / total)


def _with_former(cell: TableCell, entry: Entry | None, column: Line) -> TableCell:
    former = _cell(entry)
    growth = None
    if cell.value is not None and former.value is not None:
        if column.unit in ("%", "‰"):
            growth = cell.value - former.value
        elif former.value > 0:
            growth = cell.value / former.value - 1
    return replace(cell, former=former.stated, former_value=former.value, growth=growth)


def _former(table: Table, axis: Axis, prior: Facts) -> Table | None:
    """Last year's table: the same in the profile, else under the same headings and title."""
    for other in prior.tables:
        same = other.identity == table.identity if table.identity else _titles(other) == _titles(table)
        if same:
            return _turned(other, axis)
    return None


def _titles(table: Table) -> str:
    return _undated(" / ".join((*table.sections, table.title)))


def _former_entry(former: Table, row: Line, column: Line) -> Entry | None:
    i = next((index for index, other in enumerate(former.rows) if _same(other, row)), -1)
    j = next((index for index, other in enumerate(former.columns) if _same(other, column)), -1)
    return former.entries.get((i, j))


def _same(one: Line, other: Line) -> bool:
    if one.member and other.member:
        return (one.dimension, one.member) == (other.dimension, other.member)
    if one.measure and other.measure:
        return one.measure == other.measure
    if one.role == other.role == "total":
        return True
    return [_undated(text) for text in (*one.path, one.label)] == [
        _undated(text) for text in (*other.path, other.label)
    ]


def _undated(text: str) -> str:
    return fold(_YEAR.sub("", text))
