"""The numbers and bullets that Word prints before paragraphs and keeps out of their text."""

from __future__ import annotations

import re
from string import ascii_lowercase

from msgspec import Struct, field

from mlcheck.language.lexicon import lexicon
from mlcheck.reading.word.package import RUN_FORMAT, Element, W, is_on, number, value

LEVELS = 9
BULLET = "•"
MOST = 32_767  # the highest number that Word starts from
PLACE = re.compile(r"%([1-9])")


class Level(Struct, frozen=True):
    """One level of a list: the form of its number, the text around it ("%1.%2"), and where it starts.

    `restart` is the level that makes it start again (1-based, 0 for none; None for any level above),
    `style` the paragraph style linked to it, `gap` what stands between the number and the text.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    style: str = ""
    legal: bool = False
    hidden: bool = False


class List(Struct, frozen=True):
    """A numbering that paragraphs name; lists of one `family` go on counting from one another.

    `starts` are the levels that this list starts again when it is first used, with their first number.
    """

    family: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering(Struct):
    """The lists of a document, and how far each has counted on the way through it."""

    lists: dict[str, List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, key: str | None, depth: int | None, style: str = "") -> str:
        """Count one paragraph of a list and return what is printed before its text, with the gap."""
        found = self.lists.get(key or "")
        if found is None or key is None:
            return ""
        at = _depth(found, style) if depth is None else depth
        level = found.levels.get(at)
        if level is None:
            return ""
        counts = self._counted(key, found, at, level)
        if level.hidden:
            return ""
        if level.form == "bullet":
            return f"{BULLET} "
        printed = PLACE.sub(lambda match: _printed(found, level, int(match[1]) - 1, counts), level.text)
        return printed + level.gap if printed.strip() else ""

    def _counted(self, key: str, found: List, at: int, level: Level) -> dict[int, int]:
        counts = self.counts.setdefault(found.family, {})
        if at in found.starts and (key, at) not in self.begun:
            self.begun.add((key, at))
            counts[at] = found.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [place for place in counts if place > at]:
            restart = found.levels.get(deeper, level).restart
            if restart is None or at < restart:
                del counts[deeper]
        return counts


ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST_ROMAN = 3999
MOST_LETTERS = 780  # Word writes "aa" after "z", and stops at thirty letters


def read_numbering(root: Element | None) -> Numbering:
    """Return the lists of a numbering part; a document may have none."""
    if root is None:
        return Numbering({})
    families = {family.get(W + "abstractNumId", ""): family for family in root.iter(W + "abstractNum")}
    styled = {value(family, "styleLink"): key for key, family in families.items()}
    lists = {}
    for element in root.iterchildren(W + "num"):
        key = value(element, "abstractNumId") or ""
        key = styled.get(value(families.get(key), "numStyleLink") or "-", key)
        levels = dict(_levels(families[key])) if key in families else {}
        starts = {}
        for override in element.iterchildren(W + "lvlOverride"):
            at = number(override.get(W + "ilvl"), 0)
            levels |= dict(_levels(override))
            first = value(override, "startOverride")
            if first is not None:
                starts[at] = number(first, 1, MOST)
        lists[element.get(W + "numId", "")] = List(key, levels, starts)
    return Numbering(lists)


def _levels(parent: Element) -> list[tuple[int, Level]]:
    found = []
    for element in parent.iterchildren(W + "lvl"):
        at = number(element.get(W + "ilvl"), 0)
        if 0 <= at < LEVELS:
            found.append((at, _level(element)))
    return found


def _level(element: Element) -> Level:
    form = value(element, "numFmt") or "decimal"
    restart = value(element, "lvlRestart")
    return Level(
        number(value(element, "start"), 0, MOST),
        "bullet" if element.find(W + "lvlPicBulletId") is not None else form,
        value(element, "lvlText") or "",
        "" if value(element, "suff") == "nothing" else " ",
        None if restart is None else number(restart, 0),
        value(element, "pStyle") or "",
        is_on(value(element, "isLgl")),
        is_on(value(element.find(RUN_FORMAT), "vanish")),
    )


def _depth(found: List, style: str) -> int:
    """Return the level that is linked to a style, the outermost where none is."""
    return next((at for at, level in found.levels.items() if style and level.style == style), 0)


def _printed(found: List, level: Level, at: int, counts: dict[int, int]) -> str:
    """Return the number of one level inside the label of another; one not met yet prints its start."""
    own = found.levels.get(at, level)
    form = "decimal" if level.legal and own.form != "none" else own.form
    return numeral(counts.get(at, own.start), form)


# Automatic numbers as Word prints them (ECMA-376 part 1, 17.18.59).
#
# Formats of other scripts, circled digits and numbers in words are printed in digits.


def numeral(count: int, form: str) -> str:
    """Return a number in the form that a level of a list names."""
    if form in ("upperRoman", "lowerRoman") and 0 < count <= MOST_ROMAN:
        return _cased(_roman(count), form)
    if form in ("upperLetter", "lowerLetter") and 0 < count <= MOST_LETTERS:
        return _cased(ascii_lowercase[(count - 1) % 26] * ((count + 25) // 26), form)
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "ordinal":
        ranks = lexicon().numbers
        return f"{count}{ranks.first if count == 1 else ranks.later}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, letters in ROMAN:
        times, count = divmod(count, worth)
        text += letters * times
    return text


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text
