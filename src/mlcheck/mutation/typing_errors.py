"""The typing errors that a person makes in a printed number, made on purpose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.numeral import NUMERAL, SPACES, Convention, digits_of
from mlcheck.model.document import Block, Cell, Grid, Locator
from mlcheck.model.figure import Place
from mlcheck.mutation.portions import Portion


class Numeral(Struct, frozen=True):
    """Digits in a text: where they stand, all of them in a row, how many are decimals, how they are set apart."""

    start: int
    end: int
    digits: str
    decimals: int
    group: str = ""
    mark: str = ","

    def written(self, digits: str) -> str:
        """Return other digits set as these are, the thousands apart where these are."""
        digits = digits.rjust(self.decimals + 1, "0")
        whole, rest = (digits[: -self.decimals], digits[-self.decimals :]) if self.decimals else (digits, "")
        if self.group:
            whole = f"{int(whole):,}".replace(",", self.group)
        return f"{whole}{self.mark}{rest}" if rest else whole


CONVENTIONS: tuple[Convention, ...] = ("fr", "en")
MAGNITUDES = (1, 10**3, 10**6, 10**9)  # by which a figure may differ from its digits: k€, M€, Md€


class Text(Struct, frozen=True):
    """A text of a document: its portion, its block there and, in a grid, its cell."""

    portion: int
    block: int
    at: tuple[int, int] | None
    text: str


class Mistypable(Struct, frozen=True):
    """Where a figure can be mistyped, and its digits there."""

    place: Place
    where: Text
    numeral: Numeral

    @property
    def alone(self) -> bool:
        """Whether the figure has its cell to itself, so that it can be left empty."""
        in_table = self.where.at is not None and self.place.table is not None
        return in_table and self.place.printed == self.where.text.strip()


def numerals(text: str, convention: Convention) -> Iterator[Numeral]:
    """Yield the numerals of a text that can be read, in order."""
    for match in re.finditer(NUMERAL, text):
        printed = match.group()
        cut = digits_of(printed, convention)
        if cut is None:
            continue
        whole, decimals = cut
        marks = re.findall(rf"[{SPACES}'’.,]", printed)
        group = marks[0] if len(marks) > bool(decimals) else ""
        mark = marks[-1] if decimals else ","
        yield Numeral(match.start(), match.end(), whole + decimals, len(decimals), group, mark)


def swapped(digits: str, chance: Random) -> str | None:
    """Exchange two neighbouring digits that differ."""
    at = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    return _one([digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in at], chance)


def changed(digits: str, chance: Random) -> str | None:
    """Put another digit in the place of one."""
    places = [(i, d) for i in range(len(digits)) for d in "0123456789" if d != digits[i]]
    return _one([digits[:i] + d + digits[i + 1 :] for i, d in places], chance)


def dropped(digits: str, chance: Random) -> str | None:
    """Leave a digit out."""
    return _one([digits[:i] + digits[i + 1 :] for i in range(len(digits))], chance)


def doubled(digits: str, chance: Random) -> str | None:
    """Type a digit twice."""
    return _one([digits[:i] + digits[i] + digits[i:] for i in range(len(digits)) if int(digits)], chance)


def one_off(digits: str, chance: Random) -> str | None:
    """Be one step of the last digit too high or too low."""
    return _one([_added(digits, 1), _added(digits, -1)], chance)


def ten_off(digits: str, chance: Random) -> str | None:
    """Be ten steps of the last digit too high or too low."""
    return _one([_added(digits, 10), _added(digits, -10)], chance)


def factor(digits: str, chance: Random) -> str | None:
    """Type a zero too many or too few."""
    fewer = [digits[:-1]] if digits.endswith("0") else []
    return _one([f"{digits}0", *fewer] if int(digits) else [], chance)


def emptied(digits: str, chance: Random) -> str | None:
    """Leave the cell empty."""
    return ""


KINDS: dict[str, Callable[[str, Random], str | None]] = {
    "swapped": swapped,
    "changed": changed,
    "dropped": dropped,
    "doubled": doubled,
    "one off": one_off,
    "ten off": ten_off,
    "factor": factor,
    "emptied": emptied,
}
"""Each kind of typing error with what makes it of digits: other digits, none in an emptied cell, None if it cannot."""


def _added(digits: str, steps: int) -> str:
    """Return the digits of a sum, as many as there were; nothing where it would be negative."""
    total = int(digits) + steps
    return str(total).rjust(len(digits), "0") if total >= 0 else ""


def _one(found: list[str], chance: Random) -> str | None:
    """Pick one of several that is a number a person could print: no needless zero before it."""
    tidy = [digits for digits in found if digits and (len(digits) == 1 or not digits.startswith("0"))]
    return chance.choice(tidy) if tidy else None


# The printed numbers of a document that can be mistyped, and the blocks with one of them mistyped.


def mistypables(portions: Sequence[Portion], places: Mapping[int, Place]) -> list[Mistypable]:
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
                found[place.figure] = Mistypable(place, where, numeral)
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


def mistyped(mistypable: Mistypable, blocks: tuple[Block, ...], digits: str) -> tuple[tuple[Block, ...], str]:
    """Return the blocks of a portion with other digits in a spot, and its new text; no digits empty the cell."""
    numeral, where = mistypable.numeral, mistypable.where
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
