"""Sentences of extracted documents: spaces, quotes, ligatures, hyphens, footnote marks, bullets, line breaks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mlcheck.model.document import Locator
from mlcheck.prose.read import Prose, read_claims
from mlcheck.prose.sentences import stretches
from tests.prose.sentences import printed, read


@pytest.mark.parametrize(
    "text",
    [
        "3 087 jeunes ont été en contact.",
        "3\u00a0087 jeunes ont été en contact.",
        "3\u202f087 jeunes ont été en contact.",
        "3\u2009087 jeunes ont été en contact.",
        "3  087 jeunes ont été en contact.",
        "3.087 jeunes ont été en contact.",
        "3087 jeunes ont ete en contact.",
        "3 087¹ jeunes ont été en contact.",
        "3 087* jeunes ont été en contact.",
        "\uf0b7 3 087 jeunes ont été en contact.",
        "• 3 087 jeunes ont été en contact.",
        "- 3 087 jeunes ont\nété en contact.",
        "3 087\njeunes ont été en con\u00adtact.",
    ],
)
def test_a_number_is_read_however_it_is_printed(text: str) -> None:
    (claim,), _ = read(text)
    assert (claim.kind, claim.quantity.value, claim.subject) == ("count", 3087, ("jeunes",))


@pytest.mark.parametrize(
    ("text", "value", "half", "unit"),
    [
        ("49 % de femmes", 49, Fraction(1, 2), "%"),
        ("49% de femmes", 49, Fraction(1, 2), "%"),
        ("49 pour cent de femmes", 49, Fraction(1, 2), "%"),
        ("13,3 % de femmes", Fraction(133, 10), Fraction(1, 20), "%"),
        ("13.3 % de femmes", Fraction(133, 10), Fraction(1, 20), "%"),
        ("3 ‰ des jeunes", 3, Fraction(1, 2), "‰"),
        ("1,4 million de jeunes", 1_400_000, 50_000, "count"),
        ("12 k€ de dons", 12_000, 500, "€"),
        ("20,19 M€ de dons", 20_190_000, 5_000, "€"),
        ("20,19M€ de dons", 20_190_000, 5_000, "€"),
        ("12,5 Md€ de dons", 12_500_000_000, 50_000_000, "€"),
        ("15.240 millions d'euros de dons", 15_240_000_000, 500_000, "€"),
        ("114 049 € de dons", 114_049, 0, "€"),
        ("12,50 € de dons", Fraction(25, 2), 0, "€"),
        ("deux millions d'euros de dons", 2_000_000, 500_000, "€"),
        ("une centaine de jeunes", 100, 50, "count"),
        ("un tiers des jeunes", Fraction(333333, 10_000), Fraction(49, 10), "%"),
        ("un jeune sur vingt", 5, Fraction(5, 2), "%"),
        ("le 1/5e des jeunes", 20, Fraction(49, 10), "%"),
        ("un écart : - 0,3 point", Fraction(-3, 10), Fraction(1, 20), "points"),
        ("un écart : \u2212 0,3 pt", Fraction(-3, 10), Fraction(1, 20), "points"),
        ("moins 1 point", -1, Fraction(1, 2), "points"),
        ("ils ne sont que 12 4 % des inscrits", Fraction(124, 10), Fraction(1, 20), "%"),
    ],
)
def test_a_quantity_has_its_value_half_unit_and_unit(text: str, value: int, half: int, unit: str) -> None:
    (claim,), _ = read(text)
    found = claim.quantity
    assert (found.value, found.half_unit, found.unit) == (value, half, unit)


def test_numbers_that_are_all_round_were_rounded_and_one_alone_was_not() -> None:
    together, _ = read("Sur les 1 240 000 élèves, 610 000 sont des filles.")
    alone, _ = read("1 240 000 élèves sont concernés.")
    assert [c.quantity.half_unit for c in together] == [500, 500]
    assert [c.quantity.half_unit for c in alone] == [0]


def test_a_mean_and_a_factor_are_rounded_to_their_last_digit() -> None:
    (mean,), _ = read("Une moyenne de 27 contacts par jeune.")
    (factor,), _ = read("Les dons ont été multipliés par 3.")
    assert mean.quantity.half_unit == factor.quantity.half_unit == Fraction(1, 2)


def test_the_span_is_that_of_the_number_in_its_sentence() -> None:
    claims, _ = read("Les salaires (412 300 €) ont\nreprésenté 62 % des charges. Le reste\nest de 12,5 M€.")
    assert [(printed(c), c.text) for c in claims] == [
        ("412 300 €", "Les salaires (412 300 €) ont représenté 62 % des charges."),
        ("62 %", "Les salaires (412 300 €) ont représenté 62 % des charges."),
        ("12,5 M€", "Le reste est de 12,5 M€."),
    ]


def test_the_line_is_that_on_which_the_sentence_starts() -> None:
    text = "Au total,\n679 jeunes sont inscrits. Parmi\neux, 49 % sont des femmes.\n\n- 57 % ont le\nbac."
    claims, _ = read_claims([Prose(text, Locator("report.txt", line=10))], year=2023, first_figure=0)
    assert [c.locator.line for c in claims] == [10, 11, 14]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un bilan. Une suite.", ["Un bilan.", "Une suite."]),
        (
            "M. Durand reçoit 12 jeunes. Mme. Petit aussi.",
            ["M. Durand reçoit 12 jeunes.", "Mme. Petit aussi."],
        ),
        ("Le taux est de 12.5 %. Il baisse.", ["Le taux est de 12.5 %.", "Il baisse."]),
        (
            "Des ateliers, des sorties, etc. et 12 visites.",
            ["Des ateliers, des sorties, etc. et 12 visites."],
        ),
        ("Non communiqué (n.d.) en 2022. Stable.", ["Non communiqué (n.d.) en 2022.", "Stable."]),
        ("Il dit « c'est fini. » Puis il part.", ["Il dit « c'est fini. »", "Puis il part."]),
        ("Bilan :\n• 12 jeunes\n• 3 ateliers", ["Bilan :", "12 jeunes", "3 ateliers"]),
        ("Une suite… Une autre.", ["Une suite…", "Une autre."]),
    ],
)
def test_a_paragraph_is_cut_into_sentences(text: str, sentences: list[str]) -> None:
    assert [s.text for s in stretches(text)] == sentences


def test_rows_of_a_flattened_table_are_left_to_the_tables() -> None:
    text = "Commune Nombre\nLa Madeleine 112 /\nLambersart 132 15\nTotal général : 679 38\n66 224 48 341"
    assert read(text) == ((), ())
    assert [printed(c) for c in read("Total : 1 634 jeunes reçus")[0]] == ["1 634"]
