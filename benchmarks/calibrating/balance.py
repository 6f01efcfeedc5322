"""How much each example counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from calibrating.examples import Example

COST = 2.0  # of a false accusation: most published reports have no slip at all
MOST = 5.0  # false alarms of one document: a hundred of one table are one mistake


def balanced(examples: Sequence[Example]) -> list[float]:
    """Return the weight of each example.

    The slips of a document count for one slip in all, its false alarms for MOST at the most; then each source
    counts alike, and in each the false examples for COST times as much as the true ones.
    """
    own = within_documents(examples)
    sums: Counter[tuple[str, bool]] = Counter()
    for one, weight in zip(examples, own, strict=True):
        sums[one.source, one.true] += weight
    share = sum(sums.values()) / max(1, len(sums))
    return [
        weight * share / sums[one.source, one.true] * (1.0 if one.true else COST)
        for one, weight in zip(examples, own, strict=True)
    ]


def within_documents(examples: Sequence[Example]) -> list[float]:
    """Return the weight of each example among those of its document."""
    slips: dict[tuple[str, str], set[str]] = {}
    of_slip: Counter[tuple[str, str, str]] = Counter()
    false: Counter[tuple[str, str, bool]] = Counter()
    alone = repeated(examples)
    for one, weight in zip(examples, alone, strict=True):
        at = one.source, one.document
        if one.true and one.slips:
            slips.setdefault(at, set()).update(one.slips)
            of_slip[*at, one.slips[0]] += 1
        elif not one.true:
            false[*at, one.remark] += weight

    def weight_of(one: Example, weight: float) -> float:
        at = one.source, one.document
        if not one.true:
            return weight * min(1.0, MOST / false[*at, one.remark])
        return 1 / (len(slips[at]) * of_slip[*at, one.slips[0]]) if one.slips else weight

    return list(map(weight_of, examples, alone))


def repeated(examples: Sequence[Example]) -> list[float]:
    """Return one for each example of a document as it is, shared by those of one relation: it is told once."""
    counts = Counter(one.relation for one in examples if not one.slips)
    return [1 / counts[one.relation] if one.relation and not one.slips else 1.0 for one in examples]
