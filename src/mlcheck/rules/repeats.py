"""Sentences that say again what another sentence says, or announce what they list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.rules.build import same


def prose_repeats_differently(facts: Facts) -> Iterator[Constraint]:
    """The same sentence is printed twice with another number.

    The words of both must be the same, in the same chapter and for the same year; a sentence that leaves
    out of what it gives a share is not compared.
    """
    seen: dict[tuple[object, ...], list[Claim]] = {}
    for index, claim in enumerate(facts.claims):
        if len(claim.subject) < 2 or not claim.base or claim.kind not in ("share", "variation", "mean"):
            continue
        key = (claim.kind, claim.quantity.unit, claim.period, claim.subject, claim.sections[:1])
        for earlier in seen.setdefault(key, []):
            if set(claim.base) <= set(earlier.base) or set(earlier.base) <= set(claim.base):
                other = None if earlier.hedge else earlier.quantity
                yield same("AGR102", claim, [earlier.figure], other, claim=index)
                break
        seen[key].append(claim)


def list_has_another_length(facts: Facts) -> Iterator[Constraint]:
    """A sentence announces a number of things and lists another number of them.

    Counted by the commas after a colon; an item that itself holds "et" may be two, and leaves the list
    unverifiable.
    """
    for index, claim in enumerate(facts.claims):
        if claim.kind != "count" or claim.quantity.unit != "count" or claim.quantity.half:
            continue
        items = enumerated(claim.text[claim.end :])
        if len(items) > 2 and not any(i.startswith("et ") or " et " in i for i in items[-1:]):
            side = Side(((claim.figure, 1),), len(items), len(items))
            yield Constraint("TOT203", "relation", (side,), claim.figure, index, "warning")


def enumerated(text: str) -> list[str]:
    """Return the items that commas part after a colon, none where a number or a sentence stands among them."""
    before, colon, listed = text.partition(":")
    if not colon or any(c.isdigit() for c in before + listed) or "." in listed.strip().rstrip("."):
        return []
    plain = re.sub(r"\([^)]*\)", "", listed).strip().rstrip(".")
    return [item.strip() for item in plain.split(",") if item.strip()]
