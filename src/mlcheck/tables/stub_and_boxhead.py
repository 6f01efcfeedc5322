"""Tell boxhead, stub and body of a region apart, and give every body cell its entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import is_about, measured_in, whole_number
from mlcheck.language.roles import is_total, magnitude_of, scenario_of, statistic_of
from mlcheck.language.words import fold
from mlcheck.layout.kinds import BODY, Kind, is_unit_line, opens_as_unit
from mlcheck.layout.sheet import At, Region, Sheet, is_year
from mlcheck.model.document import Merge

_CODE = re.compile(
    r"[^a-zà-ÿ]{1,12}|\(?[^a-zà-ÿ]{1,8}\)? (?:\w|\w\w) \(?[^a-zà-ÿ]{1,12}\)?(?:, \(?[^a-zà-ÿ]{1,8}\)?)*"
)


class Layout(Struct, frozen=True):
    """The parts of a region: `head` and `body` are sheet rows, `stub` and `data` sheet columns.

    `codes` are the columns of the stub that number its rows beside their labels, `code_row` is the row of the boxhead
    that does so under those of the columns, `headnote` says in what unit all of its figures are.
    """

    region: Region
    head: tuple[int, ...]
    body: tuple[int, ...]
    stub: tuple[int, ...]
    data: tuple[int, ...]
    codes: tuple[int, ...] = ()
    code_row: int | None = None
    headnote: str = ""


def lay_out(sheet: Sheet, region: Region) -> Layout | None:
    """Return the layout of a region, or None where it has no body cell."""
    rows = range(region.top, region.bottom + 1)
    columns = range(region.left, region.right + 1)
    start = _body_start(sheet, rows, columns)
    if start is None:
        return None
    start = _with_rows_above(sheet, rows, columns, start)
    body = tuple(r for r in rows if r >= start and any((r, c) in sheet.kinds for c in columns))
    head = tuple(r for r in rows if r < start)
    stub = _stub(sheet, head, body, columns)
    data = tuple(
        c for c in columns if c not in stub and not _is_text_column(sheet, body, c)
        and (any(sheet.kinds.get((r, c)) in BODY for r in body) or _is_emptied(sheet, head, body, c))
    )  # fmt: skip
    if not data:
        return None
    note = _headnote(sheet, head, stub, data)
    over = tuple(r for r in head if note is None or r != note[0] or note[1] in stub)
    text = "" if note is None else _plain(sheet.grid.cells[note].text)
    return Layout(
        region, over, body, stub, data, _codes(sheet, head, body, stub), _code_row(sheet, over, data), text
    )


def _code_row(sheet: Sheet, head: Sequence[int], data: Sequence[int]) -> int | None:
    """Return the last row of a boxhead where it holds the codes of columns that all have labels of their own above."""
    if len(head) < 2:
        return None
    row = head[-1]
    own = {c: sheet.grid.cells[row, c].text.strip() for c in data if (row, c) in sheet.kinds}
    over = {c for r in head[:-1] for c in data if sheet.kinds.get((r, c)) == "label"}
    coded = [text for c, text in own.items() if c in over]
    named = all(is_total(text) for c, text in own.items() if c not in over)
    codes = len(coded) > 2 and len(set(coded)) == len(coded) and all(map(_CODE.fullmatch, coded))
    return row if codes and named and any(map(is_digits, "".join(coded))) else None


def _headnote(sheet: Sheet, head: Sequence[int], stub: Sequence[int], data: Sequence[int]) -> At | None:
    """Return the text of a boxhead that gives the unit of the whole table: over the labels, or alone on its row.

    Alone over a last column of shares or changes, "en %" is of that column.
    """
    for row in head:
        filled = [(row, c) for c in (*stub, *data) if (row, c) in sheet.kinds]
        for at in filled:
            text = sheet.grid.cells[at].text
            if not is_unit_line(text) or any(_covers(m, *at) for m in sheet.merged.get(at[0], ())):
                continue
            if at[1] in stub:
                if opens_as_unit(text):
                    return at
                continue
            alone = len(filled) == 1 and row != head[-1] and len(data) > 1
            of_column = at[1] != data[0] and magnitude_of(text) == 1
            if alone and not of_column:
                return at
    return None


def _with_rows_above(sheet: Sheet, rows: range, columns: range, start: int) -> int:
    """Return the first row of the body, with the rows above it that hold a label and no figure.

    They belong to the body where a boxhead stands over them: a first row of "/" or of forgotten figures, or
    a title over the first lines.
    """
    heads = [r for r in rows if r < start and any((r, c) in sheet.kinds for c in columns[1:])]
    first = start
    for row in range(start - 1, rows.start, -1):
        kinds = [sheet.kinds[row, c] for c in columns[1:] if (row, c) in sheet.kinds]
        labelled = sheet.kinds.get((row, columns[0])) == "label"
        if (
            not labelled
            or any(k == "number" or k not in BODY for k in kinds)
            or not any(r < row for r in heads)
            or not _headed(sheet, columns, row)
        ):
            break
        first = row
    return first


def _headed(sheet: Sheet, columns: range, row: int) -> bool:
    """Tell whether each "< 25" or "env. 40" of a row stands right under a text, as does its label: else they are heads."""
    about = [c for c in columns[1:] if (row, c) in sheet.kinds and is_about(sheet.grid.cells[row, c].text)]
    return not about or all(sheet.kinds.get((row - 1, c)) == "label" for c in (columns[0], *about))


def _is_emptied(sheet: Sheet, head: tuple[int, ...], body: tuple[int, ...], column: int) -> bool:
    """Tell whether the only figure under a head is missing: the blank of a single row among others."""
    return len(body) == 1 and bool(head) and sheet.kinds.get((head[-1], column)) == "label"


def _body_start(sheet: Sheet, rows: range, columns: range) -> int | None:
    """Return the first row with a figure of the body; a row of years or of column numbers is boxhead."""
    for row in rows:
        kinds = [(c, sheet.kinds[row, c]) for c in columns if (row, c) in sheet.kinds]
        figures = [c for c, kind in kinds if kind == "number"]
        if not figures:
            continue
        texts = [c for c, kind in kinds if kind not in BODY]
        if texts and figures == [columns[0]] and len(texts) == len(kinds) - 1:
            continue  # a numbered title over its boxhead
        if all(is_year(sheet, (row, c)) for c in figures) and (
            _heads_years(sheet, row, figures, texts, rows)
            or _spans(sheet, row, figures, texts, rows, columns)
        ):
            continue
        if _numbers_columns(sheet, row, figures, texts, rows):
            continue
        among = len(texts) > len(figures) and len(figures) == 1 and texts[0] < figures[0] < texts[-1]
        if among and _heads_figures(sheet, rows, row, [c for c in texts if c > figures[0]]):
            continue  # one number among labels: a class limit in a boxhead
        return row
    return None


def _numbers_columns(sheet: Sheet, row: int, figures: list[int], texts: list[int], rows: range) -> bool:
    """Tell whether a row numbers its columns, one after the other, up to the name of a total or a mean: "1 | 2 | 3 | Total"."""
    values = [whole_number(sheet.grid.cells[row, c].text) for c in figures]
    run = all(b is not None and a is not None and b - a == 1 for a, b in pairwise(values))
    after = [sheet.grid.cells[row, c].text for c in texts if c > figures[-1]]
    named = bool(after) and (is_total(after[0]) or statistic_of(after[0]) is not None)
    below = any(sheet.kinds.get((r, c)) == "number" for r in rows if r > row for c in figures)
    return len(values) > 2 and run and named and below


def _heads_figures(sheet: Sheet, rows: range, row: int, columns: Sequence[int]) -> bool:
    """Tell whether one of some columns holds a number below a row: its text there heads it, and is no remark."""
    return any(sheet.kinds.get((r, c)) == "number" for r in rows if r > row for c in columns)


def _names_years(sheet: Sheet, row: int, column: int) -> bool:
    return fold(sheet.grid.cells[row, column].text) in _year_words()


def _heads_years(sheet: Sheet, row: int, figures: list[int], texts: list[int], rows: range) -> bool:
    """Tell whether a row of years is boxhead: several years, or one beside the word, over other figures.

    Under spanners the same years come again.
    """
    if not texts:
        return len(figures) > 1
    if _names_years(sheet, row, texts[0]):
        return True
    years = [sheet.grid.cells[row, c].text.strip() for c in figures]
    below = [(r, c) for r in rows if r > row for c in figures if sheet.kinds.get((r, c)) == "number"]
    others = sum(not is_year(sheet, at) for at in below)
    enough = len(figures) > 1 or len(below) > 2
    spanned = any((r, c) in sheet.kinds for r in range(rows.start, row) for c in figures)
    return (spanned or len(set(years)) == len(years)) and enough and others * 2 > len(below)


def _spans(sheet: Sheet, row: int, figures: list[int], texts: list[int], rows: range, columns: range) -> bool:
    """Tell whether a row of years heads one of labels: the next row, without a figure, has several for what stands right.

    One year alone on its row is a spanner or a title.
    """
    below = next((r for r in rows if r > row and any((r, c) in sheet.kinds for c in columns)), None)
    heads = [c for c in columns if below is not None and (below, c) in sheet.kinds]
    if len(heads) < 2 or any(sheet.kinds[below, c] in BODY for c in heads):  # type: ignore[index]
        return False
    if texts:
        return texts[-1] > figures[0] and sum(c > columns[0] for c in heads) > 1
    return len(figures) == 1


@cache
def _year_words() -> frozenset[str]:
    return frozenset(fold(w) for w in lexicon().years)


def _stub(sheet: Sheet, head: tuple[int, ...], body: tuple[int, ...], columns: range) -> tuple[int, ...]:
    """Return the leading columns of labels: text, or numbers that name a row (years, codes, ranks)."""
    stub: list[int] = []
    for column in columns:
        first = not stub
        if _is_text_column(sheet, body, column, first=first) or _is_naming_column(
            sheet, head, body, column, first=first, last=column == columns[-1]
        ):
            stub.append(column)
        elif any((r, column) in sheet.kinds for r in body):
            break
    figures_left = any(sheet.kinds.get((r, c)) in BODY for r in body for c in columns if c not in stub)
    return tuple(stub) if figures_left else tuple(stub[:-1])


def _codes(sheet: Sheet, head: Sequence[int], body: Sequence[int], stub: Sequence[int]) -> tuple[int, ...]:
    """Return the columns of codes of a stub, none of which comes twice, where another column holds the labels."""
    found = []
    for column in stub:
        cells = [(r, column) for r in body if (r, column) in sheet.kinds]
        numbers = [at for at in cells if sheet.kinds[at] == "number"]
        texts = [sheet.grid.cells[at].text.strip() for at in cells]
        headed = any(
            _names_code(sheet.grid.cells[r, column].text) for r in head if (r, column) in sheet.kinds
        )
        numeric = len(numbers) * 2 > len(cells) and not any(is_year(sheet, at) for at in numbers)
        if (headed or numeric) and len(set(texts)) == len(texts):
            found.append(column)
    return tuple(found) if len(found) < len(stub) else ()


def _is_text_column(sheet: Sheet, body: tuple[int, ...], column: int, *, first: bool = False) -> bool:
    """Tell whether most cells of a column are text; in the `first`, classes that are open on one side too ("< 25")."""
    cells = [(r, column) for r in body if (r, column) in sheet.kinds]
    texts = sum(
        sheet.kinds[at] not in BODY or (first and is_about(sheet.grid.cells[at].text)) for at in cells
    )
    return texts * 2 > len(cells)


def _is_naming_column(
    sheet: Sheet, head: tuple[int, ...], body: tuple[int, ...], column: int, *, first: bool, last: bool
) -> bool:
    """Tell whether a column of numbers names its rows: years, codes, or a run of ranks or classes."""
    cells = [(r, column) for r in body if (r, column) in sheet.kinds]
    if not cells or any(sheet.kinds[at] not in ("number", "label") for at in cells):
        return False
    heads = [sheet.grid.cells[r, column].text for r in head if (r, column) in sheet.kinds]
    title = fold(" ".join(heads))
    numbers = [at for at in cells if sheet.kinds[at] == "number"]
    years = len(numbers) > 1 and all(is_year(sheet, at) for at in numbers)
    if years and (first or title in _year_words()):
        return True
    if any(map(_names_code, heads)) and all(scenario_of(text) is None for text in heads):
        return True
    if not first or len(body) < 2 or last:
        return False
    texts = [sheet.grid.cells[at].text for at in numbers]
    if _names_its_total(sheet, cells) or all(map(measured_in, texts)):
        return True
    if any("%" in t or "€" in t or "," in t or " " in t.strip() for t in texts):
        return False
    if numbers and _is_text_column(sheet, body, column + 1) and _has_figures_beyond(sheet, body, column + 1):
        return True
    values = [number for t in texts if (number := whole_number(t)) is not None]
    if len(values) == len(texts) and numbers and _heads_rows(heads):
        return True
    falling = len(values) > 2 and all(a - b == 1 for a, b in pairwise(values))
    if falling and len(values) == len(texts) and heads:
        return True
    rising = len(values) == len(texts) and all(a < b for a, b in pairwise(values))
    return (rising and len(cells) > len(numbers)) or (
        rising and len(values) > 2 and values[-1] - values[0] < 3 * len(values)
    )


def _has_figures_beyond(sheet: Sheet, body: tuple[int, ...], column: int) -> bool:
    """Tell whether figures stand right of a column of text in most rows that have one, and no text right of them."""
    named = [r for r in body if (r, column) in sheet.kinds]
    right = [[sheet.kinds.get((r, c)) for c in (column + 1, column + 2)] for r in named]
    return sum(beside[0] == "number" for beside in right) * 2 > len(named) and not all(
        beside[1] not in (None, *BODY) for beside in right
    )


def _names_its_total(sheet: Sheet, cells: Sequence[At]) -> bool:
    """Tell whether the last text of a column is a total's name beside a figure: what stands over it names rows too."""
    labels = [at for at in cells if sheet.kinds[at] == "label"]
    return (
        bool(labels)
        and all(is_total(sheet.grid.cells[at].text) for at in labels)
        and any(
            sheet.kinds.get((labels[-1][0], c)) == "number"
            for c in range(labels[-1][1] + 1, labels[-1][1] + 3)
        )
    )


