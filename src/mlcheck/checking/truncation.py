"""Percentages, growth rates and means that were cut off where they should have been rounded."""

from __future__ import annotations

from collections.abc import Mapping

from mlcheck.checking.places import Place
from mlcheck.checking.recomputed import RATIOS, recomputed
from mlcheck.model.constraints import Constraint
from mlcheck.model.finding import Severity
from mlcheck.translation import N_

CUT = {
    "share": N_("Printed {stated}; {part} of {base} is {expected}: it fits only with its decimals cut off, not rounded."),
    "variation": N_(
        "Printed {stated}; from {former} to {present} is {expected}: it fits only with its decimals cut off, not rounded."
    ),
    "mean": N_(
        "Printed {stated}; {total} / {number} is {expected}: it fits only with its decimals cut off, not rounded."
    ),
}  # fmt: skip
ONLY_CUT = N_("it fits only with its decimals cut off, not rounded")


def only_cut(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether the printed value of a violated constraint is the exact one with its decimals cut off."""
    if one.kind not in RATIOS or one.stated is None:
        return False
    stated = places[one.stated]
    if stated.quantity is None or stated.quantity.unit == "points" or (stated.claim and stated.claim.hedge):
        return False
    exact = recomputed(one, one.stated, places)
    step = 2 * stated.quantity.half_unit or (1 if stated.quantity.scale == 0 else 0)
    if exact is None or not step:
        return False
    printed, (low, high) = stated.quantity.value, exact
    if printed < 0:
        printed, low, high = -printed, -high, -low
    return printed >= 0 and low < printed + step and high >= printed


def eased(one: Constraint, places: Mapping[int, Place]) -> Severity:
    """Return how grave a violation is: a warning where only rounding is at fault."""
    return "warning" if one.severity == "error" and only_cut(one, places) else one.severity
