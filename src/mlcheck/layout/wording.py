"""What the words of one printed line say it is: prose, a heading, or what may be a label."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mlcheck.language.lexicon import WordSet, lexicon
from mlcheck.language.numeral import NUMERAL, without_marks
from mlcheck.language.roles import is_bare_total, is_total
from mlcheck.language.words import fold
from mlcheck.layout.figures import kind_of_token
from mlcheck.layout.kinds import heading_level, is_note
from mlcheck.layout.words_of_lines import Token

BULLET = re.compile(
    r"\s*(?:[•●○▪▫■□◆◇◦‣⁃·▶►➢➤→✓✔*\uf000-\uf0ff](?![0-9])|[-–—](?=\s|[^\W\d])|\(?[0-9]{1,2}\)\s|[a-zA-Z]\)\s)"
)
"""What starts an item of a list; a hyphen needs a blank or a letter after it: "-12 %" is a number."""

LONGEST_LABEL = 120
_OPENING_NUMBER = re.compile(rf"(?:{NUMERAL})\s*(?:%|€|‰|([^\W\d_]{{2,}}))")
_END = re.compile(r"[!?;]$|(?<![.\s(])\.$")


@cache
def folded(listed: WordSet) -> WordSet:
    """Return the words of a list of the lexicon, folded."""
    return frozenset(map(fold, listed))


@lru_cache(16_384)
def is_heading(text: str) -> bool:
    """Tell whether a line is a numbered heading."""
    return heading_level(text) is not None


@lru_cache(16_384)
def is_prose(text: str) -> bool:
    """Tell whether a line is, by itself, a sentence, an item, a note or a heading, and no label."""
    plain = text.strip()
    if len(plain) > 2 * LONGEST_LABEL or BULLET.match(text) or is_heading(plain) or is_note(plain):
        return True
    if _END.search(plain) or plain == "." or has_verb(plain):
        return True
    opened = _OPENING_NUMBER.match(plain)
    if opened and (opened[1] is None or (opened[1].islower() and opened[1] not in lexicon().lines.classes)):
        return len(re.findall(r"[^\W\d_]{2,}", plain)) > 1
    if not plain.endswith(":") or is_total(plain):
        return False
    last = plain.rstrip(" :").split(" ")[-1]
    return len(plain.split()) > 2 and not is_bare_total(last)


@lru_cache(16_384)
def has_verb(text: str) -> bool:
    """Tell whether a finite verb stands in a text, written small and in no clause of "qui"."""
    for word in re.split(r"[^\w'’]+", text):
        if word in lexicon().lines.relative:
            return False
        if word in lexicon().lines.open or not word.islower():
            continue
        if word in lexicon().lines.verbs or fold(word) in lexicon().notes.verbs:
            return True
    return False


def is_open(token: Token) -> bool:
    """Tell whether something must follow a word, so that no label ends with it."""
    plain = token.text.lower()
    known = plain in lexicon().lines.open and not (token.text.isupper() and len(plain) > 1)
    return known or plain.endswith((",", "(", "-", "'", "’", "/"))


def takes_number(token: Token) -> bool:
    """Tell whether a number after this word may belong to the label ("Licence 3")."""
    return fold(token.text) in folded(lexicon().lines.numbered)


def is_opener(token: Token) -> bool:
    """Tell whether a word opens the label of a column of figures."""
    return token.text in ("%", "€", "‰") or fold(token.text) in folded(lexicon().lines.openers)


def is_stub_head(tokens: tuple[Token, ...]) -> bool:
    """Tell whether a label heads the column of the row labels ("Commune", "Type de situation")."""
    return bool(tokens) and fold(tokens[0].text) in folded(lexicon().lines.stub)


def heads_stub_only(token: Token) -> bool:
    """Tell whether a word written large heads the row labels and never figures: "Commune", not "Contrats"."""
    plain = fold(token.text)
    return (
        token.text[:1].isupper()
        and plain in folded(lexicon().lines.stub)
        and plain not in folded(lexicon().lines.measured)
    )


def is_year(text: str) -> bool:
    """Tell whether a word prints a year."""
    return bool(re.fullmatch(r"(?:19|20)[0-9][0-9]", without_marks(text)))


def starts_low(tokens: tuple[Token, ...]) -> bool:
    """Tell whether a text goes on what was written before it: it starts with a small letter."""
    first = tokens[0].text.lstrip("(«\"'‘“") if tokens else ""
    return first[:1].islower() and kind_of_token(first) is None


def hangs(text: str) -> int:
    """Return how many parentheses a text leaves open; negative where it closes more than it opens."""
    return text.count("(") - text.count(")")
