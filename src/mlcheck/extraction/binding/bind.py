"""Bind every claim of a report: same sentence first, then the tables near it, then last year's report."""

from __future__ import annotations

import re

from msgspec.structs import replace

from mlcheck.extraction.binding.counts import MARGIN, NO_WORDS, Match, bind_count, find, value_of
from mlcheck.extraction.binding.former import Former
from mlcheck.extraction.binding.places import Index, near_tables, totals_of
from mlcheck.extraction.binding.shares import bind_share
from mlcheck.extraction.binding.vocabulary import meaning_of
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.translation import N_
from mlcheck.words import stem

NO_PRIOR = N_("needs last year's report (--prior)")
NOT_IN_PRIOR = N_("last year's report does not print this figure")
STANDS_ALONE = N_("a number that nothing else in the report restates")
COMPANION = N_("it only says how many a percentage makes")
NOT_BOUND = N_("what it is taken from is not decided by its words")


def bind(facts: Facts) -> dict[int, Binding]:
    """Return the binding of each claim that sentences do not settle among themselves."""
    former = Former(facts.prior, facts) if facts.prior else None
    spots = Index()
    found: dict[int, Binding] = {}
    for index, claim in enumerate(facts.claims):
        found[index] = _bind(facts, former, spots, index, claim, found)
    return found


def former_figures(facts: Facts) -> dict[int, int]:
    """Return last year's figure of each figure of a table that last year's report prints in the same place."""
    if facts.prior is None:
        return {}
    former = Former(facts.prior, facts)
    found = {
        e.figure: former.figure(e.figure) for t in facts.tables for e in t.entries.values() if e.quantity
    }
    return {now: then for now, then in found.items() if then is not None}


def _bind(
    facts: Facts, former: Former | None, spots: Index, index: int, claim: Claim, found: dict[int, Binding]
) -> Binding:
    earlier = claim.period is not None and facts.year is not None and claim.period < facts.year
    if claim.kind == "share" and claim.quantity.unit == "%":
        return _former_share(facts, former, claim, found) if earlier else _share(facts, index, claim)
    if claim.kind == "variation" and claim.quantity.unit == "%":
        return _variation(facts, former, spots, claim)
    if claim.kind == "mean" and claim.base and not claim.hedge and not _settled(facts, index):
        return _mean(facts, spots, claim)
    if claim.kind in ("count", "part", "ratio", "sum") and claim.quantity.unit in ("count", "€"):
        return _count(facts, former, spots, claim, earlier)
    return Binding(claim.kind, reason=NOT_BOUND)


def _count(facts: Facts, former: Former | None, spots: Index, claim: Claim, earlier: bool) -> Binding:
    if claim.of is not None and facts.claims[claim.of].kind == "share":
        return Binding("count", reason=COMPANION)
    if claim.hedge:
        return Binding("count", reason=NOT_BOUND)
    if not earlier:
        binding = bind_count(facts, claim, spots)
        return Binding("count", reason=STANDS_ALONE) if binding.reason == NO_WORDS else binding
    if former is None:
        return Binding("count", reason=NO_PRIOR)
    return bind_count(former.facts, claim, Index())


def _settled(facts: Facts, index: int) -> bool:
    """Tell whether the claim's own sentence gives what a mean is taken from."""
    return any(link.kind == "mean" and link.stated == index for link in facts.links)


def _mean(facts: Facts, spots: Index, claim: Claim) -> Binding:
    """Bind a mean to what its words count in all and to what it is taken per, where each is one figure."""
    found = []
    for words in (claim.subject, claim.base):
        counted = replace(claim, kind="count", subject=words, base=(), quantity=Quantity("", 0, 0, 0))
        matches = find(facts, counted, spots)
        values = {value_of(m.spot) for m in matches if m.score > matches[0].score - MARGIN}
        if len(values) != 1:
            return Binding("mean", reason=NOT_BOUND)
        found.append(matches[0].spot.figures)
    return Binding("mean", tuple(found), (*claim.subject, *claim.base))


