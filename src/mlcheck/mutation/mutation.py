"""How good the checks of a report are: typing errors made in copies in memory, and how many are noticed.

Each is made in the document and read again, so that a table whose structure changes with its values is another
table. Only the portion that holds it is read again, and only what the error can reach is bound and solved again;
the rest is as it was. A test holds the results to those of checking each copy as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from random import Random

import polars as pl
from msgspec.structs import astuple

from mlcheck.checking.coverage import Solved
from mlcheck.model.constraints import Constraint
from mlcheck.model.document import LaidOut
from mlcheck.model.frames import frame
from mlcheck.mutation.detection import Detected, detected
from mlcheck.mutation.mutants import Before, Mutant, figures_of, mutant, sound
from mlcheck.mutation.portions import figure_ids
from mlcheck.mutation.typing_errors import KINDS, Mistypable, mistypables

MUTATIONS = {
    "figure": pl.UInt32,
    "kind": pl.String,  # one of KINDS
    "mistyped": pl.String,  # what is printed, empty in an emptied cell
    "caught": pl.Boolean,
    "first": pl.Float64,  # how likely the first suspect is the true figure, ties split
    "three": pl.Float64,  # how likely one of the first three is
    "suspected": pl.Boolean,  # whether it is among the suspects
    "equalities": pl.UInt32,  # violated equalities that the figure stands in
}
TOGETHER = 40  # mutants solved in one query


def mutate(
    checked: Solved, document: LaidOut, number: int, seed: int = 0, progress: Callable[[int], None] | None = None
) -> pl.DataFrame:  # fmt: skip
    """Return MUTATIONS: what became of `number` typing errors made in a report, one at a time.

    `document` is what was read of it. They are chosen by `seed` among all figures and kinds, each pair once;
    fewer are made where there are fewer. `progress` is given how many are done.
    """
    report = sound(checked, document)
    numbers = dict(zip(figure_ids(report.facts), figure_ids(checked.facts), strict=True))
    rows: list[tuple[object, ...]] = []
    waiting: list[Mutant] = []

    def judge() -> None:
        for one, found in zip(waiting, detected(report, waiting), strict=True):
            rows.append((numbers[one.mistypable.place.figure], one.kind, one.text, *astuple(found)))
        waiting.clear()
        if progress is not None:
            progress(len(rows))

    spots = mistypables(report.portions, report.places)
    for mistypable, kind, digits in chosen(spots, number, Random(seed), indispensable(report.before)):
        waiting.append(mutant(report, mistypable, kind, digits))
        if len(waiting) == TOGETHER:
            judge()
    if waiting:
        judge()
    return frame(rows, MUTATIONS)


def indispensable(before: Before) -> frozenset[int]:
    """Return the figures of equalities that none can do without: left out, they leave nothing to compare.

    Without one of three parts or more, a sum that holds, and would be there whatever its numbers, still has its total
    and other parts.
    """
    equalities = [one for one in before.figures if _is_equality(one)]
    kept = [one for one in equalities if one.firm and one in before.holding]
    sums = [one for one in kept if one.is_sum_of_several()]
    spared = {f for one in sums for f in figures_of(one) if f != one.stated}
    return frozenset().union(*map(figures_of, equalities)) - spared


def _is_equality(one: Constraint) -> bool:
    return any(side.lower is not None and side.lower == side.upper for side in one.sides)


def chosen(
    found: Sequence[Mistypable], number: int, chance: Random, needed: Collection[int] = ()
) -> Iterator[tuple[Mistypable, str, str]]:
    """Yield the typing errors to make: a spot, a kind, and the digits that are printed.

    Each prints another number. A zero that is left out is none, and the `needed` figures are not left out.
    """
    pairs = [
        (mistypable, kind) for mistypable in found for kind in KINDS
        if kind != "emptied" or (mistypable.alone and mistypable.place.figure not in needed)
    ]  # fmt: skip
    made = 0
    for mistypable, kind in chance.sample(pairs, len(pairs)):
        if made == number:
            return
        digits = KINDS[kind](mistypable.numeral.digits, chance)
        if digits is not None and int(digits or 0) != int(mistypable.numeral.digits):
            made += 1
            yield mistypable, kind, digits


__all__ = ["KINDS", "MUTATIONS", "Detected", "chosen", "mutate"]
