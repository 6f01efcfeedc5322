"""Files that cannot be used: one sentence with the file and what to do, never anything else."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mlcheck.model.document import Document
from mlcheck.reading import read
from mlcheck.reading.container import refusals as limits
from tests.reading import workbooks
from tests.reading.damage import refusal

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
DATA = Path(__file__).parent / "data"


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "absent.xlsx")


def test_a_folder_without_reports(tmp_path: Path) -> None:
    assert "without a report" in refusal(tmp_path)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv", ".txt"])
def test_an_empty_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"r{suffix}"
    path.touch()
    assert "is empty" in refusal(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(tmp_path: Path, share: float) -> None:
    workbooks.save_sample(tmp_path / "whole.xlsx")
    for whole in (tmp_path / "whole.xlsx", DATA / "sample.ods"):
        content = whole.read_bytes()
        path = tmp_path / f"cut{whole.suffix}"
        path.write_bytes(content[: int(len(content) * share)])
        assert "damaged or cut short" in refusal(path)


def test_a_truncated_xls(tmp_path: Path) -> None:
    content = (DATA / "sample.xls").read_bytes()
    (tmp_path / "cut.xls").write_bytes(content[: len(content) // 2])
    assert "damaged or cut short" in refusal(tmp_path / "cut.xls")


def test_a_loop_in_a_compound_file_ends(tmp_path: Path) -> None:
    content = bytearray(workbooks.compound_file("Workbook", b"\x09\x08" * 3000))
    struct.pack_into("<I", content, 512 + 4 * 5, 2)  # sector 5 is followed by sector 2 again
    (tmp_path / "loop.xls").write_bytes(content)
    assert "damaged or cut short" in refusal(tmp_path / "loop.xls")


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(workbooks.compound_file("EncryptedPackage", b"secret"))
    assert "protected by a password" in refusal(tmp_path / "r.xlsx")
    start = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    (tmp_path / "r.xls").write_bytes(start + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 1) + bytes(600))
    assert "protected by a password" in refusal(tmp_path / "r.xls")
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    workbooks.write_zip(
        tmp_path / "r.ods",
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": "\x01\x02",
        },
    )
    assert "protected by a password" in refusal(tmp_path / "r.ods")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("r.xlsx", "{\\rtf1 }", ".rtf"),
        ("r.xlsx", "Commune;Jeunes\nLille;12\n", "text"),
        ("r.pdf", "{\\rtf1 }", ".rtf"),
        ("r.pptx", "Commune;Jeunes\nLille;12\n", "text"),
        ("r.xls", '<?xml version="1.0"?><Workbook/>', ".xml"),
    ],
)
def test_a_mislabelled_file(tmp_path: Path, name: str, content: str, kind: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    sentence = refusal(tmp_path / name)
    assert f"holds something else ({kind})" in sentence
    assert ".xlsx" in sentence


def test_a_web_page_under_another_name_is_read(tmp_path: Path) -> None:
    page = "<html><table><tr><td>Femmes</td><td>12</td></tr></table></html>"
    (tmp_path / "r.xls").write_text(page, "utf-8")  # as many servers export "Excel" files
    assert [type(block).__name__ for block in read(tmp_path / "r.xls").blocks] == ["Grid"]


def test_a_workbook_under_another_name_is_read(tmp_path: Path) -> None:
    for name in ("r.xls", "r.csv", "r", "r.xlsm"):
        document = read(workbooks.write_xlsx(tmp_path / name, ONE))
        assert len(document.blocks) == 1
    (tmp_path / "r.xlsx").write_bytes((DATA / "sample.xls").read_bytes())
    assert len(read(tmp_path / "r.xlsx").blocks) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [("r.png", b"\x89PNG\r\n"), ("r.bin", bytes(range(256))), ("r", b"du texte")],
)
def test_a_file_of_another_kind(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert "of another kind" in refusal(tmp_path / name)


def test_an_archive_of_another_kind(tmp_path: Path) -> None:
    workbooks.write_zip(tmp_path / "r.zip", {"b": "", "a.txt": ""})
    assert "of another kind (.zip)" in refusal(tmp_path / "r.zip")
    workbooks.write_zip(tmp_path / "r.zip", {"_rels/.rels": "", "xl/workbook.bin": ""})
    assert "is in a format that is not read (.xlsb)" in refusal(tmp_path / "r.zip")


def test_a_workbook_without_sheets(tmp_path: Path) -> None:
    path = workbooks.write_xlsx(tmp_path / "r.xlsx", ONE)
    workbooks.replace_part(path, "xl/workbook.xml", '<sheet name="Feuille" sheetId="1" r:id="rId1"/>', "")
    assert "has no sheet" in refusal(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_xml_entities_are_refused(tmp_path: Path, part: str) -> None:
    path = workbooks.write_xlsx(tmp_path / "r.xlsx", ONE)
    text = workbooks.read_zip(path)[part]
    workbooks.replace_part(path, part, text, f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{text}')
    assert "document type or entities" in refusal(path)


def test_entities_in_shared_strings_are_refused_before_another_library_reads_them(tmp_path: Path) -> None:
    path = workbooks.write_xlsx(tmp_path / "r.xlsx", ONE)
    parts = workbooks.read_zip(path)
    parts["xl/sharedStrings.xml"] = (
        f'<!DOCTYPE x [<!ENTITY a "b">]><sst {workbooks.MAIN}><si><t>x</t></si></sst>'
    )
    rels = parts["xl/_rels/workbook.xml.rels"]
    strings = (
        f'<Relationship Id="rId3" Type="{workbooks.RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", strings + "</Relationships>")
    workbooks.write_zip(path, parts)
    assert "document type or entities" in refusal(path)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
    ],
)
def test_a_sheet_of_absurd_dimensions(tmp_path: Path, rows: str) -> None:
    assert "too large for a report" in refusal(workbooks.write_xlsx(tmp_path / "r.xlsx", rows))


def test_an_address_outside_its_row_is_no_way_round_the_dimensions(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD9999999"><v>1</v></c></row>'
    assert "damaged" in refusal(workbooks.write_xlsx(tmp_path / "r.xlsx", rows))


def test_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    rows = ONE + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert isinstance(read(workbooks.write_xlsx(tmp_path / "r.xlsx", rows)), Document)


def test_a_spreadsheet_that_repeats_a_cell_without_end(tmp_path: Path) -> None:
    path = tmp_path / "r.ods"
    path.write_bytes((DATA / "sample.ods").read_bytes())
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    row = '<table:table-row table:number-rows-repeated="1048576"'
    first = content.index("<table:table-row ")
    workbooks.write_zip(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content[:first]
            + row
            + content[first + len("<table:table-row") :].split(">", 1)[1].join([">", ""]),
        },
    )
    assert "too large for a report" in refusal(path)


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.reading.container.archive.MAX_UNPACKED", 100_000)
    path = workbooks.write_xlsx(tmp_path / "r.xlsx", ONE + "<!-- -->" * 20_000)
    assert "unpacks to more" in refusal(path)


def test_an_archive_that_lies_about_its_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.reading.container.archive.MAX_UNPACKED", 100_000)
    path = workbooks.write_xlsx(tmp_path / "r.xlsx", ONE + "<!-- -->" * 20_000)
    true_size = struct.pack("<I", len(workbooks.read_zip(path)["xl/worksheets/sheet1.xml"]))
    content = path.read_bytes()
    assert content.count(true_size) == 2  # in the local header and in the directory
    path.write_bytes(content.replace(true_size, struct.pack("<I", 300)))
    assert "unpacks to more" in refusal(path)


def test_a_compression_bomb(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", b" " * (limits.RATIO_FLOOR + 1))
    assert "unpacks to more" in refusal(path)


def test_one_endless_tag(tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1" x="{"x" * (limits.MAX_TOKEN * 3)}"><v>1</v></c></row>'
    assert "damaged" in refusal(workbooks.write_xlsx(tmp_path / "r.xlsx", rows))


def test_reading_imports_no_format_library_before_a_file_needs_it() -> None:
    program = (
        "import sys, mlcheck.reading; print([name for name in ('python_calamine', 'xlrd', 'csv', 'zipfile',"
        " 'openpyxl', 'polars', 'xml.parsers.expat') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"
