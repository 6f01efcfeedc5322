"""What a check tells: findings with their suspects, and the report that carries them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from mlcheck.model.amount import Amount, Formula
from mlcheck.model.claim import Claim, Verdict
from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.model.errors import Stage
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import CheckedRelation
from mlcheck.translation import N_

if TYPE_CHECKING:
    import polars as pl

    from mlcheck.model.facts import Facts

Severity = Literal["error", "warning", "info"]
Value = str | int | Fraction | tuple[str, ...] | Amount | Formula
Stated = Amount | str  # a number; the text itself of a label, or of a cell that is no number

TOGETHER = N_("together with the other corrections")
OTHERWISE = N_("in another set of corrections as small")
"""Reasons of the suspects that only mend a finding together."""


class Related(Struct, frozen=True):
    """A figure that takes part in a finding; `figure` is its id in the figures of the report."""

    location: Locator
    label: str
    stated: str
    figure: int | None = None


class Suspect(Struct, frozen=True):
    """A figure that may be the wrong one, with the value that would mend the finding.

    `mends` counts the violated constraints it would satisfy; `reason` is a message id (see Finding)
    and `also` the other places that print the same figure. Of suspects that are `tied` nothing tells
    which is the likeliest. `figure` is its id in the figures of the report.
    """

    location: Locator
    label: str
    stated: Stated
    suggested: Stated
    mends: int
    reason: str
    also: tuple[Locator, ...] = ()
    tied: bool = False
    figure: int | None = None


class Finding(Struct, frozen=True):
    """One thing that is wrong, or odd, or could not be decided.

    `message` is an English template with named places, looked up in the catalogue of the reader's
    language and filled with `values` (strings as printed, or exact numbers to be formatted).
    `stated`, `expected` and `difference` are written as the report prints its figures. `fingerprint` names the finding
    whatever its figures become. `figure` is the id of the figure held to account, None where it speaks of a
    label, a table or the whole report. `confidence` is the probability that the report is wrong here.
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
    stated: Stated | None = None
    expected: Stated | None = None
    difference: Stated | None = None
    suspects: tuple[Suspect, ...] = ()
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    figure: int | None = None
    confidence: float = 1.0


class Passing(Struct, frozen=True):
    """How much a verified claim proves: of `possible` values, how many would have passed too.

    `over` says which: the "numerators" of a printed whole that give the percentage (335 of 679: 330 to 336
    of 0 to 679), or the "values" that could have been printed in the place of this one, with as many
    decimals (0 to 100 for a percentage, else as many digits). `low` and `high` are the first and the last.
    """

    over: Literal["numerators", "values"]
    passing: int
    possible: int
    low: Fraction
    high: Fraction


class CheckedClaim(Struct, frozen=True):
    """A claim with its verdict, the arithmetic that gave it, and the figures it was bound to.

    `reason` is a message template filled with `values` where the verdict is unverifiable; `operands` are
    then the figures that its words may mean. `rule` is the code of the rule that decided, `words` those
    that bound it, `pin` the file and line of the profile where a person did.
    """

    claim: Claim
    verdict: Verdict
    formula: Formula | None = None
    operands: tuple[Related, ...] = ()
    reason: str | None = None
    values: dict[str, Value] = field(default_factory=dict)
    rule: str | None = None
    words: tuple[str, ...] = ()
    evidence: Passing | None = None
    pin: str = ""


class Crash(Struct, frozen=True):
    """A fault of ours: a rule that failed, or a stage; other rules and reports still ran.

    `rule` is the code of the rule, empty where a stage failed and the report has no findings; `locator` is
    the place that the stage was at, where known.
    """

    rule: str
    error: str
    stage: Stage = "rules"
    locator: Locator | None = None

    @property
    def name(self) -> str:
        """The rule that failed, else the stage."""
        return self.rule or self.stage


class Report(Struct, frozen=True):
    """All that is known of one checked report.

    `figures` has the columns of `frames.FIGURES` and those of `frames.COVERAGE`; `unusable` is the
    template (filled with `unusable_values`) that says why the file could not be checked, else None. `prior` is the source of last
    year's report, `prior_year` its year, and `former` what it prints in the place of the figure of that id;
    `left_out` counts the findings that were less sure than asked for, `titles` are what a reader calls the tables of these names; `constraints` counts by verdict; `relations`,
    the figures that they tie (`related`, by id) and the `facts` that were read are only there where relations were asked for.
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
    rules: dict[str, Severity] = field(default_factory=dict)
    suppressed: tuple[Suppressed, ...] = ()
    left_out: int = 0
    prior_year: int | None = None
    former: dict[int, Quantity] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    relations: tuple[CheckedRelation, ...] = ()
    related: dict[int, Related] = field(default_factory=dict)
    facts: Facts | None = None


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
    """A finding that is set apart: waived by a person, or in the baseline of what was known before."""

    finding: Finding
    by: Literal["waiver", "baseline"]
    waiver: Waiver | None = None
