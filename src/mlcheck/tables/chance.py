"""Whether lines fit too often to fit by chance, whatever any one of their crossings prints."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

FEWEST = 3  # crossings in which lines must fit
SPARED = 8  # crossings that fit for each that may break
AMPLE = 10  # bits more than enough, with which a few crossings may break once
LOST = 6  # bits that a break costs


def sure_crossings(
    decided: Sequence[int], failing: Collection[int], bits: Mapping[int, int], least: int
) -> tuple[int, ...] | None:
    """Return the crossings in which lines could break and still fit by `least` bits; None where they do not with all of them.

    `bits` is what each crossing where they fit is worth; one worth nothing does not count.
    """
    counted = sum(map(bool, bits.values()))
    worth = sum(bits.values())

    def is_sure(held: int, known: int, broken: int) -> bool:
        over = known - LOST * broken - least
        return (
            held >= FEWEST and over >= 0 and (held >= SPARED * broken - 4 or (broken == 1 and over >= AMPLE))
        )

    if not is_sure(counted, worth, len(failing)):
        return None
    broken = frozenset(failing)
    return tuple(
        x
        for x in decided
        if is_sure(counted - bool(own := bits.get(x, 0)), worth - own, len(broken) + (x not in broken))
    )


def most_failing(crossings: int) -> int:
    """Return how many of some crossings may break in lines that surely fit."""
    return (crossings + 4) // (SPARED + 1)
