"""Unfold what a page sets side by side: label and figures, then again label and figures."""

from __future__ import annotations

from mlcheck.extraction.tables.kinds import BODY
from mlcheck.extraction.tables.layout import Layout, lay_out
from mlcheck.extraction.tables.sheet import Region, Sheet


def unfold(sheet: Sheet, region: Region) -> list[Layout]:
    """Return the layouts of a region: one, or one for each label column that starts anew to the right."""
    layout = lay_out(sheet, region)
    if layout is None:
        return []
    again = _second_stub(sheet, layout)
    if again is None:
        return [layout]
    left = Region(region.top, region.left, region.bottom, again - 1)
    right = Region(region.top, again, region.bottom, region.right)
    return unfold(sheet, left) + unfold(sheet, right)


def _second_stub(sheet: Sheet, layout: Layout) -> int | None:
    """Return the first column of labels to the right of figures that has figures to its own right."""
    if not layout.stub:
        return None
    first = layout.data[0]
    for column in range(first + 1, layout.region.right):
        labels = [r for r in layout.body if (r, column) in sheet.kinds and sheet.kinds[r, column] not in BODY]
        texts = {sheet.grid.cells[r, column].text for r in labels}
        right = any(
            sheet.kinds.get((r, c)) in BODY
            for r in labels
            for c in range(column + 1, layout.region.right + 1)
        )
        if right and len(labels) * 10 >= len(layout.body) * 6 and len(texts) == len(labels):
            return column
    return None


def same_heads(sheet: Sheet, layouts: list[Layout]) -> bool:
    """Tell whether side-by-side parts continue one table: the same boxhead over each, or none over all."""
    heads = [
        [
            sheet.grid.cells[r, c].text.strip().casefold()
            for r in lay.head
            for c in lay.data
            if (r, c) in sheet.kinds
        ]
        for lay in layouts
    ]
    widths = {len(lay.data) for lay in layouts}
    later = [h for h in heads[1:] if h]
    return len(widths) == 1 and all(h == heads[0] for h in later)
