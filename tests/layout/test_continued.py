"""A table that goes on over a page, or under "(suite)", is one table; two tables of one boxhead are two."""

from __future__ import annotations

from mlcheck.layout.continued import continued
from mlcheck.model.document import Block, Cell, Grid, Locator, Paragraph

HEAD = ["Commune", "Femmes", "Hommes"]


def table(page: int | None, *rows: list[str]) -> Grid:
    cells = {(r, c): Cell(text) for r, row in enumerate(rows) for c, text in enumerate(row) if text}
    places = {at: Locator("r", page=page) for at in cells}
    return Grid(Locator("r", page=page), cells, places=places)


def title(text: str) -> Paragraph:
    return Paragraph(text, Locator("r"))


def texts(blocks: list[Block]) -> list[list[str]]:
    return [[cell.text for _, cell in sorted(b.cells.items())] for b in blocks if isinstance(b, Grid)]


def test_a_repeated_boxhead_over_a_page_goes_on():
    first = table(1, HEAD, ["Anzin", "3", "4"], ["S/T nord", "3", "4"])
    second = table(2, HEAD, ["Bavay", "5", "6"], ["Total", "8", "10"])
    (whole,) = continued([first, second])
    assert isinstance(whole, Grid)
    assert texts([whole]) == [
        [*HEAD, "Anzin", "3", "4", "S/T nord", "3", "4", "Bavay", "5", "6", "Total", "8", "10"]
    ]
    assert {whole.locate(*at).page for at in whole.cells} == {1, 2}


def test_three_pages_are_one_table():
    pages = [table(n, HEAD, [name, "3", "4"]) for n, name in enumerate(("Anzin", "Bavay", "Caudry"), 1)]
    assert len(continued(pages)) == 1


def test_a_title_that_says_so_goes_on_without_pages_or_boxhead():
    first = table(None, HEAD, ["Anzin", "3", "4"])
    second = table(None, ["Bavay", "5", "6"], ["Total", "8", "10"])
    assert len(continued([first, title("Jeunes par commune (suite)"), second])) == 1


def test_another_title_opens_another_table():
    first, second = table(1, HEAD, ["Anzin", "3", "4"]), table(2, HEAD, ["Bavay", "5", "6"])
    assert len(continued([first, title("Contrats par commune"), second])) == 3


def test_the_same_rows_once_more_are_another_table():
    first, second = table(1, HEAD, ["Anzin", "3", "4"]), table(2, HEAD, ["Anzin", "5", "6"])
    assert len(continued([first, second])) == 2


def test_nothing_goes_on_after_the_total():
    first = table(1, HEAD, ["Anzin", "3", "4"], ["Total", "3", "4"])
    assert len(continued([first, table(2, HEAD, ["Bavay", "5", "6"])])) == 2


def test_other_columns_are_another_table():
    first, second = table(1, HEAD, ["Anzin", "3", "4"]), table(2, HEAD[:2], ["Bavay", "5"])
    assert len(continued([first, second])) == 2


def test_two_tables_of_one_page_are_two():
    first, second = table(1, HEAD, ["Anzin", "3", "4"]), table(1, HEAD, ["Bavay", "5", "6"])
    assert len(continued([first, second])) == 2
