"""How sure something is, for programs and for people: a probability of two decimals."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.model.finding import Finding
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.wording import Wording


def rounded(confidence: float) -> float:
    """Return a probability as it is written for programs."""
    return round(confidence, 2)


def percent(confidence: float, wording: Wording) -> str:
    """Return a probability as a whole percentage: "98 %"."""
    whole = number(Fraction(round(100 * rounded(confidence))), wording.language)
    return with_unit(whole, "%", wording.language)


def sure(finding: Finding, wording: Wording) -> str:
    """Return "98 % sure" for a finding, empty for one that nobody doubts."""
    if rounded(finding.confidence) == 1:
        return ""
    return wording.say("{percent} sure", {"percent": percent(finding.confidence, wording)})
