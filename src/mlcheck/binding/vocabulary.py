"""Words of sentences and of labels made comparable: stems, synonyms, acronyms, and what turns a meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.model.claim import Claim
from mlcheck.model.profile import Profile
from mlcheck.model.sentence import Token
from mlcheck.model.table import Line

Stems = frozenset[str]
ROOT = 7  # letters that a verb and its noun share: "financées", "financement"
_VERBS = frozenset({"verb", "share-verb", "reach", "clitic"})


@cache
def _stems_of(texts: frozenset[str]) -> Stems:
    return frozenset(stem(w) for text in texts for w in fold(text).split())


def neutral() -> Stems:
    """Return the stems of words that restrict nothing in a sentence."""
    return _stems_of(lexicon().binding.neutral)


def furniture() -> Stems:
    """Return the stems of words that headings of any report hold."""
    return _stems_of(lexicon().lines.furniture | frozenset(lexicon().sentences.activity))


def turning() -> Stems:
    """Return the stems of words that make a label mean another group."""
    return _stems_of(lexicon().binding.turning)


def people() -> Stems:
    """Return the stems of words for persons."""
    return _stems_of(lexicon().binding.people)


def persons() -> Stems:
    """Return the stems of nouns of persons that say what a table counts where they stand over its labels."""
    return _stems_of(lexicon().binding.persons)


def indicators() -> Stems:
    """Return the stems of words that head a list of indicators."""
    return _stems_of(lexicon().binding.indicators)


def sexes() -> Stems:
    """Return the stems of words for the persons of one sex."""
    return _stems_of(lexicon().binding.sexes)


def everyone() -> Stems:
    """Return the stems of words for all persons whom a report is about."""
    return _stems_of(lexicon().binding.everyone)


@cache
def _head() -> Stems:
    """Return the stems of words of a boxhead that name no measure."""
    return _stems_of(lexicon().binding.head)


def measure_words(label: str) -> Stems:
    """Return the stems that say what a boxhead measures, without "nombre de" and years."""
    return frozenset(s for s in stems(label) - _head() if not is_digits(s))


def context_words(texts: Iterable[str]) -> Stems:
    """Return the stems of headings and titles."""
    return frozenset().union(*(stems(t) for t in texts))


def verbs_of(claim: Claim) -> Stems:
    """Return the stems of the verbs of the sentence of a claim, which restrict nothing that it counts."""
    return frozenset(stem(t.key) for t in claim.sentence.tokens if is_verb(t))


def is_verb(token: Token) -> bool:
    """Tell whether a word is a verb, or goes with one."""
    return not _VERBS.isdisjoint(token.tags)


def is_predicated(claim: Claim) -> bool:
    """Tell whether a verb parts what a count counts from what it says of it: "69 entrées sont financées par l'État"."""
    words = (t for t in claim.sentence.tokens if t.start >= claim.end)
    opening = next((t for t in words if is_verb(t) or t.key in claim.base), None)
    return bool(claim.base) and opening is not None and is_verb(opening)


def akin(words: Iterable[str], context: Stems) -> Stems:
    """Return the stems of the words that share their root with one over a table: "financées" under "Financement"."""
    roots = {own[:ROOT] for own in context if len(own) >= ROOT}
    return frozenset(stem(w) for w in words if w[:ROOT] in roots) if roots else frozenset()


@cache
def _kinds() -> tuple[tuple[Stems, Stems], ...]:
    """Return the stems of the nouns that name all things of a kind, and of those that name some, for each kind."""
    kin = lexicon().sentences.kin.values()
    return tuple((_stems_of(frozenset(own.all)), _stems_of(frozenset(own.some))) for own in kin)


def kin_of(noun: str) -> Stems:
    """Return the stems of the nouns that name all things of the kind of one: "séances" of "ateliers"."""
    return frozenset().union(*(all_ for all_, some in _kinds() if noun in some))


def kinds_of(words: Stems) -> frozenset[int]:
    """Return the kinds of persons or things, by their number, of which some stems name any."""
    return frozenset(n for n, (all_, some) in enumerate(_kinds()) if not words.isdisjoint(all_ | some))


class Synonym(Struct, frozen=True):
    """Stems of a phrase of the claim, and those of each phrase of tables that means the same.

    One of the profile is `sure`; one of the language at large may mean something else here.
    """

    phrase: Stems
    targets: tuple[Stems, ...]
    sure: bool

    def met(self, words: Stems) -> Stems:
        """Return the stems of the targets that `words` hold entirely, none where none is."""
        return frozenset().union(*(t for t in self.targets if t <= words))


class Meaning(Struct, frozen=True):
    """What a claim says it counts: its noun, its stems, those that restrict it, and their synonyms.

    `heading` are the stems of the innermost heading that the claim stands under, `initials` the first
    letters of its words, and `reach` all the stems that it and its synonyms say.
    """

    noun: str
    own: Stems
    restricting: Stems
    synonyms: tuple[Synonym, ...]
    heading: Stems
    words: tuple[str, ...]
    initials: str
    reach: Stems

    def said(self, words: Stems) -> Stems:
        """Return the stems the claim says, with those of synonyms that `words` bear out."""
        if not self.synonyms:
            return self.own
        return self.own.union(*(s.met(words) for s in self.synonyms))

    def uncovered(self, words: Stems, *, surely: bool = False) -> Stems:
        """Return the restricting stems that neither `words` nor a synonym borne out by them accounts for."""
        used = (s for s in self.synonyms if s.sure or not surely)
        met = frozenset().union(*(s.phrase for s in used if s.met(words)))
        return self.restricting - words - met

    def bearing(self, words: Stems) -> tuple[str, ...]:
        """Return the claim's words that stems of a table bear out, by themselves or through a synonym; all if none."""
        met = frozenset().union(*(s.phrase for s in self.synonyms if s.met(words)))
        return tuple(w for w in self.words if stem(w) in words or stem(w) in met) or self.words

    def nouns(self, words: Stems) -> Stems:
        """Return the stems of what is counted, synonyms included."""
        met = (s.met(words) for s in self.synonyms if self.noun in s.phrase)
        return frozenset({self.noun}).union(*met) - {""}


