"""Small reports written in every format by chance, and broken in their parts: XML, cells, styles, records, bytes."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from fuzzing import contents
from fuzzing.contents import Block, Rows, slipped
from fuzzing.targets import FORMATS, PIECES

Parts = dict[str, bytes]
ROOT = Path(__file__).resolve().parents[2]
OFFICE = "http://schemas.openxmlformats.org"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
PACKAGE = f"{OFFICE}/package/2006/relationships"
SHEET = f'xmlns="{OFFICE}/spreadsheetml/2006/main" xmlns:r="{RELATIONS}"'
WORD = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:r="{RELATIONS}"'
OPEN = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for name, kind in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"), ("draw", "drawing"), ("svg", "svg-compatible"))
)  # fmt: skip
VALUES = [
    "",
    "0",
    "-1",
    "1",
    "3",
    "100000",
    "4294967296",
    "1e999",
    "NaN",
    "99999999999999999999",
    "true",
    "rId1",
    "A1:XFD1048576",
    "²",
    "B2",
    "x",
]
CUTS = [
    "<",
    ">",
    "</a>",
    "<!--",
    "<![CDATA[",
    "&#0;",
    "&#x202e;",
    "&amp;",
    "<f>SUM(B2:B3)</f>",
    "<v>1e999</v>",
    "<p/>",
    "]]>",
    "<!DOCTYPE a>",
]
LARGE = 50_000  # characters of a part whose elements are left in their places
_ATTRIBUTE = re.compile(r'(?<=")[^"<>]*(?=")')
_ELEMENT = re.compile(r"<([\w:]+)(?:\s[^<>]*)?(?:/>|>(?:[^<]|<(?!/?\1\b))*</\1>)")
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")


def _xml(text: str) -> str:
    """Return a text as XML may hold it."""
    return escape(
        "".join(c for c in text if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe")
    )


def _relations(*links: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def _grid(made: list[Block]) -> Rows:
    """Return the rows of a sheet that holds the blocks under one another."""
    rows: Rows = []
    for block in made:
        rows += [[block], []] if isinstance(block, str) else [*block, []]
    return rows


def xlsx(chance: random.Random) -> Parts:
    """Return a workbook: numbers with formats, shared and rich texts, formulas, merges, hidden rows, errors."""
    shared: list[str] = []
    rows = "".join(
        _xlsx_row(number, row, shared, chance) for number, row in enumerate(_grid(contents.blocks(chance)), 1)
    )
    merged = chance.choice(["", "", '<mergeCells><mergeCell ref="A1:C2"/></mergeCells>'])
    formats = [slipped(code, chance, PIECES) if chance.random() < 0.1 else code for code in FORMATS]
    styles = "".join(
        f"<numFmt numFmtId={quoteattr(str(170 + n))} formatCode={quoteattr(_xml(code))}/>"
        for n, code in enumerate(formats)
    )
    state = chance.choice(["", "", "", ' state="hidden"'])
    return _encoded({
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"), ("worksheet", "worksheets/sheet2.xml")
        ),
        "xl/workbook.xml": f'<workbook {SHEET}><sheets><sheet name="Emploi" sheetId="1" r:id="rId1"/><sheet name="N2" sheetId="2" r:id="rId4"{state}/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet {SHEET}><numFmts>{styles}</numFmts><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{170 + n}"/>' for n in range(len(formats)))
        + "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {SHEET}>{''.join(shared)}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {SHEET}><sheetData>{rows}</sheetData>{merged}</worksheet>",
        "xl/worksheets/sheet2.xml": f'<worksheet {SHEET}><sheetData><row r="1"><c r="A1"><v>{chance.randrange(99)}</v></c></row></sheetData></worksheet>',
    })  # fmt: skip


def _xlsx_row(number: int, row: list[str], shared: list[str], chance: random.Random) -> str:
    cells = []
    for column, text in enumerate(row):
        at, style = f"{chr(65 + column)}{number}", chance.choice([0, 0, 0, chance.randrange(30)])
        if text.isascii() and text.isdigit():
            formula = chance.choice(["", "", "", "", "<f>SUM(B2:B4)</f>"])
            stored = chance.choice([f"<v>{text}</v>"] * 9 + ["", f"<v>{text}e9</v>", f"<v>0.{text}</v>"])
            cells.append(f'<c r="{at}" s="{style}">{formula}{stored}</c>')
        elif text.startswith("#"):
            cells.append(f'<c r="{at}" t="e"><v>{_xml(text)}</v></c>')
        elif chance.random() < 0.3:
            cells.append(f'<c r="{at}" t="inlineStr" s="{style}"><is><t>{_xml(text)}</t></is></c>')
        elif text:
            cells.append(f'<c r="{at}" t="s"><v>{len(shared)}</v></c>')
            head, last = _xml(text[:-1]), _xml(text[-1:])
            raised = (
                f'<si><r><t>{head}</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>{last}</t></r></si>'
            )
            shared.append(raised if chance.random() < 0.1 else f"<si><t>{_xml(text)}</t></si>")
    hidden = chance.choice([""] * 12 + [' hidden="1"'])
    return f'<row r="{number}"{hidden}>{"".join(cells)}</row>'


def ods(chance: random.Random) -> Parts:
    """Return an OpenDocument spreadsheet, its numbers stored and shown, some cells and rows repeated."""
    rows = []
    for row in _grid(contents.blocks(chance)):
        cells = "".join(_ods_cell(text, chance) for text in row) or "<table:table-cell/>"
        repeated = chance.choice(
            [""] * 20
            + [
                ' table:number-rows-repeated="3"',
                ' table:number-rows-repeated="100000"',
                ' table:visibility="collapse"',
            ]
        )
        rows.append(f"<table:table-row{repeated}>{cells}</table:table-row>")
    body = f'<office:spreadsheet><table:table table:name="Emploi"><table:table-column/>{"".join(rows)}</table:table></office:spreadsheet>'
    return open_document("spreadsheet", body)


def _ods_cell(text: str, chance: random.Random) -> str:
    repeated = chance.choice(
        [""] * 30 + [' table:number-columns-repeated="2"', ' table:number-columns-repeated="400"']
    )
    if text.isascii() and text.isdigit():
        kind = chance.choice(["float", "float", "percentage", "currency", "boolean", "date", "time"])
        repeated += f' office:value-type="{kind}" office:value="{text}"'
    lines = "".join(f"<text:p>{_xml(line)}</text:p>" for line in text.split("\n") if line)
    return f"<table:table-cell{repeated}>{lines}</table:table-cell>"


def odt(chance: random.Random) -> Parts:
    """Return an OpenDocument text: paragraphs, headings, lists, notes, tables."""
    pieces = []
    for block in contents.blocks(chance):
        if isinstance(block, str):
            kind = chance.choice(["p", "p", 'h text:outline-level="2"'])
            note = chance.choice(
                [
                    "",
                    "",
                    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>12</text:p></text:note-body></text:note>",
                ]
            )
            inside = f"<text:{kind}>{_xml(block)}{note}</text:{kind.split()[0]}>"
            pieces.append(
                f"<text:list><text:list-item>{inside}</text:list-item></text:list>"
                if chance.random() < 0.2
                else inside
            )
            continue
        rows = "".join(
            f"<table:table-row>{''.join(_ods_cell(text, chance) for text in row)}</table:table-row>"
            for row in block
        )
        pieces.append(f"<table:table>{rows}</table:table>")
    return open_document("text", f"<office:text>{''.join(pieces)}</office:text>")


def open_document(kind: str, body: str) -> Parts:
    return _encoded({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content{OPEN}><office:automatic-styles/><office:body>{body}</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles{OPEN}><office:styles/></office:document-styles>",
    })  # fmt: skip


def docx(chance: random.Random) -> Parts:
    """Return a Word document: paragraphs with styles, raised runs and notes, and tables."""
    pieces = []
    for block in contents.blocks(chance):
        if isinstance(block, str):
            style = chance.choice(
                [
                    "",
                    "",
                    '<w:pPr><w:pStyle w:val="Titre1"/></w:pPr>',
                    '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>',
                ]
            )
            pieces.append(f"<w:p>{style}{_word_runs(block, chance)}</w:p>")
            continue
        rows = "".join(
            f"<w:tr>{''.join(f'<w:tc>{_span(chance)}<w:p>{_word_runs(text, chance)}</w:p></w:tc>' for text in row)}</w:tr>"
            for row in block
        )
        pieces.append(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>")
    return _encoded({
        "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types"/>',
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")),
        "word/document.xml": f"<w:document {WORD}><w:body>{''.join(pieces)}</w:body></w:document>",
        "word/styles.xml": f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
        "word/numbering.xml": f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="2"><w:p><w:r><w:t>Dont 12 mineurs.</w:t></w:r></w:p></w:footnote></w:footnotes>',
    })  # fmt: skip


def _span(chance: random.Random) -> str:
    return chance.choice(
        [""] * 15 + ['<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"]
    )


def _word_runs(text: str, chance: random.Random) -> str:
    note = chance.choice(
        [""] * 15
        + [
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>',
        ]
    )
    return f'<w:r><w:t xml:space="preserve">{_xml(text)}</w:t></w:r>{note}'


def pptx(chance: random.Random) -> Parts:
    """Return a presentation of one slide with a table and a chart, its texts changed."""
    parts = dict(_slides())
    for name in parts:
        if "slides/slide" in name or "charts/chart" in name:
            text = parts[name].decode()
            texts = iter([contents.figure(chance), contents.label(chance), contents.sentence(chance)] * 20)
            changed = _TEXT.sub(lambda m: _xml(next(texts, "")) if chance.random() < 0.3 else m[0], text)  # noqa: B023
            parts[name] = changed.encode()
    return parts


@cache
def _slides() -> Parts:
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "2) L’emploi en 2023"
    rows = [["Commune", "Femmes", "Hommes", "Total"], ["Lille", "12", "7", "19"], ["Total", "12", "7", "19"]]
    drawn = slide.shapes.add_table(3, 4, 0, 1_000_000, 4_000_000, 900_000).table
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            drawn.cell(row, column).text = text
    data = CategoryChartData()
    data.categories = ["CDD", "CDI"]
    data.add_series("Contrats", (12, 0.49))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 3_000_000, 4_000_000, 2_000_000, data)
    out = BytesIO()
    presentation.save(out)
    return _parts(out.getvalue())


def csv(chance: random.Random) -> bytes:
    """Return a table of separated values."""
    cut = chance.choice(";;,\t|")
    text = "\n".join(
        cut.join(f'"{cell}"' if cut in cell or "\n" in cell else cell for cell in row)
        for row in _grid(contents.blocks(chance))
    )
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), "replace")


def txt(chance: random.Random) -> bytes:
    """Return a flattened text."""
    return contents.flattened(chance).encode(chance.choice(["utf-8", "utf-8", "cp1252", "utf-16"]), "replace")


def md(chance: random.Random) -> bytes:
    """Return a Markdown text with its tables."""
    pieces = []
    for block in contents.blocks(chance):
        if isinstance(block, str):
            pieces.append(chance.choice(["", "# ", "## ", "- ", "> ", "1. ", "| ", "    "]) + block)
            continue
        lines = ["| " + " | ".join(row) + " |" for row in block]
        pieces.append("\n".join([lines[0], "|---" * len(block[0]) + "|", *lines[1:]]))
    return "\n\n".join(pieces).encode("utf-8", "replace")


def html(chance: random.Random) -> bytes:
    """Return a web page with its tables."""
    pieces = ["<!DOCTYPE html><html><body>"]
    for block in contents.blocks(chance):
        if isinstance(block, str):
            tag = chance.choice(["p", "h1", "h2", "li", "div", "td", "pre", "caption"])
            pieces.append(f"<{tag}>{_xml(block)}<sup>2</sup></{tag}>")
            continue
        rows = []
        for row in block:
            span = chance.choice(
                [""] * 9 + [" colspan=2", " rowspan=3", " colspan=9999", ' style="display:none"']
            )
            rows.append("<tr>" + "".join(f"<td{span}>{_xml(text)}" for text in row))
        pieces.append(f"<table>{''.join(rows)}</table>")
    return slipped("".join(pieces), chance, CUTS).encode("utf-8", "replace")


def mhtml(chance: random.Random) -> bytes:
    """Return a web archive of a page."""
    import quopri

    page = quopri.encodestring(html(chance))
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n'
    return head + b"Content-Transfer-Encoding: quoted-printable\n\n" + page + b"\n--b--\n"


def pdf(chance: random.Random) -> bytes:
    """Return a PDF page: words at their places, rules, forms in forms; its objects are found without a table of them."""
    drawn, top = [], 800
    for row in _grid(contents.blocks(chance)):
        left = 40
        for text in row:
            for line in text.split("\n")[:5]:
                shown = (
                    line[:90]
                    .encode("cp1252", "replace")
                    .replace(b"\\", b"")
                    .replace(b"(", b"\\(")
                    .replace(b")", b"\\)")
                )
                drawn.append(b"BT /F1 10 Tf %d %d Td (%s) Tj ET" % (left, top, shown))
            left += 90
        if chance.random() < 0.3:
            drawn.append(b"40 %d m %d %d l S" % (top - 4, left, top - 4))
        top -= 14
    form = chance.choice([b"", b"/X1 Do /X1 Do"])
    content = b"\n".join(drawn)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources 6 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content + form), content + form),
        b"<< /Font << /F1 4 0 R >> /XObject << /X1 7 0 R >> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources 6 0 R /Length %d >>\nstream\n%s\nendstream" % (len(content + form), content + form),
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 8 >>\n%%EOF\n"


def xls(chance: random.Random) -> bytes:
    """Return an old workbook, some of its records changed, cut, doubled or given another kind."""
    content = bytearray(_file("tests/reading/data/sample.xls"))
    at = content.find(b"\x09\x08\x10\x00")
    records = []
    while 0 <= at < len(content) - 4:
        kind, size = struct.unpack_from("<HH", content, at)
        if not kind and not size:
            break
        records.append((at, size))
        at += 4 + size
    for _ in range(chance.choice([1, 1, 3, 8])):
        at, size = chance.choice(records)
        if size and chance.random() < 0.8 and at + 4 + size <= len(content):
            content[at + 4 + chance.randrange(size)] = chance.choice(
                [0, 1, 127, 128, 255, chance.randrange(256)]
            )
        else:
            struct.pack_into(
                "<H",
                content,
                at + chance.choice([0, 2]),
                chance.choice([0, 6, 10, 252, 515, 638, 65535, size + 1]),
            )
    return bytes(content)


@cache
def _file(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def _encoded(parts: dict[str, str]) -> Parts:
    return {name: text.encode("utf-8", "replace") for name, text in parts.items()}


def _parts(content: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: Parts) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def broken_xml(text: str, chance: random.Random) -> str:
    """Return a part with attributes, texts or elements changed, moved, doubled or dropped, or cut anywhere."""
    for _ in range(chance.choice([1, 1, 2, 5])):
        way = chance.randrange(5 if len(text) < LARGE else 2)
        found = list((_ATTRIBUTE, _TEXT, _ELEMENT, _ELEMENT, _ATTRIBUTE)[way].finditer(text))
        if not found or chance.random() < 0.1:
            text = slipped(text, chance, CUTS)
            continue
        one = chance.choice(found)
        new = (
            chance.choice(VALUES)
            if way in (0, 4)
            else _xml(contents.usual(chance))
            if way == 1
            else one[0] * chance.choice([0, 2, 2, 40])
        )
        if way == 3:
            new = chance.choice(found)[0]
        text = text[: one.start()] + new + text[one.end() :]
    return text


def broken_bytes(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, or cut short."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 4, 30])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


FIXTURES = {
    suffix: f"fixtures/report-2023.{suffix}"
    for suffix in ("xlsx", "ods", "docx", "pptx", "pdf", "html", "md", "txt")
}
PACKED: dict[str, Callable[[random.Random], Parts]] = {
    "xlsx": xlsx,
    "ods": ods,
    "odt": odt,
    "docx": docx,
    "pptx": pptx,
}
PLAIN: dict[str, Callable[[random.Random], bytes]] = {
    "xls": xls, "pdf": pdf, "html": html, "mhtml": mhtml, "md": md, "csv": csv, "txt": txt,
}  # fmt: skip


def document(suffix: str) -> Callable[[random.Random], bytes]:
    """Return the maker of documents of a format: small ones, one in forty the fixture, whole or broken."""

    def make(chance: random.Random) -> bytes:
        large = suffix in FIXTURES and chance.random() < 0.025
        if suffix not in PACKED:
            content = _file(FIXTURES[suffix]) if large else PLAIN[suffix](chance)
            return broken_bytes(content, chance) if content and chance.random() < 0.3 else content
        parts = _parts(_file(FIXTURES[suffix])) if large else PACKED[suffix](chance)
        if chance.random() < 0.6:
            name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
            parts = parts | {
                name: broken_xml(parts[name].decode("utf-8", "replace"), chance).encode("utf-8", "replace")
            }
        content = archive_of(parts)
        return broken_bytes(content, chance) if chance.random() < 0.1 else content

    return make
