"""The verdicts of single constraints, and of anything at all against fractions."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.model.frames import VERDICTS
from mlcheck.solving.evaluate import evaluate
from tests.solving.cases import Case


def verdict(case: Case) -> str:
    return str(evaluate(*case.frames())["verdict"].last())


def test_a_total_that_is_the_sum_of_its_parts() -> None:
    case = Case()
    a, b, total = case.values(4115, 5880, 9995)
    case.sum([a, b], total)
    assert evaluate(*case.frames()).rows() == [(0, "consistent", 0, 0, 0)]


def test_a_total_off_by_five_says_by_how_much() -> None:
    case = Case()
    a, b, note, total = case.values(4115, 5880, 29, 10029)
    case.sum([a, b, note], total)
    assert evaluate(*case.frames()).rows() == [(0, "inconsistent", -5, 0, 0)]


def test_decimals_meet_at_the_finest_scale() -> None:
    case = Case()
    a, b, total = case.values("12.5", "0.25", "12.76")
    case.sum([a, b], total)
    assert evaluate(*case.frames()).rows() == [(0, "inconsistent", -1, 2, 0)]


@pytest.mark.parametrize(
    ("part", "expected"),
    [(329, "inconsistent"), (330, "consistent"), (336, "consistent"), (337, "inconsistent")],
)
def test_forty_nine_percent_of_679(part: int, expected: str) -> None:
    case = Case()
    stated, count, whole = case.figure(49, "0.5"), case.figure(part), case.figure(679)
    case.share(stated, count, whole, "0.485", "0.495")
    assert verdict(case) == expected


def test_an_interval_that_touches_the_bound_holds() -> None:
    """27 of 200 is 13,5 %: printed 13 % or 14 %, half-up and half-even both pass."""
    for lower, upper in (("0.125", "0.135"), ("0.135", "0.145")):
        case = Case()
        stated, part, whole = case.figure(13, "0.5"), case.figure(27), case.figure(200)
        case.share(stated, part, whole, lower, upper)
        assert verdict(case) == "consistent"


@pytest.mark.parametrize(("total", "expected"), [("101.5", "consistent"), ("101.6", "inconsistent")])
def test_half_units_add_up_whatever_the_sign_of_their_coefficients(total: str, expected: str) -> None:
    case = Case()
    a, b, c = (case.figure(value, "0.5") for value in (50, 50, total))
    case.sum([a, b], c)
    assert verdict(case) == expected


def test_what_is_unknown_is_never_zero() -> None:
    case = Case()
    a, unknown, total = case.values(10, None, 10)
    case.sum([a, unknown], total)
    assert evaluate(*case.frames()).rows() == [(0, "unverifiable", None, None, None)]


def test_a_figure_that_is_not_there_is_unknown() -> None:
    case = Case()
    a, total = case.values(10, 10)
    case.sum([a, 77], total)
    assert verdict(case) == "unverifiable"


def test_nil_and_blank_are_zero() -> None:
    case = Case()
    a, nil, blank, total = (
        case.figure(7),
        case.figure(0, 0, "nil"),
        case.figure(0, 0, "blank"),
        case.figure(7),
    )
    case.sum([a, nil, blank], total)
    assert verdict(case) == "consistent"


@pytest.mark.parametrize("base", [0, -5, None])
def test_a_share_of_nothing_is_unverifiable(base: int | None) -> None:
    case = Case()
    stated, part, whole = case.figure(49, "0.5"), case.figure(0), case.figure(base)
    case.share(stated, part, whole, "0.485", "0.495")
    assert verdict(case) == "unverifiable"


def test_nothing_compared_is_never_consistent() -> None:
    no_side, no_term, no_bound, half_empty = Case(), Case(), Case(), Case()
    no_side.constraint()
    no_term.constraint(({}, 0, 0))
    a = no_bound.figure(3)
    no_bound.constraint(({a: 1}, None, None))
    b = half_empty.figure(0)
    half_empty.constraint(({b: 1}, 0, 0), ({}, 0, 0))
    assert [verdict(case) for case in (no_side, no_term, no_bound, half_empty)] == ["unverifiable"] * 4


def test_one_violated_side_is_enough_and_it_is_the_one_told() -> None:
    case = Case()
    a, b = case.values(10, 3)
    case.constraint(({a: 1}, 0, None), ({a: 1, b: -1}, None, 0))
    assert evaluate(*case.frames()).rows() == [(0, "inconsistent", 7, 0, 0)]


def test_verdicts_keep_the_order_of_the_constraints() -> None:
    case = Case()
    a, b = case.values(1, 1)
    case.equal(a, b)
    case.constraint(({a: 1}, 5, None))
    case.constraint()
    figures, constraints, sides, terms = case.frames()
    verdicts = evaluate(figures, constraints.reverse(), sides, terms.reverse())
    assert verdicts["constraint"].to_list() == [2, 1, 0]
    assert verdicts["verdict"].to_list() == ["unverifiable", "inconsistent", "consistent"]


def test_a_figure_given_twice_is_refused() -> None:
    case = Case()
    a, b = case.values(1, 1)
    case.equal(a, b)
    figures, *others = case.frames()
    with pytest.raises(pl.exceptions.ComputeError):
        evaluate(pl.concat([figures, figures]), *others)


def test_no_constraint_gives_an_empty_frame() -> None:
    verdicts = evaluate(*Case().frames())
    assert verdicts.is_empty()
    assert dict(verdicts.schema) == VERDICTS


def test_integers_of_polars_wrap_without_a_word() -> None:
    """The reason for the detour through fractions; once this fails, it can go."""
    assert pl.Series([2**62, 2**62], dtype=pl.Int64).sum() == -(2**63)
    assert pl.Series([2**126, 2**126], dtype=pl.Int128).sum() == -(2**127)


def test_a_sum_past_every_integer_is_judged_all_the_same() -> None:
    """Each product is near 2**127: their sum wraps to a small one."""
    case = Case()
    large = 4 * 10**17
    a, b = case.values(large, large)
    coefficient = 4 * 10**17
    case.constraint(({a: coefficient, b: coefficient}, None, 10**18))
    assert verdict(case) == "inconsistent"
    case.constraint(({a: coefficient, b: -coefficient}, 0, 0))
    assert verdict(case) == "consistent"


def test_more_decimals_than_the_common_scale() -> None:
    case = Case()
    a, b = case.values("0.00000000000001", "0.00000000000002")
    case.equal(a, b)
    assert evaluate(*case.frames()).rows() == [(0, "inconsistent", -1, 14, 0)]


# Any frames at all, against the sums written out in fractions.

numbers = st.one_of(st.integers(-20, 20), st.integers(-(10**18) + 1, 10**18 - 1))
figure_rows = st.tuples(st.one_of(st.none(), numbers), st.integers(0, 30), st.integers(-1, 4))
coefficients = st.tuples(st.one_of(st.integers(-3, 3), st.integers(-(10**17), 10**17)), st.integers(0, 6))
bounds = st.one_of(st.none(), st.integers(-30, 30), st.integers(-(2**63) + 1, 2**63 - 1))


@st.composite
def any_frames(draw: st.DrawFn) -> tuple[list[tuple[object, ...]], list[list[tuple[object, ...]]]]:
    """Draw figures (mantissa, half, scale) and constraints of sides (terms, lower, upper, scale, positive)."""
    figures = draw(st.lists(figure_rows, min_size=1, max_size=6))
    ids = st.integers(0, len(figures) - 1)
    side = st.tuples(
        st.dictionaries(ids, coefficients, max_size=5),
        bounds,
        bounds,
        st.integers(0, 4),
        st.one_of(st.none(), ids),
    )
    return figures, draw(st.lists(st.lists(side, max_size=3), max_size=6))


def fraction(mantissa: int, scale: int) -> Fraction:
    return Fraction(mantissa) / Fraction(10) ** scale


def expected_verdict(
    figures: list[tuple[object, ...]], sides: list[tuple[object, ...]]
) -> tuple[str, Fraction | None]:
    """Judge one constraint in the words of the design: verdict and Σ of the side told."""
    sums: list[tuple[bool, Fraction]] = []
    for terms, lower, upper, scale, positive in sides:
        rows = [(figures[figure], fraction(*c)) for figure, c in terms.items()]
        base = None if positive is None else figures[positive][0]
        if not rows or any(row[0] is None for row, _ in rows) or (lower is None and upper is None):
            return "unverifiable", None
        if positive is not None and (base is None or base <= 0):
            return "unverifiable", None
        total = sum((c * fraction(row[0], row[2]) for row, c in rows), Fraction(0))
        slack = sum((abs(c) * fraction(row[1], row[2]) for row, c in rows), Fraction(0))
        meets = (lower is None or total + slack >= fraction(lower, scale)) and (
            upper is None or total - slack <= fraction(upper, scale)
        )
        sums.append((meets, total))
    if not sums:
        return "unverifiable", None
    violated = [total for meets, total in sums if not meets]
    return ("inconsistent", violated[0]) if violated else ("consistent", sums[0][1])


def as_case(figures: list[tuple[object, ...]], constraints: list[list[tuple[object, ...]]]) -> Case:
    case = Case()
    for at, (mantissa, half, scale) in enumerate(figures):
        case.figures.append((at, 0, mantissa, half, scale, "number"))
    for at, sides in enumerate(constraints):
        case.constraint()
        for side, (terms, lower, upper, scale, positive) in enumerate(sides):
            case.sides.append((at, side, lower, upper, scale, positive))
            case.terms += [(at, side, figure, *c) for figure, c in terms.items()]
    return case


@settings(max_examples=150, deadline=None)
@given(any_frames())
def test_verdicts_are_those_of_fractions(
    drawn: tuple[list[tuple[object, ...]], list[list[tuple[object, ...]]]],
) -> None:
    figures, constraints = drawn
    verdicts = evaluate(*as_case(figures, constraints).frames())
    for (_, word, residual, scale, tolerance), sides in zip(verdicts.iter_rows(), constraints, strict=True):
        expected, total = expected_verdict(figures, sides)
        assert word == expected
        assert total is not None or residual is None
        if residual is not None:
            assert fraction(residual, scale) == total
        assert tolerance is None or tolerance >= 0


terms_of_one = st.tuples(
    st.integers(-(10**6), 10**6), st.integers(0, 50), st.integers(0, 3), st.integers(-9, 9)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(terms_of_one, min_size=1, max_size=5), st.booleans(), st.integers(-1, 1))
def test_a_side_is_closed_at_the_very_end_of_its_slack(
    drawn: list[tuple[int, int, int, int]], upper: bool, beyond: int
) -> None:
    """The bound stands at S ± slack, a thousandth within, or a thousandth beyond."""
    case = Case()
    total = sum((c * Fraction(mantissa, 10**scale) for mantissa, _, scale, c in drawn), Fraction(0))
    slack = sum((abs(c) * Fraction(half, 10**scale) for _, half, scale, c in drawn), Fraction(0))
    end = int(1000 * (total - slack if upper else total + slack)) + (-beyond if upper else beyond)
    case.constraint()
    for at, (mantissa, half, scale, coefficient) in enumerate(drawn):
        case.figures.append((at, 0, mantissa, half, scale, "number"))
        case.terms.append((0, 0, at, coefficient, 0))
    case.sides.append((0, 0, None if upper else end, end if upper else None, 3, None))
    assert verdict(case) == ("inconsistent" if beyond > 0 else "consistent")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=30), st.integers(-2, 2))
def test_a_total_holds_if_and_only_if_it_is_the_sum(parts: list[int], error: int) -> None:
    case = Case()
    case.sum(case.values(*parts), case.figure(sum(parts) + error))
    assert verdict(case) == ("inconsistent" if error else "consistent")
