"""A document becomes sheets that are read as it is: headings that nest, tables that stand apart."""

from __future__ import annotations

import pytest

from mlcheck.checking.facts import read_facts
from mlcheck.layout.paging import sheets_of
from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator, Paragraph
from mlcheck.model.table import Table

SOURCE = "rapport-2023.docx"
Block = Grid | Paragraph


def line(text: str, level: int | None = None, number: int = 1) -> Paragraph:
    return Paragraph(text, Locator(SOURCE, line=number), level)


def table(number: int, *rows: str, hidden: bool = False) -> Grid:
    cells = {
        (i, j): Cell(text.strip()) for i, row in enumerate(rows) for j, text in enumerate(row.split("|")) if text.strip()
    }  # fmt: skip
    return Grid(Locator(SOURCE, shape=f"table {number}"), cells, hidden=hidden)


ONE = ("Commune|Femmes|Hommes|Total", "Lambersart|66|66|132", "Lompret|5|4|9", "Total|71|70|141")
TWO = ("CDI|184", "CDD|901", "Total|1085")


def document(*blocks: Block) -> Document:
    return Document(SOURCE, blocks)


def texts(grid: Grid) -> list[str]:
    return [cell.text for _, cell in sorted(grid.cells.items())]


def seen(one: Table) -> tuple:
    rows = tuple((row.label, row.path, row.role) for row in one.rows)
    columns = tuple((column.label, column.path, column.role) for column in one.columns)
    figures = tuple((at, entry.printed, entry.locator) for at, entry in sorted(one.entries.items()))
    return one.title, one.sections, rows, columns, figures, tuple(note.text for note in one.notes)


def read_alike(*blocks: Block) -> list[Table]:
    """Return the tables of a document, which must be those of its sheets, headings and places and all."""
    before = read_facts(laid_out(document(*blocks)))
    after = read_facts(laid_out(Document(SOURCE, sheets_of(laid_out(document(*blocks))))))
    assert [seen(one) for one in after.tables] == [seen(one) for one in before.tables]
    assert [(c.text, c.sections, c.locator) for c in after.claims] == [
        (c.text, c.sections, c.locator) for c in before.claims
    ]
    return list(before.tables)


def test_a_workbook_is_taken_as_it_is():
    grid = Grid(Locator("rapport.xlsx", sheet="Emploi"), {(0, 0): Cell("CDI"), (0, 1): Cell("184")})
    assert sheets_of(laid_out(Document("rapport.xlsx", (grid,)))) == (grid,)


def test_each_outermost_heading_opens_a_sheet():
    sheets = sheets_of(
        laid_out(
            document(
                line("Rapport"), line("Le public", 1), table(1, *ONE), line("L’emploi", 1), table(2, *TWO)
            )
        )
    )
    assert [sheet.locator.sheet for sheet in sheets] == ["Le public", "L’emploi"]
    assert texts(sheets[0])[:2] == ["Rapport", "1) Le public"]
    assert texts(sheets[1])[0] == "2) L’emploi"


def test_headings_without_a_number_get_the_one_that_tells_their_depth():
    headings = [
        line("Le public", 1), line("Les femmes", 2), line("Par commune", 3), line("Par âge", 3), line("Les hommes", 2),
        line("L’emploi", 1), line("Les contrats", 2),
    ]  # fmt: skip
    sheets = sheets_of(laid_out(document(*headings, table(1, *ONE))))
    assert [text for sheet in sheets for text in texts(sheet)][:7] == [
        "1) Le public", "I. Les femmes", "a. Par commune", "b. Par âge", "II. Les hommes", "2) L’emploi", "I. Les contrats",
    ]  # fmt: skip


def test_a_number_that_says_another_depth_is_replaced():
    blocks = (line("I. Le public", 1), line("2.1 Les femmes", 2), line("II. L’emploi", 1), table(1, *ONE))
    assert [text for sheet in sheets_of(laid_out(document(*blocks))) for text in texts(sheet)][:3] == [
        "1) Le public", "I. Les femmes", "2) L’emploi",
    ]  # fmt: skip
    read_alike(*blocks)


def test_headings_deeper_than_numbers_tell_are_labels():
    levels = [line(f"Partie {letter}", level) for level, letter in enumerate("ABCD", start=1)]
    sheets = sheets_of(laid_out(document(*levels, line("Autre", 1), table(1, *ONE))))
    assert texts(sheets[0]) == ["1) Partie A", "I. Partie B", "a. Partie C", "Partie D"]


@pytest.mark.parametrize(
    "blocks",
    [
        (line("Le public", 1), table(1, *ONE), table(2, *TWO)),
        (line("Le public", 1), line("Les communes"), table(1, *ONE), line("Les contrats"), table(2, *TWO)),
        (line("Le public", 1), table(1, *ONE), line("(dont 29 € de frais)"), table(2, *TWO)),
        (line("Le public", 1), table(1, "Femmes|Hommes", "12|15"), line("Total : 27 jeunes"), table(2, *TWO)),
        (line("Le public", 1), table(1, *ONE), line("49 % des jeunes sont des femmes."), table(2, *TWO)),
        (
            line("Le public", 1),
            table(1, *ONE),
            line("Par sexe", 2),
            table(2, *ONE),
            line("L’emploi", 1),
            table(3, *TWO),
        ),
        (line("Le public", 1), table(1, "Commune|Maire"), table(2, *TWO)),
        (line("Les communes"), table(1, *ONE), table(2, "Lille|12|15|27", "Total|12|15|27")),
    ],
    ids=["tables", "titles", "note", "total", "sentence", "headings", "boxhead alone", "no head"],
)
def test_sheets_are_read_as_their_document_is(blocks):
    if blocks[0].level is None:  # else the sheet's name, for want of a heading, would be a section
        blocks = (line("Le public", 1), *blocks)
    assert read_alike(*blocks)


def test_sentences_that_follow_one_another_still_do():
    blocks = (
        line("L’emploi", 1, 1), line("1 085 contrats ont été signés :", None, 2), line("• 184 CDI", None, 3),
        line("• 901 CDD", None, 4), line("La moitié concerne des femmes.", None, 9), table(1, *TWO),
    )  # fmt: skip
    read_alike(*blocks)
    rows = sorted(row for row, _ in sheets_of(laid_out(document(*blocks)))[0].cells)
    assert rows[1:4] == [rows[1], rows[1] + 1, rows[1] + 2]
    assert rows[4] > rows[3] + 1


def test_paragraphs_without_a_table_are_each_apart():
    read_alike(line("L’emploi", 1), line("418 contrats ont été signés :"), line("12 jeunes sont partis."))


def test_a_hidden_table_has_a_hidden_sheet_of_its_own_behind_the_others():
    blocks = (
        line("Le public", 1),
        table(1, *ONE),
        table(2, *TWO, hidden=True),
        line("12 jeunes sont partis."),
    )
    sheets = sheets_of(laid_out(document(*blocks, line("Fin", 1), table(3, *TWO))))
    assert [(sheet.locator.sheet, sheet.hidden) for sheet in sheets] == [
        ("Le public", False), ("Fin", False), ("table 2", True),
    ]  # fmt: skip
    assert texts(sheets[0])[-1] == "12 jeunes sont partis."


def test_tables_without_any_text_are_sheets_named_by_their_shapes():
    sheets = sheets_of(laid_out(document(table(1, *ONE), table(2, *TWO))))
    assert [sheet.locator.sheet for sheet in sheets] == ["table 1", "table 2"]
    assert sheets[1].locate(0, 1) == Locator(SOURCE, shape="table 2", cell="B1")
