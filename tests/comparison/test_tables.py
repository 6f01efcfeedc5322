"""Tables of two files: which are the same, and which of their figures."""

import pytest

from mlcheck.comparison import compare_facts
from mlcheck.comparison.comparing import HEADINGS, SEVERAL
from tests.comparison.drawn import alone, compared, facts, mirrored, pairs, told

JOBS = """
# Les contrats signés
Commune  CDI  CDD  Total
La Madeleine  112  30  142
Lambersart  132  45  177
Lompret  9  4  13
Total  253  79  332
"""


def test_a_table_and_itself():
    found = compared(JOBS, JOBS)
    assert len(found.figures) == 12
    assert not told(found)
    assert not found.alone
    assert not found.tables_alone


def test_a_changed_figure_is_the_only_difference():
    assert told(compared(JOBS, JOBS.replace("132", "123"))) == ["Lambersart · CDI: 132 / 123"]


def test_the_order_of_rows_and_columns_does_not_matter():
    other = """
# Les contrats signés
Commune  Total  CDD  CDI
Lompret  13  4  9
Lambersart  177  45  132
La Madeleine  142  31  112
Total  332  79  253
"""
    found = compared(JOBS, other)
    assert told(found) == ["La Madeleine · CDD: 30 / 31"]
    assert len(found.figures) == 12


def test_rows_and_columns_swapped():
    other = """
# Les contrats signés
Contrat  La Madeleine  Lambersart  Lompret  Total
CDI  112  132  9  253
CDD  30  54  4  79
Total  142  177  13  332
"""
    found = compared(JOBS, other)
    assert told(found) == ["Lambersart · CDD: 45 / 54"]
    assert len(found.figures) == 12
    assert found.tables[0].transposed


def test_a_table_cut_in_two():
    first = "\n".join(JOBS.splitlines()[:5])
    second = "# Les contrats signés (suite)\nCommune  CDI  CDD  Total\nLompret  9  4  13\nTotal  253  97  332"
    found = compared(JOBS, [first, second])
    assert told(found) == ["Total · CDD: 79 / 97"]
    assert len(found.figures) == 12
    assert len(found.tables) == 2
    assert not found.tables_alone
    assert mirrored(compared([first, second], JOBS)) == pairs(found)


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Saint-André-Lez-Lille", "Saint-André-lez-Lille"),
        ("Marcq-en-Barœul", "MARCQ EN BAROEUL"),
        ("Lambersart", "Lamberssart"),
        ("Logement parent", "Logements parents"),
        ("16 - 17 ans", "16-17 ans"),
    ],
)
def test_a_label_spelt_otherwise(label, other):
    found = compared(
        JOBS.replace("Lambersart", label), JOBS.replace("Lambersart", other).replace("177", "171")
    )
    assert told(found) == [f"{label} · Total: 177 / 171"]
    assert not found.alone


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("16 - 17 ans", "18 - 21 ans"),
        ("Nb de jeunes", "Nombre de jeunes"),
        ("Mères", "Pères"),
        ("Lycée 1", "Lycée 2"),
        ("CIE", "CDDI"),
    ],
)
def test_two_labels(label, other):
    found = compared(JOBS.replace("Lambersart", label), JOBS.replace("Lambersart", other))
    assert alone(found, "left") == [f"{label} · CDI: 132", f"{label} · CDD: 45", f"{label} · Total: 177"]
    assert [one.label.split(" · ")[0] for one in found.alone if one.side == "right"] == [other] * 3
    assert not told(found)


def test_a_total_named_otherwise():
    found = compared(JOBS, JOBS.replace("\nTotal ", "\nEnsemble ").replace("332", "323"))
    assert told(found) == ["Total · Total: 332 / 323"]
    assert not found.alone


def test_a_row_that_only_one_has():
    found = compared(JOBS, JOBS.replace("Lompret  9  4  13\n", ""))
    assert alone(found, "left") == ["Lompret · CDI: 9", "Lompret · CDD: 4", "Lompret · Total: 13"]
    assert not alone(found, "right")
    assert len(found.figures) == 9


