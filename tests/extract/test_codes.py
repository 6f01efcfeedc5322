"""A printed number is stored as a number under the format that prints it, or else stays text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.language.numeral import parse
from mlcheck.model.quantity import Quantity
from mlcheck.reading.spreadsheet.number_format.show import show
from mlcheck.rendering.extraction.marks import displayed, stored
from tests.extract.verdicts import spaced


@pytest.mark.parametrize(
    ("printed", "value", "code"),
    [
        ("679", 679, "#,##0"),
        ("1\u202f915", 1915, "#,##0"),
        ("1 915", 1915, "#,##0"),
        ("2023", 2023, "0"),
        ("007", 7, "000"),
        ("12,50", 12.5, "#,##0.00"),
        ("49 %", 0.49, '#,##0" "%'),
        ("49%", 0.49, "#,##0%"),
        ("13,3 %", 0.133, '#,##0.0" "%'),
        ("15 728 €", 15728, '#,##0" €"'),
        ("2,1 M€", 2.1, '#,##0.0" M€"'),
        ("3,5 ‰", 3.5, '#,##0.0" ‰"'),
        ("-12", -12, "#,##0"),
        ("−12", -12, '#,##0;"−"#,##0'),
        ("(12)", -12, '#,##0;"("#,##0")"'),
        ("+8 %", 0.08, '"+"#,##0" "%;"-"#,##0" "%'),
        ("12*", 12, '#,##0"*"'),
        ("12 (1)", 12, '#,##0" (1)"'),
    ],
)
def test_french_numbers_are_numbers(printed, value, code):
    number = displayed(parse(printed))
    assert stored(printed, number) == (value, code)
    assert spaced(show(value, code).text) == spaced(printed)
    assert show(value, code).number == number


@pytest.mark.parametrize("printed", ["23.6 %", "1,234,567", "12.5", "1'234", "1.234.567"])
def test_numbers_printed_with_other_signs_stay_text(printed):
    assert displayed(parse(printed, "en") or parse(printed)) is None


def test_a_comma_that_groups_thousands_is_no_decimal_sign():
    assert displayed(parse("1,234", "en")) is None
    assert displayed(parse("1,234", "fr")) == Decimal("1.234")


def test_a_number_under_a_heading_in_thousands_is_stored_as_it_is_displayed():
    assert displayed(Quantity("12,5", 125_000, 500, 1)) == Decimal("12.5")


def test_a_stored_number_keeps_what_its_own_format_adds():
    assert stored("N° 12 bis", Decimal(12)) == (12, '"N° "#,##0" bis"')
    assert stored("1,23457E+11", Decimal("1.23457E+11")) == (123457000000, "0.00000E+00")
    assert stored('12 " de', Decimal(12)) == (12, '#,##0" "\\"" de"')


def test_what_no_format_gives_is_left_alone():
    assert stored("1 1/2", Decimal("1.5")) is None
    assert stored("12 345 678 901 234 567", Decimal(12345678901234567)) is None  # more than a double holds
    assert stored(f"12{'*' * 300}", Decimal(12)) is None


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 2),
    st.sampled_from(["", " %", " €", "\u00a0M€", " ‰", " points"]),
    st.sampled_from(" \u00a0\u202f"),
)
def test_any_number_prints_again_as_it_was_printed(digits, decimals, unit, space):
    number = Fraction(digits, 10**decimals)
    whole, _, rest = f"{abs(digits) / 10**decimals:,.{decimals}f}".partition(".")
    printed = f"{'-' if digits < 0 else ''}{whole.replace(',', space)}{',' + rest if rest else ''}{unit}"
    found = displayed(parse(printed))
    assert found is not None
    assert Fraction(found) == number
    value, code = stored(printed, found)
    assert spaced(show(value, code).text) == spaced(printed)
