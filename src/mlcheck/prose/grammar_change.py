"""Patterns of change: growth, points, multiples, differences, two levels between which something passes."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.model.claim import ClaimKind, Direction
from mlcheck.model.sentence import Token
from mlcheck.prose.sentence import Parse, Reading
from mlcheck.prose.tokens import ends_with_of, opens_with_of

_REACH = 14  # tokens between a trend word and its number
_FARTHEST, _NEAR = 10, 3  # tokens after a number among which one says that it is a difference


def _changed(sentence: Parse, k: int) -> ClaimKind:
    return "points" if sentence.mentions[k].quantity.unit == "points" else "variation"


def direction_of(token: Token) -> Direction | None:
    """Return the direction of a trend word; "évolution" has none."""
    trend = token.tags.get("trend")
    return trend if trend in ("up", "down") else None


def multiple(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "a doublé", "trois fois plus", "multiplié par 2,5", "divisé par deux"."""
    before = sentence.token(sentence.before(k))
    if "factor" in before.tags:
        return Reading("multiple", before.tags["factor"], sentence.before(k))
    mention = sentence.mentions[k]
    if mention.notation != "multiple":
        return None
    down = "less-times" in sentence.token(mention.last + 1).tags
    return Reading("multiple", "down" if down else "up", mention.first)


