"""Say in words what each number counts, or which part of which whole it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import bound_of, stop_words, without
from mlcheck.prose.owned import end_of_own
from mlcheck.prose.qualifying import over_pair
from mlcheck.prose.sentence import Parse, Reading
from mlcheck.prose.tokens import root, words

Words = tuple[str, ...]
_LONGEST = 14  # words kept of a subject or base
_DENIED = 3  # tokens between the two halves of what denies a verb
_STOPS = (":", ";", "(", ")", ".", "?", "!", "«", '"', "[", "]")

_EMPTY = frozenset(
    {
        "number",
        "factor",
        "share-verb",
        "against",
        "adverb",
        "month",
        "trend",
        "more",
        "mean",
        "pass",
        "that-is",
        "since",
        "signed",
        "relative-year",
        "reach",
    }
)


def share_words(sentence: Parse, k: int) -> tuple[Words, Words]:
    """Return (part, whole) of a share, from "49 % des inscrits sont des femmes" or "Femmes : 43 %"."""
    after, end = sentence.after(k), end_of_own(sentence, k)
    token = sentence.token(after)
    before = sentence.token(sentence.before(k))
    if before.key == ":" and (after >= end or token.form == "mark"):
        return _content(sentence, _phrase_before(sentence, sentence.before(k), labels=True)), ()
    alone = before.key == "(" and token.key == ")" and "verb" in sentence.token(after + 1).tags
    if alone and k > 1 and over_pair(sentence, k - 2):  # "335 des 679 inscrits (49 %) sont des femmes"
        return _content(sentence, _predicate_of(sentence, after + 1, end)), ()
    if "of" in token.tags:
        start = after + 1
        while "definite" in sentence.token(start).tags and start < end:
            start += 1
        if (
            start >= end and sentence.at.get(start) == k + 1 and sentence.mentions[k + 1].bare
        ):  # "49 % des 679 inscrits"
            start, end = sentence.after(k + 1), end_of_own(sentence, k + 1)
        phrase, stop = _noun_phrase(sentence, start, end)
        whole = _content(sentence, phrase)
        predicate = _content(sentence, _predicate_of(sentence, stop, end))
        if _partitive(sentence, after):
            return whole + tuple(w for w in predicate if w not in whole), ()
        predicate = predicate or _beyond(sentence, k, stop)
        if predicate and not _left_verb(sentence, k):
            return predicate, whole
        return _content(sentence, _phrase_before(sentence, sentence.before(k) + 1)), whole
    if _left_verb(sentence, k):
        own = _content(sentence, _phrase_before(sentence, sentence.before(k) + 1))
        place = (
            _predicate_of(sentence, after, end)
            if "preposition" in token.tags and not _is_dated(sentence, after)
            else range(0)
        )
        timed = any(
            sentence.tokens[at].tags.keys() & {"calendar", "duration", "month"} for at in list(place)[1:]
        )
        if own:
            return own + (() if timed else tuple(w for w in _content(sentence, place) if w not in own)), ()
    if (
        token.form == "word"
        and after < end
        and "against" not in token.tags
        and not _is_dated(sentence, after)
    ):
        return _content(sentence, _predicate_of(sentence, after, end)), ()
    return _content(sentence, _phrase_before(sentence, sentence.before(k) + 1)), ()


def _opening_base(sentence: Parse, k: int) -> Words:
    """Return the whole that opens the sentence of a share: "Parmi les jeunes reçus, 12 %", "Sur les 40 jeunes reçus, 12 %"."""
    comma = sentence.before(k)
    opening = sentence.tokens[0]
    if sentence.token(comma).key != "," or "among" not in opening.tags or comma < 2:
        return ()
    phrase = range(1, comma)
    if any(sentence.tokens[at].key in (",", *_STOPS) or "verb" in sentence.tokens[at].tags for at in phrase):
        return ()
    return _content(sentence, phrase)


def _partitive(sentence: Parse, at: int) -> bool:
    """Return whether "de" names the part ("43 % de femmes") and not the whole ("43 % des femmes", "de la population")."""
    token, following = sentence.token(at), sentence.token(at + 1)
    return "partitive" in token.tags and "definite" not in following.tags and following.form == "word"


def _left_verb(sentence: Parse, k: int) -> bool:
    """Return whether a verb stands between the mention and what precedes it: "X représente 22 % des contrats"."""
    for at in range(sentence.before(k), max(-1, sentence.before(k) - 6), -1):
        token = sentence.token(at)
        if at in sentence.at or token.form == "mark":
            return False
        if token.tags.keys() & {"verb", "share-verb", "reach", "that-is"}:
            return True
    return False


def _beyond(sentence: Parse, k: int, stop: int) -> Words:
    """Return the predicate after a parenthesis that holds one number: "la moitié des jeunes (47 %) ont le bac"."""
    close = sentence.mentions[k + 1].last + 1 if k + 1 < len(sentence.mentions) else -1
    if (
        sentence.token(stop).key != "("
        or sentence.token(close).key != ")"
        or sentence.mentions[k + 1].lead != stop + 1
    ):
        return ()
    end = end_of_own(sentence, k + 1)
    return _content(sentence, _predicate_of(sentence, close + 1, end))


def change_words(sentence: Parse, k: int, reading: Reading) -> tuple[Words, Words]:
    """Return the words of what has grown: between the trend word and its number, after it, or before."""
    after, end = sentence.after(k), end_of_own(sentence, k)
    before = sentence.before(k)
    cue = reading.cue
    if 0 <= cue < before and "trend" in sentence.token(cue).tags:
        own = _content(sentence, _noun_phrase(sentence, after, end)[0])
        if any(at in sentence.at for at in range(cue + 1, before)):
            return own, ()
        between = _content(sentence, range(cue + 1, before))
        left = _content(sentence, _phrase_before(sentence, cue))
        return between or (own if "of" in sentence.token(after).tags else ()) or left or own, ()
    signed = bool(sentence.mentions[k].sign) and "of" in sentence.token(after).tags
    if signed and sentence.token(before).key == ":":  # "Le repli se confirme : -6 % de contacts"
        own = _content(sentence, _noun_phrase(sentence, after, end)[0])
        if own:
            return own, ()
    if sentence.token(before).key in ("(", ":") or (cue == sentence.mentions[k].first and after >= end):
        return _content(
            sentence, _phrase_before(sentence, before + 1, labels=sentence.token(before).key == ":")
        ), ()
    own = _content(sentence, _noun_phrase(sentence, after, end)[0])
    return own or _content(sentence, _phrase_before(sentence, before + 1)), ()


def count_words(sentence: Parse, k: int) -> tuple[Words, Words]:
    """Return what is counted and what is said of it: "85 jeunes ont bénéficié" → (jeunes), (beneficie)."""
    after, end = sentence.after(k), end_of_own(sentence, k)
    before = sentence.before(k)
    if sentence.token(before).key == ":" and (after >= end or sentence.token(after).form == "mark"):
        return _content(sentence, _phrase_before(sentence, before, labels=True)), ()
    if (
        sentence.token(after).key == ","
        and "preposition" in sentence.token(after + 1).tags
        and after + 1 < end
    ):
        after += 1
    if shared := _noun_before(sentence, k):
        return shared, ()
    phrase, stop = _noun_phrase(sentence, after, end)
    subject = _content(sentence, phrase)
    if subject:
        return subject, _content(sentence, _predicate_of(sentence, stop, end))
    refers = "numbered" in sentence.token(after + 1).tags  # "130 (tab. 1.1)"
    if (
        sentence.token(after).key == "(" and sentence.mentions[k].bare and not refers
    ):  # "3 420 (visites guidées)"
        inside = _content(sentence, _noun_phrase(sentence, after + 1, end)[0])
        if inside:
            return inside, ()
    left = _content(sentence, _phrase_before(sentence, before + 1))
    predicate = _content(sentence, _predicate_of(sentence, after, end))
    some = any("verb" in sentence.token(at).tags for at in (after, after + 1))  # "253 n'ont aucun diplôme"
    return (predicate or left) if some else (left or predicate), ()


def _noun_before(sentence: Parse, k: int) -> Words:
    """Return the noun that a bare whole shares with its part: "47 entrées en formation sur 223 portent sur …"."""
    before, after = sentence.before(k), sentence.token(sentence.after(k))
    said = "over" in sentence.token(before).tags and sentence.mentions[k].bare
    if not said or not k or not (after.form == "mark" or after.tags.keys() & {"verb", "share-verb", "reach"}):
        return ()
    start = sentence.after(k - 1)
    phrase, stop = _noun_phrase(sentence, start, before)
    return _content(sentence, phrase) if stop == before > start else ()


def rate_words(sentence: Parse, k: int, per: int) -> tuple[Words, Words]:
    """Return (measured, counted) of a mean or ratio: "27 contacts par jeune" → (contacts), (jeune)."""
    after, end = sentence.after(k), end_of_own(sentence, k)
    if per >= after:
        counted = _noun_phrase(sentence, per + 1, end)[0]
        return _content(sentence, range(after, per)), _content(sentence, list(counted)[:4])
    subject, _ = count_words(sentence, k)
    return subject, ()


def wording(sentence: Parse, k: int, reading: Reading, per: int) -> tuple[Words, Words]:
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
        part, whole = share_words(sentence, k)
        return part, whole or _opening_base(sentence, k) or _counted_in(sentence, k)
    if reading.kind in ("mean", "ratio"):
        return rate_words(sentence, k, per)
    return count_words(sentence, k)


def _counted_in(sentence: Parse, k: int) -> Words:
    """Return the things that a fraction counts itself, none of persons: "Cinq communes sur dix"."""
    mention = sentence.mentions[k]
    if mention.notation != "fraction":
        return ()
    general, special = words().kin[0]
    inside = [t for t in sentence.tokens[mention.first : mention.last + 1] if t.form == "word" and not t.tags]
    return tuple(t.key for t in inside if root(t.key) not in general | special)


def pass_words(sentence: Parse, k: int, reading: Reading) -> tuple[Words, Words]:
    """Return the words of what passes from one level to another: those before the verb of passing."""
    start = reading.cue
    near = _content(sentence, _phrase_before(sentence, start))
    return near or _content(sentence, _phrase_before(sentence, start, labels=True)), ()


def former(sentence: Parse, k: int, done: Sequence[Reading]) -> int | None:
    """Return the mention that a level set against it qualifies: "(48 % en 2022)", "contre 436 en 2022"."""
    if not k or "pass" in sentence.token(done[k].cue).tags:
        return None
    before = sentence.token(sentence.before(k))
    after = sentence.after(k)
    j = k - 1
    while j > max(0, k - 4) and "against" in before.tags and done[j].kind == "variation" != done[k].kind:
        j -= 1  # "418 contrats, en baisse de 4,1 % contre 436 en 2022"
    while j > max(0, k - 4) and sentence.enclosure(j) not in (-1, sentence.enclosure(k)):
        j -= 1  # "317 en CEJ (16 % des 1 934), contre 342"
    if (
        done[k].kind != done[j].kind
        or sentence.mentions[k].quantity.unit != sentence.mentions[j].quantity.unit
    ):
        return None
    if "against" in before.tags and _are_two_sides(sentence, j):
        return None  # "Filles et garçons sont à parité : 466 contre 470"
    dated = (
        _is_dated(sentence, after)
        or "relative-year" in sentence.token(after).tags
        or after >= len(sentence.tokens)
    )
    if before.key == "(" and sentence.periods[k].printed and dated:
        return j
    if "against" in before.tags and (dated or sentence.token(after).form == "mark"):
        return j
    return None


def _are_two_sides(sentence: Parse, k: int) -> bool:
    """Tell whether what stands before a number names both sides of a pair."""
    said = {root(t.key) for t in sentence.tokens[: sentence.mentions[k].lead] if t.form == "word"}
    return any(said & one and said & other for one, other in words().complements)


# Cut noun phrases and predicates out of a sentence, and keep their content words.


def _content(sentence: Parse, indexes: Iterable[int]) -> Words:
    """Return the content words of some tokens, in order: no stop words, numbers, years or words of measure."""
    tokens, ages = sentence.tokens, sentence.ages
    found: list[str] = []
    for at in indexes:
        token = tokens[at]
        if at in ages:
            found += [token.key] if token.key not in found else []
            continue
        if tags := token.tags:
            if "negation" in tags and _is_denied(sentence, at):
                found.append(without())
                continue
            if at + 1 in ages and "hedge" in tags:  # "moins de 18 ans"
                found.append(bound_of(tags["hedge"]) or tags["hedge"].split()[0])
                continue
            if "age" in tags or not _EMPTY.isdisjoint(tags):
                continue
        if token.form != "word" or at in sentence.at:
            continue
        found += [word for word in _words_of(token.key) if word not in found]
        if len(found) >= _LONGEST:
            break
    return tuple(found[:_LONGEST])


@lru_cache(16_384)
def _words_of(key: str) -> Words:
    """Return the words of the key of a token that say something of what is counted, each once."""
    stop, measures = stop_words(), words().measures
    found = dict.fromkeys(key.replace("-", " ").split())
    return tuple(w for w in found if w not in stop and w not in measures and (len(w) > 1 or is_digits(w)))


def _is_denied(sentence: Parse, at: int) -> bool:
    """Tell whether a word ends what denies a verb, and says nothing else: "n'ont pas le permis"."""
    token = sentence.tokens[at]
    before = sentence.tokens[max(0, at - _DENIED) : at]
    return token.key in stop_words() and any("denying" in t.tags for t in before)


def _noun_phrase(sentence: Parse, start: int, end: int) -> tuple[range, int]:
    """Return the tokens from `start` to the verb or boundary that ends a noun phrase, and that index."""
    at = start
    while at < end:
        token = sentence.tokens[at]
        if (
            token.key in _STOPS
            or at in sentence.at
            or (token.tags.keys() & {"clause", "part", "that-is", "against", "trend"})
        ):
            break
        if at > start and "verb" in token.tags and "verb-or-noun" not in token.tags:
            break
        if "reach" in token.tags and at > start:
            break
        if "share-verb" in token.tags and token.key.endswith(lexicon().sentences.verbs.finite) and at > start:
            break
        if token.key == "," and not _continues(sentence, at):
            break
        if "joint" in token.tags and "definite" in sentence.token(at + 1).tags and end in sentence.at:
            break  # "52 % des inscrits et les hommes 48 %"
        at += 1
    return range(start, at), at


def _continues(sentence: Parse, at: int) -> bool:
    """Return whether a comma only parts the terms of one name: "Commerce, vente et distribution"."""
    following = sentence.token(at + 1)
    return following.form == "word" and not following.tags and at + 1 not in sentence.at


def _follows(sentence: Parse, start: int) -> bool:
    """Return whether a number stands shortly before token `start`: its words are not those of the next number."""
    return any(at in sentence.at for at in range(max(0, start - 8), start))


def _phrase_before(sentence: Parse, index: int, labels: bool = False) -> range:
    """Return the tokens left of `index` back to a boundary or a number: what a parenthesis or label speaks of.

    Inside a parenthesis that opens at once, the phrase before it is meant.
    """
    end = index
    while end > 0 and sentence.tokens[end - 1].key in ("(", ":", ",", "-"):
        end -= 1
    start = end
    while start > 0:
        token = sentence.tokens[start - 1]
        if token.key in _STOPS or (start - 1) in sentence.at or "that-is" in token.tags:
            break
        if token.key == "," and not labels:
            break
        if (
            "joint" in token.tags
            and start < end
            and "definite" in sentence.tokens[start].tags
            and _follows(sentence, start)
        ):
            break
        if end - start > 24:
            break
        start -= 1
    if start and (k := sentence.at.get(start - 1)) is not None and (own := end_of_own(sentence, k)) < end:
        start = max(start, own + 1)  # what stands before is said of that number
    return range(start, end)


def _predicate_of(sentence: Parse, start: int, end: int) -> range:
    at = start
    if sentence.token(at).key == "," and sentence.token(at + 1).tags.keys() & {"subject-pronoun", "part"}:
        return range(start, start)  # another clause, of its own subject
    while at < end and sentence.tokens[at].key not in (":", ";", "(", ")", ".") and at - start < 24:
        if "against" in sentence.tokens[at].tags or (sentence.tokens[at].key == "," and at > start):
            break
        at += 1
    return range(start, at)


def _is_dated(sentence: Parse, at: int) -> bool:
    """Return whether "en 2022" or "fin 2022" starts at a token."""
    return (
        sentence.token(at + 1).form == "number" and at + 1 not in sentence.at
    ) or "joint" in sentence.token(at).tags
