"""A table that goes on over a page, or under "(suite)", is one table; two tables of one boxhead are two."""

from __future__ import annotations

from pathlib import Path

from mlcheck.layout.continued import continued
from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Block, Cell, Grid, Locator, Paragraph
from mlcheck.reading import read
from tests.layout import texts

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


SITES = """Prêts par antenne
Antenne\tAdultes\tEnfants
Total\t{total}\t93
Site de la gare
Lompret\t57\t12
Lambersart\t97\t21

Site du port
Pérenchies\t87\t34
Verlinghem\t26\t26
"""


def grids_of(text: str, folder: Path) -> list[list[list[str]]]:
    file = folder / "prets.txt"
    file.write_text(text, encoding="utf-8")
    return [texts.table(block) for block in laid_out(read(file)).blocks if isinstance(block, Grid)]


def test_groups_under_titles_alike_are_one_table(tmp_path: Path) -> None:
    ((head, *rows),) = grids_of(SITES.format(total="267"), tmp_path)
    assert head == ["Antenne", "Adultes", "Enfants"]
    assert [row[0] for row in rows] == [
        "Total", "Site de la gare", "Lompret", "Lambersart", "Site du port", "Pérenchies", "Verlinghem",
    ]  # fmt: skip


def test_a_title_that_is_like_no_group_opens_another_table(tmp_path: Path) -> None:
    text = SITES.format(total="154").replace("Site du port", "Prêts du port")
    assert len(grids_of(text, tmp_path)) == 2