def _heads_rows(heads: Sequence[str]) -> bool:
    """Tell whether a head is one of row labels and of no figures: "Département", "Âge"."""
    words = fold(" ".join(heads)).split()
    return len(words) == 1 and words[0] in _stub_words()


@cache
def _stub_words() -> frozenset[str]:
    lines = lexicon().lines
    return frozenset(map(fold, lines.stub)) - frozenset(map(fold, lines.measured))


def _names_code(head: str) -> bool:
    """Tell whether a head says that its column holds codes; a single letter does where it opens the head ("N° d'ordre")."""
    words = fold(head).split()
    return any(word in _code_words() and (len(word) > 1 or not n) for n, word in enumerate(words))


@cache
def _code_words() -> frozenset[str]:
    return frozenset(fold(w) for w in lexicon().measures.code)


def heads_of(sheet: Sheet, layout: Layout, column: int) -> list[str]:
    """Return the boxhead texts over a column, spanners first; a merged spanner serves all it covers."""
    texts: list[str] = []
    for row in layout.head:
        if row == layout.code_row and texts:
            continue
        text = _covering(sheet, layout, row, column)
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return texts


def stub_head(sheet: Sheet, layout: Layout) -> str:
    """Return the text that stands over the row labels, nearest to them; none where there is none."""
    at = ((row, column) for row in reversed(layout.head) for column in reversed(layout.stub))
    return next((_plain(sheet.grid.cells[one].text) for one in at if sheet.kinds.get(one) == "label"), "")


