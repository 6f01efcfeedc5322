"""Words are compared as a reader compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.language.words import content_words, fold, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-André-Lez-Lille", "Saint-André-lez-Lille"),
        ("16 - 17 ans", "16-17 ans"),
        ("Marcq-en-Barœul", "MARCQ EN BAROEUL"),
        ("l’emploi", "L'emploi"),
        ("Pérenchies", "perenchies"),
        ("Total général :", "Total general"),
        ("e\u0301te\u0301", "été"),
        ("ﬁn", "fin"),
    ],
)
def test_the_same_to_a_reader(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("BAC", "BAC +"), ("2022", "2023"), ("Part", "Part %"), ("Femmes", "Hommes"), ("26 et +", "26 et")],
)
def test_not_the_same(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jeunes", "jeune"),
        ("inscrites", "inscrits"),
        ("inscriptions", "inscrits"),
        ("nouvelles", "nouveau"),
        ("journaux", "journal"),
        ("signés", "signé"),
        ("contrats", "contrat"),
        ("femmes", "femme"),
    ],
)
def test_number_and_gender_are_left_out(one, other):
    assert stems(one) == stems(other)


def test_a_participle_in_the_feminine():
    assert stems("contrats signés") == stems("conventions signées") - stems("conventions") | stems("contrats")


@pytest.mark.parametrize(
    ("one", "other"),
    [("formation", "format"), ("accès", "accueil"), ("mission", "missive"), ("bac", "bacs à sable")],
)
def test_what_tables_keep_apart_stays_apart(one, other):
    assert stems(one) != stems(other)


def test_stop_words_carry_nothing():
    assert content_words("La part des jeunes qui sont en contact avec la ML") == (
        "part",
        "jeunes",
        "contact",
        "ml",
    )


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_stems_never_raise(text):
    assert all(stem(word) for word in fold(text).split())
    assert stems(text) == stems(text.upper()) or not text.isascii()
