"""Small workbooks for the tests of the readers."""

from __future__ import annotations

import datetime
import struct
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def save_sample(path: Path) -> None:
    """Write a workbook with one case of each thing that a reader must tell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Aides"
    rows = [
        ("Commune", "Contrats", "Montant", "Part"),
        ("Lille", 12, 1410, 0.4934),
        ("Roubaix", 30, 114049.5, 0.5066),
        ("Cachée", 1, 2, 0.01),
    ]
    for row in rows:
        sheet.append(row)
    for row in range(2, 5):
        sheet.cell(row, 3).number_format = '#,##0 "€"'
        sheet.cell(row, 4).number_format = "0 %"
    sheet.row_dimensions[4].hidden = True
    sheet["H2"] = 7
    sheet.column_dimensions["H"].hidden = True
    sheet["A5"], sheet["B5"], sheet["C5"] = "Total", "=SUM(B2:B4)", "=SUM(C2:C4)"
    sheet["C5"].number_format = "#,##0.00"
    sheet["A6"], sheet["B6"], sheet["C6"], sheet["D6"] = "  dont frais", "=1/0", datetime.date(2023, 3, 15), 5
    sheet["C6"].number_format, sheet["D6"].number_format = "dd/mm/yyyy", ";;;"
    sheet["A7"], sheet["B7"], sheet["C7"], sheet["D7"] = "indenté", 0, True, 2_100_000
    sheet["A7"].alignment = Alignment(indent=2)
    sheet["B7"].number_format, sheet["D7"].number_format = '0;-0;"-"', '0.0,,"M€"'
    sheet["A9"] = "Titre fusionné"
    sheet.merge_cells("A9:C10")
    sheet["A11"], sheet["D11"] = "deux\nlignes", '=""'
    sheet["A12"], sheet["B12"], sheet["D12"] = 1 / 3, -1234.5, 0.1 + 0.2
    sheet["B12"].number_format = "#,##0.00;[Red]-#,##0.00"
    book.create_sheet("Masquée")["A1"] = 3
    book["Masquée"].sheet_state = "hidden"
    book.create_sheet("Très masquée").sheet_state = "veryHidden"
    book.save(path)


def write_xlsx(
    path: Path, rows: str, *, formats: tuple[str, ...] = (), after: str = "", book: str = ""
) -> Path:
    """Write a one-sheet workbook from the XML of its rows; style n + 1 has the n-th format."""
    fonts = "".join(f'<numFmt numFmtId="{170 + n}" formatCode="{code}"/>' for n, code in enumerate(formats))
    xfs = "".join(f'<xf numFmtId="{170 + n}"/>' for n in range(len(formats)))
    parts = {
        "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATIONS}">{book}<sheets>'
        '<sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet {MAIN}><numFmts count="{len(formats)}">{fonts}</numFmts>'
        f'<cellXfs count="{len(formats) + 1}"><xf numFmtId="0"/>{xfs}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    )
    write_zip(path, parts)
    return path


def relation(kind: str, target: str) -> str:
    """Return the relationships of a part that has one."""
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def write_zip(path: Path, parts: dict[str, str]) -> None:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def compound_file(stream: str, content: bytes) -> bytes:
    """Return a compound file (OLE2) whose root holds one stream, in sectors of 512 bytes."""
    content = content.ljust(4096, b"\0")
    count = -(-len(content) // 512)
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    header += struct.pack("<IIIII", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    root = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory = root + entry(stream, 2, 0xFFFFFFFF, 2, len(content)) + bytes(256)
    return header + table + directory + content.ljust(count * 512, b"\0")


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """Return a directory entry of a compound file."""
    text = name.encode("utf-16-le")
    numbers = struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return text.ljust(64, b"\0") + numbers + bytes(36) + struct.pack("<IQ", start, size)


def replace_part(path: Path, part: str, old: str, new: str) -> None:
    """Rewrite an archive with a text of one part replaced."""
    parts = read_zip(path)
    assert old in parts[part]
    write_zip(path, parts | {part: parts[part].replace(old, new)})


def prefix_part(path: Path, part: str) -> None:
    """Rewrite an archive with a namespace prefix on every name of one part."""
    parts = read_zip(path)
    text = parts[part].replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    write_zip(path, parts | {part: text})


def read_zip(path: Path) -> dict[str, str]:
    """Return the XML parts of an archive."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: archive.read(name).decode() for name in names}