def column_codes(sheet: Sheet, layout: Layout, column: int) -> tuple[str, ...]:
    """Return the code that stands under the labels of a column."""
    row = layout.code_row
    if row is None or (row, column) not in sheet.kinds or len(heads_of(sheet, layout, column)) < 1:
        return ()
    text = _plain(sheet.grid.cells[row, column].text)
    return () if heads_of(sheet, layout, column)[-1] == text else (text,)


def _covering(sheet: Sheet, layout: Layout, row: int, column: int) -> str:
    """Return the boxhead text that stands over a cell: its own, its merge's, or the spanner to its left."""
    if (row, column) in sheet.kinds:
        return _plain(sheet.grid.cells[row, column].text)
    for merge in sheet.merged.get(row, ()):
        if _covers(merge, row, column) and (merge.top, merge.left) in sheet.kinds:
            return _plain(sheet.grid.cells[merge.top, merge.left].text)
    if row == _label_row(layout) or _is_merged_row(sheet.merged.get(row, ()), row):
        return ""
    for left in range(column - 1, layout.region.left - 1, -1):
        if (row, left) in sheet.kinds:
            below = [r for r in layout.head if r > row]
            own = any((r, column) in sheet.kinds for r in below)
            return _plain(sheet.grid.cells[row, left].text) if own and left not in layout.stub else ""
    return ""


