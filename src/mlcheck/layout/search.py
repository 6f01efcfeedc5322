"""Choose among the readings of each row the one that its neighbours dictate, and none where they leave it open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import log10

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.characters import is_digits
from mlcheck.language.numeral import whole_number
from mlcheck.language.roles import is_total
from mlcheck.layout.boxhead import NEVER, Heads, Zone, best_heads, counts_in_words, start_strengths
from mlcheck.layout.boxhead_by_place import gathered, placed_heads, stub_span
from mlcheck.layout.candidates.rows import BodyRow
from mlcheck.layout.columns_by_place import Placing, Span, has_gaps, place, widest
from mlcheck.layout.evidence import (
    Closeness,
    adds_up,
    closeness,
    is_borne_out,
    is_mixed,
    may_be_cut,
    row_closeness,
    sums_of,
    unless_labels,
)
from mlcheck.layout.figures import Tail
from mlcheck.layout.readings import (
    Printed,
    Reading,
    is_additive,
    label_digits_of,
    readings,
    unit_of,
    value_of,
)
from mlcheck.layout.wording import is_stub_head, takes_number
from mlcheck.layout.words_of_lines import printed

MARGIN = 2.0  # powers of ten by which the best reading must suit its columns better than the next
MOST_COMBINATIONS = 4096
Options = list[list[Reading]]
MOST_TRIED = 6  # numbers of columns that are weighed by their sums
SURE_COLUMNS, SURE_ROWS = 3, 5  # totals and rows, from which on sums hold by no chance
MOST_ROWS = 2_000  # of a body that is weighed so


class Columns(Struct, frozen=True):
    """How many columns a body has, what labels them, and how many words of each row may end its label.

    `irregular` tells that rows of one reading differ in their number and that no boxhead says which is right.
    """

    count: int
    heads: Heads | None
    label_digits: tuple[tuple[int, ...], ...]
    irregular: bool = False

    @property
    def last_is_total(self) -> bool:
        """Tell whether the last column totals the others."""
        return self.heads is not None and is_total(printed(self.heads.labels[-1]))


STRANGE = 4.0  # what a figure of another unit weighs, in powers of ten
EXCESS = 2.0  # what a part above its total weighs, besides the powers of ten between them
WIDEST = 8  # columns of a body whose rows may leave cells empty
KnownColumns = Sequence["Column | None"]


class Column(Struct, frozen=True):
    """What the rows of one reading say of a column: its sizes in powers of ten, its total, its unit.

    `strict` tells that two thirds of its figures, two at least, have this unit.
    """

    low: float
    high: float
    total: float | None
    unit: str
    strict: bool
    parts: int

    def is_strange(self, cell: Printed) -> bool:
        """Tell whether a figure prints another unit than those of its column."""
        unit = unit_of(cell)
        return self.strict and bool(unit) and unit != self.unit


MOST_COLUMNS = 24
LIST_ROWS = 4  # rows of a list without a boxhead
MOST_EMPTY = 4  # columns that no row fills
FEW = 4  # one row in so many may print more figures than the columns are


def choose(
    rows: Sequence[BodyRow], columns: int, label_digits: Sequence[tuple[int, ...]], *, last_is_total: bool,
    sure: bool = True,
) -> list[Reading | None]:  # fmt: skip
    """Return the reading of each row, None where it stays open; a row without figures has an empty one.

    `sure` tells that the number of columns is beyond doubt: a figure more must be the end of a label.

    The rows with one reading say how large the figures of a column are; a reading that suits them by far
    best is taken. Where that leaves several, the sums decide if exactly one combination satisfies them.
    """
    options = [
        _options(row, columns, taken, sure=sure) for row, taken in zip(rows, label_digits, strict=True)
    ]
    if last_is_total:
        options = [_adding_up(found, alone=len(rows) == 1) for found in options]
    sums = sums_of(rows)
    totals = {total for total, _ in sums}
    known = _columns_of(options, columns, totals)
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


def _options(row: BodyRow, columns: int, label_digits: tuple[int, ...], *, sure: bool) -> list[Reading]:
    """Return the readings of a row, its label taking numbers where the cells are too many otherwise."""
    if row.tail is None:
        return [Reading(0, ())]
    found = readings(row.tail, columns, label_digits)
    over = row.tail.fewest - columns
    rank = is_digits(row.tail.chunks[0].text) and (sure or bool(row.label and takes_number(row.label[-1])))
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


def _completed(row: BodyRow, options: list[Reading], columns: Sequence[Column | None]) -> list[Reading]:
    """Return the readings of a row, with those of fewer cells where no full one has the units of its columns."""
    if row.tail is None or any(not _strays(r, columns) for r in options):
        return options
    return options + _partial(row.tail, columns, by_units=True)


def _without_rivals(
    row: BodyRow, options: list[Reading], suited: list[Reading], columns: Sequence[Column | None]
) -> list[Reading]:
    """Return the one reading of a row, none where it may leave a cell empty, as others do, as well."""
    if len(options) < 2 and (row.tail is None or row.tail.fewest >= len(columns)):
        return suited
    if len(suited) != 1 or row.tail is None:
        return []
    rank = misfit(suited[0].cells, columns, total=False)
    rivals = _partial(row.tail, columns, by_units=False)
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


def _by_sums(rows: Sequence[BodyRow], suited: Options) -> Options:
    """Return the only combination of readings under which every total adds up, if there is just one."""
    if not 1 < _combinations(suited) <= MOST_COMBINATIONS:
        return suited
    holding = [c for c in product(*suited) if adds_up(rows, c)]
    return [[reading] for reading in holding[0]] if len(holding) == 1 else suited


def may_add_up(
    rows: Sequence[BodyRow], columns: int, label_digits: Sequence[tuple[int, ...]], *, last_is_total: bool, if_many: bool
) -> bool:  # fmt: skip
    """Tell whether some reading of each row makes every total the sum of its parts; where too many may, as asked."""
    options = [
        _options(row, columns, taken, sure=True) for row, taken in zip(rows, label_digits, strict=True)
    ]
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


def _is_doubtful(rows: Sequence[BodyRow], options: Options, suited: Options) -> bool:
    """Tell whether other readings add up where those that suit their columns do not."""
    if not all(len(found) == 1 for found in suited) or not 1 < _combinations(options) <= MOST_COMBINATIONS:
        return False
    if adds_up(rows, [found[0] for found in suited]):
        return False
    return any(adds_up(rows, c) for c in product(*options))


# Which number of columns makes the totals of a body the sums of their parts.


def _fitting(rows: Sequence[BodyRow], candidates: Sequence[Columns], worded: Sequence[int]) -> Columns | None:
    """Return the columns that the words over a body tell of, or that make its totals the sums of their parts.

    Where sums bear out others than the words, or leave several, it stays open. Sums alone decide only where
    they hold under one number of columns, and no reading of an undecided row can make them hold under another.
    """
    weighable = len(candidates) <= MOST_TRIED and len(rows) <= MOST_ROWS
    levels = [_levels(rows, c) if weighable else Counter[Closeness]() for c in candidates]
    pairs = list(zip(candidates, levels, strict=True))
    exact = [c for c, found in pairs if _is_exact(found)]
    mostly = [] if exact else [c for c, found in pairs if _is_mostly_exact(found)]
    exact = exact or mostly
    if len(worded) == 1 and all(c.count == worded[0] for c in exact[:1]) and len(exact) < 2:
        return next(c for c in candidates if c.count == worded[0])
    if len(exact) > 1 and worded:
        exact = [c for c in exact if c.count in worded]
    if len(exact) != 1 or (worded and exact[0].count not in worded):
        return None
    likely = [(c, found) for c, found in pairs if c is not exact[0] and (c.count in worded or not worded)]
    held = next(found["exact"] for c, found in pairs if c is exact[0])
    rivals = [c for c, found in likely if not found]
    if (mostly and rivals) or any(found["exact"] >= held for _, found in likely):
        return None
    few = held < SURE_COLUMNS or len(rows) < SURE_ROWS
    chance = few or (bool(rivals) and may_be_cut(rows, _cells(rows, exact[0])))
    rivalled = any(
        may_add_up(rows, c.count, c.label_digits, last_is_total=c.last_is_total, if_many=chance)
        for c in rivals
    )
    return None if rivalled else exact[0]


def _cells(rows: Sequence[BodyRow], columns: Columns) -> list[tuple[Printed, ...]]:
    """Return the cells of the rows that have one reading in these columns."""
    chosen = choose(rows, columns.count, columns.label_digits, last_is_total=columns.last_is_total)
    return [reading.cells for reading in chosen if reading is not None]


def _is_exact(found: Counter[Closeness]) -> bool:
    return bool(found["exact"]) and not found["near"] and not found["far"]


def _is_mostly_exact(found: Counter[Closeness]) -> bool:
    return found["exact"] > found["near"] + found["far"]


def _levels(rows: Sequence[BodyRow], columns: Columns) -> Counter[Closeness]:
    """Count how near the totals are to their sums where every row has one reading in these columns."""
    cells = _cells(rows, columns)
    if len(cells) < len(rows):
        return Counter()
    if is_mixed(cells):
        return Counter[Closeness](["far"])
    return closeness(rows, cells, last_is_total=columns.last_is_total)


# How well the figures of a row suit the columns that its neighbours make.


def _columns_of(options: Sequence[list[Reading]], count: int, totals: set[int]) -> list[Column | None]:
    """Return what the rows of one reading say of each column; None where there are none."""
    sure = [(i, found[0].cells) for i, found in enumerate(options) if len(found) == 1 and found[0].cells]
    columns: list[Column | None] = []
    for at in range(count):
        parts = [cells[at] for i, cells in sure if i not in totals]
        whole = [size for i, cells in sure if i in totals and (size := _size_of(cells[at])) is not None]
        sizes = [size for cell in parts if (size := _size_of(cell)) is not None]
        units = Counter(unit for cell in parts if (unit := unit_of(cell)))
        total = max(whole, default=None)
        if sizes:
            unit, borne = units.most_common(1)[0]
            strict = borne > 1 and borne * 3 >= units.total() * 2
            columns.append(Column(min(sizes), max(sizes), total, unit, strict, len(sizes)))
        else:
            columns.append(Column(0.0, total, total, "", False, 0) if total is not None else None)
    return columns


def _size_of(cell: Printed) -> float | None:
    """Return the power of ten of a figure, None where there is none: a nil says nothing of its column's size."""
    value = value_of(cell) if unit_of(cell) else None
    return log10(abs(value) + 1) if value else None


