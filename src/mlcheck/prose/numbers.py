"""Find the numbers of a sentence, as digits or in words, each with its unit, sign and hedge."""

from __future__ import annotations

from collections.abc import Container, Sequence
from fractions import Fraction
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import quantity
from mlcheck.model.quantity import Quantity, Unit
from mlcheck.model.sentence import Token
from mlcheck.prose.tokens import NONE, ends_with_of, is_plural, opens_with_of

Notation = Literal["digits", "words", "fraction", "multiple"]
LONGEST = 24  # characters of a numeral that is still a number


class Mention(Struct, frozen=True, gc=False):
    """A number in a sentence: tokens `first` to `last`, `lead` the first token of its hedge and article.

    `sign` is the printed one (0 if none); `bare` says that neither unit nor magnitude is printed; `noun` is the unit of a
    length of time, empty for a year.
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
    noun: str = ""


_MULTIPLE_HALF = {2: Fraction(1, 4)}
_SCALE = 4
_NEXT = Fraction(49, 10)  # points to the next simple fraction, which is another
_SIMPLE = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 10)}
_TENTHS = (10, 100)  # wholes of a rate: "8 jeunes sur 10 engagés"
_DENIED = 5  # tokens before "plus que" that may deny
_ROUND_BASES = (20, 100, 1000)


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
    if lead > 1 and "definite" in tokens[lead - 1].tags and "hedge" in tokens[lead - 2].tags:
        lead -= 1  # "dépasse les 340"
    if lead and "hedge" in tokens[lead - 1].tags:
        name = tokens[lead - 1].tags["hedge"]
        denied = any("denying" in t.tags for t in tokens[max(0, lead - _DENIED) : lead])
        if denied and "only-more" in tokens[lead - 1].tags:
            return None, lead - 1, last  # "n'en compte plus que 340"
        lead -= 1
        if lead and "hedge" in tokens[lead - 1].tags and not opens_with_of(tokens[lead]):
            lead -= 1  # "environ un peu plus de": the nearer one counts
        return name, lead, last
    if last + 1 < len(tokens) and tokens[last + 1].tags.get("hedge") and not ends_with_of(tokens[last + 1]):
        name = tokens[last + 1].tags["hedge"]
        if lexicon().hedges[name].after and (last + 2 >= len(tokens) or tokens[last + 2].form == "mark"):
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
    opened = earlier.form == "mark" or earlier.tags.keys() & {
        "that-is", "of", "joint", "against", "verb", "to", "reach"
    }  # fmt: skip
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
        if one_space and len(left) <= 2 and len(right) <= 2 and is_digits(left) and is_digits(right)
        else None
    )


def with_measure_of(mention: Mention, other: Mention) -> Mention:
    """Return a bare number read with the unit and magnitude of the next: "de 23,1 à 24,1 %"."""
    unit = other.quantity.unit
    read = quantity(
        mention.quantity.printed, digits=mention.digits, sign=mention.sign or 1, magnitude=other.magnitude, unit=unit
    )  # fmt: skip
    return replace(mention, quantity=read, magnitude=other.magnitude, bare=False) if read else mention


# Numbers in words: fractions, "1 jeune sur 4", "doublé", "une centaine", "deux ateliers".


def in_words(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Return the number in words (or "1 sur 4") that starts at token `at`, or None."""
    digits = tokens[at].form == "number"
    for reading in _OF_DIGITS if digits else _OF_WORDS:
        found = reading(text, tokens, at)
        if found:
            return found
    return None


