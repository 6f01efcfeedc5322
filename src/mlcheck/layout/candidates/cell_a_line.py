"""Read tables printed one cell a line: a label, its figures one below another, the next label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from mlcheck.language.roles import is_of_which
from mlcheck.layout.boxhead import Heads, best_heads
from mlcheck.layout.lines import Parsed, is_years
from mlcheck.layout.readings import is_cell
from mlcheck.layout.wording import hangs, heads_stub_only, is_open, is_opener, starts_low, takes_number
from mlcheck.layout.words_of_lines import Token, printed

FEWEST = 3  # rows of one figure; of more, two will do
LONGEST_LABEL = 6  # lines
MOST_IN_BLOCK = 2  # figures under a label between blank lines; more may be a column under its head
Style = Literal["parted", "close", "blocks", "mixed"]
MOST_HEADS = 24


class Cell(Struct):
    """The lines of one cell: one of figures, or those of a text."""

    lines: list[int]
    tokens: tuple[Token, ...]
    is_figure: bool


class Ladder(Struct, frozen=True):
    """Rows of a label and as many figures each, and the cells that head them."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[Cell, ...] = ()
    stub: Cell | None = None


def ladders_of(lines: Sequence[Parsed]) -> Iterator[Ladder]:
    """Yield the tables that are printed one cell a line."""
    stretch: list[int] = []
    for index, line in enumerate(lines):
        if line.kind in ("text", "blank", "margin") or (
            line.kind == "row" and (not line.label or _is_ranked(line))
        ):
            stretch.append(index)
            continue
        yield from _ladders(lines, stretch)
        stretch = []
    yield from _ladders(lines, stretch)


def _is_ranked(line: Parsed) -> bool:
    """Tell whether the only figure of a line is the number of its label ("Licence 3"), or its year ("CA 2022")."""
    if line.tail is None or line.tail.most > 1:
        return False
    return takes_number(line.label[-1]) or is_years(line.tail)


def _ladders(lines: Sequence[Parsed], stretch: Sequence[int]) -> Iterator[Ladder]:
    cells = _cells(lines, stretch)
    groups = _groups(cells)
    at = 0
    while at < len(groups):
        end = at + 1
        count = _figures(groups[at])
        while end < len(groups) and _figures(groups[end]) == count and len(groups[end]) == count + 1:
            end += 1
        style = _style(lines, groups[at:end])
        enough = end - at >= (FEWEST if count == 1 or style == "blocks" else 2)
        sound = style != "mixed" and (style != "blocks" or count <= MOST_IN_BLOCK)
        if count and enough and sound:
            yield _ladder_of(lines, groups[at:end], count, parted=style == "parted")
        at = end


def _style(lines: Sequence[Parsed], groups: Sequence[list[Cell]]) -> Style:
    """Return what blank lines part: each cell, none, each label with its figures, or now this, now that."""
    cells = [cell for group in groups[1:] for cell in group]
    apart = [lines[cell.lines[0] - 1].kind == "blank" for cell in cells]
    figures = [gap for cell, gap in zip(cells, apart, strict=True) if cell.is_figure]
    labels = [gap for cell, gap in zip(cells, apart, strict=True) if not cell.is_figure]
    if sum(figures) * 5 >= len(figures) * 4:
        return "parted"
    if any(figures):
        return "mixed"
    return "blocks" if any(labels) else "close"


def _cells(lines: Sequence[Parsed], stretch: Sequence[int]) -> list[Cell]:
    """Return the cells of a stretch of lines; where blank lines part cells, a text may run over several."""
    parted = _is_parted(lines, stretch)
    cells: list[Cell] = []
    before = -1
    for index in stretch:
        line = lines[index]
        if line.kind in ("blank", "margin"):
            continue
        tokens, figure = line.strip.tokens, not line.label and is_cell(line.strip.tokens)
        joins = cells and not figure and not cells[-1].is_figure and before == index - 1
        if joins and len(cells[-1].lines) < LONGEST_LABEL and (parted or _wraps(cells[-1].tokens, tokens)):
            cells[-1].lines.append(index)
            cells[-1].tokens += tokens
        else:
            cells.append(Cell([index], tokens, figure))
        before = index
    return cells