def _label_row(layout: Layout) -> int:
    """Return the row of a boxhead that labels each column by itself."""
    return layout.head[-2] if layout.code_row is not None else layout.head[-1]


def _covers(merge: Merge, row: int, column: int) -> bool:
    return merge.top <= row <= merge.bottom and merge.left <= column <= merge.right


def _is_merged_row(merges: Iterable[Merge], row: int) -> bool:
    return any(m.top <= row <= m.bottom and m.right > m.left for m in merges)


def _plain(text: str) -> str:
    return " ".join(text.split())


def stub_texts(sheet: Sheet, layout: Layout, row: int) -> list[str]:
    """Return the labels of a row, its leading spaces kept in the first."""
    return [
        sheet.grid.cells[row, c].text.rstrip() for c in naming(sheet, layout, row) if (row, c) in sheet.kinds
    ]


def naming(sheet: Sheet, layout: Layout, row: int) -> tuple[int, ...]:
    """Return the columns of the stub that name a row: not those of codes, but where nothing else does."""
    named = tuple(c for c in layout.stub if c not in layout.codes)
    return named if any((row, c) in sheet.kinds for c in named) else layout.stub


def codes_of(sheet: Sheet, layout: Layout, row: int) -> tuple[str, ...]:
    """Return the codes that stand beside the label of a row."""
    named = naming(sheet, layout, row)
    own = [(row, c) for c in layout.codes if c not in named]
    return tuple(_plain(sheet.grid.cells[at].text) for at in own if at in sheet.kinds)