def misfit(cells: Sequence[Printed], columns: KnownColumns, *, total: bool) -> float:
    """Return by how many powers of ten the figures of a row are outside their columns."""
    return sum(_misfit(cell, c, total) for cell, c in zip(cells, columns, strict=True) if c is not None)


def _misfit(cell: Printed, column: Column, total: bool) -> float:
    size = _size_of(cell)
    if size is None:
        return 0.0
    found = STRANGE if column.is_strange(cell) else 0.0
    if total:
        if not is_additive(column.unit) or not column.parts:
            return found
        if size < column.high:
            return found + EXCESS + column.high - size
        return found + max(0.0, size - column.high - log10(2 * column.parts))
    found += max(column.low - size, size - column.high, 0.0)
    if column.total is not None and is_additive(column.unit) and size > column.total:
        found += EXCESS + size - column.total
    return found


def _partial(tail: Tail, columns: KnownColumns, *, by_units: bool) -> list[Reading]:
    """Return the readings of a row that leaves cells empty: all, or those where units say which are empty."""
    found: list[Reading] = []
    for count in range(max(tail.fewest, 1), min(tail.most, len(columns) - 1) + 1):
        for reading in readings(tail, count) or []:
            places = list(_possible_columns(reading.cells, columns))
            if len(places) == 1 or (places and not by_units):
                placed = dict(zip(places[0], reading.cells, strict=True))
                found.append(Reading(0, tuple(placed.get(at, ()) for at in range(len(columns)))))
    return found


