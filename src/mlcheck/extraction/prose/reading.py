"""What one number of a sentence asserts, before words and periods are put to it."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.model.claim import ClaimKind, Direction


class Reading(Struct, frozen=True):
    """The kind of claim a number makes; `cue` is the token that decided (a trend word, a mean), -1 if none."""

    kind: ClaimKind
    direction: Direction | None = None
    cue: int = -1
