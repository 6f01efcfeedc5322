"""Formulas that leave out a line of their table, and numbers typed where formulas stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from msgspec import Struct

from mlcheck.language.communes import is_commune
from mlcheck.language.formula_text import shown
from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_bare_total
from mlcheck.language.words import fold
from mlcheck.model.amount import Amount
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Axis, Entry, Line, Table
from mlcheck.rules.build import interval_of, quantities_of
from mlcheck.tables.formulas import StatedSum, stated_sums
from mlcheck.translation import N_

ONE = N_("The formula {formula} leaves out the line {line}, {figure}.")
SEVERAL = N_("The formula {formula} leaves out lines that its neighbours add up: {lines}.")
REPEATED = N_("{count} formulas, of which {formula}, leave out the line {line}, here {figure}.")
YEARS = range(1900, 2101)
Quantities = Mapping[int, Quantity | None]


def formula_leaves_out_a_line(facts: Facts) -> Iterator[Remark]:
    """The formula of a total leaves out a line of its table.

    Told where the formulas of the same total in the other columns all add that line up, or where it stands alone
    between the lines that are added up and a plain "Total". What is hidden, blank, a subtotal, a "dont", of another
    unit, already in another total or left out by its words ("hors CEJ") is no such line. Nothing is told where the
    formulas of a total differ among themselves, or where what is printed is not what the formula gives.
    """
    quantities = quantities_of(facts)
    for table in facts.tables:
        if table.hidden:
            continue
        stated = stated_sums(table.rows, table.columns, table.entries)
        counted = {(s.axis, s.crossing, source) for s in stated for source, _ in s.sources}
        totals: dict[tuple[Axis, int], list[StatedSum]] = {}
        for one in stated:
            total = _Total(table, one)
            if not total.entry.hidden and all(sign == 1 for _, sign in one.sources):
                totals.setdefault((one.axis, one.target), []).append(one)
        for sums in totals.values():
            yield from _left_out(table, sums, counted, quantities)


class _Total(Struct, frozen=True):
    """The formula of one total, in its table."""

    table: Table
    sum: StatedSum

    @property
    def lines(self) -> Sequence[Line]:
        """The lines among which the total and its sources are."""
        return self.table.rows if self.sum.axis == "row" else self.table.columns

    @property
    def entry(self) -> Entry:
        """The figure of the total."""
        return self.at(self.sum.target)

    @property
    def sources(self) -> list[Entry]:
        """The figures that it adds up."""
        return [self.at(source) for source, _ in self.sum.sources]

    def at(self, line: int) -> Entry:
        """Return the figure of a line at the crossing of the total."""
        crossing = self.sum.crossing
        return self.table.entries[(line, crossing) if self.sum.axis == "row" else (crossing, line)]


def _left_out(
    table: Table, sums: Sequence[StatedSum], counted: set[tuple[Axis, int, int]], quantities: Quantities
) -> Iterator[Remark]:
    """Yield a remark for the lines that formulas of one total leave out, one for all that leave out the same."""
    covers = Counter(frozenset(source for source, _ in one.sources) for one in sums)
    found: dict[tuple[int, ...], list[_Total]] = {}
    for one in sums:
        total = _Total(table, one)
        lines = _beside_siblings(total, covers) if len(covers) > 1 else _beside_range(total, counted)
        if lines and _is_short_of(total, lines, quantities):
            found.setdefault(lines, []).append(total)
    for lines, totals in found.items():
        if len(covers) > 1 or not all(_exceeds(total, lines[0]) for total in totals):
            yield _remark(totals, lines)


def _beside_siblings(total: _Total, covers: Counter[frozenset[int]]) -> tuple[int, ...]:
    """Return the lines that one formula of a total leaves out and all its others add up.

    `covers` counts the formulas of the total by the lines that they add up. A single other formula tells which of
    the two is short only where their line says that it is a total.
    """
    mine = frozenset(source for source, _ in total.sum.sources)
    if len(covers) != 2 or covers[mine] != 1:
        return ()
    theirs = next(cover for cover in covers if cover != mine)
    if not mine < theirs or (covers[theirs] == 1 and total.lines[total.sum.target].role != "total"):
        return ()
    roles = {total.lines[line].role for line in mine} | {"part"}
    left = tuple(sorted(theirs - mine))
    return left if all(total.lines[line].role in roles for line in left) else ()


def _beside_range(total: _Total, counted: set[tuple[Axis, int, int]]) -> tuple[int, ...]:
    """Return the line of its block next to the range of a plain total, which no formula of it adds up.

    It stands between the range and the total; or at the far end, among lines that are all members of one dimension.
    """
    lines, target = total.lines, total.sum.target
    sources = sorted(source for source, _ in total.sum.sources)
    first, last = sources[0], sources[-1]
    if total.sum.axis != "row" or len(sources) < 2 or last - first != len(sources) - 1:
        return ()
    if not is_bare_total(lines[target].label) or _tells_what_is_apart(total):
        return ()
    near, found = (last, last + 1) if target in (last + 2, first - 1) else (first, first - 1)
    between = target in (last + 2, first - 2)
    if not between and target not in (last + 1, first - 1):
        return ()
    if not 0 <= found < len(lines) or (total.sum.axis, total.sum.crossing, found) in counted:
        return ()
    if not between and not _are_of_one_dimension([lines[line] for line in (*sources, found)]):
        return ()
    if not _continues(lines[near], lines[found]) or _is_no_part(total, found, found > last):
        return ()
    return (found,)


def _tells_what_is_apart(total: _Total) -> bool:
    """Tell whether words about a table say that its total leaves something out."""
    table = total.table
    notes = (note.text for note in table.notes)
    return any(map(_is_apart, (table.title, table.headnote, *table.sections[-1:], *notes)))


@cache
def _words_apart() -> frozenset[str]:
    return frozenset(map(fold, lexicon().totals.apart))


def _is_apart(text: str) -> bool:
    return not _words_apart().isdisjoint(fold(text).split())


def _are_of_one_dimension(lines: Sequence[Line]) -> bool:
    dimensions = {line.dimension for line in lines}
    return (len(dimensions) == 1 and None not in dimensions) or all(is_commune(line.label) for line in lines)


def _continues(near: Line, line: Line) -> bool:
    """Tell whether a line is one part more of the block that another ends."""
    alike = (near.path, near.depth, near.unit) == (line.path, line.depth, line.unit)
    return (
        alike
        and line.role == "part"
        and abs(line.position - near.position) == 1
        and not _is_apart(line.label)
    )


def _is_no_part(total: _Total, line: int, below: bool) -> bool:
    """Tell whether a line is a year, or prints the total or a subtotal of the lines that end beside it."""
    figure, printed = total.at(line).quantity, total.entry.quantity
    if figure is None or printed is None:
        return True
    subtotal, values = Fraction(0), {printed.value}
    for entry in reversed(total.sources) if below else total.sources:
        subtotal += entry.quantity.value if entry.quantity else 0
        values.add(subtotal)
    return figure.value in values or (figure.unit == "count" and figure.value in YEARS)


def _exceeds(total: _Total, line: int) -> bool:
    """Tell whether a line prints more than a total: in every column it is hardly a part that was forgotten."""
    figure, printed = total.at(line).quantity, total.entry.quantity
    return figure is not None and printed is not None and figure.value > printed.value


def _is_short_of(total: _Total, lines: Sequence[int], quantities: Quantities) -> bool:
    """Tell whether a total prints what its formula gives, and not what it would give with some lines more."""
    printed, left = total.entry.quantity, [total.at(line) for line in lines]
    if printed is None or any(total.lines[line].hidden for line in lines):
        return False
    kinds = {entry.formula.kind for entry in total.sources if entry.formula} | {None}
    for entry in left:
        number, formula = entry.quantity, entry.formula
        if number is None or not number.value or number.unit != printed.unit or entry.hidden:
            return False
        if (formula.kind if formula else None) not in kinds:
            return False
    own = interval_of((entry.figure for entry in total.sources), quantities)
    full = interval_of((entry.figure for entry in (*total.sources, *left)), quantities)
    low, high = printed.value - printed.half_unit, printed.value + printed.half_unit
    return bool(
        own and full and own[0] <= high and low <= own[1] and not (full[0] <= high and low <= full[1])
    )


def _remark(totals: Sequence[_Total], lines: Sequence[int]) -> Remark:
    """Return the remark of formulas that leave out the same lines; the first of them is named."""
    total = totals[0]
    left, number = [total.at(line) for line in lines], total.entry.quantity
    assert number is not None
    names = [" ".join(total.lines[line].label.split()) for line in lines]
    full = number.value + sum((entry.quantity.value for entry in left if entry.quantity), Fraction(0))
    message = SEVERAL if len(lines) > 1 else ONE if len(totals) == 1 else REPEATED
    figures = tuple(one.entry.figure for one in totals)
    return Remark(
        "TOT107", "error", message,
        {
            "formula": shown(total.sum.formula), "line": names[0], "figure": left[0].printed, "count": len(totals),
            "lines": tuple(f"{name} {entry.printed}" for name, entry in zip(names, left, strict=True)),
        },
        (figures[0], *(entry.figure for entry in left), *figures[1:]),
        expected=Amount(full, number.unit, number.decimals if number.half else None, None, number.magnitude),
        explains=figures,
    )  # fmt: skip
