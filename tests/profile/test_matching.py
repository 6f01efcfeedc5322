"""Printed tables find their declaration by their words, and by nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from mlcheck.model.profile import Profile
from mlcheck.profile import load
from mlcheck.profile.matching import identify, measure, section_of
from mlcheck.profile.members import dimension_of


@dataclass(frozen=True)
class Printed:
    id: str
    sections: list[str]
    title: str
    rows: list[str]
    columns: list[str]


@cache
def profile(name: str = "metropole-nord-ouest") -> Profile:
    return load(name)


@cache
def printed() -> tuple[Printed, ...]:
    communes = list(next(d for d in profile().dimensions if d.name == "commune").members)
    text = Path(__file__).with_name("tables-2023.toml").read_text("utf-8")
    tables = [Printed(id, **keys) for id, keys in tomllib.loads(text).items()]
    for table in tables:
        if table.rows[0] == "communes":
            table.rows[:1] = communes
    return tuple(tables)


def found(table: Printed, name: str = "metropole-nord-ouest", **changes: list[str] | str) -> str | None:
    words = {"sections": table.sections, "title": table.title, "rows": table.rows, "columns": table.columns}
    words.update(changes)
    declaration = identify(words["sections"], words["title"], words["rows"], words["columns"], profile(name))
    return declaration and declaration.name


def test_the_report_prints_all_the_tables_that_are_declared_and_no_other():
    assert sorted(table.id for table in printed()) == sorted(table.name for table in profile().tables)
    assert len(printed()) == 37


@pytest.mark.parametrize("table", printed(), ids=lambda table: table.id)
class TestEachTableOfTheReport:
    def test_as_printed(self, table):
        assert found(table) == table.id

    def test_with_the_profile_that_knows_no_commune(self, table):
        assert found(table, "mission-locale") == table.id

    def test_without_its_title(self, table):
        assert found(table, title="") == table.id

    def test_in_capitals(self, table):
        assert found(table, sections=[heading.upper() for heading in table.sections]) == table.id

    def test_without_the_numbers_of_headings(self, table):
        bare = [heading.split(maxsplit=1)[-1] for heading in table.sections]
        assert found(table, sections=bare) == table.id

    def test_with_rows_as_columns(self, table):
        assert found(table, rows=table.columns, columns=table.rows) == table.id

    def test_with_the_head_of_the_stub_among_the_columns(self, table):
        assert found(table, columns=["Commune", *table.columns]) in (table.id, None)

    def test_without_a_row(self, table):
        assert found(table, rows=table.rows[1:]) == table.id

    def test_next_year(self, table):
        later = [label.replace("2023", "2024") for label in table.columns]
        assert found(table, columns=later) == table.id

    def test_with_only_the_heading_of_its_chapter_it_is_never_taken_for_another(self, table):
        assert found(table, sections=table.sections[:1]) in (table.id, None)

    def test_without_any_heading_it_is_never_taken_for_another(self, table):
        assert found(table, sections=[]) in (table.id, None)

    def test_in_a_chapter_where_it_is_not_declared_it_is_no_table_of_the_profile(self, table):
        assert found(table, sections=["9) La Santé"]) is None


def communes() -> list[str]:
    return next(table.rows for table in printed() if table.id == "emploi-communes")


def test_a_table_whose_columns_tell_what_it_counts_needs_no_heading():
    table = next(table for table in printed() if table.id == "emploi-communes")
    assert found(table, sections=[], title="") == "emploi-communes"


def test_a_table_by_commune_that_measures_something_else_is_not_the_declared_one():
    sections = ["4) L’emploi (dont l’Alternance)", "I. Les situations emploi"]
    assert identify(sections, "", communes(), ["Nombre de jeunes reçus par un employeur"], profile()) is None


def test_two_tables_that_only_their_headings_tell_apart_are_not_guessed():
    assert identify([], "", communes(), ["Nombre de jeunes", "Montant"], profile()) is None
    assert (
        identify(["10) Les aides financières"], "", communes(), ["Nombre de jeunes", "Montant"], profile())
        is None
    )


def test_a_cross_table_is_not_taken_for_the_plain_table_of_its_rows():
    sections = ["1) Le Public", "II. Les jeunes accompagnés"]
    assert identify(sections, "Sexe", ["Femmes", "Hommes"], ["BAC", "BEP/CAP"], profile()) is None


def test_a_table_of_strangers_is_not_identified():
    assert identify(["1) Le Public"], "Budget", ["Recettes", "Dépenses"], ["2022", "2023"], profile()) is None
    assert identify([], "", [], [], profile()) is None


@pytest.mark.parametrize(
    ("labels", "dimension"),
    [
        (["Femmes", "Hommes", "Total :"], "sexe"),
        (["Homme", "Femme"], "sexe"),
        (["16 - 17 ans", "18 - 21 ans", "22 - 25 ans", "26 et +"], "age"),
        (["BAC et plus", "BEP/CAP", "Sans diplôme"], "qualification"),
        (["Entretien (individuel, collectif, atelier)", "Téléphone / SMS", "Email"], "nature"),
        (["Emploi", "Formation", "Immersion en entreprise", "Alternance"], "type"),
        (["Accès à l'emploi", "Formation", "Projet professionnel / Orientation"], "thematique"),
        (["Lambersart", "Lompret", "Tourcoing", "Total général"], "commune"),
        (["Lambersart", "Tourcoing", "Roubaix"], None),
        (["Nombre de jeunes", "Montant"], None),
        (["Total", ""], None),
        ([], None),
    ],
)
def test_the_dimension_is_that_of_most_labels(labels, dimension):
    answer = dimension_of(labels, profile())
    assert (answer and answer.name) == dimension


@pytest.mark.parametrize(
    ("table", "label", "column"),
    [
        ("contact-communes", "Nombre de jeunes\nen contact", "contact"),
        ("contact-communes", "Dont nombre de jeunes reçus en entretien", "entretien"),
        (
            "contacts-communes",
            "Dont entretiens (ateliers, informations collectives, entretiens individuels)",
            "entretiens",
        ),
        ("cej-communes", "Dont jeunes entrés en 2023", "entrees"),
        ("formation-communes", "Nombre d'entrées en formation en 2024", "entrees"),
        ("pacea-communes", "MONTANT", "montant"),
        ("emploi-types", "", "contrats"),
        ("pacea-communes", "", None),
        ("pacea-communes", "Nombre de dossiers", None),
        ("emploi-communes", "Évolution", None),
    ],
)
def test_a_column_is_found_by_its_label(table, label, column):
    declaration = next(one for one in profile().tables if one.name == table)
    answer = measure(label, declaration)
    assert (answer and answer.name) == column


@pytest.mark.parametrize(
    ("headings", "section"),
    [
        (["4) L’emploi (dont l’Alternance)"], "emploi"),
        (["5) L’Alternance", "I. L’Alternance", "b. L’accès à l’emploi"], "alternance"),
        (["1) Le Public", "II.  Les jeunes en contact", "d. Les contacts par commune"], "contacts"),
        (
            [
                "8) Les dispositifs d’accompagnement",
                "I. Le Contrat d’Engagement Jeune",
                "e. Les caractéristiques",
            ],
            "cej",
        ),
        (
            ["10) Les aides financières", "II.    Garantie Jeunes / Contrat d’Engagement Jeune"],
            "allocations-cej",
        ),
        (["10) Les aides financières", "Contrat d’Engagement Jeune"], "allocations-cej"),
        (["10) Les aides financières", "V.     Fonds ML", "b. Aides directes"], "aides-directes"),
        (["Annexes"], None),
        ([], None),
    ],
)
def test_the_section_is_that_of_the_innermost_heading_that_fits(headings, section):
    answer = section_of(headings, profile())
    assert (answer and answer.name) == section
