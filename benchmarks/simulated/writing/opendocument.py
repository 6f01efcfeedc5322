"""OpenDocument files: spreadsheets and texts, as plain markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.figures import Figure
from simulated.report import Block, Report
from simulated.tables import Cell, Table
from simulated.writing.archives import archive
from simulated.writing.flow import numbered
from simulated.writing.sheets import Sheet, laid
from simulated.writing.workbook import stored_value

SHEET = "application/vnd.oasis.opendocument.spreadsheet"
TEXT = "application/vnd.oasis.opendocument.text"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = "".join(f' xmlns:{name}="{NAMES}{name}:1.0"' for name in ("office", "table", "text", "style"))
HIDDEN = (
    '<office:automatic-styles><style:style style:name="shown" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)


def write_ods(report: Report, path: Path) -> None:
    """Write a report as an OpenDocument spreadsheet."""
    sheets = "".join(_sheet(sheet, report) for sheet in laid(report))
    _write(
        path, SHEET, f"{HIDDEN}<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    )


def write_odt(report: Report, path: Path) -> None:
    """Write a report as an OpenDocument text."""
    blocks = "".join(part for block in numbered(report) for part in _blocks(block))
    title = f'<text:h text:outline-level="1">{escape(report.title)}</text:h>'
    _write(path, TEXT, f"<office:body><office:text>{title}{blocks}</office:text></office:body>")


def _write(path: Path, kind: str, body: str) -> None:
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content{NAMESPACES} office:version="1.3">{body}</office:document-content>'
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0">{files}</manifest:manifest>'
    entries = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    path.write_bytes(archive({name: text.encode() for name, text in entries.items()}, "mimetype"))


def _sheet(sheet: Sheet, report: Report) -> str:
    rows, width = sheet.size
    spans = {(row, first): last - first + 1 for row, first, last in sheet.merges}
    lines = []
    for row in range(rows):
        cells, at = "", 0
        while at < width:
            span = spans.get((row, at), 1)
            cells += _cell(sheet.cells.get((row, at)), span, report) + "<table:covered-table-cell/>" * (
                span - 1
            )
            at += span
        display = ' table:visibility="collapse"' if row in sheet.hidden_rows else ""
        lines.append(f"<table:table-row{display}>{cells}</table:table-row>")
    style = "hidden" if sheet.hidden else "shown"
    return f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{style}">{"".join(lines)}</table:table>'


def _cell(cell: Cell | None, span: int, report: Report) -> str:
    """Return a cell of a spreadsheet: a number with what is shown of it, or a text."""
    if cell is None or not cell.printed.strip():
        return "<table:table-cell/>"
    figure = cell.figure
    spanned = f' table:number-columns-spanned="{span}"' if span > 1 else ""
    shown = f"<text:p>{escape(cell.printed)}</text:p>"
    if figure and report.agency.style.stored != "text" and not (figure.nil and not figure.slipped):
        return f"<table:table-cell{spanned}{_typed(figure, report)}>{shown}</table:table-cell>"
    return f'<table:table-cell{spanned} office:value-type="string">{shown}</table:table-cell>'


def _typed(figure: Figure, report: Report) -> str:
    value = float(stored_value(figure, full=report.agency.style.stored == "number"))
    after = figure.form.after
    kind = "percentage" if "%" in after else "currency" if "€" in after else "float"
    currency = ' office:currency="EUR"' if kind == "currency" else ""
    return f' office:value-type="{kind}" office:value="{value!r}"{currency}'


def _blocks(block: Block) -> Iterator[str]:
    """Yield the parts of a text document that a block becomes."""
    if isinstance(block, Heading):
        yield f'<text:h text:outline-level="2">{escape(block.text)}</text:h>'
    elif isinstance(block, Paragraph):
        text = f"<text:p>{escape(block.printed)}</text:p>"
        yield f"<text:list><text:list-item>{text}</text:list-item></text:list>" if block.bullet else text
    elif isinstance(block, KeyFigures):
        yield from (
            f"<text:p>{escape(f'{figure.printed} {caption}')}</text:p>" for figure, caption in block.pairs
        )
    else:
        if block.title:
            yield f'<text:h text:outline-level="3">{escape(block.title)}</text:h>'
        if block.unit_line:
            yield f"<text:p>{escape(block.unit_line)}</text:p>"
        yield _table(block)
        yield from (f"<text:p>{escape(note)}</text:p>" for note in block.notes)


def _table(table: Table) -> str:
    """Return a table of a text document, spanners merged."""
    rows = []
    for row in table.rows:
        cells, left = "", 0
        for cell in row:
            left -= 1
            if left > 0:
                cells += "<table:covered-table-cell/>"
                continue
            left = cell.span
            spanned = f' table:number-columns-spanned="{cell.span}"' if cell.span > 1 else ""
            cells += f'<table:table-cell{spanned} office:value-type="string"><text:p>{escape(cell.printed.strip())}</text:p></table:table-cell>'
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{table.width}"/>'
    return f'<table:table table:name="T{table.block}">{columns}{"".join(rows)}</table:table>'
