"""The smallest sets of changes, against trying all values and against HiGHS."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.solving.search import Budget, Row, Variable, smallest_changes

DOMAIN = range(-2, 3)
WORK = 200_000

weights = st.dictionaries(st.integers(0, 3), st.sampled_from([1, 1, 1, -1, -1, 2, 3]), min_size=1, max_size=4)
bounds = st.sampled_from(
    [(0, 0), (0, 0), (0, 0), (1, 1), (2, 2), (-3, -3), (3, 3), (None, 0), (1, None), (-1, 2), (None, -2)]
)


@st.composite
def any_rows(draw: st.DrawFn) -> list[Row]:
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        lower, upper = draw(bounds)
        freed = draw(st.sampled_from([None, None, None, None, 4]))
        rows.append(Row(draw(weights), lower, upper, freed))
    return rows


def holds(row: Row, values: tuple[int, ...]) -> bool:
    """Tell whether a row holds; the last value says whether what frees it changes."""
    if row.freed is not None and values[-1]:
        return True
    total = sum(c * values[at] for at, c in row.coefficients.items())
    return (row.lower is None or total >= row.lower) and (row.upper is None or total <= row.upper)


def supports(rows: list[Row]) -> set[frozenset[int]]:
    """Return the smallest sets of variables that mend all rows, by trying every value."""
    every = product(*[DOMAIN] * 4, (0, 1))
    sets = {
        frozenset(at for at, value in enumerate(values) if value)
        for values in every
        if all(holds(row, values) for row in rows)
    }
    least = min((len(one) for one in sets), default=0)
    return {one for one in sets if len(one) == least}


@settings(max_examples=60, deadline=None)
@given(any_rows())
def test_the_smallest_sets_are_those_that_trying_all_values_finds(rows: list[Row]) -> None:
    variables = [Variable(-2, 2)] * 4 + [Variable(0, 0)]
    found = smallest_changes(variables, rows, Budget(WORK), most=5)
    assert found.complete or not supports(rows)  # that there is none may take more than the budget
    assert {frozenset(one) for one in found.changes} == supports(rows)
    assert len(found.changes) == len(supports(rows))
    for one in found.changes:
        values = tuple(one.get(at, 0) for at in range(4))
        assert all(value in DOMAIN for value in values)
        assert all(values[at] for at in one if at < 4)
        assert all(holds(row, (*values, int(4 in one))) for row in rows)


def test_nothing_to_mend_needs_no_change() -> None:
    found = smallest_changes([Variable(-9, 9)], [Row({0: 1}, 0, 5)], Budget(WORK), most=4)
    assert found.changes == [{}]


def test_what_no_value_mends_has_no_set() -> None:
    rows = [Row({0: 2, 1: -2}, 1, 1)]
    assert smallest_changes([Variable(-9, 9)] * 2, rows, Budget(WORK), most=4).changes == []


def test_a_budget_that_ends_says_so() -> None:
    rows = [Row(dict.fromkeys(range(20), 1), at, at) for at in range(1, 4)]
    found = smallest_changes([Variable(-9, 9)] * 20, rows, Budget(3), most=4)
    assert not found.complete


def test_values_that_two_equations_determine_are_found_in_a_wide_range() -> None:
    """x + y = 500 001 and x − y = 1: no range is narrowed by one of them alone."""
    rows = [Row({0: 1, 1: 1}, 500_001, 500_001), Row({0: 1, 1: -1}, 1, 1)]
    found = smallest_changes([Variable(-(10**9), 10**9)] * 2, rows, Budget(WORK), most=2)
    assert (found.changes, found.complete) == ([{0: 250_001, 1: 250_000}], True)


def test_an_open_value_is_the_likeliest() -> None:
    found = smallest_changes([Variable(-99, 99)], [Row({0: 1}, 5, None)], Budget(WORK), 1, lambda *_: 40)
    assert found.changes == [{0: 40}]


def test_a_gap_that_no_few_changes_cover_costs_no_search() -> None:
    budget = Budget(WORK)
    found = smallest_changes(
        [Variable(-9, 9)] * 400, [Row(dict.fromkeys(range(400), 1), 100, 100)], budget, most=8
    )
    assert (found.changes, found.complete) == ([], True)
    assert budget.left > WORK - 100


@pytest.mark.parametrize("size", [4, 12])
def test_equal_changes_in_as_many_lines_stop_at_the_number_of_sets(size: int) -> None:
    """The same slip in each row and each column: every pairing mends them."""
    cells = [(row, column) for row in range(size) for column in range(size)]
    number = {cell: at for at, cell in enumerate(cells)}
    rows = [Row({number[row, column]: 1 for column in range(size)}, 7, 7) for row in range(size)]
    rows += [Row({number[row, column]: 1 for row in range(size)}, 7, 7) for column in range(size)]
    found = smallest_changes([Variable(-50, 50)] * size**2, rows, Budget(WORK), most=size)
    assert found.changes
    assert all(len(one) == size for one in found.changes)
