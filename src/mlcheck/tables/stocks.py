"""Find the account of a stock: what was there at the start, what came, what left, and what is there at the end."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.language.lexicon import lexicon
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Relation
from mlcheck.tables.crossed import Crossed, is_level
from mlcheck.tables.descriptors import says


def find_stocks(crossed: Crossed) -> Iterator[Relation]:
    """Yield each line at the end of a period that is the one at its start with what came and less what left.

    Only where every line between the two is told by its words to be one of these: another would be left out.
    """
    flows = lexicon().flows
    for target, line in enumerate(crossed.lines):
        if not is_level(line) or not says(line.label, flows.closing):
            continue
        opening = next(
            (
                i for i in range(target - 1, -1, -1)
                if crossed.lines[i].path == line.path and says(crossed.lines[i].label, flows.opening)
            ),
            None,
        )  # fmt: skip
        between = list(range(opening + 1, target)) if opening is not None else []
        signs = [_sign(crossed, i) for i in between]
        if opening is None or not between or None in signs or len(between) > 8:
            continue
        sources = ((opening, 1), *((i, s) for i, s in zip(between, signs, strict=True) if s))
        words = tuple(crossed.lines[i].label for i in (opening, *between, target))
        evidence = Evidence(words, ("from the start to the end",))
        yield Relation("stock", crossed.axis, target, sources, tuple(crossed.plain()), evidence=evidence)


def _sign(crossed: Crossed, index: int) -> int | None:
    """Return +1 for what comes to a stock, -1 for what leaves it (+1 where printed negative), None for another line.

    A line of either that is a part of the one before it ("dont …") counts nothing: 0.
    """
    line, flows = crossed.lines[index], lexicon().flows
    if line.role == "of_which":
        return 0
    comes, goes = says(line.label, flows.inflow), says(line.label, flows.outflow)
    if not is_level(line) or (comes is None) == (goes is None):
        return None
    printed = [q for x in crossed.plain() if (q := crossed.quantity(index, x)) is not None]
    negative = sum(q.mantissa < 0 for q in printed) * 2 > len(printed)
    return 1 if comes or negative else -1
