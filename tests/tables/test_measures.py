"""What words and layout say of lines that are not summed is bound, whatever number is printed there."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mlcheck.model.table import Relation, Table
from mlcheck.tables.build import relations_of
from tests.rules.loading import document_of, facts_of

SHARES = """
Sexe   | Nombre | Part
Femmes | 39     | 65 %
Hommes | 21     | 35 %
Total  | 60     | 100 %
"""
ROW_SHARES = """
Antenne | Effectifs | <      | <     | En %   | <      | <
^       | Hommes    | Femmes | Total | Hommes | Femmes | Total
Lille   | 148       | 186    | 334   | 44,3   | 55,7   | 100
Lens    | 125       | 98     | 223   | 56,1   | 43,9   | 100
"""
GROWTH = """
Commune    | 2022 | 2023 | Écart | Évolution
Lambersart | 10   | 12   | 2     | +20 %
Lompret    | 50   | 60   | 10    | +20 %
"""
YEARS = """
Année | Jeunes | Évolution en %
2021  | 100    |
2022  | 110    | 10 %
2023  | 121    | 10 %
"""
TARGETS = """
Indicateur  | Objectif 2024 | Réalisé 2024 | Taux de réalisation
Entrées CEJ | 240           | 221          | 92 %
PMSMP       | 180           | 203          | 113 %
"""
MEANS = """
Aide      | Nombre | Montant moyen | Montant total
Transport | 12     | 51 €          | 610 €
Repas     | 30     | 10 €          | 312 €
"""
PRICES = """
Section | Effectif | Tarif | Total
Enfants | 20       | 200 € | 4 000 €
Adultes | 30       | 250 € | 7 500 €
"""
AVERAGE = """
Antenne | Janvier | Février | Mars | Moyenne
Lille   | 120     | 130     | 140  | 130
Lens    | 80      | 90      | 70   | 80
"""
RUNNING = """
Mois    | Entrées | Cumul
Janvier | 10      | 10
Février | 5       | 15
Mars    | 7       | 22
"""
STOCK = """
Dossiers      | 2022 | 2023
Stock initial | 450  | 470
Entrées       | 210  | 190
Sorties       | 190  | 180
Stock final   | 470  | 480
"""
ORDER = """
Commune    | Minimum | Médiane | Maximum
Lambersart | 12      | 20      | 35
Lompret    | 10      | 18      | 30
"""
BALANCE = """
         | Fonctionnement | Investissement
