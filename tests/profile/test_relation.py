"""The language of relations: what is understood, and where it stops understanding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.model.errors import MlcheckError
from mlcheck.profile.parse import parse

PLACE = ("agence.toml", 12)


def terms(text: str) -> list[tuple[str, str]]:
    """The terms of a relation as "coefficient table.column[labels]"."""
    linear = parse(text, "r", PLACE).linear
    return [
        (
            str(c),
            name.table
            + (f".{name.column}" if name.column else "")
            + (f"[{' | '.join(name.labels)}]" if name.labels else ""),
        )
        for c, name in linear.terms
    ]


@pytest.mark.parametrize(
    ("text", "expected", "operator", "constant"),
    [
        ("a[total] = b[total]", [("1", "a[total]"), ("-1", "b[total]")], "=", "0"),
        (
            "a.c[Entretien individuel] <= b.d[total]",
            [("1", "a.c[Entretien individuel]"), ("-1", "b.d[total]")],
            "<=",
            "0",
        ),
        ("a ≤ b", [("1", "a"), ("-1", "b")], "<=", "0"),
        ("a ≥ b", [("1", "a"), ("-1", "b")], ">=", "0"),
        ("a >= b", [("1", "a"), ("-1", "b")], ">=", "0"),
        ("a-b - c-d = 0", [("1", "a-b"), ("-1", "c-d")], "=", "0"),
        ("a − b = 0", [("1", "a"), ("-1", "b")], "=", "0"),
        ("2 * a <= 0.5 * b + 3", [("2", "a"), ("-0.5", "b")], "<=", "-3"),
        ("a * 2 = 1,5 × b", [("2", "a"), ("-1.5", "b")], "=", "0"),
        ("12 * 528 * a >= b", [("6336", "a"), ("-1", "b")], ">=", "0"),
        ("a - 2 * (b - (c + 1)) = 0", [("1", "a"), ("-2", "b"), ("2", "c")], "=", "2"),
        ("-a = -4", [("-1", "a")], "=", "4"),
        ("repartition[total] = 100", [("1", "repartition[total]")], "=", "-100"),
        ("a[16 - 17 ans | BEP/CAP] = b", [("1", "a[16 - 17 ans | BEP/CAP]"), ("-1", "b")], "=", "0"),
        (
            "a[Contrat Unique d'Insertion (PEC = CUI)]\n  = b",
            [("1", "a[Contrat Unique d'Insertion (PEC = CUI)]"), ("-1", "b")],
            "=",
            "0",
        ),
    ],
)
def test_a_relation_is_a_linear_expression_compared_with_zero(text, expected, operator, constant):
    relation = parse(text, "r", PLACE)
    assert terms(text) == expected
    assert relation.operator == operator
    assert relation.linear.constant == Decimal(constant)
    assert relation.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "needs a number or a table"),
        ("a[total]", 9, "needs =, <= or >="),
        ("a == b", 3, "needs =, <= or >="),
        ("a < b", 3, "needs =, <= or >="),
        ("a = b = c", 7, "compares twice"),
        ("a = ", 4, "needs a number or a table"),
        ("a = b c", 7, "needs +, - or its end"),
        ("a = b]", 6, "needs +, - or its end"),
        ("a = 3 b", 7, "needs +, - or its end"),
        ("a + * b = c", 5, "needs a number or a table"),
        ("a = ?", 5, "needs a number or a table"),
        ("a.[x] = b", 3, "needs a column after the point"),
        ("a[x = b", 2, "never closes the bracket"),
        ("(a = b", 1, "never closes the bracket"),
        ("a[] = b", 2, "names no row in the brackets"),
        ("a[x | ] = b", 2, "names no row in the brackets"),
        ("a * b = 1", 3, "multiplies figures with one another"),
        ("(" * 30 + "a" + ")" * 30 + " = b", 21, "too many brackets"),
        ("(" * 900 + "a = b", 21, "too many brackets"),
        ("a + " * 1000 + "a = b", 2001, "too long"),
    ],
)
def test_an_unreadable_relation_is_told_with_its_rule_line_and_column(text, column, words):
    with pytest.raises(MlcheckError) as caught:
        parse(text, "contrats", PLACE)
    message = str(caught.value)
    assert message.startswith("agence.toml:12: the relation of rule “contrats”")
    assert words in message
    assert caught.value.values["column"] == column


def test_a_caret_points_at_the_trouble():
    with pytest.raises(MlcheckError) as caught:
        parse("emploi-types[total] == emploi-communes[total]", "r", PLACE)
    assert str(caught.value).splitlines()[1:] == [
        "  emploi-types[total] == emploi-communes[total]",
        "                      ^",
    ]


decimals = st.decimals(min_value=0, max_value=10**12, places=3, allow_nan=False)


@given(decimals, decimals, decimals)
def test_coefficients_and_constants_are_exact(a, b, c):
    linear = parse(f"{a:f} * ({b:f} * x + {c:f}) = y", "r", PLACE).linear
    assert Fraction(linear.terms[0][0]) == Fraction(a) * Fraction(b)
    assert Fraction(linear.constant) == Fraction(a) * Fraction(c)


@given(st.text(alphabet="ab.[]|()+-*=<> 12,", max_size=30))
def test_any_text_is_understood_or_refused_in_one_message(text):
    try:
        parse(text, "r", PLACE)
    except MlcheckError as error:
        assert str(error).startswith("agence.toml:12: ")
