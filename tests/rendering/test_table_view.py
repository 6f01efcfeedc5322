"""mlcheck table: the table that is meant, its shares, and last year's figures."""

import json
from fractions import Fraction

import pytest

from mlcheck.checking import extract
from mlcheck.model.document import Locator
from mlcheck.model.errors import MlcheckError
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile, SectionDeclaration, TableDeclaration
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Entry, Line, Table
from mlcheck.rendering.table.output import FORMATS, render_table
from mlcheck.rendering.table.view import view_table
from mlcheck.rendering.view import View

WORK = ("4) L'emploi", "Les contrats")


def table(name, sections, rows, columns, numbers, identity=None, title=""):
    """A table of counts; None is a "/"."""
    entries = {}
    for i, line in enumerate(numbers):
        for j, number in enumerate(line):
            quantity = None if number is None else Quantity(str(number), number, 0, 0)
            where = Locator("r.xlsx", sheet="Emploi", cell=f"{'BCDEF'[j]}{i + 5}")
            entries[i, j] = Entry(
                10 * i + j, "number" if quantity else "nil", str(number or "/"), where, quantity
            )
    place = Locator("r.xlsx", sheet="Emploi", cell="B5")
    return Table(name, title, sections, place, rows, columns, entries, identity=identity)


def member(dimension, label, canonical=None):
    return Line(0, label, dimension=dimension, member=canonical or label)


TOTAL = Line(0, "Total", role="total")
COMMUNES = (member("commune", "Lambersart"), member("commune", "Lompret"), TOTAL)
BY_TOWN = table(
    "t1", WORK, COMMUNES, (Line(0, "Contrats signés en 2023"),), [[30], [None], [40]], "emploi-communes"
)
BY_SEX = table(
    "t2",
    WORK,
    (member("sexe", "Femmes"), member("sexe", "Hommes"), TOTAL),
    (member("age", "16-17 ans"), member("age", "18-21 ans"), TOTAL),
    [[1, 2, 3], [4, 5, 9], [5, 7, 12]],
    title="Sexe / Age",
)
ACROSS = table(
    "t3",
    ("6) Le service civique",),
    (Line(0, "Jeunes"),),
    (member("commune", "Lambersart"), member("commune", "Lompret"), TOTAL),
    [[6, 2, 8]],
)
PROFILE = Profile(
    "p",
    sections=(
        SectionDeclaration("emploi", ("L'emploi",)),
        SectionDeclaration("contrats", ("Les contrats",), within="emploi"),
    ),
    tables=(TableDeclaration("emploi-communes", "contrats", (), "commune"),),
)
FACTS = Facts("r.xlsx", 2023, (BY_TOWN, BY_SEX, ACROSS), profile=PROFILE)


def prior(numbers=((20,), (5,), (25,)), rows=COMMUNES, label="Contrats signés en 2022"):
    former = table("x9", ("Emploi",), rows, (Line(0, label),), numbers, "emploi-communes")
    return Facts("r22.xlsx", 2022, (former,), profile=PROFILE)


def compared(former):
    return view_table(Facts("r.xlsx", 2023, FACTS.tables, profile=PROFILE, prior=former), "emploi", "commune")


@pytest.mark.parametrize("section", ["contrats", "emploi", "Emploi", "l'emploi", "contrat", "les CONTRATS"])
def test_a_section_is_its_id_or_words_of_its_heading(section):
    assert view_table(FACTS, section, "commune").table is BY_TOWN


def test_without_a_profile_the_words_of_the_headings_do():
    bare = Facts("r.xlsx", 2023, FACTS.tables)
    assert view_table(bare, "service civique", "commune").table is ACROSS


def test_the_first_table_of_the_dimension_is_shown_and_the_others_named():
    shown = view_table(FACTS, "contrats", "sexe")
    assert (shown.table, shown.others) == (BY_SEX, (BY_TOWN,))
    assert view_table(FACTS, "contrats", None).table is BY_TOWN


def test_an_unknown_section_lists_those_that_exist_and_the_nearest():
    with pytest.raises(MlcheckError) as error:
        view_table(FACTS, "emplio", None)
    assert str(error.value) == (
        "r.xlsx has no section “emplio”; did you mean “emploi”? "
        "Its sections are: emploi, contrats, 6) Le service civique."
    )


def test_an_unknown_dimension_lists_those_of_the_section_and_the_nearest():
    with pytest.raises(MlcheckError) as error:
        view_table(FACTS, "contrats", "comune")
    assert str(error.value) == (
        "r.xlsx: no table of this section is by “comune”; did you mean “commune”? "
        "There are: commune, sexe, age."
    )


