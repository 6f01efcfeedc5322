"""The sections, dimensions and tables that are found in a report."""

from msgspec.structs import replace

from mlcheck.drafting import page
from mlcheck.rules.structure import label_is_no_member, member_stands_twice, row_is_missing, table_is_missing
from mlcheck.tables.naming import name_table
from tests.drafting.reports import ENGLISH, drafted, facts, written

COMMUNES = ["Lambersart", "Lompret", "Marcq", "Pérenchies"]


def by_commune(head, *counts, communes=COMMUNES):
    rows = [[commune, count] for commune, count in zip(communes, counts, strict=True)]
    return [["Commune", head], *rows, ["Total", str(sum(map(int, counts)))]]


REPORT = {
    "Emploi": [
        ["1) L'emploi"],
        [""],
        ["I. Les contrats"],
        *by_commune("Nombre de contrats signés en 2023", "31", "42", "57", "26"),
        [""],
        ["II. Les jeunes"],
        *by_commune("Nombre de jeunes", "21", "33", "41", "19"),
        [""],
        ["Sexe"],
        ["Femmes", "Hommes", "Total"],
        ["60", "54", "114"],
    ],
    "Formation": [
        ["2) La formation"],
        [""],
        ["I. Les entrées"],
        *by_commune("Nombre d'entrées", "11", "12", "17", "9"),
        [""],
        ["Sexe"],
        ["Femme", "Homme"],
        ["25", "24"],
    ],
}


def structure(sheets, profile):
    """What the structure rules say of a report under a profile: the rule, and the row or table it names."""
    named = facts(sheets, profile, "report-2024.xlsx")
    rules = (table_is_missing, row_is_missing, label_is_no_member, member_stands_twice)
    return [(remark.rule, remark.values.get("name")) for rule in rules for remark in rule(named)]


def test_each_heading_is_a_section_and_each_table_stands_in_its_own():
    profile = written(drafted(REPORT))
    assert {section.name: section.within for section in profile.sections} == {
        "emploi": None,
        "contrats": "emploi",
        "jeunes": "emploi",
        "formation": None,
        "entrees": "formation",
    }
    assert [(table.name, table.section) for table in profile.tables] == [
        ("contrats-commune", "contrats"),
        ("jeunes-commune", "jeunes"),
        ("jeunes-sexe", "jeunes"),
        ("entrees-commune", "entrees"),
        ("entrees-sexe", "entrees"),
    ]
    assert all(table.required for table in profile.tables)


def test_a_list_that_several_tables_repeat_is_one_dimension_with_its_spellings():
    dimensions = {dimension.name: dimension for dimension in written(drafted(REPORT)).dimensions}
    assert dimensions["commune"].members == dict.fromkeys(COMMUNES, ())
    assert dimensions["commune"].complete
    assert dimensions["commune"].geographic
    assert dimensions["commune"].labels == ("Commune",)
    assert dimensions["sexe"].members == {"Femmes": ("Femme",), "Hommes": ("Homme",)}


def crossed(*head):
    return [
        [*head],
        *([commune, "31", "42", "73"] for commune in COMMUNES),
        ["Total", "124", "168", "292"],
    ]


def test_the_two_lists_of_a_cross_table_are_called_by_what_each_of_them_is():
    accueils, contrats = (
        crossed("Commune", "Femmes", "Hommes", "Total"),
        crossed("Commune", "CDD", "CDI", "Total"),
    )
    rows = [
        ["Jeunes accueillis par commune"],
        *accueils,
        [""],
        [""],
        ["Contrats signés par commune"],
        *contrats,
    ]
    profile = written(drafted({"Rapport": rows}))
    assert [(table.dimension, table.across) for table in profile.tables] == [
        ("commune", "sexe"),
        ("commune", "contrats-signes"),
    ]


