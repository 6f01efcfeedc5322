"""The smallest set of variables to change so that all rows hold: a mixed-integer program, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import highspy

# HiGHS counts a switch of 1e-9 as off: past this many steps a change could slip through it.
LARGEST = 10**8


class Variable(Struct, frozen=True):
    """A figure: how many steps it may go down (≤ 0) and up (≥ 0)."""

    down: int
    up: int


class Row(Struct, frozen=True):
    """Σ coefficient · steps of a variable within [lower, upper] (None is unbounded).

    Where the variable `freed` changes, the row need not hold.
    """

    coefficients: dict[int, float]
    lower: float | None
    upper: float | None
    freed: int | None = None


def smallest_changes(
    variables: list[Variable], rows: list[Row], seconds: float, most: int
) -> Iterator[dict[int, int]]:
    """Yield the smallest sets of changes (variable → steps), up to `most` of the same size, in `seconds`.

    Nothing is yielded where none is found in time, or where HiGHS (the package highspy) is not installed.
    Every set must be checked exactly afterwards: the search is in binary floating point.
    """
    try:
        import highspy
    except ImportError:
        return
    if not variables or any(max(-one.down, one.up) > LARGEST for one in variables):
        return
    end = monotonic() + seconds
    model = _model(variables, rows)
    size = None
    for _ in range(most):
        model.setOptionValue("time_limit", max(end - monotonic(), 0.01))
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        values = model.getSolution().col_value
        switched = [at for at in range(len(variables)) if values[len(variables) + at] > 0.5]
        if size is not None and len(switched) > size:
            return
        size = len(switched)
        yield {at: round(values[at]) for at in switched}
        others = [len(variables) + at for at in switched]
        model.addRow(-highspy.kHighsInf, size - 1.0, size, others, [1.0] * size)


def _model(variables: list[Variable], rows: list[Row]) -> highspy.Highs:
    """Write the program: the steps of each variable, then a switch each, whose sum is to be least."""
    import highspy as hs

    count, infinity = len(variables), hs.kHighsInf
    model = hs.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.99),  # the number of changes is an integer
        ("mip_feasibility_tolerance", 1e-9),
        ("primal_feasibility_tolerance", 1e-9),
    ):
        model.setOptionValue(option, value)
    entries: list[tuple[dict[int, float], float, float]] = []
    for row in rows:
        entries.extend(_rows(row, variables, infinity))
    for at, one in enumerate(variables):
        entries.append(({at: 1.0, count + at: -float(one.up)}, -infinity, 0.0))
        entries.append(({at: 1.0, count + at: -float(one.down)}, 0.0, infinity))
    lp = hs.HighsLp()
    lp.num_col_, lp.num_row_ = 2 * count, len(entries)
    lp.col_cost_ = [0.0] * count + [1.0] * count
    lp.col_lower_ = [float(one.down) for one in variables] + [0.0] * count
    lp.col_upper_ = [float(one.up) for one in variables] + [1.0] * count
    lp.integrality_ = [hs.HighsVarType.kInteger] * (2 * count)
    lp.row_lower_ = [lower for _, lower, _ in entries]
    lp.row_upper_ = [upper for _, _, upper in entries]
    lp.a_matrix_.format_ = hs.MatrixFormat.kRowwise
    starts = [0]
    for coefficients, _, _ in entries:
        starts.append(starts[-1] + len(coefficients))
    lp.a_matrix_.start_ = starts
    lp.a_matrix_.index_ = [at for coefficients, _, _ in entries for at in coefficients]
    lp.a_matrix_.value_ = [c for coefficients, _, _ in entries for c in coefficients.values()]
    model.passModel(lp)
    return model


def _rows(
    row: Row, variables: list[Variable], infinity: float
) -> Iterator[tuple[dict[int, float], float, float]]:
    """Write a row, its bounds one by one where a switch may free it."""
    lower = -infinity if row.lower is None else row.lower
    upper = infinity if row.upper is None else row.upper
    if row.freed is None:
        yield row.coefficients, lower, upper
        return
    reach = sum(abs(c) * max(-variables[at].down, variables[at].up) for at, c in row.coefficients.items())
    switch = len(variables) + row.freed
    if row.lower is not None:
        yield {**row.coefficients, switch: reach + abs(row.lower)}, lower, infinity
    if row.upper is not None:
        yield {**row.coefficients, switch: -reach - abs(row.upper)}, -infinity, upper
