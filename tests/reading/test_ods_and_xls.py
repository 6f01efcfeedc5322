"""The same report saved as ods and xls by LibreOffice (see data/README.md)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlrd

from mlcheck.model.document import Cell, Grid, Merge
from mlcheck.reading import read
from mlcheck.reading.displayed import displayed_number

DATA = Path(__file__).parent / "data"


def cells(name: str, sheet: str = "Aides") -> dict[str | None, Cell]:
    grid = found(name, sheet)
    return {grid.locate(*place).cell: cell for place, cell in grid.cells.items()}


def found(name: str, sheet: str) -> Grid:
    blocks = read(DATA / name).blocks
    return next(block for block in blocks if isinstance(block, Grid) and block.locator.sheet == sheet)


@pytest.mark.parametrize("name", ["sample.ods", "sample.xls"])
def test_the_numbers_are_those_displayed(name: str) -> None:
    numbers = {address: cell.number for address, cell in cells(name).items() if cell.number is not None}
    expected = {"B2": "12", "B3": "30", "B4": "1", "B5": "43", "C2": "1410", "C3": "114050", "C4": "2"}
    expected |= {"C5": "115461.50", "D2": "49", "D3": "51", "D4": "1", "D6": "5", "D7": "2.1", "H2": "7"}
    expected |= {"B12": "-1234.50", "D12": "0.3"}
    third = numbers.pop("A12")
    assert third.quantize(Decimal("1e-9")) == Decimal("0.333333333")
    assert {address: str(number) for address, number in numbers.items()} == expected


@pytest.mark.parametrize("name", ["sample.ods", "sample.xls"])
def test_texts_faults_and_hidden_cells_are_told(name: str) -> None:
    read_cells = cells(name)
    assert read_cells["A6"] == Cell("  dont frais")
    assert read_cells["A7"] == Cell("    indenté")
    assert read_cells["B7"] == Cell("-")
    assert read_cells["C6"] == Cell("15/03/2023")
    assert read_cells["A11"] == Cell("deux\nlignes")
    known = "1/0" if name.endswith(".ods") else None  # what reads xls files gives no formulas
    assert read_cells["B6"] == Cell("#DIV/0!", fault="error", formula=known)
    assert "D11" not in read_cells  # ="" is computed, and nothing is printed
    assert {address for address, cell in read_cells.items() if cell.hidden} == {
        *("A4", "B4", "C4", "D4"),  # row 4
        "H2",  # column H
        "D6",  # format ;;;
    }
    assert found(name, "Aides").merges == (Merge(8, 0, 9, 2),)
    assert [found(name, sheet).hidden for sheet in ("Aides", "Masquée")] == [False, True]


def test_a_format_without_a_code_shows_numbers_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged xls names formats that it never spells."""
    opened = xlrd.open_workbook

    def without_codes(**options: Any) -> Any:
        book = opened(**options)
        for known in book.format_map.values():
            known.format_str = None
        return book

    monkeypatch.setattr(xlrd, "open_workbook", without_codes)
    assert cells("sample.xls")["C3"].text == "114049,5"


def test_an_xls_prints_numbers_as_an_xlsx_does() -> None:
    read_cells = cells("sample.xls")
    assert read_cells["C3"].text == "114\u202f050 €"
    assert read_cells["B12"].text == "-1\u202f234,50"
    assert read_cells["C7"].text == "VRAI"


@pytest.mark.parametrize(
    ("text", "stored", "number"),
    [
        ("49 %", "0.4934", "49"),
        ("49,3 %", "0.4934", "49.3"),
        ("1,410 €", "1410", "1410"),  # a comma between thousands
        ("1,410", "1.4096", "1.410"),  # a decimal comma
        ("114\u202f049,50 €", "114049.5", "114049.50"),
        ("(5)", "-5", "-5"),
        ("-1.234,5", "-1234.5", "-1234.5"),
        ("2,1M€", "2100000", "2.1"),
        ("1,23E+05", "123456", "123000"),
        ("n° 3 : 12", "12", "12"),
        ("-", "0", None),
        ("1/3", "0.3333", None),
    ],
)
def test_the_displayed_number_is_the_numeral_that_is_the_stored_value(
    text: str, stored: str, number: str | None
) -> None:
    shown = displayed_number(text, Decimal(stored))
    assert shown == (None if number is None else Decimal(number))
