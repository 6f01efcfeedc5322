"""What the verdicts say of each figure."""

from __future__ import annotations

from mlcheck.model.frames import COVERAGE
from mlcheck.solving.evaluate import evaluate
from mlcheck.solving.solve import coverage
from tests.solving.cases import Case


def covered(case: Case) -> dict[int, tuple[str, int]]:
    frames = case.frames()
    found = coverage(*frames, evaluate(*frames))
    assert dict(found.schema) == COVERAGE
    return {figure: (word, count) for figure, word, count in found.iter_rows()}


def test_the_figures_of_a_sum_that_holds_are_proven() -> None:
    case = Case()
    a, b, total, stray = case.values(1, 2, 3, 4)
    case.sum([a, b], total)
    assert covered(case) == {
        a: ("proven", 1),
        b: ("proven", 1),
        total: ("proven", 1),
        stray: ("unchecked", 0),
    }


def test_one_contradiction_weighs_more_than_any_proof() -> None:
    case = Case()
    a, b, total, prose = case.values(1, 2, 3, 4)
    case.sum([a, b], total)
    case.equal(total, prose)
    found = covered(case)
    assert found[total] == ("contradicted", 2)
    assert found[prose] == ("contradicted", 1)
    assert found[a] == ("proven", 1)


def test_inequalities_and_shares_bound_and_the_percentage_stands_in_its_share() -> None:
    case = Case()
    percent, part, whole, more = case.figure(49, "0.5"), case.figure(335), case.figure(679), case.figure(700)
    case.share(percent, part, whole, "0.485", "0.495")
    case.constraint(({whole: 1, more: -1}, None, 0), kind="bound")
    found = covered(case)
    assert found == {
        percent: ("bounded", 1),
        part: ("bounded", 1),
        whole: ("bounded", 2),
        more: ("bounded", 1),
    }


def test_the_percentage_of_a_share_that_fails_is_contradicted() -> None:
    case = Case()
    percent, part, whole = case.figure(60, "0.5"), case.figure(335), case.figure(679)
    case.share(percent, part, whole, "0.595", "0.605")
    assert set(covered(case).values()) == {("contradicted", 1)}


def test_the_shares_of_a_whole_that_make_100_are_proven() -> None:
    case = Case()
    a, b = case.figure(49, "0.5"), case.figure(51, "0.5")
    case.constraint(({a: 1, b: 1}, 100, 100), kind="distribution", stated=a)
    assert covered(case) == {a: ("proven", 1), b: ("proven", 1)}


def test_unverifiable_constraints_count_for_nothing() -> None:
    case = Case()
    a, unknown, total = case.values(1, None, 3)
    case.sum([a, unknown], total)
    assert set(covered(case).values()) == {("unchecked", 0)}


def test_a_total_of_two_sides_stands_in_one_constraint() -> None:
    case = Case()
    a, b = case.values(1, 2)
    case.constraint(({a: 1}, 0, None), ({a: 1, b: -1}, None, 0), kind="relation")
    assert covered(case)[a] == ("bounded", 1)