def signed(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "+ 8 %", "- 0,3 point", "+ 28 600"."""
    mention = sentence.mentions[k]
    if not mention.sign:
        return None
    return Reading(_changed(sentence, k), "up" if mention.sign > 0 else "down", mention.first)


def compared(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "13 de plus", "40 inscrits de moins", "5 % supplémentaires", "21 % de progression".

    Beyond a preposition "que" must follow: "96 entrées en formation de plus qu'en 2022".
    """
    after = sentence.after(k)
    beyond = False
    for step in range(_FARTHEST):
        token = sentence.token(after + step)
        following = sentence.token(after + step + 1).tags
        if "more" in token.tags and "more" in following:
            return None  # "de plus en plus"
        if "more" in token.tags and (not beyond or "since" in following):
            return Reading(_changed(sentence, k), token.tags["more"], after + step)
        beyond = beyond or step >= _NEAR or ("preposition" in token.tags and "of" not in token.tags)
        if token.form != "word" or (
            token.tags.keys() & {"verb", "joint", "clause"} and "of" not in token.tags
        ):
            break
    noun = sentence.token(after + 1)
    unit = sentence.mentions[k].quantity.unit
    if "of" in sentence.token(after).tags and "trend" in noun.tags and unit in ("%", "points"):
        return Reading(_changed(sentence, k), direction_of(noun), after + 1)
    return None


def passing(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read the two levels of "passant de 50 % à 43 %"; of percentages they are points, of counts counts."""
    before = sentence.before(k)
    token = sentence.token(before)
    cue = -1
    if "of" in token.tags and "pass" in sentence.token(before - 1).tags:
        cue = before - 1
    elif "to" in token.tags and k and done[k - 1].cue >= 0 and "pass" in sentence.token(done[k - 1].cue).tags:
        cue = done[k - 1].cue
    elif "to" in token.tags and "pass" in sentence.token(before - 1).tags:
        cue = before - 1
    if cue < 0:
        return None
    kind: ClaimKind = "points" if sentence.mentions[k].quantity.unit in ("%", "points") else "count"
    return Reading(kind, trend_before(sentence, cue), cue)


def trend_before(sentence: Parse, index: int) -> Direction | None:
    """Return the direction of the nearest trend word left of token `index`, in the same part of the sentence."""
    for at in range(index - 1, max(-1, index - _REACH - 1), -1):
        token = sentence.token(at)
        if (direction := direction_of(token)) is not None:
            return direction
        if token.key in (";", ":"):
            return None
    return None


def grown(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "a augmenté de 8 %", "une hausse des dépenses de 6,15 %", "perdu 0,3 %", "hausse : 8 %"."""
    mention = sentence.mentions[k]
    before = sentence.before(k)
    token = sentence.token(before)
    if "trend" in token.tags:  # "a gagné 542 clubs"
        return Reading(_changed(sentence, k), direction_of(token), before)
    relative = mention.quantity.unit in ("%", "points", "‰")
    if _is_level(sentence, k):
        return None
    if token.key in ("(", ":") and relative and "trend" in sentence.token(before - 1).tags:
        return Reading(_changed(sentence, k), direction_of(sentence.token(before - 1)), before - 1)
    if mention.notation == "fraction" and "of" in sentence.token(sentence.after(k)).tags:
        return None  # "près du tiers de ce qu'elles seraient" is a part of a whole it names
    fraction = mention.notation == "fraction" and ("of" in token.tags or ends_with_of(token))
    if not (
        "of" in token.tags
        or fraction
        or (mention.lead != mention.first and opens_with_of(sentence.token(mention.lead)))
    ):
        return None
    if "rate" in sentence.token(before - 1).tags and "portion" not in sentence.token(before - 1).tags:
        return None
    for at in range(before - 1 if "of" in token.tags else before, max(-1, before - _REACH - 1), -1):
        earlier = sentence.token(at)
        if "trend" in earlier.tags:
            return Reading(_changed(sentence, k), direction_of(earlier), at)
        if (
            at in sentence.at
            or earlier.key in (":", ";", "(", ")")
            or earlier.tags.keys() & {"pass", "part", "that-is", "total"}
        ):
            break
        if "mean" in earlier.tags and not relative:
            break
        if earlier.tags.keys() & {"clause", "reach", "share-verb"}:
            break
    return None


def reached(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "la croissance a atteint 1,7 %", "la hausse s'établit à 5 %": the trend is a noun that reaches its rate."""
    if sentence.mentions[k].quantity.unit not in ("%", "points"):
        return None
    before = sentence.before(k)
    if "to" in sentence.token(before).tags:
        before -= 1
    if "reach" not in sentence.token(before).tags:
        return None
    for at in range(before - 1, max(-1, before - 9), -1):
        token = sentence.token(at)
        if (
            at in sentence.at
            or token.form == "mark"
            or token.tags.keys() & {"rate", "joint", "clause", "pass"}
        ):
            return None
        if "trend" in token.tags and sentence.token(at - 1).tags.keys() & {"definite", "number"}:
            return Reading(_changed(sentence, k), direction_of(token), at)
    return None


def points(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read any number of points as a difference, with the direction of the nearest trend word."""
    if sentence.mentions[k].quantity.unit != "points":
        return None
    after = sentence.token(sentence.after(k)).tags
    if after.keys() & {"above", "below"}:  # "6 points inférieur à la moyenne"
        return Reading("points", "up" if "above" in after else "down", sentence.after(k))
    return Reading("points", trend_before(sentence, sentence.mentions[k].lead))


# Patterns of repetition: the further rates and differences that one trend word governs.


def likewise(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read the further rates of "a progressé de 2,4 % en 2004, après 6,8 % en 2003 et 1,7 % en 2002"."""
    if not k:
        return None
    mention, earlier, previous = sentence.mentions[k], sentence.mentions[k - 1], done[k - 1]
    if (again := _again(sentence, k, done)) is not None:
        return again
    if previous.kind not in ("variation", "points") or earlier.quantity.unit != mention.quantity.unit:
        return None
    if (
        previous.kind == "points"
        and mention.quantity.unit == "%"
        and "pass" not in sentence.token(previous.cue).tags
    ):
        return None
    gap = sentence.gap(k - 1, k)
    if sentence.enclosure(k) != sentence.enclosure(k - 1) or not gap or len(gap) > 20:
        return None
    barred = {"verb", "that-is", "trend", "part", "clause", "reach", "total", "pass", "share-verb"}
    if any(not barred.isdisjoint(t.tags) or t.key in (":", ";", ".") for t in gap):
        return None
    if "of" in gap[-1].tags and _goes_on_to(sentence, k):
        return None  # "recule de 4 %, de 62 % à 58 %"
    joined = gap[-1].key == "," or not {"joint", "against", "of"}.isdisjoint(gap[-1].tags)
    after = sentence.token(sentence.after(k))
    own_words = ("of" in after.tags or "verb" in after.tags) and "against" not in gap[-1].tags
    if not joined or (own_words and not mention.bare):
        return None
    if mention.quantity.unit == "count" and not mention.bare:
        return None
    if mention.quantity.unit == "count" and after.form == "word" and not after.tags:
        return None
    return Reading(previous.kind, previous.direction, previous.cue)


def _goes_on_to(sentence: Parse, k: int) -> bool:
    """Tell whether a number is the first of "de A à B"."""
    following = sentence.gap(k, k + 1) if k + 1 < len(sentence.mentions) else ()
    cut = any(
        t.form == "mark" or t.tags.keys() & {"clitic", "reach"} for t in following
    )  # "de 30 pour s'établir à 330"
    return bool(following) and "to" in following[-1].tags and not cut


def _is_level(sentence: Parse, k: int) -> bool:
    """Tell whether a number is the first of two levels: "a reflué, de 146 à 164", "se réduit (8,4 % contre 9,1 % en 2022)"."""
    before = sentence.token(sentence.before(k))
    if before.key in ("(", ":"):
        return _set_before_another(sentence, k)
    return "of" in before.tags and _goes_on_to(sentence, k) and _prints_unit(sentence, k)


def _set_before_another(sentence: Parse, k: int) -> bool:
    """Tell whether the next number, in the same parenthesis, is what a level is set against."""
    if k + 1 >= len(sentence.mentions) or sentence.enclosure(k) != sentence.enclosure(k + 1):
        return False
    against = "against" in sentence.token(sentence.before(k + 1)).tags
    return (
        against
        and not (sentence.mentions[k].sign or sentence.mentions[k + 1].sign)
        and sentence.periods[k + 1].printed
    )


def _prints_unit(sentence: Parse, k: int) -> bool:
    """Tell whether a number that is the first of two has its own unit: "de 5 à 10 %" are the ends of a range."""
    mention, following = sentence.mentions[k], sentence.mentions[k + 1]
    return following.last == following.first or mention.last > mention.first


def _is_elliptic(gap: Sequence[Token]) -> bool:
    """Tell whether a clause leaves its verb out: "…), et les sorties de"."""
    joint = next((n for n, t in enumerate(gap) if "joint" in t.tags), len(gap))
    clause = gap[joint + 1 :]
    return (
        bool(clause)
        and "definite" in clause[0].tags
        and all(
            t.tags.keys() <= {"definite", "of", "partitive", "preposition", "calendar", "after-times"}
            and t.form == "word"
            for t in clause
        )
    )


def _again(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read the second of "une hausse de 50 inscrits (+ 8 %) et de 12 entrées": "et de" takes the trend up again."""
    before = sentence.before(k)
    gap = sentence.gap(k - 1, k)
    anew = any("that-of" in t.tags for t in gap) and not any(
        "verb" in t.tags for t in gap
    )  # "et celui des filles de"
    anew = anew or _is_elliptic(gap)
    if "of" not in sentence.token(before).tags or not (anew or "joint" in sentence.token(before - 1).tags):
        return None
    for j in range(k - 1, max(-1, k - 4), -1):
        if sentence.enclosure(j) == sentence.enclosure(k):
            again = done[j].kind == "variation" and "trend" in sentence.token(done[j].cue).tags
            same = sentence.mentions[j].quantity.unit == sentence.mentions[k].quantity.unit
            return Reading("variation", done[j].direction, done[j].cue) if again and same else None
    return None
