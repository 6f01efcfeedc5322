"""Several errors at once: the smallest set of corrections."""

from __future__ import annotations

import sys
from fractions import Fraction

import polars as pl
import pytest

from mlcheck.solving.search import Solutions
from mlcheck.solving.solve import Solution, solve
from tests.solving.cases import Case, cross_table

TABLE = [
    [120, 34, 57, 211],
    [215, 61, 48, 324],
    [98, 77, 13, 188],
    [433, 172, 118, 723],
]


def broken(*errors: tuple[int, int, int]) -> tuple[Case, list[list[int]]]:
    """Return the cross table with some figures printed as another."""
    rows = [list(row) for row in TABLE]
    for row, column, printed in errors:
        rows[row][column] = printed
    return cross_table(rows)


def repaired(solution: Solution, at: int = 0, group: int = 0) -> dict[int, Fraction]:
    """Return the corrections of one repair of a group."""
    assert solution.repairs is not None
    rows = solution.repairs.filter(pl.col("repair") == at, pl.col("group") == group)
    told = rows.select("figure", "suggested", "suggested_scale").iter_rows()
    return {figure: Fraction(suggested, 10**scale) for figure, suggested, scale in told}


def test_two_wrong_cells_are_both_found() -> None:
    case, ids = broken((0, 1, 43), (2, 0, 89))
    solution = solve(*case.frames())
    assert repaired(solution) == {ids[0][1]: 34, ids[2][0]: 98}
    assert solution.repairs is not None
    assert solution.repairs["slip"].to_list() == ["swapped", "swapped"]
    assert not solution.repairs["tied"].any()


def test_a_cell_and_a_margin() -> None:
    case, ids = broken((1, 2, 148), (3, 0, 343))
    assert repaired(solve(*case.frames())) == {ids[1][2]: 48, ids[3][0]: 433}


def test_two_errors_that_hide_each_other_in_their_row() -> None:
    """The row still holds: 120 + 9 and 34 − 9. Only the columns tell, and not in which of the four rows."""
    case, ids = broken((0, 0, 129), (0, 1, 25))
    solution = solve(*case.frames())
    for group in (0, 1):
        tied = [repaired(solution, at, group) for at in range(4)]
        assert {ids[0][0]: 120, ids[0][1]: 34} in tied
        assert all(len(values) == 2 for values in tied)


def test_equal_errors_can_be_mended_in_two_ways_and_are_told_as_tied() -> None:
    case, ids = broken((0, 0, 127), (1, 1, 68))
    solution = solve(*case.frames())
    assert solution.repairs is not None
    assert solution.repairs["tied"].all()
    both = [repaired(solution, 0), repaired(solution, 1)]
    assert {ids[0][0]: 120, ids[1][1]: 61} in both
    assert {ids[0][1]: 27, ids[1][0]: 208} in both


def test_one_error_needs_no_search() -> None:
    case, _ = broken((0, 1, 43))
    assert solve(*case.frames()).repairs is None


def test_the_search_may_be_left_out() -> None:
    case, _ = broken((0, 1, 43), (2, 0, 89))
    solution = solve(*case.frames(), repair=False)
    assert solution.repairs is None
    assert solution.suspects is not None
    assert not solution.suspects["complete"].any()


def test_a_wrong_percentage_and_a_wrong_cell() -> None:
    """The cell breaks two sums, the percentage a share of the same row: only both together mend all."""
    case, ids = broken((0, 1, 43))
    percent = case.figure(75, "0.5")
    case.share(percent, ids[0][1], ids[0][3], "0.745", "0.755")
    assert repaired(solve(*case.frames())) == {ids[0][1]: 34, percent: 16}


def test_neither_a_solver_nor_numpy_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    monkeypatch.setitem(sys.modules, "numpy", None)
    case, ids = broken((0, 1, 43), (2, 0, 89))
    assert repaired(solve(*case.frames())) == {ids[0][1]: 34, ids[2][0]: 98}


def test_a_repair_that_is_not_exact_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "mlcheck.solving.repair.smallest_changes", lambda *_: Solutions([{0: 1, 5: -9}], True)
    )
    case, _ = broken((0, 1, 43), (2, 0, 89))
    solution = solve(*case.frames())
    assert solution.repairs is not None
    assert solution.repairs.is_empty()


def test_the_search_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    case, _ = broken((0, 1, 43), (2, 0, 89))
    solve(*case.frames())
    assert capfd.readouterr() == ("", "")
