"""Read lines on which label and figures stand several times side by side: "Lille 8 Lens 4"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.layout.candidates.rows import FARTHEST, BodyRow
from mlcheck.layout.figures import cut_line, kind_of_token
from mlcheck.layout.lines import Parsed
from mlcheck.layout.readings import is_cell, unit_of
from mlcheck.layout.wording import BULLET, has_verb, is_open, is_prose
from mlcheck.layout.words_of_lines import Token, printed

MOST_PIECES = 4


class Fold(Struct, frozen=True):
    """Lines of `width` pairs, the last perhaps of fewer; `rows[i]` are the pieces of `lines[i]`."""

    lines: tuple[int, ...]
    rows: tuple[tuple[BodyRow, ...], ...]

    @property
    def width(self) -> int:
        """How many labels stand on a line."""
        return len(self.rows[0])


FEWEST = 3  # lines; two will do where all are percentages
LONGEST_LABEL = 4  # words; a longer text after a number is a sentence


class FigureFirst(Struct, frozen=True):
    """A line with its figure and the label after it."""

    at: int
    figure: tuple[Token, ...]
    label: tuple[Token, ...]


def folds_of(lines: Sequence[Parsed]) -> Iterator[Fold]:
    """Yield the stretches of two and more lines with as many labels, each with its figures."""
    at = 0
    while at < len(lines):
        fold = _fold(lines, at) if lines[at].kind == "row" else None
        if fold is not None:
            yield fold
        at = fold.lines[-1] + 1 if fold is not None else at + 1


def _fold(lines: Sequence[Parsed], start: int) -> Fold | None:
    first = _pieces(lines[start], start)
    if len(first) < 2:
        return None
    indexes, rows, at, blanks = [start], [first], start + 1, 0
    while at < len(lines) and blanks <= FARTHEST and lines[at].kind in ("blank", "row"):
        blanks = blanks + 1 if lines[at].kind == "blank" else 0
        if lines[at].kind == "row":
            pieces = _pieces(lines[at], at) or (BodyRow((at,), lines[at].label, lines[at].tail),)
            if len(pieces) > len(first) or not all(piece.label for piece in pieces):
                break
            indexes.append(at)
            rows.append(pieces)
            if len(pieces) < len(first):
                break
        at += 1
    fold = Fold(tuple(indexes), tuple(rows))
    return fold if _is_fold(fold) else None


def _is_fold(fold: Fold) -> bool:
    """Tell whether each inner column prints numbers for the most part: "/" may stand within a label."""
    full = [row for row in fold.rows if len(row) == fold.width]
    if len(full) < 2:
        return False
    inner = [[row[at] for row in full] for at in range(fold.width - 1)]
    return all(sum(map(_has_number, column)) * 2 > len(column) for column in inner)


def _has_number(row: BodyRow) -> bool:
    return row.tail is not None and any(
        not c.is_mark and any(map(is_digits, c.text)) for c in row.tail.chunks
    )


def _pieces(line: Parsed, at: int) -> tuple[BodyRow, ...]:
    """Cut a line after each figure that a capital letter follows; none where a piece has no label or figure."""
    tokens = line.strip.tokens
    if BULLET.match(line.strip.text):
        return ()
    bounds = [0, *(i for i in range(1, len(tokens)) if _starts_again(tokens, i)), len(tokens)]
    if not 2 < len(bounds) <= MOST_PIECES + 1:
        return ()
    pieces: list[BodyRow] = []
    for a, b in pairwise(bounds):
        label, tail = cut_line(tokens[a:b])
        if not label or tail is None or is_open(label[-1]) or is_prose(printed(label)):
            return ()
        pieces.append(BodyRow((at,), label, tail))
    return tuple(pieces)


def _starts_again(tokens: Sequence[Token], at: int) -> bool:
    text = tokens[at].text
    return (
        text[:1].isupper()
        and kind_of_token(text) is None
        and kind_of_token(tokens[at - 1].text) in ("number", "mark", "unit", "sign")
    )


# Read lists whose figures stand before their labels: "45 % Femmes", "55 % Hommes".


def figure_first_lists(lines: Sequence[Parsed]) -> Iterator[list[FigureFirst]]:
    """Yield the lists of lines that follow one another, each a figure of one unit and a label."""
    run: list[FigureFirst] = []
    for at, line in enumerate(lines):
        if line.kind == "blank":
            continue
        item = _figure_first(line, at)
        if run and item is not None and at - run[-1].at <= FARTHEST and _alike(run[0], item):
            run.append(item)
            continue
        if _is_list(run):
            yield run
        run = [item] if item is not None else []
    if _is_list(run):
        yield run


def _figure_first(line: Parsed, at: int) -> FigureFirst | None:
    """Return the figure and the label of a line that starts with one; None for a sentence or an item."""
    tokens = line.strip.tokens
    if (
        line.tail is not None
        or not tokens
        or len(tokens) > 2 * LONGEST_LABEL
        or BULLET.match(line.strip.text)
    ):
        return None
    start = next((i for i, token in enumerate(tokens) if kind_of_token(token.text) is None), len(tokens))
    figure, label = tokens[:start], tokens[start:]
    if not figure or not label or len(label) > LONGEST_LABEL or not is_cell(figure) or not unit_of(figure):
        return None
    text = printed(label)
    sound = text[:1].isupper() and not any(map(is_digits, text)) and not text.endswith((".", ":", ","))
    return FigureFirst(at, figure, label) if sound and not has_verb(text) and not is_open(label[-1]) else None


def _alike(one: FigureFirst, other: FigureFirst) -> bool:
    return unit_of(one.figure) == unit_of(other.figure)


def _is_list(run: Sequence[FigureFirst]) -> bool:
    """Tell whether lines are a list: several, each label once."""
    if len({printed(item.label) for item in run}) < len(run):
        return False
    return len(run) >= FEWEST or (len(run) > 1 and unit_of(run[0].figure) == "%")
