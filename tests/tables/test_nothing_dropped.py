"""What a sheet prints goes to a table, to prose, or to the list of what was not understood; nothing vanishes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.model.document import Document, Grid, Locator
from mlcheck.reading import read
from tests.rules.loading import cases, cell_of, document_of
from tests.tables.accounting import unaccounted

FIXTURES = Path(__file__).parents[2] / "fixtures"
FIGURE = re.compile(r"\d")
YEAR = re.compile(r"\b20\d\d\b")

printed = st.sampled_from([
    "Lambersart", "Femmes", "16 - 17 ans", "Bac + 2", "Total", "dont femmes", "Part", "Évolution", "Moyenne",
    "12", "7", "49 %", "1 410 €", "2022", "2023", "/", "nd", "#REF!", "Lompret (2)",
    "1) Le public", "a. Par commune", "Total : 12 jeunes", "(dont 29 € de frais de gestion)", "Source : i-Milo",
    "12 contrats ont été signés en 2023.", "en hausse de 3 points",
])  # fmt: skip
grids = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 5)), printed, min_size=1, max_size=30)


def document(texts: dict[tuple[int, int], str]) -> Document:
    cells = {at: cell_of(text) for at, text in texts.items()}
    return Document("r", (Grid(Locator("r", sheet="S"), cells),))


@pytest.mark.parametrize("name", ["report-2023.xlsx", "report-2022.xlsx", "report-2023-errors.xlsx"])
def test_every_figure_of_a_report_is_accounted_for(name):
    left = unaccounted(read(FIXTURES / name)).values()
    assert not [text for text in left if FIGURE.search(YEAR.sub("", text))]


def test_every_figure_of_the_rule_cases_is_accounted_for():
    for case in cases():
        left = unaccounted(document_of(case.table, case.sentences)).values()
        assert not [text for text in left if FIGURE.search(text)], case.name


def test_a_total_line_far_from_every_table():
    assert not unaccounted(document_of(["Total : 1 634 jeunes"]))


def test_a_number_in_a_column_of_remarks():
    left = unaccounted(
        document_of(
            [
                """
           | Contrats | Remarques
Lambersart | 5        | en hausse
Lompret    | 2        | 17
Marcq      | 4        | en baisse
"""
            ]
        )
    )
    assert "17" not in left.values()


def test_a_label_that_titles_nothing():
    assert not unaccounted(document_of(["Fin du rapport"]))


@given(grids)
def test_every_figure_of_any_sheet_is_accounted_for(texts):
    assert not [text for text in unaccounted(document(texts)).values() if FIGURE.search(text)]


@given(grids)
def test_every_cell_of_any_sheet_is_accounted_for(texts):
    assert not unaccounted(document(texts))
