"""How many other printed values would have passed: counted, and held against trying them all."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.checking.verdicts import evidence_of
from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator
from mlcheck.model.figure import Place
from mlcheck.model.finding import Passing
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.rules.build import mean, share, variation
from tests.claims.loading import CONTRACTS, CONTRACTS_2022, claim, report_of

HERE = Locator("r")


def numbers(**values: Quantity) -> dict[int, Place]:
    return {n: Place(n, HERE, "", "number", quantity, "") for n, quantity in enumerate(values.values())}


def count(value: int) -> Quantity:
    return Quantity(str(value), value, 0, 0)


def percent(value: int) -> Claim:
    return Claim(Sentence(0, "", (), HERE), 0, 0, "share", Quantity("", value * 10, 5, 1, "%"), figure=2)


def places(part: int, base: int, said: Claim) -> dict[int, Place]:
    known = numbers(part=count(part), base=count(base), said=said.quantity)
    return known | {2: Place(2, HERE, "", "number", said.quantity, "", claim=said)}


def told(sentence: str, printed: str, *rest: str) -> Passing:
    checked = claim(report_of([sentence], *rest), printed)
    assert checked.verdict == "consistent" and checked.evidence is not None
    return checked.evidence


def test_49_percent_of_35_accepts_only_17():
    assert told("17 femmes sur 35 inscrits, soit 49 %.", "49 %") == Passing(
        "numerators", 1, 36, Fraction(17), Fraction(17)
    )


def test_49_percent_of_679_accepts_330_to_336():
    proof = told("335 femmes sur 679 inscrits, soit 49 %.", "49 %")
    assert (proof.passing, proof.possible, proof.low, proof.high) == (7, 680, 330, 336)


@pytest.mark.parametrize(
    ("sentence", "printed", "rest", "passing", "possible"),
    [
        ("418 contrats ont été signés.", "418", (CONTRACTS,), 1, 1000),
        ("Le nombre de contrats signés a baissé de 4 %.", "4 %", (CONTRACTS, CONTRACTS_2022), 1, 101),
        ("Le nombre de contrats signés a baissé de 4,1 %.", "4,1 %", (CONTRACTS, CONTRACTS_2022), 1, 1001),
        ("42 personnes sont venues : 21 jeunes et 21 partenaires.", "42", (), 1, 100),
    ],
)
def test_values_that_could_stand_in_its_place(sentence, printed, rest, passing, possible):
    proof = told(sentence, printed, *rest)
    assert (proof.over, proof.passing, proof.possible) == ("values", passing, possible)


def test_a_hedge_lets_more_values_pass():
    exact = told("335 femmes sur 679 inscrits, soit 49 %.", "49 %")
    hedged = told("335 femmes sur 679 inscrits, soit près de 50 %.", "50 %")
    assert hedged.passing > 4 * exact.passing


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.data())
def test_numerators_are_those_that_would_have_passed(base, data):
    part = data.draw(st.integers(0, base))
    said = percent((200 * part + base) // (2 * base))
    one = share("SHR201", 2, said.quantity, [0], [1], claim=0)
    proof = evidence_of(one, said, places(part, base, said))
    fit = [n for n in range(base + 1) if abs(100 * Fraction(n, base) - said.quantity.value) <= Fraction(1, 2)]
    assert proof == Passing("numerators", len(fit), base + 1, Fraction(fit[0]), Fraction(fit[-1]))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from([None, "près de", "plus de", "environ"]))
def test_growth_rates_are_those_that_would_have_passed(present, former, hedge):
    rate = 100 * (Fraction(present, former) - 1)
    if not 0 <= rate <= 100:
        return
    said = Claim(
        Sentence(0, "", (), HERE), 0, 0, "variation", percent(round(rate)).quantity, hedge=hedge, figure=2
    )
    known = places(present, former, said)
    proof = evidence_of(variation("VAR201", 2, said.quantity, [0], [1], hedge=hedge), said, known)
    below, above = {None: (0, 0), "près de": (0.1, 0), "plus de": (0, 9e9), "environ": (0.1, 0.1)}[hedge]
    fit = [
        r for r in range(101)
        if r * (1 - Fraction(str(below))) - Fraction(1, 2) <= rate <= r * (1 + Fraction(str(above))) + Fraction(1, 2)
        or (hedge == "plus de" and r - Fraction(1, 2) <= rate)
    ]  # fmt: skip
    assert proof == Passing("values", len(fit), 101, Fraction(fit[0]), Fraction(fit[-1]))


def test_means_are_of_as_many_digits():
    said = Claim(Sentence(0, "", (), HERE), 0, 0, "mean", Quantity("27", 270, 5, 1), figure=2)
    proof = evidence_of(mean("MEA103", 2, said.quantity, [0], [1]), said, places(27130, 1022, said))
    assert proof == Passing("values", 1, 100, Fraction(27), Fraction(27))


def test_a_number_that_is_repeated_must_print_the_same():
    said = "Les jeunes en alternance représentent {} % des contrats signés."
    twice = report_of([said.format(22), "", said.format(22)])
    assert [c.verdict for c in twice.claims] == ["unverifiable", "consistent"]
    proof = twice.claims[1].evidence
    assert proof is not None and (proof.passing, proof.possible) == (1, 101)
    other = report_of([said.format(22), "", said.format(23)])
    assert [(f.rule, f.severity) for f in other.findings] == [("AGR102", "error")]


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("95 jeunes dont 37 mineurs ont été reçus.", "37"),
        ("Le logement (34 %), devant la santé (21 %), est le premier motif.", "34 %"),
        ("La majorité des adhérents (57 %) habite la commune.", "57 %"),
    ],
)
def test_what_another_number_would_agree_with_too_is_not_verified(sentence, printed):
    report = report_of([sentence])
    (found,) = [c for c in report.claims if " ".join(c.claim.quantity.printed.split()) == printed]
    assert (found.verdict, bool(found.reason)) == ("unverifiable", True)


def test_a_heading_that_counts_what_is_numbered_under_it_is_verified():
    text = "Formation en 3 modules\nModule 1 - Découvrir\nModule 2 - Choisir\nModule 3 - Agir"
    report = report_of(text.split("\n"))
    assert [c.verdict for c in report.claims] == ["consistent"]
