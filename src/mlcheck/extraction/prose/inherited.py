"""Give a number that has no words of its own those of the number it is told of."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.phrases import Words
from mlcheck.extraction.prose.qualifying import over_pair
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence
from mlcheck.model.claim import Claim

Pair = tuple[Words, Words]


def inherited(
    sentence: Sentence, k: int, of: int | None, found: Sequence[Claim], done: Sequence[Reading], own: Pair
) -> Pair:
    """Return the words (subject, base) of mention `k`: its own, else those of what it qualifies or goes on from."""
    if of is not None:
        told = _of_another(sentence, k, of, found, done, own)
        if told is not None:
            return told
    if own[0] or not k:
        return own
    previous = found[k - 1].subject, found[k - 1].base
    if not own[1] and (_same_cue(k, done) or _joined(sentence, k) or _dated(sentence, k)):
        return previous
    return (previous[0], own[1]) if _beside(sentence, k, done) else own


def _of_another(
    sentence: Sentence, k: int, of: int, found: Sequence[Claim], done: Sequence[Reading], own: Pair
) -> Pair | None:
    """Return the words of what mention `k` qualifies, where it has none or says the same fact again."""
    whole = found[of]
    twice = done[k].kind == "share" == done[of].kind and sentence.mentions[of].notation == "fraction"
    if twice and sentence.token(sentence.after(k)).key == ")":
        return whole.subject, whole.base
    if done[k].kind == "share" and of + 1 < k and over_pair(sentence, of):
        if not whole.subject:  # "472 des 859 jeunes (55 %) sont des hommes"
            return own if own[1] else (own[0], found[of + 1].subject)
        return whole.subject, own[1] or found[of + 1].subject
    if own[0]:
        return None
    return whole.subject, own[1] or (whole.base if whole.kind == "share" else ())


def _same_cue(k: int, done: Sequence[Reading]) -> bool:
    """Two rates or levels that one word governs."""
    return done[k].cue == done[k - 1].cue >= 0 and done[k].kind == done[k - 1].kind


def _joined(sentence: Sentence, k: int) -> bool:
    """Two percentages that "et" joins: "45 % en 2022 et 52 % en 2023"."""
    units = {sentence.mentions[k].quantity.unit, sentence.mentions[k - 1].quantity.unit}
    return units == {"%"} and any("joint" in t.tags for t in sentence.gap(k - 1, k))


def _dated(sentence: Sentence, k: int) -> bool:
    """A bare number of a year: "312 en 2022 et de 340 en 2023", "de 4,5 %, de 440 en 2022 à 460 en 2023"."""
    return sentence.mentions[k].bare and sentence.periods[k].told


def _beside(sentence: Sentence, k: int, done: Sequence[Reading]) -> bool:
    """A number in a parenthesis after another, a level after its change, what a change is counted from."""
    if sentence.enclosure(k) > sentence.mentions[k - 1].last:
        return True
    level = "pass" in sentence.token(done[k].cue).tags and done[k].cue != done[k - 1].cue
    return level or "since" in sentence.token(sentence.mentions[k].lead - 2).tags
