"""Sentences are read into the claims and the arithmetic that they state, and nothing else."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from mlcheck.model.claim import Link
from mlcheck.model.document import Locator
from mlcheck.prose.read import Prose, read_claims
from tests.prose.arithmetic import holds
from tests.prose.sentences import CASES, PAIRED, cases, expected, printed, read, seen, told


def named(case: dict[str, Any]) -> str:
    return str(case["text"])[:60]


@pytest.mark.parametrize("case", cases(*PAIRED, "report", "alone"), ids=named)
def test_a_sentence_is_read_into_its_claims(case: dict[str, Any]) -> None:
    claims, _ = read(case["text"])
    assert [seen(c, claims) for c in claims] == [expected(c) for c in case["claims"]]


@pytest.mark.parametrize("case", cases("careful"), ids=named)
def test_a_sentence_with_traps_is_read_into_its_kinds(case: dict[str, Any]) -> None:
    claims, _ = read(case["text"])
    assert [f"{c.kind} {printed(c)}" for c in claims] == case["kinds"]


@pytest.mark.parametrize("case", cases(*PAIRED, "report", "alone", "careful"), ids=named)
def test_a_sentence_states_its_arithmetic_and_agrees_with_itself(case: dict[str, Any]) -> None:
    claims, links = read(case["text"])
    assert sorted(told(k, claims) for k in links) == sorted(case.get("links", []))
    assert all(holds(k, claims) for k in links)


def tied(link: Link) -> tuple[object, ...]:
    """Return what a link ties; which of two numbers is the greater one is what a word of order says, and may be wrong."""
    if link.kind == "order":
        return link.kind, frozenset(link.operands)
    return link.kind, link.stated, link.operands


@pytest.mark.parametrize("case", cases(*PAIRED), ids=named)
def test_a_sentence_that_contradicts_itself_is_found(case: dict[str, Any]) -> None:
    claims, links = read(case["wrong"])
    agreeing, stated = read(case["text"])
    assert [c.kind for c in claims] == [c.kind for c in agreeing]
    assert {tied(k) for k in links} == {tied(k) for k in stated}
    assert not all(holds(k, claims) for k in links)


@pytest.mark.parametrize("text", tomllib.loads((CASES / "nothing.toml").read_text("utf-8"))["sentences"])
def test_ages_dates_and_references_claim_nothing(text: str) -> None:
    assert read(text) == ((), ())


def test_figures_and_references_are_numbered_through_all_paragraphs() -> None:
    prose = [
        Prose("679 inscrits.", Locator("report.txt", line=3), ("1 Le public",), 1),
        Prose("335 femmes sur 679 inscrits, soit 49 %.", Locator("report.txt", line=5), ("1 Le public",), 2),
    ]
    claims, links = read_claims(prose, year=2023, first_figure=40)
    assert [c.figure for c in claims] == [40, 41, 42, 43]
    assert [c.locator.line for c in claims] == [3, 5, 5, 5]
    assert [(k.stated, k.operands) for k in links] == [(3, (1, 2))]
    assert claims[3].of == 1 and claims[3].block == 2 and claims[3].sections == ("1 Le public",)


def test_items_of_one_block_belong_to_their_lead_in_and_to_no_other() -> None:
    def item(text: str, block: int) -> Prose:
        return Prose(text, Locator("report.pptx", slide=4), block=block)

    closed = [item("Répartition par sexe :", 1), item("Femmes : 43 %", 1), item("Hommes : 57 %", 1)]
    apart = [item("Répartition par sexe :", 1), item("Femmes : 43 %", 2), item("Hommes : 57 %", 3)]
    assert [k.kind for k in read_claims(closed, year=2023, first_figure=0)[1]] == ["distribution"]
    assert read_claims(apart, year=2023, first_figure=0)[1] == ()


def test_without_a_year_the_periods_told_are_still_read() -> None:
    claims, _ = read_claims(
        [Prose("49 % en 2023 contre 48 % en 2022.", Locator("x"))], year=None, first_figure=0
    )
    assert [c.period for c in claims] == [2023, 2022]
    assert (
        read_claims([Prose("49 % de femmes.", Locator("x"))], year=None, first_figure=0)[0][0].period is None
    )
