"""Read tables printed one cell a line: a label, its figures one below another, the next label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from mlcheck.extraction.flattened.ladder_heads import Cell, Ladder, ladder_of, wraps
from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.readings import is_cell
from mlcheck.extraction.flattened.wording import takes_number

FEWEST = 3  # rows of one figure; of more, two will do
LONGEST_LABEL = 6  # lines
MOST_IN_BLOCK = 2  # figures under a label between blank lines; more may be a column under its head
Style = Literal["parted", "close", "blocks", "mixed"]


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
    """Tell whether the only figure of a line is the number of its label ("Licence 3")."""
    return line.tail is not None and line.tail.most == 1 and takes_number(line.label[-1])


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
            yield ladder_of(lines, groups[at:end], count, parted=style == "parted")
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
        if joins and len(cells[-1].lines) < LONGEST_LABEL and (parted or wraps(cells[-1].tokens, tokens)):
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
