"""What a gap looks like that rounding or another measure leaves, and what is broken together with it."""

from __future__ import annotations

from mlcheck.model.finding import Finding
from tests.rules.loading import checked, document_of

CENSUS = """
Logement  | Ain    | Aude   | Lot    | Nord
Maisons   | 251630 | 103365 | 48910  | 293220
Immeubles | 36090  | 20095  | 6815   | 43710
Foyers    | 6365   | 3665   | 310    | 23960
Bateaux   | 21385  | 14635  | 4050   | 33020
Abris     | 2115   | 540    | 445    | 2625
Autres    | 3025   | 6215   | 565    | 4225
Total     | 320610 | 148515 | 61095  | 400760
"""


def told(text: str) -> list[Finding]:
    return [f for f in checked(document_of((text,))).report.findings if f.severity != "info"]


def test_counts_rounded_at_random_are_not_accused():
    assert told(CENSUS) == []
    assert all(f.severity != "error" for f in told(CENSUS.replace("320610", "320625")))


def test_a_wrong_number_does_not_hide_that_all_others_are_rounded():
    census = """
Origine    | Ain   | Aude  | Lot   | Nord
Monde      | 12610 | 5055  | 1490  | 30285
Europe     | 6640  | 2335  | 965   | 11665
  Nord     | 2110  | 420   | 145   | 3250
  Est      | 2150  | 1570  | 630   | 6640
  Sud      | 2385  | 340   | 190   | 1780
Afrique    | 4560  | 1850  | 320   | 14660
Asie       | 1410  | 870   | 210   | 3955
"""
    assert told(census) == []
    (finding,) = told(census.replace("2385", "3285").replace("1850", "1853"))
    assert finding.suspects[0].location.cell == "B6"


def test_a_slip_among_counts_rounded_at_random_is():
    (finding,) = told(CENSUS.replace("48910", "49810"))
    assert (finding.location.cell, finding.severity) == ("D8", "error")


def test_a_total_one_off_among_large_numbers_is_no_error():
    text = CENSUS.replace("36090", "36091").replace("20095", "20097").replace("320610", "320612")
    text = text.replace("148515", "148517")
    assert all(f.severity == "warning" for f in told(text))


def test_a_rate_in_the_row_of_a_total_is_no_sum():
    text = """
Matière   | 2021   | 2022   | 2023   | Suite
Français  | 19728  | 20119  | 20647  | 0,01726
Musique   | 4172   | 4531   | 4691   | 0,10521
Dessin    | 9111   | 9576   | 10301  | 0,01329
Sport     | 16675  | 16887  | 17174  | 0,02073
Total     | 49686  | 51113  | 52813  | 0,00685
"""
    assert [f for f in told(text) if f.severity == "error"] == []


def test_a_digit_left_out_of_a_total_is_no_other_measure():
    text = """
Foyers      | 2020  | 2021  | 2022  | 2023
Couples     | 36695 | 72885 | 25310 | 25010
  à deux    | 14250 | 32335 | 11975 | 11395
  à trois   | 22445 | 40550 | 13335 | 13615
Seuls       | 6060  | 14950 | 6010  | 3795
  hommes    | 3860  | 10110 | 3955  | 2345
  femmes    | 2200  | 4840  | 2055  | 1450
"""
    (finding,) = told(text.replace("25010", "2510 "))
    assert (finding.location.cell, finding.suspects[0].location.cell) == ("E2", "E2")


def test_a_median_among_counts_rounded_at_random_hides_nothing_of_that():
    lines = [
        f"{line} | {medians}"
        for line, medians in zip(
            CENSUS.strip().splitlines(), ("Loyer médian", 611, 598, 402, 377, 350, 489, 603), strict=True
        )
    ]
    assert told("\n".join(lines)) == []


