"""The words of sentences, looked up: what a word or a phrase is, as tags with a value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem

Tags = Mapping[str, Any]
NONE: Tags = {}
_TABLES = frozenset({"variants", "complements", "families", "kin", "verbs", "measure", "cues"})


def key_of(word: str) -> str:
    """Return the key of one printed word: folded, its hyphens kept; "à" stays apart from "a"."""
    if word in ("à", "À"):
        return "à"
    folded = fold(word)
    if not folded:
        return word
    return folded.replace(" ", "-")


@lru_cache(16_384)
def root(word: str) -> str:
    """Return the stem of a folded word, the same for its singular and plural whatever their entries."""
    return stem(stem(word))


def expressions(text: str) -> list[str]:
    """Return the expressions of one line of the lexicon."""
    return [e for part in text.split(",") if (e := part.strip())] + ([","] if text.strip() == "," else [])


class Words:
    """The tables of one language, indexed by word; `tags` of a word are remembered."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.exact: dict[str, dict[str, Any]] = {}
        self.stems: dict[str, dict[str, Any]] = {}
        self.phrases: dict[str, dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]]] = {}
        self.variants = {key_of(k): [key_of(v) for v in expressions(t)] for k, t in data["variants"].items()}
        self._plain = {v: k for k, vs in self.variants.items() for v in vs}
        for name, table in data.items():
            if name == "cues":
                for tag, text in table.items():
                    self._add(tag, True, text)
            elif isinstance(table, dict) and name not in _TABLES:
                for value, text in table.items():
                    self._add(name, int(value) if is_digits(value.lstrip("-")) else value, text)
        for seconds in self.phrases.values():
            for found in seconds.values():
                found.sort(key=lambda phrase: -len(phrase[0]))
        self.lengths = sorted({len(s) for s in self.stems}, reverse=True)
        self.endings = tuple(expressions(data["verbs"]["endings"]))
        self.not_endings = tuple(expressions(data["verbs"]["never-endings"]))
        self.not_verbs = frozenset(expressions(data["verbs"]["never"]))
        self.measures = frozenset(key_of(w) for w in expressions(data["measure"]["nouns"]))
        self.complements = [
            [frozenset(root(key_of(w)) for w in expressions(side)) for side in sides]
            for sides in data["complements"].values()
        ]
        self.families = {n: frozenset(key_of(w) for w in expressions(t)) for n, t in data["families"].items()}
        self.kin = [
            [frozenset(root(key_of(w)) for w in expressions(s)) for s in t.split(";")]
            for t in data["kin"].values()
        ]
        self._known: dict[str, Tags] = {}
        self._printed: dict[str, tuple[str, Tags]] = {}

    def _add(self, tag: str, value: Any, text: str) -> None:
        for expression in expressions(text):
            words = [key_of(w) for w in expression.replace("'", "' ").split()]
            if len(words) == 1:
                table = self.stems if expression.endswith("*") else self.exact
                table.setdefault(words[0].rstrip("*"), {})[tag] = value
                continue
            for first in [words[0], *self.variants.get(words[0], ())]:
                for second in [words[1], *self.variants.get(words[1], ())]:
                    self._add_phrase(first, second, tuple(self.plain(w) for w in words[2:]), tag, value)

    def _add_phrase(self, first: str, second: str, rest: tuple[str, ...], tag: str, value: Any) -> None:
        known = self.phrases.setdefault(first, {}).setdefault(second, [])
        for words, tags in known:
            if words == rest:
                tags[tag] = value
                return
        known.append((rest, {tag: value}))

    def plain(self, key: str) -> str:
        """Return the word that a contracted or elided one stands for in a phrase: "du" → "de"."""
        return self._plain.get(key, key)

    def read(self, printed: str) -> tuple[str, Tags]:
        """Return the key and the tags of a printed word, a footnote digit after it left out ("licences2")."""
        known = self._printed.get(printed)
        if known is None:
            word = printed
            if len(word) > 4 and is_digits(word[-1]) and word[-2].isalpha() and word[0].islower():
                word = word[:-1]
            key = key_of(word)
            known = self._printed[printed] = (key, self.tags(key))
        return known

    def tags(self, key: str) -> Tags:
        """Return what the lexicon says of one word."""
        known = self._known.get(key)
        if known is None:
            known = self.exact.get(key) or next(
                (self.stems[key[:n]] for n in self.lengths if n <= len(key) and key[:n] in self.stems), NONE
            )
            if (
                not known
                and key.endswith(self.endings)
                and not (key in self.not_verbs or key.endswith(self.not_endings))
            ):
                known = {"verb": True}
            self._known[key] = known
        return known


@cache
def words(language: str = "fr") -> Words:
    """Return the words of sentences of one language."""
    return Words(lexicon(f"{language}-prose"))
