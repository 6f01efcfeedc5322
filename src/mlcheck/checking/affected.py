"""The constraints that a change of a few figures can make or break, and those that their diagnosis looks at."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from mlcheck.model.constraints import Constraint


class Before(Struct, frozen=True):
    """The constraints of a report before a change: the figures that each ties, and which are violated."""

    figures: dict[Constraint, frozenset[int]]
    violated: frozenset[Constraint]


def before(constraints: Sequence[Constraint], verdicts: Sequence[str]) -> Before:
    """Return the constraints of a report with their verdicts, in the same order."""
    violated = (one for one, verdict in zip(constraints, verdicts, strict=True) if verdict == "inconsistent")
    return Before({one: figures_of(one) for one in constraints}, frozenset(violated))


def figures_of(one: Constraint) -> frozenset[int]:
    """Return the figures that a constraint ties, the one it only states among them."""
    figures = {figure for side in one.sides for figure, _ in side.terms}
    return frozenset(figures if one.stated is None else figures | {one.stated})


def affected(former: Before, constraints: Sequence[Constraint], changed: Collection[int]) -> list[Constraint]:
    """Return the constraints that must be solved together after the figures `changed` have changed.

    These are the new ones and those that tie such a figure; the sums that learn their tolerance with them; the
    violated ones that hang together with any of these; and all that share a figure with them, places that print
    the same figure taken for one. Every other constraint keeps its verdict, and is in nobody's diagnosis.
    """
    ties = [former.figures.get(one) for one in constraints]
    moved = frozenset(changed)
    fresh = {n for n, figures in enumerate(ties) if figures is None or not moved.isdisjoint(figures)}
    tied = [figures_of(constraints[n]) if figures is None else figures for n, figures in enumerate(ties)]
    groups = {constraints[n].group for n in fresh if constraints[n].adaptive}
    seeds = fresh | {n for n, one in enumerate(constraints) if one.adaptive and one.group in groups}
    wrong = {n for n, one in enumerate(constraints) if one in former.violated} - seeds
    while True:
        standing = _standing(constraints, tied, seeds)
        more = {n for n in wrong if not standing.isdisjoint(tied[n])}
        if not more:
            break
        seeds |= more
        wrong -= more
    near = {n for n, figures in enumerate(tied) if not standing.isdisjoint(figures)}
    groups = {constraints[n].group for n in near if constraints[n].adaptive}
    return [one for n, one in enumerate(constraints) if n in near or (one.adaptive and one.group in groups)]


def _standing(
    constraints: Sequence[Constraint], tied: Sequence[frozenset[int]], chosen: Collection[int]
) -> set[int]:
    """Return the figures of some constraints, with the other places that print one of them."""
    standing = {figure for n in chosen for figure in tied[n]}
    same = [tied[n] for n, one in enumerate(constraints) if one.kind == "equal"]
    size = -1
    while size < len(standing):
        size = len(standing)
        for figures in same:
            if not standing.isdisjoint(figures):
                standing |= figures
    return standing
