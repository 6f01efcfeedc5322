"""What a number format prints, and the number that is then displayed.

The cases were compared with what LibreOffice 7.4 displays; where Excel differs from it, Excel is followed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.reading.spreadsheet.number_format.show import show, show_text

T = "\u202f"  # between thousands

CASES = [
    # stored, format, printed, displayed number
    (0.4934, "0 %", "49 %", "49"),
    (0.4934, "0%", "49%", "49"),
    (0.4934, "0.0%", "49,3%", "49.3"),
    (0.125, "#0.0#%", "12,5%", "12.5"),
    (114049, '#,##0 "€"', f"114{T}049 €", "114049"),
    (114049, r"#,##0.00\ [$€-40C]", f"114{T}049,00 €", "114049.00"),
    (12.5, "0.00", "12,50", "12.50"),
    (1234567.891, "#,##0", f"1{T}234{T}568", "1234568"),
    (1234567.891, r"#\ ##0", "1234 568", "1234568"),  # one space where the code has one
    (49, r"#\ ##0", "49", "49"),
    (114049, "0,", "114", "114"),
    (2_100_000, '0.0,,"M€"', "2,1M€", "2.1"),
    (2_149_999, '0.0,,"M€"', "2,1M€", "2.1"),
    (1500, '#,##0,"k€"', "2k€", "2"),
    (1_500_000, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "1,5M", "1.5"),
    (1500, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "2k", "2"),
    (15, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "15", "15"),
    (-15, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "-15", "-15"),
    # signs and sections
    (-12.5, "0.0", "-12,5", "-12.5"),
    (-5, "#,##0;(#,##0)", "(5)", "-5"),
    (-5, "#,##0;[Red]-#,##0", "-5", "-5"),
    (-12.5, r"[$€-40C]\ 0.00", "-€ 12,50", "-12.50"),
    (-0.4, "0", "0", "0"),
    (-0.4, '0;-0;"-"', "-0", "0"),
    (0, '0;-0;"-"', "-", None),
    (0, '0;-0;"/"', "/", None),
    (0.08, "+0%;-0%;0%", "+8%", "8"),
    (-0.041, "+0.0%;-0.0%", "-4,1%", "-4.1"),
    (0, "0;-0;;@", "", None),
    (5, ";;;", "", None),
    (0, '[=0]"nul";0', "nul", None),
    (-1234.5, '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-', f"-1{T}234,50 €", "-1234.50"),
    (1234.5, "#,##0.00_);(#,##0.00)", f"1{T}234,50", "1234.50"),
    # rounding is half up on the decimal that names the double
    (2.5, "0", "3", "3"),
    (0.285, "0.00", "0,29", "0.29"),
    (1.005, "0.00", "1,01", "1.01"),
    (0.285, "0%", "29%", "29"),
    (99.995, "0.00", "100,00", "100.00"),
    # placeholders and literals
    (5, "00000", "00005", "5"),
    (612345678, "00 00 00 00 00", "06 12 34 56 78", "612345678"),
    (5, "#.##", "5,", "5"),
    (0.5, "#.##", ",5", "0.5"),
    (1.5, "#,##0.0#", "1,5", "1.5"),
    (3, '0" jeunes"', "3 jeunes", "3"),
    (3, 'General" jeunes"', "3 jeunes", "3"),
    (12, '"n = "0', "n = 12", "12"),
    (12, '0" %"', "12 %", "12"),  # a quoted % does not scale
    (12, "0\\%", "12%", "12"),
    (7, '"texte"', "texte", None),
    # scientific, fractions
    (12345.678, "0.00E+00", "1,23E+04", "12300"),
    (12345.678, "##0.0E+0", "12,3E+3", "12300"),
    (0.00012, "0.0E-0", "1,2E-4", "0.00012"),
    (2.25, "# ?/?", "2 1/4", "2.25"),
    (0.5, "# ??/??", "1/2", "0.5"),
    (2.3, "# ?/8", "2 2/8", "2.25"),
    (1 / 3, "# ?/?", "1/3", None),  # no decimal is equal to it
    # General
    (3, "General", "3", "3"),
    (0.1 + 0.2, "General", "0,3", "0.3"),
    (1 / 3, "General", "0,333333333", "0.333333333"),
    (12345.678912, "General", "12345,67891", "12345.67891"),
    (12345678901, "General", "12345678901", "12345678901"),
    (123456789012, "General", "1,23457E+11", "123457000000"),
    (-1234.5, "General", "-1234,5", "-1234.5"),
    (0.00001, "General", "0,00001", "0.00001"),
    (0.000012345678, "General", "1,23457E-05", "0.0000123457"),
    (5, "@", "5", "5"),
    # dates and times are text
    (45000, "dd/mm/yyyy", "15/03/2023", None),
    (45000, "d mmmm yyyy", "15 mars 2023", None),
    (45000, "[$-40C]ddd d mmm yy", "mer. 15 mars 23", None),
    (45000.25, r"dd/mm/yyyy\ hh:mm", "15/03/2023 06:00", None),
    (0.5, "h:mm AM/PM", "12:00 PM", None),
    (1.5, "[h]:mm", "36:00", None),
    (0.4934, "mm:ss.0", "50:29,8", None),
    (-1, "dd/mm/yyyy", "########", None),
    (float("inf"), "0", "#NOMBRE!", None),
    (float("nan"), "General", "#NOMBRE!", None),
]


@pytest.mark.parametrize(("stored", "code", "printed", "number"), CASES)
def test_a_number_is_printed_as_a_french_spreadsheet_prints_it(
    stored: float, code: str, printed: str, number: str | None
) -> None:
    text, shown = show(float(stored), code)
    assert text == printed
    assert shown == (None if number is None else Decimal(number))


def test_the_displayed_number_keeps_the_displayed_decimals() -> None:
    assert str(show(12.5, "0.00").number) == "12.50"
    assert str(show(12.0, '0.0" €"').number) == "12.0"


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("Lille", "General", "Lille"),
        ("Lille", "0.00", "Lille"),
        ("Lille", "@", "Lille"),
        ("Lille", '0;-0;0;"Ville : "@', "Ville : Lille"),
        ("Lille", ";;;", ""),
    ],
)
def test_a_text_goes_through_the_text_section(text: str, code: str, printed: str) -> None:
    assert show_text(text, code) == printed


PIECES = '0 # ? , . % ; " \\ _ * [ ] / E+ e- @ General y mm d h ss [h] [>=1] [Red] [$€-40C] AM/PM € 8 ( ) - é'
pieces = st.sampled_from([" ", *PIECES.split()])
codes = st.one_of(st.lists(pieces, max_size=25).map("".join), st.text(max_size=40))


@given(st.one_of(st.floats(), st.decimals(allow_nan=True), st.integers(-(10**6), 10**6).map(float)), codes)
def test_no_format_and_no_number_makes_it_fail(value: float | Decimal, code: str) -> None:
    text, number = show(value, code)
    assert isinstance(text, str)
    assert number is None or number.is_finite()
    show_text("Lille", code)


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_the_displayed_number_is_the_stored_decimal_rounded_half_up(value: float, decimals: int) -> None:
    code = "0" + ("." + "0" * decimals if decimals else "")
    unit = Decimal(1).scaleb(-decimals)
    assert show(value, code).number == Decimal(repr(value)).quantize(unit, ROUND_HALF_UP)


@given(st.floats(-1e12, 1e12), st.sampled_from(["0", "#,##0.00", "0.0%", '#,##0 "€"', "0.000"]))
def test_the_text_reads_back_as_the_displayed_number(value: float, code: str) -> None:
    text, number = show(value, code)
    digits = text.replace(T, "").replace(",", ".").strip("€% ")
    assert Decimal(digits) == number
