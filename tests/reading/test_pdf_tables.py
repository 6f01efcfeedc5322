"""Ruled tables: cells from lines, thin rectangles and fills; what is no table; tables over page breaks."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from mlcheck.model.document import Grid, Locator, Merge
from mlcheck.reading import read
from tests.reading.pdf_documents import (
    HEIGHT,
    ROW,
    cells_of,
    fill,
    grids,
    lines,
    pdf,
    prose,
    read_page,
    rule,
    table,
    write,
)  # fmt: skip

PUBLIC = """
Commune       | Femmes | Hommes
Lille         | 1 234  | 1 100
Lompret       | 9      | /
Total général | 1 243  | 1 100
"""
WIDTHS = (120, 70, 70)
EDGES = (50, 170, 240, 310)


def test_a_table_with_the_place_of_each_cell(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 50, 80, "a. Les communes")
        table(canvas, 50, 100, PUBLIC)
        write(canvas, 50, 190, "Hors doublons.")

    document = read_page(tmp_path, draw)
    assert grids(document) == [cells_of(PUBLIC)]
    assert lines(document) == ["a. Les communes", "Hors doublons."]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    assert grid.locator == Locator(document.source, page=1, box=(50.0, 100.0, 310.0, 172.0))
    assert grid.locate(1, 1) == Locator(document.source, page=1, box=(170.0, 118.0, 240.0, 136.0))
    assert grid.locate(2, 2).page == 1


def thin_rectangles(canvas: Any) -> None:
    for number in range(5):
        canvas.rect(50, HEIGHT - 100 - number * ROW - 0.4, 260, 0.8, stroke=0, fill=1)
    for edge in EDGES:
        for number in range(4):  # cell by cell, as word processors draw them
            canvas.rect(edge - 0.4, HEIGHT - 100 - (number + 1) * ROW, 0.8, ROW, stroke=0, fill=1)


def dots(canvas: Any) -> None:
    for number in range(5):
        for step in range(0, 260, 2):
            canvas.rect(50 + step, HEIGHT - 100 - number * ROW, 0.7, 0.7, stroke=0, fill=1)
    for edge in EDGES:
        for step in range(0, 72, 2):
            canvas.rect(edge, HEIGHT - 100 - step, 0.7, 0.7, stroke=0, fill=1)


def filled_cells(canvas: Any) -> None:
    canvas.setFillGray(0.9)
    for left, right in itertools.pairwise(EDGES):
        for number in range(4):
            canvas.rect(left, HEIGHT - 100 - (number + 1) * ROW, right - left, ROW, stroke=0, fill=1)
    canvas.setFillGray(0)


def inner_rulings_only(canvas: Any) -> None:
    for number in range(1, 4):
        rule(canvas, 50, 100 + number * ROW, 310, 100 + number * ROW)
    for edge in EDGES[1:-1]:
        rule(canvas, edge, 100, edge, 172)


def upright_rulings_only(canvas: Any) -> None:
    for edge in EDGES:
        rule(canvas, edge, 100, edge, 172)
    for height in (100, 100 + ROW, 172):
        rule(canvas, 50, height, 310, height)


def ruled_boxhead_over_level_rulings(canvas: Any) -> None:
    for number in range(5):
        rule(canvas, 50, 100 + number * ROW, 310, 100 + number * ROW)
    for edge in EDGES:
        rule(canvas, edge, 100, edge, 100 + ROW)


@pytest.mark.parametrize(
    "rulings",
    [
        thin_rectangles,
        dots,
        filled_cells,
        inner_rulings_only,
        upright_rulings_only,
        ruled_boxhead_over_level_rulings,
    ],
)
def test_whatever_the_rulings_are_made_of(tmp_path: Path, rulings: Any) -> None:
    def draw(canvas: Any) -> None:
        rulings(canvas)
        fill(canvas, 50, 100, PUBLIC, WIDTHS)

    assert grids(read_page(tmp_path, draw)) == [cells_of(PUBLIC)]


def test_merged_cells(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        table(canvas, 50, 118, "| Femmes | Hommes\nLille | 12 | 30\nLompret | 5 | 7")
        for left, right in ((50, 170), (170, 310)):
            canvas.rect(left, HEIGHT - 118, right - left, ROW)
        write(canvas, 220, 113, "Sexe")
        canvas.setFillGray(1)
        canvas.rect(51, HEIGHT - 119, 118, 2, stroke=0, fill=1)

    document = read_page(tmp_path, draw)
    assert grids(document)[0][:2] == [["", "Sexe", ""], ["", "Femmes", "Hommes"]]
    grid = document.blocks[0]
    assert isinstance(grid, Grid)
    assert Merge(0, 1, 0, 2) in grid.merges


def test_a_word_in_a_merged_cell_is_not_parted_by_the_edge_below(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        table(canvas, 50, 118, "| Femmes | Hommes\nLille | 12 | 30\nLompret | 5 | 7")
        canvas.rect(50, HEIGHT - 118, 120, ROW)
        canvas.rect(170, HEIGHT - 118, 140, ROW)
        write(canvas, 240 - canvas.stringWidth("2023", "Helvetica", 10) / 2, 113, "2023")

    assert grids(read_page(tmp_path, draw))[0][:2] == [["", "2023", ""], ["", "Femmes", "Hommes"]]


def test_lines_of_a_cell_are_kept_and_words_stop_at_rulings(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        table(canvas, 50, 100, "Nature | Jeunes\n | \n | 12", (60, 60))
        write(canvas, 52, 127, "Insertion", 8)
        write(canvas, 52, 135, "sociale", 8)
        write(canvas, 100.9, 135, "30", 8)
        write(canvas, 110.2, 135, "45", 8)
        write(canvas, 52, 149, "Emploi", 8)

    rows = grids(read_page(tmp_path, draw))[0]
    assert rows[1] == ["Insertion\nsociale 30", "45"]


def test_turned_labels_of_columns(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        table(canvas, 50, 180, "Lille | 12 | 30\nLompret | 5 | 7")
        canvas.rect(50, HEIGHT - 180, 260, 80)
        rule(canvas, 170, 100, 170, 180)
        rule(canvas, 240, 100, 240, 180)
        for left, text in ((200, "Nombre de"), (212, "jeunes"), (275, "Contacts")):
            canvas.saveState()
            canvas.translate(left, HEIGHT - 175)
            canvas.rotate(90)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    assert grids(read_page(tmp_path, draw))[0][0] == ["", "Nombre de\njeunes", "Contacts"]


def test_labels_keep_their_indents(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        table(canvas, 50, 100, "Nature | Jeunes\nFormation | 30\n | 10\n | 20\nEmploi | 12\n | 42")
        write(canvas, 66, 149, "dont CAP")
        write(canvas, 66, 167, "dont BAC")
        write(canvas, 130, 203, "Total")

    column = [row[0] for row in grids(read_page(tmp_path, draw))[0]]
    assert column == ["Nature", "Formation", "  dont CAP", "  dont BAC", "Emploi", "Total"]


def bars(canvas: Any) -> None:
    for height in range(5):
        rule(canvas, 60, 300 - 40 * height, 300, 300 - 40 * height)
        write(canvas, 30, 303 - 40 * height, str(10 * height))
    for number, height in enumerate((120, 60, 150, 90)):
        canvas.rect(70 + 60 * number, HEIGHT - 300, 40, height, stroke=1, fill=0)
        write(canvas, 80 + 60 * number, 295 - height, str(height // 4))
        write(canvas, 80 + 60 * number, 315, "ABCD"[number])


def frame(canvas: Any) -> None:
    canvas.rect(40, HEIGHT - 200, 300, 120)
    rule(canvas, 40, 100, 340, 100)
    write(canvas, 45, 95, "À retenir")
    prose(canvas, 45, 115, "679 jeunes ont été accueillis en 2023,\nsoit 8 % de plus qu'en 2022.")


def level_rulings(canvas: Any) -> None:
    for number in range(5):
        rule(canvas, 50, 100 + number * ROW, 310, 100 + number * ROW)
    fill(canvas, 50, 100, PUBLIC, WIDTHS)


def rulings_that_leave_columns_together(canvas: Any) -> None:
    level_rulings(canvas)
    for edge in (50, 170, 310):
        rule(canvas, edge, 100, edge, 172)


@pytest.mark.parametrize("drawn", [bars, frame, level_rulings, rulings_that_leave_columns_together])
def test_what_is_no_ruled_table_stays_lines(tmp_path: Path, drawn: Any) -> None:
    document = read_page(tmp_path, drawn)
    assert grids(document) == []
    assert lines(document)


def test_a_layout_around_tables_is_none(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.rect(40, HEIGHT - 300, 500, 220)
        rule(canvas, 40, 200, 540, 200)
        rule(canvas, 320, 80, 320, 300)
        table(canvas, 50, 100, PUBLIC, (100, 70, 70))
        write(canvas, 330, 250, "Source : 2 missions locales")

    document = read_page(tmp_path, draw)
    assert grids(document) == [cells_of(PUBLIC)]
    assert lines(document) == ["Source : 2 missions locales"]


FIRST = "Commune | Femmes | Hommes\nLille | 12 | 30\nLompret | 5 | 7"


def two_pages(tmp_path: Path, second: str, widths: tuple[int, ...] = WIDTHS) -> list[list[list[str]]]:
    """Return the tables of a document whose first page ends with a table and whose second starts with one."""

    def first_page(canvas: Any) -> None:
        write(canvas, 50, 600, "a. Les communes")
        table(canvas, 50, 700, FIRST)

    def second_page(canvas: Any) -> None:
        table(canvas, 50, 60, second, widths)
        write(canvas, 50, 300, "Une note.")

    return grids(read(pdf(tmp_path / "r.pdf", first_page, second_page)))


def test_a_table_goes_on_over_a_page_break(tmp_path: Path) -> None:
    assert two_pages(tmp_path, "Ronchin | 4 | 6\nTotal | 21 | 43") == [
        [*cells_of(FIRST), ["Ronchin", "4", "6"], ["Total", "21", "43"]]
    ]


def test_a_repeated_boxhead_is_dropped(tmp_path: Path) -> None:
    rest = "Commune | Femmes | Hommes\nTotal | 17 | 37"
    assert two_pages(tmp_path, rest) == [[*cells_of(FIRST), ["Total", "17", "37"]]]


def test_a_total_that_both_pages_repeat_is_kept_once(tmp_path: Path) -> None:
    def page(rows: str, top: float) -> Any:
        return lambda canvas: table(canvas, 50, top, rows)

    total = "Total | 17 | 37"
    path = pdf(tmp_path / "r.pdf", page(f"{FIRST}\n{total}", 700), page(f"Ronchin | 4 | 6\n{total}", 60))
    assert grids(read(path)) == [[*cells_of(FIRST), ["Ronchin", "4", "6"], ["Total", "17", "37"]]]


def test_a_single_row_goes_with_the_page_before(tmp_path: Path) -> None:
    assert two_pages(tmp_path, "Total | 17 | 37") == [[*cells_of(FIRST), ["Total", "17", "37"]]]


def test_rows_after_a_page_break_keep_their_page(tmp_path: Path) -> None:
    two_pages(tmp_path, "Total | 17 | 37")
    grid = next(block for block in read(tmp_path / "r.pdf").blocks if isinstance(block, Grid))
    assert (grid.locate(2, 1).page, grid.locate(3, 1).page) == (1, 2)
    assert grid.locate(3, 1).box == (170.0, 60.0, 240.0, 78.0)


@pytest.mark.parametrize(
    ("second", "widths"),
    [
        ("Commune | Visites | Contacts\nLille | 3 | 4", WIDTHS),
        ("Ronchin | 4 | 6\nTotal | 21 | 43", (120, 60, 60)),
        ("Total | 10\nAutres | 3", (120, 70)),
    ],
)
def test_another_table_on_the_next_page_stays_one(
    tmp_path: Path, second: str, widths: tuple[int, ...]
) -> None:
    assert two_pages(tmp_path, second, widths) == [cells_of(FIRST), cells_of(second)]


def test_a_single_row_that_nothing_goes_on_with_is_a_line(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        table(canvas, 50, 100, "Total | 17 | 37")
        write(canvas, 50, 150, "Une note.")

    document = read_page(tmp_path, draw)
    assert grids(document) == []
    assert lines(document) == ["Total 17 37", "", "Une note."]
