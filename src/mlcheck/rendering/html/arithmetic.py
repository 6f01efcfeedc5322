"""The arithmetic of a finding written out: 4 115 € + … = 9 995 €, + 29 € = 10 024 € ≠ 10 029 €."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.model.finding import CheckedClaim, Finding, Related
from mlcheck.rendering.html.index import Index, Row
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.terminal import short
from mlcheck.rendering.wording import Wording

MOST = 24  # terms that are written; the middle of a longer sum is left out
RATIOS = (("part", "base"), ("present", "former"), ("total", "number"))


class Token(Struct, frozen=True):
    """A figure or a sign; `anchor` is where a figure stands and `title` what it is called."""

    text: str
    css: str = ""
    anchor: str = ""
    title: str = ""


def arithmetic(
    finding: Finding, own: Row | None, claim: CheckedClaim | None, index: Index, wording: Wording
) -> tuple[Token, ...]:
    """Return the arithmetic of a finding, empty where it has none; nothing is added up that does not make its sum.

    `own` is the figure that the finding holds to account, `claim` that of its sentence.
    """
    values = finding.values
    stated = Token(finding.stated or "", "stated")
    if "sum" in values and isinstance(values.get("count"), int) and values["count"] != 1:
        return tuple(_sum(finding, own, stated, index, wording))
    if claim is not None and claim.formula:
        if {"≠", ">", "<"} & set(claim.formula) or not finding.stated:
            return (Token(claim.formula),)
        return Token(claim.formula), Token("≠", "sign"), stated
    if "arithmetic" in values:
        return (Token(str(values["arithmetic"])),)
    if "whole" in values and finding.stated:
        return stated, Token(">", "sign"), Token(wording.value(values["whole"]))
    return () if "sum" in values or not finding.stated else tuple(_ratio(finding, stated, wording))


def _sum(finding: Finding, own: Row | None, stated: Token, index: Index, wording: Wording) -> Iterator[Token]:
    """Yield a sum and its result, the note beside it if any, and what is printed."""
    values, unit = finding.values, own["unit"] if own else "count"
    figures = [(related, index.related(related)) for related in finding.related]
    note = next((f for f in figures if _is_note(f, values.get("note"))), None)
    if note is not None:
        figures.remove(note)
    whole = finding.stated is None  # a distribution: the figure itself is one of its parts
    if whole and own is not None:
        figures.insert(0, (Related(finding.location, finding.label, own["printed"], own["figure"]), own))
    made = values["sum"]
    parts = _parts(figures, made) if isinstance(made, Fraction | int) else []
    if not parts:
        return
    yield from _added([_token(related, row, index) for related, row in parts])
    yield from _result(made, unit, wording)
    if note is not None:
        yield Token("+", "sign")
        yield _token(*note, index)
        yield from _result(values["all"], unit, wording)
    yield Token("≠", "sign")
    yield Token(with_unit("100", "%", wording.language), "stated") if whole else stated


def _is_note(figure: tuple[Related, Row | None], note: object) -> bool:
    related, row = figure
    return row is not None and row["table"] is None and related.stated == note


def _parts(figures: Sequence[tuple[Related, Row | None]], made: object) -> list[tuple[Related, Row]]:
    """Return the first figures that add up to what was made of them; those that print nothing are left out."""
    total, parts = Fraction(0), []
    for related, row in figures:
        if row is None or row["mantissa"] is None:
            return []
        total += Fraction(row["mantissa"], 10 ** row["scale"])
        if row["mantissa"]:
            parts.append((related, row))
        if total == made and len(parts) > 1:
            return parts
    return []


def _added(terms: list[Token]) -> Iterator[Token]:
    if len(terms) > MOST:
        half = MOST // 2
        terms = [*terms[:half], Token("…"), *terms[-half:]]
    for n, term in enumerate(terms):
        if n:
            yield Token("+", "sign")
        yield term


def _result(value: object, unit: str, wording: Wording) -> Iterator[Token]:
    yield Token("=", "sign")
    yield Token(with_unit(wording.value(value), unit, wording.language), "result")


def _token(related: Related, row: Row | None, index: Index) -> Token:
    return Token(related.stated, "", index.link(row), short(related.label))


def _ratio(finding: Finding, stated: Token, wording: Wording) -> Iterator[Token]:
    """Yield a share, a growth or a mean as it is computed from the numbers of the message."""
    values = finding.values
    for top, base in RATIOS:
        above, below = values.get(top), values.get(base)
        if not (isinstance(above, Fraction | int) and isinstance(below, Fraction | int) and below):
            continue
        exact = Fraction(above) / Fraction(below)
        told, unit = f"{wording.value(above)} / {wording.value(below)}", "count"
        if top != "total":
            per = 1000 if (finding.stated or "").endswith("‰") else 100
            exact, unit = (exact - (top == "present")) * per, "‰" if per == 1000 else "%"
            told += " − 1" if top == "present" else ""
        result = with_unit(number(exact, wording.language, 2), unit, wording.language)
        yield Token(told)
        yield Token("=", "sign")
        yield Token(f"+{result}" if top == "present" and exact > 0 else result, "result")
        yield Token("≠", "sign")
        yield stated
