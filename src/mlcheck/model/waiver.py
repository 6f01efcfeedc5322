"""Findings that a team lives with: accepted for a reason, or known before."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from mlcheck.model.finding import Finding


class Waiver(Struct, frozen=True):
    """A finding that a person accepts: the rule, the place, why, who says so, and until when.

    `place` is the place or the fingerprint that mlcheck writes; `file` is the name of the report it
    is about, None for every one; `number` is its rank in `source`, from 1.
    """

    rule: str
    place: str
    reason: str
    author: str
    expires: date | None = None
    file: str | None = None
    source: str = ""
    number: int = 0

    def expired(self, today: date) -> bool:
        """Tell whether its last day is past."""
        return self.expires is not None and self.expires < today


class Suppressed(Struct, frozen=True):
    """A finding that is told apart: waived by a person, or in the baseline of what was known before."""

    finding: Finding
    by: Literal["waiver", "baseline"]
    waiver: Waiver | None = None
