"""Blocks of slides, pages and texts, read as a sheet would be."""

from __future__ import annotations

import itertools

from mlcheck.layout.recover import laid_out
from mlcheck.layout.stacking import Stack, stack
from mlcheck.model.document import Block, Cell, Document, Grid, Locator, Paragraph
from mlcheck.tables.walk import walk

SOURCE = "rapport.docx"


def paragraph(text: str, line: int, level: int | None = None) -> Paragraph:
    return Paragraph(text, Locator(SOURCE, line=line), level)


def grid(line: int, *rows: str) -> Grid:
    cells = {
        (r, c): Cell(text.strip())
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
        if text.strip()
    }
    return Grid(Locator(SOURCE, shape=f"table {line}", line=line), cells)


def read(*blocks: Block):  # type: ignore[no-untyped-def]
    return walk(laid_out(Document(SOURCE, blocks)), itertools.count())


HOMES = ("Commune | Jeunes", "Lompret | 9", "Verlinghem | 4", "Total | 13")
SEXES = ("Sexe | Jeunes", "Femmes | 6", "Hommes | 7", "Total | 13")


def test_a_table_takes_the_headings_and_the_title_over_it() -> None:
    found = read(
        paragraph("1) Le public", 1),
        paragraph("a. Les communes", 2),
        paragraph("Jeunes par commune", 3),
        grid(4, *HOMES),
        paragraph("2) L'emploi", 5),
        grid(6, *SEXES),
    )
    assert [(t.sections, t.title) for t in found.tables] == [
        (("Le public", "Les communes"), "Jeunes par commune"),
        (("L'emploi",), ""),
    ]


def test_two_tables_that_touch_stay_two() -> None:
    found = read(paragraph("Le public", 1, 1), grid(2, *HOMES), grid(3, *SEXES))
    assert [len(t.rows) for t in found.tables] == [3, 3]


def test_a_table_goes_on_below_its_boxhead_only_within_its_own_rows() -> None:
    found = read(paragraph("Texte.", 1), grid(2, "Commune | Jeunes"), grid(3, "Lompret | 9", "Total | 9"))
    assert len(found.tables) == 1
    assert [line.label for line in found.tables[0].columns] == [""]


def test_a_cell_keeps_its_own_place() -> None:
    found = read(paragraph("Jeunes par commune", 1), grid(2, *HOMES))
    entry = found.tables[0].entries[1, 0]
    assert (entry.printed, entry.locator) == ("4", Locator(SOURCE, shape="table 2", line=2, cell="B3"))


def test_a_total_in_words_and_a_note_stand_below_their_table() -> None:
    found = read(
        paragraph("Jeunes par commune", 1),
        grid(2, *HOMES[:3]),
        paragraph("Total : 13", 3),
        paragraph("(dont 2 femmes)", 4),
    )
    assert [line.label for line in found.tables[0].rows][-1] == "Total :"
    assert [text for text, _, _ in found.notes] == ["(dont 2 femmes)"]


def test_prose_keeps_its_order_and_its_section() -> None:
    found = read(
        paragraph("1) Le public", 1),
        paragraph("Quelques repères", 2),
        paragraph("13 jeunes ont été reçus en 2023.", 3),
        paragraph("2) L'emploi", 4),
        paragraph("6 jeunes ont signé un contrat.", 5),
        grid(6, *HOMES),
    )
    said = {p.text: p.sections for p in found.passages}
    assert said["13 jeunes ont été reçus en 2023."] == ("Le public",)
    assert said["Quelques repères"] == ("Le public",)
    assert said["6 jeunes ont signé un contrat."] == ("L'emploi",)


def test_items_and_texts_of_one_box_are_one_block() -> None:
    box = Locator("r.pptx", slide=2, shape="ZoneTexte 3")
    found = read(
        Paragraph("Parmi eux :", box),
        Paragraph("6 jeunes sont des femmes.", box),
        Paragraph("2 jeunes ont un emploi.", Locator("r.pptx", slide=2, shape="ZoneTexte 4")),
        Paragraph("• 1 jeune est en formation.", Locator("r.pptx", slide=2, shape="ZoneTexte 5")),
        grid(9, *HOMES),
    )
    blocks = {p.text[:8]: p.block for p in found.passages}
    assert blocks["Parmi eu"] == blocks["6 jeunes"] != blocks["2 jeunes"] == blocks["• 1 jeun"]


def test_a_slide_does_not_title_the_table_of_the_next() -> None:
    found = read(
        Paragraph("Les formations", Locator("r.pptx", slide=1, shape="A")),
        Grid(Locator("r.pptx", slide=2, shape="T"), grid(1, *HOMES).cells),
    )
    assert found.tables[0].title == ""
    assert [p.text for p in found.passages] == ["Les formations"]


def test_sheets_and_texts_without_tables_are_left_as_they_are() -> None:
    sheet = Grid(Locator("r.xlsx", sheet="Public"), grid(1, *HOMES).cells)
    text = paragraph("13 jeunes.", 1)
    assert list(stack([sheet])) == [sheet]
    assert list(stack([text])) == [(text, None)]
    assert isinstance(next(stack([text, grid(2, *HOMES)])), Stack)
