"""Cut noun phrases and predicates out of a sentence, and keep their content words."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.extraction.prose.lexicon import words
from mlcheck.extraction.prose.sentence import Sentence
from mlcheck.words import stop_words

Words = tuple[str, ...]


_LONGEST = 14  # words kept of a subject or base


_STOPS = (":", ";", "(", ")", ".", "?", "!", "«", '"', "[", "]")


_EMPTY = {
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


def content(sentence: Sentence, indexes: Iterable[int]) -> Words:
    """Return the content words of some tokens, in order: no stop words, numbers, years or words of measure."""
    known, stop = words(), stop_words()
    found: list[str] = []
    for at in indexes:
        token = sentence.tokens[at]
        if at in sentence.ages:
            found += [token.key] if token.key not in found else []
            continue
        if at + 1 in sentence.ages and "hedge" in token.tags:  # "moins de 18 ans"
            found.append(token.tags["hedge"].split()[0])
            continue
        if "age" in token.tags:
            continue
        if token.form != "word" or at in sentence.at or not token.tags.keys().isdisjoint(_EMPTY):
            continue
        for word in token.key.replace("-", " ").split():
            if (
                word not in stop
                and word not in known.measures
                and word not in found
                and (len(word) > 1 or word.isdigit())
            ):
                found.append(word)
        if len(found) >= _LONGEST:
            break
    return tuple(found[:_LONGEST])


def noun_phrase(sentence: Sentence, start: int, end: int) -> tuple[range, int]:
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
        if at > start and "verb" in token.tags and token.key != "fait":
            break
        if "reach" in token.tags and at > start:
            break
        if "share-verb" in token.tags and token.key.endswith(("ent", "e", "ait")) and at > start:
            break
        if token.key == "," and not _continues(sentence, at):
            break
        if "joint" in token.tags and "definite" in sentence.token(at + 1).tags and end in sentence.at:
            break  # "52 % des inscrits et les hommes 48 %"
        at += 1
    return range(start, at), at


def _continues(sentence: Sentence, at: int) -> bool:
    """Return whether a comma only parts the terms of one name: "Commerce, vente et distribution"."""
    following = sentence.token(at + 1)
    return following.form == "word" and not following.tags and at + 1 not in sentence.at


def _follows(sentence: Sentence, start: int) -> bool:
    """Return whether a number stands shortly before token `start`: its words are not those of the next number."""
    return any(at in sentence.at for at in range(max(0, start - 8), start))


def phrase_before(sentence: Sentence, index: int, labels: bool = False) -> range:
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
    return range(start, end)


def predicate_of(sentence: Sentence, start: int, end: int) -> range:
    at = start
    while at < end and sentence.tokens[at].key not in (":", ";", "(", ")", ".") and at - start < 24:
        if "against" in sentence.tokens[at].tags or (sentence.tokens[at].key == "," and at > start):
            break
        at += 1
    return range(start, at)


def is_dated(sentence: Sentence, at: int) -> bool:
    """Return whether "en 2022" or "fin 2022" starts at a token."""
    return (
        sentence.token(at + 1).form == "number" and at + 1 not in sentence.at
    ) or "joint" in sentence.token(at).tags
