"""Text files: tables of separated values, folders of them, and prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator, Paragraph
from mlcheck.reading import read, read_folder

TABLE = "Commune;Jeunes;Part\nLille;1 234;12,5 %\n« Été », à Ronchin;/;\n"


def texts(document: Document) -> dict[str | None, str]:
    grid = document.blocks[0]
    assert isinstance(grid, Grid)
    return {grid.locate(*place).cell: cell.text for place, cell in grid.cells.items()}


EXPECTED = {"A1": "Commune", "B1": "Jeunes", "C1": "Part", "A2": "Lille", "B2": "1 234", "C2": "12,5 %"}
EXPECTED |= {"A3": "« Été », à Ronchin", "B3": "/"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "accueils.csv"
    path.write_bytes(TABLE.encode(encoding))
    document = read(path)
    assert texts(document) == EXPECTED
    assert document.blocks[0].locator == Locator(path.as_posix(), sheet="accueils")


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_found_in_the_content(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE.replace(";", separator), "utf-8", newline="\r\n")
    assert texts(read(path)) == EXPECTED


def test_commas_separate_where_they_are_no_decimal_signs(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Commune,Jeunes,Part\nLille,"1 234","12,5 %"\nRonchin,/,\n', "utf-8")
    assert texts(read(path))["C2"] == "12,5 %"


def test_decimal_commas_do_not_hide_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a;1,5;2,5\nb;2,5;3,5\nc;4,0;5,0\n", "utf-8")
    assert texts(read(path))["C3"] == "5,0"


def test_cells_are_text_and_keep_their_blanks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('sep=;\nTotal;12\n"  dont\nfrais";3\n   ;4\n', "utf-8")
    grid = read(path).blocks[0]
    assert isinstance(grid, Grid)
    assert grid.cells == {
        (0, 0): Cell("Total"),
        (0, 1): Cell("12"),
        (1, 0): Cell("  dont\nfrais"),
        (1, 1): Cell("3"),
        (2, 1): Cell("4"),
    }


def test_a_folder_is_one_report_with_a_grid_for_each_file(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("x;1\n", "utf-8")
    (tmp_path / "a.tsv").write_text("x\t1,5\n", "utf-8")
    (tmp_path / "notes.md").write_text("rien", "utf-8")
    document = read_folder(tmp_path)
    assert document == read(tmp_path)
    assert document.source == tmp_path.as_posix()
    assert [(Path(block.locator.file).name, block.locator.sheet) for block in document.blocks] == [
        ("a.tsv", "a"),
        ("b.csv", "b"),
    ]


def test_prose_is_cut_at_blank_lines_and_bullets(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(
        "Le public\n\nEn 2023, 679 jeunes, soit une hausse de\n-12 % par rapport à 2022\n"
        "et -3 points.\n  • 49 % de femmes\n  (48 % en 2022)\n- dont 3 mineurs\n\n\n* fin\n",
        "utf-8",
    )
    blocks = laid_out(read(path)).blocks
    assert [
        (block.locator.line, block.text, block.level) for block in blocks if isinstance(block, Paragraph)
    ] == [
        (1, "Le public", None),
        (3, "En 2023, 679 jeunes, soit une hausse de -12 % par rapport à 2022 et -3 points.", None),
        (6, "• 49 % de femmes (48 % en 2022)", None),
        (8, "- dont 3 mineurs", None),
        (11, "* fin", None),
    ]