def test_a_total_rounder_than_its_parts_is_no_error():
    text = """
Résultat par action | 2023 | 2022 | 2021 | 2020 | 2019
Janvier à mars      | 0,43 | 0,42 | 0,51 | 0,47 | 0,62
Avril à juin        | 0,53 | 0,50 | 0,44 | 0,41 | 0,58
Juillet à septembre | 0,52 | 0,48 | 0,39 | 0,52 | 0,55
Octobre à décembre  | 0,55 | 0,48 | 0,62 | 0,44 | 0,61
Total               | 2    | 1,88 | 1,96 | 1,84 | 2,36
"""
    assert [f for f in told(text) if f.severity == "error"] == []
    errors = [f for f in told(text.replace("1,96", "1,69")) if f.severity == "error"]
    assert [f.location.cell for f in errors] == ["D6"]


def test_a_mean_in_the_row_of_a_total_is_no_total():
    text = """
Séance    | Lundi | Mardi | Jeudi | Présences
Anne      | 1     | 1     | 1     | 3
Brice     | 1     | 0     | 1     | 2
Chloé     | 1     | 1     | 1     | 3
Denis     | 0     | 1     | 0     | 1
Élise     | 1     | 1     | 1     | 3
Farid     | 1     | 0     | 0     | 1
Total     | 5     | 4     | 4     | 2,1667
"""
    assert [f for f in told(text) if f.severity == "error"] == []
    assert [f.location.cell for f in told(text.replace("2,1667", "31"))] == ["E8"]


def test_a_whole_total_between_its_parts_is_a_slip_where_other_columns_add_up():
    text = """
Compte | Atelier | Boutique | Service
Ventes | 51135   | 36298    | 24181
Achats | 47089   | 10447    | 18122
Marge  | 4046    | 25851    | 6059
"""
    wide = [
        row + more
        for row, more in zip(
            text.strip().splitlines(), (" | Stage", " | 71330", " | 28914", " | 42416"), strict=True
        )
    ]
    (finding,) = told("\n".join(wide).replace("10447", "104470"))
    assert finding.suspects[0].location.cell == "C3"


def test_a_line_of_means_is_not_averaged_in_turn():
    text = """
Copie   | Dictée | Calcul | Dessin | Moyenne
A       | 12,00  | 14,00  | 10,00  | 12,00
B       | 9,00   | 15,00  | 18,00  | 14,00
C       | 8,00   | 11,00  |        | 6,33
D       | 13,00  |        | 11,00  | 8,00
E       | 10,00  | 16,00  | 13,00  | 13,00
Moyenne | 10,40  | 14,00  | 13,00  | 10,67
"""
    assert told(text) == []


def test_the_next_panel_of_a_profile_does_not_take_a_total_that_a_slip_breaks():
    text = """
Profil          | 2021 | 2022 | 2023
Niveau          |      |      |
Sans diplôme    | 153  | 136  | 121
CAP             | 58   | 47   | 49
Bac             | 111  | 95   | 88
Total           | 322  | 278  | 258
Âge             |      |      |
Mineurs         | 57   | 51   | 40
De 18 à 21 ans  | 190  | 171  | 160
De 22 à 25 ans  | 75   | 56   | 58
Total           | 322  | 278  | 258
Mobilité        |      |      |
Permis          | 112  | 93   | 90
Sans permis     | 210  | 185  | 168
Total           | 322  | 278  | 258
"""
    assert told(text) == []
    (finding,) = told(text.replace("| 49\n", "| 94\n"))
    assert finding.suspects[0].location.cell == "D4"


def test_a_total_that_leaves_the_subtotals_out_is_told_by_no_error():
    """The heads of two groups, which their lines make, stand among what the total would add up."""
    text = """
Ville         | 2022 | 2023
Antenne Nord  | 120  | 131
Bray          | 40   | 45
Cassel        | 30   | 31
Douai         | 50   | 55
Antenne Sud   | nd   | 214
Aire          | nd   | 101
Bailleul      | 60   | 63
Caudry        | 44   | 50
Total         | 330  | 345
"""
    assert [f for f in told(text) if f.severity == "error"] == []
    assert [f.location.cell for f in told(text.replace("345", "354"))][:1] == ["C10"]
