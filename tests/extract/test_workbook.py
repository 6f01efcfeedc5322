"""The workbook is made for a person: numbers that are numbers, heads and totals in bold, texts that stay texts."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mlcheck.checking.facts import read_facts
from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator, Merge
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.rendering.extraction import extracted
from mlcheck.rendering.extraction.sheet import kept_merges
from mlcheck.rendering.extraction.workbook import sheet_name
from mlcheck.rendering.wording import Wording
from tests.extract.documents import write_report
from tests.extract.verdicts import extract

FIXTURES = Path(__file__).parents[2] / "fixtures"
SOURCE = "rapport.xlsx"


def grid(cells: dict, **given) -> Grid:
    made = {at: cell if isinstance(cell, Cell) else Cell(cell) for at, cell in cells.items()}
    return Grid(Locator(SOURCE, sheet=given.pop("name", "Emploi")), made, **given)


def written(*grids: Grid, folder: Path) -> Path:
    facts = read_facts(laid_out(Document(SOURCE, grids)))
    path = folder / "extrait.xlsx"
    path.write_bytes(extracted(".xlsx", facts, grids, Wording("fr"))[""])
    return path


def read_again(*grids: Grid, folder: Path) -> tuple[Grid, ...]:
    return read(written(*grids, folder=folder)).blocks


@pytest.fixture
def report(tmp_path):
    """The extract of the small Word document."""
    write_report(tmp_path / "rapport.docx")
    extract(tmp_path / "rapport.docx", tmp_path / "extrait.xlsx")
    return openpyxl.load_workbook(tmp_path / "extrait.xlsx")


def find(sheet, value):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def test_each_outermost_heading_has_a_sheet_with_its_number_and_what_nests_in_it(report):
    assert report.sheetnames == ["Le public", "L’emploi"]
    first = [cell.value for cell in report["Le public"]["A"] if cell.value]
    assert first[:4] == [
        "Rapport d’activité 2023", "1) Le public", "I. Les communes de résidence", "Jeunes accueillis par commune",
    ]  # fmt: skip
    assert report["L’emploi"]["A1"].value == "2) L’emploi"


def test_figures_are_numbers_that_print_as_the_report_does(report):
    sheet = report["L’emploi"]
    assert [(c.value, c.number_format) for c in sheet[find(sheet, "CDD").row][1:4]] == [
        (901, "#,##0"),
        (0.489, '#,##0.0" "%'),
        (12500, '#,##0" €"'),
    ]


def test_marks_for_no_number_stay_text(report):
    sheet = report["Le public"]
    assert [cell.value for cell in sheet[find(sheet, "Lambersart").row]][1:] == [66, 66, 132, "/"]
    assert [cell.value for cell in sheet[find(sheet, "Lompret").row]][1:] == [5, 4, 9, "nd"]


def test_headings_titles_heads_and_totals_are_bold_and_the_rest_is_not(report):
    sheet = report["Le public"]
    bold = {cell.value for row in sheet.iter_rows() for cell in row if cell.value and cell.font.bold}
    assert bold == {
        "1) Le public", "I. Les communes de résidence", "Jeunes accueillis par commune", "Jeunes accueillis",
        "Dont résidant en QPV", "Commune", "Femmes", "Hommes", "Total", 1112, 132, 9, 12, 1116, 137, 1253, "/", "nd",
    }  # fmt: skip
    assert find(report["L’emploi"], "(dont 29 € de frais de gestion)").font.italic


def test_a_spanner_is_merged_over_its_columns(report):
    sheet = report["Le public"]
    head = find(sheet, "Jeunes accueillis")
    assert [str(merged) for merged in sheet.merged_cells.ranges] == [f"B{head.row}:D{head.row}"]
    assert head.alignment.horizontal == "center"


def test_a_comment_tells_where_the_document_prints_a_table_or_a_sentence(report):
    sheet = report["L’emploi"]
    assert find(sheet, "Type de contrat").comment.text.startswith("rapport.docx · ")
    assert find(sheet, "1 843 contrats ont été signés en 2023.").comment.text.startswith("rapport.docx · ")
    assert find(sheet, "CDD").comment is None


def test_a_workbook_keeps_its_cells_where_they_were_and_needs_no_comment(tmp_path):
    extract(FIXTURES / "report-2023.xlsx", tmp_path / "extrait.xlsx")
    before = openpyxl.load_workbook(FIXTURES / "report-2023.xlsx")
    after = openpyxl.load_workbook(tmp_path / "extrait.xlsx")
    for sheet in before:
        cells = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        assert cells.keys() == {
            c.coordinate for row in after[sheet.title].iter_rows() for c in row if c.value is not None
        }
        assert {c.comment for row in after[sheet.title].iter_rows() for c in row} == {None}


def test_labels_with_digits_are_typed_text_so_that_no_program_makes_dates_of_them(tmp_path):
    rows = {(0, 0): "Age", (0, 1): "Jeunes", (1, 0): "16-17", (1, 1): "4", (2, 0): "18-21", (2, 1): "9"}
    sheet = openpyxl.load_workbook(written(grid(rows), folder=tmp_path))["Emploi"]
    assert (sheet["A2"].value, sheet["A2"].number_format, sheet["A2"].data_type) == ("16-17", "@", "s")


def test_indents_are_kept(tmp_path):
    rows = {(0, 0): "Contrats", (1, 0): "  CDI", (2, 0): "   CDD", (0, 1): "9", (1, 1): "4", (2, 1): "5"}
    path = written(grid(rows), folder=tmp_path)
    assert openpyxl.load_workbook(path)["Emploi"]["A2"].alignment.indent == 1
    assert [read(path).blocks[0].cells[row, 0].text for row in range(3)] == ["Contrats", "  CDI", "   CDD"]


def test_hidden_rows_columns_cells_and_sheets_stay_hidden(tmp_path):
    rows = {
        (r, c): Cell(f"{r + c}", hidden=r == 2 or c == 3 or (r, c) == (0, 1))
        for r in range(4)
        for c in range(4)
    }
    path = written(
        grid(rows), grid({(0, 0): "Jeunes", (0, 1): "12"}, name="Notes", hidden=True), folder=tmp_path
    )
    first, second = read(path).blocks
    assert {at for at, cell in first.cells.items() if cell.hidden} == {
        at for at, cell in rows.items() if cell.hidden
    }
    assert (first.hidden, second.hidden) == (False, True)
    sheet = openpyxl.load_workbook(path)["Emploi"]
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["D"].hidden
    assert not sheet.row_dimensions[1].hidden


def test_a_workbook_whose_sheets_are_all_hidden_shows_its_first(tmp_path):
    hidden = [grid({(0, 0): "Jeunes", (0, 1): "12"}, name=name, hidden=True) for name in ("Un", "Deux")]
    assert [block.hidden for block in read_again(*hidden, folder=tmp_path)] == [False, True]


@pytest.mark.parametrize("shown", ["#REF!", "#DIV/0!", "#N/A", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!"])
def test_an_error_stays_an_error(shown, tmp_path):
    rows = {(0, 0): "CDI", (0, 1): Cell(shown, fault="error"), (1, 0): "CDD", (1, 1): "9"}
    (block,) = read_again(grid(rows), folder=tmp_path)
    assert (block.cells[0, 1].text, block.cells[0, 1].fault) == (shown, "error")


def test_an_error_of_another_program_is_an_error_still(tmp_path):
    rows = {(0, 0): "CDI", (0, 1): Cell("Err:502", fault="error"), (1, 0): "CDD", (1, 1): "9"}
    (block,) = read_again(grid(rows), folder=tmp_path)
    assert block.cells[0, 1].fault == "error"


def test_a_formula_that_was_never_computed_stays_one(tmp_path):
    rows = {(0, 0): "CDI", (0, 1): Cell("", fault="uncomputed"), (1, 0): "CDD", (1, 1): "9"}
    (block,) = read_again(grid(rows), folder=tmp_path)
    assert (block.cells[0, 1].text, block.cells[0, 1].fault) == ("", "uncomputed")


def test_a_displayed_number_that_no_format_of_ours_prints_is_kept_as_a_number(tmp_path):
    rows = {(0, 0): "Taux", (0, 1): Cell("1 1/2", Decimal("1.5")), (1, 0): "Autre", (1, 1): "2"}
    (block,) = read_again(grid(rows), folder=tmp_path)
    assert block.cells[0, 1].number == Decimal("1.5")


def test_a_table_that_mixes_english_digits_stays_text_all_through(tmp_path):
    rows = {(0, 0): "Region", (0, 1): "Jobs", (0, 2): "Rate"}
    for n, (jobs, rate) in enumerate((("1,234", "12.5"), ("5,678", "3.5"), ("12", "4.5")), start=1):
        rows |= {(n, 0): f"R{n}", (n, 1): jobs, (n, 2): rate}
    (block,) = read_again(grid(rows), folder=tmp_path)
    assert {block.cells[n, c].number for n in (1, 2, 3) for c in (1, 2)} == {None}


def test_merged_ranges_that_overlap_or_reach_beyond_the_cells_are_cut():
    cells = {(0, 0): "a", (0, 1): "b", (2, 2): "c"}
    merges = (Merge(0, 0, 0, 1), Merge(0, 1, 2, 1), Merge(2, 2, 9, 9), Merge(1, 0, 1_000_000, 16_000))
    assert kept_merges(grid(cells, merges=merges)) == [Merge(0, 0, 0, 1), Merge(1, 0, 2, 2)]


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut(tmp_path):
    rows = {(0, 0): "CDI", (0, 1): "12", (4, 0): "Le texte. " * 4000}
    with pytest.raises(MlcheckError, match="at Emploi!A5"):
        written(grid(rows), folder=tmp_path)


def test_the_bytes_are_the_same_each_time(tmp_path):
    source = FIXTURES / "report-2023.xlsx"
    for name in ("one", "two"):
        extract(source, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("1) Le public", "1) Le public"),
        ("Entrées / sorties : [bilan]", "Entrées sorties bilan"),
        ("'Aides'", "Aides"),
        ("History", "History (2)"),
        ("", "–"),
        ("\x01?*", "–"),
        ("Les Périodes de Mise en Situation en Milieu Professionnel", "Les Périodes de Mise en…"),
        ("é" * 40, "é" * 30 + "…"),
        ("😀" * 20, "😀" * 15 + "…"),
    ],
)
def test_sheets_have_legal_names(wanted, name):
    assert sheet_name(wanted, set()) == name
    assert len(name.encode("utf-16-le")) <= 62


def test_sheets_of_one_name_are_numbered_whatever_the_case():
    taken: set[str] = set()
    names = [sheet_name(name, taken) for name in ("Aides", "AIDES", "aides", "x" * 31, "x" * 31)]
    assert names == ["Aides", "AIDES (2)", "aides (3)", "x" * 31, "x" * 27 + " (2)"]


HOSTILE = (
    "=cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", "{=A1}", "http://example.org/", "<r>Lille</r>", "<r><b", "_x0041_",
    "\u202eerialliL", "<script>&amp;", '"', "'Lille", "Lille\ufffe", "Lil\x00le", "Lil\x1fle",
)  # fmt: skip


def test_hostile_labels_are_inert_text(tmp_path):
    rows = {(0, 0): "Commune", (0, 1): "Jeunes"}
    for n, label in enumerate(HOSTILE, start=1):
        rows |= {(n, 0): label, (n, 1): f"{n}"}
    path = written(grid(rows, name="=1+1"), folder=tmp_path)
    sheet = openpyxl.load_workbook(path)["=1+1"]
    assert {sheet.cell(n + 1, 1).data_type for n in range(1, len(HOSTILE))} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    (block,) = read(path).blocks
    again = [block.cells[n, 0].text.rstrip() for n in range(1, len(HOSTILE) + 1)]
    assert again[:12] == list(HOSTILE[:12])
    assert again[12:] == ["Lille\ufffd", "Lil le", "Lil le"]


def test_lone_surrogates_are_written_in_every_format(tmp_path):
    rows = grid({(0, 0): "Lil\ud800le", (0, 1): "12", (1, 0): "Lompret", (1, 1): "1"})
    facts = read_facts(laid_out(Document(SOURCE, (rows,))))
    for suffix in (".xlsx", ".json", ".parquet", ""):
        assert all(extracted(suffix, facts, (rows,), Wording("fr")).values())


def test_no_part_of_the_workbook_holds_markup_of_the_report(tmp_path):
    path = written(grid({(0, 0): "<r>Lille</r>", (0, 1): "12"}), folder=tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert b"<r>" not in archive.read("xl/sharedStrings.xml")
