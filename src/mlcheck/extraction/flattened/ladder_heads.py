"""The rows of a table printed one cell a line, and the texts that head them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.boxhead import Heads, best_heads
from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import hangs, heads_stub_only, is_open, is_opener, starts_low
from mlcheck.extraction.tables.roles import is_dont

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


def ladder_of(lines: Sequence[Parsed], groups: Sequence[list[Cell]], count: int, *, parted: bool) -> Ladder:
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
    while at and wraps(lines[cell.lines[at - 1]].strip.tokens, lines[cell.lines[at]].strip.tokens):
        at -= 1
    parts = [cell.lines[at:], cell.lines[:at]]
    return [Cell(p, tuple(t for i in p for t in lines[i].strip.tokens), False) for p in parts if p]


def _headed(rows: tuple[tuple[Cell, ...], ...], above: Sequence[Cell], count: int) -> Ladder:
    """Return the rows under the nearest texts above them: one a column, and one over the labels."""
    near = list(above[-count - 1 :])
    stub = next((cell for cell in near if heads_stub_only(cell.tokens[0])), None)
    heads = tuple(cell for cell in near if cell is not stub)[-count:]
    if len(heads) < count or is_dont(printed(heads[0].tokens)):
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


def wraps(label: tuple[Token, ...], rest: tuple[Token, ...]) -> bool:
    """Tell whether a text goes on what stands on the line above it."""
    text = printed(label)
    return starts_low(rest) or hangs(text) > 0 or is_open(label[-1])
