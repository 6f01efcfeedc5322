"""Small Word documents for the tests of the reader, written as the XML that Word writes."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Cell, Document, Grid, Paragraph
from mlcheck.reading import read
from tests.reading.workbooks import PACKAGE, RELATIONS, write_zip

OFFICE = "http://schemas.openxmlformats.org"
W_NAME = f"{OFFICE}/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{OFFICE}/wordprocessingml/2006/main",
        "a": f"{OFFICE}/drawingml/2006/main",
        "c": f"{OFFICE}/drawingml/2006/chart",
        "dgm": f"{OFFICE}/drawingml/2006/diagram",
        "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
        "pic": f"{OFFICE}/drawingml/2006/picture",
        "m": f"{OFFICE}/officeDocument/2006/math",
        "r": RELATIONS,
        "mc": f"{OFFICE}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = (
    f'<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
    '.document.main+xml"/></Types>'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Chapitre"><w:name w:val="Chapitre"/><w:basedOn w:val="Titre1"/></w:style>
<w:style w:type="paragraph" w:styleId="Autre"><w:name w:val="Titre 3"/></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Appel"><w:name w:val="footnote reference"/>
  <w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def write_docx(
    path: Path, body: str, *, parts: dict[str, str] | None = None, styles: str = STYLES, root: str = ""
) -> Path:
    """Write a document from the XML of its body; each part is a relationship named as its file.

    "footnotes" is word/footnotes.xml, related by the type "footnotes" and the id "footnotes".
    """
    inside = {"styles": f"<w:styles {NAMESPACES}>{styles}</w:styles>"} | (parts or {})
    links = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in inside
    )
    package = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(
            f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": relationships(links),
        "word/document.xml": f"<w:document {NAMESPACES} {root}><w:body>{body}</w:body></w:document>",
    }
    write_zip(path, package | {f"word/{name}.xml": text for name, text in inside.items()})
    return path


def relationships(links: str) -> str:
    """Return a part of relationships."""
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def part(name: str, content: str) -> str:
    """Return the XML of a part whose root has this name."""
    return f"<{name} {NAMESPACES}>{content}</{name}>"


def p(content: str, style: str = "", format_: str = "") -> str:
    """Return a paragraph of runs, or of one run where the content is plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{named}{format_}</w:pPr>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    """Return a run of text, or of elements where it starts with one."""
    inner = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, format_: str = "") -> str:
    """Return a row of cells; a plain text is a cell of one paragraph."""
    return f"<w:tr><w:trPr>{format_}</w:trPr>{''.join(c if c.startswith('<w:tc') else tc(c) for c in cells)}</w:tr>"


def tc(content: str, format_: str = "") -> str:
    """Return a cell of blocks, or of one paragraph where the content is plain text."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{format_}</w:tcPr>{inner}</w:tc>"


def document(path: Path, body: str, **options: object) -> Document:
    """Return what the reader makes of the XML of a body."""
    return read(write_docx(path / "r.docx", body, **options))  # type: ignore[arg-type]


def texts(found: Document) -> list[str]:
    """Return the texts of the paragraphs of a document; it must hold nothing else."""
    assert all(isinstance(block, Paragraph) for block in found.blocks)
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


def grid(found: Document) -> Grid:
    """Return the only table of a document."""
    (only,) = [block for block in found.blocks if isinstance(block, Grid)]
    return only


def rows(found: Grid) -> list[list[str]]:
    """Return the texts of a table row by row, "" where a place has no cell of its own."""
    height = 1 + max(row for row, _ in found.cells)
    width = 1 + max(column for _, column in found.cells)
    blank = Cell("")
    return [[found.cells.get((row, column), blank).text for column in range(width)] for row in range(height)]
