"""A line that two others make, wherever these stand."""

from __future__ import annotations

import itertools
import random

from mlcheck.layout.recover import laid_out
from mlcheck.model.table import Relation
from mlcheck.tables.walk import walk
from tests.rules.loading import checked, document_of

SOUND = """
Poste                     | 2019 | 2020 | 2021 | 2022 | 2023
Ventes                    | 8412 | 8733 | 9021 | 9268 | 9514
Achats de matières        | 2933 | 3011 | 3090 | 3127 | 3209
Loyers et assurances      | 718  | 731  | 742  | 760  | 775
Marge sur achats          | 5479 | 5722 | 5931 | 6141 | 6305
Effectif moyen            | 41   | 43   | 42   | 44   | 45
"""


def _relations(text: str) -> list[Relation]:
    (table,) = walk(laid_out(document_of((text,))), itertools.count()).tables
    return list(table.relations)


def _pairs(text: str) -> list[tuple[str, int, tuple[tuple[int, int], ...]]]:
    return [(r.kind, r.target, r.sources) for r in _relations(text) if r.belief == "arithmetic"]


def test_a_margin_apart_from_what_it_is_the_difference_of():
    assert ("difference", 3, ((0, 1), (1, -1))) in _pairs(SOUND)
    assert checked(document_of((SOUND,))).report.findings == ()


def test_a_wrong_margin_is_told():
    findings = checked(document_of((SOUND.replace("5931", "5913"),))).report.findings
    assert [(f.location.cell, f.suspects[0].location.cell) for f in findings if f.severity != "info"] == [
        ("D5", "D5")
    ]


def test_an_item_that_is_nought_elsewhere_makes_no_slip():
    rows = SOUND.strip().splitlines()[:-1]
    rows.insert(4, "Exceptionnel | 0 | 0 | 640 | 0 | 0")
    text = "\n".join(rows).replace("5931", "6571")
    assert [f for f in checked(document_of((text,))).report.findings if f.severity != "info"] == []


def test_a_total_of_two_subtotals_far_from_it():
    text = """
Zone              | 2020 | 2021 | 2022 | 2023
Nord              | 4112 | 4230 | 4391 | 4477
Chantier          | 1019 | 1045 | 988  | 1102
Dépôt             | 1730 | 1811 | 1922 | 1950
Sud               | 2718 | 2645 | 2930 | 3006
Usine             | 1501 | 1433 | 1609 | 1712
Total des zones   | 6830 | 6875 | 7321 | 7483
"""
    assert ("sum", 5, ((0, 1), (3, 1))) in [(r.kind, r.target, r.sources) for r in _relations(text)]


def test_a_result_is_what_is_left_of_a_total_that_has_parts_of_its_own():
    text = """
Compte            | 2019 | 2020 | 2021 | 2022 | 2023
Ventes            | 8412 | 8733 | 9021 | 9268 | 9514
Subventions       | 1305 | 1298 | 1322 | 1340 | 1351
Total produits    | 9717 | 10031 | 10343 | 10608 | 10865
Achats            | 2933 | 3011 | 3090 | 3127 | 3209
Salaires          | 5652 | 5769 | 5901 | 6102 | 6244
Total charges     | 8585 | 8780 | 8991 | 9229 | 9453
Résultat          | 1132 | 1251 | 1352 | 1379 | 1412
"""
    assert {2, 5, 6} in [{r.target, *(s for s, _ in r.sources)} for r in _relations(text)]
    findings = checked(document_of((text.replace("1352", "1532"),))).report.findings
    assert [f.suspects[0].location.cell for f in findings if f.severity != "info"] == ["D8"]


def test_large_numbers_that_fit_in_three_of_four_crossings_are_held_to_the_fourth():
    text = """
Poste                     | 2020  | 2021  | 2022  | 2023
Ventes de la boutique     | 84127 | 87331 | 90214 | 92683
Achats de matières        | 29338 | 30112 | 30905 | 31274
Loyers et assurances      | 7181  | 7312  | 7424  | 7603
Marge sur achats          | 54789 | 57219 | 59309 | 61409
"""
    findings = checked(document_of((text.replace("59309", "59903"),))).report.findings
    assert [f.suspects[0].location.cell for f in findings if f.severity != "info"] == ["D5"]
    rows = text.strip().splitlines()
    assert _pairs("\n".join(row.rpartition("|")[0] for row in rows).replace("59309", "59903")) == []


def test_three_lines_that_fit_in_two_crossings_are_chance():
    text = """
Poste  | 2022 | 2023
Ventes | 8412 | 8733
Achats | 2933 | 3011
Loyers | 718  | 731
Marge  | 5479 | 5722
"""
    assert _pairs(text) == []


def test_the_same_numbers_over_and_over_count_once():
    text = """
Devoir   | Ana | Bob | Cid | Dan | Eve | Flo
Oral     | 15  | 15  | 15  | 15  | 15  | 15
Écrit    | 20  | 20  | 20  | 20  | 20  | 20
Présence | 3   | 4   | 2   | 3   | 5   | 1
Projet   | 35  | 35  | 35  | 35  | 35  | 35
"""
    assert _pairs(text) == []


def test_years_are_no_parts_of_one_another():
    rows = ["Ville | 2021 | 2022 | 2023"]
    rows += [
        f"Ville {n} | {n * 317 % 911} | {n * 533 % 877} | {n * 317 % 911 + n * 533 % 877}"
        for n in range(3, 15)
    ]
    assert [r for r in _relations("\n".join(rows)) if r.axis == "column" and r.belief == "arithmetic"] == []


def test_growth_rates_that_nearly_add_up_are_no_sum():
    rates = [(4.7, 1.8), (7.6, 1.0), (10.4, 1.8), (6.5, 1.7), (5.3, 1.1), (4.9, 0.8), (3.1, 0.4), (2.2, 1.3)]
    rows = [
        ["Prix", *(f"{a:.1f}" for a, _ in rates)],
        ["Loyers", "3.3", "1.2", "8.7", "2.0", "9.9", "4.1", "7.5", "6.8"],
        ["Population", *(f"{b:.1f}" for _, b in rates)],
        ["Par personne", *(f"{((1 + a / 100) / (1 + b / 100) - 1) * 100:.1f}" for a, b in rates)],
    ]
    text = "\n".join(" | ".join(row).replace(".", ",") for row in [["Taux", *"ABCDEFGH"], *rows])
    assert _pairs(text) == []


def test_noise_makes_no_pair():
    chance = random.Random(3)
    for _ in range(40):
        rows = ["Poste | " + " | ".join("ABCDE")]
        rows += [
            f"Ligne {n} | " + " | ".join(str(chance.randint(0, 300)) for _ in "ABCDE") for n in range(25)
        ]
        assert _pairs("\n".join(rows)) == []
