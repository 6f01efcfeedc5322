"""Bind the figures of last year that a report quotes to what last year's report printed."""

from __future__ import annotations

from mlcheck.extraction.binding.counts import MARGIN, bearing, bind_count, find, value_of
from mlcheck.extraction.binding.former import Former
from mlcheck.extraction.binding.places import Index
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.translation import N_

NO_PRIOR = N_("needs last year's report (--prior)")
NOT_IN_PRIOR = N_("last year's report does not print this figure")
OTHER_YEAR = N_("it speaks of another year than the report to compare with")
UNSURE = N_("its words may mean another figure of last year's report")
Bindings = dict[int, Binding]


def last_year(facts: Facts, former: Former | None) -> int | None:
    """Return the year that the prior report speaks of, else the one before the report's."""
    told = former.facts.year if former is not None else None
    if facts.year is None or (told is not None and told < facts.year):
        return told
    return facts.year - 1


def quoted_share(facts: Facts, former: Former | None, claim: Claim, found: Bindings) -> Binding:
    """Bind a share of last year to the same part and whole in last year's report, or to its sentence."""
    if claim.period != last_year(facts, former):
        return Binding("former share", reason=OTHER_YEAR)
    if former is None:
        return Binding("former share", reason=NO_PRIOR)
    present = found.get(claim.of) if claim.of is not None else None
    if present is not None and present.reason is None and present.kind in ("share", "equal"):
        operands = [former.figures(o) for o in present.operands]
        if all(o is not None for o in operands):
            kept = tuple(o for o in operands if o is not None)
            return Binding(f"former {present.kind}", kept, present.words, pin=present.pin)
    stated = former.claim(facts.claims[claim.of] if claim.of is not None else claim)
    if stated is not None:
        return Binding("former equal", ((stated.figure,),), claim.subject)
    return Binding("former share", reason=NOT_IN_PRIOR)


def quoted_count(facts: Facts, former: Former | None, spots: Index, claim: Claim, found: Bindings) -> Binding:
    """Bind a count of last year to the place in last year's report of the figure that it is compared with.

    Where it is compared with none, its words are looked for among this year's tables, then last year's.
    """
    if claim.period != last_year(facts, former):
        return Binding("former count", reason=OTHER_YEAR)
    compared = facts.claims[claim.of] if claim.of is not None else None
    now = found.get(claim.of) if claim.of is not None else None
    bound = now is not None and now.kind == "count" and now.reason is None
    if former is None:
        present = now.operands[:1] if now is not None and bound else _own(compared)
        return Binding("former count", present, reason=NO_PRIOR)
    if now is not None and bound:
        places = [figures for o in now.operands if (figures := former.figures(o))]
        if places:
            return Binding("former count", tuple(places), now.words, pin=now.pin)
    if compared is not None and (stated := former.claim(compared)) is not None:
        return Binding("former count", ((stated.figure,),), compared.subject)
    if compared is not None and compared.kind not in ("count", "part", "sum"):
        return Binding("former count", reason=NOT_IN_PRIOR)
    return _by_its_words(facts, former, spots, claim)


def _own(claim: Claim | None) -> tuple[tuple[int, ...], ...]:
    """Return the figure that a quoted one is compared with, where its sentence prints it."""
    return () if claim is None or claim.quantity.unit not in ("count", "€") else ((claim.figure,),)


def _by_its_words(facts: Facts, former: Former, spots: Index, claim: Claim) -> Binding:
    """Bind a count to last year's figure of the place that its words name this year."""
    matches = find(facts, claim, spots)
    best = [m for m in matches if m.score > matches[0].score - MARGIN]
    places = [figures for m in best if (figures := former.figures(m.spot.figures))]
    if not places or len({value_of(m.spot) for m in best}) > 1:
        binding = bind_count(former.facts, claim, former.spots)
        return Binding("former count", binding.operands, binding.words, binding.reason, binding.candidates)
    if not best[0].sure and former.value(places[0]) != claim.quantity.value:
        return Binding("former count", reason=UNSURE, candidates=places[0][:1])
    return Binding("former count", tuple(places), bearing(facts, claim, best[0].spot))
