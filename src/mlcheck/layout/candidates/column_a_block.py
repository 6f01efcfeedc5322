"""Read tables printed one column after another: all labels, then the figures of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.layout.candidates.cell_a_line import Ladder, ladders_of
from mlcheck.layout.candidates.side_by_side import FigureFirst, figure_first_lists
from mlcheck.layout.grid import Sketch
from mlcheck.layout.lines import Parsed
from mlcheck.layout.readings import is_cell
from mlcheck.layout.tables_of_lines import Found, open_table
from mlcheck.layout.wording import is_stub_head

FEWEST = 3  # rows
FARTHEST = 12  # blocks after the labels
Block = list[int]


class Stack(Struct, frozen=True):
    """The lines of the labels, and of each column with those of its head; `sure` tells that no other fits."""

    labels: tuple[int, ...]
    stub: int | None
    columns: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    sure: bool


def stacks_of(lines: Sequence[Parsed]) -> Iterator[Stack]:
    """Yield the tables whose columns are printed one after another, blank lines between them."""
    blocks = _blocks(lines)
    at = 0
    while at < len(blocks):
        stack, after = _stack(lines, blocks, at)
        if stack is not None:
            yield stack
        at = after


def _blocks(lines: Sequence[Parsed]) -> list[Block]:
    """Return the runs of lines without a blank one between them."""
    blocks: list[Block] = []
    open_block = False
    for index, line in enumerate(lines):
        if line.kind in ("blank", "margin") or not line.strip.tokens:
            open_block = False
            continue
        if not open_block:
            blocks.append([])
        open_block = True
        blocks[-1].append(index)
    return blocks


def _texts_at_end(lines: Sequence[Parsed], block: Block) -> Block:
    start = len(block)
    while start and lines[block[start - 1]].kind == "text":
        start -= 1
    return block[start:]


def _column(lines: Sequence[Parsed], block: Block) -> tuple[Block, Block] | None:
    """Return the lines of a head and those of the figures below it, None where a block is no column."""
    start = next((i for i, line in enumerate(block) if lines[line].kind == "row"), len(block))
    head, figures = block[:start], block[start:]
    if len(figures) < FEWEST or any(lines[i].kind != "text" for i in head):
        return None
    single = all(not lines[i].label and is_cell(lines[i].strip.tokens) for i in figures)
    return (head, figures) if single else None


def _stack(lines: Sequence[Parsed], blocks: Sequence[Block], at: int) -> tuple[Stack | None, int]:
    """Return the table whose labels end a block, and the block to go on with."""
    labels = _texts_at_end(lines, blocks[at])
    if len(labels) < FEWEST:
        return None, at + 1
    columns: list[tuple[Block, Block]] = []
    words = 0
    end = at + 1
    while end < len(blocks) and end - at <= FARTHEST:
        column = _column(lines, blocks[end])
        if column is None:
            if any(lines[i].kind != "text" for i in blocks[end]) or len(blocks[end]) > FEWEST + 1:
                break
            words += 1
        else:
            columns.append(column)
        end += 1
    if not columns:
        return None, at + 1
    return _matched(lines, labels, columns, words), end


def _matched(
    lines: Sequence[Parsed], labels: Block, columns: Sequence[tuple[Block, Block]], words: int
) -> Stack | None:
    """Return labels and columns as a table where there is a label for each figure."""
    sizes = {len(figures) for _, figures in columns}
    height = sizes.pop()
    over = len(labels) - height
    if sizes or over < 0:
        return None
    headed = over > 0 and is_stub_head(lines[labels[over - 1]].label)
    if over and not headed:
        return None
    own = sum(bool(head) for head, _ in columns)
    sure = (own == len(columns) and not words) or (own == 0 and words in (0, len(columns)))
    stub = labels[over - 1] if headed else None
    return Stack(tuple(labels[over:]), stub, tuple((tuple(h), tuple(f)) for h, f in columns), sure)


# Make tables of what is printed one cell a line, or its figures first.


def read_singles(lines: Sequence[Parsed]) -> Iterator[Found]:
    """Yield the tables that are printed one cell a line, row after row or column after column, or figures first."""
    taken: set[int] = set()
    for stack in stacks_of(lines):
        used = {*stack.labels, *(i for head, figures in stack.columns for i in (*head, *figures))}
        found = _of_stack(lines, stack, used) if stack.sure else open_table(lines, sorted(used))
        taken |= used
        yield found
    for ladder in ladders_of(lines):
        found = _of_ladder(lines, ladder)
        if not found.tables[0][0] & taken:
            yield found
    for items in figure_first_lists(lines):
        yield _of_figure_first_list(lines, items)


def _of_ladder(lines: Sequence[Parsed], ladder: Ladder) -> Found:
    sketch = Sketch()
    heads = [ladder.stub, *ladder.heads] if ladder.heads else []
    taken: set[int] = set()
    for at, row in enumerate([heads, *ladder.rows] if heads else ladder.rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sketch.put((at, column), cell.tokens, lines[cell.lines[0]].strip)
                taken |= set(cell.lines)
    return Found(((frozenset(taken), sketch.grid()),))


def _of_figure_first_list(lines: Sequence[Parsed], items: Sequence[FigureFirst]) -> Found:
    sketch = Sketch()
    for at, item in enumerate(items):
        sketch.put((at, 0), item.label, lines[item.at].strip)
        sketch.put((at, 1), item.figure, lines[item.at].strip)
    return Found(((frozenset(item.at for item in items), sketch.grid()),))


def _of_stack(lines: Sequence[Parsed], stack: Stack, used: set[int]) -> Found:
    sketch = Sketch()
    top = int(stack.stub is not None or any(head for head, _ in stack.columns))
    if stack.stub is not None:
        used.add(stack.stub)
        sketch.put((0, 0), lines[stack.stub].strip.tokens, lines[stack.stub].strip)
    for at, index in enumerate(stack.labels):
        sketch.put((at + top, 0), lines[index].strip.tokens, lines[index].strip)
    for column, (head, figures) in enumerate(stack.columns, start=1):
        if head:
            words = tuple(token for i in head for token in lines[i].strip.tokens)
            sketch.put((0, column), words, lines[head[0]].strip)
        for at, index in enumerate(figures):
            sketch.put((at + top, column), lines[index].strip.tokens, lines[index].strip)
    return Found(((frozenset(used), sketch.grid()),))
