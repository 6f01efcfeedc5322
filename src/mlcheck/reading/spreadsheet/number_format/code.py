"""Number format codes, read as tokens (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from mlcheck.language.characters import is_digits

Kind = Literal["text", "digit", "point", "comma", "percent", "exponent", "slash", "date", "general", "at"]
Token = tuple[Kind, str]
Condition = tuple[str, Decimal]
LONGEST_CODE = 1024  # Excel stops at 255 characters
SINGLE: dict[str, Kind] = {
    "0": "digit",
    "#": "digit",
    "?": "digit",
    ".": "point",
    ",": "comma",
    "%": "percent",
    "/": "slash",
    "@": "at",
}
OPERATORS = ("<=", ">=", "<>", "<", ">", "=")


class Section(Struct, frozen=True):
    """One of the parts of a code between semicolons, with its condition such as (">=", 1000)."""

    tokens: tuple[Token, ...]
    condition: Condition | None = None

    def has(self, kind: Kind) -> bool:
        """Tell whether a token of this kind stands in the section."""
        return any(token[0] == kind for token in self.tokens)


def sections(code: str) -> list[Section]:
    """Return the sections of a code; a code past all bounds reads as General."""
    if len(code) > LONGEST_CODE:
        code = "General"
    found = []
    tokens: list[Token] = []
    condition = None
    at = 0
    while at < len(code):
        if code[at] == ";":
            found.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
            at += 1
        elif code[at] == "[" and "]" in code[at:]:
            end = code.index("]", at)
            condition = _condition(code[at + 1 : end]) or condition
            tokens += _bracket(code[at + 1 : end])
            at = end + 1
        else:
            token, at = _token(code, at)
            tokens += [token] if token else []
    found.append(Section(tuple(tokens), condition))
    return found[:4]


def _token(code: str, at: int) -> tuple[Token | None, int]:
    """Return the token that starts at a position, and the position after it."""
    char = code[at]
    if char == '"':
        end = code.find('"', at + 1)
        end = end if end >= 0 else len(code)
        return ("text", code[at + 1 : end]), end + 1
    if char == "\\":
        return ("text", code[at + 1 : at + 2]), at + 2
    if char == "_":
        return ("text", " "), at + 2
    if char == "*":
        return None, at + 2
    if char in SINGLE:
        return (SINGLE[char], char), at + 1
    return _letters(code, at)


def _letters(code: str, at: int) -> tuple[Token, int]:
    """Return the token of a letter: a keyword, a run of date letters, or itself."""
    lower = code[at : at + 8].lower()
    for word in ("general", "standard"):
        if lower.startswith(word):
            return ("general", word), at + len(word)
    for word in ("am/pm", "a/p"):
        if lower.startswith(word):
            return ("date", word), at + len(word)
    if lower[0] == "e" and lower[1:2] in ("+", "-"):
        return ("exponent", lower[1]), at + 2
    if lower[0] in "ymdhs":
        end = at
        while end < len(code) and code[end].lower() == lower[0]:
            end += 1
        return ("date", code[at:end].lower()), end
    return ("text", code[at]), at + 1


def _bracket(inside: str) -> list[Token]:
    """Return what a bracket prints: an elapsed time, a currency, or nothing (colour, condition)."""
    lower = inside.lower()
    if lower and lower[0] in "hms" and lower == lower[0] * len(lower):
        return [("date", f"[{lower}]")]
    if inside.startswith("$"):
        if inside[1:].lower() in ("-f800", "-f400"):  # the long date and the time of the system
            return []
        return [("text", inside[1:].partition("-")[0])]
    return []


def _condition(inside: str) -> Condition | None:
    for operator in OPERATORS:
        if inside.startswith(operator):
            number = inside[len(operator) :].strip().replace(",", ".")
            if is_digits(number.removeprefix("-").replace(".", "", 1)):
                return operator, Decimal(number)
    return None
