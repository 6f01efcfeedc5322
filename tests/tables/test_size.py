"""Sheets of hostile size cost no more than their size: counted in steps, not in seconds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from unittest.mock import patch

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator
from mlcheck.model.table import Table
from mlcheck.tables import changes
from mlcheck.tables.matrix import Matrix
from mlcheck.tables.sums import LONGEST_RUN
from mlcheck.tables.walk import walk


def sheet(rows: list[list[str]]) -> Document:
    cells = {(r, c): Cell(text) for r, row in enumerate(rows) for c, text in enumerate(row) if text}
    return Document("r", (Grid(Locator("r", sheet="S"), cells),))


def table_of(rows: list[list[str]]) -> tuple[Table, int]:
    """Return the one table of a sheet, and how many lines were added up to find its sums."""
    added = 0
    add = Matrix._add

    def counted(self: Matrix, *arguments: object) -> None:
        nonlocal added
        added += 1
        add(self, *arguments)

    with patch.object(Matrix, "_add", counted):
        (table,) = walk(laid_out(sheet(rows)), itertools.count()).tables
    return table, added


def test_two_thousand_rows_with_a_total():
    rows = [["Commune", "Jeunes", "Contrats"]]
    rows += [[f"Commune {chr(65 + n % 26)}{n:04}x", str(n % 97 + 1), str(n % 89 + 1)] for n in range(2000)]
    sums = [sum(int(row[column]) for row in rows[1:]) for column in (1, 2)]
    table, added = table_of([*rows, ["Total", *map(str, sums)]])
    assert len(table.rows) == 2001
    assert len(table.entries) == 2 * 2001
    (relation,) = [r for r in table.relations if r.kind == "sum"]
    assert (relation.target, len(relation.sources), relation.crossings) == (2000, 2000, (0, 1))
    assert added <= 20 * 2001


def test_two_thousand_rows_without_a_total():
    rows = [["Commune", "Jeunes", "Contrats"]]
    rows += [[f"Commune {chr(65 + n % 26)}{n:04}x", str(n % 97 + 1), str(n % 89 + 1)] for n in range(2000)]
    table, added = table_of(rows)
    assert len(table.rows) == 2000
    assert not [r for r in table.relations if r.kind == "sum" and r.axis == "row"]
    assert added <= 20 * 2000


def test_three_hundred_columns_with_a_total():
    heads = [f"Commune {n}" for n in range(300)]
    values = [[str((n * k) % 83 + 1) for n in range(300)] for k in (3, 5, 7)]
    rows = [["Mesure", *heads, "Total"]]
    rows += [[f"Mesure {k}", *own, str(sum(map(int, own)))] for k, own in zip("ABC", values, strict=True)]
    table, added = table_of(rows)
    assert len(table.columns) == 301
    (relation,) = [r for r in table.relations if r.kind == "sum" and r.axis == "column"]
    assert (relation.target, len(relation.sources), relation.crossings) == (300, 300, (0, 1, 2))
    assert added <= 2 * LONGEST_RUN * 301 * 3


def test_a_thousand_small_tables():
    rows: list[list[str]] = []
    for n in range(1000):
        rows += [["Commune", "Jeunes"], ["Lambersart", str(n)], ["Lompret", "2"], ["Total", str(n + 2)], []]
    found = walk(laid_out(sheet(rows)), itertools.count())
    assert len(found.tables) == 1000
    assert all(len(t.relations) == 1 for t in found.tables)


def test_ten_thousand_cells_far_apart():
    cells = {(n * 37, n % 50 * 7): Cell(str(n)) for n in range(10_000)}
    found = walk(laid_out(Document("r", (Grid(Locator("r", sheet="S"), cells),))), itertools.count())
    assert sum(len(t.entries) for t in found.tables) + len(found.not_understood) == 10_000


def test_a_text_of_a_million_characters():
    cells = {(0, 0): Cell("1 " * 500_000), (1, 0): Cell("(" * 100_000), (2, 0): Cell("Total " * 100_000)}
    found = walk(laid_out(Document("r", (Grid(Locator("r", sheet="S"), cells),))), itertools.count())
    assert not found.tables


def figures(document: Document) -> Iterator[int]:
    for table in walk(laid_out(document), itertools.count()).tables:
        yield from (entry.figure for entry in table.entries.values())


def test_figure_ids_are_never_given_twice():
    rows = [["", "A", "B", "Total"], ["x", "1", "2", "3"], ["y", "4", "5", "9"], [], ["z", "1"], ["t", "2"]]
    ids = list(figures(sheet(rows)))
    assert len(ids) == len(set(ids))


def test_changes_of_a_wide_table_are_tried_against_their_years_only():
    """The pairs that numbers alone could tell are not tried where a table has hundreds of columns of changes."""
    heads = ["Commune", *(head for n in range(100) for head in (f"Mesure {n}", f"Évolution {n}"))]
    rows = [
        [f"Ville {chr(65 + r)}", *(cell for n in range(100) for cell in (str(40 + 7 * r + n), "10"))]
        for r in range(4)
    ]
    tried = 0
    make = changes._alternative

    def counted(*arguments: object, **named: object) -> object:
        nonlocal tried
        tried += 1
        return make(*arguments, **named)

    with patch.object(changes, "_alternative", counted):
        walk(laid_out(sheet([heads, *rows])), itertools.count())
    assert tried <= 4 * 100
