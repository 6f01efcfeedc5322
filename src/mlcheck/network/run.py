"""What is asked of a run over many files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field

from mlcheck.model.profile import Profile


class Run(Struct, frozen=True):
    """All that decides what is found in a file, beside the file: see `mlcheck.checking.check`; `facts` go with relations where they are asked for."""

    prior: Path | None = None
    profile: Profile | None = None
    year: int | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    assumed: bool = False
    tolerances: Mapping[str, Decimal] = field(default_factory=dict)
    relations: bool = False
    facts: bool = False
