"""Formulas that leave a line out on purpose: what another rule may say of the table is no matter here."""

from __future__ import annotations

import pytest

from mlcheck.model.finding import Finding
from tests.rules.loading import checked, document_of


def told(table: str, code: str) -> list[Finding]:
    return checked(document_of([table])).told(code)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            """
# Les contrats par secteur, hors transport
Secteur      Contrats
Commerce     14
Bâtiment     9
Transport    4
Total        23 {=SUM(B3:B4)}
""",
            id="a title that says what is left out",
        ),
        pytest.param(
            """
# Les contrats par secteur
Secteur                     Contrats
Commerce                    14
Bâtiment                    9
Pour mémoire : transport    4
Total                       23 {=SUM(B3:B4)}
""",
            id="a line that is told for the record",
        ),
        pytest.param(
            """
# L'activité par antenne
Antenne            Entretiens
Nord               14
Sud                9
Numérique          4
Total              23 {=SUM(B3:B4)}
Total général      27 {=SUM(B5:B6)}
""",
            id="the line left out of one total is in the next",
        ),
        pytest.param(
            """
# L'activité par antenne
Antenne      Entretiens         Ateliers            Visites             Appels
Nord         14                 5                   3                   4
Sud          9                  6                   2                   4
Est          4                  7                   8                   4
Total        23 {=SUM(B3:B4)}   13 {=SUM(C4:C5)}    13 {=SUM(D3:D5)}    12 {=SUM(E3:E5)}
""",
            id="the formulas of a total differ among themselves",
        ),
        pytest.param(
            """
# Les jeunes accompagnés
Public                  Nombre
Jeunes accompagnés      41
Femmes                  18
Hommes                  23
Total                   41 {=SUM(B4:B5)}
""",
            id="a line that prints the whole before its parts",
        ),
        pytest.param(
            """
# Les contrats par commune
Commune      Contrats
Lambersart   120
Lompret      80
Population   9000
Total        200 {=SUM(B3:B4)}
""",
            id="a line of another measure, larger than all lines together",
        ),
    ],
)
def test_a_line_that_is_left_out_on_purpose(table: str):
    assert told(table, "TOT107") == []


def test_columns_that_leave_out_the_same_line_are_one_finding_with_their_count():
    (finding,) = told(
        """
# L'activité par antenne
Antenne      Entretiens         Ateliers
Nord         14                 5
Sud          9                  6
Est          4                  7
Total        23 {=SUM(B3:B4)}   11 {=SUM(C3:C4)}
""",
        "TOT107",
    )
    assert finding.values["count"] == 2
    assert [one.location.cell for one in finding.related] == ["B5", "C6"]


def test_a_sum_of_thousands_that_rounding_explains_leaves_out_nothing():
    table = """
# Les dépenses en milliers d'euros
Poste        Montant
Commerce     14,2
Bâtiment     9,1
Transport    {small}
Total        23,3 {=SUM(B3:B4)}
"""
    assert told(table.replace("{small}", "0,1"), "TOT107") == []
    assert len(told(table.replace("{small}", "4,1"), "TOT107")) == 1
