"""The profile drafted from the real report of 2023, and the report of 2022 held to it."""

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from mlcheck.checking import extract
from mlcheck.drafting import Draft, draft, stub_heads
from mlcheck.drafting.cells import named_facts
from mlcheck.language.words import fold
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Table
from mlcheck.profile import load
from mlcheck.reading import read
from mlcheck.rules.structure import label_is_no_member, member_stands_twice, row_is_missing, table_is_missing
from tests.drafting.reports import ENGLISH, written

ROOT = Path(__file__).parents[2]
REPORT, FORMER = ROOT / "fixtures" / "report-2023.xlsx", ROOT / "fixtures" / "report-2022.xlsx"
PARENTS = (None, "mission-locale")


@cache
def drafted(extends: str | None) -> Draft:
    parent = load(extends) if extends else None
    facts = extract(REPORT, profile=parent)
    return draft(facts, stub_heads(read(REPORT), facts), ENGLISH, parent, extends)


@cache
def profile(extends: str | None) -> Profile:
    return written(drafted(extends))


@cache
def former() -> Facts:
    return extract(FORMER)


def structure(tables, known, *, whole=True):
    """What is missing or unknown in these tables of 2022, which are all of it or not: the rule and the name it tells."""
    named = named_facts(replace(former(), tables=tuple(tables)), known)
    rules = (row_is_missing, label_is_no_member, member_stands_twice, *([table_is_missing] if whole else []))
    return [(remark.rule, remark.values.get("name")) for rule in rules for remark in rule(named)]


@pytest.mark.parametrize("extends", PARENTS)
def test_every_table_is_declared_and_known_again(extends):
    assert len(drafted(extends).tables) == 37
    assert [one.table.name for one in drafted(extends).tables if one.reason] == []
    assert sum(table.required for table in profile(extends).tables) == 37


@pytest.mark.parametrize("extends", PARENTS)
def test_the_report_of_the_year_before_has_the_same_shape(extends):
    assert structure(former().tables, profile(extends)) == []


@pytest.mark.parametrize("extends", PARENTS)
def test_each_table_that_is_taken_out_is_missed(extends):
    tables = former().tables
    for index in range(len(tables)):
        ((rule, name),) = structure((*tables[:index], *tables[index + 1 :]), profile(extends))
        assert (rule, name) == ("STR101", drafted(extends).tables[index].declaration.name)


@pytest.mark.parametrize("extends", PARENTS)
def test_each_row_that_is_taken_out_is_missed_by_name(extends):
    for table in former().tables:
        for row in [at for at, line in enumerate(table.rows) if line.role != "total" and len(table.rows) > 1]:
            ((rule, name),) = structure([_without(table, row)], profile(extends), whole=False)
            assert rule == "STR102"
            assert fold(name)[:1] == fold(table.rows[row].label)[:1]


def _without(table: Table, row: int) -> Table:
    entries = {(r - (r > row), c): entry for (r, c), entry in table.entries.items() if r != row}
    return replace(table, rows=(*table.rows[:row], *table.rows[row + 1 :]), entries=entries, relations=())


def test_its_lists_are_found_with_their_spellings():
    dimensions = {dimension.name: dimension for dimension in profile(None).dimensions}
    assert len(dimensions["commune"].members) == 10
    assert dimensions["commune"].complete
    assert dimensions["commune"].geographic
    assert dimensions["sexe"].members == {"Femmes": ("Femme",), "Hommes": ("Homme",)}
    assert list(dimensions["age"].members) == ["16 - 17 ans", "18 - 21 ans", "22 - 25 ans", "26 et +"]
    assert dimensions["qualification"].members["Aucun diplôme"] == ("Sans diplôme",)
    assert {"nature", "thematique", "type"} <= set(dimensions)


def test_its_cross_rules_are_those_that_a_person_wrote():
    """Those of the shipped profile that need no more knowledge than the words of the report."""
    relations = {rule.relation for rule in profile(None).rules}
    assert {
        "nouveaux-accueils-age-qualification = nouveaux-accueils-sexe-age",
        "nouveaux-accueils-commune.jeunes-1er-accueil[total] = nouveaux-accueils-age-qualification[total]",
        "situations-emploi-contrats-signes[total] = situations-emploi-commune[total]",
        "situations-emploi-contrats-signes[Alternance] = alternance-commune[total]",
        "reseau-parrainage-commune[total] = reseau-parrainage-sexe[total]",
    } <= relations
    assert not any("fonds-ml" in relation for relation in relations)  # 14 jeunes, 14 PEC: a coincidence


def test_what_the_parent_declares_is_not_drafted_again():
    found = drafted("mission-locale")
    assert [rule.rule.relation for rule in found.rules] == [
        "formation-qualification[total] = formation-communes.entrees[total]"
    ]  # here an entry is a jeune, which is no rule of all agencies
    assert all(one.inherited for one in found.tables)
    assert [section.name for section in found.profile.sections] == [
        section.name for section in load("mission-locale").sections
    ]
