"""What a check tells: findings with their suspects, and the report that carries them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from mlcheck.model.claim import Claim, Verdict
from mlcheck.model.document import Locator, NotUnderstood

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["error", "warning", "info"]
Value = str | int | Fraction | tuple[str, ...]


class Related(Struct, frozen=True):
    """A figure that takes part in a finding."""

    location: Locator
    label: str
    stated: str
    figure: int | None = None


class Suspect(Struct, frozen=True):
    """A figure that may be the wrong one, with the value that would mend the finding.

    `mends` counts the violated constraints it would satisfy; `reason` is a message id (see Finding)
    and `also` the other places that print the same figure.
    """

    location: Locator
    label: str
    stated: str
    suggested: str
    mends: int
    reason: str
    also: tuple[Locator, ...] = ()


class Finding(Struct, frozen=True):
    """One thing that is wrong, or odd, or could not be decided.

    `message` is an English template with named places, looked up in the catalogue of the reader's
    language and filled with `values` (strings as printed, or exact numbers to be formatted).
    `stated`, `expected` and `difference` are as printed in the report.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    values: dict[str, Value]
    location: Locator
    section: str = ""
    table: str = ""
    label: str = ""
    stated: str | None = None
    expected: str | None = None
    difference: str | None = None
    suspects: tuple[Suspect, ...] = ()
    related: tuple[Related, ...] = ()


class CheckedClaim(Struct, frozen=True):
    """A claim with its verdict, the arithmetic that gave it, and the figures it was bound to.

    `reason` is a message template filled with `values` where the verdict is unverifiable.
    """

    claim: Claim
    verdict: Verdict
    formula: str | None = None
    operands: tuple[Related, ...] = ()
    reason: str | None = None
    values: dict[str, Value] = field(default_factory=dict)


class Crash(Struct, frozen=True):
    """A rule of ours that failed; the others still ran."""

    rule: str
    error: str


class Report(Struct, frozen=True):
    """All that is known of one checked report.

    `figures` has the columns of `frames.FIGURES` and those of `frames.COVERAGE`; `unusable` is the
    template (filled with `unusable_values`) that says why the file could not be checked, else None. `prior` is the source of last
    year's report; `constraints` counts by verdict.
    """

    source: str
    year: int | None
    profile: str | None
    language: str
    figures: pl.DataFrame
    constraints: dict[Verdict, int]
    findings: tuple[Finding, ...] = ()
    claims: tuple[CheckedClaim, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    crashes: tuple[Crash, ...] = ()
    prior: str | None = None
    unusable: str | None = None
    unusable_values: dict[str, Value] = field(default_factory=dict)
