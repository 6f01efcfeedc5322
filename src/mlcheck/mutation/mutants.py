"""A report before and after a typing error: read, bound and ruled again as far as the error reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.coverage import Solved, ruled, solved_job
from mlcheck.checking.job import Job
from mlcheck.model.constraints import Constraint
from mlcheck.model.document import LaidOut, Locator
from mlcheck.model.facts import Facts
from mlcheck.model.figure import Place, places_of
from mlcheck.mutation.portions import Portion, composed, portions_of, read_portion
from mlcheck.mutation.rebinding import Bindings, bindings_of, rebound
from mlcheck.mutation.typing_errors import Mistypable, mistyped

Where = tuple[
    Locator, int | None
]  # a cell, or a place in a sentence: what stays the same when figures are renumbered
FindingKey = tuple[str, frozenset[Where]]  # a rule, and what it speaks of


class Sound(Struct, frozen=True):
    """A report as it is, cut into portions, with its constraints, and what its checks already tell."""

    facts: Facts
    portions: tuple[Portion, ...]
    bindings: Bindings
    places: dict[int, Place]
    before: Before
    known: frozenset[FindingKey]
    first: int


class Mutant(Struct, frozen=True):
    """A copy with one typing error: what it prints, and all its figures.

    `figure` is the one with the error, None where its cell is no figure any more. `job` has the constraints that
    the error may have made or broken, and their figures only.
    """

    mistypable: Mistypable
    kind: str
    text: str
    figure: int | None
    places: dict[int, Place]
    job: Job


class Before(Struct, frozen=True):
    """The constraints of a report before a change: the figures that each ties, and which are violated or hold."""

    figures: dict[Constraint, frozenset[int]]
    violated: frozenset[Constraint]
    holding: frozenset[Constraint]


def sound(checked: Solved, document: LaidOut) -> Sound:
    """Return a report, of which `document` was read, ready for typing errors."""
    portions = portions_of(document, checked.facts, checked.job.first)
    facts = composed(portions, checked.facts)
    bindings = bindings_of(portions, facts)
    facts = replace(facts, bindings=bindings.all(), former=bindings.former)
    earlier = {f: place for f, place in checked.job.places.items() if f < checked.job.first}
    places = earlier | places_of(facts)
    job = Job(facts.source, facts, places=places, prior=checked.job.prior, first=checked.job.first)
    again = solved_job(job, facts)
    former = _before(job.constraints, again.batch.verdicts(again.solution, 0))
    known = {key_of(one.rule, former.figures[one], places) for one in former.violated}
    known |= {key_of(one.rule, one.figures, places) for one in job.remarks}
    return Sound(facts, portions, bindings, places, former, frozenset(known), job.first)


def key_of(rule: str, figures: Iterable[int], places: Mapping[int, Place]) -> FindingKey:
    """Return what a rule says, whatever the numbers in it."""
    return rule, frozenset(where(places[figure]) for figure in figures)


def where(place: Place) -> Where:
    """Return where a figure stands."""
    return place.locator, None if place.claim is None else place.claim.start


def mutant(report: Sound, mistypable: Mistypable, kind: str, digits: str) -> Mutant:
    """Return a report with other digits in one spot."""
    portion = report.portions[mistypable.where.portion]
    blocks, text = mistyped(mistypable, portion.blocks, digits)
    after = read_portion(report.facts.source, blocks, report.facts, portion.first)
    portions = list(report.portions)
    portions[mistypable.where.portion] = after
    own, former = places_of(after.facts), places_of(portion.facts)
    changed = {f for f, place in own.items() if f not in former or not _same(place, former[f])}
    together = composed(portions, report.facts)
    facts = rebound(report.bindings, report.portions, mistypable.where.portion, after, together, changed)
    places = {f: place for f, place in report.places.items() if f not in former} | own
    job = Job(facts.source, facts, places=places, first=report.first)
    ruled(job)
    job.constraints = _affected(report.before, job.constraints, changed)
    wanted = set(changed).union(*(figures_of(one) for one in job.constraints))
    job.places = {f: place for f, place in places.items() if f in wanted}
    return Mutant(mistypable, kind, text, _again(mistypable.place, portion.facts, after.facts), places, job)


def _same(one: Place, other: Place) -> bool:
    return one.quantity == other.quantity and one.state == other.state and one.locator == other.locator


def _again(place: Place, then: Facts, now: Facts) -> int | None:
    """Return the figure that stands where a figure stood: in the same cell, or the same number of the sentences."""
    if place.claim is None:
        entries = (entry for table in now.tables for entry in table.entries.values())
        return next((entry.figure for entry in entries if entry.locator == place.locator), None)
    if len(then.claims) == len(now.claims):
        same = zip(then.claims, now.claims, strict=True)
        return next((new.figure for old, new in same if old.figure == place.figure), None)
    return next((claim.figure for claim in now.claims if (claim.locator, claim.start) == where(place)), None)


# The constraints that a change of a few figures can make or break, and those that their diagnosis looks at.


def _before(constraints: Sequence[Constraint], verdicts: Sequence[str]) -> Before:
    """Return the constraints of a report with their verdicts, in the same order."""
    violated, holding = (
        frozenset(one for one, own in zip(constraints, verdicts, strict=True) if own == verdict)
        for verdict in ("inconsistent", "consistent")
    )
    return Before({one: figures_of(one) for one in constraints}, violated, holding)


def figures_of(one: Constraint) -> frozenset[int]:
    """Return the figures that a constraint ties, the one it only states among them."""
    figures = {figure for side in one.sides for figure, _ in side.terms}
    return frozenset(figures if one.stated is None else figures | {one.stated})


def _affected(
    former: Before, constraints: Sequence[Constraint], changed: Collection[int]
) -> list[Constraint]:
    """Return the constraints that must be solved together after the figures `changed` have changed.

    These are the new ones and those that tie such a figure; the sums that learn their tolerance with them; their
    siblings; the violated ones that hang together with any of these; and all that share a figure with them, places that print
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
    witnesses = {_of_table(constraints[n]) for n in near if constraints[n].siblings}
    return [
        one
        for n, one in enumerate(constraints)
        if n in near
        or (one.adaptive and one.group in groups)
        or (one.siblings and _of_table(one) in witnesses)
    ]


def _of_table(one: Constraint) -> tuple[str, str]:
    """Return the rule and the table whose constraints speak for one another when they are judged."""
    return one.rule, one.siblings.partition("|")[0]


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
