"""Charts and text boxes over the cells of a workbook: not read, and told."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from mlcheck.reading import read


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Public")
    sheet.write_column("A1", [12, 15])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Public!$A$1:$A$2"})
    sheet.insert_chart("C1", chart)
    sheet.insert_textbox("C20", "49 % des jeunes\nsont des femmes.")
    sheet.insert_textbox("C30", "Sans chiffre")
    book.add_worksheet("Vide").write("A1", 3)
    book.close()
    return path


def test_they_are_told_with_their_sheet(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "r.xlsx")).not_understood
    assert [(n.locator.sheet, n.values) for n in found] == [
        ("Public", {"count": 1}),
        ("Public", {"text": "49 % des jeunes sont des femmes."}),
    ]


def test_a_workbook_without_drawings_has_nothing_to_tell() -> None:
    assert read(Path(__file__).parents[2] / "fixtures" / "report-2023.xlsx").not_understood == ()
