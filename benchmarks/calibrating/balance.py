"""How much each example counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from calibrating.examples import Example

COST = 1.0
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
    slips: dict[tuple[str, str], set[str]] = {}
    of_slip: Counter[tuple[str, str, str]] = Counter()
    false: Counter[tuple[str, str, bool]] = Counter()
    for one in examples:
        at = one.source, one.document
        if one.true and one.slips:
            slips.setdefault(at, set()).update(one.slips)
            of_slip[*at, one.slips[0]] += 1
        elif not one.true:
            false[*at, one.remark] += 1
    return [_weight(one, slips, of_slip, false) for one in examples]


def _weight(
    one: Example,
    slips: dict[tuple[str, str], set[str]],
    of_slip: Counter[tuple[str, str, str]],
    false: Counter[tuple[str, str, bool]],
) -> float:
    at = one.source, one.document
    if not one.true:
        return min(1.0, MOST / false[*at, one.remark])
    return 1 / (len(slips[at]) * of_slip[*at, one.slips[0]]) if one.slips else 1.0
