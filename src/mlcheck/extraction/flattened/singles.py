"""Make tables of what is printed one cell a line, or its figures first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.extraction.flattened.bodies import Found, open_table
from mlcheck.extraction.flattened.grids import Sketch
from mlcheck.extraction.flattened.ladder_heads import Ladder
from mlcheck.extraction.flattened.ladders import ladders_of
from mlcheck.extraction.flattened.leads import Lead, leads_of
from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.stacks import Stack, stacks_of


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
    for leads in leads_of(lines):
        yield _of_leads(lines, leads)


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


def _of_leads(lines: Sequence[Parsed], leads: Sequence[Lead]) -> Found:
    sketch = Sketch()
    for at, lead in enumerate(leads):
        sketch.put((at, 0), lead.label, lines[lead.at].strip)
        sketch.put((at, 1), lead.figure, lines[lead.at].strip)
    return Found(((frozenset(lead.at for lead in leads), sketch.grid()),))


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
