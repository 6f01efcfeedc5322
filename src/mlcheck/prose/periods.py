"""Say which year each number of a sentence speaks of, and which it is compared with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.model.sentence import Token
from mlcheck.prose.numbers import Mention
from mlcheck.prose.tokens import is_plural, opens_with_of

_BACK = 12  # numbers that one reference year can govern
_DAYS = 31
_BESIDE = 6  # tokens before a year among which one says that it is of a former level
_CLOSING = (")", ";", ":")


class Year(Struct, frozen=True, gc=False):
    """A year named at token `at`; a reference is one that something is compared with ("depuis 2019")."""

    at: int
    year: int
    reference: bool


class Period(Struct, frozen=True, gc=False):
    """The year a number speaks of, the one it is compared with, and whether the sentence says them."""

    year: int | None
    reference: int | None
    printed: bool = False
    reference_printed: bool = False


_RANGE = ("-", "/")


def years(tokens: Sequence[Token], report: int | None) -> list[Year]:
    """Return the years that a sentence names, in order; "l'an dernier" is counted from the report's."""
    found: list[Year] = []
    for at, token in enumerate(tokens):
        year, form, key = None, token.form, token.key
        if form == "mark":
            continue
        if form == "number" and len(key) == 4 and is_year(tokens, at):
            year = int(key)
        elif form == "word" and "-" in key and is_digits(key[-4:]) and "1900" <= key[-4:] <= "2100":
            year = int(key[-4:])
        elif token.tags and "relative-year" in token.tags and report is not None:
            year = report + token.tags["relative-year"]
        if year is not None:
            found.append(Year(at, year, _refers(tokens, at)))
    return [
        Year(y.at, y.year, y.reference or _opens_range(tokens, y, found[n + 1] if n + 1 < len(found) else None))
        for n, y in enumerate(found)
    ]  # fmt: skip


def present_years(tokens: Sequence[Token]) -> list[int]:
    """Return the years that a text speaks of, without those that something is compared with."""
    return [y.year for y in years(tokens, None) if not y.reference and not _is_beside(tokens, y.at)]


