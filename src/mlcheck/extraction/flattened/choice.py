"""Choose among the readings of each row the one that its neighbours dictate, and none where they leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from mlcheck.extraction.flattened.additions import adds_up, unless_labels
from mlcheck.extraction.flattened.fitting import Column, columns_of, misfit, partial
from mlcheck.extraction.flattened.readings import Reading, readings, value_of
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.sums import row_closeness, sums_of
from mlcheck.extraction.flattened.wording import takes_number

MARGIN = 2.0  # powers of ten by which the best reading must suit its columns better than the next
MOST_COMBINATIONS = 4096
Options = list[list[Reading]]


def choose(
    rows: Sequence[Row], columns: int, takings: Sequence[tuple[int, ...]], *, last_is_total: bool,
    sure: bool = True,
) -> list[Reading | None]:  # fmt: skip
    """Return the reading of each row, None where it stays open; a row without figures has an empty one.

    `sure` tells that the number of columns is beyond doubt: a figure more must be the end of a label.

    The rows with one reading say how large the figures of a column are; a reading that suits them by far
    best is taken. Where that leaves several, the sums decide if exactly one combination satisfies them.
    """
    options = [_options(row, columns, taken, sure=sure) for row, taken in zip(rows, takings, strict=True)]
    if last_is_total:
        options = [_adding_up(found, alone=len(rows) == 1) for found in options]
    sums = sums_of(rows)
    totals = {total for total, _ in sums}
    known = columns_of(options, columns, totals)
    gaps = any(not found for found in options)
    options = [_completed(row, found, known) for row, found in zip(rows, options, strict=True)]
    suited = [_suited(found, known, total=i in totals) for i, found in enumerate(options)]
    if gaps:
        suited = [_without_rivals(*each, known) for each in zip(rows, options, suited, strict=True)]
    suited = _by_sums(rows, suited)
    if _is_doubtful(rows, options, suited):
        suited = [s if len(o) == 1 else [] for s, o in zip(suited, options, strict=True)]
    chosen = [found[0] if len(found) == 1 else None for found in suited]
    return unless_labels(rows, columns, chosen, totals)


def _options(row: Row, columns: int, takings: tuple[int, ...], *, sure: bool) -> list[Reading]:
    """Return the readings of a row, its label taking numbers where the cells are too many otherwise."""
    if row.tail is None:
        return [Reading(0, ())]
    found = readings(row.tail, columns, takings)
    over = row.tail.fewest - columns
    rank = row.tail.chunks[0].text.isdigit() and (sure or bool(row.label and takes_number(row.label[-1])))
    if found == [] and row.label and over == 1 and rank:
        found = readings(row.tail, columns, (over,))
    return found or []


def _adding_up(options: list[Reading], *, alone: bool) -> list[Reading]:
    """Return the readings of a row whose last cell is the sum of the others, or all where none adds up.

    With no other row to compare with, the last cell is at least the largest.
    """
    exact = [r for r in options if len(r.cells) > 2 and row_closeness(r.cells) == "exact"]
    if exact or len(options) < 2 or not alone:
        return exact or options
    return [r for r in options if _is_bounded(r)] or options


def _is_bounded(reading: Reading) -> bool:
    """Tell whether no cell of a row is above its last one, the total."""
    values = [value_of(cell) for cell in reading.cells]
    whole = values[-1]
    return whole is not None and all(v is None or v <= whole for v in values)


def _completed(row: Row, options: list[Reading], columns: Sequence[Column | None]) -> list[Reading]:
    """Return the readings of a row, with those of fewer cells where no full one has the units of its columns."""
    if row.tail is None or any(not _strays(r, columns) for r in options):
        return options
    return options + partial(row.tail, columns, by_units=True)


def _without_rivals(
    row: Row, options: list[Reading], suited: list[Reading], columns: Sequence[Column | None]
) -> list[Reading]:
    """Return the one reading of a row, none where it may leave a cell empty, as others do, as well."""
    if len(options) < 2 and (row.tail is None or row.tail.fewest >= len(columns)):
        return suited
    if len(suited) != 1 or row.tail is None:
        return []
    rank = misfit(suited[0].cells, columns, total=False)
    rivals = partial(row.tail, columns, by_units=False)
    if any(r != suited[0] and misfit(r.cells, columns, total=False) < rank + MARGIN for r in rivals):
        return []
    return suited


def _strays(reading: Reading, columns: Sequence[Column | None]) -> bool:
    return any(c is not None and c.is_strange(cell) for cell, c in zip(reading.cells, columns, strict=True))


def _suited(options: list[Reading], columns: Sequence[Column | None], *, total: bool) -> list[Reading]:
    """Return the readings that suit the columns about as well as the best."""
    if len(options) < 2:
        return options
    ranks = [misfit(reading.cells, columns, total=total) for reading in options]
    best = min(ranks)
    return [r for r, rank in zip(options, ranks, strict=True) if rank < best + MARGIN]


def _by_sums(rows: Sequence[Row], suited: Options) -> Options:
    """Return the only combination of readings under which every total adds up, if there is just one."""
    if not 1 < _combinations(suited) <= MOST_COMBINATIONS:
        return suited
    holding = [c for c in product(*suited) if adds_up(rows, c)]
    return [[reading] for reading in holding[0]] if len(holding) == 1 else suited


def may_add_up(
    rows: Sequence[Row], columns: int, takings: Sequence[tuple[int, ...]], *, last_is_total: bool, if_many: bool
) -> bool:  # fmt: skip
    """Tell whether some reading of each row makes every total the sum of its parts; where too many may, as asked."""
    options = [_options(row, columns, taken, sure=True) for row, taken in zip(rows, takings, strict=True)]
    if last_is_total:
        options = [[r for r in found if row_closeness(r.cells) in ("exact", "open")] for found in options]
    count = _combinations(options)
    if count > MOST_COMBINATIONS:
        return if_many
    return count > 0 and any(adds_up(rows, c) for c in product(*options))


def _combinations(options: Options) -> int:
    """Return in how many ways one reading a row may be taken, counted no further than too many."""
    count = 1
    for found in options:
        count *= len(found)
        if not count or count > MOST_COMBINATIONS:
            break
    return count


def _is_doubtful(rows: Sequence[Row], options: Options, suited: Options) -> bool:
    """Tell whether other readings add up where those that suit their columns do not."""
    if not all(len(found) == 1 for found in suited) or not 1 < _combinations(options) <= MOST_COMBINATIONS:
        return False
    if adds_up(rows, [found[0] for found in suited]):
        return False
    return any(adds_up(rows, c) for c in product(*options))
