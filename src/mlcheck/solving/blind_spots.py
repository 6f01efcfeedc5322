"""What the checks do not see: how wrong a figure could be without breaking any of its constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

import polars as pl

from mlcheck.model.frames import frame
from mlcheck.solving.exact import sums
from mlcheck.solving.intervals import EVERYTHING, Interval, admissible
from mlcheck.solving.neighbourhood import Judged
from mlcheck.solving.rational import Amount, amounts, fraction, lines

BLIND = {
    "figure": pl.UInt32,
    "below": pl.String,  # the most that could be printed too little, a fraction ("6", "13/2"); null is unbounded
    "above": pl.String,  # the most that could be printed too much
}


def blind_spots(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    verdicts: pl.DataFrame,
) -> pl.DataFrame:
    """Return BLIND: for each figure in a consistent constraint, the largest errors that would pass unnoticed.

    The other figures are as printed; errors are whole steps of the last printed digit, and a count is never
    negative. Both are 0 in an exact sum. Frames as in `mlcheck.model.frames`, FIGURES with `unit`; of the
    constraints in violation nothing is asked.
    """
    held = verdicts.filter(pl.col("verdict") == "consistent")
    judged = list(_judged(figures, constraints, sides, terms, held))
    wanted = {figure for one in judged for figure in one.figures}
    known = amounts(figures, wanted)
    free: dict[int, Interval] = defaultdict(lambda: EVERYTHING)
    for one in judged:
        for figure in one.figures:
            if known[figure].state == "number":
                own = admissible(one, frozenset({figure}), known[figure], known)
                free[figure] = free[figure].meet(own)
    counts = set(figures.filter(pl.col("unit") == "count")["figure"].to_list())
    return frame(
        [(figure, *_errors(free[figure], known[figure], figure in counts)) for figure in sorted(free)], BLIND
    )


def _judged(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    held: pl.DataFrame,
) -> Iterator[Judged]:
    """Yield the constraints that hold, in fractions, with the tolerance that each was judged with."""
    rows = held.join(
        constraints.select("constraint", "kind", "stated"), on="constraint", maintain_order="left"
    )
    own = lines(sides, terms, rows["constraint"])
    standing = {figure for line in chain(*own.values()) for figure in line.coefficients}
    known = amounts(figures, standing | set(rows["stated"].drop_nulls().to_list()))
    columns = ("constraint", "kind", "stated", "tolerance", "residual_scale")
    for constraint, kind, stated, learnt, scale in rows.select(columns).iter_rows():
        summed = [(line, *sums(line, known)) for line in own[constraint]]
        if len(summed) == 1 and learnt is not None and scale is not None:
            summed = [(line, total, fraction(learnt, scale)) for line, total, _ in summed]
        terms_of = {figure for line in own[constraint] for figure, c in line.coefficients.items() if c}
        outside = stated if stated is not None and stated not in terms_of else None
        every = terms_of if outside is None else terms_of | {outside}
        yield Judged(constraint, kind, True, False, tuple(summed), outside, frozenset(every))


def _errors(free: Interval, amount: Amount, count: bool) -> tuple[str | None, str | None]:
    """Return what may be missing and what may be too much, in steps that can be printed."""
    value = amount.value or Fraction(0)
    if count and value >= 0:
        free = free.meet(Interval(Fraction(0), None))
    least, most = free.steps(value, amount.step)
    # A printed value below the true one is an error downwards: the admissible values are the printable ones.
    below = None if least is None else str(max(-least, 0) * amount.step)
    above = None if most is None else str(max(most, 0) * amount.step)
    return below, above
