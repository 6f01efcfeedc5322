"""Formulas of spreadsheets: the relation that each states, and those that state none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.language.formula import MOST_CELLS, parse_formula
from mlcheck.language.formula_text import shown
from mlcheck.model.document import column_letters
from mlcheck.model.formula import LONGEST_FORMULA, CellFormula, cells_of

WORDS = st.sampled_from(
    [
        *[
            "SUM(",
            "SUBTOTAL(9,",
            "IFERROR(",
            "ROUND(",
            "AVERAGE(",
            "B2",
            "$C$3",
            "A1:B9",
            ":",
            ",",
            ";",
            "+",
            "-",
            "*",
            "/",
            "%",
            "(",
            ")",
            "1",
            "100",
            "0",
            "0.5",
            '"a"',
            '"',
        ]
    ]
)


def terms(text: str) -> tuple[str, ...]:
    """Return the cells that a formula adds up, the subtracted ones with their sign."""
    return names(text, "terms")


def names(text: str, part: str) -> tuple[str, ...]:
    formula = parse_formula(text)
    assert formula is not None
    return tuple(
        f"{'-' if sign < 0 else ''}{column_letters(column)}{row + 1}"
        for (row, column), sign in cells_of(getattr(formula, part))
    )


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("SUM(B2:B4)", "sum", ("B2", "B3", "B4")),
        ("=SUM(B2:B3)", "sum", ("B2", "B3")),
        ("SUM($B$2:B3,B7)", "sum", ("B2", "B3", "B7")),
        ("SOMME(B2:B3;B7)", "sum", ("B2", "B3", "B7")),
        ("SUM(B4:B2)", "sum", ("B2", "B3", "B4")),
        ("SUBTOTAL(9,B2:B3)", "sum", ("B2", "B3")),
        ("SOUS.TOTAL(109;B2:B3)", "sum", ("B2", "B3")),
        ("B2+B3+B4", "sum", ("B2", "B3", "B4")),
        ("+B2+B3", "sum", ("B2", "B3")),
        ("SUM(B2:B3)+SUM(B6:B7)", "sum", ("B2", "B3", "B6", "B7")),
        ("B2-(B3-B4)", "difference", ("B2", "-B3", "B4")),
        ("B2-B3", "difference", ("B2", "-B3")),
        ("-B2", "difference", ("-B2",)),
        ("SUM(B2:B3)-B7", "difference", ("B2", "B3", "-B7")),
        ("AVERAGE(B2:B3)", "average", ("B2", "B3")),
        ("MOYENNE(B2:B3)", "average", ("B2", "B3")),
        ("B2*C2", "product", ("B2", "C2")),
        ("ROUND(B2*C2,2)", "product", ("B2", "C2")),
        ('IFERROR(SUM(B2:B3),"")', "sum", ("B2", "B3")),
        ("SIERREUR(ARRONDI(B2+B3;0);0)", "sum", ("B2", "B3")),
        ("AA10", "reference", ("AA10",)),
    ],
)
def test_what_a_formula_adds_multiplies_or_repeats(text: str, kind: str, expected: tuple[str, ...]):
    formula = parse_formula(text)
    assert formula is not None
    assert formula.kind == kind
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "part", "base", "scale"),
    [
        ("B3/B$12", "share", ("B3",), ("B12",), 1),
        ("B3/B12*100", "share", ("B3",), ("B12",), 100),
        ("100*B3/B12", "share", ("B3",), ("B12",), 100),
        ("(B3+B4)/SUM(B2:B4)", "share", ("B3", "B4"), ("B2", "B3", "B4"), 1),
        ("ROUND(B3/B12*100,1)", "share", ("B3",), ("B12",), 100),
        ('IFERROR(B3/B12,"-")', "share", ("B3",), ("B12",), 1),
        ("(C3-B3)/B3", "variation", ("C3",), ("B3",), 1),
        ("C3/B3-1", "variation", ("C3",), ("B3",), 1),
        ("(C3-B3)/B3*100", "variation", ("C3",), ("B3",), 100),
        ("C3/B3*100-100", "variation", ("C3",), ("B3",), 100),
        ("(C3-B3)/D3", "share", ("C3", "-B3"), ("D3",), 1),
    ],
)
def test_what_a_formula_divides(
    text: str, kind: str, part: tuple[str, ...], base: tuple[str, ...], scale: int
):
    formula = parse_formula(text)
    assert formula is not None
    assert (formula.kind, formula.scale) == (kind, scale)
    assert (terms(text), names(text, "base")) == (part, base)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "1+1",
        "B2*1.2",
        "Feuil2!B2",
        "SUM('Année 2022'!B2:B5)",
        "taux*B2",
        "SUM(A:A)",
        "SUM(Total)",
        "B2:B5",
        "SUM(B2:B5",
        "SUM(B2:B5))",
        "SUM()",
        "SUM(B2:B5 B3:C3)",
        "SUM(B2,3)",
        "IF(B2>0,B3/B2,0)",
        "VLOOKUP(A2,D1:E9,2)",
        "SUBTOTAL(1,B2:B5)",
        "B2/0",
        "LOG10(5)",
        "XFE1+B2",
        "B1048577+B2",
        "1-B3/B12",
        "B3/B12+C3/C12",
        "SUM(A1:XFD1048576)",
        "B2&B3",
        "B2^2",
        '"B2"',
    ],
)
def test_what_states_no_relation_of_cells_of_the_sheet_is_left_alone(text: str):
    assert parse_formula(text) is None


def test_only_cells_added_by_subtotal_leave_out_subtotals():
    formula = parse_formula("SUBTOTAL(9,B2:B9)+B12")
    assert formula is not None
    assert [area.subtotal for area in formula.terms] == [True, False]


def test_a_formula_too_long_too_deep_or_of_too_many_cells_is_not_read():
    assert parse_formula("+".join(["B2"] * LONGEST_FORMULA)) is None
    assert parse_formula("(" * 400 + "B2" + ")" * 400) is None
    assert parse_formula("-" * 900 + "B2") is not None
    assert parse_formula(f"SUM(B1:B{MOST_CELLS})") is not None
    assert parse_formula(f"SUM(B1:B{MOST_CELLS + 1})") is None


@given(st.text() | st.lists(WORDS, max_size=60).map("".join) | st.lists(WORDS, max_size=300).map(" ".join))
def test_any_text_is_a_formula_or_none(text: str):
    formula = parse_formula(text)
    assert formula is None or isinstance(formula, CellFormula)
    if formula is not None:
        assert formula.terms
        assert sum(1 for _ in cells_of(formula.terms + formula.base)) <= MOST_CELLS


@given(st.text(max_size=200))
def test_any_text_is_shown(text: str):
    assert shown(text).startswith("=")


def test_a_formula_is_shown_as_a_french_program_shows_it():
    assert shown("SUM(B2:B4,B7)") == "=SOMME(B2:B4;B7)"
    assert shown('IFERROR(B2/SUM(C2:C4),"a, b")') == '=SIERREUR(B2/SOMME(C2:C4);"a, b")'