def state_cells(sheet: Sheet, layout: Layout) -> Iterator[tuple[At, Kind | None]]:
    """Yield every body position with its kind; None is a blank."""
    for row in layout.body:
        for column in layout.data:
            yield (row, column), sheet.kinds.get((row, column))


def repeats_head(sheet: Sheet, layout: Layout, at: At) -> bool:
    """Tell whether a text in the body is the head of its column once more, over another group of rows."""
    text, column = fold(sheet.grid.cells[at].text), at[1]
    heads = [sheet.grid.cells[r, column].text for r in layout.head if (r, column) in sheet.kinds]
    return bool(text) and any(fold(head) == text for head in heads)


# Unfold what a page sets side by side: label and figures, then again label and figures.


def unfold(sheet: Sheet, region: Region) -> list[Layout]:
    """Return the layouts of a region: one, or one for each label column that starts anew to the right."""
    layout = lay_out(sheet, region)
    if layout is None:
        return []
    below = _second_boxhead(sheet, layout)
    if below is not None:
        above = Region(region.top, region.left, below - 1, region.right)
        rest = Region(below, region.left, region.bottom, region.right)
        return unfold(sheet, above) + unfold(sheet, rest)
    again = _second_stub(sheet, layout)
    if again is None:
        return [layout]
    left = Region(region.top, region.left, region.bottom, again - 1)
    right = Region(region.top, again, region.bottom, region.right)
    return unfold(sheet, left) + unfold(sheet, right)


def _second_boxhead(sheet: Sheet, layout: Layout) -> int | None:
    """Return the first row among figures that heads those under it anew: other texts over each column, and over the stub."""
    for at, row in enumerate(layout.body[1:], 1):
        heads = [c for c in layout.data if sheet.kinds.get((row, c)) == "label"]
        texts = {fold(sheet.grid.cells[row, c].text) for c in heads}
        under = layout.body[at + 1 : at + 3]
        if (
            len(heads) > 1
            and len(texts) == len(heads) == len([c for c in layout.data if (row, c) in sheet.kinds])
            and any(sheet.kinds.get((row, c)) == "label" for c in layout.stub)
            and not any(repeats_head(sheet, layout, (row, c)) for c in heads)
            and not any(map(is_digits, "".join(texts)))
            and len(under) == 2
            and all(sheet.kinds.get((r, c)) == "number" for r in under for c in heads)
        ):
            return row
    return None


def _second_stub(sheet: Sheet, layout: Layout) -> int | None:
    """Return the first column of labels to the right of figures that has figures to its own right.

    A side that is shorter than the other has neither labels nor figures in the rows that it leaves empty.
    """
    if not layout.stub:
        return None
    for column in range(layout.data[0] + 1, layout.region.right):
        labels = [r for r in layout.body if (r, column) in sheet.kinds and sheet.kinds[r, column] not in BODY]
        texts = {sheet.grid.cells[r, column].text for r in labels}
        beyond = range(column + 1, layout.region.right + 1)
        figured = [r for r in labels if any(sheet.kinds.get((r, c)) in BODY for c in beyond)]
        if not figured or len(texts) < len(labels):
            continue
        others = [r for r in layout.body if r not in labels]
        empty = all((r, c) not in sheet.kinds for r in others for c in (column, *beyond))
        if len(labels) * 10 >= len(layout.body) * 6 or (empty and len(figured) == len(labels) > 1):
            return column
    return None


def same_heads(sheet: Sheet, layouts: list[Layout]) -> bool:
    """Tell whether side-by-side parts continue one table: the same boxhead over each, or none over all."""
    heads = [
        [
            sheet.grid.cells[r, c].text.strip().casefold()
            for r in lay.head
            for c in (*lay.stub, *lay.data)
            if (r, c) in sheet.kinds
        ]
        for lay in layouts
    ]
    widths = {len(lay.data) for lay in layouts}
    later = [h for h in heads[1:] if h]
    return len(widths) == 1 and all(h == heads[0] for h in later)