def test_the_head_of_a_stub_may_name_the_columns():
    turned = [
        list(map(list, zip(*crossed("Commune", *head, "Total"), strict=True)))
        for head in (("Femmes", "Hommes"), ("CDD", "CDI"))
    ]
    rows = [
        ["Jeunes accueillis par commune"],
        *turned[0],
        [""],
        [""],
        ["Contrats signés par commune"],
        *turned[1],
    ]
    profile = written(drafted({"Rapport": rows}))
    assert [(table.dimension, table.across) for table in profile.tables] == [
        ("sexe", "commune"),
        ("contrats-signes", "commune"),
    ]


def test_measures_have_their_words_without_the_year_and_what_they_count():
    table = written(drafted(REPORT)).tables[0]
    assert [(c.name, c.labels, c.counts) for c in table.columns] == [
        ("contrats-signes", ("Nombre de contrats signés",), "contrats")
    ]


def test_next_year_is_held_to_the_shape_of_this_year():
    profile = written(drafted(REPORT))
    assert structure(REPORT, profile) == []
    next_year = {
        name: [[text.replace("2023", "2024") for text in row] for row in rows]
        for name, rows in REPORT.items()
    }
    assert structure(next_year, profile) == []
    without_row = {**REPORT, "Formation": [row for row in REPORT["Formation"] if row[0] != "Marcq"]}
    assert structure(without_row, profile) == [("STR102", "Marcq")]
    without_table = {**REPORT, "Formation": REPORT["Formation"][:-4]}
    assert structure(without_table, profile) == [("STR101", "entrees-sexe")]
    another = {
        **REPORT,
        "Formation": [[text.replace("Marcq", "Roubaix") for text in row] for row in REPORT["Formation"]],
    }
    assert ("STR102", "Marcq") in structure(another, profile)


def test_the_draft_is_the_same_each_time():
    assert page(drafted(REPORT), ENGLISH) == page(drafted(REPORT), ENGLISH)


def test_a_report_without_headings_has_one_section_without_a_title():
    sheet = {None: [["Les contrats"], *by_commune("Nombre de contrats", "31", "42", "57", "26")]}
    profile = written(drafted(sheet))
    assert [(section.name, section.titles) for section in profile.sections] == [("report", ())]
    assert [table.name for table in profile.tables] == ["report-commune"]
    assert structure(sheet, profile) == []


def test_a_table_without_any_labels_is_left_out_with_the_reason():
    draft = drafted({None: [["12", "13"], ["14", "15"]]})
    assert written(draft).tables == ()
    assert "is left out: it has no heading or title" in page(draft, ENGLISH)


def test_a_table_without_labels_under_a_heading_is_known_by_its_heading():
    profile = written(drafted({"Emploi": [["1) L'emploi"], ["12", "13"], ["14", "15"]]}))
    assert [table.section for table in profile.tables] == ["emploi"]


def test_tables_of_the_same_title_have_ids_of_their_own():
    rows = [["1) L'emploi"], ["I. Les aides"]]
    for head in ("Nombre de dossiers", "Nombre de prêts"):
        rows += [[""], ["Répartition"], *by_commune(head, "11", "12", "17", "9")]
    profile = written(drafted({"Emploi": rows}))
    assert len({table.name for table in profile.tables}) == len(profile.tables) == 2


def test_two_tables_that_no_word_tells_apart_are_left_out():
    rows = [["1) L'emploi"]]
    for _ in range(2):
        rows += [[""], *by_commune("Nombre de dossiers", "11", "12", "17", "9")]
    rows += [[""], ["Sexe"], ["Femmes", "Hommes"], ["60", "54"]]
    draft = drafted({"Emploi": rows})
    assert [table.dimension for table in written(draft).tables] == ["sexe"]
    assert page(draft, ENGLISH).count("is left out: its words do not tell it from another table") == 2


def test_the_deepest_headings_are_sections_only_where_they_tell_tables_apart():
    rows = [["1) L'emploi"], ["I. Les contrats"]]
    for heading in ("a. Les contrats courts", "b. Les contrats longs"):
        rows += [[heading], ["Sexe"], ["Femmes", "Hommes"], ["60", "54"], [""]]
    profile = written(drafted({"Emploi": rows}))
    assert [section.name for section in profile.sections] == [
        "emploi",
        "contrats",
        "contrats-courts",
        "contrats-longs",
    ]
    assert [table.name for table in profile.tables] == ["contrats-courts-sexe", "contrats-longs-sexe"]