def _possible_columns(cells: Sequence[Printed], columns: KnownColumns) -> Iterator[tuple[int, ...]]:
    """Yield the columns, in order, that the cells of a row may stand in by their units."""
    if len(columns) > WIDEST:
        return
    for places in combinations(range(len(columns)), len(cells)):
        pairs = [(cell, columns[at]) for cell, at in zip(cells, places, strict=True)]
        if not any(c is not None and c.is_strange(cell) for cell, c in pairs):
            yield places


# Read the rows of a body: by place where gaps part its cells, else by what rows and boxhead dictate.


def arrange(rows: Sequence[BodyRow], zone: Zone) -> tuple[Columns | None, list[Reading | None]]:
    """Return the columns of a body and the reading of each row, None where it stays open."""
    if not has_gaps(rows):
        return _chosen(rows, decide(rows, zone))
    placing = place(rows)
    straight, over = _straightened(rows, zone, placing.spans if placing is not None else widest(rows))
    tight = any(map(_is_loose, rows))  # a single space may part two columns
    if placing is not None and not (tight and over > len(placing.spans)):
        return _placed_columns(rows, zone, straight, placing), list(placing.readings)
    columns = decide(rows, straight)
    if columns is not None and columns.heads is not None:
        columns = replace(columns, heads=replace(columns.heads, lines=straight.height))
    return _chosen(rows, columns)


