"""Labels that run over several lines: where they start above their figures, and where they end below."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.extraction.flattened.lines import Parsed, is_total_row
from mlcheck.extraction.flattened.rows import Row, Run
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import hangs, is_open, starts_low

LONGEST = 2  # lines of a label beside the one with the figures


def first_row(lines: Sequence[Parsed], at: int, before: int) -> Row:
    """Return the first row of a run, with the start of its label on the lines above it."""
    line = lines[at]
    if not line.label and _is_above_row(lines, at):
        own = _label_above(lines, at, before)
        return Row((*own, at), label_of(lines, own), line.tail)
    above = at - 1
    while above > before and above > at - 1 - LONGEST and lines[above].kind == "text":
        label = label_of(lines, range(above, at))
        if hangs(printed(label)) > 0 and hangs(printed(label + line.label)) == 0:
            return Row(tuple(range(above, at + 1)), label + line.label, line.tail)
        above -= 1
    return Row((at,), line.label, line.tail)


def _is_above_row(lines: Sequence[Parsed], at: int) -> bool:
    """Tell whether figures without a label stand right above a row with one, and so have theirs above."""
    tail = lines[at].tail
    rest = [line for line in lines[at + 1 : at + 2 + LONGEST] if line.kind != "text"]
    below = rest[0] if rest else None
    if tail is None or below is None or below.tail is None or is_total_row(below):
        return False
    if not below.label and not _stands_right(lines, at):
        return False
    return tail.fewest <= below.tail.most and below.tail.fewest <= tail.most


def _stands_right(lines: Sequence[Parsed], at: int) -> bool:
    """Tell whether figures stand to the right of the text above them, as those of a label of two lines do."""
    tail, above = lines[at].tail, lines[at - 1].label if at else ()
    return tail is not None and bool(above) and tail.chunks[0].tokens[0].left > max(t.right for t in above)


def _label_above(lines: Sequence[Parsed], at: int, before: int) -> tuple[int, ...]:
    """Return the lines of the label that stands above some figures: back to a capital, parentheses closed."""
    above: list[int] = []
    while at - 1 > before and lines[at - 1].kind == "text" and len(above) <= LONGEST:
        at -= 1
        above.insert(0, at)
        label = label_of(lines, above)
        if not starts_low(label) and hangs(printed(label)) >= 0:
            break
    return tuple(above)


def label_of(lines: Sequence[Parsed], indexes: Sequence[int]) -> tuple[Token, ...]:
    """Return the words of some lines."""
    return tuple(token for i in indexes for token in lines[i].label)


def is_start(label: tuple[Token, ...], rest: tuple[Token, ...]) -> bool:
    """Tell whether a text is the start of the label that the next line ends."""
    opened = hangs(printed(label)) > 0 and hangs(printed(rest)) < 0
    return opened or starts_low(rest) or is_open(label[-1])


def is_end(lines: Sequence[Parsed], row: Row, at: int) -> bool:
    """Tell whether a text ends the label of the row above it."""
    if at != row.lines[-1] + 1 or row.tail is None:
        return False
    end = lines[at]
    if hangs(row.text) > 0 or (row.label and is_open(row.label[-1])):
        return hangs(row.text) + hangs(end.text) == 0
    return (starts_low(end.label) or _is_between(lines, row, at)) and hangs(end.text) == 0


def _is_between(lines: Sequence[Parsed], row: Row, at: int) -> bool:
    """Tell whether the figures of a row stand between two lines of its label, to the right of both."""
    if len(row.lines) < 2 or lines[row.lines[-1]].label or row.tail is None:
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    left = row.tail.chunks[0].tokens[0].left
    beside = max(token.right for token in (*row.label, *lines[at].label)) < left
    return beside and not (below is not None and below.tail is not None and not below.label)


def end_label(lines: Sequence[Parsed], run: Run, at: int) -> None:
    """Give the label of the last row the words of a line."""
    row = run.rows[-1]
    run.rows[-1] = replace(row, lines=(*row.lines, at), label=row.label + lines[at].label)


def take_rest(lines: Sequence[Parsed], run: Run, pending: list[int]) -> None:
    """Give the last row the end of its label."""
    while pending and len(run.rows) > 1 and is_end(lines, run.rows[-1], pending[0]):
        end_label(lines, run, pending.pop(0))
