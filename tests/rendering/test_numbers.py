"""Numbers are exact, and written as the reader of the report writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.rendering.numbers import number, percent, plain_spaces, rounded, with_unit


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (9995, "9 995"),
        (1_234_567, "1 234 567"),
        (0, "0"),
        (-12, "-12"),
        (Fraction(4934, 100), "49,34"),
        (Fraction(1, 2), "0,5"),
        (Fraction(-5, 1000), "-0,005"),
        (Fraction(335 * 100, 679), "49,34"),  # does not end: two decimals
        (Fraction(-1, 300), "0,00"),  # no sign before a zero
    ],
)
def test_a_number_in_french(value, written):
    assert plain_spaces(number(value)) == written


def test_a_number_in_english():
    assert number(Fraction(123450, 100), "en") == "1,234.5"


def test_thousands_are_held_together_by_a_no_break_space():
    assert number(9995) == "9\u00a0995"


@pytest.mark.parametrize(
    ("text", "unit", "language", "written"),
    [
        ("49,3", "%", "fr", "49,3\u00a0%"),
        ("49.3", "%", "en", "49.3%"),
        ("9 995", "€", "fr", "9 995\u00a0€"),
        ("12", "count", "fr", "12"),
    ],
)
def test_a_number_with_its_unit(text, unit, language, written):
    assert with_unit(text, unit, language) == written


def test_a_percentage_has_one_decimal_and_a_growth_its_sign():
    assert plain_spaces(percent(Fraction(335, 679))) == "49,3 %"
    assert plain_spaces(percent(Fraction(8, 100), signed=True)) == "+8,0 %"
    assert plain_spaces(percent(Fraction(-41, 1000), signed=True)) == "-4,1 %"


def test_halves_are_rounded_away_from_zero_as_reports_do():
    assert [rounded(Fraction(n, 10), 0) for n in (5, 15, 25, -5, -15)] == [1, 2, 3, -1, -2]


@given(st.fractions(), st.integers(0, 6))
def test_a_rounded_number_is_within_half_a_unit(value, decimals):
    assert abs(Fraction(rounded(value, decimals), 10**decimals) - value) <= Fraction(1, 2 * 10**decimals)


@given(st.integers(-(10**18), 10**18), st.integers(0, 6))
def test_a_decimal_number_is_written_in_full(mantissa, scale):
    exact = Fraction(mantissa, 10**scale)
    assert Fraction(plain_spaces(number(exact)).replace(" ", "").replace(",", ".")) == exact
