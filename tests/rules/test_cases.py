"""Every rule on tables small enough to add up in one's head; the cases are in cases/*.toml."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from mlcheck.model.finding import Finding
from mlcheck.rendering.wording import Wording
from mlcheck.rules import RULES
from tests.rules.loading import LAST_YEAR, Case, Checked, cases, checked, document_of, profile_of

CASES = list(cases())
CONSTRAINED = ("consistent", "inconsistent", "unverifiable")
REMARKED = {"present": "inconsistent", "absent": "consistent", "not applicable": "unverifiable"}
"""What a rule that remarks without arithmetic may find: the fault, none, or nothing it could be a fault of."""


def the_check_of(case: Case, folder: Path) -> Checked:
    before = case.prior or case.prior_sentences
    prior = document_of(case.prior, case.prior_sentences, LAST_YEAR) if before else None
    return checked(document_of(case.table, case.sentences), prior, profile_of(case.profile, folder))


def parameter(case: Case) -> Any:
    marks = [pytest.mark.xfail(reason=case.wanting)] if case.wanting else []
    return pytest.param(case, marks=marks, id=f"{case.file}: {case.rule} {case.name}")


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    found = the_check_of(case, tmp_path)
    assert not found.report.crashes
    told = [f for f in found.report.findings if f.rule == (case.told_as or case.rule)]
    if case.verdict in CONSTRAINED:
        assert found.verdict(case.rule) == case.verdict
    else:
        assert bool(told) == (case.verdict == "present")
    if case.verdict in ("inconsistent", "present"):
        accuses(case, told)
    grave = {f.rule for f in found.report.findings if f.severity in ("error", "warning")}
    wrong = {f.rule for f in told} if case.verdict in ("inconsistent", "present") else set()
    assert grave - wrong == set(case.besides)


def accuses(case: Case, told: list[Finding]) -> None:
    """The finding stands at the accused cell or label, with the value expected there."""
    assert told, f"{case.told_as or case.rule} tells nothing"
    assert case.accused, "a case that finds something says where"
    places = {name: finding for finding in told for name in places_of(finding)}
    assert case.accused in places, f"told of {sorted(places)}"
    finding = places[case.accused]
    for key in ("expected", "difference", "severity"):
        if wanted := getattr(case, key):
            assert plain(getattr(finding, key)) == wanted, key
    if case.suspect:
        assert [s.location.cell for s in finding.suspects][:1] == [case.suspect]


def places_of(finding: Finding) -> list[str]:
    words = [value for value in finding.values.values() if isinstance(value, str)]
    return [
        finding.label,
        finding.location.cell or "",
        Wording("fr").value(finding.stated),
        finding.table,
        *words,
    ]


def plain(figure: object) -> str:
    return Wording("fr").value(figure).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_rule_has_its_three_cases() -> None:
    verdicts = defaultdict(set)
    for case in CASES:
        verdicts[case.rule].add(REMARKED.get(case.verdict, case.verdict))
    own = [
        r for r in RULES if r.reads != "waivers"
    ]  # those are not of a report: tests/checking/test_waivers.py
    lacking = {r.code: sorted(set(CONSTRAINED) - verdicts[r.code]) for r in own}
    assert not {code: missing for code, missing in lacking.items() if missing}


def test_the_cases_are_of_rules_that_exist() -> None:
    assert {case.rule for case in CASES} <= {rule.code for rule in RULES}


def test_no_two_cases_share_a_name() -> None:
    names = [(case.file, case.name) for case in CASES]
    assert len(names) == len(set(names))
