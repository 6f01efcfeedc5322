"""The figures that may be wrong, and what would mend them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.model.finding import Finding, Suspect
from mlcheck.rendering.html.index import Index
from mlcheck.rendering.html.spots import spot
from mlcheck.rendering.suspects import first, head, reason, tied
from mlcheck.rendering.terminal import short
from mlcheck.rendering.wording import Wording

SHOWN = 3  # corrections that are seen at once
TIED = 6  # of those that nothing tells apart


class Correction(Struct, frozen=True):
    """A figure that may be wrong with the value that would mend it; `told` says why it is believed."""

    where: str
    anchor: str
    label: str
    stated: str
    suggested: str
    also: str
    told: str


class Review(Struct, frozen=True):
    """The corrections of a finding: those seen at once, and the `others`, whose number `more` tells."""

    head: str
    shown: tuple[Correction, ...]
    others: tuple[Correction, ...]
    more: str


def review(finding: Finding, index: Index, wording: Wording) -> Review | None:
    """Return the corrections of a finding, None where nothing is suspected."""
    suspects = finding.suspects
    if not suspects:
        return None
    seen = first(suspects, min(tied(suspects), TIED) or SHOWN)
    rest = [suspect for suspect in suspects if suspect not in seen]
    more = wording.plural("{n} other correction", "{n} other corrections", len(rest)) if rest else ""
    told = tied(suspects) > len(seen)  # else the head says it of all that are seen
    return Review(
        head(suspects, wording),
        tuple(_correction(one, finding, index, wording, told) for one in seen),
        tuple(_correction(one, finding, index, wording, told) for one in rest),
        more,
    )


def corrected(suspects: Sequence[Suspect]) -> Sequence[Suspect]:
    """Return the suspects to mark in the tables: the likeliest, all that are tied with it or only mend together."""
    return first(suspects, max(1, tied(suspects)))


def _correction(suspect: Suspect, finding: Finding, index: Index, wording: Wording, ties: bool) -> Correction:
    """Return a correction as it is written, with its `ties` told where the head does not tell them."""
    also = ", ".join(spot(other, wording, finding.location) for other in suspect.also)
    mends = wording.plural("mends {n} contradiction", "mends {n} contradictions", suspect.mends)
    why = wording.say(suspect.reason) if suspect.reason else ""
    if ties:
        why = reason(suspect, finding.suspects, wording)
    told = (why, mends if suspect.mends > 1 else "")
    return Correction(
        spot(suspect.location, wording, finding.location),
        index.link(index.figure(suspect.location, suspect.stated, suspect.label)),
        short(suspect.label), suspect.stated, suspect.suggested,
        wording.say("(also {places})", {"places": also}) if also else "",
        " · ".join(text for text in told if text),
    )  # fmt: skip