def _share(facts: Facts, index: int, claim: Claim) -> Binding:
    binding = bind_share(facts, claim, phrase_of(facts, index))
    if binding.reason is None:
        return binding
    companion = next((c for c in facts.claims if c.of == index and c.quantity.unit == "count"), None)
    whole = _whole_near(facts, claim) if companion else None
    if companion is None or whole is None:
        return binding
    return Binding("share", ((companion.figure,), whole), claim.subject)


def _whole_near(facts: Facts, claim: Claim) -> tuple[int, ...] | None:
    """Return the one total that the tables under a claim's own heading print, None where there are more."""
    spots = [s for t in near_tables(facts, claim.sections)[0] for s in totals_of(t)]
    return spots[0].figures if len(spots) == 1 else None


def _former_share(facts: Facts, former: Former | None, claim: Claim, found: dict[int, Binding]) -> Binding:
    """Bind a share of last year to the same part and whole in last year's report, or to its sentence."""
    if former is None:
        return Binding("former share", reason=NO_PRIOR)
    present = found.get(claim.of) if claim.of is not None else None
    if present is not None and present.reason is None and present.kind in ("share", "equal"):
        operands = [former.figures(o) for o in present.operands]
        if all(o is not None for o in operands):
            return Binding(
                f"former {present.kind}", tuple(o for o in operands if o is not None), present.words
            )
    stated = former.claim(facts.claims[claim.of] if claim.of is not None else claim)
    if stated is not None:
        return Binding("former equal", ((stated.figure,),), claim.subject)
    return Binding("former share", reason=NOT_IN_PRIOR)


def _variation(facts: Facts, former: Former | None, spots: Index, claim: Claim) -> Binding:
    """Bind a growth rate to this year's figure of its words and to last year's of the same place."""
    if claim.reference is not None and facts.year is not None and claim.reference != facts.year - 1:
        return Binding("variation", reason=NOT_BOUND)
    words = meaning_of(claim, facts.profile).words
    options = _best(find(facts, claim, spots)) + _sentences(facts, claim)
    if not options:
        return Binding("variation", reason=NO_WORDS)
    if former is None:
        return Binding("variation", reason=NO_PRIOR, candidates=options[0])
    for present in options:
        earlier = former.figures(present)
        if earlier is not None:
            return Binding("variation", (present, earlier), words)
    return Binding("variation", reason=NOT_IN_PRIOR, candidates=options[0])


def _best(matches: list[Match]) -> list[tuple[int, ...]]:
    return [m.spot.figures for m in matches if m.score > matches[0].score - 0.01]


def _sentences(facts: Facts, claim: Claim) -> list[tuple[int, ...]]:
    """Return the counts that sentences of the same chapter give for the same words."""
    words = frozenset(stem(w) for w in claim.subject)
    return [
        (other.figure,) for other in facts.claims
        if other.kind in ("count", "part") and other.sections[:1] == claim.sections[:1] and words
        and words <= frozenset(stem(w) for w in (*other.subject, *other.base)) and len(words) > 1
    ]  # fmt: skip


def phrase_of(facts: Facts, index: int) -> str:
    """Return the words that say which part a percentage is: what follows it, else what stands before it."""
    claim = facts.claims[index]
    others = [
        c.start
        for c in facts.claims
        if c.text == claim.text and c.locator == claim.locator and c.start > claim.start
    ]
    after = claim.text[claim.end : min(others, default=len(claim.text))]
    after = re.split(r"[(;]|\bcontre\b", after, maxsplit=1)[0]
    if claim.base:
        after = _after_base(after)
    worded = re.search(r"[^\W\d_]{2,}", after)
    own = after if worded else re.split(r"[.;)]", claim.text[: claim.start])[-1]
    before = claim.text[: claim.start]
    represents = re.search(r"(?:repr[ée]sente|constitue|compte|rassemble|concerne)\w*\s+\S{0,12}\s*$", before)
    return before[: represents.start()] if represents else own


def _after_base(text: str) -> str:
    """Return what follows the base of "49 % des nouveaux inscrits sont des femmes"."""
    match = re.search(
        r"\b(?:sont|ont|est|a|n['’]ont|n['’]a|étaient|avaient|résident|relèvent|concernent|se trouvent|vivent)\b",
        text,
    )
    return text[match.end() :] if match else text
