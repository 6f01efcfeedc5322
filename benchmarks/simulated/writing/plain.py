"""Plain files: Markdown, delimited values and text in columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.report import Block, Report
from simulated.tables import Table
from simulated.writing.flow import numbered
from simulated.writing.sheets import laid


def write_csv(report: Report, path: Path) -> None:
    """Write a report as one sheet of delimited values, in the encoding of the house."""
    style = report.agency.style
    sheet = laid(report)[0]
    rows, width = sheet.size
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if style.words % 4 else "\t", lineterminator="\r\n")
    for row in range(rows):
        cells = [sheet.cells.get((row, column)) for column in range(width)]
        writer.writerow([cell.printed.strip() if cell else "" for cell in cells])
    path.write_bytes(out.getvalue().encode("cp1252" if style.words % 3 == 0 else "utf-8-sig"))


def write_md(report: Report, path: Path) -> None:
    """Write a report as Markdown."""
    _write(path, [f"# {report.title}", *(text for block in numbered(report) for text in _markdown(block))])


def write_txt(report: Report, path: Path) -> None:
    """Write a report as text, its tables in columns."""
    _write(path, [report.title, *(text for block in numbered(report) for text in _text(block, report))])


def _write(path: Path, parts: list[str]) -> None:
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def _markdown(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"## {block.text}"
    elif isinstance(block, Paragraph):
        yield ("- " if block.bullet else "") + block.printed
    elif isinstance(block, KeyFigures):
        yield "\n".join(f"- **{figure.printed}** {caption}" for figure, caption in block.pairs)
    else:
        if block.title:
            yield f"### {block.title}"
        if block.unit_line:
            yield block.unit_line
        yield "\n".join(_piped(block))
        yield from block.notes


def _piped(table: Table) -> Iterator[str]:
    """Yield the lines of a table between bars; a spanner stands over its first column, as there is no other way."""
    empty = [] if table.head else [[""] * table.width]
    for at, row in enumerate([*empty, *_printed(table, repeat=True)]):
        yield "| " + " | ".join(row) + " |"
        if at == 0:
            yield (
                "|"
                + "|".join(" --- " if column < table.stub else " ---: " for column in range(table.width))
                + "|"
            )


def _printed(table: Table, *, repeat: bool = False) -> list[list[str]]:
    """Return the texts of the cells; a spanner is repeated over its columns if asked."""
    rows = []
    for row in table.rows:
        texts, left, spanner = [], 0, ""
        for cell in row:
            left, spanner = (cell.span - 1, cell.text) if cell.span > 1 else (left - 1, spanner)
            covered = repeat and left >= 0 and cell.span == 1 and not cell.text and not cell.figure
            texts.append(
                spanner
                if covered
                else "  " * cell.indent + cell.printed.strip()
                if not repeat
                else cell.printed.strip()
            )
        rows.append(texts)
    return rows


def _text(block: Block, report: Report) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield ("- " if block.bullet else "") + block.printed
    elif isinstance(block, KeyFigures):
        yield "\n".join(f"{figure.printed} {caption}" for figure, caption in block.pairs)
    else:
        yield "\n".join([*filter(None, (block.title, block.unit_line)), *_columns(block, report)])
        yield from block.notes


def _columns(table: Table, report: Report) -> Iterator[str]:
    """Yield the lines of a table with its columns at fixed places, or apart by tabs."""
    rows = _printed(table)
    if report.agency.style.words % 3 == 0:
        yield from ("\t".join(row).rstrip() for row in rows)
        return
    widths = [max(len(row[at]) for row in rows) for at in range(table.width)]
    for row in rows:
        texts = [
            text.ljust(width) if at < table.stub else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "   ".join(texts).rstrip()