def test_a_heading_that_comes_back_under_others_is_no_section():
    rows = []
    for number, chapter in enumerate(("L'emploi", "La formation", "La santé"), start=1):
        rows += [[f"{number}) {chapter}"], ["I. Répartition par commune"]]
        rows += [*by_commune("Nombre de jeunes", "11", "12", "17", "9"), [""]]
    profile = written(drafted({"Rapport": rows}))
    assert [section.name for section in profile.sections] == ["emploi", "formation", "sante"]


def test_columns_told_apart_by_their_year_alone_are_left_out_and_told():
    rows = [
        ["1) Les aides"],
        ["Aide", "Montant", "Dossiers 2022", "Dossiers 2023"],
        ["Transport", "5 €", "3", "4"],
        ["Repas", "7 €", "5", "6"],
    ]
    draft = drafted({"Aides": rows})
    assert [column.name for column in written(draft).tables[0].columns] == ["montant"]
    assert "name no line or several: “Dossiers 2022”, “Dossiers" in page(draft, ENGLISH)


def test_rows_that_are_years_are_no_members():
    rows = [
        ["1) Les aides"],
        ["Année", "Dossiers", "Prêts"],
        ["2021", "3", "4"],
        ["2022", "5", "6"],
        ["2023", "7", "9"],
    ]
    profile = written(drafted({"Aides": rows}))
    assert profile.dimensions == ()
    later = {"Aides": [*rows, ["2024", "8", "11"]]}
    assert structure(later, profile) == []


def test_members_that_a_table_repeats_make_no_dimension_since_each_may_stand_once():
    stacked = [
        ["En ville", ""],
        ["Femmes", "12"],
        ["Hommes", "13"],
        ["À la campagne", ""],
        ["Femmes", "14"],
        ["Hommes", "15"],
    ]
    rows = [["1) L'emploi"], ["Sexe", "Nombre de jeunes"], *stacked]
    sheets = {
        "Emploi": rows,
        "Santé": [["2) La santé"], ["Sexe", "Bilans"], ["Femmes", "8"], ["Hommes", "9"]],
    }
    profile = written(drafted(sheets))
    assert structure(sheets, profile) == []


def test_a_negative_count_and_a_fractional_one_are_allowed_where_the_report_has_one():
    rows = [["1) Le solde"], ["Poste", "Solde net"], ["Recettes", "-12"], ["Dépenses", "14"]]
    assert not written(drafted({"Solde": rows})).non_negative
    assert written(drafted(REPORT)).non_negative
    assert written(drafted(REPORT)).integral


def test_hostile_labels_are_read_back_as_they_are():
    hostile = [
        'dit "le grand"',
        "C:\\dossier",
        "a\x07b cloche",
        "[un] | deux",
        "'''",
        "# rien",
        "統計",
        "x = 1",
    ]
    rows = [
        ['1) Un "titre" \\ hostile'],
        ["Poste", 'Nombre de "x"\nà \\ part'],
        *([label, "12"] for label in hostile),
    ]
    profile = written(drafted({"Hostile": rows}))
    members = [name for dimension in profile.dimensions for name in dimension.members]
    assert members == [label for label in hostile if label not in ("統計", "'''")]


def test_what_the_extended_profile_declares_is_not_written_again():
    parent = replace(written(drafted({"Emploi": REPORT["Emploi"]})), name="parent")
    parent = replace(parent, tables=tuple(replace(table, required=False) for table in parent.tables))
    draft = drafted(REPORT, parent, "parent")
    text = page(draft, ENGLISH)
    assert 'extends = "parent"' in text
    assert "[tables]\ncontrats-commune = { required = true }" in text
    assert "[tables.entrees-commune]" in text
    assert "emploi = {" not in text
    assert "Lambersart" not in text.split("Claims:")[0].split("[rules")[0]
    assert [name_table(one.table, draft.profile).identity for one in draft.tables] == [
        one.declaration.name for one in draft.tables
    ]
