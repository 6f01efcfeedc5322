"""Patterns of share: percentages and fractions of a whole, and levels that a stated change leads to."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.patterns_change import trend_before
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence


def rate_in_change(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
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


def _set_against(sentence: Sentence, k: int) -> bool:
    """Return whether percentage `k` is a former level: "contre 48 %", "(48 % en 2022)"."""
    before = sentence.token(sentence.before(k))
    return "against" in before.tags or (before.key == "(" and sentence.periods[k].told)


def _rate_before(sentence: Sentence, k: int) -> bool:
    lead = sentence.mentions[k].lead
    return any("rate" in sentence.token(at).tags for at in range(max(0, lead - 16), lead))


def _opposed(sentence: Sentence, k: int, done: Sequence[Reading]) -> bool:
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


def share(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read any other percentage or fraction as a share."""
    return Reading("share") if sentence.mentions[k].quantity.unit in ("%", "‰") else None
