"""Totals, and parts of them, that a document states several times, or of which it states the share elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from mlcheck.binding.parts import whole_of
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.relation import Evidence
from mlcheck.model.sentence import Token
from mlcheck.rules.build import same, share

PLAIN = "a sentence of the same total"
LEAST = 20  # a smaller number of something is often that of some of them
_COUNTED = ("count", "sum")
_APART = 20  # sentences under one heading that speak of the same thing; further off it is another's
_VERBS = frozenset({"verb", "reach", "share-verb", "pass"})
_TELLING = frozenset(
    (
        "verb",
        "reach",
        "share-verb",
        "total",
        "relative-year",
        "calendar",
        "adverb",
        "trend",
        "to",
        "against",
        "since",
    )
)
_ENDS = frozenset({"against", "part", "that-is", "clause"})
_MARKS = frozenset((";", ":", "(", ")", "."))
Key = tuple[object, ...]


def totals_said_again(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of the totals, their growth and their parts that sentences under one heading state several times.

    "Le total des produits s'élève à 739 451 €" and "Les produits atteignent 539 451 €, contre 552 043 € en 2023": no word
    of either restricts what is counted. What is hedged is another statement.
    """
    said: dict[Key, list[int]] = defaultdict(list)
    for index, claim in enumerate(facts.claims):
        for key in (_key(facts, index, claim), _part(facts, index, claim)):
            if key is not None:
                said[key].append(index)
    for indexes in said.values():
        yield from _equal([(i, facts.claims[i]) for i in indexes])


def shares_of_totals_said(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of a share whose part and whole other sentences under the same heading count.

    "13 668 contacts en 2024", "Parmi les contacts, 227 sont des visites", "1,7 % des contacts sont des visites".
    """
    counted: dict[Key, list[Claim]] = defaultdict(list)
    for index, claim in enumerate(facts.claims):
        for key in (_key(facts, index, claim), _part(facts, index, claim)):
            if key is not None and claim.quantity.unit == "count":
                counted[key].append(claim)
    for index, claim in enumerate(facts.claims):
        if (
            claim.kind != "share"
            or claim.quantity.unit != "%"
            or claim.hedge
            or not (claim.base and claim.subject)
        ):
            continue
        whole, part = _stems(claim.base), _stems(claim.subject)
        wholes = counted.get((claim.sections, whole, "count", claim.period, "count"), [])
        parts = counted.get((claim.sections, whole, part, claim.period), [])
        if _agree(parts) and _agree(wholes) and all(one.sentence is not claim.sentence for one in parts):
            yield share(
                "SHR203", claim.figure, claim.quantity, [parts[0].figure], [wholes[0].figure], claim=index,
                evidence=Evidence((), (PLAIN,)),
            )  # fmt: skip


def _agree(claims: Sequence[Claim]) -> bool:
    """Tell whether there are some claims, and all of them print one number."""
    return len({claim.quantity.value for claim in claims}) == 1


def _part(facts: Facts, index: int, claim: Claim) -> Key | None:
    """Return what a claim counts some of: the total that opens its sentence, or what "parmi" names; None where neither is."""
    if (
        claim.kind not in ("count", "part")
        or claim.hedge
        or claim.quantity.unit != "count"
        or not claim.subject
    ):
        return None
    first = index
    while first and facts.claims[first - 1].sentence is claim.sentence:
        first -= 1
    named = _stems(whole_of(facts, claim)) if claim.kind == "count" else frozenset()
    whole = named or (
        _plain(facts, first, facts.claims[first]) if first < index and not claim.base else frozenset()
    )
    part = _stems(claim.subject) - whole
    return (claim.sections, whole, part, claim.period) if whole and part else None


def _equal(claims: Sequence[tuple[int, Claim]]) -> Iterator[Constraint]:
    """Yield that each number is the first one; those that all print alike tell nothing of one another."""
    first = claims[0][1]
    if len({claim.quantity.value for _, claim in claims}) < 2:
        return
    for index, claim in claims[1:]:
        if claim.sentence is not first.sentence and _is_near(first, claim):
            found = same("AGR102", claim, [first.figure], first.quantity, claim=index)
            yield replace(found, evidence=Evidence((), (PLAIN,)))


def _is_near(one: Claim, other: Claim) -> bool:
    """Tell whether two statements stand in one paragraph, or a few sentences apart and both with their year."""
    apart = abs(one.sentence.id - other.sentence.id)
    return one.block == other.block or (apart <= _APART and _is_dated(one) and _is_dated(other))


def _is_dated(claim: Claim) -> bool:
    years = {str(year) for year in (claim.period, claim.reference) if year is not None}
    return any(t.key in years or "relative-year" in t.tags for t in claim.sentence.tokens)


def _tells(claim: Claim) -> bool:
    """Tell whether a sentence has a verb or its year: it is no label and no line of a table."""
    return _is_dated(claim) or any(t.tags.keys() & _VERBS for t in claim.sentence.tokens)


def _key(facts: Facts, index: int, claim: Claim) -> Key | None:
    """Return what a claim states the total of, with its year and headings; None where it states something less."""
    if (
        claim.hedge
        or claim.base
        or not _tells(claim)
        or (index and facts.claims[index - 1].sentence is claim.sentence and not _grown(claim))
    ):
        return None
    if _grown(claim):
        binding = facts.bindings.get(index)
        if binding is not None and binding.operands:
            return None  # its figures tell what it should be
        if claim.of is None and not any("trend" in t.tags for t in _clause(claim)):
            return None
        level = facts.claims[claim.of] if claim.of is not None else None
        words = (
            _plain(facts, claim.of, level)
            if level is not None and claim.of is not None
            else _plain(facts, index, claim)
        )
        kind = f"{claim.direction} {claim.reference}"
    elif claim.kind in _COUNTED and claim.quantity.unit in ("count", "€") and claim.quantity.value >= LEAST:
        words, kind = _plain(facts, index, claim), "count"
    else:
        return None
    return (claim.sections, words, claim.quantity.unit, claim.period, kind) if words else None


def _grown(claim: Claim) -> bool:
    return claim.kind == "variation" and claim.quantity.unit == "%" and claim.direction is not None


def _plain(facts: Facts, index: int, claim: Claim) -> frozenset[str]:
    """Return the stems of what a claim counts where its clause says nothing besides, none where it does."""
    opens = not index or facts.claims[index - 1].sentence is not claim.sentence
    subject = _stems(claim.subject)
    if not opens or claim.base or claim.hedge or not subject:
        return frozenset()
    own = _clause(claim)
    if own and "over" in own[-1].tags:
        return frozenset()  # "73 partenaires sur 227"
    clause = [t for t in own if t.form == "word" and t.tags.keys().isdisjoint(_TELLING)]
    besides = _stems(content_words(" ".join(t.key for t in clause))) - subject
    return frozenset() if besides else subject


def _clause(claim: Claim) -> list[Token]:
    """Return the tokens of a sentence from its start to what follows its first number."""
    found: list[Token] = []
    for token in claim.sentence.tokens:
        after = token.start >= claim.end
        if token.key in _MARKS or (after and (token.tags.keys() & _ENDS or token.form == "number")):
            if after:
                break
            continue
        found.append(token)
    return found


def _stems(words: Sequence[str]) -> frozenset[str]:
    known = lexicon()
    nothing = {
        stem(fold(w)) for w in (*known.binding.neutral, *known.sentences.activity, *known.sentences.reporter)
    }
    return frozenset(stem(w) for w in words if not is_digits(w)) - nothing
