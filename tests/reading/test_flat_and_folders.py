"""Spreadsheets that are one XML text, formats to be converted, and folders of reports."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from mlcheck.model.document import Grid
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.reading.files import reports_in

DATA = Path(__file__).parent / "data"
TYPE = ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'


def flat(packed: Path, to: Path) -> Path:
    """Write the content of a packed spreadsheet as the one XML text that programs call flat."""
    content = zipfile.ZipFile(packed).read("content.xml").decode("utf-8")
    text = content.replace("office:document-content", "office:document").replace(
        "<office:document", f"<office:document{TYPE}", 1
    )
    to.write_text(text, "utf-8")
    return to


def test_a_flat_spreadsheet_reads_as_the_packed_one(tmp_path: Path) -> None:
    one, two = read(DATA / "sample.ods"), read(flat(DATA / "sample.ods", tmp_path / "sample.fods"))
    pairs = [
        (a, b) for a, b in zip(one.blocks, two.blocks, strict=True) if isinstance(a, Grid) and isinstance(b, Grid)
    ]  # fmt: skip
    assert [(a.locator.sheet, a.cells, a.merges, a.hidden) for a, _ in pairs] == [
        (b.locator.sheet, b.cells, b.merges, b.hidden) for _, b in pairs
    ]


def test_a_flat_spreadsheet_is_known_whatever_its_name(tmp_path: Path) -> None:
    assert read(flat(DATA / "sample.ods", tmp_path / "sample.xml")).blocks


def test_a_flat_spreadsheet_with_an_entity_is_refused(tmp_path: Path) -> None:
    path = flat(DATA / "sample.ods", tmp_path / "r.fods")
    text = path.read_text("utf-8")
    at = text.index("<office:document")
    path.write_text(f'{text[:at]}<!DOCTYPE a [<!ENTITY b "c">]>{text[at:]}', "utf-8")
    with pytest.raises(MlcheckError):
        read(path)


@pytest.mark.parametrize(("content", "wanted"), [(b"{\\rtf1\\ansi 12 jeunes}", ".docx")])
def test_a_format_that_is_not_read_says_what_to_save_it_as(
    tmp_path: Path, content: bytes, wanted: str
) -> None:
    path = tmp_path / "rapport.rtf"
    path.write_bytes(content)
    with pytest.raises(MlcheckError, match=rf"save it as \{wanted}\."):
        read(path)


def test_a_workbook_of_binary_parts_is_to_be_saved_again(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rapport.xlsb", "w") as archive:
        archive.writestr("_rels/.rels", "<a/>")
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(MlcheckError, match=r"save it as \.xlsx\."):
        read(tmp_path / "rapport.xlsb")


def test_each_report_of_a_folder_is_one(tmp_path: Path) -> None:
    for name in ("b.txt", "a.csv", "~$b.docx", "notes.bak"):
        (tmp_path / name).write_text("Jeunes 12", "utf-8")
    (tmp_path / "sub.txt").mkdir()
    assert [path.name for path in reports_in(tmp_path)] == ["a.csv", "b.txt"]


def test_a_folder_of_csv_files_is_one_report(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "notes.bak"):
        (tmp_path / name).write_text("Jeunes;12", "utf-8")
    assert reports_in(tmp_path) == (tmp_path,)
    assert reports_in(tmp_path / "a.csv") == (tmp_path / "a.csv",)
