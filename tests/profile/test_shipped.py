"""The profiles that come with mlcheck hold together."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mlcheck.model.profile import Profile
from mlcheck.profile import load
from mlcheck.profile.find import shipped
from mlcheck.profile.headings import key
from mlcheck.profile.source import key_lines

NAMES = ("mission-locale", "metropole-nord-ouest")
TYPED = (
    *("nouveaux-accueils", "contact", "contacts", "propositions", "pmsmp", "formation", "emploi", "pec"),
    *("alternance", "service-civique", "cej", "parrainage", "sante", "aides-financieres", "pacea"),
    *("allocations-cej", "fajem", "mobilite", "aides-indirectes", "aides-directes"),
)


@cache
def profile(name: str) -> Profile:
    return load(name)


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_names_tables_columns_and_rows_that_are_declared(name):
    loaded = profile(name)
    tables = {table.name: table for table in loaded.tables}
    dimensions = {dimension.name: dimension for dimension in loaded.dimensions}
    assert loaded.rules
    for rule in loaded.rules:
        for _, reference in rule.terms:
            table = tables[reference.table]
            axes = [dimensions[axis] for axis in (table.dimension, table.across) if axis]
            members = {member for axis in axes for member in axis.members}
            assert reference.row in members | {"total", None}
            assert reference.row is not None or rule.per in (table.dimension, table.across)
            assert reference.column in {column.name for column in table.columns} | members | {None}
            assert reference.column is not None or not table.columns


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("section", TYPED)
def test_the_sections_that_one_types_exist(name, section):
    assert section in {one.name for one in profile(name).sections}


@pytest.mark.parametrize(
    ("section", "dimension"), [("emploi", "commune"), ("emploi", "type"), ("nouveaux-accueils", "sexe")]
)
def test_a_section_has_a_table_by_that_dimension(section, dimension):
    assert any(t.section == section and t.dimension == dimension for t in profile(NAMES[0]).tables)


def test_no_two_tables_of_a_section_have_the_same_dimensions_and_titles():
    """Columns may still tell them apart, but a reader could not."""
    loaded = profile(NAMES[1])
    seen = Counter(
        (table.section, table.dimension, table.across, key(title))
        for table in loaded.tables
        for title in table.titles
    )
    assert max(seen.values()) == 1


def test_the_agency_has_its_ten_communes_and_each_table_all_of_them():
    commune = next(d for d in profile(NAMES[1]).dimensions if d.name == "commune")
    assert len(commune.members) == 10
    assert commune.complete
    assert commune.geographic


def test_what_all_agencies_share_names_no_commune():
    shared = next(d for d in profile(NAMES[0]).dimensions if d.name == "commune")
    assert shared.members == {}
    assert shared.geographic


def test_what_all_agencies_share_requires_nothing():
    shared = profile(NAMES[0])
    assert not any(table.required or table.rows for table in shared.tables)
    assert not any(rule.required for rule in shared.rules)
    assert not any(dimension.complete for dimension in shared.dimensions)


def test_the_agency_requires_each_table_that_a_relation_names():
    agency = profile(NAMES[1])
    required = {table.name for table in agency.tables if table.required}
    assert {reference.table for rule in agency.rules for _, reference in rule.terms} <= required


def test_only_tables_that_count_jeunes_are_held_below_the_jeunes_en_contact():
    loaded = profile(NAMES[1])
    tables = {table.name: table for table in loaded.tables}
    held = set()
    for rule in loaded.rules:
        (_, first), *rest = rule.terms
        if (
            any((r.table, r.column) == ("contact-communes", "contact") for _, r in rest)
            and rule.operator == "<="
        ):
            table = tables[first.table]
            column = next((c for c in table.columns if c.name == first.column), None)
            assert (column.counts if column else table.counts) == "jeunes"
            held.add(first.table)
    assert {
        "nouveaux-accueils-communes",
        "formation-communes",
        "service-civique-communes",
        "cej-communes",
    } <= held
    assert {"pacea-communes", "allocations-cej-communes", "fajem-communes"} <= held
    assert not held & {"emploi-communes", "contacts-communes", "mobilite-communes", "pmsmp-communes"}


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_what_it_counts_but_the_chart_without_a_head(name):
    silent = {
        table.name
        for table in profile(name).tables
        if table.counts is None and not all(column.counts for column in table.columns)
    }
    assert silent == {"emploi-secteurs"}


@pytest.mark.parametrize("name", NAMES)
def test_the_line_of_a_key_is_the_line_that_writes_it(name):
    path = shipped() / f"{name}.toml"
    lines = path.read_text("utf-8").splitlines()
    found = key_lines(path.read_text("utf-8"))

    def paths(table: dict, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        inner = [p for k, v in table.items() if isinstance(v, dict) for p in paths(v, (*above, k))]
        return [(*above, k) for k in table] + inner

    written = tomllib.loads(path.read_text("utf-8"))
    for one in paths(written):
        if one in found:
            assert one[-1] in lines[found[one] - 1]
    assert {one for one in found if one not in set(paths(written))} == set()
    assert {("rules", rule) for rule in written["rules"]} <= set(found)
    assert {("tables", table) for table in written["tables"]} <= set(found)


def test_the_shipped_profiles_are_those_of_the_checkout_or_the_package():
    assert {path.stem for path in shipped().glob("*.toml")} >= set(NAMES)
    assert Path(shipped()).name == "schemas"
