"""Find the numbers of a sentence, as digits or in words, each with its unit, sign and hedge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.extraction.prose.tokens import Token
from mlcheck.model.quantity import Quantity, Unit
from mlcheck.numeral import quantity

Notation = Literal["digits", "words", "fraction", "multiple"]
LONGEST = 24  # characters of a numeral that is still a number


class Mention(Struct, frozen=True):
    """A number in a sentence: tokens `first` to `last`, `lead` the first token of its hedge and article.

    `sign` is the printed one (0 if none); `bare` says that neither unit nor magnitude is printed.
    """

    first: int
    last: int
    lead: int
    start: int
    end: int
    quantity: Quantity
    notation: Notation = "digits"
    sign: int = 0
    hedge: str | None = None
    bare: bool = False
    magnitude: int = 1
    digits: str = ""


def in_digits(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Return the number printed in digits at token `at`, with the magnitude and unit after it."""
    token = tokens[at]
    if len(token.key) > LONGEST:
        return None
    magnitude, unit, last = measure(tokens, at + 1)
    digits = token.key
    repaired = _lost_comma(tokens, at)
    if repaired:
        digits, last = repaired, at + 2
        unit = "%"
    sign, first = _sign(text, tokens, at, unit)
    found = quantity(
        text[tokens[first].start : tokens[last].end], digits=digits, sign=sign or 1, magnitude=magnitude, unit=unit
    )  # fmt: skip
    if found is None:
        return None
    hedge, lead, last_hedged = hedged(tokens, first, last)
    return Mention(
        first, last_hedged, lead, tokens[first].start, tokens[last].end, found, "digits", sign, hedge,
        unit == "count" and magnitude == 1, magnitude, digits,
    )  # fmt: skip


def measure(tokens: Sequence[Token], at: int) -> tuple[int, Unit, int]:
    """Return the magnitude and unit that start at token `at`, and the last token they take (at - 1 if none)."""
    magnitude, unit, last = 1, "count", at - 1
    if at < len(tokens) and (tags := tokens[at].tags):
        if "magnitude" in tags:
            magnitude, last = tags["magnitude"], at
            unit = tags.get("unit", "count")
            at += 1
        if unit == "count" and at < len(tokens):
            after = (
                at + 1
                if last == at - 1 and magnitude > 1 and "of" in tokens[at].tags and at + 1 < len(tokens)
                else at
            )
            if "unit" in tokens[after].tags:
                unit, last = tokens[after].tags["unit"], after
    return magnitude, cast(Unit, unit), last


def hedged(tokens: Sequence[Token], first: int, last: int) -> tuple[str | None, int, int]:
    """Return the hedge of tokens `first` to `last`, the token that opens it, and the token that closes it."""
    lead = first
    while lead and "adverb" in tokens[lead - 1].tags and "hedge" not in tokens[lead - 1].tags:
        lead -= 1
    if lead and "hedge" in tokens[lead - 1].tags:
        name = tokens[lead - 1].tags["hedge"]
        lead -= 1
        if lead and "hedge" in tokens[lead - 1].tags and not tokens[lead].key.startswith("de"):
            lead -= 1  # "environ un peu plus de": the nearer one counts
        return name, lead, last
    if (
        last + 1 < len(tokens)
        and tokens[last + 1].tags.get("hedge")
        and not tokens[last + 1].key.endswith(" de")
    ):
        name = tokens[last + 1].tags["hedge"]
        if name in ("environ", "plus de", "moins de") and (
            last + 2 >= len(tokens) or tokens[last + 2].form == "mark"
        ):
            return name, first, last + 1
    return None, first, last


def _sign(text: str, tokens: Sequence[Token], at: int, unit: str) -> tuple[int, int]:
    """Return the sign printed before token `at` (0 if none) and the first token of the number."""
    if at == 0:
        return 0, at
    before = tokens[at - 1]
    earlier = tokens[at - 2] if at > 1 else None
    relative = unit in ("%", "points", "‰")
    if before.tags.get("signed") and (relative and (earlier is None or "of" not in earlier.tags)):
        return (1 if before.tags["signed"] == "up" else -1), at - 1
    if before.key not in ("+", "-"):
        return 0, at
    if earlier is None:
        return (0 if before.key == "-" and not relative else 1 if before.key == "+" else -1), at - 1
    if (earlier.form in ("number", "code") and not (relative and before.key == "+")) or (
        before.key == "+" and "numbered" in earlier.tags
    ):
        return 0, at
    if before.key == "+":
        return 1, at - 1
    opened = earlier.form == "mark" or earlier.tags.keys() & {"that-is", "of", "joint", "against", "verb"}
    glued = before.end == tokens[at].start and before.start > earlier.end
    return (-1, at - 1) if opened or (relative and glued) else (0, at)


def _lost_comma(tokens: Sequence[Token], at: int) -> str | None:
    """Return the digits of "12 4 %", a percentage whose comma was lost, or None."""
    if at + 2 >= len(tokens) or tokens[at + 1].form != "number" or tokens[at + 2].key != "%":
        return None
    left, right = tokens[at].key, tokens[at + 1].key
    one_space = tokens[at + 1].start - tokens[at].end == 1
    return (
        f"{left},{right}"
        if one_space and len(left) <= 2 and len(right) <= 2 and left.isdigit() and right.isdigit()
        else None
    )


def with_measure_of(mention: Mention, other: Mention) -> Mention:
    """Return a bare number read with the unit and magnitude of the next: "de 23,1 à 24,1 %"."""
    unit = other.quantity.unit
    read = quantity(
        mention.quantity.printed, digits=mention.digits, sign=mention.sign or 1, magnitude=other.magnitude, unit=unit
    )  # fmt: skip
    return replace(mention, quantity=read, magnitude=other.magnitude, bare=False) if read else mention
