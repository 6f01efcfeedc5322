"""Gather rows of figures that follow one another into the body of a table."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.layout.figures import Tail
from mlcheck.layout.lines import Parsed, heads_years, is_drawn, is_total_row, is_years
from mlcheck.layout.wording import hangs, is_open, is_opener, starts_low
from mlcheck.layout.words_of_lines import Token, printed

FARTHEST = 3  # blank lines between two rows
UNDER_YEARS = 6  # lines from a boxhead of years to the first row
EDGE = 12  # blank lines at the end of a page
RECENT = 8  # rows of a run that the next one is compared with


class BodyRow(Struct, frozen=True):
    """A row of a body: its label, which may run over several lines, and its figures.

    `lines` are indexes of the parsed lines it is printed on; `tail` is None for a title over rows.
    """

    lines: tuple[int, ...]
    label: tuple[Token, ...]
    tail: Tail | None

    @property
    def text(self) -> str:
        """Its label as printed."""
        return printed(self.label)


class Run(Struct):
    """Rows that follow one another."""

    rows: list[BodyRow] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The index of its first line."""
        return self.rows[0].lines[0]

    @property
    def last(self) -> int:
        """The index of its last line."""
        return max(self.rows[-1].lines)

    def is_like(self, tail: Tail) -> bool:
        """Tell whether figures may have as many cells as most of the last rows."""
        tails = [row.tail for row in self.rows[-RECENT:] if row.tail is not None]
        alike = sum(t.fewest <= tail.most and tail.fewest <= t.most for t in tails)
        return alike * 2 > len(tails)

    def is_compact(self) -> bool:
        """Tell whether the last two rows follow one another without a blank line."""
        return len(self.rows) > 1 and self.rows[-1].lines[0] == self.rows[-2].lines[-1] + 1


LONGEST = 2  # lines of a label beside the one with the figures


def runs_of(lines: Sequence[Parsed]) -> list[Run]:
    """Return the runs of rows of a text, in order."""
    runs: list[Run] = []
    at = 0
    while at < len(lines):
        if lines[at].kind != "row" or _is_head_of_years(lines, at):
            at += 1
            continue
        run = _gather(lines, at, runs[-1].last if runs else -1)
        runs.append(run)
        at = run.last + 1
    return runs


def _is_head_of_years(lines: Sequence[Parsed], at: int) -> bool:
    """Tell whether a line of years stands over other figures, as a boxhead."""
    if not heads_years(lines[at]):
        return False
    below = next(
        (line for line in lines[at + 1 : at + 1 + UNDER_YEARS] if line.kind in ("row", "closed")), None
    )
    return below is not None and below.tail is not None and not is_years(below.tail)


def _gather(lines: Sequence[Parsed], start: int, before: int) -> Run:
    """Return the run that starts at a row."""
    run = Run([_first_row(lines, start, before)])
    pending: list[int] = []
    blanks, at = 0, start + 1
    while at < len(lines):
        line = lines[at]
        if line.kind == "blank":
            blanks += 1
            if blanks > FARTHEST and not _turns(lines, at):
                break
        elif line.kind == "text":
            pending.append(at)
            if len(pending) > LONGEST:
                break
        elif line.kind == "row":
            if not _takes(lines, run, pending, at):
                break
            pending, blanks = [], 0
        elif line.kind == "closed":
            break
        at += 1
    _take_rest(lines, run, pending)
    return run


def _turns(lines: Sequence[Parsed], at: int) -> bool:
    """Tell whether a page ends after the blank lines that stand here."""
    below = next((line for line in lines[at : at + EDGE] if line.kind != "blank"), None)
    return below is not None and (below.kind == "margin" or below.strip.turns)


def _takes(lines: Sequence[Parsed], run: Run, pending: list[int], at: int) -> bool:
    """Add a row to a run, with the texts before it, or tell that it belongs to none of its rows."""
    line, last = lines[at], run.rows[-1]
    assert line.tail is not None
    if _is_head_of_years(lines, at):
        return False
    total = bool(last.label) and is_total_row(lines[last.lines[-1]])
    opens = (
        len(run.rows) == 1 and len(pending) == 1 and at == last.lines[-1] + 2
    )  # a total over groups of lines
    if total and not opens and (pending or at > last.lines[-1] + 1 or not line.label):
        return False
    apart = any(not is_drawn(other) for other in lines[last.lines[-1] + 1 : at])
    if apart and run.is_compact() and not run.is_like(line.tail):
        return False
    if not pending:
        if bool(line.label) != bool(last.label) and not _closes(run, line.tail):
            return False
        run.rows.append(BodyRow((at,), line.label, line.tail))
        return True
    return bool(last.label) and _takes_wrapped(lines, run, pending, at)


