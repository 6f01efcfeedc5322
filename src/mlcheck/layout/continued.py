"""Put a table together again that goes on over a page, or under a title that says so, with its boxhead repeated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_bare_total, is_total
from mlcheck.language.words import fold
from mlcheck.layout.kinds import text_kind
from mlcheck.model.document import Block, Cell, Grid, Merge, Paragraph

FEWEST = 2  # labels of a boxhead that is repeated
Row = dict[int, str]


def continued(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a document with each table that another goes on with made one."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and block.locator.sheet is None and block.cells:
            title = out[-1] if len(out) > 1 and isinstance(out[-1], Paragraph) else None
            table = out[-1 if title is None else -2] if out else None
            if isinstance(table, Grid) and table.cells and _is_rest(table, title, block):
                grouped = title is not None and not _says_so(title)
                above = _with_title(table, title) if grouped and title is not None else table
                out[len(out) - 1 - (title is not None) :] = [_joined(above, block)]
                continue
        out.append(block)
    return out


def _is_rest(table: Grid, title: Paragraph | None, rest: Grid) -> bool:
    """Tell whether a table goes on with another, under a title that may stand between them."""
    if title is None or _says_so(title):
        return _goes_on(table, rest, said=title is not None)
    same = len({c for _, c in table.cells}) == len({c for _, c in rest.cells})
    return same and _is_of_its_groups(title, table) and _opens_with_figures(rest)


def _is_of_its_groups(title: Paragraph, table: Grid) -> bool:
    """Tell whether a title opens like the title of a group of lines in a table, and prints no figure: "Site de …"."""
    own = fold(title.text).split()
    alone = [next(iter(row.values())).split() for row in _rows(table) if len(row) == 1]
    return text_kind(title.text) == "label" and any(group[:1] == own[:1] for group in alone)


def _with_title(table: Grid, title: Paragraph) -> Grid:
    """Return a table with the title of a group of lines below it."""
    at = max(row for row, _ in table.cells) + 1, min(column for _, column in table.cells)
    places = {place: table.locate(*place) for place in table.cells}
    return replace(table, cells=table.cells | {at: Cell(title.text)}, places=places | {at: title.locator})


def _says_so(paragraph: Paragraph) -> bool:
    """Tell whether a title says that the table over it goes on: "Jeunes par commune (suite)"."""
    words = fold(paragraph.text)
    return any(words == phrase or words.endswith(f" {phrase}") for phrase in lexicon().lines.going_on)


def _rows(grid: Grid) -> list[Row]:
    """Return the filled rows of a table, each text by its column."""
    rows: dict[int, Row] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        rows.setdefault(row, {})[column] = fold(cell.text)
    return list(rows.values())


def _goes_on(table: Grid, rest: Grid, *, said: bool) -> bool:
    """Tell whether a table has the columns of another, no row of it once more, and stands right under it or over the page."""
    one, two = _rows(table), _rows(rest)
    repeated = _repeated(one, two)
    if len({c for row in one for c in row}) != len({c for row in two for c in row}) or repeated == len(two):
        return False
    if not said and not (repeated and _over_a_page(table, rest)):
        return False
    if not repeated and not _opens_with_figures(rest):
        return False
    labels = [next(iter(row.values())) for row in two[repeated:]]
    first, last = (next(iter(row.values())) for row in (one[min(repeated, len(one) - 1)], one[-1]))
    ended = is_total(last) and (is_bare_total(last) or last in labels)
    return said or not (ended or labels[0] == first)


def _repeated(one: Sequence[Row], two: Sequence[Row]) -> int:
    """Return how many rows open both tables alike."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    return same if same and max(len(row) for row in two[:same]) >= FEWEST else 0


def _over_a_page(table: Grid, rest: Grid) -> bool:
    above, below = (
        grid.locate(*at).page for grid, at in ((table, max(table.cells)), (rest, min(rest.cells)))
    )
    return above is not None and below == above + 1


def _opens_with_figures(grid: Grid) -> bool:
    """Tell whether the first row of a table names a line and prints figures."""
    top = min(row for row, _ in grid.cells)
    first, *others = [cell for (row, _), cell in sorted(grid.cells.items()) if row == top]
    return text_kind(first.text) == "label" and bool(others) and all(map(_is_figure, others))


def _is_figure(cell: Cell) -> bool:
    return text_kind(cell.text) == "number"


def _joined(table: Grid, rest: Grid) -> Grid:
    """Return one table of two, without the boxhead of the second."""
    rows = sorted({row for row, _ in rest.cells})
    first = rows[_repeated(_rows(table), _rows(rest))]
    down = max(row for row, _ in table.cells) + 1 - first
    left = min(c for _, c in table.cells) - min(c for _, c in rest.cells)
    cells = {(r + down, c + left): cell for (r, c), cell in rest.cells.items() if r >= first}
    places = {at: table.locate(*at) for at in table.cells}
    places |= {(r + down, c + left): rest.locate(r, c) for r, c in rest.cells if r >= first}
    merges = (
        Merge(m.top + down, m.left + left, m.bottom + down, m.right + left)
        for m in rest.merges
        if m.top >= first
    )
    return replace(table, cells=table.cells | cells, merges=(*table.merges, *merges), places=places)
