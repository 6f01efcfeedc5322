"""Sums of every second line, percentages that make 100 without a word for it, and what is no share."""

from __future__ import annotations

import itertools
import random

from mlcheck.layout.recover import laid_out
from mlcheck.model.table import Table
from mlcheck.tables.walk import walk
from tests.rules.loading import document_of


def table_of(text: str) -> Table:
    (table,) = walk(laid_out(document_of((text,))), itertools.count()).tables
    return table


def _in_turn(wrong: int = 0) -> str:
    chance = random.Random(4)
    rows = ["Mois | Pin | Vendu | Chêne | Vendu | Hêtre | Vendu | Bois en stock | Bois vendu"]
    for month in ("janvier", "février", "mars", "avril", "mai", "juin", "juillet"):
        own = [chance.randint(100, 9_000) for _ in range(6)]
        made = [sum(own[::2]), sum(own[1::2])]
        made[0] += wrong if month == "mai" else 0
        rows.append(" | ".join(map(str, (month, *own, *made))))
    return "\n".join(rows)


def _columns(text: str) -> dict[int, list[int]]:
    return {
        r.target: [s for s, _ in r.sources]
        for r in table_of(text).relations
        if r.kind == "sum" and r.axis == "column"
    }


def test_totals_of_two_measures_in_turn():
    assert _columns(_in_turn()) == {6: [0, 2, 4], 7: [1, 3, 5]}


def test_one_wrong_month_does_not_unbind_it():
    assert _columns(_in_turn(90)) == {6: [0, 2, 4], 7: [1, 3, 5]}


def test_noise_in_turn_makes_nothing():
    chance = random.Random(8)
    for _ in range(30):
        rows = ["Mois | " + " | ".join("ABCDEFGH")]
        rows += [f"m{n} | " + " | ".join(str(chance.randint(0, 99)) for _ in range(8)) for n in range(9)]
        assert _columns("\n".join(rows)) == {}


PERCENTAGES = """
Service   | Dépense | État | Région | Ville
Crèches   | 5177    | 41,3 | 28,4   | 30,3
Écoles    | 9141    | 12,7 | 20,2   | 67,1
Musées    | 1568    | 55,0 | 15,5   | 29,5
Stades    | 3044    | 8,1  | 10,9   | 81,0
Ensemble  | 18930   | 24,5 | 19,3   | 56,2
"""


def test_columns_that_make_100_in_every_row_are_percentages():
    assert [column.statistic for column in table_of(PERCENTAGES).columns] == [None, "share", "share", "share"]


def test_columns_that_make_100_in_a_few_rows_are_not():
    text = PERCENTAGES.replace("67,1", "76,1").replace("29,5", "92,5")
    assert [column.statistic for column in table_of(text).columns] == [None] * 4


def test_what_is_called_a_share_and_exceeds_a_hundred_is_an_amount():
    text = "Poste | 2022 | 2023\nParts sociales | 42018 | 44145\nRéserves | 9410 | 10128\nCapitaux | 51428 | 54273\n"
    assert [row.role for row in table_of(text).rows] == ["part", "part", "part"]
    text = "Poste | 2022 | 2023\nPart des femmes | 42 | 44\nPart des hommes | 58 | 56\nJeunes | 514 | 542\n"
    assert [row.role for row in table_of(text).rows] == ["share", "share", "part"]


def test_a_class_of_ages_is_no_age():
    text = "Ville | Âge 0-14 | Âge 15-64 | Âge 65 et plus | Âge moyen\nLens | 31 | 62 | 17 | 39\nLille | 9 | 4 | 2 | 41\n"
    assert [column.statistic for column in table_of(text).columns] == [None, None, None, "mean"]


def test_a_change_beside_shares_is_in_points_of_them():
    text = """
École | Réussite en % 2021 | Réussite en % 2022 | Évolution 2022-2021
A     | 30,5               | 36,1               | 5,6
B     | 61,9               | 66,0               | 4,1
C     | 36,9               | 40,3               | 3,4
"""
    (found,) = [r for r in table_of(text).relations if r.axis == "column"]
    assert (found.kind, found.target, found.sources) == ("difference", 2, ((1, 1), (0, -1)))


def test_a_total_named_in_the_first_of_several_stub_columns():
    text = """
Ville      | Bâtiment | Coût | Surface
Lens       | Mairie   | 4210 | 310
Lens       | École    | 3877 | 522
Lens       | Crèche   | 1950 | 140
Total Lens | Tous     | 10037 | 972
"""
    table = table_of(text)
    assert table.rows[-1].role == "total"
    assert [(r.target, [s for s, _ in r.sources]) for r in table.relations if r.axis == "row"] == [
        (3, [0, 1, 2])
    ]
