"""Two printed numbers: the same, the same but for rounding, or two."""

import pytest

from mlcheck.comparison.figures import agreement, cut_off, hint
from mlcheck.language.numeral import parse

CASES = [
    ("410", "410", "equal"),
    ("1 410", "1410", "equal"),
    ("410", "401", "different"),
    ("12", "-12", "different"),
    ("12 k€", "12 000 €", "equal"),
    ("2,1 M€", "2 096 457 €", "rounded"),
    ("2,1 M€", "2 196 457 €", "different"),
    ("12 k€", "12 501 €", "different"),
    ("49 %", "49,3 %", "rounded"),
    ("49 %", "49,5 %", "rounded"),
    ("49 %", "49,6 %", "different"),
    ("49 %", "50 %", "different"),
    ("49,3 %", "49,4 %", "different"),
    ("49 %", "49,0 %", "equal"),
    ("1 410 €", "1410", "equal"),
    ("12,50 €", "13 €", "rounded"),
    ("12,50 €", "12,49 €", "different"),
    ("12,00 €", "12,40 €", "different"),
    ("12 €", "12,40 €", "rounded"),
    ("12", "12,4", "rounded"),
    ("49", "49 %", "equal"),
    ("0,493", "49,3 %", "equal"),
    ("0,49", "49,3 %", "rounded"),
    ("0,48", "49,3 %", "different"),
    ("5 ‰", "0,5 %", "equal"),
    ("8 %", "8 points", "different"),
    ("49 %", "49 €", "different"),
]


@pytest.mark.parametrize(("left", "right", "expected"), CASES)
def test_two_printed_numbers(left, right, expected):
    one, other = parse(left), parse(right)
    assert agreement(one, other) == expected
    assert agreement(other, one) == expected


def test_decimals_that_were_cut_off():
    assert cut_off(parse("49 %"), parse("49,8 %"))
    assert not cut_off(parse("49 %"), parse("50,1 %"))
    assert not cut_off(parse("49 %"), parse("-49,8 %"))


@pytest.mark.parametrize(
    ("left", "right", "favours", "expected"),
    [
        ("410", "401", None, "two digits swapped"),
        ("10 029 €", "10 024 €", None, "one digit changed"),
        ("12", "17", None, ""),
        ("280", "28", "right", "a factor of ten"),
        ("4 115", "415", "left", "a digit left out"),
        ("415", "4 115", "left", "a digit doubled"),
        ("13", "-13", None, "the sign"),
        ("49 %", "49,8 %", None, "it fits only with its decimals cut off, not rounded"),
        ("901", "891", None, ""),
        ("499", "500", None, "off by one"),
        ("12", "/", None, ""),
    ],
)
def test_how_one_may_have_been_mistyped(left, right, favours, expected):
    assert hint(parse(left), parse(right), favours) == expected
