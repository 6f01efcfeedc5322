"""Formulas of xlsx and ods workbooks: one text for both, and nothing that a cell prints changes."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

from mlcheck.model.document import Cell, Grid
from mlcheck.model.formula import LONGEST_FORMULA
from mlcheck.reading import read
from tests.reading import workbooks

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def cells(path: Path) -> dict[str | None, Cell]:
    grid = next(block for block in read(path).blocks if isinstance(block, Grid))
    return {grid.locate(*place).cell: cell for place, cell in grid.cells.items()}


def formulas(path: Path) -> dict[str | None, str | None]:
    return {address: cell.formula for address, cell in cells(path).items()}


def xlsx(path: Path, *cells: str) -> Path:
    """Write a workbook from its cells, each as its address and what stands in it."""
    rows: dict[str, str] = {}
    for cell in cells:
        address, _, inner = cell.partition(" ")
        row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows[row] = rows.get(row, "") + f'<c r="{address}">{inner}</c>'
    return workbooks.write_xlsx(path, "".join(f'<row r="{row}">{text}</row>' for row, text in rows.items()))


def ods(path: Path, *formulas: str) -> Path:
    """Write a spreadsheet of one row, whose cells print 7 and have a formula each."""
    body = "".join(
        f'<table:table-cell table:formula="{formula}" office:value-type="float" office:value="7">'
        "<text:p>7</text:p></table:table-cell>"
        for formula in formulas
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0" '
            f'xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet><table:table table:name="F">'
            f"<table:table-row>{body}</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path


def test_a_formula_is_kept_beside_what_its_cell_prints(tmp_path: Path):
    path = xlsx(tmp_path / "f.xlsx", "B2 <v>5</v>", "B3 <v>2</v>", "B4 <f>SUM(B2:B3)</f><v>7</v>")
    assert cells(path)["B2"] == Cell("5", Decimal(5))
    assert cells(path)["B4"] == Cell("7", Decimal(7), formula="SUM(B2:B3)")


def test_a_shared_formula_is_that_of_each_cell_with_its_references_moved(tmp_path: Path):
    path = xlsx(
        tmp_path / "f.xlsx",
        'B2 <f t="shared" ref="B2:C4" si="0">A2/A$9+$A2*LOG10(A2)+\'A 1\'!A2&amp;"A2"</f><v>1</v>',
        'C2 <f t="shared" si="0"/><v>1</v>',
        'B4 <f t="shared" si="0"/><v>1</v>',
    )
    assert formulas(path) == {
        "B2": "A2/A$9+$A2*LOG10(A2)+'A 1'!A2&\"A2\"",
        "C2": "B2/B$9+$A2*LOG10(B2)+'A 1'!B2&\"A2\"",
        "B4": "A4/A$9+$A4*LOG10(A4)+'A 1'!A4&\"A2\"",
    }


def test_a_shared_formula_that_would_leave_the_sheet_or_has_no_first_cell_is_unknown(tmp_path: Path):
    path = xlsx(
        tmp_path / "f.xlsx",
        'B1 <f t="shared" si="3"/><v>1</v>',
        'B2 <f t="shared" ref="B2:B3" si="0">A1</f><v>1</v>',
        'A3 <f t="shared" si="0"/><v>1</v>',
        'C2 <f t="shared" ref="C2:C3" si="1">SUM(A:A)</f><v>1</v>',
        'C3 <f t="shared" si="1"/><v>1</v>',
    )
    assert formulas(path) == {"B1": None, "B2": "A1", "A3": None, "C2": "SUM(A:A)", "C3": None}


def test_an_array_formula_is_its_text(tmp_path: Path):
    path = xlsx(tmp_path / "f.xlsx", 'B2 <f t="array" ref="B2">SUM(A1:A2*C1:C2)</f><v>1</v>')
    assert formulas(path) == {"B2": "SUM(A1:A2*C1:C2)"}


def test_a_formula_longer_than_any_that_is_read_is_not_kept(tmp_path: Path):
    long = "+".join(["A1"] * LONGEST_FORMULA)
    assert formulas(xlsx(tmp_path / "f.xlsx", f"B2 <f>{long}</f><v>1</v>")) == {"B2": None}
    assert formulas(ods(tmp_path / "f.ods", f"of:={long}")) == {"A1": None}


def test_formulas_of_open_document_are_written_as_those_of_excel(tmp_path: Path):
    path = ods(
        tmp_path / "f.ods",
        "of:=SUM([.B2:.B11])",
        "of:=SUM([.B2:.$B$5];[.B7])",
        "of:=[$Feuille2.A1]+[$&apos;a.b c&apos;.B2:.C3]",
        "of:=IF([.A1]=&quot;a;[b&quot;;1;2)",
        "oooc:=[.B2]/[.B3]",
    )
    assert formulas(path) == {
        "A1": "SUM(B2:B11)",
        "B1": "SUM(B2:$B$5,B7)",
        "C1": "Feuille2!A1+'a.b c'!B2:C3",
        "D1": 'IF(A1="a;[b",1,2)',
        "E1": "B2/B3",
    }
    assert cells(path)["A1"] == Cell("7", Decimal(7), formula="SUM(B2:B11)")
