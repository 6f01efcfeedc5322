"""Totals, and parts of them, that a document states several times, or of which it states the share elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from msgspec.structs import replace

from mlcheck.binding.wholes import divided_by, whole_of
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.relation import Evidence
from mlcheck.model.sentence import Token
from mlcheck.rules.build import about, same, share, variation

PLAIN = "a sentence of the same total"
LEAST = 20  # a smaller number of something is often that of some of them
_COUNTED = ("count", "sum")
_FEWEST_PARTS = 2
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
        "pass",
        "hedge",
    )
)
_ENDS = frozenset({"against", "part", "that-is", "clause"})
_MARKS = frozenset((";", ":", "(", ")", "."))
_OPENING = frozenset({"over", "among"})
Key = tuple[object, ...]
Words = frozenset[str]


def totals_said_again(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of the totals, shares and parts that sentences under one heading state several times.

    "Le total des produits s'élève à 739 451 €" and "Les produits atteignent 539 451 €, contre 552 043 € en 2023": no word
    of either restricts what is counted. A hedged total is held to what its hedge allows.
    """
    totals = _totals(facts)
    said: dict[Key, list[int]] = defaultdict(list)
    for key, indexes in totals.items():
        said[key] = [i for i in indexes if not facts.claims[i].hedge]
        plain = [facts.claims[i] for i in said[key]]
        known = _agree(plain)
        for index in indexes:
            hedged = facts.claims[index]
            if hedged.hedge and known and _is_near(plain[0], hedged):
                found = about("AGR102", hedged, [plain[0].figure], claim=index)
                yield replace(found, evidence=Evidence((), (PLAIN,)))
    for index, claim in enumerate(facts.claims):
        for stated in (_part(facts, index, claim), _share(facts, index, claim)):
            if stated is not None:
                said[stated].append(index)
    for indexes in said.values():
        yield from _equal([(i, facts.claims[i]) for i in indexes])


