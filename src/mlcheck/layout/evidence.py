"""Whether the rows of a body add up to its total, in one reading of its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Literal

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import whole_number
from mlcheck.language.roles import is_bare_total, is_of_which, is_total
from mlcheck.language.words import fold
from mlcheck.layout.boxhead import Zone
from mlcheck.layout.candidates.rows import BodyRow, Run
from mlcheck.layout.figures import Tail
from mlcheck.layout.lines import Parsed
from mlcheck.layout.readings import Printed, Reading, is_additive, is_cell, readings, unit_of, value_of
from mlcheck.layout.wording import folded
from mlcheck.layout.words_of_lines import LEADER, printed

Closeness = Literal["exact", "near", "far", "open"]
NEAR = Fraction(1, 5)  # of the total: a printing error changes it by less, a wrong grouping by more
WHOLE, SLACK = 100, 1  # per cent, and what rounding may add or take
ASTRAY = 60  # what an error may add or take in one part while another makes 100
MOST_ROWS_OF_A_DISTRIBUTION = 24
FEWEST = 3  # entries
LAST_PAGE = 2_000
MOST_ROWS_WITH_LABEL_NUMBERS = 100  # of a body whose labels are tried with a number more
MOST_CUTS = 1024  # ways of cutting the figures of one column that are tried
Cells = Sequence[tuple[Printed, ...]]


def sums_of(rows: Sequence[BodyRow]) -> list[tuple[int, list[int]]]:
    """Return each total of a body with the rows that it sums, by index.

    A total sums the rows since the total or title before it; a first row sums all that follow. A bare total
    after others ("Total général") sums those.
    """
    found: list[tuple[int, list[int]]] = []
    since: list[int] = []
    opened = False
    for i, row in enumerate(rows):
        if row.tail is None:
            since, opened = [], True
        elif not is_total(row.text):
            since += [] if is_of_which(row.text) else [i]
        elif i == 0:
            parts = parts_of(rows, i)
            return [(i, parts)] if len(parts) > 1 and is_bare_total(row.text) else []
        else:
            parts = since if len(since) > 1 else [t for t, _ in found]
            if len(parts) > 1 and not (opened and is_bare_total(row.text) and i == len(rows) - 1):
                found.append((i, parts))
            since = []
    return found


def parts_of(rows: Sequence[BodyRow], total: int) -> list[int]:
    """Return the rows of a body that are no total and no part of another."""
    return [
        i for i, row in enumerate(rows)
        if i != total and row.tail is not None and not is_total(row.text) and not is_of_which(row.text)
    ]  # fmt: skip


def column_closeness(cells: Sequence[tuple[Printed, ...]], total: tuple[Printed, ...], at: int) -> Closeness:
    """Tell how near the total of one column is to the sum of its parts."""
    column = [row[at] for row in cells if len(row) > at]
    if len(column) < 2 or not all(is_additive(unit_of(cell)) for cell in (*column, total[at])):
        return "open"
    values = [value_of(cell) for cell in column]
    whole = value_of(total[at])
    if whole is None or any(v is None for v in values):
        return "open"
    gap = abs(sum((v for v in values if v is not None), Fraction(0)) - whole)
    if gap == 0:
        return "exact" if whole else "open"
    if any(value is not None and value.denominator > 1 for value in values):
        return "open"  # a mean, which no total sums
    return "near" if gap <= abs(whole) * NEAR else "far"


def is_mixed(cells: Sequence[tuple[Printed, ...]]) -> bool:
    """Tell whether rows of several units each have them in different columns: then these are none."""
    patterns: list[tuple[str, ...]] = []
    for row in cells:
        units = tuple(unit_of(cell) for cell in row)
        if len({unit for unit in units if unit}) > 1:
            patterns.append(units)
    for at in range(max(map(len, patterns), default=0)):
        if len({units[at] for units in patterns if len(units) > at and units[at]}) > 1:
            return True
    return False


def row_closeness(cells: tuple[Printed, ...]) -> Closeness:
    """Tell how near the last cell of a row is to the sum of the others."""
    return column_closeness([(cell,) for cell in cells[:-1]], cells[-1:], 0)


def closeness(
    rows: Sequence[BodyRow], cells: Sequence[tuple[Printed, ...]], *, last_is_total: bool
) -> Counter[Closeness]:
    """Count how near the totals of a body are to their sums, in its columns and where asked in its rows."""
    found: Counter[Closeness] = Counter()
    for total, parts in sums_of(rows):
        whole = cells[total]
        found.update(column_closeness([cells[i] for i in parts], whole, at) for at in range(len(whole)))
    if last_is_total:
        found.update(row_closeness(row) for row in cells if len(row) > 2)
    return found


# Part lists that follow one another without a word between them: shares that make 100 several times.


def parted(rows: Sequence[BodyRow], chosen: Sequence[Reading | None]) -> list[int]:
    """Return where the rows of a list of percentages start anew: the first row, and each after a full 100.

    Every part has two rows or more; one at least makes 100 and the others nearly, in one way only.
    """
    shares: list[Fraction] = []
    for row, reading in zip(rows, chosen, strict=True):
        if row.tail is None or reading is None or len(reading.cells) != 1 or unit_of(reading.cells[0]) != "%":
            return [0]
        shares.append(value_of(reading.cells[0]) or Fraction(0))
    if len(shares) > MOST_ROWS_OF_A_DISTRIBUTION:
        return [0]
    ways = sorted(((_astray(shares, way), way) for way in _partitions(shares, 0)), key=lambda found: found[0])
    if not ways or (len(ways) > 1 and ways[0][0] == ways[1][0]):
        return [0]
    parts = len(ways[0][1])
    return ways[0][1] if ways[0][0][0] < parts else [0]


def _partitions(shares: Sequence[Fraction], start: int) -> Iterator[list[int]]:
    """Yield the starts of consecutive parts that each make about 100."""
    total = Fraction(0)
    for at in range(start, len(shares)):
        total += shares[at]
        if total > WHOLE + ASTRAY:
            return
        if at == start or total < WHOLE - ASTRAY:
            continue
        if at + 1 == len(shares):
            yield [start]
        else:
            for rest in _partitions(shares, at + 1):
                yield [start, *rest]


def _astray(shares: Sequence[Fraction], openings: Sequence[int]) -> tuple[int, Fraction]:
    """Return how many parts do not make 100, and by how much all parts are off."""
    bounds = [*openings, len(shares)]
    gaps = [abs(sum(shares[a:b], Fraction(-WHOLE))) for a, b in pairwise(bounds)]
    return sum(gap > SLACK for gap in gaps), sum(gaps, Fraction(0))


# What looks like a table and is none: a list of pages, the scale of a chart.


def is_contents(lines: Sequence[Parsed], run: Run, zone: Zone) -> bool:
    """Tell whether rows list headings with their pages: rising numbers after dots, or under "Sommaire"."""
    tails = [row.tail for row in run.rows if row.tail is not None]
    pages = [
        page for tail in tails if tail.most == 1 and (page := whole_number(tail.chunks[0].text)) is not None
    ]
    if len(tails) < FEWEST or len(pages) < len(tails):
        return False
    if pages[-1] > LAST_PAGE or not all(a <= b for a, b in pairwise(pages)):
        return False
    titled = any(fold(printed(text)) in folded(lexicon().lines.pages) for text in zone.texts)
    dotted = sum(bool(LEADER.search(lines[row.lines[-1]].strip.text)) for row in run.rows)
    return titled or dotted * 2 > len(run.rows)


def is_scale(rows: Sequence[BodyRow]) -> bool:
    """Tell whether rows without labels print the marks of an axis: each of its figures as far from the next."""
    found = [row.tail for row in rows if row.tail is not None]
    return not any(row.label for row in rows) and all(_is_even(tail) for tail in found)


def _is_even(tail: Tail) -> bool:
    marks = [chunk.text for chunk in tail.chunks]
    if len(marks) < FEWEST or not all(is_digits(mark) for mark in marks):
        return False
    steps = {int(b) - int(a) for a, b in pairwise(marks)}
    return len(steps) == 1 and steps != {0}


# What sums say of the readings chosen for rows: that they hold, or that a number ends a label.


def adds_up(rows: Sequence[BodyRow], combination: Sequence[Reading]) -> bool:
    """Tell whether every column that may be summed adds up, and one at least does."""
    found = closeness(rows, [reading.cells for reading in combination], last_is_total=False)
    return bool(found["exact"]) and not found["near"] and not found["far"]


def is_borne_out(rows: Sequence[BodyRow], chosen: Sequence[Reading | None]) -> bool:
    """Tell whether every total of a body, two at least, is the sum of its parts."""
    cells = [reading.cells for reading in chosen if reading is not None]
    if len(cells) < len(chosen):
        return False
    found = closeness(rows, cells, last_is_total=False)
    return found["exact"] > 1 and not found["near"] and not found["far"]


def unless_labels(
    rows: Sequence[BodyRow], columns: int, chosen: list[Reading | None], totals: set[int]
) -> list[Reading | None]:
    """Leave a row open whose label, did it end with a number, would make totals add up that do not: "Infra 3 128"."""
    whole = [reading for reading in chosen if reading is not None]
    if (
        len(rows) > MOST_ROWS_WITH_LABEL_NUMBERS
        or not totals
        or len(whole) < len(chosen)
        or adds_up(rows, whole)
    ):
        return chosen
    for at, (row, reading) in enumerate(zip(rows, whole, strict=True)):
        if at in totals or row.tail is None or reading.taken or not _may_end_label(row, row.tail):
            continue
        others = readings(row.tail, columns, (1,)) or []
        if any(adds_up(rows, [*whole[:at], other, *whole[at + 1 :]]) for other in others):
            chosen[at] = None
    return chosen


def _may_end_label(row: BodyRow, tail: Tail) -> bool:
    first = tail.chunks[0]
    return bool(row.label) and len(first.text) < 3 and is_digits(first.text) and not first.tokens[0].wide


# Whether a body whose totals add up would do so in one column more, or one less, as well.


def may_be_cut(rows: Sequence[BodyRow], cells: Cells) -> bool:
    """Tell whether totals add up as well with one column cut in two, or two made one, row for row.

    They do where no part carries into the thousands: 1 234 + 2 345 = 3 579.
    """
    filled = [row for row in cells if row]
    width = min(map(len, filled))
    merged = any(
        all(row[at] and row[at + 1] and is_cell(row[at] + row[at + 1]) for row in filled)
        for at in range(width - 1)
    )
    return merged or any(_may_cut(rows, cells, at) for at in range(width))


def _may_cut(rows: Sequence[BodyRow], cells: Cells, at: int) -> bool:
    cuts = [_cuts(row[at]) if row else [((), ())] for row in cells]
    if not all(cuts):
        return False
    return prod(map(len, cuts)) > MOST_CUTS or any(_adds_up(rows, halves) for halves in product(*cuts))


def _cuts(cell: Printed) -> list[tuple[Printed, Printed]]:
    """Return the ways in which a figure may be two."""
    found = [(cell[:at], cell[at:]) for at in range(1, len(cell))]
    return [
        (a, b) for a, b in found if is_cell(a) and is_cell(b) and (b[0].text == "0" or b[0].text[0] != "0")
    ]


def _adds_up(rows: Sequence[BodyRow], halves: Sequence[tuple[Printed, ...]]) -> bool:
    """Tell whether every total of two columns adds up, where it may be summed."""
    return all(
        column_closeness([halves[i] for i in parts], halves[total], at) in ("exact", "open")
        for total, parts in sums_of(rows)
        for at in (0, 1)
    )
