"""Which lines of a table its formulas add up."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator
from mlcheck.tables.formulas import StatedSum, stated_sums
from mlcheck.tables.walk import walk


def stated(text: str, *hidden: int) -> list[StatedSum]:
    """Return the sums that a sheet states: a formula stands after its figure, "7 =SUM(B2:B3)"; some rows are hidden."""
    cells = {}
    for row, line in enumerate(text.strip().splitlines()):
        for column, cell in enumerate(re.split(r"\s*\|\s*", line.strip())):
            printed, _, formula = cell.partition(" =")
            if printed:
                number = Decimal(printed) if printed.isdigit() else None
                cells[row, column] = Cell(printed, number, hidden=row in hidden, formula=formula or None)
    grid = Grid(Locator("a.xlsx", sheet="F"), cells)
    (table,) = walk(laid_out(Document("a.xlsx", (grid,))), itertools.count()).tables
    return stated_sums(table.rows, table.columns, table.entries)


def test_a_total_of_a_column_and_one_of_a_row():
    assert stated("""
Commune | Contrats | Stages | Ensemble
Lille   | 5        | 1      | 6 =B2+C2
Lens    | 2        | 3      | 5
Total   | 7 =SUM(B2:B3) | 4 | 11
""") == [
        StatedSum("row", 2, ((0, 1), (1, 1)), 0, "SUM(B2:B3)"),
        StatedSum("column", 2, ((0, 1), (1, 1)), 0, "B2+C2"),
    ]


def test_a_line_that_is_subtracted_has_the_coefficient_minus_one():
    (found,) = stated("""
Poste    | Montant
Recettes | 50
Dépenses | 20
Solde    | 30 =B2-B3
""")
    assert found == StatedSum("row", 2, ((0, 1), (1, -1)), 0, "B2-B3")


def test_a_blank_row_in_the_range_adds_nothing():
    (found,) = stated("""
Commune | Contrats
Lille   | 5
Lens    | 2
        |
Total   | 7 =SUM(B2:B4)
""")
    assert found.sources == ((0, 1), (1, 1))


def test_a_subtotal_leaves_out_the_subtotals_in_its_range():
    found = stated("""
Commune    | Contrats
Lille      | 5
Lens       | 2
Sous-total | 7 =SUBTOTAL(9,B2:B3)
Arras      | 4
Sous-total | 4 =SUBTOTAL(9,B5:B5)
Total      | 11 =SUBTOTAL(9,B2:B6)
""")
    assert [s.sources for s in found] == [((0, 1), (1, 1)), ((3, 1),), ((0, 1), (1, 1), (3, 1))]


def test_a_subtotal_over_hidden_rows_is_not_known():
    text = """
Commune | Contrats
Lille   | 5
Lens    | 2
Total   | 5 =SUBTOTAL(109,B2:B3)
"""
    assert len(stated(text)) == 1
    assert stated(text, 2) == []
    assert len(stated(text.replace("SUBTOTAL(109,", "SUM("), 2)) == 1


def test_what_names_cells_beyond_the_table_or_of_both_axes_is_no_sum_of_lines():
    assert (
        stated("""
Commune | Contrats | Stages
Lille   | 5        | 1
Lens    | 2 =B2+F9 | 3
Arras   | 9 =B2+C3 | 3 =SUM(C4:C6)
Total   | 9 =SUM(B2:C3) | 9 =SUM(C2:C3,C3)
Rang    | 1 =SUM(B6:B7) | 2 =C2/C3
""")
        == []
    )
