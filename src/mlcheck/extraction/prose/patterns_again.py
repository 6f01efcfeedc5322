"""Patterns of repetition: the further rates and differences that one trend word governs."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence


def likewise(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
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
    joined = (
        gap[-1].key == ","
        or not {"joint", "against", "of"}.isdisjoint(gap[-1].tags)
        or gap[-1].key == "apres"
    )
    after = sentence.token(sentence.after(k))
    own_words = ("of" in after.tags or "verb" in after.tags) and "against" not in gap[-1].tags
    if not joined or (own_words and not mention.bare):
        return None
    if mention.quantity.unit == "count" and not mention.bare:
        return None
    if mention.quantity.unit == "count" and after.form == "word" and not after.tags:
        return None
    return Reading(previous.kind, previous.direction, previous.cue)


def _again(sentence: Sentence, k: int, done: Sequence[Reading]) -> Reading | None:
    """Read the second of "une hausse de 50 inscrits (+ 8 %) et de 12 entrées": "et de" takes the trend up again."""
    before = sentence.before(k)
    if "of" not in sentence.token(before).tags or "joint" not in sentence.token(before - 1).tags:
        return None
    for j in range(k - 1, max(-1, k - 4), -1):
        if sentence.enclosure(j) == sentence.enclosure(k):
            again = done[j].kind == "variation" and "trend" in sentence.token(done[j].cue).tags
            same = sentence.mentions[j].quantity.unit == sentence.mentions[k].quantity.unit
            return Reading("variation", done[j].direction, done[j].cue) if again and same else None
    return None
