"""Numbers of sentences found again among the characters of a file."""

from __future__ import annotations

import pytest

from mlcheck.rendering.annotation.passages import find_alone, find_number


@pytest.mark.parametrize(
    ("characters", "sentence", "number", "found"),
    [
        ("En 2023, 7 jeunes.", "En 2023, 7 jeunes.", "7", "7"),
        ("En\u00a02023,\u202f7\tjeunes.", "En 2023, 7 jeunes.", "7", "7"),
        ("1) En 2023, 7 jeunes. Et 7 filles.", "Et 7 filles.", "7", "7"),
        ("58 % des jeunes", "58 % des jeunes", "58 %", "58 %"),
        ("soit -4,1 % en un an", "soit -4,1 % en un an", "-4,1 %", "-4,1 %"),
        ("12\u00a0345 jeunes", "12 345 jeunes", "12 345", "12\u00a0345"),
        ("12¹ jeunes", "12¹ jeunes", "12", "12"),
        ("Les 1ers jeunes", "Il y a 7 jeunes", "7", None),
    ],
)
def test_a_number_is_found_by_the_words_around_it(characters, sentence, number, found):
    start = sentence.index(number)
    span = find_number(list(characters), sentence, start, start + len(number))
    assert (None if span is None else characters[slice(*span)]) == found


def test_of_two_sentences_alike_the_first_from_a_place_on_is_taken():
    twice = "7 jeunes. 7 jeunes."
    assert find_number(list(twice), "7 jeunes.", 0, 1) == (0, 1)
    assert find_number(list(twice), "7 jeunes.", 0, 1, near=5) == (10, 11)


@pytest.mark.parametrize(
    ("characters", "number", "span"),
    [
        ("12\u00a0345 ici", "12 345", (0, 6)),
        ("de 7 à 17", "7", (3, 4)),
        ("7 et 7", "7", None),
        ("1 234", "23", None),
        ("rien", "", None),
    ],
)
def test_a_number_alone_is_found_where_it_is_printed_once(characters, number, span):
    assert find_alone(list(characters), number) == span
