"""The typing errors that a person makes in a printed number, made on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from msgspec import Struct

from mlcheck.numeral import NUMERAL, SPACES, Convention, digits_of


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
