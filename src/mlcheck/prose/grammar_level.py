"""Patterns of level: shares, means, ratios, parts, totals and plain counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from mlcheck.language.lexicon import lexicon
from mlcheck.prose import grammar_change as patterns_change
from mlcheck.prose.grammar_change import trend_before
from mlcheck.prose.passage import akin
from mlcheck.prose.sentence import Parse, Reading

_NEAR = 8
_PER = frozenset({"per", "out-of"})
_ROUND = (100, 1000, 10_000, 100_000)
Pattern = Callable[[Parse, int, Sequence[Reading]], Reading | None]


def mean_growth(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "augmente en moyenne de 0,5 % par an", "une hausse moyenne de 5 % par an"; "2,4 % par an en moyenne" is a change."""
    if sentence.mentions[k].quantity.unit not in ("%", "points"):
        return None
    after = sentence.after(k)
    cue = _mean_before(sentence, k, 24)
    yearly = "yearly" in sentence.token(after).tags or (
        "per" in sentence.token(after).tags and "duration" in sentence.token(after + 1).tags
    )
    if cue < 0 or not (yearly or "yearly" in sentence.token(cue + 1).tags):
        return None
    return Reading("mean", trend_before(sentence, sentence.mentions[k].lead), cue)


def _mean_before(sentence: Parse, k: int, reach: int) -> int:
    """Return the token of the mean word that governs mention `k` from the left, -1 if none."""
    start = sentence.mentions[k].lead - 1
    for at in range(start, max(-1, start - reach), -1):
        token = sentence.token(at)
        if "mean" in token.tags:
            return at
        if at in sentence.at or token.key in (";", ")", "."):
            return -1
    return -1


