"""Turn a run of rows into tables, where rows and boxhead bear out that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.layout.boxhead import Zone, with_titles, zone_above
from mlcheck.layout.candidates.rows import BodyRow, Run
from mlcheck.layout.candidates.side_by_side import Fold
from mlcheck.layout.columns_by_place import has_gaps, in_order
from mlcheck.layout.evidence import is_contents, is_scale, parted
from mlcheck.layout.grid import Drawing
from mlcheck.layout.lines import Parsed
from mlcheck.layout.readings import Reading
from mlcheck.layout.search import Columns, arrange, choose, decide
from mlcheck.layout.wording import takes_number
from mlcheck.layout.words_of_lines import printed
from mlcheck.model.document import Grid, NotUnderstood
from mlcheck.translation import N_

OPEN_TABLE = N_(
    "the figures from “{first}” to “{last}” may make several numbers of columns, and nothing decides"
)


class Found(Struct, frozen=True):
    """Tables made of some lines, each with the lines it takes, and what of them stays open.

    `columns` are those of the last one, `head` the lines of its boxhead, `last` its last line.
    """

    tables: tuple[tuple[frozenset[int], Grid], ...]
    unclear: tuple[NotUnderstood, ...] = ()
    left: frozenset[int] = frozenset()
    columns: Columns | None = None
    head: tuple[int, ...] = ()
    last: int = -1


def read_run(lines: Sequence[Parsed], run: Run, above: Found | None) -> Found | None:
    """Return the tables of a run of rows, None where it is none; `above` is the one above.

    A group that goes on right under another one, after its total, has the boxhead of that.
    """
    zone = zone_above(lines, run.first, above.last if above is not None else -1)
    zone, run = with_titles(lines, zone, run)
    if len(run.rows) == 1 and not zone.texts:
        return None
    columns, chosen = arrange(run.rows, zone)
    if not _is_table(run.rows, columns) or is_contents(lines, run, zone) or is_scale(run.rows):
        return None
    if columns is None:
        return open_table(lines, sorted(i for row in run.rows for i in row.lines))
    head = zone.indexes[len(zone.indexes) - columns.heads.lines :] if columns.heads is not None else ()
    shared: frozenset[int] = frozenset()
    if columns.heads is None and above is not None and _goes_on(lines, above, run, columns):
        columns, head = above.columns or columns, above.head
        shared = frozenset(head)
    tables: list[tuple[frozenset[int], Grid]] = []
    unclear: list[NotUnderstood] = []
    for first, last in _parts(run.rows, columns, chosen):
        taken, drawing = _draw(lines, run.rows[first:last], chosen[first:last], columns, head)
        tables.append((taken - shared, drawing.sketch.grid()))
        unclear += drawing.unclear
    return Found(tuple(tables), tuple(unclear), columns=columns, head=tuple(head), last=run.last)


def _goes_on(lines: Sequence[Parsed], above: Found, run: Run, columns: Columns) -> bool:
    """Tell whether rows stand right under a table of as many columns, with nothing but the title of their group between."""
    between = range(above.last + 1, run.first)
    if above.columns is None or above.columns.heads is None or above.columns.count != columns.count:
        return False
    return len(between) <= 1 and all(lines[i].label and lines[i].tail is None for i in between)


def _is_ranks(rows: Sequence[BodyRow]) -> bool:
    """Tell whether the figures of rows are but the numbers of their labels ("Niveau 3", "Niveau 4")."""
    tails = [(row, row.tail) for row in rows if row.tail is not None]
    return all(t.most == 1 and row.label and takes_number(row.label[-1]) for row, t in tails)


def _is_table(rows: Sequence[BodyRow], columns: Columns | None) -> bool:
    """Tell whether rows make a table: two with a label, or one row under a label for each of its figures."""
    filled = [row for row in rows if row.tail is not None]
    labelled = any(row.label for row in filled)
    if _is_ranks(filled):
        return False
    if (
        columns is not None
        and columns.heads is not None
        and (columns.count > 1 or (labelled and len(filled) > 1))
    ):
        return labelled or all(columns.heads.labels)
    named = columns is not None and all(taken == (1,) for taken in columns.label_digits)
    return sum(bool(row.label) or named for row in filled) > 1


def _parts(
    rows: Sequence[BodyRow], columns: Columns, chosen: Sequence[Reading | None]
) -> list[tuple[int, int]]:
    """Return the first row and the one past the last of each table that a run without a boxhead makes."""
    if columns.heads is not None:
        return [(0, len(rows))]
    titles = [i for i, row in enumerate(rows) if row.tail is None]
    if titles:
        bounds = [-1, *titles, len(rows)]
        spans = [(a + 1, b) for a, b in pairwise(bounds)]
        return spans if all(b - a > 1 for a, b in spans) else [(0, len(rows))]
    firsts = parted(rows, chosen)
    return list(zip(firsts, [*firsts[1:], len(rows)], strict=True))


def _draw(
    lines: Sequence[Parsed],
    rows: Sequence[BodyRow],
    chosen: Sequence[Reading | None],
    columns: Columns,
    head: Sequence[int],
) -> tuple[frozenset[int], Drawing]:
    """Draw one table under the lines of its boxhead; return the lines it takes and the drawing."""
    stub = any(row.label for row in rows) or any(taken == (1,) for taken in columns.label_digits)
    drawing = Drawing(lines, columns.count, stub=stub)
    taken = {i for row in rows for i in row.lines}
    top = 0
    if columns.heads is not None:
        top = drawing.heads(columns.heads, head)
        taken |= set(head)
    for at, (row, reading) in enumerate(zip(rows, chosen, strict=True), start=top):
        drawing.row((at, 0), row, reading)
    return frozenset(taken), drawing


def open_table(lines: Sequence[Parsed], indexes: Sequence[int]) -> Found:
    """Return lines whose columns cannot be known: they are listed, not guessed."""
    first, last = lines[indexes[0]].strip, lines[indexes[-1]].strip
    values: dict[str, str | int] = {"first": printed(first.tokens), "last": printed(last.tokens)}
    return Found((), (NotUnderstood(first.locator, OPEN_TABLE, values),), frozenset(indexes))


def read_fold(lines: Sequence[Parsed], fold: Fold) -> Found | None:
    """Return the table of lines that print label and figures several times side by side."""
    rows = [piece for row in fold.rows for piece in row]
    chosen: Sequence[Reading | None] | None = in_order(rows) if has_gaps(rows) else None
    if chosen is None:
        columns = decide(rows, Zone((), (), ()))
        if columns is None:
            return None
        chosen = choose(rows, columns.count, columns.label_digits, last_is_total=False)
    count = max((len(reading.cells) for reading in chosen if reading is not None), default=0)
    if not count:
        return None
    drawing, left = Drawing(lines, count, stub=True), iter(chosen)
    for at, row in enumerate(fold.rows):
        for piece, part in enumerate(row):
            drawing.row((at, piece * (count + 1)), part, next(left))
    return Found(((frozenset(fold.lines), drawing.sketch.grid()),), tuple(drawing.unclear))
