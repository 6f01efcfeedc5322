"""Cut a sheet into the rectangles that hold tables and the texts that stand by themselves.

Blank rows and blank columns cut (an XY-cut), and so do texts alone on their row; but not a blank column before figures of
rows that are named on its left, nor blank rows before a total. What such a cut tears apart (a boxhead above a blank
row) is joined again.
"""

from __future__ import annotations

from itertools import pairwise

from mlcheck.language.numeral import whole_number
from mlcheck.language.roles import is_adjective_total, is_total
from mlcheck.layout.kinds import APART, BODY, stands_apart
from mlcheck.layout.sheet import At, Region, Sheet, Text, is_year

FURTHEST = 4  # rows from the last line of a table to its total, where only blank ones lie between
LONGEST_TITLE = 8  # words of a text that titles the rows under it
WIDEST = 12  # columns from one of a table to the next, where only blank ones lie between


def cut(sheet: Sheet) -> list[Region | Text]:
    """Return the tables' regions and the texts of a sheet, in reading order."""
    apart = {at for at, kind in sheet.kinds.items() if kind in APART and _stands_apart(sheet, at)}
    inside = sorted(set(sheet.kinds) - apart)
    blocks: list[Region | Text] = []
    for at in apart:
        blocks.append(Text(at, sheet.grid.cells[at].text, sheet.kinds[at]))
    blocks += _cut(sheet, inside, _closing_rows(sheet, inside), by_rows=True, settled=False)
    blocks.sort(key=lambda b: b.at if isinstance(b, Text) else (b.top, b.left))
    return _unfold(sheet, _join(sheet, blocks))


def _stands_apart(sheet: Sheet, at: At) -> bool:
    """Tell whether a heading, sentence or note stands by itself and labels no row or column of a table."""
    row, column = at
    beside = [c for (r, c) in sheet.kinds if r == row and c != column] if len(sheet.kinds) < 64 else None
    if beside is None:
        beside = _beside(sheet, row, column)
    if not beside:
        return not _titles_group(sheet, at)
    if any(c > column and sheet.kinds[row, c] in BODY and _touches(sheet, row, column, c) for c in beside):
        return False
    kind = sheet.kinds[at]
    if kind == "statement":
        return stands_apart(sheet.grid.cells[at].text)
    return kind in ("note", "total") or not any(abs(c - column) == 1 for c in beside)


def _titles_group(sheet: Sheet, at: At) -> bool:
    """Tell whether a short text that ends with a colon stands in the stub between two rows of figures of one table."""
    row, column = at
    text = sheet.grid.cells[at].text.rstrip()
    if sheet.kinds[at] != "statement" or not text.endswith(":") or len(text.split()) > LONGEST_TITLE:
        return False
    above, below = (
        {c for c in range(column + 1, column + 41) if sheet.kinds.get((r, c)) in BODY}
        for r in (row - 1, row + 1)
    )
    return bool(above) and above == below and {(row - 1, column), (row + 1, column)} <= sheet.kinds.keys()


def _beside(sheet: Sheet, row: int, column: int) -> list[int]:
    """Return the filled columns within reach of a cell on its row."""
    reach = range(max(0, column - 40), column + 41)
    return [c for c in reach if c != column and (row, c) in sheet.kinds]


def _touches(sheet: Sheet, row: int, left: int, right: int) -> bool:
    """Tell whether no more than one blank column parts two cells of a row."""
    return sum((row, c) not in sheet.kinds for c in range(left + 1, right)) <= 1


def _closing_rows(sheet: Sheet, cells: list[At]) -> frozenset[int]:
    """Return the rows that close a table although blank rows part them from it: a total, or figures without a label."""
    rows: dict[int, list[int]] = {}
    for row, column in cells:
        rows.setdefault(row, []).append(column)
    order = sorted(rows)
    return frozenset(
        row for i, row in enumerate(order)
        if i > 1 and 1 < row - order[i - 1] <= FURTHEST and _closes(sheet, rows, order[: i + 1][-4:], rows.get(row + 1))
    )  # fmt: skip


def _closes(sheet: Sheet, rows: dict[int, list[int]], order: list[int], after: list[int] | None) -> bool:
    """Tell whether the last of some rows holds figures under those of the rows over it, and a total's name or none."""
    *above, row = order
    figures = [c for c in rows[row] if sheet.kinds[row, c] in BODY]
    names = [c for c in rows[row] if c not in figures]
    over = [{c for c in rows[r] if sheet.kinds[r, c] in BODY} for r in above[-3:]]
    under = [sum(c in own for own in over) > 1 for c in figures]
    if not any(under) or len(names) > 1 or not (names or all(under)):
        return False
    if names:
        text = sheet.grid.cells[row, names[0]].text
        named = names[0] < min(figures) and (is_total(text) or is_adjective_total(text))
    else:
        named = after is None
    return named and not _names_total(sheet, rows, above[-1])


