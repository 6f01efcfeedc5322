"""How the figures that may be wrong are shown: ties as ties, and corrections that only mend together."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.model.finding import Suspect
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

TOGETHER = N_("together with the other corrections")
OTHERWISE = N_("in another set of corrections as small")


def tied(suspects: Sequence[Suspect]) -> int:
    """Return how many suspects nothing tells apart, 0 where one is the likeliest."""
    return sum(suspect.tied for suspect in suspects)


def head(suspects: Sequence[Suspect], wording: Wording) -> str:
    """Return what stands before the suspects: "to review:", or how many of them are tied."""
    if suspects and suspects[0].reason == TOGETHER:
        return wording.say("to correct together:")
    n = tied(suspects)
    return wording.say("to review, {n} tied:", {"n": n}) if n else wording.say("to review:")


def first(suspects: Sequence[Suspect], most: int) -> Sequence[Suspect]:
    """Return the suspects to show of many: the best, or the whole of a set that only mends together."""
    together = [suspect for suspect in suspects if suspect.reason == TOGETHER]
    return together or suspects[:most]


def reason(suspect: Suspect, suspects: Sequence[Suspect], wording: Wording) -> str:
    """Return why a suspect is believed, with the number of the others that are as likely."""
    told = wording.say(suspect.reason) if suspect.reason else ""
    if not suspect.tied:
        return told
    others = wording.plural("tied with {n} other", "tied with {n} others", tied(suspects) - 1)
    return f"{told}, {others}" if told else others