Recettes | 120            | 130
Dépenses | 100            | 140
Solde    | 20             | -10
"""
BOUND = {
    "the share of a total": (SHARES, "share", "column", "Part", ["Nombre"]),
    "a panel of percentages": (ROW_SHARES, "share", "column", "Femmes", ["Femmes", "Total"]),
    "growth between two years": (GROWTH, "variation", "column", "Évolution", ["2023", "2022"]),
    "a gap between two years": (GROWTH, "difference", "column", "Écart", ["2023", "2022"]),
    "growth from row to row": (YEARS, "variation", "column", "Évolution en %", ["Jeunes"]),
    "what was done of what was meant": (
        TARGETS, "share", "column", "Taux de réalisation", ["Réalisé 2024", "Objectif 2024"],
    ),
    "a mean amount": (MEANS, "mean", "column", "Montant moyen", ["Montant total", "Nombre"]),
    "a price": (PRICES, "product", "column", "Tarif", ["Total", "Effectif"]),
    "the mean of months": (AVERAGE, "average", "column", "Moyenne", ["Janvier", "Février", "Mars"]),
    "a running total": (RUNNING, "running", "column", "Cumul", ["Entrées"]),
    "a stock": (STOCK, "stock", "row", "Stock final", ["Stock initial", "Entrées", "Sorties"]),
    "an order": (ORDER, "ordered", "column", "Maximum", ["Médiane"]),
    "a balance": (BALANCE, "difference", "row", "Solde", ["Recettes", "Dépenses"]),
}  # fmt: skip


def table_of(text: str) -> Table:
    return facts_of(document_of([text])).tables[0]


def find(table: Table, kind: str, axis: str, target: str, sources: list[str]) -> Relation | None:
    lines = table.rows if axis == "row" else table.columns
    for relation in table.relations:
        same = relation.kind == kind and relation.axis == axis
        if (
            same
            and [lines[s].label for s, _ in relation.sources] == sources
            and lines[relation.target].label == target
        ):
            return relation
    return None


@pytest.mark.parametrize("name", BOUND)
def test_it_is_bound_with_its_words(name):
    text, *wanted = BOUND[name]
    relation = find(table_of(text), *wanted)
    assert relation is not None
    assert relation.evidence.words
    assert relation.evidence.layout
    assert relation.firm is None


@pytest.mark.parametrize("name", BOUND)
def test_it_is_bound_whatever_number_is_printed(name):
    text, *wanted = BOUND[name]
    table = table_of(text)
    relation = find(table, *wanted)
    assert relation is not None
    for x in relation.crossings:
        at = (relation.target, x) if relation.axis == "row" else (x, relation.target)
        if (quantity := table.entries[at].quantity) is None:
            continue
        wrong = replace(quantity, mantissa=quantity.mantissa * 3 + 7)
        entries = {**table.entries, at: replace(table.entries[at], quantity=wrong)}
        found = relations_of(list(table.rows), list(table.columns), entries, table.title)
        again = find(replace(table, relations=tuple(found)), *wanted)
        assert again is not None
        assert x in again.crossings
        assert again.firm is None


NOT_BOUND = {
    "a rate of what no line counts": "Commune | Jeunes | Taux de chômage\nLille | 120 | 12 %\nLens | 80 | 15 %",
    "a share of what no line counts": "Commune | Jeunes | Part des femmes\nLille | 120 | 49 %\nLens | 80 | 52 %",
    "answers that overlap": "# Freins à l'emploi\nFrein | Part\nMobilité | 75 %\nLogement | 45 %\nSanté | 31 %",
    "a growth on another basis": "Commune | 2022 | 2023 | Évolution à périmètre constant\nLille | 100 | 112 | +8 %\nLens | 50 | 60 | +15 %",
    "a growth over five years": "Commune | 2022 | 2023 | Évolution sur 5 ans\nLille | 100 | 112 | +8 %\nLens | 50 | 60 | +15 %",
    "quarters that look like quartiles": "Antenne | Q1 | Q2 | Q3 | Q4\nLille | 5 | 3 | 7 | 8\nLens | 4 | 6 | 2 | 9",
    "an age that no line sums": "Commune | Jeunes | Âge moyen\nLille | 10 | 19,5\nLens | 20 | 20,1",
    "a stock with a line of another kind": "Dossiers | 2023\nStock initial | 450\nEntrées | 210\nRégularisations | 3\nSorties | 190\nStock final | 473",
}


@pytest.mark.parametrize("name", NOT_BOUND)
def test_words_that_do_not_say_it_bind_nothing(name):
    measures = {"sum", "of_which"}
    assert not [r for r in table_of(NOT_BOUND[name]).relations if r.kind not in measures]


def test_what_only_numbers_say_needs_more_than_two_lines():
    text = "Commune | Jeunes | Suivis | Indicateur en %\nLille | 120 | 60 | 50 %\nLens | 80 | 20 | 25 %"
    assert not [r for r in table_of(text).relations if r.kind == "share"]


def test_what_only_numbers_say_is_held_where_the_other_lines_say_it_too():
    rows = [
        "Lille | 120 | 60 | 50 %",
        "Lens | 80 | 20 | 25 %",
        "Douai | 50 | 35 | 70 %",
        "Arras | 40 | 13 | 99 %",
    ]
    table = table_of("\n".join(["Commune | Jeunes | Suivis | Indicateur en %", *rows]))
    relation = find(table, "share", "column", "Indicateur en %", ["Suivis", "Jeunes"])
    assert relation is not None
    assert relation.firm == {3}
    assert not relation.evidence.words


WHEAT = """
Poste      | 2019  | 2020  | 2021  | 2022
Recettes   | 36338 | 36741 | 36956 | 45973
Cultures   | 14420 | 13477 | 14702 | 22862
Élevage    | 17056 | 18341 | 18014 | 18403
Bovins     | 9000  | 9400  | 9104  | 9503
Porcs      | 8056  | 8941  | 8910  | 8900
Aides      | 4862  | 4923  | 4240  | 4708
Assurance  | 864   | 936   | 785   | 915
Programmes | 3998  | 3987  | 3455  | 3793
"""
PADDED = """
Année | Total | Hommes | Femmes | Nourrissons
2019  | 49339 | 24053  | 25286  | 268
2020  | 48550 | 23783  | 24767  | 231
2021  | 49418 | 23992  | 25426  | 303
2022  | 48996 | 23860  | 25136  | 287
"""


def _sums(table: Table, axis: str) -> dict[int, list[int]]:
    return {
        r.target: [s for s, _ in r.sources] for r in table.relations if r.kind == "sum" and r.axis == axis
    }


def test_parts_of_a_total_have_parts_of_their_own():
    (table,) = facts_of(document_of((WHEAT,))).tables
    assert _sums(table, "row") == {0: [1, 2, 5], 2: [3, 4], 5: [6, 7]}


def test_a_total_beside_lines_that_are_not_all_its_parts_keeps_its_name_as_evidence():
    (table,) = facts_of(document_of((PADDED,))).tables
    (found,) = [r for r in table.relations if r.kind == "sum"]
    assert (found.target, [s for s, _ in found.sources]) == (0, [1, 2])
    assert found.evidence.words == ("Total",)
    assert found.evidence.layout == ("a bare total", "the lines right beside it", "first line")


IN_PER_CENT = """
Élèves par département, en pourcentage

