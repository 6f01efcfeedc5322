"""Running heads and page numbers are left out; what only looks like them stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlcheck.model.document import Document
from mlcheck.reading import read
from tests.reading.pdf_documents import Page, fill, grids, lines, pdf, prose, table, write


def body(number: int) -> str:
    """Return what one page says."""
    return f"Une phrase de la page, {number * 7} jeunes\net {number * number} autres."


def pages(tmp_path: Path, count: int, draw: Any) -> Document:
    """Return a document whose pages are drawn with their number, counted from 1."""

    def page(number: int) -> Page:
        return lambda canvas: draw(canvas, number)

    return read(pdf(tmp_path / "r.pdf", *(page(number) for number in range(1, count + 1))))


def test_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        write(canvas, 50, 40, "Rapport d'activité 2023", 8)
        write(canvas, 450, 40, "Mission locale", 8)
        prose(canvas, 50, 100, body(number))
        write(canvas, 280, 800, f"Page {number + 4} / 9", 8)
        write(canvas, 540, 815, f"{number}", 8)

    found = lines(pages(tmp_path, 4, draw))
    assert [text for text in found if text] == [
        line for number in range(1, 5) for line in body(number).splitlines()
    ]


def test_heads_above_a_ruled_table(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        write(canvas, 50, 40, f"Rapport 2023 {number}", 8)
        table(canvas, 50, 50, f"Commune | Jeunes\nLille | {number * 7}")

    document = pages(tmp_path, 3, draw)
    assert lines(document) == []
    assert len(grids(document)) == 3


def test_a_head_that_changes_with_the_chapter(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        write(canvas, 50, 40, "Le public" if number <= 3 else "La formation", 8)
        prose(canvas, 50, 100, body(number))

    found = lines(pages(tmp_path, 6, draw))
    assert [text for text in found if text] == [
        line for number in range(1, 7) for line in body(number).splitlines()
    ]


def test_totals_at_one_height_are_no_running_feet(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        prose(canvas, 50, 100, body(number))
        write(canvas, 50, 760, f"Total des jeunes : {number * number * 13}")

    found = lines(pages(tmp_path, 4, draw))
    assert [text for text in found if "Total" in text] == [
        f"Total des jeunes : {number * number * 13}" for number in range(1, 5)
    ]


def test_the_boxhead_of_a_table_on_each_page_is_no_running_head(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        write(canvas, 50, 30, "Rapport d'activité 2023", 8)
        rows = "Commune | Femmes | Hommes\nLille | 12 | 30\nLompret | 5 | 7"
        fill(canvas, 50, 60, rows.replace("12", str(12 * number)), (200, 100, 100))

    found = lines(pages(tmp_path, 4, draw))
    assert found.count("Commune Femmes Hommes") == 4
    assert "Rapport d'activité 2023" not in found


def test_a_line_of_one_page_stays(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        prose(canvas, 50, 100, body(number))
        if number == 2:
            write(canvas, 50, 800, "Source : 679 dossiers")

    assert "Source : 679 dossiers" in lines(pages(tmp_path, 4, draw))


def test_a_figure_alone_at_the_foot_of_the_only_page_stays(tmp_path: Path) -> None:
    def draw(canvas: Any, number: int) -> None:
        prose(canvas, 50, 100, body(number))
        write(canvas, 280, 800, "1")

    assert lines(pages(tmp_path, 1, draw))[-1] == "1"