def meaning_of(claim: Claim, profile: Profile | None) -> Meaning:
    """Return the meaning of a claim's words; synonyms of the profile add what tables call the same thing."""
    words = (*claim.subject, *claim.base)
    own = [stem(w) for w in words]
    noun = stem(claim.subject[0]) if claim.subject else ""
    restricting = frozenset(s for s in own if not is_digits(s)) - neutral() - {noun}
    heading = stems(claim.sections[-1]) if claim.sections else frozenset()
    synonyms, said = _synonyms(own, profile), frozenset(own)
    reach = said.union(*(target for one in synonyms for target in one.targets))
    initials = "".join(w[0] for w in words)
    return Meaning(noun, said, restricting, synonyms, heading, words, initials, reach)


def _synonyms(own: Sequence[str], profile: Profile | None) -> tuple[Synonym, ...]:
    """Return the synonyms whose phrase the claim says."""
    text = f" {' '.join(own)} "
    known = _known(tuple(profile.synonyms.items()) if profile else ())
    return tuple(synonym for key, synonym in known if key in text)


@lru_cache(16)
def _known(own: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, Synonym], ...]:
    """Return every synonym with the stems of its phrase as they stand in a sentence, the profile's first."""
    found = []
    for sure, entries in ((True, own), (False, tuple(lexicon().binding.synonyms.items()))):
        for phrase, others in entries:
            key = tuple(stem(w) for w in content_words(phrase))
            if key:
                targets = tuple(stems(other) - _head() for other in others)
                found.append((f" {' '.join(key)} ", Synonym(frozenset(key), targets, sure)))
    return tuple(found)


def is_acronym(tokens: Sequence[str], initials: str) -> bool:
    """Tell whether one of `tokens` is made of consecutive initials: "cdi" of "contrats à durée indéterminée"."""
    return len(initials) > 2 and any(token in initials for token in tokens)


@lru_cache(4096)
def acronyms(label: str) -> tuple[str, ...]:
    """Return the words of a label that may be an acronym."""
    return tuple(t for t in fold(label).split() if 2 < len(t) < 7 and t.isalpha())


@lru_cache(4096)
def alternatives(label: str) -> tuple[str, ...]:
    """Return the names a label goes by: itself, what stands before its parenthesis, what its slashes part, its class."""
    short = label.split("(", 1)[0].strip()
    parted = (p.strip() for p in re.split(r"\s/\s|\s[–-]\s", short))
    return tuple(dict.fromkeys([label, short, *parted, *of_same_class(label)]))


@lru_cache(4096)
def of_same_class(label: str) -> tuple[str, ...]:
    """Return the other labels that name the class of one by themselves: "Niveau 4" for "Bac"."""
    return next((names for folded, names in _classes() if fold(label) in folded), ())


@cache
def _classes() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    return tuple((frozenset(map(fold, names)), names) for names in lexicon().binding.same_class)


def bounds(phrase: str) -> bool:
    """Tell whether a phrase speaks of a class together with all below or above it: "au plus un niveau V"."""
    plain = f" {fold(phrase)} "
    return any(f" {fold(bound)} " in plain for bound in lexicon().binding.bounding)


class Below(Struct, frozen=True):
    """What a phrase calls below, or above, a step of a known scale: the steps, and how many of them it means."""

    steps: tuple[Stems, ...]
    count: int

    def members(self, lines: Sequence[Line]) -> tuple[int, ...]:
        """Return the lines of the steps that are meant, none where fewer than two lines are on the scale."""
        ranks = [next((n for n, step in enumerate(self.steps) if fold(x.label) in step), None) for x in lines]
        if sum(r is not None for r in ranks) < 2:
            return ()
        return tuple(i for i, r in enumerate(ranks) if r is not None and r < self.count)


def below_a_step(phrase: str) -> tuple[Below, ...]:
    """Return what a phrase calls below, or above, a step of each known scale."""
    plain = f" {fold(phrase)} "
    named = (
        (steps, [step for word in below if (step := _named_step(plain, word, steps)) is not None])
        for steps, below in _scales()
    )
    return tuple(Below(steps, found[0]) for steps, found in named if found)


@cache
def _scales() -> tuple[tuple[tuple[Stems, ...], list[str]], ...]:
    """Return the known scales, each as the folded names of its steps and the words for what lies below one."""
    return tuple(
        (tuple(frozenset(map(fold, step)) for step in scale.steps), [fold(word) for word in scale.below])
        for scale in lexicon().scales
    )


def _named_step(plain: str, word: str, steps: Sequence[Stems]) -> int | None:
    """Return the step named right after `word` ("inférieur au bac" → the step of "bac")."""
    at = plain.find(f" {word} ")
    if at < 0:
        return None
    after = plain[at + len(word) + 1 :].split()
    while after and after[0] in lexicon().binding.before_class:
        after = after[1:]
    for rank, step in enumerate(steps):
        if any(s.split() == after[: len(s.split())] for s in step):
            return rank
    return None