def test_shares_are_of_the_total_of_the_column():
    shown = view_table(FACTS, "contrats", "commune")
    assert [shown.cells[i, 0].share for i in range(3)] == [Fraction(3, 4), None, 1]


def test_the_shares_of_a_cross_table_are_those_of_its_margin():
    shown = view_table(FACTS, "contrats", "sexe")
    assert [shown.cells[0, j].share for j in range(3)] == [None, None, Fraction(3, 12)]


def test_a_dimension_across_is_turned_down():
    shown = view_table(FACTS, "service civique", "commune")
    assert [row.label for row in shown.rows] == ["Lambersart", "Lompret", "Total"]
    assert [shown.cells[i, 0].stated for i in range(3)] == ["6", "2", "8"]
    assert shown.cells[0, 0].share == Fraction(6, 8)


def test_last_year_is_matched_by_identity_member_and_label_without_its_year():
    turned = (COMMUNES[1], COMMUNES[0], TOTAL)  # another order
    shown = compared(prior(((5,), (20,), (25,)), turned))
    assert [shown.cells[i, 0].former for i in range(3)] == ["20", "5", "25"]
    assert [shown.cells[i, 0].growth for i in range(3)] == [Fraction(1, 2), None, Fraction(3, 5)]


def test_growth_from_nothing_is_unknown():
    assert compared(prior(((0,), (5,), (25,)))).cells[0, 0].growth is None


def test_a_column_that_last_year_lacks_is_left_blank():
    shown = compared(prior(label="Autre chose"))
    assert shown.compared
    assert shown.cells[0, 0].former == ""


def test_without_its_table_last_year_is_not_shown():
    shown = compared(Facts("r22.xlsx", 2022, (ACROSS,)))
    assert not shown.compared


def test_in_the_terminal():
    text = "".join(render_table("terminal", compared(prior()), View(width=80), "fr"))
    assert [line for line in text.splitlines() if line.startswith(("│", "Aussi"))] == [
        "│ commune    │ Contrats signés en 2023 │ Part    │ 2022 │ Évolution │",
        "│ Lambersart │                      30 │  75,0 % │   20 │   +50,0 % │",
        "│ Lompret    │                       / │         │    5 │           │",
        "│ Total      │                      40 │ 100,0 % │   25 │   +60,0 % │",
        "Aussi dans cette section : Les contrats / Sexe / Age (sexe × age)",
    ]


def test_in_markdown_and_csv_figures_stay_as_printed():
    text = "".join(render_table("markdown", compared(prior()), View("en"), "fr"))
    assert "| Lambersart |                      30 |  75.0% |   20 | +50.0% |" in text
    lines = "".join(render_table("csv", compared(prior()), View("fr"), "fr")).splitlines()
    assert lines[1] == "Lambersart;30;75,0 %;20;+50,0 %"


def test_years_side_by_side_stand_once_with_their_growth(tmp_path):
    path = tmp_path / "r.md"
    path.write_text(
        "# Rapport 2023\n\n## Les aides\n\nLes aides par commune\n\n"
        "| Commune | Nombre 2022 | Nombre 2023 | Montant 2022 | Montant 2023 |\n|---|---|---|---|---|\n"
        "| Lille | 10 | 12 | 1 000 € | 1 500 € |\n| Lompret | 20 | 18 | 2 000 € | 1 500 € |\n"
        "| Total | 30 | 30 | 3 000 € | 3 000 € |\n",
        "utf-8",
    )
    facts = extract(path)
    text = "".join(render_table("csv", view_table(facts, "aides", None), View("en"), "fr"))
    head, lille, *_ = text.splitlines()
    assert head == ",Nombre 2022,Nombre 2023,Share,Change,Montant 2022,Montant 2023,Share,Change"
    assert lille.startswith("Lille,10,12,40.0%,+20.0%,")
    assert lille.endswith("50.0%,+50.0%")


def test_in_json():
    whole = json.loads("".join(render_table("json", compared(prior()), View("fr"), "fr")))
    assert (whole["dimension"], whole["year"], whole["former_year"]) == ("commune", 2023, 2022)
    cell = whole["rows"][0]["cells"][0]
    assert cell["location"]["cell"] == "B5"
    assert {key: cell[key] for key in ("stated", "value", "share", "former", "former_value", "growth")} == {
        "stated": "30",
        "value": 30,
        "share": 0.75,
        "former": "20",
        "former_value": 20,
        "growth": 0.5,
    }


def test_every_format_is_written():
    assert all("".join(render_table(name, compared(prior()), View(), "fr")) for name in FORMATS)
