"""Findings that a team lives with are set apart: waived for a reason, or known before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.model.constraints import Constraint, Remark, Side
from mlcheck.model.document import Locator
from mlcheck.model.finding import Finding, Report, Severity, Suppressed, Waiver
from mlcheck.model.place import is_place_of


class Policy(Struct, frozen=True):
    """What a team decided beforehand: waivers, what was known, severities, and what day it is.

    `baseline` is None where there is none, else the fingerprints that it holds; `severities` are by code or
    family of rules; `alone` says that one report is checked, so that a waiver it does not need is stale. Findings
    that are less sure than `min_confidence` are left out.
    """

    waivers: tuple[Waiver, ...] = ()
    baseline: frozenset[str] | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    today: date = date.max
    alone: bool = True
    min_confidence: float = 0.0


DIGITS = 2  # of a confidence
LINEAR = ("sum", "equal", "relation", "distribution")  # what a gap in the unit of the figures can ease


def settled(report: Report, policy: Policy) -> Report:
    """Return a report with its findings graded, and those set apart or left out that the team does not want told.

    A confidence is compared as it is shown, 0.90 for 0.896. Waivers that have expired silence nothing; those, and the ones that no finding matches, are findings.
    """
    findings = [_graded(finding, policy.severities, report) for finding in report.findings]
    used: set[Waiver] = set()
    kept: list[Finding] = []
    apart: list[Suppressed] = []
    left_out = 0
    for finding in findings:
        waiver = next((w for w in policy.waivers if _matches(w, finding, report)), None)
        if waiver is not None:
            used.add(waiver)
        if round(finding.confidence, DIGITS) < policy.min_confidence:
            left_out += 1
        elif waiver is not None and not waiver.expired(policy.today):
            apart.append(Suppressed(finding, "waiver", waiver))
        elif policy.baseline is not None and finding.fingerprint in policy.baseline:
            apart.append(Suppressed(finding, "baseline"))
        else:
            kept.append(finding)
    kept += _outdated(report, policy, used)
    return replace(report, findings=tuple(kept), suppressed=tuple(apart), left_out=left_out)


def _graded(finding: Finding, severities: Mapping[str, Severity], report: Report) -> Finding:
    """Return a finding as grave as the team says, unless a doubt of its own made it a lesser one."""
    asked = severities.get(finding.rule, severities.get(finding.rule[:3]))
    ordinary = report.rules.get(finding.rule)
    if asked is None or (finding.severity != ordinary and asked == "error"):
        return finding
    return replace(finding, severity=asked)


def _matches(waiver: Waiver, finding: Finding, report: Report) -> bool:
    if waiver.rule != finding.rule or not _concerns(waiver, report):
        return False
    return waiver.place == finding.fingerprint or is_place_of(waiver.place, finding.location)


def _concerns(waiver: Waiver, report: Report) -> bool:
    return waiver.file is None or fnmatch(PurePath(report.source).name, PurePath(waiver.file).name)


def _outdated(report: Report, policy: Policy, used: set[Waiver]) -> Iterator[Finding]:
    """Yield a warning for each waiver that has expired, or that nothing in the report it is about needs."""
    from mlcheck.rules import RULES

    own = [w for w in policy.waivers if _concerns(w, report) and w.rule in report.rules]
    expired = [w for w in own if w in used and w.expired(policy.today)]
    stale = [w for w in own if w not in used and (policy.alone or w.file is not None)]
    for rule in RULES:
        if rule.reads == "waivers" and rule.code in report.rules:
            for remark in rule.check(expired, stale):
                assert isinstance(remark, Remark)
                where = remark.location or Locator(report.source)
                yield Finding(rule.code, rule.name, rule.severity, remark.message, remark.values, where)


# The gap that a team lets sums and equalities show.


def eased(constraint: Constraint, tolerances: Mapping[str, Decimal]) -> Constraint:
    """Return a constraint whose bounds are as much wider as its rule, or its family, is allowed."""
    gap = tolerances.get(constraint.rule, tolerances.get(constraint.rule[:3]))
    if not gap or constraint.kind not in LINEAR:
        return constraint
    return replace(constraint, sides=tuple(_wider(side, gap) for side in constraint.sides))


def _wider(side: Side, gap: Decimal) -> Side:
    lower = None if side.lower is None else side.lower - gap
    upper = None if side.upper is None else side.upper + gap
    return replace(side, lower=lower, upper=upper)