def _straightened(rows: Sequence[BodyRow], zone: Zone, spans: Sequence[Span]) -> tuple[Zone, int]:
    """Return the words over a body one label after another, and how many labels stand over its figures."""
    stub = stub_span([row.label for row in rows])
    clusters, taken, _ = gathered(zone, spans, stub)
    words = tuple(token for cluster in clusters for token in cluster.tokens)
    over_stub = stub is not None and any((c.left + c.right) / 2 < stub[1] for c in clusters)
    line = Zone((words,), (False,), zone.indexes[-1:], taken) if words else Zone((), (), ())
    return line, len(clusters) - over_stub


def _chosen(rows: Sequence[BodyRow], columns: Columns | None) -> tuple[Columns | None, list[Reading | None]]:
    if columns is None:
        return None, []
    chosen = choose(
        rows, columns.count, columns.label_digits, last_is_total=columns.last_is_total, sure=not columns.irregular
    )  # fmt: skip
    if columns.irregular:
        ranked = choose(rows, columns.count, columns.label_digits, last_is_total=columns.last_is_total)
        if is_borne_out(rows, ranked):
            return columns, ranked
        chosen = [None if _is_loose(row) else reading for row, reading in zip(rows, chosen, strict=True)]
    return columns, chosen


def _is_loose(row: BodyRow) -> bool:
    """Tell whether a row may have several numbers of cells."""
    return row.tail is not None and row.tail.fewest < row.tail.most


# Decide how many columns of figures a body has, from its rows first, then from the words over it.


def decide(rows: Sequence[BodyRow], zone: Zone) -> Columns | None:
    """Return the columns of a body, or None where its rows and its boxhead leave their number open.

    Rows that can be read in one way only say how many there are; then the words over them, then the only
    number under which the totals are the sums of their parts.
    """
    label_digits = label_digits_of(rows)
    spans = [_span(row, taken) for row, taken in zip(rows, label_digits, strict=True) if row.tail is not None]
    labelled = any(row.label for row in rows) or all(taken == (1,) for taken in label_digits)

    def under(counts: Sequence[int]) -> Heads | None:
        heads = best_heads(zone.texts, counts, zone.gaps, labelled=labelled)
        return heads if heads is not None and _is_all(heads, zone, labelled) else None

    votes = Counter(low for low, high in spans if low == high)
    words = counts_in_words(zone, labelled=labelled)
    if votes:
        count, sure = _dictated(votes, spans, words)
        return Columns(count, under([count]), label_digits, irregular=not sure)
    common = _common(spans)
    worded = [n for n in common if n in words]
    if len(common) > 1:
        weighed = _fitting(rows, [Columns(n, under([n]), label_digits) for n in common], worded)
        if weighed is not None:
            return weighed
        common = [1] if common[:1] == [1] and _is_list(rows) and labelled and not _may_head(zone) else []
    return Columns(common[0], under(common), label_digits) if len(common) == 1 else None


