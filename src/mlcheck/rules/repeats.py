"""Facts that a document states twice: the same subject, unit and period, in whatever words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding.vocabulary import ROOT
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.relation import Evidence
from mlcheck.model.sentence import Token
from mlcheck.rules.build import graver, same
from mlcheck.rules.sentences import allowance
from mlcheck.rules.totals_again import totals_said_again

COUNTED = ("count", "sum", "part")
TEMPLATE = 2  # facts of the same words; more are lines of a list, each under a heading of its own
LOOKED_AT = 200  # sentences that share the rarest word of one: more are lines of data
LEAST = 20  # a smaller number after "ces" is often that of some of them
SHARED = 2  # words that two sentences have in common beside the period
_COPULAS = frozenset({"reach", "share-verb"})


class Said(Struct, frozen=True):
    """What a sentence says of its one number: `core` must stand in the other sentence too, `others` may.

    `actor` does it, or `agent` after "par". It `tells` something where it has a verb, and is no label.
    """

    index: int
    claim: Claim
    core: frozenset[str]
    others: frozenset[str]
    tells: bool
    actor: frozenset[str]
    agent: frozenset[str]

    @property
    def dated(self) -> bool:
        """Whether it prints the year that it speaks of."""
        return any(t.key == str(self.claim.period) for t in self.claim.sentence.tokens)

    @property
    def words(self) -> frozenset[str]:
        """All its words."""
        return self.core | self.others


def prose_repeats_differently(facts: Facts) -> Iterator[Constraint]:
    """Two sentences state the same fact, and their numbers differ.

    Their words must be the same but for who acts and how it is done, their unit and year as well; a sentence with several
    numbers is compared only with one of the very same words, of which it differs in one number. What stands three times
    under headings of its own is a list of several facts.
    """
    yield from _printed_twice(facts)
    yield from _pointed_at(facts)
    yield from totals_said_again(facts)
    kept: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    every = list(_single(facts))
    for said in every:
        for word in said.words:
            kept[_key(said, word)].append(said)
    for later in every:
        alike = min((kept[_key(later, word)] for word in later.core), key=len)[:LOOKED_AT]
        others = (one for one in alike if one is not later and _same_fact(one, later))
        found = list(islice(others, TEMPLATE))
        if len(found) == 1 and found[0].index < later.index:
            yield _equal(found[0].claim, later)


def _printed_twice(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of the one number in which two sentences differ that are the same to the letter besides."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for index, claim in enumerate(facts.claims):
        numbers[claim.sentence.id].append(index)
    alike: dict[tuple[object, ...], list[list[int]]] = defaultdict(list)
    for own in numbers.values():
        if len(own) > 1:
            alike[_without_numbers([facts.claims[i] for i in own])].append(own)
    for pair in alike.values():
        if len(pair) != TEMPLATE:
            continue
        claims = [(facts.claims[one], facts.claims[other], other) for one, other in zip(*pair, strict=True)]
        apart = [own for own in claims if own[0].quantity.value != own[1].quantity.value]
        if len(apart) == 1:
            earlier, later, index = apart[0]
            found = same("AGR102", later, [earlier.figure], earlier.quantity, claim=index)
            yield replace(found, evidence=Evidence((), ("the same sentence but for a number",)))


def _pointed_at(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of a number that points back at the one count of its noun before it: "Ces 148 représentations ont"."""
    before: dict[tuple[object, ...], dict[Fraction, Claim]] = defaultdict(dict)
    for index, claim in enumerate(facts.claims):
        if claim.kind not in COUNTED or not claim.subject or claim.quantity.value < LEAST:
            continue
        key = claim.sections, claim.subject[0], claim.quantity.unit, claim.period
        known = before[key]
        if (
            _points_back(claim)
            and len(known) == 1
            and not (claim.hedge or (first := next(iter(known.values()))).hedge)
        ):
            yield replace(
                same("AGR102", claim, [first.figure], first.quantity, claim=index), severity="warning"
            )
        known.setdefault(claim.quantity.value, claim)


def _points_back(claim: Claim) -> bool:
    """Tell whether "ces" leads to a number whose noun nothing narrows: a verb follows it."""
    tokens = claim.sentence.tokens
    own, at = claim.sentence.token_at(claim.start), claim.sentence.token_at(claim.end)
    after = tokens[at : at + 2]
    return own > 0 and "demonstrative" in tokens[own - 1].tags and len(after) == 2 and "verb" in after[1].tags


def _without_numbers(claims: Sequence[Claim]) -> tuple[object, ...]:
    """Return the text of a sentence between its claims, with their units and the headings above it."""
    text, at, parts = claims[0].text, 0, []
    for claim in claims:
        parts.append(fold(text[at : claim.start]))
        at = claim.end
    units = tuple(claim.quantity.unit for claim in claims)
    return claims[0].sections, units, (*parts, fold(text[at:]))


def _key(said: Said, word: str) -> tuple[object, ...]:
    claim = said.claim
    return _family(claim), claim.quantity.unit, claim.period, word


