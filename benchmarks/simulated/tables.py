"""Tables: lines and columns of meanings become a grid of cells with printed figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from simulated.figures import Figure, Form
from simulated.meaning import Meaning, Members, Total
from simulated.population import Population
from simulated.style import Style, wording

MONEY = {"montants", "produits", "charges"}


@dataclass(frozen=True)
class Agency:
    """Whose report it is, of which year, and how it is written."""

    name: str
    departement: str
    antennas: tuple[tuple[str, ...], ...]
    population: Population
    style: Style
    year: int

    @property
    def communes(self) -> tuple[str, ...]:
        """Return the communes of all antennas."""
        return tuple(name for antenna in self.antennas for name in antenna)

    def labels(self, dimension: str) -> dict[str, str]:
        """Return what this agency calls the members of a dimension."""
        if dimension == "commune":
            return {name: name for name in self.communes}
        options = wording()["dimensions"][dimension]["labels"]
        chosen = self.style.word([str(at) for at in range(len(options))], dimension)
        return dict(zip(self.population.universe[dimension], options[int(chosen)], strict=True))

    def year_name(self, year: int) -> str:
        """Return how a column of a year is headed."""
        if self.style.year_names == "N":
            return "N" if year == self.year else f"N-{self.year - year}"
        return self.style.year_names.format(year=year)

    def in_thousands(self, measure: str) -> bool:
        """Tell whether amounts of a measure are given in thousands."""
        return measure in ("produits", "charges") and self.style.in_thousands

    def form(self, measure: str, *, mean: bool = False) -> Form:
        """Return how totals, or means, of a measure are written."""
        if self.in_thousands(measure):
            return self.style.thousands_of_euros(in_cell=False)
        if measure in MONEY:
            return self.style.money(in_cell=self.style.euro_in_cell, exact=not mean)
        return (
            self.style.tenths("etp" if measure == "etp" else "count")
            if mean or measure == "etp"
            else self.style.count()
        )


@dataclass(frozen=True)
class Column:
    """A column: its heads from the spanner down, what it states of the members of a line, and in which form."""

    heads: tuple[str, ...]
    of: Callable[[Members], Meaning]
    form: Form


@dataclass(frozen=True)
class Line:
    """A line of the stub: its label, its codes, and which members it is about; a heading is about none."""

    label: str
    members: Members | None = None
    kind: str = "part"
    indent: int = 0
    codes: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass
class Cell:
    """A cell as printed: a text, or a figure."""

    text: str = ""
    figure: Figure | None = None
    span: int = 1
    bold: bool = False
    indent: int = 0

    @property
    def printed(self) -> str:
        """Return what the cell shows."""
        return self.figure.printed if self.figure else self.text


@dataclass
class Table:
    """A table as printed; the first `head` rows are the boxhead, the first `stub` columns hold labels and codes."""

    block: int
    title: str
    rows: list[list[Cell]]
    head: int
    stub: int
    unit_line: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max(len(row) for row in self.rows)

    def figures(self) -> Iterator[Figure]:
        """Yield the figures from left to right and from top to bottom."""
        yield from (cell.figure for row in self.rows for cell in row if cell.figure)


def printed_figure(agency: Agency, meaning: Meaning, form: Form) -> Figure | None:
    """Return the figure of a meaning, with the mark for nothing where it is zero, or None where it is not defined."""
    exact = agency.population.value(meaning)
    if exact is None:
        return None
    if exact == 0 and isinstance(meaning, Total) and agency.style.nil != "0":
        return Figure(meaning, exact, form, printed=agency.style.nil or " ", nil=True)
    return Figure(meaning, exact, form)


def tabulate(
    agency: Agency,
    block: int,
    title: str,
    stub_heads: Sequence[str],
    lines: Sequence[Line],
    columns: Sequence[Column],
) -> Table:
    """Return the table of some lines and columns."""
    depth = max(len(column.heads) for column in columns)
    rows = _head(depth, stub_heads, columns)
    for line in lines:
        bold = line.kind != "part"
        cells = [Cell(code) for code in line.codes] or [Cell() for _ in stub_heads[1:]]
        cells.append(Cell(line.label, bold=bold, indent=line.indent))
        for column in line.columns or columns:
            cells.append(_cell(agency, block, line, column, bold))
        rows.append(cells)
    return Table(block, title, rows, depth, len(stub_heads))


def _cell(agency: Agency, block: int, line: Line, column: Column, bold: bool) -> Cell:
    if line.members is None:
        return Cell()
    figure = printed_figure(agency, column.of(line.members), column.form)
    if figure is None:
        return Cell("-" if agency.style.nil in ("0", "") else agency.style.nil)
    figure.block, figure.row, figure.column = block, line.label, " / ".join(filter(None, column.heads))
    return Cell(figure=figure, bold=bold)


def _head(depth: int, stub_heads: Sequence[str], columns: Sequence[Column]) -> list[list[Cell]]:
    """Return the rows of the boxhead: a spanner stands over the columns that share it."""
    rows = [[Cell(bold=True) for _ in stub_heads] for _ in range(depth)]
    rows[-1] = [Cell(head, bold=True) for head in stub_heads]
    for level, row in enumerate(rows):
        for at, column in enumerate(columns):
            heads = ("",) * (depth - len(column.heads)) + column.heads
            before = columns[at - 1].heads if at else ()
            shared = level < depth - 1 and len(before) == depth and before[: level + 1] == heads[: level + 1]
            row.append(Cell("" if shared else heads[level], bold=True))
            if shared and heads[level]:
                first = next(cell for cell in reversed(row[:-1]) if cell.text)
                first.span += 1
    return rows