def _is_all(heads: Heads, zone: Zone, labelled: bool) -> bool:
    """Tell whether the lines over a boxhead are titles, and hold no further labels of it."""
    if is_stub_head(heads.stub):
        return True
    above = zone.texts[: len(zone.texts) - heads.lines]
    stub = labelled and bool(above) and not zone.gaps[len(above) - 1] and len(above[-1]) == 1
    return not any(any(start_strengths(text)[1:]) for text in above) and not (
        stub and is_stub_head(above[-1])
    )


def _placed_columns(rows: Sequence[BodyRow], zone: Zone, straight: Zone, placing: Placing) -> Columns:
    """Return the columns of a body whose cells are parted by place, with the labels that stand over them.

    `straight` has the words over it one label after another, should these not stand over as many columns.
    """
    labels = [row.label for row in rows]
    count = len(placing.spans)
    heads = placed_heads(zone, placing.spans, stub_span(labels))
    if heads is None or (count > 1 and not all(heads.labels)):
        split = best_heads(straight.texts, [count], straight.gaps, labelled=any(labels))
        heads = replace(split, lines=straight.height) if split is not None else heads
    return Columns(count, heads, tuple((0,) for _ in rows))


def _span(row: BodyRow, label_digits: tuple[int, ...]) -> tuple[int, int]:
    """Return the fewest and the most cells that a row may have."""
    assert row.tail is not None
    tails = [row.tail.after(taken) for taken in label_digits]
    return min(t.fewest for t in tails), max(t.most for t in tails)


def _dictated(
    votes: Counter[int], spans: Sequence[tuple[int, int]], words: frozenset[int]
) -> tuple[int, bool]:
    """Return the number of columns that the rows of one reading bear out, and whether nothing speaks against it.

    Where these differ, some leave cells empty, or print a number in their label: the words over them say which,
    else the largest number that a quarter of the rows bear out, where few rows have to print more.
    """
    first = next(iter(votes))
    if len(votes) == 1 and all(low <= first <= high for low, high in spans):
        return first, True
    worded = [n for n in words if n in votes or max(votes) < n <= max(votes) + MOST_EMPTY]
    if len(worded) == 1:
        return worded[0], True
    likely = [n for n in votes if sum(low > n for low, _ in spans) * FEW <= len(spans)] or list(votes)
    strong = [n for n in likely if votes[n] > 1 and votes[n] * FEW >= len(spans)]
    return (max(strong) if strong else max(likely, key=lambda n: (votes[n], n))), False


def _common(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers of columns that every row may have."""
    low, high = max(low for low, _ in spans), min(high for _, high in spans)
    return list(range(low, min(high, MOST_COLUMNS) + 1))


def _is_list(rows: Sequence[BodyRow]) -> bool:
    """Tell whether rows are a label and one figure, of thousands at most: no reader could tell two columns apart."""
    tails = [row.tail for row in rows if row.tail is not None]
    whole = all(whole_number(chunk.text) is not None for tail in tails for chunk in tail.chunks)
    return len(tails) >= LIST_ROWS and whole and all(tail.most <= 2 for tail in tails)


def _may_head(zone: Zone) -> bool:
    """Tell whether the words over a body may be a boxhead that could not be split, and no mere title."""
    if not zone.texts:
        return False
    strength = start_strengths(zone.texts[-1])
    return len(zone.texts) > 1 or strength[0] == NEVER or any(strength[1:])
