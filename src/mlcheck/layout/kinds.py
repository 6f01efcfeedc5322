"""What one cell is: a number, a mark for none, a label, or a text that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from mlcheck.language.characters import is_digits, visible
from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import NUMERAL, is_about, mark_of, parse
from mlcheck.language.roles import is_bare_total, magnitude_of, named_unit
from mlcheck.language.words import fold
from mlcheck.model.document import Cell

Kind = Literal["number", "nil", "unknown", "error", "label", "heading", "statement", "note", "total"]
"""total: a text cell that is a whole total line ("Total : 1 634 jeunes reçus en entretien")."""

BODY: frozenset[Kind] = frozenset({"number", "nil", "unknown", "error"})
APART: frozenset[Kind] = frozenset({"heading", "statement", "note", "total"})

_BULLET = re.compile(r"^\s*(?:[-•▪➢●○◦*\uf000-\uf0ff]|[–—―])\s+(?=\S)")
_OPEN = re.compile(r"\s*[-•▪◦*]\s*(?:…|\.{3})\s*")  # the last item of a list that does not say all
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_SHARES_OF_YEAR = re.compile(r"\s*%\s+(?:19|20)[0-9][0-9]\s*")  # it heads the percentages of a year
_DRAWN = re.compile(r":?[-–—=_]{5,}:?")
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TELLING_WORDS = 10
_STATING_WORDS = 4  # a shorter text with a number in it is a label ("16 - 17 ans", "Licence 3")


@lru_cache(65_536)
def heading_level(text: str) -> int | None:
    """Return the depth of a numbered heading ("1) Le public" is 1, "a. Par commune" 3), else None."""
    plain = text.strip()
    if len(plain) > 120 or plain.endswith("."):
        return None
    return next((level for level, pattern in _numbering() if pattern.match(plain)), None)


@cache
def _numbering() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Return what numbers a heading, with the depth that it gives."""
    chapters = "|".join(map(re.escape, lexicon().lines.chapters))
    return (
        (1, re.compile(rf"\d{{1,2}}\s?\)\s*\S|(?:{chapters})\s+[\dIVX]+\b", re.IGNORECASE)),
        (2, re.compile(r"[IVX]{1,5}\s?[.)]\s*\S")),
        (3, re.compile(r"[a-z]\s?[.)]\s+\S")),
    )


def kind_of(cell: Cell) -> Kind:
    """Return what `cell` is by itself, whatever its neighbours."""
    if cell.level:
        return "heading"
    if cell.fault:
        return "unknown" if cell.fault == "ambiguous" else "error"
    if cell.number is not None:
        return "number"
    return text_kind(cell.text)


@lru_cache(65_536)
def text_kind(text: str) -> Kind:
    """Return what the text of a cell is."""
    text = visible(text)
    if mark := mark_of(text):
        return mark
    if _SHARES_OF_YEAR.fullmatch(text):
        return "label"
    if parse(text) is not None or parse(text, "en") is not None:
        return "number"
    if is_about(text):
        return "unknown"
    if heading_level(text):
        return "heading"
    if is_total_line(text):
        return "total"
    if is_note(text):
        return "note"
    if is_bare_total(text):
        return "label"
    if _OPEN.fullmatch(text):
        return "statement"
    return "statement" if is_statement(text) else "label"


def is_total_line(text: str) -> bool:
    """Tell whether a text is a total with its number and perhaps what it counts."""
    return bool(_total_line().match(text.strip())) and len(text) <= 120


@cache
def _total_line() -> re.Pattern[str]:
    words = sorted(lexicon().totals.exact, key=lambda word: (-len(word), word))
    never = "|".join(map(re.escape, (*lexicon().totals.never, "%")))
    return re.compile(
        rf"(?P<label>(?:{'|'.join(map(re.escape, words))})\s*[:=]?)\s*(?P<number>{NUMERAL})(?!\s*(?:{never}))"
        rf"(?P<rest>\D*)$",
        re.IGNORECASE,
    )


