"""Number format codes, read as tokens (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
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


THOUSANDS = "\u202f"
MOST_DECIMALS = 30


class Layout(Struct, frozen=True):
    """A numeric section: its pieces in order, and what scales and groups its digits.

    A piece is a literal, or a placeholder as (position, character): positions count from the right
    in the whole part (0, 1, …), from the left in the decimals (-1, -2, …). `plain` is (before, after)
    where no literal stands among the digits and every decimal is required; `unit` is one of the last.
    """

    pieces: tuple[str | tuple[int, str], ...]
    whole: str
    decimals: str
    shift: int
    grouped: bool
    unit: Decimal
    plain: tuple[str, str] | None

    def show(self, value: Decimal) -> tuple[str, Decimal]:
        """Return the text and the displayed number of a value that is not negative."""
        if self.shift:
            value = value.scaleb(self.shift, EXACT)
        rounded = value.quantize(self.unit, ROUND_HALF_UP, EXACT)
        if self.plain:
            digits = f"{rounded:,f}".replace(",", THOUSANDS) if self.grouped else f"{rounded:f}"
            return f"{self.plain[0]}{digits.replace('.', ',')}{self.plain[1]}", rounded
        whole, _, fraction = f"{rounded:f}".partition(".")
        kept = _kept(fraction, self.decimals)
        text = "".join(
            piece if isinstance(piece, str) else self._digit(piece, whole.lstrip("0"), fraction, kept)
            for piece in self.pieces
        )
        return text, round_to(rounded, kept)

    def _digit(self, piece: tuple[int, str], whole: str, fraction: str, kept: int) -> str:
        position, char = piece
        if position < 0:
            place = -position - 1
            return fraction[place] if place < kept else " " if char == "?" else ""
        if position >= len(whole):
            return {"0": "0", "?": " "}.get(char, "") + (self._separator(position) if char == "0" else "")
        last = len(whole) if position == len(self.whole) - 1 else position + 1
        return "".join(
            whole[len(whole) - 1 - at] + self._separator(at) for at in range(last - 1, position - 1, -1)
        )

    def _separator(self, position: int) -> str:
        return THOUSANDS if self.grouped and position and position % 3 == 0 else ""


WIDTH = 11
EXACT = Context(prec=4000, rounding=ROUND_HALF_UP)  # room for any double at any printed precision


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


# Where the digits of a number go among the placeholders and literals of a format.


def layout(tokens: tuple[Token, ...]) -> Layout:
    """Return the layout of a numeric section that has at least one placeholder."""
    point = next((at for at, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    wholes = [at for at in digits if at < point]
    decimals = [at for at in digits if at > point][:MOST_DECIMALS]
    whole = _required("".join(tokens[at][1] for at in wholes))
    commas = [at for at, (kind, _) in enumerate(tokens) if kind == "comma"]
    inner = [at for at in commas if wholes and wholes[0] < at < wholes[-1]]
    scaling = sum(1 for at in commas if digits[0] < at and at not in inner)
    percents = sum(1 for kind, _ in tokens if kind == "percent")
    pieces: list[str | tuple[int, str]] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "digit" and at in wholes:
            index = wholes.index(at)
            pieces.append((len(wholes) - 1 - index, whole[index]))
        elif kind == "digit":
            if at in decimals:
                pieces.append((-1 - decimals.index(at), text))
        elif kind == "point":
            pieces.append("," if at == point else ".")
        elif kind != "comma" or at < digits[0]:
            pieces.append(text)
    kinds = "".join(tokens[at][1] for at in decimals)
    return Layout(
        tuple(pieces),
        whole,
        kinds,
        2 * percents - 3 * scaling,
        bool(inner),
        Decimal(1).scaleb(-len(kinds)),
        _plain(pieces, whole, kinds, point < len(tokens)),
    )


def _required(whole: str) -> str:
    """Make every placeholder after the first 0 a 0: "#0#" prints 5 as "05"."""
    first = whole.find("0")
    return whole if first < 0 else whole[:first] + "0" * (len(whole) - first)


def _kept(fraction: str, kinds: str) -> int:
    """Return how many decimals are printed: trailing zeros only where the format asks for them."""
    kept = len(kinds)
    while kept and kinds[kept - 1] != "0" and fraction[kept - 1] == "0":
        kept -= 1
    return kept


def _plain(
    pieces: list[str | tuple[int, str]], whole: str, decimals: str, pointed: bool
) -> tuple[str, str] | None:
    """Return the literals around the digits where nothing else needs care, else None."""
    if whole.lstrip("#") != "0" or decimals.strip("0") or pointed != bool(decimals):
        return None
    marks = [at for at, piece in enumerate(pieces) if not isinstance(piece, str)]
    inside = [piece for piece in pieces[marks[0] : marks[-1] + 1] if isinstance(piece, str)]
    if inside != [","] * pointed:
        return None
    before, after = pieces[: marks[0]], pieces[marks[-1] + 1 :]
    return "".join(map(str, before)).lstrip(), "".join(map(str, after)).rstrip()


# The General format: up to eleven characters, as Excel shows in a wide enough column.
def general(value: Decimal) -> tuple[str, Decimal]:
    """Return the French text of a number without a format, and the number displayed.

    Eleven characters hold the digits and the decimal sign (the minus stands apart); what is larger,
    or smaller than 0.0001 with more digits than fit, turns scientific with six digits.
    """
    if value.adjusted() < WIDTH and (whole := int(value)) == value:
        return str(whole), Decimal(whole)
    fixed = round_to(value, max(0, WIDTH - 2 - max(0, value.adjusted())))
    small = value.adjusted() < -4 and fixed != value
    if small or fixed.adjusted() >= WIDTH:
        return _scientific(value)
    shown = fixed.normalize(EXACT)
    return f"{shown:f}".replace(".", ","), shown


def _scientific(value: Decimal) -> tuple[str, Decimal]:
    """Return a number with six digits and an exponent: 1,23457E+11."""
    exponent = value.adjusted()
    mantissa = round_to(value.scaleb(-exponent, EXACT), 5)
    if abs(mantissa) >= 10:
        exponent, mantissa = exponent + 1, mantissa / 10
    text = f"{mantissa.normalize(EXACT):f}".replace(".", ",")
    return f"{text}E{exponent:+03d}", mantissa.normalize(EXACT).scaleb(exponent, EXACT)


def round_to(value: Decimal, decimals: int) -> Decimal:
    """Return a number rounded half up to a number of decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)
