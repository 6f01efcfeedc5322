"""Raised digits are note marks, characters without width are nothing, and neither makes a figure another."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from mlcheck.language.characters import INVISIBLE, is_digits, visible
from mlcheck.language.numeral import parse, whole_number, without_marks
from mlcheck.language.words import fold
from mlcheck.model.document import Grid
from mlcheck.reading import read
from tests.fuzz.cases import TOTALLED, cells, checked, report, verdict
from tests.reading.workbooks import read_zip, write_xlsx, write_zip

INVISIBLES = sorted(INVISIBLE)


@pytest.mark.parametrize("text", ["²", "①", "٣", "１", "12²", "", " 1", "1 ", "-1", "1_0"])
def test_what_is_no_row_of_ascii_digits(text: str) -> None:
    assert not is_digits(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("84", 84),
        ("84¹", 84),
        ("84 (2)", 84),
        ("84*", 84),
        ("84¹ ²", 84),
        ("84⁽¹⁾", None),
        ("²", None),
        ("84,5", None),
    ],
)
def test_a_whole_number_is_read_without_its_marks(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_a_mark_is_cut_only_after_a_figure() -> None:
    assert [without_marks(text) for text in ("1998³", "m²", "75 %†", "12(³)")] == ["1998", "m²", "75 %", "12"]


@pytest.mark.parametrize("mark", INVISIBLES)
def test_nobody_sees_it_so_it_changes_no_figure_and_no_word(mark: str) -> None:
    for text in (f"{mark}1 250", f"1{mark} 250", f"1 250{mark} €", f"1 2{mark}50"):
        quantity = parse(text)
        assert quantity is not None and quantity.mantissa == 1250 and quantity.printed == visible(text)
    assert fold(f"Rou{mark}baix{mark}") == "roubaix"


@pytest.mark.parametrize(
    "years", [("1998³", "1999", "2000"), ("1998", "1999²", "2000 (1)"), ("17³", "18", "19")]
)
def test_rows_named_by_years_or_ages_may_bear_marks(tmp_path: Path, years: tuple[str, ...]) -> None:
    rows = "\n".join(f"{year};{count}" for year, count in zip(years, (41, 52, 63), strict=True))
    assert verdict(report(tmp_path, f"Âge;Dossiers\n{rows}\nTotal;156"), "156") == "proven"
    assert cells(report(tmp_path, f"Âge;Dossiers\n{rows}\nTotal;165")) == ["B5"]


@pytest.mark.parametrize("mark", ["⁴", "²", "\u200b", "\u2060", "\u200f", "\ufeff"])
def test_a_marked_figure_of_a_flattened_list_is_one(tmp_path: Path, mark: str) -> None:
    text = "Dossiers par antenne\n\nNord      {}\nSud       24\nEst       13\nTotal     {}\n"
    sound = report(tmp_path, text.format(f"85{mark}", 122), "bilan.txt")
    assert verdict(sound, "122") == "proven"
    wrong = report(tmp_path, text.format(f"85{mark}", 212), "bilan.txt")
    assert [f.rule for f in wrong.findings if f.severity == "error"] == ["TOT101"]


def test_a_list_of_pages_with_a_mark_is_no_table(tmp_path: Path) -> None:
    text = "Sommaire\n\nPublic ....... 4\nSuivi ........ 9³\nBilan ........ 13\nAnnexes ...... 20\n"
    assert report(tmp_path, text, "bilan.txt").findings == ()


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u2060", "\ufeff", "\u202d"])
def test_a_table_of_marked_cells_is_checked(tmp_path: Path, mark: str) -> None:
    text = TOTALLED.format(a=mark, x=f"85{mark}", y=f"{mark}24", z=13, total=f"1{mark}22")
    assert verdict(report(tmp_path, text), "122") == "proven"
    assert cells(report(tmp_path, text.replace("22", "21"))) == ["B5"]


def test_a_cell_of_invisible_marks_alone_is_empty(tmp_path: Path) -> None:
    rows = "Antenne;Dossiers\n\u200b;\u2060\nNord;85\nSud;24\nTotal;109\n\ufeff;\n"
    found = report(tmp_path, rows)
    assert (verdict(found, "109"), found.findings, found.not_understood) == ("proven", (), ())


def raised(figure: str, mark: str, position: str = "superscript") -> CellRichText:
    return CellRichText(figure, TextBlock(InlineFont(vertAlign=position), mark))


@pytest.mark.parametrize("rich", [False, True], ids=["shared", "inline"])
def test_a_raised_run_of_a_workbook_is_a_mark(tmp_path: Path, rich: bool) -> None:
    book = openpyxl.Workbook()
    for row in (("Antenne", "Dossiers"), ("Nord", raised("85", "2")), ("Sud", 24), ("Total", 109)):
        book.active.append(row)
    path = tmp_path / "bilan.xlsx"
    book.save(path)
    if not rich:
        _share(path)
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    assert grid.cells[1, 1].text == "85²"
    assert verdict(checked(path), "109") == "proven"


def _share(path: Path) -> None:
    """Move the rich text of a cell to the shared strings, where Excel writes it."""
    parts = read_zip(path)
    sheet = parts["xl/worksheets/sheet1.xml"]
    start, end = sheet.index("<is><r>"), sheet.index("</is>", sheet.index("<is><r>"))
    text = sheet[start + 4 : end]
    tag = sheet.rindex("<c ", 0, start)
    sheet = sheet[:tag] + '<c r="B2" t="s"><v>0</v></c>' + sheet[sheet.index("</c>", end) + 4 :]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    rels = parts["xl/_rels/workbook.xml.rels"]
    target = '<Relationship Id="rIdS" Type="' + kind + '" Target="sharedStrings.xml"/>'
    write_zip(
        path,
        parts
        | {
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f"<sst {main}><si>{text}</si><si><t>x</t></si></sst>",
            "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", f"{target}</Relationships>"),
        },
    )


def test_a_whole_number_of_one_run_keeps_its_digits(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(
        (CellRichText("85", TextBlock(InlineFont(b=True), "2")), raised("CO", "2", "subscript"))
    )
    book.save(tmp_path / "bilan.xlsx")
    (grid,) = (block for block in read(tmp_path / "bilan.xlsx").blocks if isinstance(block, Grid))
    assert [grid.cells[0, column].text for column in (0, 1)] == ["852", "CO₂"]


def test_a_formula_that_stands_in_no_cell_is_passed_over(tmp_path: Path) -> None:
    row = '<row r="1"><f>SUM(A1)</f><v>9</v><c r="A1"><v>7</v></c></row>'
    path = write_xlsx(tmp_path / "bilan.xlsx", f"<f>1+1</f>{row}")
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    assert {at: cell.text for at, cell in grid.cells.items()} == {(0, 0): "7"}
