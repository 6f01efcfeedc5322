"""The fit of the weights: what examples teach, what is kept without them, and what is written."""

import calibrate
import pytest
import tomli
from msgspec.structs import asdict

from calibrating.balance import COST, balanced
from calibrating.examples import Example
from calibrating.fitting import Prior, fitted, rate
from calibrating.reliability import by_folds, by_sources
from calibrating.weighing import learned, prior, thought, with_learned

PRIOR = Prior({"often right": 50, "rare": 70, "unseen": 30}, 100)
RIGHT = [({"often right": 1}, True, 1.0)] * 50
WRONG = [({"always": 1}, False, 1.0)] * 50


def of(document, true, source="tables", **features):
    """Return an example: a sum of a table."""
    names = {"rule TOT101": 1, **{name.replace("_", " "): count for name, count in features.items()}}
    slips = (f"{document} 1",) if true else ()
    return Example(source, document, "TOT101", names, true, slips)


def test_what_is_always_right_gets_a_large_weight():
    weights = fitted([*RIGHT, *WRONG], PRIOR)
    assert weights["often right"] > 250
    assert weights["always"] < -250


def test_a_weight_of_which_nothing_is_known_stays_what_was_thought():
    few = [({"rare": 1}, True, 0.01)]
    assert fitted([*RIGHT, *WRONG, *few], PRIOR)["rare"] == pytest.approx(70, abs=1)
    assert "unseen" not in fitted(RIGHT, PRIOR)


def test_a_weight_keeps_its_sign():
    signs = Prior({}, 100, positive=frozenset({"always"}), negative=frozenset({"often right"}))
    weights = fitted([*RIGHT, *WRONG], signs)
    assert weights == {"always": 0, "often right": 0}


def test_a_weight_that_is_held_firmly_moves_less():
    free, firm = (
        fitted([*RIGHT, *WRONG], Prior({}, 100, spreads))["always"] for spreads in ({}, {"always": 10})
    )
    assert free < firm < 0


def test_the_order_of_the_examples_changes_nothing():
    mixed = [example for pair in zip(RIGHT, WRONG, strict=True) for example in pair]
    assert fitted(mixed, PRIOR) == fitted([*WRONG, *RIGHT], PRIOR)


def test_a_remark_that_was_never_right_in_five_is_doubtful():
    assert rate(0, 5, 400, 2) < 0 < rate(0, 1, 400, 2) < rate(1, 0, 400, 2)


def test_false_examples_count_in_proportion_to_true_ones_in_each_source():
    examples = [
        of("a", True),
        of("b", False),
        of("b", False),
        of("c", False, "files"),
        of("d", True, "files"),
    ]
    weights = balanced(examples)
    assert weights[1] + weights[2] == pytest.approx(COST * weights[0])
    assert weights[3] == pytest.approx(COST * weights[4])
    assert weights[4] == pytest.approx(weights[0])


def test_no_document_judges_itself():
    odd = [of(f"odd {n}", True, huge_gap=1) for n in range(20)]
    rest = [of(f"plain {n}", n % 2 == 0, small_gap=1) for n in range(20)]
    alone = next(one for one in by_folds([odd[0], *rest]) if one.example is odd[0])
    among = next(one for one in by_folds([*odd, *rest]) if one.example is odd[0])
    assert alone.odds < among.odds
    assert {one.odds for one in by_sources(rest)} == {learned([]).odds(rest[0])}


def test_the_file_keeps_its_comments_and_names_no_rule_like_its_family():
    text = "# comment\n\n[rules]\nTOT = 5\n"
    written = with_learned(text, learned([]))
    assert written.startswith("# comment\n\n[rules]\n")
    assert tomli.loads(written) == {key: value for key, value in asdict(thought()).items() if key != "known"}


def test_what_may_not_turn_round_has_its_sign_to_begin_with():
    known, bounds = thought(), prior([])
    assert all(known.worth(name) >= 0 for name in bounds.positive)
    assert all(known.worth(name) <= 0 for name in bounds.negative)


def test_the_table_is_put_between_its_markers():
    page = f"before {calibrate.START} old {calibrate.END} after"
    assert calibrate.with_table(page, "new") == f"before {calibrate.START}\n\nnew\n\n{calibrate.END} after"
    with pytest.raises(ValueError, match="reliability"):
        calibrate.with_table("no markers", "new")
