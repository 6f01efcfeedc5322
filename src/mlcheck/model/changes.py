"""What has changed from one check of a report to the next."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.model.finding import Finding


class Changes(Struct, frozen=True):
    """The findings that are no longer there, those that were not there before, and those that are set apart now.

    Those that are `restored` were set apart before, and are told again.
    """

    solved: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()
    restored: tuple[Finding, ...] = ()