def _names_total(sheet: Sheet, rows: dict[int, list[int]], row: int) -> bool:
    return any(is_total(sheet.grid.cells[row, c].text) for c in rows[row] if sheet.kinds[row, c] not in BODY)


def _cut(
    sheet: Sheet, cells: list[At], closing: frozenset[int], *, by_rows: bool, settled: bool,
    bridged: frozenset[int] = frozenset(),
) -> list[Region | Text]:  # fmt: skip
    """Cut cells at blank rows, then at blank columns but those `bridged`, until neither cuts any more."""
    if not cells:
        return []
    groups = _runs(cells, 0, closing) if by_rows else _runs(cells, 1, bridged)
    if len(groups) == 1 and settled:
        return _settle(sheet, cells)
    again = len(groups) == 1
    over = _bridges(sheet, groups) if by_rows else [frozenset[int]()] * len(groups)
    return [
        block
        for group, own in zip(groups, over, strict=True)
        for block in _cut(sheet, group, closing, by_rows=not by_rows, settled=again, bridged=own)
    ]


def _runs(cells: list[At], axis: int, bridges: frozenset[int] = frozenset()) -> list[list[At]]:
    """Group cells whose rows (axis 0) or columns (axis 1) follow one another without a gap but before `bridges`."""
    lines: dict[int, list[At]] = {}
    for at in cells:
        lines.setdefault(at[axis], []).append(at)
    groups: list[list[At]] = []
    last, reach = None, (FURTHEST, WIDEST)[axis]
    for line in sorted(lines):
        if last is None or line - last > (reach if line in bridges else 1):
            groups.append([])
        groups[-1] += lines[line]
        last = line
    return groups


def _bridges(sheet: Sheet, groups: list[list[At]]) -> list[frozenset[int]]:
    """Return for each group of rows the columns that go on a table beyond blank ones; heads have those of their body."""
    found: list[frozenset[int]] = []
    below: list[At] = []
    for group in reversed(groups):
        has_body = any(sheet.kinds[at] in BODY and not is_year(sheet, at) for at in group)
        near = bool(below) and min(r for r, _ in below) - max(r for r, _ in group) <= FURTHEST
        found.append(_going_on(sheet, group if has_body else below) if has_body or near else frozenset())
        below = group if has_body else below
    return found[::-1]


def _going_on(sheet: Sheet, cells: list[At]) -> frozenset[int]:
    """Return the columns right of a gap that hold figures of rows named on its left, and no text in a row of figures."""
    columns = sorted({c for _, c in cells})
    rows: dict[int, dict[int, bool]] = {}
    for row, column in cells:
        rows.setdefault(row, {})[column] = sheet.kinds[row, column] in BODY
    named_by_numbers = _numbers_rows(sheet, columns[0], rows)
    figured = [r for r, own in rows.items() if any(sheet.kinds[r, c] == "number" for c in own)]
    found: list[int] = []
    for before, column in pairwise(columns):
        if not 1 < column - before <= WIDEST:
            continue
        own = [row for row in rows.values() if column in row]
        named = any(row[column] and any(c < column and not row[c] for c in row) for row in own) or (
            named_by_numbers and not _numbers_rows(sheet, column, rows)
        )
        first = min((r for r, row in rows.items() if row.get(column)), default=0)
        begun = [r for r in figured if r > first or any(rows[r][c] for c in rows[r] if c < column)]
        texts = any(not rows[r].get(column, True) for r in begun)  # what is over them are heads
        if named and not texts:
            found.append(column)
    return frozenset(found)


def _numbers_rows(sheet: Sheet, column: int, rows: dict[int, dict[int, bool]]) -> bool:
    """Tell whether the figures of a column name its rows: years, or numbers that rise by one."""
    cells = [(r, column) for r in sorted(rows) if rows[r].get(column)]
    values = [whole_number(sheet.grid.cells[at].text) for at in cells]
    rising = all(a is not None and b is not None and b - a == 1 for a, b in pairwise(values))
    return len(cells) > 2 and (rising or all(is_year(sheet, at) for at in cells))


def _settle(sheet: Sheet, cells: list[At]) -> list[Region | Text]:
    """Split a connected block into the texts alone on their row and the regions between them.

    A lone label keeps to the table around it when numbers follow at once: it titles a group of rows.
    """
    rows: dict[int, list[At]] = {}
    for at in sorted(cells):
        rows.setdefault(at[0], []).append(at)
    blocks: list[Region | Text] = []
    run: list[At] = []
    left = min(c for _, c in cells)
    order = list(rows)
    for index, row in enumerate(order):
        alone = len(rows[row]) == 1 and sheet.kinds[rows[row][0]] not in BODY
        if alone and run and rows[row][0][1] == left and is_total(sheet.grid.cells[rows[row][0]].text):
            alone = False  # a total without its figure
        if alone and _heads(rows, rows[row][0], order[index + 1 : index + 2]):
            blocks += _region(run)
            run = list(rows[row])
        elif alone and not (run and rows[row][0][1] == left and _goes_on(sheet, rows, order[index + 1 :])):
            blocks += _region(run)
            run = []
            at = rows[row][0]
            blocks.append(Text(at, sheet.grid.cells[at].text, sheet.kinds[at]))
        else:
            run += rows[row]
    return blocks + _region(run)


