"""The typing errors that are made on purpose are those that people make."""

from __future__ import annotations

from random import Random

import pytest

from mlcheck.mutation.typing_errors import KINDS, numerals
from mlcheck.solving.slips import slip


def all_of(kind: str, digits: str) -> set[str | None]:
    return {KINDS[kind](digits, Random(seed)) for seed in range(60)}


@pytest.mark.parametrize(
    ("kind", "digits", "made"),
    [
        ("swapped", "679", {"769", "697"}),
        ("swapped", "10", {None}),  # 01 is no number that a person prints
        ("swapped", "55", {None}),
        ("dropped", "679", {"67", "69", "79"}),
        ("dropped", "105", {"10", "15"}),
        ("dropped", "7", {None}),
        ("doubled", "67", {"667", "677"}),
        ("one off", "9", {"8", "10"}),
        ("one off", "0", {"1"}),
        ("ten off", "7", {"17"}),
        ("factor", "140", {"1400", "14"}),
        ("factor", "0", {None}),
        ("emptied", "12", {""}),
    ],
)
def test_what_is_made_of_digits(kind, digits, made):
    assert all_of(kind, digits) == made


def test_one_digit_is_changed_and_never_to_a_leading_zero():
    assert all_of("changed", "7") <= {str(n) for n in range(10)} - {"7"}
    assert not any(text.startswith("0") for text in all_of("changed", "12") if text)


@pytest.mark.parametrize("kind", ["swapped", "changed", "dropped", "doubled", "factor"])
def test_the_diagnosis_knows_them_by_the_same_names(kind):
    for number in (12, 105, 679, 16709):
        digits = KINDS[kind](str(number), Random(1))
        if digits:
            found = slip(int(digits), number)
            told = {"dropped": "dropped", "doubled": ("doubled", "added", "factor")}.get(kind, kind)
            assert found is not None and found.kind in (
                told if isinstance(told, tuple) else (told, "factor", "one off")
            )


@pytest.mark.parametrize(
    ("text", "digits", "again"),
    [
        ("16\u202f709 entretiens", "167099", "167\u202f099"),
        ("679", "6799", "6799"),
        ("13,3 %", "134", "13,4"),
        ("1\u00a0234,50 €", "12345", "123,45"),
        ("0,2 %", "2", "0,2"),
        ("1.234.567", "1234", "1.234"),
    ],
)
def test_other_digits_are_set_as_the_first_ones_were(text, digits, again):
    (numeral,) = numerals(text, "fr")
    assert numeral.written(digits) == again