def _is_beside(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a year is that of a former level: "contre 96 en 2022", "(80 en 2022)"."""
    for step in range(1, min(at, _BESIDE) + 1):
        token = tokens[at - step]
        if token.key == "(" or "against" in token.tags:
            return True
        if token.form == "mark" or "verb" in token.tags:
            return False
    return False


def _refers(tokens: Sequence[Token], at: int) -> bool:
    """Return whether what governs the year is a comparison: "par rapport à", "depuis", "qu'en"."""
    near = True
    for step in range(1, 9):
        if at < step:
            return False
        token = tokens[at - step]
        if "since" in token.tags and (near or " " in token.key):
            return True
        if token.form == "code" or token.tags.keys() & {"month", "calendar", "of", "to", "definite"}:
            continue
        if token.form == "number" and "month" in tokens[at - step + 1].tags:
            continue
        if token.form == "mark" or token.tags:
            return False
        near = False  # "par rapport à la dotation initiale pour 2003"
    return False


def _opens_range(tokens: Sequence[Token], year: Year, following: Year | None) -> bool:
    """Return whether the year opens a range: "entre 2007 et 2015", "de 2007 à 2015", "2007-2015"."""
    if following is None or not 2 <= following.at - year.at <= 3 or following.year <= year.year:
        return False
    joint = tokens[year.at + 1]
    opened = year.at > 0 and not {"between", "of"}.isdisjoint(tokens[year.at - 1].tags)
    return joint.key == "-" or (opened and "until" in joint.tags)


def _brackets(tokens: Sequence[Token], at: int, following: Sequence[Mention]) -> bool:
    """Tell whether a year is followed by what it was, alone in brackets: "par rapport à 2023 (722 jeunes)"."""
    if following and any("clause" in t.tags and "part" not in t.tags for t in tokens[at + 1 : at + 3]):
        return True  # "qu'en 2022, où on en comptait 310"
    if not following or following[0].lead != at + 2 or tokens[at + 1].key != "(":
        return False
    end = next((n for n in range(at + 2, len(tokens)) if tokens[n].key == ")"), len(tokens))
    return len(following) == 1 or following[1].first > end


def _opens_clause(tokens: Sequence[Token], at: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a year opens a clause with what follows it: "; en 2023, elle en suit 495", ", l'année 2023 en compte 946"."""
    if len(mentions) < 2:
        return False
    lead = at - 1
    while lead > mentions[0].last and tokens[lead].tags.keys() & {
        "inside",
        "calendar",
        "definite",
        "of",
        "joint",
    }:
        lead -= 1
    following = tokens[at + 1 : mentions[1].lead]
    told = any(t.tags.keys() & {"verb", "reach", "share-verb"} for t in following)
    if tokens[lead].key == ";":
        return not any(t.key in _CLOSING for t in following)
    return tokens[lead].key == "," and told and not any(t.key in _CLOSING for t in following)


def _opens_bracket(tokens: Sequence[Token], at: int, following: Mention) -> bool:
    return at + 2 == following.lead and tokens[at + 1].key == "("


def _is_compared_with(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell whether a number is itself what something is compared with: "par rapport aux 815 situations de 2023"."""
    return any("since" in t.tags for t in tokens[max(0, mention.lead - 2) : mention.lead])


def _without_heads(
    tokens: Sequence[Token], named: Sequence[Year], mentions: Sequence[Mention], before: list[int | None]
) -> list[Year]:
    """Return the years that no colon ties to a number; the others are noted in `before`."""
    leads = {m.lead: k for k, m in enumerate(mentions)}
    headed = {year.at: k for year in named if (k := _headed(tokens, year.at, leads)) is not None}
    for year in named:
        if year.at in headed:
            before[headed[year.at]] = year.year
    return [year for year in named if year.at not in headed]


def _headed(tokens: Sequence[Token], at: int, leads: dict[int, int]) -> int | None:
    """Return the mention that a colon ties a year to: "2024 : 659 ; 2025 : 634", "(rappel 2023 : 35 %)"; None where there is none."""
    before = tokens[at - 1] if at else None
    opens = before is None or before.form == "mark" or not before.tags  # no "en 2022 : + 20 %"
    colon = opens and at + 1 < len(tokens) and tokens[at + 1].key in (":", "=")
    return leads.get(at + 2) if colon else None


def _is_of_level(tokens: Sequence[Token], year: Year, left: Mention, following: Mention) -> bool:
    """Tell whether a year after a rate is that of the level in brackets: "en recul de 4 % sur ceux de 2022 (32 500)"."""
    relative = left.quantity.unit in ("%", "points") and following.quantity.unit not in ("%", "points")
    return (
        relative and not year.reference and not following.sign and _opens_bracket(tokens, year.at, following)
    )


def assign(tokens: Sequence[Token], mentions: Sequence[Mention], report: int | None) -> list[Period]:
    """Return the period of each mention, in order; the report's year where the sentence names none."""
    named = years(tokens, report)
    own: list[int | None] = [None] * len(mentions)
    before: list[int | None] = [None] * len(mentions)
    reference: list[int | None] = [None] * len(mentions)
    heads: list[int | None] = [None] * len(mentions)
    first: int | None = None
    lasts = [m.last for m in mentions]
    for year in _without_heads(tokens, named, mentions, before):
        left = bisect_left(lasts, year.at) - 1
        if year.reference and left < 0 and _brackets(tokens, year.at, mentions):
            before[0] = year.year
        if left < 0:
            if year.reference:
                first = first or year.year
            else:
                heads = [year.year] * len(mentions)
            continue
        if not year.reference and _opens_clause(tokens, year.at, mentions[left:]):
            heads[left + 1 :] = [year.year] * (len(mentions) - left - 1)
            continue
        owner = left
        if year.reference and _brackets(tokens, year.at, mentions[left + 1 :]):
            before[left + 1] = year.year
        if (
            left + 1 < len(mentions)
            and not year.reference
            and not _adjoins(tokens, mentions[left].last, year.at)
        ):
            bracketed = _opens_bracket(tokens, year.at, mentions[left + 1])
            if bracketed or _adjoins(tokens, year.at, mentions[left + 1].first):
                before[left + 1] = year.year
                continue
        if left + 1 < len(mentions) and _is_of_level(tokens, year, mentions[left], mentions[left + 1]):
            before[left + 1] = year.year
            reference[left] = reference[left] or year.year
        elif year.reference and not _is_compared_with(tokens, mentions[owner]):
            for k in range(max(0, owner - _BACK), owner + 1):
                reference[k] = reference[k] or year.year
        else:
            own[owner] = own[owner] or year.year
    spans = _years_back(tokens, mentions)
    given = zip(own, before, reference, heads, spans, strict=True)
    return [_period(o or b, r or first, head, report, back) for o, b, r, head, back in given]


def _period(
    own: int | None, reference: int | None, head: int | None, report: int | None, back: int | None
) -> Period:
    year = own or head or report
    named = reference is not None
    if reference is None and year is not None:
        reference = year - (back or 1)
    return Period(year, reference, own is not None, named)


def _adjoins(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Return whether no boundary parts two tokens."""
    between = tokens[left + 1 : right] if right - left < 40 else ()
    if right - left >= 40:
        return False
    return not any(
        t.key in _CLOSING or t.key in (",", "(") or t.tags.keys() & {"verb", "joint", "reach", "against"}
        for t in between
    )


def _years_back(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[int | None]:
    """Return over how many years each mention compares: "+5 % en un an et +9 % en deux ans"; the only span is that of all."""
    spans = list(_spans(tokens))
    if len(spans) < 2:
        return [spans[0][1] if spans else None] * len(mentions)
    found: list[int | None] = []
    for k, mention in enumerate(mentions):
        end = mentions[k + 1].first if k + 1 < len(mentions) else len(tokens)
        own = (years for at, years in spans if mention.last < at < end)
        found.append(next(own, spans[0][1]))
    return found


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where "en dix ans", "sur 5 ans", "en un an" stand, with their length in years."""
    for at in range(len(tokens) - 2):
        if (tags := tokens[at].tags) and "lasting" in tags and "age" in tokens[at + 2].tags:
            count = tokens[at + 1]
            if count.form == "number" and is_digits(count.key) and len(count.key) < 3:
                yield at, int(count.key)
            elif "number" in count.tags:
                yield at, int(count.tags["number"])


# Tell ages, durations, days and years from numbers that count.


def timed(tokens: Sequence[Token], mention: Mention) -> bool:
    """An age or a duration: "26 ans", "16 à 17 ans", "24 h", "26 et +"."""
    at = mention.last + 1
    for _ in range(3):
        if at >= len(tokens):
            return False
        token = tokens[at]
        if token.tags.keys() & {"duration", "age"}:
            return True
        if token.key == "+":
            return at + 1 >= len(tokens) or tokens[at + 1].form != "number"
        if token.form == "number" or _is_hour(token) or _ranges(token):
            if token.form == "code":
                return True
            at += 1
            continue
        return False
    return at < len(tokens) and "duration" in tokens[at].tags


def _is_hour(token: Token) -> bool:
    """Return whether a code is a number of hours: "24h"."""
    return token.form == "code" and token.key.endswith(lexicon().sentences.hour_endings)


def _ranges(token: Token) -> bool:
    """Return whether a token may stand between the two numbers of a range."""
    return token.key in _RANGE or "range" in token.tags


def ages_at(tokens: Sequence[Token], mention: Mention) -> Sequence[int]:
    """Return the tokens of the age that starts at a number ("16 à 17 ans"), none where it is a length of time.

    A length of time that bounds a class is one too: "des contrats de moins de 6 mois".
    """
    start = mention.first
    if start and "length" in tokens[start - 1].tags:
        return ()
    bound = start > 1 and "hedge" in tokens[start - 1].tags
    bound = bound and (opens_with_of(tokens[start - 1]) or "of" in tokens[start - 2].tags)
    if bound and start + 1 < len(tokens) and "duration" in tokens[start + 1].tags:
        return [start, start + 1]
    for at in range(start + 1, min(start + 4, len(tokens))):
        token = tokens[at]
        if "age" in token.tags:
            return [n for n in range(start, at + 1) if n == at or tokens[n].form == "number"]
        if token.form != "number" and not _ranges(token):
            break
    return ()


def dated(tokens: Sequence[Token], mention: Mention) -> bool:
    """A day, a month in digits, or a year written as one: "20 octobre", "21/11", "20 au 26 novembre"."""
    at = mention.last + 1
    if is_year(tokens, mention.first):
        return True
    if not mention.bare or mention.quantity.value > _DAYS:
        return _slashed(tokens, mention)
    for _ in range(4):
        if at >= len(tokens):
            break
        if "month" in tokens[at].tags:
            return True
        listed = "days" in tokens[at].tags or tokens[at].key in ("-", ",")
        if tokens[at].form not in ("number", "code") and not listed:
            break
        at += 1
    return _slashed(tokens, mention)


def _slashed(tokens: Sequence[Token], mention: Mention) -> bool:
    first, last = mention.first, mention.last
    after = (
        last + 2 < len(tokens) and tokens[last + 1].key == "/" and tokens[last + 2].form in ("number", "code")
    )
    before = first > 1 and tokens[first - 1].key == "/" and tokens[first - 2].form in ("number", "code")
    return mention.bare and (after or before)


def is_year(tokens: Sequence[Token], at: int) -> bool:
    """Return whether token `at` is a year: four digits without separator that no plural noun follows."""
    key = tokens[at].key
    if len(key) != 4 or not is_digits(key) or not "1900" <= key <= "2100":
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.form != "word" or after.tags:
        return not (after and after.tags.keys() & {"unit", "magnitude"})
    before = tokens[at - 1] if at else None
    named = before is not None and bool(before.tags.keys() & {"month", "calendar"})
    return named or not is_plural(after) or after.key[0].isupper()