def _equal(earlier: Claim, later: Said) -> Constraint:
    claim = later.claim
    if not (earlier.hedge or claim.hedge):
        return same("AGR102", claim, [earlier.figure], earlier.quantity, claim=later.index)
    hedged, plain = (earlier, claim) if earlier.hedge else (claim, earlier)
    low, high = allowance(hedged)
    side = Side(((plain.figure, 1), (hedged.figure, -1)), low, high)
    return Constraint("AGR102", "equal", (side,), claim.figure, later.index, graver("error", hedged.hedge))


def _family(claim: Claim) -> str:
    return "count" if claim.kind in COUNTED else claim.kind


def _same_fact(one: Said, other: Said) -> bool:
    """Tell whether two sentences speak of one thing, neither with a word that restricts it further."""
    if one.claim.sentence is other.claim.sentence or (one.claim.hedge and other.claim.hedge):
        return False
    if (
        not (one.core <= other.words and other.core <= one.words)
        or one.claim.direction != other.claim.direction
    ):
        return False
    apart = one.claim.sections != other.claim.sections
    if apart and one.claim.kind not in COUNTED and not (one.claim.base and other.claim.base):
        return False  # "62 % sont sans diplôme", of whom the chapter is about
    if not (one.tells and other.tells) or _is_of_others(one.actor, other.actor):
        return False
    if _is_of_others(one.agent, other.agent):
        return False  # "financées par l'État", "financées par la région"
    if len(one.words & other.words) >= SHARED:
        return True
    return one.core == other.core and one.claim.quantity.unit == "€" and one.dated and other.dated


def _is_of_others(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sentences both say who acts, and name no one in common."""
    return bool(one and other) and one.isdisjoint(other)


def _single(facts: Facts) -> Iterator[Said]:
    """Yield the sentences of one number each, with what they say of it."""
    count: dict[int, int] = defaultdict(int)
    for claim in facts.claims:
        count[claim.sentence.id] += 1
    for index, claim in enumerate(facts.claims):
        if count[claim.sentence.id] == 1 and claim.kind in (*COUNTED, "share", "variation", "mean"):
            core, others, actor, agent = _words(claim)
            if core:
                tells = any(t.tags.keys() & {"verb", *_COPULAS, "pass"} for t in claim.sentence.tokens)
                yield Said(index, claim, core, others, tells, actor, agent)


def _words(claim: Claim) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words that say what a number is of, those of who acts and of the verb, of who acts before it, and after "par"."""
    tokens = _clause(claim)
    verb = next((n for n, t in enumerate(tokens) if "verb" in t.tags or t.tags.keys() & _COPULAS), None)
    at = next((n for n, t in enumerate(tokens) if t.start >= claim.start), len(tokens))
    optional: set[str] = set()
    actor: set[str] = set()
    if verb is not None:
        acting = verb < at and not tokens[verb].tags.keys() & _COPULAS and not _is_copula(tokens, verb)
        optional |= _content(tokens[: verb + 2] if acting else tokens[verb : verb + 2])
        actor = _content(tokens[:verb]) - _neutral() if acting else actor
    by = next((n for n, t in enumerate(tokens) if n > at and "per" in t.tags), None)
    agent = set() if by is None else _content(tokens[by:])
    optional |= agent
    optional |= _content(_said_besides(tokens, claim))
    words = _content(tokens)
    optional -= {
        stem(stem(fold(w)))[:ROOT] for w in lexicon().binding.turning
    }  # "hors des quartiers prioritaires"
    bounds = {w for w in (*claim.subject, *claim.base) if is_digits(w)}  # "de 18 à 21 ans"
    core = (words - optional - _neutral()) | bounds
    return frozenset(core), frozenset(words - core), frozenset(actor), frozenset(agent)


def _said_besides(tokens: Sequence[Token], claim: Claim) -> Sequence[Token]:
    """Return what stands after a comma that follows a number: ", tous en CDI", ", l'objectif est tenu"; what it leaves out restricts it."""
    comma = next((n for n, t in enumerate(tokens) if t.start >= claim.end and t.key == ","), len(tokens))
    said = tokens[comma:]
    return [] if any(t.tags.keys() & {"basis", "part", "overlapping"} for t in said) else said


def _is_copula(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb only says what its subject is: "est de", not "a reçu"."""
    after = tokens[verb + 1] if verb + 1 < len(tokens) else None
    return after is not None and bool(
        after.tags.keys() & {"of", "to", "hedge", "number"} or after.form == "number"
    )


def _clause(claim: Claim) -> list[Token]:
    """Return the tokens of the part of a sentence that a number stands in."""
    found: list[Token] = []
    for token in claim.sentence.tokens:
        if token.key in (";", ":"):
            if token.start > claim.end:
                break
            found = []
        else:
            found.append(token)
    return found


def _content(tokens: Sequence[Token]) -> set[str]:
    plain = " ".join(t.key for t in tokens if t.form == "word" and "relative-year" not in t.tags)
    return {stem(stem(w))[:ROOT] for w in content_words(plain) if not is_digits(w)}


def _neutral() -> frozenset[str]:
    """Return the stems of words that restrict nothing."""
    known = (*lexicon().binding.neutral, *lexicon().sentences.activity)
    return frozenset(stem(stem(fold(w)))[:ROOT] for w in known)
