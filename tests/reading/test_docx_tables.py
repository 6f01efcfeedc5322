"""The tables of a Word document: cells, merged ranges, tables inside cells, tables that only lay text out."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from mlcheck.model.document import Grid, Merge, Paragraph
from mlcheck.reading import read
from tests.reading.word_documents import document, grid, p, r, rows, table, tc, texts, tr

PROSE = "La mission locale accueille les jeunes de seize à vingt-cinq ans sortis du système scolaire. " * 2


def test_cells_as_printed(tmp_path: Path) -> None:
    body = table(
        tr("Commune", "Jeunes"),
        tr(tc(p("Lille") + p("") + p("(centre)")), tc(p(r("<w:t>1 234</w:t><w:br/><w:t>(dont 12)</w:t>")))),
        tr("", "/"),
    )
    assert rows(grid(document(tmp_path, body))) == [
        ["Commune", "Jeunes"],
        ["Lille\n(centre)", "1 234\n(dont 12)"],
        ["", "/"],
    ]


def test_merged_cells(tmp_path: Path) -> None:
    body = table(
        tr(tc("Commune", '<w:vMerge w:val="restart"/>'), tc("2023", '<w:gridSpan w:val="2"/>')),
        tr(tc("reste", "<w:vMerge/>"), "F", "H"),
        tr("Lille", "12", "345"),
        tr(tc("Total", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "357"),
        tr(tc("", '<w:gridSpan w:val="2"/><w:vMerge/>'), "358"),
    )
    found = grid(document(tmp_path, body))
    assert found.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(3, 0, 4, 1))
    assert rows(found) == [
        ["Commune", "2023", ""],
        ["", "F", "H"],
        ["Lille", "12", "345"],
        ["Total", "", "357"],
        ["", "", "358"],
    ]


def test_a_cell_that_goes_on_from_a_wider_one_stands_alone(tmp_path: Path) -> None:
    body = table(
        tr(tc("2023", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "Total"),
        tr(tc("F", "<w:vMerge/>"), "H", "T"),
    )
    assert rows(grid(document(tmp_path, body))) == [["2023", "", "Total"], ["F", "H", "T"]]


def test_merged_cells_as_python_docx_reads_them(tmp_path: Path) -> None:
    word = docx.Document()
    filled = word.add_table(6, 5)
    for at in range(30):
        filled.cell(*divmod(at, 5)).text = str(at)
    for first, last in (((0, 0), (2, 1)), ((0, 3), (0, 4)), ((3, 1), (5, 1)), ((4, 2), (5, 4))):
        merged = filled.cell(*first).merge(filled.cell(*last))
        merged.text = "fusion"
    word.save(str(tmp_path / "r.docx"))
    found = grid(read(tmp_path / "r.docx"))
    top_left = {(merge.top, merge.left): merge for merge in found.merges}
    assert len(top_left) == 4
    for row in range(6):
        for column in range(5):
            inside = [m for m in found.merges if m.top <= row <= m.bottom and m.left <= column <= m.right]
            at = (inside[0].top, inside[0].left) if inside else (row, column)
            assert found.cells[at].text == filled.cell(row, column).text


def test_rows_that_do_not_fill_the_grid(tmp_path: Path) -> None:
    body = table(
        tr("Femmes", "Hommes", format_='<w:gridBefore w:val="1"/>'),
        tr("Lille", "12", "345"),
        tr("Total", format_='<w:gridAfter w:val="2"/>'),
    )
    assert rows(grid(document(tmp_path, body))) == [
        ["", "Femmes", "Hommes"],
        ["Lille", "12", "345"],
        ["Total", "", ""],
    ]


def test_cells_merged_across_as_old_files_do(tmp_path: Path) -> None:
    body = table(
        tr(tc("2023", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")),
        tr("12", "345"),
    )
    found = grid(document(tmp_path, body))
    assert found.merges == (Merge(0, 0, 0, 1),)
    assert rows(found) == [["2023", ""], ["12", "345"]]


def test_rows_deleted_inserted_hidden_and_in_controls(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(
        tr("Commune", "Jeunes"),
        tr("Effacée", "99", format_='<w:del w:id="1"/>'),
        tr("Lille", "12", format_='<w:ins w:id="2"/>'),
        tr("Cachée", "7", format_="<w:hidden/>"),
        control.format(f"<w:tr>{control.format(tc('Loos'))}{tc('3')}</w:tr>"),
    )
    found = grid(document(tmp_path, body))
    assert rows(found) == [["Commune", "Jeunes"], ["Lille", "12"], ["Cachée", "7"], ["Loos", "3"]]
    assert [at for at, cell in found.cells.items() if cell.hidden] == [(2, 0), (2, 1)]


def test_indents_tell_what_a_row_is_part_of(tmp_path: Path) -> None:
    format_ = '<w:ind w:left="284"/>'
    body = table(
        tr("Jeunes", "12"),
        tr(tc(p("dont femmes", format_=format_)), tc(p("5", format_=format_))),
        tr(tc(p("   dont mineures")), "2"),
    )
    assert rows(grid(document(tmp_path, body))) == [
        ["Jeunes", "12"],
        ["  dont femmes", "5"],
        ["   dont mineures", "2"],
    ]


def test_a_table_inside_a_cell_follows_as_a_table_of_its_own(tmp_path: Path) -> None:
    inner = table(tr("F", "H"), tr("12", "345"))
    body = table(tr("Commune", "Détail"), tr("Lille", tc(p("voir") + inner + p("")))) + p("Fin")
    outer, nested, end = document(tmp_path, body).blocks
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert isinstance(end, Paragraph)
    assert rows(outer) == [["Commune", "Détail"], ["Lille", "voir"]]
    assert rows(nested) == [["F", "H"], ["12", "345"]]
    places = [(block.locator.line, block.locator.shape) for block in (outer, nested, end)]
    assert places == [(1, "table 1"), (1, "table 2"), (2, None)]


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        (table(tr(tc(p("À retenir") + p("335 jeunes")))), ["À retenir", "335 jeunes"]),
        (table(tr("À retenir"), tr("335 jeunes")), ["À retenir", "335 jeunes"]),
        (table(tr(PROSE, PROSE)), [PROSE.strip()] * 2),
        (table(tr("", "335 jeunes")), ["335 jeunes"]),
        (table(tr("335 jeunes"), tr("336", format_="<w:hidden/>")), ["335 jeunes"]),
    ],
)
def test_a_table_that_only_lays_text_out_is_prose(tmp_path: Path, body: str, printed: list[str]) -> None:
    found = document(tmp_path, body)
    assert texts(found) == printed
    assert {block.locator.line for block in found.blocks if isinstance(block, Paragraph)} == {1}


def test_tables_laid_out_side_by_side(tmp_path: Path) -> None:
    left, right = table(tr("F", "12"), tr("H", "3")), table(tr("QPV", "5"), tr("hors QPV", "10"))
    found = document(tmp_path, table(tr(tc(p("Par sexe") + left), tc(p("Par quartier") + right))))
    title, first, other, second = found.blocks
    assert [title.text, other.text] == ["Par sexe", "Par quartier"]  # type: ignore[union-attr]
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert rows(second) == [["QPV", "5"], ["hors QPV", "10"]]
    assert (first.locator.shape, second.locator.shape) == ("table 1", "table 2")


def test_a_column_of_long_remarks_leaves_the_table_a_table(tmp_path: Path) -> None:
    body = table(tr("Commune", "Remarque"), tr("Lille", PROSE))
    assert len(grid(document(tmp_path, body)).cells) == 4


def test_a_long_table_is_read_row_by_row(tmp_path: Path) -> None:
    body = table(*(tr(f"Ligne {n}", str(n), str(n + 1)) for n in range(5_000)))
    found = grid(document(tmp_path, body))
    assert len(found.cells) == 15_000
    assert found.cells[4_999, 2].text == "5000"
