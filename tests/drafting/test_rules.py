"""Which relations between tables are drafted: those that hold and whose words agree, and no coincidence."""

import pytest

from mlcheck.drafting import page
from tests.drafting.reports import ENGLISH, drafted, written


def chapter(number, heading, *tables):
    return [[f"{number}) {heading}"], [""], *(row for table in tables for row in (*table, [""]))]


def table(title, head, rows, total=True):
    """A table of one measure; rows are (label, count)."""
    last = [["Total", str(sum(int(count) for _, count in rows))]] if total else []
    return [[title], ["", head], *([label, count] for label, count in rows), *last]


def by_sex(title, women, men):
    return [[title], ["Femmes", "Hommes"], [women, men]]


def relations(sheets):
    profile = written(drafted(sheets))
    return [rule.relation for rule in profile.rules]


TYPES = (("CDD", "60"), ("CDI", "31"), ("Alternance", "23"))
COMMUNES = (("Lambersart", "41"), ("Lompret", "12"), ("Marcq", "61"))
AMONG_THEM = (("Lambersart", "9"), ("Lompret", "3"), ("Marcq", "11"))


def test_two_tables_of_a_section_that_count_the_same_have_the_same_total():
    sheets = {
        "A": chapter(
            1,
            "L'emploi",
            table("Type", "Contrats signés", TYPES),
            table("Commune", "Contrats signés", COMMUNES),
        )
    }
    assert relations(sheets) == ["emploi-type[total] = emploi-commune[total]"]


def test_a_rule_shows_the_numbers_that_it_held_with():
    sheets = {
        "A": chapter(
            1,
            "L'emploi",
            table("Type", "Contrats signés", TYPES),
            table("Commune", "Contrats signés", COMMUNES),
        )
    }
    assert "# 114 = 114\n[rules." in page(drafted(sheets), ENGLISH)


def test_two_tables_that_both_total_14_are_not_one_rule():
    few = (("Lambersart", "4"), ("Lompret", "3"), ("Marcq", "7"))
    sheets = {
        "A": chapter(1, "Les aides", table("Transport", "Nombre de jeunes", few)),
        "B": chapter(2, "L'emploi", table("PEC", "Nombre de PEC", (("CDD", "6"), ("CDI", "8")))),
        "C": chapter(3, "La santé", table("Bilans", "Nombre de jeunes", (("Matin", "5"), ("Soir", "9")))),
    }
    assert relations(sheets) == []


@pytest.mark.parametrize("other", ["Nombre d'ateliers", "Nombre de places"])
def test_two_totals_of_a_section_that_count_different_things_are_no_rule(other):
    sheets = {
        "A": chapter(
            1, "L'emploi", table("Type", "Nombre de contrats", TYPES), table("Commune", other, COMMUNES)
        )
    }
    assert relations(sheets) == []


def test_a_number_too_small_is_the_same_by_chance_where_only_the_section_speaks():
    sheets = {
        "A": chapter(
            1,
            "Le parrainage",
            by_sex("Sexe", "8", "6"),
            table("Commune", "", (("Lompret", "5"), ("Marcq", "9"))),
        )
    }
    assert relations(sheets) == []


def test_a_table_without_a_head_is_tied_to_the_others_of_its_section():
    sheets = {
        "A": chapter(
            1,
            "Le parrainage",
            by_sex("Sexe", "60", "54"),
            table("Commune", "Nombre de parrainages", COMMUNES),
        )
    }
    assert relations(sheets) == ["parrainage-sexe[total] = parrainage-commune[total]"]


def test_a_table_without_a_head_is_not_tied_across_chapters():
    sheets = {
        "A": chapter(1, "Le parrainage", by_sex("Sexe", "60", "54")),
        "B": chapter(2, "La formation", table("Commune", "Nombre d'entrées", COMMUNES)),
    }
    assert relations(sheets) == []


def test_tables_that_share_a_dimension_and_a_measure_are_equal_member_by_member():
    sheets = {
        "A": chapter(
            1,
            "Les accueils",
            table("Par commune", "Jeunes accueillis", COMMUNES),
            table("Rappel", "Jeunes accueillis", COMMUNES),
        ),
    }
    (rule,) = written(drafted(sheets)).rules
    assert rule.per == "commune"
    assert rule.operator == "="
    assert "41 = 41 (Lambersart); 12 = 12 (Lompret); 61 = 61 (Marcq)" in page(drafted(sheets), ENGLISH)


def test_three_tables_that_are_equal_make_two_rules_and_not_three():
    sheets = {
        "A": chapter(
            1, "L'emploi", table("Type", "Contrats signés", TYPES), table("Commune", "Contrats signés", COMMUNES),
            by_sex("Sexe", "60", "54"),
        )
    }  # fmt: skip
    assert len(relations(sheets)) == 2


def test_a_member_is_the_total_of_the_table_about_it():
    sheets = {
        "A": chapter(1, "L'emploi", table("Les contrats signés", "", TYPES)),
        "B": chapter(2, "L'alternance", table("Commune", "Contrats en alternance signés", AMONG_THEM)),
    }
    assert relations(sheets) == ["emploi-contrats-signes[Alternance] = alternance-commune[total]"]


def test_a_heading_that_says_dont_makes_a_part_a_warning():
    sheets = {
        "A": chapter(1, "L'emploi (dont l'alternance)", table("Commune", "Nombre de contrats", COMMUNES)),
        "B": chapter(2, "L'alternance", table("Commune", "Nombre de contrats en alternance", AMONG_THEM)),
    }
    (rule,) = written(drafted(sheets)).rules
    assert (rule.relation, rule.per, rule.severity) == (
        "alternance-commune <= emploi-commune",
        "commune",
        "warning",
    )


def test_smaller_numbers_alone_make_no_part():
    sheets = {
        "A": chapter(1, "L'emploi", table("Commune", "Nombre de contrats", COMMUNES)),
        "B": chapter(2, "La santé", table("Commune", "Nombre de bilans", AMONG_THEM)),
    }
    assert relations(sheets) == []


def test_rounded_or_unknown_figures_are_compared_with_nothing():
    unknown = (("Lambersart", "41"), ("Lompret", "nd"), ("Marcq", "61"))
    sheets = {
        "A": chapter(
            1,
            "L'emploi",
            table("Commune", "Contrats signés", unknown, total=False),
            by_sex("Sexe", "60", "42"),
        )
    }
    assert relations(sheets) == []


def test_the_rules_that_the_extended_profile_states_are_not_drafted_again():
    sheets = {
        "A": chapter(
            1,
            "L'emploi",
            table("Type", "Contrats signés", TYPES),
            table("Commune", "Contrats signés", COMMUNES),
        )
    }
    parent = written(drafted(sheets))
    draft = drafted(sheets, parent, "parent")
    assert draft.rules == ()
    assert len(draft.profile.rules) == 1


def test_sentences_are_shown_with_the_formula_of_their_number():
    sheets = {
        "A": chapter(
            1,
            "Le parrainage",
            [["114 parrainages ont eu lieu. 53 % sont des femmes."]],
            by_sex("Sexe", "60", "54"),
        )
    }
    text = page(drafted(sheets), ENGLISH)
    assert "# ‹%› sont des femmes.\n#   → parrainage-sexe[Femmes] / parrainage-sexe[total]" in text
    assert "printed 53 %" in text
