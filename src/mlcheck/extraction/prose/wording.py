"""Say in words what each number counts, or which part of which whole it is."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.phrases import (
    Words,
    content,
    is_dated,
    noun_phrase,
    phrase_before,
    predicate_of,
)
from mlcheck.extraction.prose.qualifying import over_pair
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence


def share_words(sentence: Sentence, k: int) -> tuple[Words, Words]:
    """Return (part, whole) of a share, from "49 % des inscrits sont des femmes" or "Femmes : 43 %"."""
    after, end = sentence.after(k), sentence.tail(k).stop
    token = sentence.token(after)
    before = sentence.token(sentence.before(k))
    if before.key == ":" and (after >= end or token.form == "mark"):
        return content(sentence, phrase_before(sentence, sentence.before(k), labels=True)), ()
    alone = before.key == "(" and token.key == ")" and "verb" in sentence.token(after + 1).tags
    if alone and k > 1 and over_pair(sentence, k - 2):  # "335 des 679 inscrits (49 %) sont des femmes"
        return content(sentence, predicate_of(sentence, after + 1, end)), ()
    if "of" in token.tags:
        start = after + 1
        while "definite" in sentence.token(start).tags and start < end:
            start += 1
        if (
            start >= end and sentence.at.get(start) == k + 1 and sentence.mentions[k + 1].bare
        ):  # "49 % des 679 inscrits"
            start, end = sentence.after(k + 1), sentence.tail(k + 1).stop
        phrase, stop = noun_phrase(sentence, start, end)
        whole = content(sentence, phrase)
        predicate = content(sentence, predicate_of(sentence, stop, end))
        if _partitive(sentence, after):
            return whole + tuple(w for w in predicate if w not in whole), ()
        predicate = predicate or _beyond(sentence, k, stop)
        if predicate and not _left_verb(sentence, k):
            return predicate, whole
        return content(sentence, phrase_before(sentence, sentence.before(k) + 1)), whole
    if _left_verb(sentence, k):
        own = content(sentence, phrase_before(sentence, sentence.before(k) + 1))
        place = (
            predicate_of(sentence, after, end)
            if "preposition" in token.tags and not is_dated(sentence, after)
            else range(0)
        )
        timed = any(
            sentence.tokens[at].tags.keys() & {"calendar", "duration", "month"} for at in list(place)[1:]
        )
        if own:
            return own + (() if timed else tuple(w for w in content(sentence, place) if w not in own)), ()
    if token.form == "word" and after < end and "against" not in token.tags and not is_dated(sentence, after):
        return content(sentence, predicate_of(sentence, after, end)), ()
    return content(sentence, phrase_before(sentence, sentence.before(k) + 1)), ()


def _partitive(sentence: Sentence, at: int) -> bool:
    """Return whether "de" names the part ("43 % de femmes") and not the whole ("43 % des femmes", "de la population")."""
    token, following = sentence.token(at), sentence.token(at + 1)
    return token.key in ("de", "d") and "definite" not in following.tags and following.form == "word"


def _left_verb(sentence: Sentence, k: int) -> bool:
    """Return whether a verb stands between the mention and what precedes it: "X représente 22 % des contrats"."""
    for at in range(sentence.before(k), max(-1, sentence.before(k) - 6), -1):
        token = sentence.token(at)
        if at in sentence.at or token.form == "mark":
            return False
        if token.tags.keys() & {"verb", "share-verb", "reach", "that-is"}:
            return True
    return False


def _beyond(sentence: Sentence, k: int, stop: int) -> Words:
    """Return the predicate after a parenthesis that holds one number: "la moitié des jeunes (47 %) ont le bac"."""
    close = sentence.mentions[k + 1].last + 1 if k + 1 < len(sentence.mentions) else -1
    if (
        sentence.token(stop).key != "("
        or sentence.token(close).key != ")"
        or sentence.mentions[k + 1].lead != stop + 1
    ):
        return ()
    end = sentence.tail(k + 1).stop
    return content(sentence, predicate_of(sentence, close + 1, end))


def change_words(sentence: Sentence, k: int, reading: Reading) -> tuple[Words, Words]:
    """Return the words of what has grown: between the trend word and its number, after it, or before."""
    after, end = sentence.after(k), sentence.tail(k).stop
    before = sentence.before(k)
    cue = reading.cue
    if 0 <= cue < before and "trend" in sentence.token(cue).tags:
        own = content(sentence, noun_phrase(sentence, after, end)[0])
        if any(at in sentence.at for at in range(cue + 1, before)):
            return own, ()
        between = content(sentence, range(cue + 1, before))
        left = content(sentence, phrase_before(sentence, cue))
        return between or (own if "of" in sentence.token(after).tags else ()) or left or own, ()
    if sentence.token(before).key in ("(", ":") or (cue == sentence.mentions[k].first and after >= end):
        return content(
            sentence, phrase_before(sentence, before + 1, labels=sentence.token(before).key == ":")
        ), ()
    own = content(sentence, noun_phrase(sentence, after, end)[0])
    return own or content(sentence, phrase_before(sentence, before + 1)), ()


def count_words(sentence: Sentence, k: int) -> tuple[Words, Words]:
    """Return what is counted and what is told of it: "85 jeunes ont bénéficié" → (jeunes), (beneficie)."""
    after, end = sentence.after(k), sentence.tail(k).stop
    before = sentence.before(k)
    if sentence.token(before).key == ":" and (after >= end or sentence.token(after).form == "mark"):
        return content(sentence, phrase_before(sentence, before, labels=True)), ()
    if (
        sentence.token(after).key == ","
        and "preposition" in sentence.token(after + 1).tags
        and after + 1 < end
    ):
        after += 1
    phrase, stop = noun_phrase(sentence, after, end)
    subject = content(sentence, phrase)
    if subject:
        return subject, content(sentence, predicate_of(sentence, stop, end))
    if sentence.token(after).key == "(" and sentence.mentions[k].bare:  # "3 420 (visites guidées)"
        inside = content(sentence, noun_phrase(sentence, after + 1, end)[0])
        if inside:
            return inside, ()
    left = content(sentence, phrase_before(sentence, before + 1))
    told = content(sentence, predicate_of(sentence, after, end))
    some = any("verb" in sentence.token(at).tags for at in (after, after + 1))  # "253 n'ont aucun diplôme"
    return (told or left) if some else (left or told), ()


def rate_words(sentence: Sentence, k: int, per: int) -> tuple[Words, Words]:
    """Return (measured, counted) of a mean or ratio: "27 contacts par jeune" → (contacts), (jeune)."""
    after, end = sentence.after(k), sentence.tail(k).stop
    if per >= after:
        counted = noun_phrase(sentence, per + 1, end)[0]
        return content(sentence, range(after, per)), content(sentence, list(counted)[:4])
    subject, _ = count_words(sentence, k)
    return subject, ()


def wording(sentence: Sentence, k: int, reading: Reading, per: int) -> tuple[Words, Words]:
    """Return (subject, base) of mention `k` after its reading."""
    if reading.kind in ("variation", "points", "multiple"):
        if sentence.mentions[k].quantity.unit == "%" and reading.kind == "points":
            return (
                pass_words(sentence, k, reading)
                if "pass" in sentence.token(reading.cue).tags
                else share_words(sentence, k)
            )
        return change_words(sentence, k, reading)
    if reading.kind == "share":
        return share_words(sentence, k)
    if reading.kind in ("mean", "ratio"):
        return rate_words(sentence, k, per)
    return count_words(sentence, k)


def pass_words(sentence: Sentence, k: int, reading: Reading) -> tuple[Words, Words]:
    """Return the words of what passes from one level to another: those before the verb of passing."""
    start = reading.cue
    near = content(sentence, phrase_before(sentence, start))
    return near or content(sentence, phrase_before(sentence, start, labels=True)), ()


def former(sentence: Sentence, k: int, done: Sequence[Reading]) -> int | None:
    """Return the mention that a level set against it qualifies: "(48 % en 2022)", "contre 436 en 2022"."""
    if not k or "pass" in sentence.token(done[k].cue).tags:
        return None
    before = sentence.token(sentence.before(k))
    after = sentence.after(k)
    j = k - 1
    while j > max(0, k - 4) and "against" in before.tags and done[j].kind == "variation" != done[k].kind:
        j -= 1  # "418 contrats, en baisse de 4,1 % contre 436 en 2022"
    if (
        done[k].kind != done[j].kind
        or sentence.mentions[k].quantity.unit != sentence.mentions[j].quantity.unit
    ):
        return None
    dated = (
        is_dated(sentence, after)
        or "relative-year" in sentence.token(after).tags
        or after >= len(sentence.tokens)
    )
    if before.key == "(" and sentence.periods[k].told and dated:
        return j
    if "against" in before.tags and before.key != "pour" and (dated or sentence.token(after).form == "mark"):
        return j
    return None
