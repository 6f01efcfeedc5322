"""What the page says for a relation has a weight and words: nothing is said that nobody can read or that counts for nothing unseen."""

from __future__ import annotations

import pytest

from mlcheck.judging.weights import ERROR, RULE, SENTENCE, WARNING, probability, weights
from mlcheck.rendering.relations.view import LAYOUT
from tests.rules.loading import cases, document_of, facts_of


def test_all_that_the_layout_says_in_the_cases_of_the_rules_is_weighed_and_has_words() -> None:
    said = {
        name
        for case in cases()
        for table in facts_of(document_of(case.table, case.sentences)).tables
        for relation in table.relations
        for name in relation.evidence.layout
    }
    assert len(said) > 20
    assert said - set(LAYOUT) == set()
    assert said - set(weights().evidence) == set()


def test_log_odds_are_whole_numbers_that_add_up() -> None:
    known = weights()
    features = {f"{RULE}TOT101": 1, "a bare total": 1, "siblings hold": 3, "nothing known": 5}
    wanted = known.rule("TOT101") + known.evidence["a bare total"] + 3 * known.evidence["siblings hold"]
    assert known.log_odds(features) == wanted
    assert known.worth(f"{SENTENCE}huge gap") == known.claims["huge gap"]


def test_a_rule_has_the_weight_of_its_family_where_it_has_none_of_its_own() -> None:
    known = weights()
    assert "VAR203" not in known.rules
    assert known.rule("VAR203") == known.rules["VAR"]


@pytest.mark.parametrize(("odds", "sure"), [(WARNING, 0.5), (ERROR, 0.9), (-5_000, 0.01), (5_000, 0.99)])
def test_nothing_is_certain(odds: int, sure: float) -> None:
    assert probability(odds) == sure
