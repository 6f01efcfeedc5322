"""Growth rates that no whole number of last year can give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Value
from mlcheck.rules.build import interval_of, quantities_of
from mlcheck.rules.sentences import implied, sign_of
from mlcheck.translation import N_

LEAST = 20  # a smaller number beside a rate is seldom what grew
NO_NUMBER = N_(
    "Printed {stated} to {present}, which no whole number of last year gives: from {less} it is {upper} %, and "
    "from {more} {lower} %."
)
ONLY_CUT = N_(
    "Printed {stated} to {present}, which no whole number of last year gives unless decimals are cut off and not "
    "rounded: from {less} it is {upper} %, and from {more} {lower} %."
)


def no_number_gives_the_growth(facts: Facts) -> Iterator[Remark]:
    """A growth rate leads to a printed count from no whole number.

    418 contrats cannot be 4,7 % fewer: 438 before them make 4,6 % and 439 make 4,8 %. Reported without last year's
    report; with it (--prior), or where the sentence gives last year's number, the rate is held against that.
    """
    quantities = quantities_of(facts)
    settled = {link.stated for link in facts.links if link.kind == "variation"}
    for index, binding in facts.bindings.items():
        claim = facts.claims[index]
        if facts.prior is not None or binding.kind != "variation" or len(binding.operands) != 1:
            continue
        if index in settled:
            continue
        present = interval_of(binding.operands[0], quantities)
        known = [q for f in binding.operands[0] if (q := quantities.get(f)) is not None]
        if (
            claim.hedge
            or present is None
            or present[0] != present[1]
            or present[0] < LEAST
            or any(q.unit != "count" for q in known)
        ):
            continue
        found = implied(claim, present) if present[0] > 0 else None
        if found is not None and found[0] > found[1]:
            yield _remark(claim, int(present[0]), int(found[1]))


def _remark(claim: Claim, present: int, less: int) -> Remark:
    """Return what the whole numbers on either side of the one wanted would give."""
    growths = [Fraction(100 * (present - former), former) for former in (less, less + 1) if former > 0]
    printed, step = sign_of(claim) * claim.quantity.value, 2 * claim.quantity.half_unit
    cut = any(_cut(growth, printed, step) for growth in growths)
    values: dict[str, Value] = {
        "stated": claim.quantity.printed, "present": present, "less": less, "more": less + 1,
        "upper": _shown(growths[0]), "lower": _shown(growths[-1]),
    }  # fmt: skip
    return Remark("VAR212", "warning", ONLY_CUT if cut else NO_NUMBER, values, (claim.figure,))


def _cut(growth: Fraction, printed: Fraction, step: Fraction) -> bool:
    return growth * printed > 0 and 0 <= abs(growth) - abs(printed) < step


def _shown(growth: Fraction) -> Fraction:
    return Fraction(round(growth * 100), 100)