def total_line(text: str) -> tuple[str, str]:
    """Return the label and the number of a total line."""
    match = _total_line().match(visible(text).strip())
    assert match is not None
    return match["label"].strip(), match["number"].strip()


def is_note(text: str) -> bool:
    """Tell whether a text is a note to a table: in parentheses, or opened by a footnote word."""
    plain = text.strip()
    if plain.startswith("(") and plain.endswith(")") and len(plain) > 6 and not is_unit_line(plain):
        return True
    return fold(plain).split(" ", 1)[0] in lexicon().notes.starts and len(plain) > 8


def is_unit_line(text: str) -> bool:
    """Tell whether a text says nothing but in what the figures under it are: "(en milliers d'euros)"."""
    return (
        len(text.split()) < 6
        and not any(map(is_digits, text))
        and (named_unit(text) != "count" or magnitude_of(text) > 1)
    )


def opens_as_unit(text: str) -> bool:
    """Tell whether a text opens with its unit: "(en k€)", "En millions d'euros", but not "Montant en euros"."""
    notes = lexicon().headnotes
    known = (*notes.units, *notes.bracketed, *notes.thousands, *notes.millions, *notes.billions)
    return text.strip(" (").lower().startswith(known)


def is_statement(text: str) -> bool:
    """Tell whether a text asserts something in words, so that it is prose wherever it stands."""
    plain = _BULLET.sub("", text).strip()
    if not plain.endswith((":", ".", "…")) and not _DIGIT.search(plain):
        return False
    words = _WORD.findall(plain)
    if plain.endswith(":") and len(words) >= 2:
        return True
    counted = _rank().sub("", plain)
    numerals = [n for n in re.findall(NUMERAL, counted) if not _YEAR.fullmatch(n)]
    if plain.endswith((".", "…")) and len(words) >= 6:
        return True
    if not numerals:
        return False
    labelled = re.search(rf"\S\s*:\s*[+\-−]?\s*(?:{NUMERAL})\s*(?:%|€|‰)?\s*(?:\([^)]*\))?\.?$", plain)
    if labelled or (_BULLET.match(text) and re.match(rf"(?:{NUMERAL})\s", plain) and len(words) >= 3):
        return True
    if len(words) < _STATING_WORDS:
        return len(words) >= 2 and bool(re.match(rf"(?:{NUMERAL})\s*%\s+[^\W\d_]", plain))
    return stands_apart(text) or "%" in plain or len(words) >= 8 or _has_verb(plain)


@cache
def _rank() -> re.Pattern[str]:
    """Return the pattern of a rank: "2ème"."""
    return re.compile(rf"\d+(?:{'|'.join(map(re.escape, lexicon().numbers.ranks))})\b")


@lru_cache(65_536)
def stands_apart(text: str) -> bool:
    """Tell whether a statement is one even beside a table: it opens with its number, or ends as a sentence."""
    plain = _BULLET.sub("", text).strip()
    opens = re.match(rf"(?:{NUMERAL})\s*(?:%|€|‰|[^\W\d_]{{3,}})", plain)
    return bool(opens) or bool(_BULLET.match(text)) or plain.endswith((".", ":")) or len(plain) > 160


def tells(text: str) -> bool:
    """Tell whether a paragraph without a figure is prose: it is long and has a verb, so that it titles nothing."""
    return len(_WORD.findall(text)) >= _TELLING_WORDS and _has_verb(text)


def _has_verb(text: str) -> bool:
    return not lexicon().notes.verbs.isdisjoint(fold(text).split())


def kinds_of(cells: Mapping[tuple[int, int], Cell]) -> dict[tuple[int, int], Kind]:
    """Return the kind of every cell of a grid that shows something; a rule drawn with signs ("------") is no text."""
    return {
        at: kind_of(cell)
        for at, cell in cells.items()
        if cell.fault or ((text := visible(cell.text).strip()) and not is_rule(text))
    }


def is_rule(text: str) -> bool:
    """Tell whether a text is a rule drawn with signs: "------", or "----:" as Markdown writes it."""
    return bool(_DRAWN.fullmatch(text.strip()))
