"""Join what blank rows part: a boxhead and its body, a body and the rows that go on below."""

from __future__ import annotations

from mlcheck.extraction.tables.kinds import APART, BODY
from mlcheck.extraction.tables.roles import is_total
from mlcheck.extraction.tables.sheet import Region, Sheet, Text, is_year


def join(sheet: Sheet, blocks: list[Region | Text]) -> list[Region | Text]:
    """Join a boxhead with the body below it, and a body with the rows that go on after a blank row."""
    joined: list[Region | Text] = []
    for block in blocks:
        last = _last_region(joined, block)
        if last is not None and isinstance(block, Region):
            before = joined[last]
            assert isinstance(before, Region)
            between = joined[last + 1 :]
            if _belongs(sheet, before, block, between):
                left, right = min(before.left, block.left), max(before.right, block.right)
                whole = Region(before.top, left, block.bottom, right)
                joined[last:] = [whole, *(b for b in between if not _within(b, whole))]
                continue
        joined.append(block)
    return joined


def _last_region(blocks: list[Region | Text], block: Region | Text) -> int | None:
    """Return the index of the nearest region above `block` that shares columns with it."""
    if isinstance(block, Text):
        return None
    for index in range(len(blocks) - 1, -1, -1):
        other = blocks[index]
        if isinstance(other, Region) and other.left <= block.right and block.left <= other.right:
            return index if other.bottom < block.top else None
    return None


def _belongs(sheet: Sheet, above: Region, below: Region, between: list[Region | Text]) -> bool:
    """Tell whether two regions parted by blank rows are one table.

    A boxhead without a body takes what follows within three rows; a body goes on where the rows below
    start with figures, under the same columns, at most one blank row and one group title away.
    """
    texts = [b for b in between if isinstance(b, Text) and b.at[0] > above.bottom]
    if any(isinstance(b, Region) and b.top > above.bottom for b in between):
        return False
    if any(t.kind in APART for t in texts) or len(texts) > 1:
        return False
    if not _has_body(sheet, above):
        return below.top - above.bottom <= 3 and _has_body(sheet, below)
    if _ends_in_total(sheet, above):
        return False
    starts = any(sheet.kinds.get((below.top, c)) in BODY for c in range(below.left, below.right + 1))
    same = below.left >= above.left and below.right <= above.right
    wide = below.right > below.left
    return starts and same and wide and below.top - above.bottom <= 2 + len(texts)


def _ends_in_total(sheet: Sheet, region: Region) -> bool:
    """Tell whether the last row of a region is a total, so that nothing goes on below it."""
    labels = [sheet.grid.cells[at].text for at in sorted(sheet.kinds) if at[0] == region.bottom and (
        region.left <= at[1] <= region.right) and sheet.kinds[at] not in BODY]  # fmt: skip
    return bool(labels) and is_total(labels[0])


def _has_body(sheet: Sheet, region: Region) -> bool:
    rows = range(region.top, region.bottom + 1)
    columns = range(region.left, region.right + 1)
    return any(
        sheet.kinds.get((r, c)) == "number" and not is_year(sheet, (r, c)) for r in rows for c in columns
    )


def _within(block: Region | Text, region: Region) -> bool:
    return (
        isinstance(block, Text)
        and region.top <= block.at[0] <= region.bottom
        and region.left <= block.at[1] <= region.right
    )
