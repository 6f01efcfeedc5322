"""A new sheet of texts: every cell is an inline string, which no program takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from mlcheck.model.document import column_letters
from mlcheck.rendering.annotation.markup import DECLARATION, escaped, escaped_attribute
from mlcheck.rendering.annotation.spreadsheet.styles import Styles

LINE, MOST_LINES = 15, 25  # points of a line; a row holds 409 points


class Written(NamedTuple):
    """A text, its look in the palette, and the (sheet, A1 address) it leads to, if any."""

    text: str
    look: str
    link: tuple[str, str] | None = None


class SheetRow(NamedTuple):
    """Cells from column A on; `height` is in points, None for as many lines as the texts take."""

    cells: Sequence[Written | None]
    height: int | None = None


def new_sheet(
    rows: Sequence[SheetRow],
    widths: Sequence[int],
    styles: Styles,
    namespaces: tuple[str, str],
    *,
    frozen: int = 0,
    first: bool = False,
    merges: Sequence[str] = (),
) -> bytes:
    """Return a sheet; its `frozen` first rows stay in view, and the `first` sheet is the one shown."""
    return "".join(
        (
            f'{DECLARATION}<worksheet xmlns="{namespaces[0]}" xmlns:r="{namespaces[1]}"><sheetPr>',
            '<tabColor rgb="FFC00000"/>' if first else "",
            '<pageSetUpPr fitToPage="1"/></sheetPr>',
            _view(frozen, first),
            _columns(widths),
            f"<sheetData>{''.join(_rows(rows, widths, styles))}</sheetData>",
            _merges(merges),
            _links(rows),
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>',
            "</worksheet>",
        )
    ).encode()


def _view(frozen: int, first: bool) -> str:
    pane = (
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{frozen + 1}" sqref="A{frozen + 1}"/>'
        if frozen
        else ""
    )
    shown = 'showGridLines="0" tabSelected="1" ' if first else ""
    return f'<sheetViews><sheetView {shown}workbookViewId="0">{pane}</sheetView></sheetViews>'


def _columns(widths: Iterable[int]) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    return f"<cols>{columns}</cols>" if columns else ""


def _rows(rows: Sequence[SheetRow], widths: Sequence[int], styles: Styles) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        points = row.height or LINE * _lines(row, widths)
        height = f' ht="{points}" customHeight="1"' if points != LINE else ""
        cells = (
            _cell(f"{column_letters(column)}{number}", written, styles)
            for column, written in enumerate(row.cells)
            if written is not None
        )
        yield f'<row r="{number}"{height}>{"".join(cells)}</row>'


def _lines(row: SheetRow, widths: Sequence[int]) -> int:
    """Return how many lines the wrapped texts of a row take; not every program works that out."""
    return max(
        (_wrapped(cell.text, width) for cell, width in zip(row.cells, widths, strict=False) if cell),
        default=1,
    )


def _wrapped(text: str, width: int) -> int:
    if len(text) <= width - 2 and "\n" not in text:
        return 1
    return min(sum(len(wrap(line, width)) or 1 for line in text.split("\n")), MOST_LINES)


def _cell(address: str, written: Written, styles: Styles) -> str:
    style = styles.look(written.look)
    if not written.text:
        return f'<c r="{address}" s="{style}"/>'
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(written.text)}</t></is></c>'


def _links(rows: Sequence[SheetRow]) -> str:
    links = [
        f'<hyperlink ref="{column_letters(column)}{number}" location="{escaped_attribute(target(*cell.link))}"/>'
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row.cells)
        if cell is not None and cell.link
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def target(sheet: str, cell: str) -> str:
    """Return the place that a link inside a workbook leads to."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _merges(merges: Sequence[str]) -> str:
    if not merges:
        return ""
    return (
        f'<mergeCells count="{len(merges)}">{"".join(f"<mergeCell ref={m!r}/>" for m in merges)}</mergeCells>'
    )
