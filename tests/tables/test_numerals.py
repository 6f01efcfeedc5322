"""Printed numbers are read as they stand: value, half-unit and unit, or nothing at all."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlcheck.language.numeral import SPACES, convention_of, mark_of, parse, with_unit

NUMBERS = [
    # printed, value, half-unit, unit
    ("0", 0, 0, "count"),
    ("679", 679, 0, "count"),
    ("3 087", 3087, 0, "count"),
    ("3\u00a0087", 3087, 0, "count"),
    ("3\u202f087", 3087, 0, "count"),
    ("3\u2009087", 3087, 0, "count"),
    ("1'200", 1200, 0, "count"),
    ("1’200", 1200, 0, "count"),
    ("14.980", 14980, 0, "count"),
    ("1 234 567", 1234567, 0, "count"),
    ("1.234.567", 1234567, 0, "count"),
    ("1 234,5", "1234.5", "0.05", "count"),
    ("1.234,5", "1234.5", "0.05", "count"),
    ("1,234.5", "1234.5", "0.05", "count"),
    ("0,125", "0.125", "0.0005", "count"),
    ("0.125", "0.125", "0.0005", "count"),
    ("3,14", "3.14", "0.005", "count"),
    ("3.14", "3.14", "0.005", "count"),
    ("007", 7, 0, "count"),
    # signs
    ("-20", -20, 0, "count"),
    ("−20", -20, 0, "count"),
    ("–20", -20, 0, "count"),
    ("‑20", -20, 0, "count"),
    ("―20", -20, 0, "count"),
    ("moins 20", -20, 0, "count"),
    ("Moins 20", -20, 0, "count"),
    ("(20)", -20, 0, "count"),
    ("(1 200)", -1200, 0, "count"),
    ("+20", 20, 0, "count"),
    ("+ 8 %", 8, "0.5", "%"),
    ("-1,0 %", -1, "0.05", "%"),
    # units
    ("49 %", 49, "0.5", "%"),
    ("49%", 49, "0.5", "%"),
    ("49,3 %", "49.3", "0.05", "%"),
    ("12 ‰", 12, "0.5", "‰"),
    ("3 points", 3, "0.5", "points"),
    ("1,5 pt", "1.5", "0.05", "points"),
    ("10 029 €", 10029, 0, "€"),
    ("10 029 euros", 10029, 0, "€"),
    ("€ 500", 500, 0, "€"),
    ("12,50 €", "12.5", 0, "€"),
    ("12,5 €", "12.5", "0.05", "€"),
    ("12 k€", 12000, 500, "€"),
    ("2,1 M€", 2100000, 50000, "€"),
    ("2,1 millions d'euros", 2100000, 50000, "€"),
    ("4 Md€", 4000000000, 500000000, "€"),
    # footnote marks
    ("12*", 12, 0, "count"),
    ("12**", 12, 0, "count"),
    ("12¹", 12, 0, "count"),
    ("12 (1)", 12, 0, "count"),
    ("12(a)", 12, 0, "count"),
    ("12 p", 12, 0, "count"),
    ("12 r", 12, 0, "count"),
    ("49 %*", 49, "0.5", "%"),
]

NO_NUMBERS = [
    "", " ", "-", "/", "nd", "n.d.", "Total", "1 23", "12 34", "1 2345", "1,234,5", "1.23.4", "12 345 67", "a12",
    "12 contrats", "16-17", "16 - 17 ans", "16 à 17 ans", "1/3", "12:30", "+", "%", "€", "(12", "12)", "(-12)", "--12",
    "1e5", "1_000", "NaN", "inf", "٣", "①", "Ⅷ", "²", "12 345 678 901 234 567 890", "1er", "12 €/jeune",
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "half", "unit"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_a_number_is_read(printed, value, half, unit):
    number = parse(printed)
    assert number is not None
    assert (number.value, number.half_unit, number.unit) == (Fraction(value), Fraction(half), unit)


@pytest.mark.parametrize("printed", NO_NUMBERS)
def test_what_is_no_number_is_none(printed):
    assert parse(printed) is None


@pytest.mark.parametrize("mark", ["/", "-", "–", "—", "∅", "néant"])
def test_nothing_to_report(mark):
    assert mark_of(mark) == "nil"


@pytest.mark.parametrize("mark", ["nd", "N.D.", "ns", "s", "c", "...", "…", "Pas de données", "n/a"])
def test_not_known(mark):
    assert mark_of(mark) == "unknown"


@pytest.mark.parametrize("text", ["0", "Total", "", "12", "sans"])
def test_no_mark(text):
    assert mark_of(text) is None


def test_a_comma_groups_in_an_english_table():
    assert convention_of(["1,234", "2,345", "12,001", "87"]) == "en"
    assert parse("1,234", "en").value == 1234


def test_a_comma_cuts_in_a_french_table():
    assert convention_of(["1,5", "2,25", "1 234"]) == "fr"
    assert parse("1,234", "fr").value == Fraction(1234, 1000)


def test_without_evidence_a_table_is_french():
    assert convention_of(["12", "1 234", "87"]) == "fr"


def test_a_headnote_gives_its_unit_and_magnitude():
    number = with_unit(parse("1 234"), "€", 1000)
    assert (number.value, number.half_unit, number.unit, number.printed) == (1234000, 500, "€", "1 234")


def test_a_headnote_of_percentages_keeps_the_decimals():
    number = with_unit(parse("-10,50"), "%")
    assert (number.value, number.half_unit, number.unit) == (Fraction(-21, 2), Fraction(5, 1000), "%")


@st.composite
def printed(draw):
    """Return a number and the way a report may print it."""
    digits = draw(st.integers(0, 10**15 - 1))
    scale = draw(st.integers(0, 4))
    whole, decimals = divmod(digits, 10**scale)
    space = draw(st.sampled_from([*SPACES, "'", "’", ""]))
    grouped = f"{whole:,}".replace(",", space)
    cut = draw(st.sampled_from(",."))
    unambiguous = scale != 3 or (cut == "," and (space != "" or whole < 1000)) or whole == 0
    text = grouped + (f"{cut}{decimals:0{scale}d}" if scale and unambiguous else "")
    value = Fraction(digits, 10**scale) if scale and unambiguous else Fraction(whole)
    sign, after = draw(
        st.sampled_from([("", ""), ("-", ""), ("−", ""), ("moins ", ""), ("(", ")"), ("+", "")])
    )
    unit = draw(st.sampled_from(["", " %", " €", "%", "\u00a0€"]))
    mark = draw(st.sampled_from(["", "*", "¹"])) if not after else ""
    negative = sign not in ("", "+")
    return f"{sign}{text}{unit}{after}{mark}", -value if negative else value, unit.strip() or "count"


@given(printed())
@example(("(3\u202f087\u00a0€)", Fraction(-3087), "€"))
def test_what_is_printed_is_read_back(case):
    text, value, unit = case
    number = parse(text)
    assert number is not None
    assert number.value == value
    assert number.unit == unit.replace("\u00a0", "")


@given(st.text(max_size=40))
def test_no_text_raises(text):
    for convention in ("fr", "en"):
        number = parse(text, convention)
        assert number is None or abs(number.mantissa) < 10**18
    mark_of(text)
    convention_of([text])


@given(st.text(alphabet="0123456789 .,'-+()%€kM\u00a0*¹", max_size=30))
def test_no_heap_of_digits_and_signs_raises(text):
    number = parse(text)
    assert number is None or number.half >= 0
