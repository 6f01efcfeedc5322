"""Numbers of a sentence that must not be held against a table, whatever their words: targets, and twins."""

from __future__ import annotations

from functools import cache

from mlcheck.lexicon import lexicon
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.translation import N_
from mlcheck.words import fold

TARGET = N_("it is a target or an estimate, which no table counts")
TWINS = N_("two numbers of its sentence answer to the same figure, and differ")
BEFORE, AFTER = 40, 24  # characters around a number in which a word says that it is a target


def is_target(claim: Claim, before: Claim | None) -> bool:
    """Tell whether the words beside a number say that it was aimed at: "un objectif de 500", "500 prévus".

    `before` is the claim that stands before it in its sentence: what is said of that one is not said of this.
    """
    start = max(claim.start - BEFORE, 0 if before is None else before.end)
    near = f"{claim.text[start : claim.start]} {claim.text[claim.end : claim.end + AFTER].partition(',')[0]}"
    return not _targets().isdisjoint(fold(near).split())


def without_twins(facts: Facts, found: dict[int, Binding]) -> dict[int, Binding]:
    """Return the bindings, without those of one sentence that share their figures and cannot both be right."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, binding in found.items():
        claim = facts.claims[index]
        if binding.reason is None and binding.operands and not binding.pin:
            key = (claim.locator, claim.text, claim.period, binding.kind, claim.kind, binding.operands)
            groups.setdefault(key, []).append(index)
    for indexes in groups.values():
        if len({facts.claims[i].quantity.value for i in indexes}) > 1:
            for i in indexes:
                one = found[i]
                found[i] = Binding(one.kind, reason=TWINS, candidates=one.operands[0][:1])
    return found


@cache
def _targets() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon()["binding"]["targets"])
