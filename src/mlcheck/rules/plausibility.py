"""Figures that are possible, but hardly: a factor of ten against last year."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.translation import N_

FACTORS = (10, 100, 1000)
NEAR = 4  # within a quarter of the factor, on either side
SMALLEST = 8  # below it a figure may well grow tenfold


def figure_is_off_by_a_factor(facts: Facts) -> Iterator[Remark]:
    """A figure is about ten, a hundred or a thousand times last year's of the same place, or a tenth of it.

    A zero too many is likelier. Needs last year's report; small figures are left out.
    """
    if facts.prior is None:
        return
    then = {e.figure: e for t in facts.prior.tables for e in t.entries.values()}
    for table in facts.tables:
        for entry in table.entries.values():
            before = then.get(facts.former.get(entry.figure, -1))
            if before is None or before.quantity is None or entry.quantity is None:
                continue
            now, past = abs(entry.quantity.value), abs(before.quantity.value)
            if min(now, past) < SMALLEST or entry.quantity.unit not in ("count", "€"):
                continue
            ratio = max(now, past) / min(now, past)
            for factor in FACTORS:
                if factor * (NEAR - 1) <= ratio * NEAR <= factor * (NEAR + 1):
                    yield Remark(
                        "PLA101", "warning", N_("{now} printed, about {factor} times or a {factor}th of last year's {past}."),
                        {"now": entry.printed, "past": before.printed, "factor": factor}, (entry.figure, before.figure),
                    )  # fmt: skip