Département | Total | Privé | Pourcentage
Nord        | 31406 | 1633  | 5,2
Oise        | 65952 | 1363  | 2,1
Aisne       | 49750 | 2177  | 4,4
"""


def test_a_title_in_per_cent_does_not_make_percentages_of_counts():
    (table,) = facts_of(document_of((IN_PER_CENT,))).tables
    assert [c.unit for c in table.columns] == ["count", "count", "%"]


NO_TOTAL = """
Mois    | Nombre | Part en %
janvier | 210    | 21
février | 190    | 19
mars    | 350    | 35
avril   | 250    | 25
"""


def test_a_share_of_all_that_is_printed_where_no_total_is():
    (table,) = facts_of(document_of((NO_TOTAL,))).tables
    (found,) = [r for r in table.relations if r.kind == "share"]
    assert (found.target, found.sources, found.wholes) == (1, ((0, 1),), (0, 1, 2, 3))


def test_the_duration_of_a_contract_is_no_duration():
    (table,) = facts_of(
        document_of(
            ("Temps | Contrat à durée indéterminée | CDD | Total\nPlein | 12 | 30 | 42\nPartiel | 3 | 5 | 8",)
        )
    ).tables
    assert [c.statistic for c in table.columns] == [None, None, None]
    assert _sums(table, "column") == {2: [0, 1]}


GROUPS = """
Commune | Jeunes | Entretiens | Ateliers | Contrats
Antenne Nord | 460 | 321 | 181 | 128
Lille | 225 | 131 | 87 | 64
Lomme | 120 | 102 | 55 | 41
Hem | 115 | 88 | 39 | 23
Antenne Sud | 341 | 284 | 129 | 103
Lens | 130 | 113 | 61 | 52
Liévin | 112 | 96 | 47 | 33
Carvin | 99 | 75 | 21 | 18
Antenne Est | 8 | 5 | 6 | 3
Douai | 5 | 3 | 2 | 1
Sin | 3 | 2 | 4 | 2
Total général | 809 | 610 | 316 | 234
"""


def test_a_smaller_group_beside_groups_is_one_too():
    (table,) = facts_of(document_of((GROUPS,))).tables
    found = _sums(table, "row")
    assert found.get(8) == [9, 10] and found[11] == [0, 4, 8]


DEMANDS = """
Année | 2017 | 2018 | 2019
Nombre d'enfants ayant déposé une demande | 4249 | 4191 | 4216
Nombre de demandes d'enfants déposées | 10957 | 9811 | 9040
Nombre d'adultes ayant déposé une demande | 14192 | 14130 | 13913
Nombre de demandes d'adultes déposées | 39232 | 39888 | 37475
TOTAL des demandes déposées | 50189 | 49699 | 46515
"""


def test_a_total_is_of_the_lines_that_count_what_it_counts():
    (table,) = facts_of(document_of((DEMANDS,))).tables
    assert _sums(table, "row") == {4: [1, 3]}
