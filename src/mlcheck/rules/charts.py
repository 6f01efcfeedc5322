"""Charts that draw something else than the workbook which stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.translation import N_

ONE = N_(
    "The chart draws {drawn}, the workbook behind it holds {stored}: "
    "the chart was not refreshed, or one of the two was edited."
)
SEVERAL = N_(
    "The chart draws {count} values that the workbook behind it does not hold, the first {drawn} for {stored}: "
    "the chart was not refreshed, or one of the two was edited."
)


def chart_differs_from_its_workbook(facts: Facts) -> Iterator[Remark]:
    """A chart draws a value, and the workbook embedded behind it holds another.

    PowerPoint draws a chart from a copy of its workbook, which stays as it was where the workbook is changed
    elsewhere, or the chart pasted without it. Both are printed under the same number format, so what rounding
    hides is no difference. Told once a chart. A chart without a workbook, or linked to one outside the file,
    has nothing to be compared with; nor has a value whose cell is empty or holds a text.
    """
    for table in facts.tables:
        entries = [entry for entry in table.entries.values() if entry.stored is not None]
        if not entries or table.hidden:
            continue
        first = entries[0]
        yield Remark(
            "AGR106", "warning", ONE if len(entries) == 1 else SEVERAL,
            {"drawn": first.printed, "stored": first.stored or "", "count": len(entries)},
            tuple(entry.figure for entry in entries), expected=first.stored,
        )  # fmt: skip
