"""When a table counts as rounded, and what that forgives."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.solving.evaluate import adapt, evaluate
from tests.solving.cases import Case

Column = tuple[list[int], int]


def columns(*tables: Column, group: str = "Tableau|count", case: Case | None = None) -> Case:
    """Return a table of columns, each with its printed total."""
    case = case or Case()
    for parts, total in tables:
        case.sum(case.values(*parts), case.figure(total), group=group)
    return case


def verdicts(case: Case) -> list[str]:
    frames = case.frames()
    return adapt(*frames, evaluate(*frames))["verdict"].to_list()


EXACT = ([10, 20, 30], 60)
OFF = ([10, 20, 30], 61)
FAR = ([10, 20, 30], 90)


def test_counts_are_exact_where_the_others_are() -> None:
    assert verdicts(columns(EXACT, EXACT, OFF)) == ["consistent", "consistent", "inconsistent"]


def test_a_sum_alone_is_exact() -> None:
    assert verdicts(columns(OFF)) == ["inconsistent"]


def test_sums_off_by_one_in_several_columns_are_rounding() -> None:
    """Three thousands printed in thousands: 10 + 20 + 31, 61 and so on."""
    rounded = [([11, 22, 33], 67), ([14, 25, 37], 75), ([18, 29, 33], 80)]
    assert verdicts(columns(*rounded)) == ["consistent"] * 3


def test_rounding_forgives_half_a_unit_a_figure_and_no_more() -> None:
    """Three parts and their total: four halves."""
    near, just, past = ([11, 22, 33], 67), ([11, 22, 33], 68), ([11, 22, 33], 69)
    assert verdicts(columns(near, near, just)) == ["consistent"] * 3
    assert verdicts(columns(near, near, near, past)) == ["consistent"] * 3 + ["inconsistent"]


def test_a_wrong_column_of_a_rounded_table_does_not_accuse_the_others() -> None:
    near = ([11, 22, 33], 67)
    assert verdicts(columns(near, near, near, ([11, 22, 33], 166))) == ["consistent"] * 3 + ["inconsistent"]


def test_two_errors_in_one_table_are_not_rounding() -> None:
    assert verdicts(columns(*[EXACT] * 20, FAR, OFF)) == ["consistent"] * 20 + ["inconsistent"] * 2


def test_nine_tenths_of_exact_votes_make_a_table_exact() -> None:
    """Nineteen of twenty others hold: exact. Eight of ten: rounded."""
    assert verdicts(columns(*[EXACT] * 19, OFF, OFF))[-2:] == ["inconsistent"] * 2
    assert verdicts(columns(*[EXACT] * 8, OFF, OFF, OFF))[-3:] == ["consistent"] * 3


def test_figures_rounded_to_five_carry_two_and_a_half() -> None:
    to_five = [([10, 25, 35], 75), ([15, 20, 45], 75), ([5, 35, 40], 85)]
    assert verdicts(columns(*to_five)) == ["consistent"] * 3
    assert verdicts(columns(*to_five, ([10, 25, 35], 90)))[-1] == "inconsistent"


def test_figures_rounded_to_hundreds() -> None:
    to_hundreds = [([1200, 3400, 500], 5200), ([700, 800, 900], 2300), ([100, 1100, 2400], 3700)]
    assert verdicts(columns(*to_hundreds)) == ["consistent"] * 3


def test_a_typing_error_does_not_vote_for_itself() -> None:
    """A wrong cell of a cross table breaks its row and its column, which share it."""
    case = Case()
    rows = [case.values(*row) for row in ([1, 2, 3], [4, 6, 9], [5, 7, 12])]  # 4 + 5 = 9, printed 6 for 5
    for row in rows:
        case.sum(row[:2], row[2], group="t")
    for column in zip(*rows, strict=True):
        case.sum(list(column[:2]), column[2], group="t")
    assert verdicts(case) == [
        "consistent",
        "inconsistent",
        "consistent",
        "consistent",
        "inconsistent",
        "consistent",
    ]


def test_other_tables_and_other_reports_have_no_vote() -> None:
    case = columns(OFF, group="Emploi|count")
    columns(OFF, group="Santé|count", case=case)
    figures, constraints, sides, terms = case.frames()
    assert (
        adapt(figures, constraints, sides, terms, evaluate(figures, constraints, sides, terms))[
            "verdict"
        ].to_list()
        == ["inconsistent"] * 2
    )
    other_report = constraints.with_columns(report=pl.col("constraint"), group=pl.lit("Emploi|count"))
    exact = evaluate(figures, other_report, sides, terms)
    assert adapt(figures, other_report, sides, terms, exact)["verdict"].to_list() == ["inconsistent"] * 2


def test_an_unverifiable_sum_has_no_vote() -> None:
    case = columns(OFF)
    case.sum(case.values(1, None), case.figure(1), group="Tableau|count")
    assert verdicts(case) == ["inconsistent", "unverifiable"]


def test_blanks_carry_no_half_unit() -> None:
    """Two parts, one of them blank, and the total: two halves, not three."""
    case = columns(([11, 22], 34), ([11, 22], 34), ([11, 22], 34))
    blank = case.figure(0, 0, "blank")
    case.sum([case.figure(11), blank], case.figure(13), group="Tableau|count")
    assert verdicts(case)[-1] == "inconsistent"


def test_figures_with_a_half_unit_of_their_own_keep_it() -> None:
    case = Case()
    for _ in range(3):
        parts = [case.figure(value, "0.05") for value in ("1.1", "2.2")]
        case.sum(parts, case.figure("3.5", "0.05"), group="Tableau|%")
    assert verdicts(case) == ["inconsistent"] * 3


def test_the_tolerance_used_is_told() -> None:
    frames = columns(([11, 22, 33], 67), ([14, 25, 37], 75), ([10, 20, 31], 62)).frames()
    adapted = adapt(*frames, evaluate(*frames))
    assert adapted["residual"].to_list() == [-10, 10, -10]
    assert adapted["residual_scale"].to_list() == [1, 1, 1]
    assert adapted["tolerance"].to_list() == [20, 20, 20]


def test_a_sum_that_claims_no_learning_stays_exact() -> None:
    case = columns(OFF, OFF, OFF)
    case.sum(case.values(10, 20, 30), case.figure(61))
    assert verdicts(case) == [*["consistent"] * 3, "inconsistent"]


errors = st.lists(st.integers(-3, 3), min_size=1, max_size=8)


@settings(max_examples=20, deadline=None)
@given(errors, st.integers(1, 4), st.sampled_from([1, 5, 10]), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_ids_never_matters(
    off: list[int], parts: int, base: int, chance: random.Random
) -> None:
    case = Case()
    shared = case.figure(base)
    for at, error in enumerate(off):
        own = [shared] * (at % 3 == 0) + case.values(*(base * (at + n + 1) for n in range(parts)))
        total = sum(int(str(case.figures[figure][2])) for figure in own) + error * base
        case.sum(own, case.figure(total), group=f"table {at % 2}")
    figures, constraints, sides, terms = case.frames()
    plain = adapt(figures, constraints, sides, terms, evaluate(figures, constraints, sides, terms))
    seed = chance.randrange(2**32)
    shuffled = [
        frame.sample(fraction=1, shuffle=True, seed=seed) for frame in (figures, constraints, sides, terms)
    ]
    again = adapt(*shuffled, evaluate(*shuffled))
    assert again.sort("constraint").equals(plain.sort("constraint"))
    names = list(range(len(off)))
    chance.shuffle(names)
    mapping = dict(enumerate(names))
    renamed = [
        frame.with_columns(pl.col("constraint").replace(mapping)) for frame in (constraints, sides, terms)
    ]
    other = adapt(figures, *renamed, evaluate(figures, *renamed))
    back = other.with_columns(pl.col("constraint").replace({new: old for old, new in mapping.items()}))
    assert back.sort("constraint").equals(plain.sort("constraint"))
