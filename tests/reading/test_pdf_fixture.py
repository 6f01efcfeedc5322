"""The report of the fixtures as a PDF: every ruled figure stands in the right cell of its table."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from mlcheck.model.document import Grid
from mlcheck.reading import read
from tests.reading.pdf_documents import headings, lines

FIXTURES = Path(__file__).parents[2] / "fixtures"
BELOW = {"T07": "1 634", "T20": "859", "T28": "645"}  # totals printed as a line under their table


def plain(text: str) -> str:
    return "".join(text.split()).rstrip(":").lower()


def figures_by_table() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (FIXTURES / "places.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            found[line["table"]].append(line)
    return found


def stand(grid: Grid, figure: dict[str, str]) -> bool:
    """Tell whether a cell prints a figure, its labels beside and over it."""
    texts = {at: plain(cell.text) for at, cell in grid.cells.items()}
    printed, row, column = (plain(figure[key]) for key in ("printed", "row", "column"))
    return any(
        text == printed
        and (not row or row in (texts.get((at[0], other)) for other in range(at[1])))
        and (not column or column in (texts.get((other, at[1])) for other in range(at[0])))
        for at, text in texts.items()
    )


@pytest.fixture(scope="module")
def grids() -> list[Grid]:
    return [block for block in read(FIXTURES / "report-2023.pdf").blocks if isinstance(block, Grid)]


@pytest.mark.parametrize("table", figures_by_table())
def test_each_figure_of_a_table_stands_under_its_labels(grids: list[Grid], table: str) -> None:
    figures = [f for f in figures_by_table()[table] if f["printed"] != BELOW.get(table)]
    assert any(all(stand(grid, figure) for figure in figures) for grid in grids)


def test_no_table_is_cut_and_none_made_up(grids: list[Grid]) -> None:
    assert len(grids) == len(figures_by_table())


def test_heads_and_numbers_of_pages_are_no_text() -> None:
    document = read(FIXTURES / "report-2023.pdf")
    assert [text for _, text in headings(document)].count("Rapport d’activité 2023") == 1
    assert "Rapport d’activité 2023" not in lines(document)
    assert not any(text.isdigit() for text in lines(document))


def test_without_rulings_rows_and_headings_are_the_same() -> None:
    ruled, bare = (read(FIXTURES / f"report-2023{kind}.pdf") for kind in ("", "-borderless"))
    assert headings(bare) == headings(ruled)
    assert not any(isinstance(block, Grid) for block in bare.blocks)
    assert {"La Madeleine 112 /", "Total général : 679 38", "Femmes 67 179 89 335"} <= set(lines(bare))