def _is_parted(lines: Sequence[Parsed], stretch: Sequence[int]) -> bool:
    """Tell whether blank lines part the cells of a stretch: most figures have one before them."""
    figures = [i for i in stretch if lines[i].kind == "row"]
    return sum(i > 0 and lines[i - 1].kind == "blank" for i in figures) * 2 > len(figures)


def _groups(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Return texts with the figures that follow them."""
    groups: list[list[Cell]] = []
    for cell in cells:
        if not groups or (groups[-1][-1].is_figure and not cell.is_figure):
            groups.append([])
        groups[-1].append(cell)
    return groups


def _figures(group: Sequence[Cell]) -> int:
    return sum(cell.is_figure for cell in group) if not group[0].is_figure else 0


# The rows of a table printed one cell a line, and the texts that head them.


def _ladder_of(lines: Sequence[Parsed], groups: Sequence[list[Cell]], count: int, *, parted: bool) -> Ladder:
    """Return the rows of a table; the texts over the first label may head the columns."""
    first = groups[0]
    label, *titles = _unmerged(lines, first[-count - 1])
    above = [*first[: len(first) - count - 1], *titles][-MOST_HEADS:]
    rows = ((label, *first[-count:]), *(tuple(group[-count - 1 :]) for group in groups[1:]))
    if not parted:
        return _with_lines(rows, above, count)
    under = [_unmerged(lines, c) if lines[c.lines[0] - 1].kind == "closed" else [c] for c in above]
    heads = [parts for parts in under[-count - 1 :] if not heads_stub_only(parts[0].tokens[0])]
    if any(len(parts) > 1 and len(parts[1].lines) > 1 for parts in heads[-count:]):
        return Ladder(rows)  # a title of several lines, or a title over a label of several
    return _headed(rows, [parts[0] for parts in under], count)


def _unmerged(lines: Sequence[Parsed], cell: Cell) -> list[Cell]:
    """Return the end of a text of several lines that is one label, and the line over it, a title."""
    at = len(cell.lines) - 1
    while at and _wraps(lines[cell.lines[at - 1]].strip.tokens, lines[cell.lines[at]].strip.tokens):
        at -= 1
    parts = [cell.lines[at:], cell.lines[:at]]
    return [Cell(p, tuple(t for i in p for t in lines[i].strip.tokens), False) for p in parts if p]


def _headed(rows: tuple[tuple[Cell, ...], ...], above: Sequence[Cell], count: int) -> Ladder:
    """Return the rows under the nearest texts above them: one a column, and one over the labels."""
    near = list(above[-count - 1 :])
    stub = next((cell for cell in near if heads_stub_only(cell.tokens[0])), None)
    heads = tuple(cell for cell in near if cell is not stub)[-count:]
    if len(heads) < count or is_of_which(printed(heads[0].tokens)):
        return Ladder(rows)
    if count == 1 and stub is None and not is_opener(heads[0].tokens[0]):
        return Ladder(rows)
    return Ladder(rows, heads, stub)


def _with_lines(rows: tuple[tuple[Cell, ...], ...], above: Sequence[Cell], count: int) -> Ladder:
    """Return the rows of a table under the labels that the lines above them may be split into."""
    found = best_heads([cell.tokens for cell in above], [count], [False] * len(above), labelled=True)
    if found is None:
        return Ladder(rows)
    taken = above[len(above) - found.lines :]
    places = {id(token): cell.lines[0] for cell in taken for token in cell.tokens}
    lines = [i for cell in taken for i in cell.lines]
    return Ladder(rows, *_split(found, places, lines))


def _split(found: Heads, places: dict[int, int], lines: list[int]) -> tuple[tuple[Cell, ...], Cell | None]:
    cells = [Cell([places[id(label[0])]], label, False) for label in found.labels]
    stub = Cell([places[id(found.stub[0])]], found.stub, False) if found.stub else None
    cells[-1].lines += [i for i in lines if i not in cells[-1].lines]
    return tuple(cells), stub


def _wraps(label: tuple[Token, ...], rest: tuple[Token, ...]) -> bool:
    """Tell whether a text goes on what stands on the line above it."""
    text = printed(label)
    return starts_low(rest) or hangs(text) > 0 or is_open(label[-1])