def shares_of_totals_said(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of a share whose part and whole other sentences under the same heading count.

    "13 668 contacts en 2024", "Parmi les contacts, 227 sont des visites", "1,7 % des contacts sont des visites".
    """
    totals = _exact(facts, _totals(facts))
    parts: dict[Key, list[Claim]] = defaultdict(list)
    for index, claim in enumerate(facts.claims):
        if (key := _part(facts, index, claim)) is not None:
            parts[key].append(claim)
    for index, claim in enumerate(facts.claims):
        if (
            claim.kind != "share"
            or claim.quantity.unit != "%"
            or claim.hedge
            or not (claim.base and claim.subject)
        ):
            continue
        whole, part = _stems(claim.base), _stems(claim.subject)
        wholes = _near(claim, totals.get((claim.sections, whole, "count", claim.period), ()))
        counted = _near(claim, parts.get((claim.sections, whole, part, claim.period), ()))
        if _agree(counted) and _agree(wholes) and all(one.sentence is not claim.sentence for one in counted):
            yield share(
                "SHR203", claim.figure, claim.quantity, [counted[0].figure], [wholes[0].figure], claim=index,
                evidence=Evidence((), (PLAIN,)),
            )  # fmt: skip


def sums_of_totals_said(facts: Facts) -> Iterator[Constraint]:
    """Yield that the numbers between which a sentence divides something make what another under its heading counts of it.

    "116 contrats signés en 2023." "Les contrats signés se répartissent entre 46 CDI et 70 CDD."
    """
    totals = _exact(facts, _totals(facts))
    indexes = {claim.figure: index for index, claim in enumerate(facts.claims)}
    for _, claims in _sentences(facts):
        words, exact = divided_by(claims[0]), all(c.kind == "count" and not c.hedge for c in claims)
        if not words or len(claims) < _FEWEST_PARTS or not exact or len({c.period for c in claims}) > 1:
            continue
        key = claims[0].sections, _stems(words), "count", claims[0].period
        wholes = [
            one for one in _near(claims[0], totals.get(key, ())) if one.sentence is not claims[0].sentence
        ]
        if _agree(wholes):
            whole = wholes[0].figure
            side = Side((*((c.figure, 1) for c in claims), (whole, -1)), 0, 0)
            yield Constraint("TOT201", "sum", (side,), whole, indexes[whole], evidence=Evidence((), (PLAIN,)))


def growth_of_totals_said(facts: Facts) -> Iterator[Constraint]:
    """Yield what holds of a growth whose two levels, or whose rate, other sentences under the same heading state.

    "De 28 009 en 2022, le nombre de contacts passe à 26 123 en 2023. Le repli se confirme : - 6,7 % de contacts en 2023."
    """
    totals = _exact(facts, _totals(facts))
    rates: dict[Key, list[int]] = defaultdict(list)
    known = {link.stated for link in facts.links if link.kind in ("variation", "rise")}
    for index, claim in enumerate(facts.claims):
        words = _grown(facts, index, claim)
        if not words or claim.period == claim.reference:
            continue
        rates[claim.sections, words, claim.direction, claim.period, claim.reference].append(index)
        for unit in ("count", "€"):
            now = _near(claim, totals.get((claim.sections, words, unit, claim.period), ()))
            then = _near(claim, totals.get((claim.sections, words, unit, claim.reference), ()))
            if index not in known and _agree(now) and _agree(then):
                sign = -1 if claim.direction == "down" and claim.quantity.mantissa > 0 else 1
                yield variation(
                    "VAR203", claim.figure, claim.quantity, [now[0].figure], [then[0].figure], sign=sign, claim=index,
                    evidence=Evidence((), (PLAIN,)),
                )  # fmt: skip
    for indexes in rates.values():
        loose = [i for i in indexes if (own := facts.bindings.get(i)) is None or not own.operands]
        yield from _equal([(i, facts.claims[i]) for i in loose])


def _agree(claims: Sequence[Claim]) -> bool:
    """Tell whether there are some claims, and all of them print one number."""
    return len({claim.quantity.value for claim in claims}) == 1


def _near(claim: Claim, others: Sequence[Claim]) -> list[Claim]:
    """Return those of some claims, in reading order, that stand near another."""
    start, end = (
        bisect_left(others, claim.sentence.id + step, key=lambda one: one.sentence.id)
        for step in (-_APART, _APART + 1)
    )
    return [one for one in others[start:end] if _is_near(one, claim)]


def _exact(facts: Facts, totals: dict[Key, list[int]]) -> dict[Key, list[Claim]]:
    """Return the totals that are stated without a hedge."""
    every = {key: [facts.claims[i] for i in indexes] for key, indexes in totals.items()}
    return {key: [claim for claim in own if not claim.hedge] for key, own in every.items()}


def _totals(facts: Facts) -> dict[Key, list[int]]:
    """Return the claims that state totals, by their headings, words, unit and year."""
    found: dict[Key, list[int]] = defaultdict(list)
    for first, claims in _sentences(facts):
        for at, words in _totals_of(claims):
            claim = claims[at]
            counts = claim.kind in _COUNTED and claim.quantity.unit in ("count", "€")
            if words and counts and claim.quantity.value >= LEAST and _tells(claim):
                found[claim.sections, words, claim.quantity.unit, claim.period].append(first + at)
    return found


def _sentences(facts: Facts) -> Iterator[tuple[int, list[Claim]]]:
    """Yield the claims of each sentence, with the index of the first."""
    start = 0
    for _, own in groupby(facts.claims, key=lambda claim: claim.sentence.id):
        claims = list(own)
        yield start, claims
        start += len(claims)


def _totals_of(claims: Sequence[Claim]) -> Iterator[tuple[int, Words]]:
    """Yield the claims of a sentence that state a total, with the stems of what is counted."""
    first = claims[0]
    if len(claims) > 1 and _is_over(claims[1]) and claims[1].subject == first.subject:
        before = _before(first)
        if before is None or before.key != "(":  # "L'alternance se concentre en été (88 contrats sur 175)"
            yield 1, _stems(first.subject)  # "80 inscrits sur 395"
        return
    if len(claims) > 1 and claims[1].of is None and _is_earlier(first, claims[1]):
        words = _plain(claims[1])
        yield from ((0, words), (1, words))  # "De 126 en 2022, le nombre d'ateliers passe à 119 en 2023"
        return
    if len(claims) > 1 and any("pass" in t.tags for t in first.sentence.tokens):
        yield 1, _plain(claims[1])  # "Le nombre d'ateliers passe de 347 à 375": the first is of another time
        return
    words = _plain(first)
    yield 0, words
    for at, claim in enumerate(claims[1:], 1):
        if claim.subject == first.subject and claim.period != first.period and _is_against(claim):
            yield at, words


def _is_earlier(first: Claim, then: Claim) -> bool:
    """Tell whether a number that has no words of its own is what another counts, in another year."""
    return bool(then.subject) and first.subject in ((), then.subject) and first.period != then.period


def _is_over(claim: Claim) -> bool:
    before = _before(claim)
    return before is not None and "over" in before.tags


def _is_against(claim: Claim) -> bool:
    before = _before(claim)
    return before is not None and ("against" in before.tags or before.key == "(")


def _before(claim: Claim) -> Token | None:
    return next((t for t in reversed(claim.sentence.tokens) if t.end <= claim.start), None)


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
    whole = named or (_plain(facts.claims[first]) if first < index and not claim.base else frozenset())
    part = _stems(claim.subject) - whole
    return (claim.sections, whole, part, claim.period) if whole and part else None


def _share(facts: Facts, index: int, claim: Claim) -> Key | None:
    """Return which part of which whole the first number of a sentence is the percentage of, None where one is left out."""
    first = not index or facts.claims[index - 1].sentence is not claim.sentence
    exact = claim.kind == "share" and claim.quantity.unit == "%" and not claim.hedge
    if not (first and exact and claim.base and claim.subject):
        return None
    return claim.sections, claim.base, claim.subject, claim.period, "share"


def _equal(claims: Sequence[tuple[int, Claim]]) -> Iterator[Constraint]:
    """Yield that each number is the first one; those that all print alike tell nothing of one another."""
    if len({claim.quantity.value for _, claim in claims}) < 2:
        return
    first = claims[0][1]
    for index, claim in claims[1:]:
        if (
            claim.sentence is not first.sentence
            and _is_near(first, claim)
            and not _is_rounded_so(first, claim)
        ):
            found = same("AGR102", claim, [first.figure], first.quantity, claim=index)
            yield replace(found, evidence=Evidence((), (PLAIN,)))


def _is_rounded_so(one: Claim, other: Claim) -> bool:
    """Tell whether one number is the other with fewer digits: "11 %" and "11,2 %"."""
    first, second = one.quantity, other.quantity
    return (
        first.scale != second.scale and abs(first.value - second.value) <= first.half_unit + second.half_unit
    )


def _is_near(one: Claim, other: Claim) -> bool:
    """Tell whether two statements stand a few sentences apart, in one paragraph or both with their year."""
    if abs(one.sentence.id - other.sentence.id) > _APART:
        return False
    return one.block == other.block or (_is_dated(one) and _is_dated(other))


def _is_dated(claim: Claim) -> bool:
    years = {str(year) for year in (claim.period, claim.reference) if year is not None}
    return any(t.key in years or "relative-year" in t.tags for t in claim.sentence.tokens)


def _tells(claim: Claim) -> bool:
    """Tell whether a sentence has a verb or its year: it is no label and no line of a table."""
    return _is_dated(claim) or any(t.tags.keys() & _VERBS for t in claim.sentence.tokens)


def _grown(facts: Facts, index: int, claim: Claim) -> Words:
    """Return the stems of what a claim gives the growth of, none where it is of something less than a total."""
    if claim.kind != "variation" or claim.quantity.unit != "%" or claim.direction is None or claim.hedge:
        return frozenset()
    if claim.of is not None:
        return _plain(facts.claims[claim.of])
    before = _before(claim)
    alone = not index or facts.claims[index - 1].sentence is not claim.sentence
    if not alone or not any("trend" in t.tags for t in claim.sentence.tokens):
        return frozenset()
    if before is not None and before.key == ":":
        return _stems(claim.subject)  # "Le repli se confirme : -6 % de contacts"
    return _plain(claim)


def _plain(claim: Claim) -> Words:
    """Return the stems of what a claim counts where its clause says nothing besides, none where it does."""
    subject, base = _stems(claim.subject), {stem(w) for w in claim.base}
    opened = _is_opened(claim)
    if not subject or not (opened or base <= _recorded()):
        return frozenset()
    own = _clause(claim)
    if own and not opened and "over" in own[-1].tags:
        return frozenset()  # "73 partenaires sur 227"
    clause = [t for t in own if t.form == "word" and t.tags.keys().isdisjoint(_TELLING)]
    besides = _stems(content_words(" ".join(t.key for t in clause))) - subject
    return frozenset() if besides else subject


def _is_opened(claim: Claim) -> bool:
    """Tell whether a sentence opens with a whole: "Sur 366 immersions, on relève …"."""
    tokens = claim.sentence.tokens
    return len(tokens) > 1 and bool(tokens[0].tags.keys() & _OPENING) and tokens[1].start == claim.start


def _clause(claim: Claim) -> list[Token]:
    """Return the tokens of a sentence from its start to what follows a number."""
    found: list[Token] = []
    opened = _is_opened(claim)
    for token in claim.sentence.tokens:
        after = token.start >= claim.end
        if after and (token.tags.keys() & _ENDS or token.form == "number" or (opened and token.key == ",")):
            break
        if token.key in _MARKS:
            if after:
                break
            continue
        found.append(token)
    return found


def _stems(words: Sequence[str]) -> Words:
    return frozenset(stem(w) for w in words if not is_digits(w)) - _saying_nothing()


@cache
def _saying_nothing() -> Words:
    """Return the stems of words that restrict nothing, and of what a report calls those whom it is of."""
    known = lexicon()
    words = (*known.binding.neutral, *known.sentences.activity, *known.sentences.reporter)
    return frozenset(stem(fold(w)) for w in words)


@cache
def _recorded() -> Words:
    """Return the stems of what is said of what is counted, and says nothing of it."""
    return frozenset(stem(fold(w)) for w in lexicon().sentences.recorded)