def _times(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "trois fois plus", "2,5 fois supérieur"."""
    if (
        at + 2 >= len(tokens)
        or "times" not in tokens[at + 1].tags
        or "after-times" not in tokens[at + 2].tags
    ):
        return None
    plain = (
        tokens[at].key.replace(",", ".")
        if tokens[at].form == "number"
        else str(tokens[at].tags.get("number", ""))
    )
    if not is_digits(plain.replace(".", "", 1)) or len(plain) > 6:
        return None
    decimals = len(plain.partition(".")[2])
    return _mention_of(
        text, tokens, at, at + 1, Fraction(plain), Fraction(1, 2 * 10**decimals), "ratio", "multiple"
    )


def _multiple(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "a doublé" as 2 ± 1/4, "triplé" as 3 ± 1/2."""
    value = tokens[at].tags.get("multiple")
    if not value:
        return None
    return _mention_of(
        text, tokens, at, at, Fraction(value), _MULTIPLE_HALF.get(value, Fraction(1, 2)), "ratio", "multiple"
    )


def _count(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "une centaine", "un million de", "deux ateliers", "un point"; "les deux ateliers" counts nothing new."""
    value = tokens[at].tags.get("number")
    if not value or at + 1 >= len(tokens):
        return None
    after = tokens[at + 1]
    if at and "definite" in tokens[at - 1].tags and not after.tags.keys() & {"magnitude", "unit"}:
        return None
    if "approximate" in after.tags:
        base = after.tags["approximate"]
        return _mention_of(
            text, tokens, at, at + 1, Fraction(value * base), Fraction(base, 2), "count", "words"
        )
    magnitude, unit, last = measure(tokens, at + 1)
    if last > at:
        rounded = magnitude > 1 or unit in ("%", "points")
        return _mention_of(
            text, tokens, at, last, Fraction(value * magnitude), Fraction(magnitude, 2) if rounded else Fraction(0), unit, "words"
        )  # fmt: skip
    if at and "factor" in tokens[at - 1].tags:
        return _mention_of(text, tokens, at, at, Fraction(value), Fraction(1, 2), "ratio", "multiple")
    noun = after.form == "word" and not after.tags and len(after.key) > 3 and is_plural(after)
    return (
        _mention_of(text, tokens, at, at, Fraction(value), Fraction(0), "count", "words")
        if noun and value > 1
        else None
    )


def _over(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "1 jeune sur 4", "six sur dix", "6 sur 25" as a fraction."""
    value = small_number(tokens, at)
    if not value or value > 99:
        return None
    for middle in range(at + 1, min(at + 5, len(tokens) - 1)):
        token = tokens[middle]
        if "over" in token.tags:
            whole, noun = small_number(tokens, middle + 1), middle > at + 1
            if (
                whole is None
                or not value < whole
                or not (whole <= 10 or whole in _ROUND_BASES or (not noun and whole <= 99))
            ):
                return None
            after = tokens[middle + 2] if middle + 2 < len(tokens) else None
            counted = noun and whole not in _TENTHS and after is not None and _plural(after)
            if counted or (after and after.tags.keys() & {"unit", "duration", "magnitude"}):
                return None
            return _as_share(text, tokens, at, middle + 1, Fraction(value, whole))
        if token.form != "word" or token.tags.keys() & {"unit", "verb", "magnitude", "duration"}:
            return None
    return None


def _slashed(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "le 1/5e", "1/3 des": a fraction after an article, before "de" or with an ordinal ending."""
    if at + 2 >= len(tokens) or tokens[at].form != "number" or tokens[at + 1].key != "/":
        return None
    digits = tokens[at + 2].key.rstrip("abcdefghijklmnopqrstuvwxyz")
    value, whole = small_number(tokens, at), int(digits) if is_digits(digits) and len(digits) < 3 else 0
    after = tokens[at + 3] if at + 3 < len(tokens) else None
    if not value or not 0 < value < whole <= 20:
        return None
    simple = (value, whole) in _SIMPLE and not (
        at and tokens[at - 1].tags.keys() & {"number-sign", "numbered"}
    )
    closes = after is not None and (after.form == "mark" or "verb" in after.tags)
    ordinal = tokens[at + 2].form == "code" and tokens[at + 2].key.endswith(
        lexicon().sentences.fraction_endings
    )
    if ordinal or (after and "of" in after.tags) or (simple and closes):
        return _as_share(text, tokens, at, at + 2, Fraction(value, whole))
    return None


def _fraction(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "un tiers", "les trois quarts", "la moitié", "(près du) tiers", "le quart restant"."""
    start, value = at, small_number(tokens, at)
    if "definite" in tokens[at].tags and at + 1 < len(tokens):
        value, at = 1, at + 1
        if tokens[at].tags.get("number") and at + 1 < len(tokens):
            value, at = tokens[at].tags["number"], at + 1
    elif value:
        at += 1
    elif (at and "of" in tokens[at - 1].tags) or (at and ends_with_of(tokens[at - 1])):
        value = 1
    if not value or at >= len(tokens) or "fraction" not in tokens[at].tags:
        return None
    whole = tokens[at].tags["fraction"]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    closes = (
        after is None
        or after.form == "mark"
        or after.tags.keys() & {"of", "verb", "rest", "joint", "that-is", "preposition"}
    )
    following = (
        tokens[at + 3].tags if at + 3 < len(tokens) and after is not None and "of" in after.tags else NONE
    )
    if not closes or not value < whole or "hour" in following or (after and after.tags.get("duration")):
        return None
    if at + 2 < len(tokens) and "of" in (after.tags if after else ()) and "duration" in tokens[at + 2].tags:
        return None
    return _as_share(text, tokens, start, at, Fraction(value, whole))


_OF_DIGITS = (_over, _slashed, _fraction, _times)
_OF_WORDS = (_over, _fraction, _times, _multiple, _count)


# Fractions in words: "un tiers", "la moitié", "1 jeune sur 4", "le 1/5e".


def small_number(tokens: Sequence[Token], at: int) -> int | None:
    """Return the whole number below 10 000 that token `at` says in digits or in words, or None."""
    if not 0 <= at < len(tokens):
        return None
    token = tokens[at]
    if token.form == "number":
        plain = token.key.replace(" ", "")
        return int(plain) if is_digits(plain) and len(plain) <= 4 else None
    return token.tags.get("number")


def _plural(token: Token) -> bool:
    return token.form == "word" and not token.tags and is_plural(token)


def _as_share(text: str, tokens: Sequence[Token], first: int, last: int, value: Fraction) -> Mention:
    """Return a fraction as a percentage that is known to the nearest 1/q, and to 5 points at best.

    The convention is ours: who says "un tiers" chose it among the simple fractions, half of the way to
    the next (2/5, 1/4) is a little less than 5 points.
    """
    half = min(_NEXT, Fraction(50, value.denominator))
    return _mention_of(text, tokens, first, last, value * 100, half, "%", "fraction")


def _mention_of(
    text: str, tokens: Sequence[Token], first: int, last: int, value: Fraction, half: Fraction, unit: Unit, notation: Notation
) -> Mention:  # fmt: skip
    printed = text[tokens[first].start : tokens[last].end]
    ends = [10**n for n in range(_SCALE + 1)]
    scale = next(
        (n for n, power in enumerate(ends) if (value * power).denominator == (half * power).denominator == 1),
        _SCALE,
    )
    number = Quantity(printed, round(value * ends[scale]), round(half * ends[scale]), scale, unit)
    hedge, lead, last_hedged = hedged(tokens, first, last)
    return Mention(
        first, last_hedged, lead, tokens[first].start, tokens[last].end, number, notation, 0, hedge, last == first and unit == "count"
    )  # fmt: skip


# Ages and lengths of time: "12 jours", "deux minutes", "20 ans et 6 mois".


def lengths_of_time(text: str, tokens: Sequence[Token], taken: Container[int]) -> list[Mention]:
    """Return the ages, durations and years of a sentence whose tokens are not `taken`; their quantity counts their noun."""
    found: list[Mention] = []
    for at, token in enumerate(tokens):
        if token.form != "number" and "number" not in token.tags:
            continue
        if at in taken or (found and at <= found[-1].last):
            continue
        noun = _noun_of_time(tokens, at)
        mention = _length(text, tokens, at, noun) if noun else _year(text, tokens, at)
        if mention is not None:
            found.append(mention)
    return found


def _noun_of_time(tokens: Sequence[Token], at: int) -> int:
    """Return the token of the noun of a number of time, 0 if it is none; a day, "9 h 30" and the ends of "2 à 3 ans" are none.

    The first of "de 23 à 18 jours", two levels, has the noun of the second.
    """
    if at + 1 >= len(tokens):
        return 0
    led = at > 0 and "of" in tokens[at - 1].tags
    ranged = (
        at > 1
        and bool(tokens[at - 1].tags.keys() & {"to", "between", "joint"})
        and _is_number(tokens[at - 2])
    )
    levels = ranged and at > 2 and bool(tokens[at - 3].tags.keys() & {"of", "between"})
    if led and at + 3 < len(tokens) and "to" in tokens[at + 1].tags and _is_number(tokens[at + 2]):
        at += 2
        levels = True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or not after.tags.keys() & {"duration", "age"} or (ranged and not levels):
        return 0
    hour = "hour" in after.tags or after.key in lexicon().sentences.hour_endings
    clock = at + 2 < len(tokens) and hour and tokens[at + 2].form == "number"
    return 0 if clock else at + 1


def _is_number(token: Token) -> bool:
    return token.form == "number" or "number" in token.tags


def _year(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Return a year, which so many years later is another: "créée en 1998"."""
    token = tokens[at]
    if len(token.key) != 4 or not is_digits(token.key) or not "1800" <= token.key <= "2100":
        return None
    year = Quantity(text[token.start : token.end], int(token.key), 0, 0)
    return Mention(at, at, at, token.start, token.end, year, bare=True)


def _length(text: str, tokens: Sequence[Token], at: int, noun: int) -> Mention | None:
    own = noun if noun == at + 1 else at
    printed = text[tokens[at].start : tokens[own].end]
    if tokens[at].form == "number":
        value = quantity(printed, digits=tokens[at].key, sign=1, magnitude=1, unit="count")
    else:
        value = Quantity(printed, int(tokens[at].tags["number"]), 0, 0)
    if value is None:
        return None
    last, value = _and_more(text, tokens, at, value) if own == noun else (own, value)
    hedge, lead, _ = hedged(tokens, at, last)
    return Mention(
        at, last, lead, tokens[at].start, tokens[last].end, value, "digits", 0, hedge, noun=tokens[noun].key
    )  # fmt: skip


def _and_more(text: str, tokens: Sequence[Token], at: int, years: Quantity) -> tuple[int, Quantity]:
    """Return the last token and the value of "20 ans et 6 mois" in its years, each month a twelfth, and of "deux ans et demi"."""
    if at + 3 >= len(tokens) or "joint" not in tokens[at + 2].tags or years.scale:
        return at + 1, years
    if tokens[at + 3].key.startswith(lexicon().sentences.half):
        half = Quantity(text[tokens[at].start : tokens[at + 3].end], years.mantissa * 10 + 5, 0, 1)
        return at + 3, half
    months = small_number(tokens, at + 3)
    named = at + 4 < len(tokens) and "age" in tokens[at + 1].tags and "duration" in tokens[at + 4].tags
    named = named and "age" not in tokens[at + 4].tags  # "entre 18 ans et 25 ans"
    if not named or months is None:
        return at + 1, years
    value = round((years.mantissa + Fraction(months, 12)) * 10**_SCALE)
    return at + 4, Quantity(text[tokens[at].start : tokens[at + 4].end], value, 10**_SCALE // 24, _SCALE)
