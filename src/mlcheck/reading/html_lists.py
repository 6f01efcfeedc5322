"""The marks that a browser prints before the items of a list."""

from __future__ import annotations

import re

from msgspec import Struct

from mlcheck.reading.html_tokens import Tag

BULLET = "•"
_INTEGER = re.compile(r"\s*([+-]?\d{1,6})(?!\d)")
_ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
_ROMAN_END = 4000


class Enumeration(Struct):
    """A list under way; `number` is that of its last item, None where no item has one."""

    number: int | None = None
    style: str = "1"

    def mark(self, item: Tag) -> str:
        """Return the mark of the next item."""
        if self.number is None:
            return BULLET
        value = _INTEGER.match(item.attributes.get("value", ""))
        self.number = int(value[1]) if value else self.number + 1
        return f"{_printed(self.number, item.attributes.get('type') or self.style)}{item.mark or '.'}"


def enumeration(tag: Tag) -> Enumeration:
    """Return the list that a tag opens; one numbered backwards from an unknown end has bullets."""
    if tag.name != "ol":
        return Enumeration()
    start = _INTEGER.match(tag.attributes.get("start", ""))
    if "reversed" in tag.attributes:
        return Enumeration()
    return Enumeration(int(start[1]) - 1 if start else 0, tag.attributes.get("type", "1"))


def _printed(number: int, style: str) -> str:
    if number > 0 and style in ("a", "A"):
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    elif 0 < number < _ROMAN_END and style in ("i", "I"):
        text = ""
        for value, numeral in _ROMAN.items():
            count, number = divmod(number, value)
            text += numeral * count
    else:
        return str(number)
    return text.upper() if style.isupper() else text
