"""The profile that all agencies share asks for nothing; what an agency asks for in its own is missed."""

from __future__ import annotations

from pathlib import Path

from mlcheck.checking import check
from mlcheck.profile import load
from tests.checking.fixture import FIXTURES, profile

ORDINARY = FIXTURES / "two-years.xlsx"
ASKED = {"STR101", "STR102", "RUL101"}  # a table or a row is missing, a relation cannot be checked
AGENCY = """
extends = "mission-locale"

[tables]
emploi-types = { required = true }

[rules.pec]
what = "Les PEC et l’alternance sont des contrats."
relation = "pec-communes[total] + alternance-communes[total] <= emploi-communes[total]"
"""


def asked(known) -> list[tuple[str, str]]:
    """Return what a report of another agency is told to lack: the rule, and the table or relation."""
    (report,) = check([ORDINARY], profile=known)
    assert report.profile == known.name
    told = [finding for finding in report.findings if finding.rule in ASKED]
    return [(one.rule, str(one.values.get("rule", one.values.get("name")))) for one in told]


def test_the_shared_profile_misses_nothing_in_an_ordinary_report():
    assert asked(load("mission-locale")) == []


def test_the_profile_of_another_agency_misses_its_tables_and_their_relations():
    told = asked(profile())
    assert ("STR101", "emploi-types") in told
    assert ("RUL101", "Les contrats par type et par commune font le même total.") in told
    assert len({name for rule, name in told if rule == "RUL101"}) == len(profile().rules)


def test_what_an_agency_adds_is_missed_and_nothing_else(tmp_path: Path):
    (tmp_path / "agence.toml").write_text(AGENCY, encoding="utf-8")
    told = asked(load(str(tmp_path / "agence.toml")))
    shared = {rule.what for rule in load("mission-locale").rules if _names(rule, "emploi-types")}
    assert set(told) == {
        ("STR101", "emploi-types"),
        ("RUL101", "Les PEC et l’alternance sont des contrats."),
        *(("RUL101", what) for what in shared),
    }


def _names(rule, table: str) -> bool:
    return any(reference.table == table for _, reference in rule.terms)
