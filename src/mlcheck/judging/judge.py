"""Two stories for each break: a slip of one figure, or a relation that was never meant. Their log-odds add up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from mlcheck.judging.features import Siblings, of_break, of_gap, of_relation, same_gap, siblings, typical
from mlcheck.judging.gap import Features
from mlcheck.judging.weights import SENTENCE, WARNING, weights
from mlcheck.model.claim import Binding
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place


class Judgement(Struct, frozen=True):
    """The log-odds that each constraint of a report was meant, and what follows from them.

    Those that are `doubtful` are neither told nor prove anything; of those that are consistent, only the `proving`
    ones would have told a wrong number, but in a figure that it was `bound_by`. `features` is what speaks for each,
    `among` what they are siblings of. Indexes are those of the constraints.
    """

    meant: tuple[int, ...]
    doubtful: frozenset[int]
    proving: frozenset[int]
    bound_by: dict[int, frozenset[int]]
    features: dict[int, Features]
    among: Siblings


def judge(
    constraints: Sequence[Constraint], verdicts: Sequence[str], places: Mapping[int, Place],
    bindings: Mapping[int, Binding], least: int = WARNING, uneven: Collection[int] = (),
) -> Judgement:  # fmt: skip
    """Return how far each constraint of a report can be believed; one that is broken is doubtful below `least`.

    `bindings` are those of the report's claims, by their index; `uneven` the constraints that hold with a gap.
    """
    known, among = weights(), siblings(constraints, verdicts, places, uneven)
    alike = same_gap(constraints, verdicts, places)
    meant: list[int] = []
    doubtful, proving = set(), set()
    bound_by: dict[int, frozenset[int]] = {}
    features: dict[int, Features] = {}
    for index, (one, verdict) in enumerate(zip(constraints, verdicts, strict=True)):
        binding = None if one.claim is None else bindings.get(one.claim)
        found = of_relation(one, verdict, among, alike, binding, places)
        own = known.log_odds(found)
        meant.append(own)
        features[index] = found
        if verdict == "inconsistent":
            if own + known.log_odds(of_gap(one, places, found)) + best_slip(one) < least:
                doubtful.add(index)
        elif own + known.log_odds(typical(one)) < WARNING:
            doubtful.add(index)
        elif one.firm:
            proving.add(index)
            if binding is not None and binding.compared:
                bound_by[index] = binding.compared
    return Judgement(tuple(meant), frozenset(doubtful), frozenset(proving), bound_by, features, among)


def best_slip(one: Constraint) -> int:
    """Return what the surest slip could add for a constraint."""
    name = "a slip of four digits" if one.claim is None else f"{SENTENCE}a slip of four digits"
    return max(weights().log_odds({name: 1}), 0)


def features_of(
    group: Sequence[tuple[int, Features]], main: Constraint, suspects: Sequence[Mapping[str, Any]],
    places: Mapping[int, Place],
) -> Features:  # fmt: skip
    """Return what speaks for and against a slip in a group of broken constraints, each with its log-odds and features.

    The best of them speaks for the relation, `main` for the gap. Their weights add up to the log-odds of a slip.
    """
    _, best = max(group, key=lambda member: member[0])
    return best | of_break(main, suspects, len(group), places, best)
