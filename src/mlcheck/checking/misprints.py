"""The printed numbers of a document that can be mistyped, and the blocks with one of them mistyped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.places import Place
from mlcheck.checking.portions import Portion
from mlcheck.checking.typing_errors import Numeral, numerals
from mlcheck.model.document import Block, Cell, Grid, Locator
from mlcheck.numeral import Convention

CONVENTIONS: tuple[Convention, ...] = ("fr", "en")
MAGNITUDES = (1, 10**3, 10**6, 10**9)  # by which a figure may differ from its digits: k€, M€, Md€


class Text(Struct, frozen=True):
    """A text of a document: its portion, its block there and, in a grid, its cell."""

    portion: int
    block: int
    at: tuple[int, int] | None
    text: str


class Spot(Struct, frozen=True):
    """Where a figure can be mistyped, and its digits there."""

    place: Place
    where: Text
    numeral: Numeral

    @property
    def alone(self) -> bool:
        """Whether the figure has its cell to itself, so that it can be left empty."""
        in_table = self.where.at is not None and self.place.table is not None
        return in_table and self.place.printed == self.where.text.strip()


def spots(portions: Sequence[Portion], places: Mapping[int, Place]) -> list[Spot]:
    """Return where the numbers of a report can be mistyped, in the order of `places`.

    Left out are those written in words, and those whose digits stand in their sentence more than once.
    """
    texts = dict(_texts(portions))
    alike: dict[tuple[Locator, bool, object], list[Place]] = defaultdict(list)
    for place in places.values():
        if place.quantity is not None and place.locator in texts:
            alike[place.locator, place.claim is None, abs(place.quantity.value)].append(place)
    found = {}
    for (locator, in_table, _), own in alike.items():
        where = texts[locator]
        printed = _printing(where.text, own[0])
        if len(printed) == len(own) or (in_table and printed):
            for place, numeral in zip(own, printed, strict=False):
                found[place.figure] = Spot(place, where, numeral)
    return [found[figure] for figure in places if figure in found]


def _texts(portions: Sequence[Portion]) -> Iterator[tuple[Locator, Text]]:
    for number, portion in enumerate(portions):
        for index, block in enumerate(portion.blocks):
            if isinstance(block, Grid):
                for at, cell in block.cells.items():
                    yield block.locate(*at), Text(number, index, at, cell.text)
            else:
                yield block.locator, Text(number, index, None, block.text)


def _printing(text: str, place: Place) -> list[Numeral]:
    """Return the numerals of a text that print the value of a figure, be it in thousands."""
    value = abs(place.quantity.value) if place.quantity else None
    for magnitude in MAGNITUDES:
        for convention in CONVENTIONS:
            found = [
                one for one in numerals(text, convention)
                if value is not None and value * 10**one.decimals == int(one.digits) * magnitude
            ]  # fmt: skip
            if found:
                return found
    return []


def mistyped(spot: Spot, blocks: tuple[Block, ...], digits: str) -> tuple[tuple[Block, ...], str]:
    """Return the blocks of a portion with other digits in a spot, and its new text; no digits empty the cell."""
    numeral, where = spot.numeral, spot.where
    written = numeral.written(digits) if digits else ""
    text = where.text[: numeral.start] + written + where.text[numeral.end :]
    block = blocks[where.block]
    if isinstance(block, Grid):
        assert where.at is not None
        cells = dict(block.cells)
        if digits:
            cells[where.at] = _typed(cells[where.at], text, digits, numeral.decimals)
        else:
            del cells[where.at]
        changed: Block = replace(block, cells=cells)
    else:
        changed = replace(block, text=text)
    return (*blocks[: where.block], changed, *blocks[where.block + 1 :]), written


def _typed(cell: Cell, text: str, digits: str, decimals: int) -> Cell:
    """Return a cell with another text, and another number where it stores one."""
    if cell.number is None:
        return replace(cell, text=text)
    number = Decimal(digits).scaleb(-decimals)
    return replace(cell, text=text, number=number.copy_sign(cell.number))
