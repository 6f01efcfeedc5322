"""A number that no date or duration can hold, under the format of one: the cell prints ########, the sheet is read."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from mlcheck.reading import read


@pytest.mark.parametrize("number", [82349128300011, -1e13, 1e9, 1e300])
@pytest.mark.parametrize("code", ["[h]:mm", "[mm]:ss", "dd/mm/yyyy"])
@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_the_other_cells_are_sound(tmp_path, capfd, number, code, epoch):
    book = openpyxl.Workbook()
    book.epoch = epoch
    sheet = book.active
    for row in [("Commune", "Siret", "Date", "Contrats"), ("Lompret", number, datetime.date(2023, 5, 6), 39)]:
        sheet.append(row)
    sheet["B2"].number_format, sheet["C2"].number_format = code, "dd/mm/yyyy"
    book.create_sheet("Second").append([39])
    book.save(tmp_path / "r.xlsx")
    first, second = read(tmp_path / "r.xlsx").blocks
    assert [first.cells[1, column].text for column in range(4)] == ["Lompret", "########", "06/05/2023", "39"]
    assert second.cells[0, 0].text == "39"
    assert capfd.readouterr() == ("", "")