def _closes(run: Run, tail: Tail) -> bool:
    """Tell whether a row without a label may be the total of a run of rows with one."""
    spans = [row.tail for row in run.rows[-RECENT:] if row.tail is not None and row.label]
    return bool(spans) and len(run.rows) > 1 and tail.most >= 2 and tail.most >= min(t.fewest for t in spans)


def _takes_wrapped(lines: Sequence[Parsed], run: Run, pending: list[int], at: int) -> bool:
    """Add a row and what stands between it and the last one: ends or starts of labels, or one title."""
    line, last = lines[at], run.rows[-1]
    assert line.tail is not None
    ends = list(pending)
    while ends and _is_end(lines, run.rows[-1], ends[0]):
        _end_label(lines, run, ends.pop(0))
    if not ends:
        if line.label:
            run.rows.append(BodyRow((at,), line.label, line.tail))
        return bool(line.label)
    label = _label_of(lines, ends)
    adjacent = ends[-1] == at - 1 and len(ends) == ends[-1] - ends[0] + 1
    if not run.is_like(line.tail):
        return False
    if adjacent and (not line.label or _is_start(label, line.label)):
        run.rows.append(BodyRow((*ends, at), label + line.label, line.tail))
        return True
    if not line.label or len(ends) > 1 or is_opener(label[0]) or ends[0] > last.lines[-1] + 2:
        return False
    run.rows += [BodyRow((ends[0],), label, None), BodyRow((at,), line.label, line.tail)]
    return True


# Labels that run over several lines: where they start above their figures, and where they end below.


def _first_row(lines: Sequence[Parsed], at: int, before: int) -> BodyRow:
    """Return the first row of a run, with the start of its label on the lines above it."""
    line = lines[at]
    if not line.label and _is_above_row(lines, at):
        own = _label_above(lines, at, before)
        return BodyRow((*own, at), _label_of(lines, own), line.tail)
    above = at - 1
    while above > before and above > at - 1 - LONGEST and lines[above].kind == "text":
        label = _label_of(lines, range(above, at))
        if hangs(printed(label)) > 0 and hangs(printed(label + line.label)) == 0:
            return BodyRow(tuple(range(above, at + 1)), label + line.label, line.tail)
        above -= 1
    return BodyRow((at,), line.label, line.tail)


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
        label = _label_of(lines, above)
        if not starts_low(label) and hangs(printed(label)) >= 0:
            break
    return tuple(above)


def _label_of(lines: Sequence[Parsed], indexes: Sequence[int]) -> tuple[Token, ...]:
    """Return the words of some lines."""
    return tuple(token for i in indexes for token in lines[i].label)


def _is_start(label: tuple[Token, ...], rest: tuple[Token, ...]) -> bool:
    """Tell whether a text is the start of the label that the next line ends."""
    opened = hangs(printed(label)) > 0 and hangs(printed(rest)) < 0
    return opened or starts_low(rest) or is_open(label[-1])


def _is_end(lines: Sequence[Parsed], row: BodyRow, at: int) -> bool:
    """Tell whether a text ends the label of the row above it."""
    if at != row.lines[-1] + 1 or row.tail is None:
        return False
    end = lines[at]
    if hangs(row.text) > 0 or (row.label and is_open(row.label[-1])):
        return hangs(row.text) + hangs(end.text) == 0
    return (starts_low(end.label) or _is_between(lines, row, at)) and hangs(end.text) == 0


def _is_between(lines: Sequence[Parsed], row: BodyRow, at: int) -> bool:
    """Tell whether the figures of a row stand between two lines of its label, to the right of both."""
    if len(row.lines) < 2 or lines[row.lines[-1]].label or row.tail is None:
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    left = row.tail.chunks[0].tokens[0].left
    beside = max(token.right for token in (*row.label, *lines[at].label)) < left
    return beside and not (below is not None and below.tail is not None and not below.label)


def _end_label(lines: Sequence[Parsed], run: Run, at: int) -> None:
    """Give the label of the last row the words of a line."""
    row = run.rows[-1]
    run.rows[-1] = replace(row, lines=(*row.lines, at), label=row.label + lines[at].label)


def _take_rest(lines: Sequence[Parsed], run: Run, pending: list[int]) -> None:
    """Give the last row the end of its label."""
    while pending and len(run.rows) > 1 and _is_end(lines, run.rows[-1], pending[0]):
        _end_label(lines, run, pending.pop(0))
