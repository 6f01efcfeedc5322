"""The suspects of a group of violated constraints, written as the report would print their corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mlcheck.checking.copied import copied_from
from mlcheck.checking.places import Place
from mlcheck.model.finding import Suspect
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.suspects import OTHERWISE, TOGETHER
from mlcheck.translation import N_

SLIPS = {
    "swapped": N_("two digits swapped"), "changed": N_("one digit changed"), "dropped": N_("a digit left out"),
    "doubled": N_("a digit doubled"), "sign": N_("the sign"), "blank": N_("the only blank of the sum"),
    "factor": N_("a factor of ten"), "one off": N_("off by one"), "added": N_("a digit too many"),
    "exchanged": N_("two digits exchanged"),
}  # fmt: skip
Row = Mapping[str, Any]  # of the frames SUSPECTS or REPAIRS, with the figure ids of the report
Places = Mapping[int, Place]


def single(
    rows: Sequence[Row], stated: int | None, places: Places, language: str, former: Mapping[int, int]
) -> tuple[Suspect, ...]:
    """Return the figures that could be wrong alone, best first; of those tied, the one held to account goes before.

    One that mends everything and prints what stands elsewhere goes before all: it was copied.
    """
    sources = {
        row["figure"]: copied_from(places[row["figure"]], places, former) for row in rows if row["complete"]
    }
    copies = [row for row in rows if sources.get(row["figure"])]
    tied = [row for row in rows if row["tied"] and row not in copies]
    tied.sort(key=lambda row: stated not in (row["figure"], *row["also"]))
    others = [row for row in rows if not row["tied"] and row not in copies]
    several = len(tied) > 1 and not copies
    return tuple(
        _suspect(
            row, row["mends"], sources.get(row["figure"]) or SLIPS.get(row["slip"], ""), places, language,
            row["tied"] and several,
        )
        for row in (*copies, *tied, *others)
    )  # fmt: skip


def together(rows: Sequence[Row], mends: int, places: Places, language: str) -> tuple[Suspect, ...]:
    """Return the figures of the smallest set of corrections, then those of other sets as small."""
    first: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: row["repair"]):
        first.setdefault(row["figure"], row)
    return tuple(
        _suspect(row, mends, OTHERWISE if row["repair"] else TOGETHER, places, language)
        for row in first.values()
    )


def _suspect(
    row: Row, mends: int, reason: str, places: Places, language: str, tied: bool = False
) -> Suspect:  # fmt: skip
    place = places[row["figure"]]
    value = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    unit = place.quantity.unit if place.quantity else "count"
    decimals = max(place.quantity.scale - 1, 0) if place.quantity and place.quantity.half else None
    suggested = with_unit(number(value, language, decimals), unit, language)
    also = tuple(places[figure].locator for figure in row["also"] if figure in places)
    return Suspect(place.locator, place.label, place.printed, suggested, mends, reason, also, tied)
