"""Read tables printed one column after another: all labels, then the figures of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.readings import is_cell
from mlcheck.extraction.flattened.wording import is_stub_head

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