def _heads(rows: dict[int, list[At]], at: At, following: list[int]) -> bool:
    """Tell whether a lone label stands over the figures, to the right of the labels, of the next row."""
    return any(at[0] + 1 == r and len(rows[r]) > 1 and min(c for _, c in rows[r]) < at[1] for r in following)


def _goes_on(sheet: Sheet, rows: dict[int, list[At]], following: list[int]) -> bool:
    """Tell whether the next row with several cells is a body row, so that a table goes on there."""
    for row in following:
        kinds = [sheet.kinds[at] for at in rows[row]]
        if len(kinds) > 1:
            return any(k in BODY for k in kinds)
    return False


def _region(cells: list[At]) -> list[Region | Text]:
    if not cells:
        return []
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    return [Region(min(rows), min(columns), max(rows), max(columns))]


# Join what blank rows part: a boxhead and its body, a body and the rows that go on below.


def _join(sheet: Sheet, blocks: list[Region | Text]) -> list[Region | Text]:
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


def _unfold(sheet: Sheet, blocks: list[Region | Text]) -> list[Region | Text]:
    """Join the halves of a table that was folded in two, a blank column apart."""
    found: list[Region | Text] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(before, Region) and isinstance(block, Region) and _are_halves(sheet, before, block):
            found[-1] = Region(before.top, before.left, max(before.bottom, block.bottom), block.right)
        else:
            found.append(block)
    return found


def _are_halves(sheet: Sheet, one: Region, other: Region) -> bool:
    """Tell whether two regions side by side have the same heads and no label in common, and no total in the first."""
    if (one.top, one.right + 2) != (
        other.top,
        other.left,
    ) or one.right - one.left != other.right - other.left:
        return False
    heads = [
        [
            sheet.grid.cells[one.top, c].text
            for c in range(side.left, side.right + 1)
            if sheet.kinds.get((one.top, c)) == "label"
        ]
        for side in (one, other)
    ]
    first, second = (
        {
            sheet.grid.cells[r, side.left].text
            for r in range(side.top + 1, side.bottom + 1)
            if (r, side.left) in sheet.kinds
        }
        for side in (one, other)
    )
    whole = len(heads[0]) == one.right - one.left + 1 and heads[0] == heads[1]
    return whole and first.isdisjoint(second) and not any(map(is_total, first))


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
    if _goes_on_in_blocks(sheet, above, below, len(texts)) and all(map(_titles_block, texts)):
        return True
    if any(t.kind in APART for t in texts) or len(texts) > 1:
        return False
    if not _has_body(sheet, above):
        return below.top - above.bottom <= 3 and _has_body(sheet, below)
    if _ends_in_total(sheet, above):
        return False
    opens = any(sheet.kinds.get((below.top, c)) in BODY for c in range(below.left, below.right + 1))
    same = below.left >= above.left and below.right <= above.right
    wide = below.right > below.left
    return opens and same and wide and below.top - above.bottom <= 2 + len(texts)


def _goes_on_in_blocks(sheet: Sheet, above: Region, below: Region, titles: int) -> bool:
    """Tell whether figures without a boxhead follow others in the same columns, as a further block or the total of all.

    Right after a total they do, a row and the `titles` apart; further down they may be of something else.
    """
    first, total = (_figures_of_row(sheet, row, above) for row in (below.top, above.bottom))
    if len(first) < 2 or first != total or not above.left <= below.left < below.right <= above.right:
        return False
    named = all(  # a total without a label closes its table
        any((row, column) in sheet.kinds for column in range(above.left, min(first)))
        for row in (above.bottom, below.top)
    )
    heads = all(is_year(sheet, (below.top, column)) for column in first)
    reach = titles + (2 if _ends_in_total(sheet, above) else FURTHEST)
    return named and not heads and below.top - above.bottom <= reach


def _titles_block(text: Text) -> bool:
    """Tell whether a text between two blocks is the title of the second: a label, or a few words and a colon."""
    short = len(text.text.split()) <= LONGEST_TITLE and text.text.rstrip().endswith(":")
    return text.kind == "label" or (text.kind == "statement" and short)


def _figures_of_row(sheet: Sheet, row: int, region: Region) -> set[int]:
    """Return the columns of a region that hold figures in a row."""
    return {c for c in range(region.left, region.right + 1) if sheet.kinds.get((row, c)) in BODY}


def _ends_in_total(sheet: Sheet, region: Region) -> bool:
    """Tell whether the last row of a region is a total, so that nothing goes on below it."""
    last = ((region.bottom, column) for column in range(region.left, region.right + 1))
    label = next((sheet.grid.cells[at].text for at in last if sheet.kinds.get(at, "number") not in BODY), "")
    return is_total(label)


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
