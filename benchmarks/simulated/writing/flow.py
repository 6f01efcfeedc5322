"""What documents have in common: blocks in their order, with the places of their figures noted."""

from __future__ import annotations

from collections.abc import Iterator

from simulated.report import Block, Report
from simulated.tables import Table
from simulated.writing.sheets import address


def numbered(report: Report) -> Iterator[Block]:
    """Yield the blocks, and note for each figure the number of its table and its cell, or of its paragraph."""
    tables = 0
    for at, block in enumerate(report.blocks()):
        if isinstance(block, Table):
            tables += 1
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    if cell.figure:
                        cell.figure.place = {"table": tables, "cell": address(row, column)}
        else:
            for figure in block.figures():
                figure.place = {"paragraph": at}
        yield block
