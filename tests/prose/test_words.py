"""The words of sentences are data: each is found as what the lexicon says it is, by any of its printed forms."""

from __future__ import annotations

import pytest

from mlcheck.prose.tokens import key_of, root, tokens, words


@pytest.mark.parametrize(
    ("text", "tag", "value"),
    [
        ("augmentation", "trend", "up"),
        ("Augmentèrent", "trend", "up"),
        ("BAISSE", "trend", "down"),
        ("évolution", "trend", "none"),
        ("près d'", "hedge", "près de"),
        ("près du", "hedge", "près de"),
        ("pres de", "hedge", "près de"),
        ("un peu plus de", "hedge", "un peu plus de"),
        ("par rapport au", "since", True),
        ("l'an dernier", "relative-year", -1),
        ("points de pourcentage", "unit", "points"),
        ("Md€", "magnitude", 10**9),
        ("relèvent", "verb", True),
        ("reçoivent", "verb", True),
    ],
)
def test_a_word_or_phrase_is_what_the_lexicon_says(text: str, tag: str, value: object) -> None:
    found = tokens(text)
    assert len(found) == 1 and found[0].tags.get(tag) == value


@pytest.mark.parametrize("text", ["accompagnement", "agent", "jeunes", "formation"])
def test_a_noun_is_no_verb_and_no_trend(text: str) -> None:
    assert not tokens(text)[0].tags.keys() & {"verb", "trend", "share-verb"}


def test_a_preposition_is_told_from_a_verb_by_its_accent() -> None:
    assert "to" in tokens("à")[0].tags and "verb" in tokens("a")[0].tags


@pytest.mark.parametrize(("one", "many"), [("jeune", "jeunes"), ("femme", "femmes"), ("contrat", "contrats")])
def test_singular_and_plural_have_one_root(one: str, many: str) -> None:
    assert root(key_of(one)) == root(key_of(many))


def test_each_pair_of_complements_parts_its_words() -> None:
    for left, right in words().complements:
        assert left and right and not left & right
