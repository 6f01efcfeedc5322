"""Tell by place which column each figure stands in, where gaps part the cells of a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.layout.candidates.rows import BodyRow
from mlcheck.layout.figures import Chunk, Tail
from mlcheck.layout.readings import Printed, Reading, is_cell

NEAR = 2.0  # widths of a figure between two cells of one column, such as "/" beside right-aligned numbers
Span = tuple[float, float]


class Placing(Struct, frozen=True):
    """The reading of each row by place, None where it stays open, and where the columns stand."""

    readings: tuple[Reading | None, ...]
    spans: tuple[Span, ...]


class _Row(Struct, frozen=True):
    """A row as its gaps cut it: `taken` chunks end its label, `cells` hold the others."""

    taken: int
    cells: tuple[tuple[Chunk, ...], ...]


def has_gaps(rows: Sequence[BodyRow]) -> bool:
    """Tell whether gaps part the figures of most rows from one another or from their label."""
    tails = [row.tail for row in rows if row.tail is not None]
    return sum(tail.has_gaps for tail in tails) * 2 > len(tails)


def place(rows: Sequence[BodyRow]) -> Placing | None:
    """Return the columns of rows whose cells gaps part; None where the cells make no columns."""
    cut = [_cut(row.tail, bool(row.label)) if row.tail is not None else None for row in rows]
    filled = [row for row in cut if row is not None]
    unit = _unit([cell for row in filled for cell in row.cells])
    spans = _spans(filled, NEAR * unit)
    counts = Counter(len(row.cells) for row in filled)
    most, borne = counts.most_common(1)[0]
    if len(spans) != most and borne == len(filled):
        spans = [_around([row.cells[at] for row in filled]) for at in range(most)]
        return Placing(tuple(_in_order(row) for row in cut), tuple(spans))
    if any(len(_columns_of(row, spans)) < len(row.cells) for row in filled if len(row.cells) == most):
        return None
    readings = [_reading(source, row, spans, unit) for source, row in zip(rows, cut, strict=True)]
    return Placing(tuple(readings), tuple(spans))


def widest(rows: Sequence[BodyRow]) -> list[Span]:
    """Return where the cells of the row with most of them stand."""
    cut = [_cut(row.tail, bool(row.label)) for row in rows if row.tail is not None]
    return [_around([cell]) for cell in max(cut, key=lambda row: len(row.cells)).cells]


def in_order(rows: Sequence[BodyRow]) -> list[Reading] | None:
    """Return the reading of rows whose gaps part them into as many cells each, None where they do not."""
    cut = [_cut(row.tail, bool(row.label)) for row in rows if row.tail is not None]
    counts = {len(row.cells) for row in cut}
    return [_in_order(row) for row in cut] if len(cut) == len(rows) and len(counts) == 1 else None


def _cut(tail: Tail, labelled: bool) -> _Row:
    """Cut the figures of a row at its gaps; those before the first gap end the label, if it has one."""
    first = next((i for i, chunk in enumerate(tail.chunks) if chunk.tokens[0].wide), 0)
    taken = first if labelled else 0
    cells: list[list[Chunk]] = []
    for index in range(taken, len(tail.chunks)):
        if cells and index > taken and tail.may[index - 1]:
            cells[-1].append(tail.chunks[index])
        else:
            cells.append([tail.chunks[index]])
    return _Row(taken, tuple(tuple(cell) for cell in cells))


def _unit(cells: Sequence[tuple[Chunk, ...]]) -> float:
    """Return the width of a figure."""
    widths = sorted(
        (t.right - t.left) / len(t.text) for cell in cells for chunk in cell for t in chunk.tokens
    )
    return widths[len(widths) // 2] if widths else 1.0


def _around(cells: Sequence[tuple[Chunk, ...]]) -> Span:
    return min(cell[0].tokens[0].left for cell in cells), max(cell[-1].tokens[-1].right for cell in cells)


def _spans(rows: Sequence[_Row], near: float) -> list[Span]:
    """Return where the columns stand: cells one over another, or nearly so and never on one line."""
    cells = sorted((_around([cell]), at) for at, row in enumerate(rows) for cell in row.cells)
    groups: list[tuple[Span, set[int]]] = []
    for (left, right), at in cells:
        if groups and left < groups[-1][0][1]:
            (start, end), members = groups[-1]
            members.add(at)
            groups[-1] = (start, max(end, right)), members
        else:
            groups.append(((left, right), {at}))
    joined: list[tuple[Span, set[int]]] = []
    for (left, right), members in groups:
        if joined and left <= joined[-1][0][1] + near and joined[-1][1].isdisjoint(members):
            (start, _), others = joined[-1]
            joined[-1] = (start, right), others | members
        else:
            joined.append(((left, right), members))
    return [span for span, _ in joined]


def _columns_of(row: _Row, spans: Sequence[Span]) -> set[int]:
    return {at for cell in row.cells for at in _over(_around([cell]), spans)}


def _over(span: Span, spans: Sequence[Span]) -> list[int]:
    """Return the columns that a cell stands over."""
    return [at for at, (left, right) in enumerate(spans) if left < span[1] and span[0] < right]


def _in_order(row: _Row | None) -> Reading:
    return Reading(row.taken, tuple(_printed(cell) for cell in row.cells)) if row else Reading(0, ())


def _printed(cell: Sequence[Chunk]) -> Printed:
    return tuple(token for chunk in cell for token in chunk.tokens)


def _reading(row: BodyRow, cut: _Row | None, spans: Sequence[Span], unit: float) -> Reading | None:
    """Return a row with each of its cells in the column it stands over, None where one stands over none."""
    if cut is None or row.tail is None:
        return Reading(0, ())
    placed: dict[int, Printed] = {}
    for part in _parts(cut.cells, spans):
        over = _over(_around([part]), spans)
        if len(over) != 1 or over[0] in placed or not is_cell(_printed(part)):
            return None
        placed[over[0]] = _printed(part)
    taken = cut.taken
    early = row.tail.chunks[:taken]
    if early and 0 not in placed and spans[0][0] - unit < _around([early])[1] and early[0].precedes:
        placed[0], taken = _printed(early), 0  # a long label has closed the gap before the first figure
    return Reading(taken, tuple(placed.get(at, ()) for at in range(len(spans))))


def _parts(cells: Sequence[tuple[Chunk, ...]], spans: Sequence[Span]) -> Iterator[tuple[Chunk, ...]]:
    """Yield the cells of a row, cut again where one stands over two columns."""
    for cell in cells:
        start = 0
        for at in range(1, len(cell)):
            before, after = _over(_around([cell[start:at]]), spans), _over(_around([cell[at:]]), spans)
            if len(before) == 1 and after and before[0] not in after:
                yield cell[start:at]
                start = at
        yield cell[start:]
