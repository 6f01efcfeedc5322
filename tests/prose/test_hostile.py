"""Sentences made to be slow: each is read to its end, and what can be counted in it is right."""

from __future__ import annotations

import pytest

from tests.prose.sentences import read

LONG = 100_000


@pytest.mark.parametrize(
    ("unit", "claims"),
    [
        ("(", 0),
        ("(1 ", None),
        (" ", 0),
        ("1", 0),
        ("1/", None),
        ("a-", 0),
        ("l'", 0),
        ("de ", 0),
        ("près de ", 0),
        ("augmente de ", 0),
        ("¹", 0),
        ("\n", 0),
        (". A", 0),
        ("en 2022 ", 0),
        ("5 % des jeunes, ", LONG // 16),
        ("12 jeunes : ", LONG // 12),
        ("augmente de 5 %, ", LONG // 17),
        ("passant de 5 à ", None),
        ("1 jeune sur ", None),
        ("\n- 5 %", LONG // 6),
    ],
)
def test_a_long_sentence_is_read_to_its_end(unit: str, claims: int | None) -> None:
    found, _ = read(unit * (LONG // len(unit)))
    assert claims is None or len(found) == claims


def test_nothing_is_linked_in_a_sentence_that_is_a_list_of_data() -> None:
    found, links = read("Sur 679 inscrits, 335 sont des femmes (49 %), " * 30)
    assert len(found) == 90 and links == ()
    assert read("Sur 679 inscrits, 335 sont des femmes (49 %).")[1] != ()
