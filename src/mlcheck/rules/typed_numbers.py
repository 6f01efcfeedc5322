"""Numbers that are typed in a line whose other figures are computed, and are not what its formulas give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from msgspec import Struct

from mlcheck.language.formula import parse_formula
from mlcheck.language.formula_text import SharedFormula, shown
from mlcheck.model.amount import Amount
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.formula import Area, CellFormula, cells_of
from mlcheck.model.table import Entry, Table
from mlcheck.rules.build import Interval
from mlcheck.tables.formulas import MOST_CELLS, sheet_places
from mlcheck.translation import N_

At = tuple[int, int]
TYPED = N_(
    "{stated} is typed in a line of {count} formulas; the formula of the others, {formula}, gives {expected}."
)
FEWEST = 4  # figures of a line


def number_is_typed_among_formulas(facts: Facts) -> Iterator[Remark]:
    """A number is typed in a line whose other figures are all computed by one formula, which gives another.

    The line has four figures or more, and each formula gives what its cell prints. A typed number that agrees
    with the formula is no matter; nor is one whose formula would name a cell beyond the table. Where another rule
    finds that the number contradicts others, that is told and not this.
    """
    for table in facts.tables:
        lines = [] if table.hidden else list(_lines(table))
        indexes = sheet_places(table.entries) if lines else {}
        sheet = _Sheet(table.entries, indexes, {at: place for place, at in indexes.items()})
        told: set[int] = set()
        for line in lines:
            remark = _of_line(line, sheet)
            if remark is not None and remark.figures[0] not in told:
                told.add(remark.figures[0])
                yield remark


class _Sheet(Struct, frozen=True):
    """The entries of a table; the index of each by its place in the sheet, and its place by its index."""

    entries: Mapping[At, Entry]
    indexes: Mapping[At, At]
    places: Mapping[At, At]

    def number(self, place: At, blank: bool) -> Interval | None:
        """Return what the number at a place may be; None where it is unknown, or no number and no `blank` may be 0."""
        entry = self.entries.get(self.indexes.get(place, (-1, -1)))
        if entry is None or entry.state not in (("number", "nil", "blank") if blank else ("number",)):
            return None
        if entry.quantity is None:
            return Fraction(0), Fraction(0)
        return (
            entry.quantity.value - entry.quantity.half_unit,
            entry.quantity.value + entry.quantity.half_unit,
        )


def _lines(table: Table) -> Iterator[list[tuple[At, Entry]]]:
    """Yield the visible numbers of each row and column in which one is typed, where they cross no total.

    What crosses a total may well have another formula.
    """
    visible = [(at, e) for at, e in table.entries.items() if e.quantity is not None and not e.hidden]
    if all(entry.formula is None for _, entry in visible):
        return
    for axis, across in ((0, table.columns), (1, table.rows)):
        parts = [line.role != "total" for line in across]
        typed = Counter(at[axis] for at, entry in visible if entry.formula is None and parts[at[1 - axis]])
        lines: dict[int, list[tuple[At, Entry]]] = {line: [] for line, count in typed.items() if count == 1}
        for at, entry in visible if lines else ():
            if at[axis] in lines and parts[at[1 - axis]]:
                lines[at[axis]].append((at, entry))
        yield from (line for line in lines.values() if len(line) >= FEWEST)


def _of_line(line: Sequence[tuple[At, Entry]], sheet: _Sheet) -> Remark | None:
    """Return the remark of the one number of a line that is typed, None where there is none or it agrees."""
    placed = [(sheet.places[at], entry) for at, entry in line if at in sheet.places]
    computed = [(place, entry) for place, entry in placed if entry.formula]
    at, typed = next(((place, entry) for place, entry in placed if not entry.formula), (None, None))
    if at is None or typed is None or typed.quantity is None or len(placed) < len(line):
        return None
    number, text = typed.quantity, _text_at(at, computed)
    formula = parse_formula(text) if text else None
    if formula is None or text is None:
        return None
    formulas = (formula, *(entry.formula for _, entry in computed if entry.formula))
    if sum(area.size for one in formulas for area in (*one.terms, *one.base)) > MOST_CELLS:
        return None
    if not all(entry.formula and _gives(entry.formula, entry, sheet) for _, entry in computed):
        return None
    value = _value(formula, typed, sheet)
    if value is None or _meets(value, typed):
        return None
    expected = Amount((value[0] + value[1]) / 2, number.unit, number.decimals, None, number.magnitude)
    return Remark(
        "TOT106", "warning", TYPED,
        {"stated": typed.printed, "formula": shown(text), "count": len(computed), "expected": expected},
        (typed.figure,), expected=expected, explains=(typed.figure,),
    )  # fmt: skip


def _text_at(at: At, computed: Sequence[tuple[At, Entry]]) -> str | None:
    """Return the formula of some cells as it would be at another place, None where they do not share one."""
    (place, first), *others = computed
    assert first.formula is not None
    shared = SharedFormula(first.formula.text, *place)
    if any(entry.formula and shared.at(*where) != entry.formula.text for where, entry in others):
        return None
    return shared.at(*at)


def _gives(formula: CellFormula, entry: Entry, sheet: _Sheet) -> bool:
    value = _value(formula, entry, sheet)
    return value is not None and _meets(value, entry)


def _meets(value: Interval, entry: Entry) -> bool:
    """Tell whether a figure may print a value."""
    number = entry.quantity
    return number is not None and (
        value[0] <= number.value + number.half_unit and number.value - number.half_unit <= value[1]
    )


def _value(formula: CellFormula, entry: Entry, sheet: _Sheet) -> Interval | None:
    """Return what a formula gives from the figures of a table, as printed; None where one is not known."""
    blank = formula.kind != "average"  # a mean is of the cells that hold a number
    terms, base = _numbers(formula.terms, sheet, blank), _numbers(formula.base, sheet, blank)
    if not terms or base is None or any(area.subtotal for area in formula.terms):
        return None
    if formula.kind == "product":
        return _spread(terms, lambda one, other: one * other)
    total = _spread(terms, lambda one, other: one + other)
    if formula.kind == "average":
        return total[0] / len(terms), total[1] / len(terms)
    if formula.kind not in ("share", "variation"):
        return total if formula.kind != "other" else None
    whole = _spread(base, lambda one, other: one + other)
    if whole[0] <= 0 <= whole[1]:
        return None
    per = formula.scale * (100 if formula.scale == 1 and entry.quantity and entry.quantity.unit == "%" else 1)
    less = 1 if formula.kind == "variation" else 0
    ratios = [(one / other - less) * per for one, other in product(total, whole)]
    return min(ratios), max(ratios)


def _numbers(areas: Sequence[Area], sheet: _Sheet, blank: bool) -> list[Interval] | None:
    """Return the numbers of some areas with their signs; None where one is not known."""
    numbers = []
    for place, sign in cells_of(areas):
        number = sheet.number(place, blank)
        if number is None:
            return None
        numbers.append(number if sign > 0 else (-number[1], -number[0]))
    return numbers


def _spread(numbers: Sequence[Interval], joined: Callable[[Fraction, Fraction], Fraction]) -> Interval:
    """Return the least and the greatest that numbers make when they are joined one by one."""
    low, high = numbers[0]
    for number in numbers[1:]:
        ends = [joined(one, other) for one, other in product((low, high), number)]
        low, high = min(ends), max(ends)
    return low, high
