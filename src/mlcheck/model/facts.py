"""All that was read in one report, and in last year's, before any rule runs."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.model.claim import Binding, Claim, Link
from mlcheck.model.document import NotUnderstood
from mlcheck.model.profile import Profile
from mlcheck.model.table import Table


class Facts(Struct, frozen=True):
    """The tables and claims of one report.

    Figure ids are unique in a report and its prior together. `bindings` maps the index of a claim to
    what it speaks of; `former` maps a figure to last year's of the same place; `links` is the arithmetic that sentences state among themselves.
    """

    source: str
    year: int | None
    tables: tuple[Table, ...]
    claims: tuple[Claim, ...] = ()
    bindings: dict[int, Binding] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    former: dict[int, int] = field(default_factory=dict)
    profile: Profile | None = None
    prior: Facts | None = None
    language: str = "fr"
    not_understood: tuple[NotUnderstood, ...] = ()
