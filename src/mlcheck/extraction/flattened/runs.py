"""Gather rows of figures that follow one another into the body of a table."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.flattened.figures import Tail
from mlcheck.extraction.flattened.lines import Parsed, heads_years, is_total_row, is_years
from mlcheck.extraction.flattened.rows import RECENT, Row, Run
from mlcheck.extraction.flattened.wording import is_opener
from mlcheck.extraction.flattened.wrapping import (
    LONGEST,
    end_label,
    first_row,
    is_end,
    is_start,
    label_of,
    take_rest,
)  # fmt: skip

FARTHEST = 3  # blank lines between two rows
UNDER_YEARS = 6  # lines from a boxhead of years to the first row
EDGE = 12  # blank lines at the end of a page


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
    run = Run([first_row(lines, start, before)])
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
    take_rest(lines, run, pending)
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
    if total and (pending or at > last.lines[-1] + 1 or not line.label):
        return False
    if at > last.lines[-1] + 1 and run.is_compact() and not run.is_like(line.tail):
        return False
    if not pending:
        if bool(line.label) != bool(last.label) and not _closes(run, line.tail):
            return False
        run.rows.append(Row((at,), line.label, line.tail))
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
    while ends and is_end(lines, run.rows[-1], ends[0]):
        end_label(lines, run, ends.pop(0))
    if not ends:
        if line.label:
            run.rows.append(Row((at,), line.label, line.tail))
        return bool(line.label)
    label = label_of(lines, ends)
    adjacent = ends[-1] == at - 1 and len(ends) == ends[-1] - ends[0] + 1
    if not run.is_like(line.tail):
        return False
    if adjacent and (not line.label or is_start(label, line.label)):
        run.rows.append(Row((*ends, at), label + line.label, line.tail))
        return True
    if not line.label or len(ends) > 1 or is_opener(label[0]) or ends[0] > last.lines[-1] + 2:
        return False
    run.rows += [Row((ends[0],), label, None), Row((at,), line.label, line.tail)]
    return True
