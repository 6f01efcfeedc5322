"""Every cell of an xlsx workbook against openpyxl, which reads it in another way."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mlcheck.model.document import Cell, Document, Grid, Merge
from mlcheck.reading import read
from mlcheck.reading.spreadsheet.number_format.show import show
from tests.reading import workbooks

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.xlsx"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xlsx") / "sample.xlsx"
    workbooks.save_sample(path)
    return path


def grid(document: Document, sheet: str) -> Grid:
    return next(
        block for block in document.blocks if isinstance(block, Grid) and block.locator.sheet == sheet
    )


def cell(document: Document, address: str, sheet: str = "Feuille") -> Cell | None:
    found = grid(document, sheet)
    return next((cell for place, cell in found.cells.items() if found.locate(*place).cell == address), None)


def assert_like_openpyxl(path: Path) -> int:
    """Compare each cell of a workbook; return how many were compared."""
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    document = read(path)
    assert [block.locator.sheet for block in document.blocks] == [sheet.title for sheet in values.worksheets]
    compared = 0
    for sheet in values.worksheets:
        ours = grid(document, sheet.title)
        assert ours.hidden == (sheet.sheet_state != "visible")
        assert set(ours.merges) == {
            Merge(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
            if area.size["rows"] * area.size["columns"] > 1
        }
        for row in sheet.iter_rows():
            for theirs in row:
                formula = formulas[sheet.title][theirs.coordinate]
                assert_same_cell(ours.cells.get((theirs.row - 1, theirs.column - 1)), theirs, formula)
                compared += 1
    return compared


def assert_same_cell(ours: Cell | None, theirs: object, formula: object) -> None:
    """Compare one cell: its value under its format, its fault, and whether it is hidden."""
    value, sheet = theirs.value, theirs.parent
    if formula.data_type == "f" and value is None:
        assert ours is not None and ours.fault == "uncomputed"
        return
    if value is None or (isinstance(value, str) and not value.strip()):
        assert ours is None
        return
    assert ours is not None, theirs.coordinate
    if theirs.data_type == "e":
        assert (ours.fault, ours.number) == ("error", None)
    elif isinstance(value, bool):
        assert ours.text == ("VRAI" if value else "FAUX")
    elif isinstance(value, int | float):
        shown = show(float(value), theirs.number_format)
        assert (ours.text, ours.number) == (shown if shown.text else show(float(value)))
    elif isinstance(value, str):
        assert ours.text == "  " * int(theirs.alignment.indent) + value
    else:
        assert ours.number is None and ours.text
    column = sheet.column_dimensions.get(theirs.column_letter)
    by_format = isinstance(value, int | float) and theirs.number_format == ";;;"
    assert ours.hidden == bool(
        sheet.row_dimensions[theirs.row].hidden or (column and column.hidden) or by_format
    )


def test_each_cell_of_the_sample_is_as_openpyxl_reads_it(sample: Path) -> None:
    assert assert_like_openpyxl(sample) > 80


def test_each_cell_of_the_fixtures_is_as_openpyxl_reads_it() -> None:
    assert sum(map(assert_like_openpyxl, FIXTURES)) >= 100 * len(FIXTURES)


def printed(document: Document, place: str, sheet: str) -> tuple[str, Decimal | None]:
    found = cell(document, place, sheet)
    return found.text, found.number


def test_what_is_published_is_read_and_not_what_is_stored(sample: Path) -> None:
    document = read(sample)
    assert printed(document, "D2", "Aides") == ("49 %", Decimal("49"))
    assert printed(document, "C3", "Aides") == ("114\u202f050 €", Decimal("114050"))
    assert printed(document, "D7", "Aides") == ("2,1M€", Decimal("2.1"))
    assert cell(document, "C6", "Aides") == Cell("15/03/2023")
    assert cell(document, "B7", "Aides") == Cell("-")
    assert cell(document, "A7", "Aides") == Cell("    indenté")
    assert cell(document, "A6", "Aides") == Cell("  dont frais")


def test_what_is_hidden_is_read_and_said_to_be_hidden(sample: Path) -> None:
    document = read(sample)
    assert cell(document, "B4", "Aides") == Cell("1", Decimal(1), hidden=True)  # row 4
    assert cell(document, "H2", "Aides") == Cell("7", Decimal(7), hidden=True)  # column H
    assert cell(document, "D6", "Aides") == Cell("5", Decimal(5), hidden=True)  # format ;;;
    assert grid(document, "Masquée").hidden
    assert grid(document, "Très masquée").hidden


def test_errors_and_formulas_never_computed_are_faults(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><f>B9</f><v>#REF!</v></c><c r="B1" t="e"><v>#NAME?</v></c>'
        '<c r="C1"><f>1+1</f></c><c r="D1"><f>1+1</f><v></v></c><c r="E1" t="str"><f>""</f><v></v></c>'
        '<c r="F1"><f>1+1</f><v>2</v></c><c r="G1" t="e"><v>#DIV/0!</v></c></row>'
    )
    document = read(workbooks.write_xlsx(tmp_path / "f.xlsx", rows))
    faults = {name: cell(document, f"{name}1") for name in "ABCDEFG"}
    assert faults == {
        "A": Cell("#REF!", fault="error", formula="B9"),
        "B": Cell("#NOM?", fault="error"),
        "C": Cell("", fault="uncomputed", formula="1+1"),
        "D": Cell("", fault="uncomputed", formula="1+1"),
        "E": None,
        "F": Cell("2", Decimal(2), formula="1+1"),
        "G": Cell("#DIV/0!", fault="error"),
    }


def test_a_zero_written_for_a_formula_by_a_program_that_cannot_compute_is_unknown(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><v>0</v></c></row>'
    document = read(
        workbooks.write_xlsx(tmp_path / "f.xlsx", rows, book='<calcPr calcId="1" fullCalcOnLoad="1"/>')
    )
    assert cell(document, "A1") == Cell("", fault="uncomputed", formula="1+1")
    assert cell(document, "B1") == Cell("0", Decimal(0))


def test_a_zero_beside_other_results_of_formulas_was_computed(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>3-3</f><v>0</v></c><c r="B1"><f>1-13</f><v>-12</v></c></row>'
    document = read(
        workbooks.write_xlsx(tmp_path / "f.xlsx", rows, book='<calcPr calcId="1" fullCalcOnLoad="1"/>')
    )
    assert cell(document, "A1") == Cell("0", Decimal(0), formula="3-3")


def test_columns_and_rows_without_width_are_hidden(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2" ht="0" customHeight="1"><c r="A2"><v>3</v></c></row>'
    )
    path = workbooks.write_xlsx(tmp_path / "f.xlsx", rows)
    text = f'<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>{rows}'
    workbooks.replace_part(path, "xl/worksheets/sheet1.xml", f"<sheetData>{rows}", text)
    document = read(path)
    assert [cell(document, address).hidden for address in ("A1", "B1", "A2")] == [False, True, True]


def test_a_value_under_a_merged_range_is_hidden(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    document = read(workbooks.write_xlsx(tmp_path / "f.xlsx", rows, after=merged))
    assert cell(document, "A1") == Cell("1", Decimal(1))
    assert cell(document, "B1") == Cell("2", Decimal(2), hidden=True)
    assert grid(document, "Feuille").merges == (Merge(0, 0, 0, 1),)


def test_cells_without_addresses_and_names_with_a_prefix_are_read(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    path = workbooks.write_xlsx(tmp_path / "f.xlsx", rows)
    workbooks.prefix_part(path, "xl/worksheets/sheet1.xml")
    document = read(path)
    assert [cell(document, address).text for address in ("A1", "B1", "B2")] == ["1", "2", "3"]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>43538</v></c></row>'
    plain = workbooks.write_xlsx(tmp_path / "a.xlsx", rows, formats=("dd/mm/yyyy",))
    macintosh = workbooks.write_xlsx(
        tmp_path / "b.xlsx", rows, formats=("dd/mm/yyyy",), book='<workbookPr date1904="1"/>'
    )
    assert cell(read(plain), "A1") == Cell("14/03/2019")
    assert cell(read(macintosh), "A1") == Cell("15/03/2023")


def test_a_sheet_that_does_not_show_zeros_hides_them(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>0</v></c><c r="B1"><v>4</v></c></row>'
    path = workbooks.write_xlsx(tmp_path / "f.xlsx", rows)
    views = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews><sheetData>'
    workbooks.replace_part(path, "xl/worksheets/sheet1.xml", "<sheetData>", views)
    document = read(path)
    assert cell(document, "A1") == Cell("0", Decimal(0), hidden=True)
    assert cell(document, "B1") == Cell("4", Decimal(4))


def test_a_chart_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.create_chartsheet("Graphique")
    book.save(tmp_path / "f.xlsx")
    document = read(tmp_path / "f.xlsx")
    assert [note.values for note in document.not_understood] == [{"sheet": "Graphique"}]


def test_the_file_is_left_as_it_is(sample: Path) -> None:
    before = sample.read_bytes()
    read(sample)
    assert sample.read_bytes() == before
