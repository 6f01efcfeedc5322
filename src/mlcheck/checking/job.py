"""One report on its way through the stages."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.model.constraints import Constraint, Remark
from mlcheck.model.errors import MlcheckError, StageError
from mlcheck.model.facts import Facts
from mlcheck.model.figure import Place
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


def facts_of(job: Job) -> Facts:
    """Return what was read of a report. Raises MlcheckError where it is unusable, StageError where a stage failed."""
    if job.facts is not None:
        return job.facts
    if job.unusable is not None:
        raise MlcheckError(job.unusable, **job.values)
    crash = job.crashes[0]
    raise StageError(crash.stage, crash.locator, crash.error)
