"""One report on its way through the stages."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.checking.places import Place
from mlcheck.model.constraints import Constraint, Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Crash


class Job(Struct):
    """One report on its way: its facts, what its rules made, and its first own figure."""

    source: str
    facts: Facts | None = None
    unusable: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    constraints: list[Constraint] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    prior: str | None = None
    first: int = 0