def mean(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "une moyenne de 27 contacts par jeune", "en moyenne 3 000 jeunes par structure", "12 en moyenne"."""
    if sentence.mentions[k].quantity.unit == "%":
        return None
    cue = _mean_before(sentence, k, 16)
    if cue >= 0:
        return None if _per_thousand(sentence, k) else Reading("mean", None, cue)
    if k and done[k - 1].kind == "mean" and _is_former(sentence, k):
        return Reading("mean", None, done[k - 1].cue)
    for at in list(sentence.tail(k))[:_NEAR]:
        token = sentence.token(at)
        if "on-average" in token.tags:
            return Reading("mean", None, at)
        if token.form == "mark" or token.tags.keys() & {"verb", "joint"}:
            return None
    return None


def _is_former(sentence: Parse, k: int) -> bool:
    """Return whether a level is set against the one before it: "131,58 €, contre 148,82 € en 2023"."""
    units = {sentence.mentions[n].quantity.unit for n in (k - 1, k)}
    return len(units) == 1 and "against" in sentence.token(sentence.before(k)).tags


def ratio(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "353 euros par jeune", "12 conseillers pour 1 000 jeunes"; "par téléphone" measures nothing."""
    if sentence.mentions[k].quantity.unit in ("%", "points"):
        return None
    if sentence.tags.isdisjoint(_PER) and "/" not in sentence.text:
        return None
    if k and _per_thousand(sentence, k - 1):
        return Reading("ratio")
    if _per_thousand(sentence, k):
        return Reading("ratio", None, sentence.after(k))
    per = per_at(sentence, k)
    if per < 0 and k + 1 < len(sentence.mentions):  # "1 237 et 353 euros par jeune"
        gap = sentence.gap(k, k + 1)
        if (
            len(gap) == 1
            and "joint" in gap[0].tags
            and sentence.mentions[k].digits
            and not sentence.mentions[k].bare
        ):
            per = per_at(sentence, k + 1)
    return Reading("ratio", None, per) if per >= 0 else None


def per_at(sentence: Parse, k: int) -> int:
    """Return the token of "par" in "27 contacts par jeune", -1 where no bare noun follows it."""
    for at in list(sentence.tail(k))[:5]:
        token = sentence.token(at)
        if "per" in token.tags or (token.key == "/" and _slash_per(sentence, k, at)):
            following = sentence.token(at + 1)
            if following.form != "word" or not following.tags.keys().isdisjoint(
                {"definite", "of", "measured-by", "number", "verb"}
            ):
                return -1
            participle = (
                at - sentence.after(k) > 1
                and sentence.token(at - 1).key.endswith(lexicon().sentences.verbs.participles)
                and not ("duration" in following.tags or at - sentence.after(k) <= 1)
            )
            return -1 if participle else at
        if token.form == "mark" or token.tags.keys() & {"verb", "joint", "clause"}:
            return -1
    return -1


def _slash_per(sentence: Parse, k: int, at: int) -> bool:
    """Return whether a slash says "par": "528 €/mois", "27 contacts/jeune", not "allocations GJ/CEJ"."""
    near = at - sentence.after(k) <= 1
    return near and sentence.text[sentence.token(at + 1).start : sentence.token(at + 1).end].islower()


def _per_thousand(sentence: Parse, k: int) -> bool:
    """Return whether mention `k` is followed by "pour 1 000 habitants"."""
    if k + 1 >= len(sentence.mentions):
        return False
    following = sentence.mentions[k + 1]
    gap = sentence.gap(k, k + 1)
    plain = not any(t.form == "mark" or "verb" in t.tags for t in gap)
    if not gap or len(gap) > 5 or "out-of" not in gap[-1].tags or not plain:
        return False
    lead = sentence.mentions[k].lead
    said = any("ratio" in sentence.token(at).tags for at in range(max(0, lead - _NEAR), lead))
    return said or following.quantity.value in _ROUND


def part(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "dont 41 jeunes", and what a list goes on with: "dont 28 000 naissances et 75 000 arrivées"."""
    mention = sentence.mentions[k]
    if mention.quantity.unit in ("%", "points", "‰"):
        return None
    before = sentence.before(k)
    if "part" in sentence.token(before).tags or _of_an_opening(sentence, k):
        return Reading("part", None, before)
    if k and done[k - 1].kind == "part" and sentence.enclosure(k) == sentence.enclosure(k - 1):
        gap = sentence.gap(k - 1, k)
        listed = bool(gap) and (gap[-1].key == "," or "joint" in gap[-1].tags)
        cut = any("that-is" in t.tags or t.key in (":", ";") for t in gap)
        own_noun = not mention.bare or _has_noun(sentence, k)
        if (
            listed
            and not cut
            and (not own_noun or _same_noun(sentence, k - 1, k) or _akin(sentence, k - 1, k))
        ):
            return Reading("part", None, done[k - 1].cue)
    return None


def _of_an_opening(sentence: Parse, k: int) -> bool:
    """Tell whether a clause with a subject of its own counts some of what a sentence opens with: "Sur 81 ateliers, on relève 11 …"."""
    if k != 1 or "among" not in sentence.token(0).tags:
        return False
    gap = sentence.gap(0, 1)
    told = any(a.key == "," and "subject-pronoun" in b.tags for a, b in pairwise(gap))
    return told and "verb" in gap[-1].tags


def _has_noun(sentence: Parse, k: int) -> bool:
    token = sentence.token(sentence.after(k))
    return token.form == "word" and not token.tags


def _akin(sentence: Parse, j: int, k: int) -> bool:
    """Return whether two nouns are of one kind: "17 femmes et 6 hommes", "12 ateliers et 3 forums"."""
    return akin(sentence.token(sentence.after(j)).key, sentence.token(sentence.after(k)).key)


def _same_noun(sentence: Parse, j: int, k: int) -> bool:
    left, right = sentence.token(sentence.after(j)), sentence.token(sentence.after(k))
    amounts = "of" in left.tags and "of" in right.tags  # "30 000 € de travaux et 12 000 € d'études"
    return (
        left.key == right.key
        or amounts
        or sentence.mentions[j].magnitude == sentence.mentions[k].magnitude > 1
    )


def total(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "pour un total de 18 millions" after its terms as their sum."""
    before = sentence.before(k)
    said = {"total", "together"} & sentence.token(before).tags.keys()
    return Reading("sum", None, before) if said and k > 1 else None


def count(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read every number that is left as a count or an amount."""
    return Reading("count")


# Patterns of share: percentages and fractions of a whole, and levels that a stated change leads to.


def _rate_in_change(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read a level that a stated change of points leads to: "17,0 %, en hausse de 0,8 point".

    Only a rate, or two percentages set against each other under a trend word, is read so; its kind is
    points and its unit stays "%": bound as a share, checked as the end of a change.
    """
    mention = sentence.mentions[k]
    if mention.quantity.unit != "%" or mention.notation == "fraction":
        return None
    if k and done[k - 1].kind in ("share", "points") and _set_against(sentence, k):
        return (
            Reading(done[k - 1].kind, done[k - 1].direction)
            if sentence.mentions[k - 1].quantity.unit == "%"
            else None
        )
    if _opposed(sentence, k, done):
        return Reading(
            "points", trend_before(sentence, sentence.opened[mention.first]), sentence.opened[mention.first]
        )
    of_whole = "of" in sentence.token(sentence.after(k)).tags
    if of_whole and not _rate_before(sentence, k):
        return None
    n = k + 1
    while (
        n < len(sentence.mentions) and sentence.mentions[n].quantity.unit == "%" and _set_against(sentence, n)
    ):
        n += 1
    if n < len(sentence.mentions) and not any(t.key == ";" for t in sentence.gap(n - 1, n)):
        following = sentence.mentions[n]
        changes = following.quantity.unit == "points" or (
            following.quantity.unit == "%" and "more" in sentence.token(following.last + 1).tags
        )
        if changes and following.lead - sentence.mentions[n - 1].last <= 16:
            return Reading("points", trend_before(sentence, mention.lead))
    return None


def _set_against(sentence: Parse, k: int) -> bool:
    """Return whether percentage `k` is a former level: "contre 48 %", "(48 % en 2022)"."""
    before = sentence.token(sentence.before(k))
    return "against" in before.tags or (before.key == "(" and sentence.periods[k].printed)


def _rate_before(sentence: Parse, k: int) -> bool:
    lead = sentence.mentions[k].lead
    return any("rate" in sentence.token(at).tags for at in range(max(0, lead - 16), lead))


def _opposed(sentence: Parse, k: int, done: Sequence[Reading]) -> bool:
    """Return whether two percentages face each other in a parenthesis that follows a trend word."""
    opened = sentence.enclosure(k)
    if opened < 0 or trend_before(sentence, opened) is None:
        return False
    for left, right in ((k, k + 1), (k - 1, k)):
        if (
            left < 0
            or right >= len(sentence.mentions)
            or sentence.enclosure(left) != opened
            or sentence.enclosure(right) != opened
        ):
            continue
        facing = any("facing" in t.tags for t in sentence.gap(left, right))
        if facing and sentence.mentions[left].quantity.unit == sentence.mentions[right].quantity.unit == "%":
            return True
    return False


def _share(sentence: Parse, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read any other percentage or fraction as a share."""
    return Reading("share") if sentence.mentions[k].quantity.unit in ("%", "‰") else None


# Say what each number of a sentence asserts: the patterns in the order in which they are tried.


_ANY = frozenset[str]()
PATTERNS: tuple[tuple[Pattern, frozenset[str]], ...] = (
    (patterns_change.multiple, _ANY),
    (mean_growth, frozenset({"mean"})),
    (patterns_change.signed, _ANY),
    (patterns_change.compared, frozenset({"more", "trend"})),
    (patterns_change.passing, frozenset({"pass"})),
    (patterns_change.grown, frozenset({"trend"})),
    (patterns_change.reached, frozenset({"reach"})),
    (patterns_change.likewise, _ANY),
    (patterns_change.points, _ANY),
    (mean, frozenset({"mean", "on-average"})),
    (ratio, _ANY),
    (part, frozenset({"part", "subject-pronoun"})),
    (_rate_in_change, _ANY),
    (_share, _ANY),
    (total, frozenset({"total", "together"})),
    (count, _ANY),
)
"""Each with the tags one of which a sentence holds where it may match."""


def readings(sentence: Parse) -> list[Reading]:
    """Return what each mention asserts, in order; the first pattern that matches decides."""
    held = sentence.tags
    asked = [pattern for pattern, needs in PATTERNS if not needs or not held.isdisjoint(needs)]
    done: list[Reading] = []
    for k in range(len(sentence.mentions)):
        for pattern in asked:
            reading = pattern(sentence, k, done)
            if reading is not None:
                done.append(reading)
                break
    return done
