"""What a word is among the figures at the end of a line."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from mlcheck.lexicon import lexicon
from mlcheck.numeral import MINUS, mark_of, parse

SIGNS = frozenset(MINUS + "+")
_GROUP = re.compile(r"\d{3}(?!\d)")
_LEAD = re.compile(rf"[{MINUS}+(]?(?:0|[1-9]\d{{0,2}})(?!\d)")
_OPEN = re.compile(rf"[{MINUS}+(]?[1-9]\d{{0,2}}|\d{{3}}")
_CODE = re.compile(r"0\d(?!\d(?!\d))")
_POSTCODE = re.compile(r"\(\d{5}\)")
_FOOT = re.compile(r"\([0-9a-z]\)|[*†‡]+")

Sort = Literal["number", "mark", "sign", "unit", "foot"]


@lru_cache(65_536)
def sort_of(text: str) -> Sort | None:
    """Return what a word is among figures, or None where it is no part of one."""
    if text in SIGNS:
        return "sign"
    if text.lower() in _units():
        return "unit"
    if mark_of(text):
        return "mark"
    if _FOOT.fullmatch(text):
        return "foot"
    if not (text[0].isdigit() or text[0] in SIGNS or text[0] in "(€"):
        return None
    if _CODE.match(text) or _POSTCODE.fullmatch(text):
        return None
    return "number" if parse(text) or parse(text, "en") else None


@cache
def _units() -> frozenset[str]:
    """Return the units and magnitudes of one word, and what goes on them ("millions d'euros")."""
    words = lexicon()
    groups = [*words["units"].values(), *words["magnitudes"].values()]
    return frozenset(w for group in groups for w in group if " " not in w) | {"d'euros", "d’euros"}


def is_dash(text: str) -> bool:
    """Tell whether a word is a hyphen of some kind, which may mean nothing to report."""
    return text in SIGNS and text != "+"


def leads(text: str) -> bool:
    """Tell whether a number may start with a word: not with "087"."""
    return bool(_LEAD.match(text)) or not _GROUP.match(text)


def follows(text: str) -> bool:
    """Tell whether a word starts with three digits that may go on a number."""
    return bool(_GROUP.match(text))


def opens(text: str) -> bool:
    """Tell whether three digits after a word may go on its number: "3" or "087", not "3,5"."""
    return bool(_OPEN.fullmatch(text))
