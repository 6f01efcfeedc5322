"""Patterns of level: shares, means, ratios, parts, totals and plain counts."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.fractions import small_number
from mlcheck.extraction.prose.partition import akin
from mlcheck.extraction.prose.patterns_change import trend_before
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence

_NEAR = 8
_ROUND = (100, 1000, 10_000)


def mean_growth(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "augmente en moyenne de 0,5 % par an", "une hausse moyenne de 5 % par an"."""
    if sentence.mentions[k].quantity.unit not in ("%", "points"):
        return None
    after = sentence.after(k)
    cue = _mean_before(sentence, k, 24)
    yearly = "yearly" in sentence.token(after).tags or (
        "per" in sentence.token(after).tags and "duration" in sentence.token(after + 1).tags
    )
    if cue < 0 and yearly:  # "2,4 % par an en moyenne"
        cue = next((at for at in range(after + 1, after + 3) if "mean" in sentence.token(at).tags), -1)
    if cue < 0 or not (yearly or "yearly" in sentence.token(cue + 1).tags):
        return None
    return Reading("mean", trend_before(sentence, sentence.mentions[k].lead), cue)


def _mean_before(sentence: Sentence, k: int, reach: int) -> int:
    """Return the token of the mean word that governs mention `k` from the left, -1 if none."""
    start = sentence.mentions[k].lead - 1
    for at in range(start, max(-1, start - reach), -1):
        token = sentence.token(at)
        if "mean" in token.tags:
            return at
        if at in sentence.at or token.key in (";", ")", "."):
            return -1
    return -1


def mean(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "une moyenne de 27 contacts par jeune", "en moyenne 3 000 jeunes par structure", "12 en moyenne"."""
    if sentence.mentions[k].quantity.unit == "%":
        return None
    cue = _mean_before(sentence, k, 16)
    if cue >= 0:
        return None if _per_thousand(sentence, k) else Reading("mean", None, cue)
    for at in list(sentence.tail(k))[:_NEAR]:
        token = sentence.token(at)
        if "mean" in token.tags and token.key.startswith("en"):
            return Reading("mean", None, at)
        if token.form == "mark" or token.tags.keys() & {"verb", "joint"}:
            return None
    return None


def ratio(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "353 euros par jeune", "12 conseillers pour 1 000 jeunes"; "par téléphone" measures nothing."""
    if sentence.mentions[k].quantity.unit in ("%", "points"):
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


def per_at(sentence: Sentence, k: int) -> int:
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
                and sentence.token(at - 1).key.endswith(("es", "us", "is"))
                and not ("duration" in following.tags or at - sentence.after(k) <= 1)
            )
            return -1 if participle else at
        if token.form == "mark" or token.tags.keys() & {"verb", "joint", "clause"}:
            return -1
    return -1


def _slash_per(sentence: Sentence, k: int, at: int) -> bool:
    """Return whether a slash says "par": "528 €/mois", "27 contacts/jeune", not "allocations GJ/CEJ"."""
    near = at - sentence.after(k) <= 1
    return near and sentence.text[sentence.token(at + 1).start : sentence.token(at + 1).end].islower()


def _per_thousand(sentence: Sentence, k: int) -> bool:
    """Return whether mention `k` is followed by "pour 1 000 habitants"."""
    if k + 1 >= len(sentence.mentions):
        return False
    following = sentence.mentions[k + 1]
    gap = sentence.gap(k, k + 1)
    plain = not any(t.form == "mark" or "verb" in t.tags for t in gap)
    if not gap or len(gap) > 5 or gap[-1].key != "pour" or not plain:
        return False
    lead = sentence.mentions[k].lead
    told = any(sentence.token(at).key == "ratio" for at in range(max(0, lead - _NEAR), lead))
    return told or small_number(sentence.tokens, following.first) in _ROUND


def part(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "dont 41 jeunes", and what a list goes on with: "dont 28 000 naissances et 75 000 arrivées"."""
    mention = sentence.mentions[k]
    if mention.quantity.unit in ("%", "points", "‰"):
        return None
    before = sentence.before(k)
    if "part" in sentence.token(before).tags:
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


def _has_noun(sentence: Sentence, k: int) -> bool:
    token = sentence.token(sentence.after(k))
    return token.form == "word" and not token.tags


def _akin(sentence: Sentence, j: int, k: int) -> bool:
    """Return whether two nouns are of one kind: "17 femmes et 6 hommes", "12 ateliers et 3 forums"."""
    return akin(sentence.token(sentence.after(j)).key, sentence.token(sentence.after(k)).key)


def _same_noun(sentence: Sentence, j: int, k: int) -> bool:
    left, right = sentence.token(sentence.after(j)), sentence.token(sentence.after(k))
    return left.key == right.key or sentence.mentions[j].magnitude == sentence.mentions[k].magnitude > 1


def total(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read "pour un total de 18 millions" after its terms as their sum."""
    before = sentence.before(k)
    told = {"total", "together"} & sentence.token(before).tags.keys()
    return Reading("sum", None, before) if told and k > 1 else None


def count(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read every number that is left as a count or an amount."""
    return Reading("count")