def test_nothing_to_report_and_nothing_known():
    found = compared(
        JOBS.replace("9  4  13", "/  nd  13").replace("30  142", "0  142"),
        JOBS.replace("9  4  13", "0  4  -").replace("30  142", "/  142"),
    )
    assert sorted(told(found, "nil")) == ["La Madeleine · CDD: 0 / /", "Lompret · CDI: / / 0"]
    assert told(found) == ["Lompret · Total: 13 / -"]
    assert [(one.label, one.stated.printed, one.beside) for one in found.alone] == [
        ("Lompret · CDD", "4", "nd")
    ]


AIDS = """
# Aides directes
Commune  Nombre de jeunes  Montant
La Madeleine  12  1410
Lambersart  41  4115
"""
OTHER_AIDS = (
    AIDS.replace("directes", "indirectes").replace("12  1410", "21  2920").replace("41  4115", "7  815")
)


def test_headings_tell_tables_of_the_same_labels_apart():
    found = compared([AIDS, OTHER_AIDS], [OTHER_AIDS.replace("815", "851"), AIDS])
    assert told(found) == ["Lambersart · Montant: 815 / 851"]
    assert len(found.figures) == 8


def test_a_table_is_not_compared_with_that_under_another_heading():
    found = compared([AIDS, JOBS, OTHER_AIDS], [JOBS, OTHER_AIDS])
    assert not told(found)
    assert [(one.side, one.title) for one in found.tables_alone] == [("left", "Aides directes")]
    assert len(alone(found, "left")) == 4


def test_headings_that_both_files_use_for_other_tables():
    left = [AIDS, JOBS.replace("Les contrats signés", "Contrats et aides indirectes")]
    right = [OTHER_AIDS, JOBS.replace("Les contrats signés", "Contrats et aides directes")]
    found = compared(left, right)
    assert not [one for one in told(found) if "Montant" in one]
    assert {one.reason for one in found.tables_alone} == {HEADINGS}


def _untitled(text):
    return text.replace("# Aides directes\n", "").replace("# Aides indirectes\n", "")


def test_without_headings_the_order_decides():
    left = [_untitled(AIDS), _untitled(OTHER_AIDS)]
    found = compared(left, [left[0].replace("4115", "4151"), left[1]])
    assert told(found) == ["Lambersart · Montant: 4115 / 4151"]
    assert len(found.figures) == 8


def test_without_headings_one_table_of_two_is_not_guessed():
    left = [_untitled(AIDS), _untitled(OTHER_AIDS)]
    found = compared(left, left[1])
    assert not found.compared
    assert {(one.side, one.reason) for one in found.tables_alone} == {("left", SEVERAL), ("right", SEVERAL)}
    assert len(found.tables_alone[-1].candidates) == 2


def test_a_row_printed_twice_is_not_guessed():
    other = JOBS.replace("Lompret  9  4  13", "Lambersart  9  4  13")
    found = compared(JOBS, other)
    assert not told(found)
    assert len(found.figures) == 6
    assert alone(found, "left")[:1] == ["Lambersart · CDI: 132"]


def _dated(year, source, **changed):
    text = JOBS.replace("CDI  CDD", f"CDI en {year}  CDD")
    for old, new in changed.items():
        text = text.replace(old.strip("_"), new)
    return facts(text, source=source)


def test_last_year_s_labels_are_this_year_s():
    found = compare_facts(_dated(2023, "rapport-2023"), _dated(2022, "rapport-2022", _132_="99"))
    assert told(found) == ["Lambersart · CDI en 2023: 132 / 99"]
    assert len(found.figures) == 12


def test_a_file_named_by_the_year_of_its_publication():
    found = compare_facts(_dated(2023, "rapport-2024"), _dated(2023, "chiffres-2023", _132_="123"))
    assert told(found) == ["Lambersart · CDI en 2023: 132 / 123"]
    assert len(found.figures) == 12
