"""The examples of `mlcheck explain` are true: the good one raises nothing, the bad one its rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from mlcheck.checking import check
from mlcheck.checking.suppression import Policy
from mlcheck.configuration import find
from mlcheck.model.constraints import Rule
from mlcheck.model.finding import Finding, Report
from mlcheck.model.profile import Profile
from mlcheck.profile import load
from mlcheck.rendering.rules_page import texts
from mlcheck.rules import RULES
from tests.rules.loading import LAST_YEAR, checked, document_of

AGENCY = Path(__file__).with_name("agency.toml")
REPORT = Path(__file__).parents[2] / "fixtures" / "report-2023.xlsx"
TODAY = date(2026, 1, 1)
OF_REPORTS = [pytest.param(rule, id=rule.code) for rule in RULES if rule.reads != "waivers"]
OF_WAIVERS = [pytest.param(rule, id=rule.code) for rule in RULES if rule.reads == "waivers"]


def profile_of(said: str, folder: Path) -> Profile:
    """Return the profile that an example stands on, with what it says itself."""
    (folder / AGENCY.name).write_bytes(AGENCY.read_bytes())
    own = folder / "own.toml"
    own.write_text(f'extends = "{AGENCY.stem}"\n{said}', "utf-8")
    return load(str(own))


def told_of(text: str, rule: Rule, folder: Path) -> Report:
    """Return the report that an example draws, after checking."""
    told: Mapping[str, str] = texts()[rule.code]
    prior = document_of([told["prior"]], (), LAST_YEAR) if "prior" in told else None
    profile = profile_of(told["profile"], folder) if "profile" in told else None
    found = checked(document_of([text]), prior, profile)
    assert not found.report.crashes
    if rule.code in found.verdicts:
        assert found.verdict(rule.code) != "unverifiable"
    return found.report


def counted(rule: Rule, findings: tuple[Finding, ...]) -> list[str]:
    """Return the codes told: errors and warnings, and whatever the rule itself tells."""
    return [f.rule for f in findings if f.rule == rule.code or f.severity in ("error", "warning")]


@pytest.mark.parametrize("rule", OF_REPORTS)
def test_nothing_is_wrong_in_the_good_example(rule: Rule, tmp_path: Path) -> None:
    report = told_of(texts()[rule.code]["good"], rule, tmp_path)
    assert counted(rule, report.findings) == []
    assert report.figures.height, "nothing was read"


@pytest.mark.parametrize("rule", OF_REPORTS)
def test_the_bad_example_has_one_finding_of_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    report = told_of(texts()[rule.code]["bad"], rule, tmp_path)
    assert counted(rule, report.findings) == [rule.code]


@pytest.mark.parametrize("rule", OF_WAIVERS)
@pytest.mark.parametrize("which", ["good", "bad"])
def test_the_examples_of_waivers(rule: Rule, which: str, tmp_path: Path) -> None:
    (tmp_path / "mlcheck.toml").write_text(texts()[rule.code][which], "utf-8")
    (report,) = check([REPORT], policy=Policy(find(tmp_path).waivers, today=TODAY))
    told = [finding.rule for finding in report.findings if finding.rule.startswith("WAI")]
    assert told == ([] if which == "good" else [rule.code])
    assert bool(report.suppressed) == (which == "good")
