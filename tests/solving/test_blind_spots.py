"""How wrong a figure could be without breaking any of its constraints."""

from __future__ import annotations

from mlcheck.model.frames import CONSTRAINTS, FIGURES, SIDES, TERMS, frame
from mlcheck.solving.admissible import BLIND, blind_spots
from mlcheck.solving.evaluate import adapt, evaluate
from tests.solving.cases import Case


def errors(case: Case, unit: str = "count") -> dict[int, tuple[str | None, str | None]]:
    figures, *others = case.frames()
    figures = figures.with_columns(unit=frame([(unit,)] * figures.height, {"unit": FIGURES["unit"]})["unit"])
    assert [list(one.columns) for one in others] == [list(s) for s in (CONSTRAINTS, SIDES, TERMS)]
    verdicts = adapt(figures, *others, evaluate(figures, *others))
    found = blind_spots(figures, *others, verdicts)
    assert dict(found.schema) == BLIND
    return {figure: (below, above) for figure, below, above in found.iter_rows()}


def test_no_error_passes_in_an_exact_sum() -> None:
    case = Case()
    a, b, total, stray = case.values(1, 2, 3, 4)
    case.sum([a, b], total)
    assert errors(case) == {a: ("0", "0"), b: ("0", "0"), total: ("0", "0")}
    assert stray not in errors(case)


def test_a_rounded_share_lets_some_errors_of_its_operands_pass_and_none_of_its_own() -> None:
    case = Case()
    percent, part, whole = case.figure(49, "0.5"), case.figure(335), case.figure(679)
    case.share(percent, part, whole, "0.485", "0.495")
    # 0.485 · 679 = 329.3 and 0.495 · 679 = 336.1; 335 / 0.495 = 676.8 and 335 / 0.485 = 690.7
    assert errors(case) == {percent: ("0", "0"), part: ("5", "1"), whole: ("2", "11")}


def test_the_narrowest_constraint_decides() -> None:
    case = Case()
    percent, part, whole, other = case.figure(49, "0.5"), case.figure(335), case.figure(679), case.figure(344)
    case.share(percent, part, whole, "0.485", "0.495")
    case.sum([part, other], whole)
    assert errors(case)[part] == ("0", "0")
    assert errors(case)[percent] == ("0", "0")


def test_a_part_may_be_anything_up_to_its_whole() -> None:
    case = Case()
    part, whole = case.values(37, 95)
    case.constraint(({part: 1, whole: -1}, None, 0), kind="bound")
    assert errors(case) == {part: ("37", "58"), whole: ("58", None)}
    assert errors(case, "€")[part] == (None, "58")  # an amount may be negative, a count is not


def test_percentages_that_make_a_hundred_hide_their_roundings() -> None:
    case = Case()
    a, b, c = (case.figure(value, "0.5") for value in (58, 20, 22))
    case.constraint(({a: 1, b: 1, c: 1}, 100, 100), kind="distribution")
    assert set(errors(case, "%").values()) == {("1", "1")}


def test_a_rounded_table_hides_what_it_has_learnt_to_allow() -> None:
    case = Case()
    rows = [case.values(*row) for row in ((120, 340, 470), (230, 150, 380), (410, 220, 640), (310, 550, 850))]
    for a, b, total in rows:
        case.sum([a, b], total, group="table")
    # Three figures carry half a ten each: 15 in all, of which a sum that is off by 10 leaves 5.
    assert errors(case)[rows[1][0]] == ("15", "15")
    assert errors(case)[rows[0][0]] == ("5", "25")


def test_what_is_contradicted_or_unverifiable_says_nothing() -> None:
    case = Case()
    a, b, total, unknown = case.values(1, 2, 4, None)
    case.sum([a, b], total)
    case.sum([a, unknown], total)
    assert errors(case) == {}


def test_the_same_figure_in_two_places_is_seen_in_both() -> None:
    case = Case()
    table, prose, percent, whole = (
        case.figure(335),
        case.figure(335),
        case.figure(49, "0.5"),
        case.figure(679),
    )
    case.equal(table, prose)
    case.share(percent, table, whole, "0.485", "0.495")
    found = errors(case)
    assert (found[table], found[prose]) == (("0", "0"), ("0", "0"))
