"""Which figure is wrong, and what it should be."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from mlcheck.solving.exact import groups
from mlcheck.solving.solve import Solution, solve
from tests.solving.cases import Case, cross_table


def solved(case: Case) -> Solution:
    return solve(*case.frames(), repair=False)


def suspects(case: Case) -> list[dict[str, object]]:
    found = solved(case).suspects
    assert found is not None
    return found.to_dicts()


def told(row: dict[str, object]) -> tuple[object, Fraction]:
    return row["figure"], Fraction(int(str(row["suggested"])), 10 ** int(str(row["suggested_scale"])))


ROWS = [[120, 34, 154], [215, 61, 276], [335, 95, 430]]


def test_nothing_violated_has_no_suspects() -> None:
    case, _ = cross_table(ROWS)
    solution = solved(case)
    assert solution.suspects is None
    assert solution.groups is None
    assert solution.verdicts["verdict"].unique().to_list() == ["consistent"]


def test_a_wrong_cell_of_a_cross_table_is_the_only_suspect() -> None:
    case, ids = cross_table([[120, 43, 154], *ROWS[1:]])
    (only,) = suspects(case)
    assert told(only) == (ids[0][1], 34)
    assert (only["mends"], only["complete"], only["slip"], only["tied"]) == (2, True, "swapped", True)
    assert (only["lowest"], only["highest"]) == ("34", "34")


@pytest.mark.parametrize(("row", "column"), [(r, c) for r in range(3) for c in range(3)])
def test_every_cell_and_margin_is_found(row: int, column: int) -> None:
    rows = [list(own) for own in ROWS]
    rows[row][column] += 90
    case, ids = cross_table(rows)
    (only,) = suspects(case)
    assert told(only) == (ids[row][column], ROWS[row][column])


def test_in_a_single_sum_the_likeliest_slip_comes_first() -> None:
    """Each could be off by 270; only 1 410 is 1 140 with two digits swapped."""
    case = Case()
    parts = case.values(4115, 1410, 3456)
    total = case.figure(4115 + 1140 + 3456)
    case.sum(parts, total)
    first, *others = suspects(case)
    assert told(first) == (parts[1], 1140)
    assert (first["slip"], first["place"]) == ("swapped", 1)
    assert {row["figure"] for row in others} == {parts[0], parts[2], total}
    assert not any(row["tied"] for row in others)


def test_what_nothing_tells_apart_is_tied() -> None:
    case = Case()
    parts = case.values(14, 25)
    total = case.figure(38)
    case.sum(parts, total)
    assert [row["tied"] for row in suspects(case)] == [True, True, True]


def test_a_figure_that_other_sums_prove_is_no_suspect() -> None:
    case = Case()
    a, b, total, c, grand = case.values(10, 20, 35, 5, 35)
    case.sum([a, b], total)
    case.sum([a, b, c], grand)
    assert {row["figure"] for row in suspects(case)} == {total}


def test_where_every_correction_breaks_something_it_says_so() -> None:
    """The column says 30, the row says 35: each of the three stands in a sum that holds."""
    case = Case()
    a, b, total, c, d, grand = case.values(10, 20, 35, 1, 36, 100)
    case.sum([a, b], total)
    for figure in (a, b, total):
        case.sum([figure], case.figure([10, 20, 35][[a, b, total].index(figure)]))
        case.constraint(({figure: 1}, [10, 20, 35][[a, b, total].index(figure)], None), kind="relation")
        case.constraint(({figure: 1}, None, [10, 20, 35][[a, b, total].index(figure)]), kind="relation")
    case.sum([c, total], d)
    rows = suspects(case)
    assert all(not row["complete"] and int(str(row["breaks"])) >= 1 for row in rows)
    assert grand not in {row["figure"] for row in rows}


def test_the_wrong_percentage_is_recomputed() -> None:
    case = Case()
    percent, part, whole = case.figure(94, "0.5"), case.figure(335), case.figure(679)
    case.share(percent, part, whole, "0.935", "0.945")
    first = suspects(case)[0]
    assert told(first) == (percent, 49)
    assert first["slip"] == "swapped"


def test_a_percentage_with_decimals_keeps_them() -> None:
    case = Case()
    percent, part, whole = case.figure("13.3", "0.05"), case.figure(168), case.figure(1250)
    case.share(percent, part, whole, "0.1325", "0.1335")
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[percent]) == (percent, Fraction("13.4"))


@pytest.mark.parametrize(
    ("printed", "lower", "upper", "now", "before", "recomputed"),
    [
        (8, "1.075", "1.085", 679, 666, 2),
        ("4.1", "0.9585", "0.9595", 418, 430, "2.8"),
        (-12, "0.875", "0.885", 95, 100, -5),
    ],
)
def test_a_wrong_growth_rate_is_recomputed(
    printed: int | str, lower: str, upper: str, now: int, before: int, recomputed: int | str
) -> None:
    """ "en baisse de 4,1 %" prints no sign, its coefficients are those of −4,1 %."""
    case = Case()
    half = "0.05" if "." in str(printed) else "0.5"
    rate, present, former = case.figure(printed, half), case.figure(now), case.figure(before)
    case.share(rate, present, former, lower, upper, kind="variation")
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[rate]) == (rate, Fraction(recomputed))


def test_a_wrong_mean_is_recomputed() -> None:
    case = Case()
    mean, contacts, people = case.figure(27, "0.5"), case.figure(34000), case.figure(1000)
    case.share(mean, contacts, people, "26.5", "27.5", kind="mean")
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[mean]) == (mean, 34)


def test_wrong_points_are_recomputed() -> None:
    case = Case()
    points, now, before = case.figure(3, "0.5"), case.figure(51, "0.5"), case.figure(46, "0.5")
    case.constraint(({now: 1, before: -1}, "2.5", "3.5"), kind="points", stated=points)
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[points]) == (points, 5)


def test_a_share_of_several_figures_is_recomputed() -> None:
    """Women of all: women stand in the numerator and in the base."""
    case = Case()
    percent, women, men = case.figure(94, "0.5"), case.figure(335), case.figure(344)
    case.constraint(
        ({women: "0.065", men: "-0.935"}, 0, None),
        ({women: "0.055", men: "-0.945"}, None, 0),
        kind="share",
        stated=percent,
    )
    assert told(suspects(case)[0]) == (percent, 49)


def test_the_part_of_a_wrong_share_may_be_the_slip_and_takes_the_nearest_typing() -> None:
    case = Case()
    percent, part, whole = case.figure(49, "0.5"), case.figure(353), case.figure(679)
    case.share(percent, part, whole, "0.485", "0.495")
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[part]) == (part, 335)
    assert by_figure[part]["slip"] == "swapped"
    assert Fraction(str(by_figure[part]["lowest"])) == Fraction(679 * 485, 1000)


def test_a_count_does_not_become_negative_but_by_its_sign() -> None:
    case = Case()
    a, b, total = case.values(3, 500, 403)
    case.sum([a, b], total)
    assert a not in {row["figure"] for row in suspects(case)}
    balance = Case()
    receipts, spending, rest = balance.values(100, 112, 12)
    balance.constraint(({receipts: 1, spending: -1, rest: -1}, 0, 0), stated=rest)
    first = suspects(balance)[0]
    assert told(first)[1] in (-12, 88, 124)
    assert (rest, -12) in [told(row) for row in suspects(balance)]


def test_places_that_print_the_same_figure_are_one_suspect() -> None:
    """10 029 stands in the table and in the prose; both were copied from the same wrong total."""
    case = Case()
    a, b, note, total, prose = case.values(4115, 5880, 29, 10029, 10029)
    case.sum([a, b, note], total)
    case.equal(total, prose)
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[total]) == (total, 10024)
    assert by_figure[total]["also"] == [prose]
    assert by_figure[total]["complete"]


def test_a_wrong_copy_in_the_prose_is_the_suspect_and_not_the_proven_total() -> None:
    case = Case()
    a, b, total, prose = case.values(4115, 5880, 9995, 9959)
    case.sum([a, b], total)
    case.equal(total, prose)
    assert [told(row) for row in suspects(case)] == [(prose, 9995)]


def test_the_only_blank_of_a_sum_that_lacks_something_comes_first() -> None:
    case = Case()
    parts = [case.figure(12), case.figure(0, 0, "nil"), case.figure(0, 0, "blank")]
    total = case.figure(20)
    case.sum(parts, total)
    first = suspects(case)[0]
    assert told(first) == (parts[2], 8)
    assert first["slip"] == "blank"


def test_a_blank_takes_the_decimals_of_its_neighbours() -> None:
    case = Case()
    blank = case.figure(0, 0, "blank")
    case.sum([case.figure("1.5"), case.figure("2.5"), blank], case.figure("4.3"))
    assert told(suspects(case)[0]) == (blank, Fraction("0.3"))


def test_a_value_that_cannot_be_printed_is_not_suggested() -> None:
    """Twice a count is never seven."""
    case = Case()
    a, total = case.values(3, 7)
    case.constraint(({a: 2, total: -1}, 0, 0))
    assert [told(row) for row in suspects(case)] == [(total, 6)]


def test_the_base_of_a_share_stays_above_zero() -> None:
    case = Case()
    percent, part, whole = case.figure(50, "0.5"), case.figure(0), case.figure(9)
    case.share(percent, part, whole, "0.495", "0.505")
    assert whole not in {row["figure"] for row in suspects(case)}


def test_an_error_is_mended_whether_or_not_a_warning_beside_it_is() -> None:
    case = Case()
    a, b, total, stray = case.values(10, 25, 53, 468)
    case.sum([a, b], total)
    case.constraint(({total: 1, stray: -1}, 0, 0), kind="relation", severity="warning")
    by_figure = {row["figure"]: row for row in suspects(case)}
    assert told(by_figure[total]) == (total, 35)
    assert by_figure[total]["complete"]


def test_constraints_that_share_a_figure_are_one_group() -> None:
    case, _ = cross_table([[120, 43, 154], *ROWS[1:]])
    far = case.values(1, 2, 4)
    alone = case.sum(far[:2], far[2])
    solution = solved(case)
    expected = [(0, 0), (4, 0), (alone, 1)]
    assert solution.groups is not None
    assert solution.groups.rows() == expected
    assert groups(solution.verdicts, case.frames()[3]).rows() == expected


def test_a_percentage_in_two_claims_ties_them_when_constraints_are_given() -> None:
    case = Case()
    percent, a, b, c, d = case.figure(49, "0.5"), *case.values(10, 100, 20, 100)
    case.share(percent, a, b, "0.485", "0.495")
    case.share(percent, c, d, "0.485", "0.495")
    _, constraints, _, terms = case.frames()
    verdicts = solved(case).verdicts
    assert groups(verdicts, terms).rows() == [(0, 0), (1, 1)]
    assert groups(verdicts, terms, constraints).rows() == [(0, 0), (1, 0)]


def test_values_past_int64_are_told_without_a_suggestion() -> None:
    case = Case()
    parts = case.values(*[9 * 10**17] * 11)
    total = case.figure(1)
    case.sum(parts, total)
    assert [row["suggested"] for row in suspects(case) if row["figure"] == total] == [None]


def test_the_order_of_the_frames_never_matters() -> None:
    case, _ = cross_table([[120, 43, 154], [215, 61, 276], [335, 96, 430]])
    frames = case.frames()
    plain, reverse = (
        solve(*own, repair=False).suspects for own in (frames, [frame.reverse() for frame in frames])
    )
    assert isinstance(plain, pl.DataFrame)
    assert isinstance(reverse, pl.DataFrame)
    assert plain.equals(reverse)
