"""Tables come back from lines of labels and numbers, with what they print in its own row and column."""

from __future__ import annotations

import pytest

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid, Locator
from tests.layout.texts import lines, placed, prose, tables

HOMES = """1) Le public
a. Les communes

Commune Nombre de jeunes
en contact
Dont nombre de jeunes
reçus en entretien
La Madeleine 870 277
Lambersart 610 356
Marcq-en-Barœul 1 525 1 390
Lompret 82 /
Total général : 3 087 2 023

Le nombre d'entretiens a progressé de 5 % en 2023."""


def test_a_table_of_two_columns_with_thousands() -> None:
    (rows,) = tables(HOMES)
    assert rows[1:] == [
        ["La Madeleine", "870", "277"],
        ["Lambersart", "610", "356"],
        ["Marcq-en-Barœul", "1 525", "1 390"],
        ["Lompret", "82", "/"],
        ["Total général :", "3 087", "2 023"],
    ]


def test_its_boxhead_of_broken_lines_is_one_row() -> None:
    (rows,) = tables(HOMES)
    assert rows[0][1:] == ["Nombre de jeunes en contact", "Dont nombre de jeunes reçus en entretien"]


def test_headings_and_sentences_around_it_stay_prose() -> None:
    assert prose(HOMES) == [
        "1) Le public",
        "a. Les communes",
        "Le nombre d'entretiens a progressé de 5 % en 2023.",
    ]


def test_each_cell_keeps_its_line_and_its_character() -> None:
    (grid,) = (b for b in recover(lines(HOMES))[0] if isinstance(b, Grid))
    at = next(at for at, cell in grid.cells.items() if cell.text == "1 390")
    assert grid.locate(*at) == Locator("rapport.txt", line=10, column=23)


@pytest.mark.parametrize("total", ["3 078 2 023", "3 087 2 203", "3 087 2 123", "3 187 2 023", "308 2 023"])
def test_a_wrong_total_stays_as_it_is_printed(total: str) -> None:
    """The wish for a sum hides no error: the other lines dictate the columns."""
    (rows,) = tables(HOMES.replace("3 087 2 023", total))
    first, second = total[:-6], total[-5:]
    assert rows[-1] == ["Total général :", first, second]


@pytest.mark.parametrize("line", ["La Madeleine 807 277", "La Madeleine 870 727", "La Madeleine 8 70 277"])
def test_a_wrong_figure_of_a_line_stays_too(line: str) -> None:
    (rows,) = tables(HOMES.replace("La Madeleine 870 277", line))
    printed = " ".join(rows[1])
    assert printed == line or rows[1][1:] == ["", ""]


def test_two_groupings_that_both_add_up_are_ambiguous() -> None:
    """One column of thousands, or two columns: 1 + 2 = 3 and 234 + 345 = 579, and 1 234 + 2 345 = 3 579."""
    blocks, unclear = recover(lines("Lille 1 234\nRoubaix 2 345\nTotal 3 579"))
    read = [cell for block in blocks if isinstance(block, Grid) for cell in block.cells.values()]
    assert unclear or not [cell for cell in read if cell.text in ("1", "234") and cell.fault is None]


def test_a_head_of_one_column_decides() -> None:
    (rows,) = tables("Commune Montant\nLille 1 234 €\nRoubaix 2 345 €\nTotal 3 579 €")
    assert rows[1:] == [["Lille", "1 234 €"], ["Roubaix", "2 345 €"], ["Total", "3 579 €"]]


def test_percentages_without_a_boxhead() -> None:
    assert tables("Titulaire Permis B 24 %\n\nNon Titulaire 76 %") == [
        [["Titulaire Permis B", "24 %"], ["Non Titulaire", "76 %"]]
    ]


def test_labels_that_hold_digits() -> None:
    (rows,) = tables(
        "Age Femmes Hommes\n16 - 17 ans 67 92\n18 - 21 ans 179 174\n22 - 25 ans 89 78\nTotal 335 344"
    )
    assert rows[0][-2:] == ["Femmes", "Hommes"]
    assert rows[1:] == [
        ["16 - 17 ans", "67", "92"],
        ["18 - 21 ans", "179", "174"],
        ["22 - 25 ans", "89", "78"],
        ["Total", "335", "344"],
    ]


def test_two_pairs_side_by_side() -> None:
    rows = tables(
        "La Madeleine 8 Pérenchies 4\n\nLambersart 11 Quesnoy-sur-Deûle 5\n\nLompret 1 Wambrechies 1"
    )
    assert sorted(figure for row in rows for line in row for figure in line if figure.isdigit()) == sorted(
        ["8", "4", "11", "5", "1", "1"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "679 jeunes ont été accueillis en 2023.\n\n49 % des nouveaux inscrits sont des femmes.",
        "Le nombre d'entretiens a progressé de 5\n% par rapport à l'année 2022.",
        "0\n20\n40\n60\n80",
        "En 2023, 27 130 contacts ont été pris,\nsoit une moyenne de 27\ncontacts par jeune.",
    ],
)
def test_prose_and_axes_are_no_tables(text: str) -> None:
    assert tables(text) == []


def test_on_a_page_the_edges_of_words_decide() -> None:
    """3 087 and 1 634 under two heads; the blanks inside the numbers are narrow, the one between is wide."""
    rows = placed(
        [
            [("Commune", 50, 95), ("Contact", 200, 240), ("Entretien", 300, 345)],
            [("Lille", 50, 75), ("870", 222, 240), ("277", 327, 345)],
            [("Lompret", 50, 90), ("2", 214, 220), ("217", 222, 240), ("1", 319, 325), ("357", 327, 345)],
            [("Total", 50, 75), ("3", 214, 220), ("087", 222, 240), ("1", 319, 325), ("634", 327, 345)],
        ]
    )
    assert tables(rows) == [
        [
            ["Commune", "Contact", "Entretien"],
            ["Lille", "870", "277"],
            ["Lompret", "2 217", "1 357"],
            ["Total", "3 087", "1 634"],
        ]
    ]


def test_an_empty_cell_of_a_page_stays_empty() -> None:
    rows = placed(
        [
            [("Commune", 50, 95), ("Femmes", 200, 240), ("Hommes", 300, 345)],
            [("Lille", 50, 75), ("870", 222, 240), ("277", 327, 345)],
            [("Lompret", 50, 90), ("27", 333, 345)],
            [("Total", 50, 75), ("870", 222, 240), ("304", 327, 345)],
        ]
    )
    ((_, _, lompret, _),) = tables(rows)
    assert lompret == ["Lompret", "", "27"]


PROFILE = """Profil des adhérents
Caractéristiques           Nombre   Part en %
Total                         560       100,0
Mobilité
  Permis B                    372        66,4
  Sans permis                 188        33,6
Genre
  Femmes                      331        59,1
  Hommes                      229        40,9
"""


def test_a_total_over_groups_of_lines_is_the_first_line_of_their_table() -> None:
    ((head, *rows),) = tables(PROFILE)
    assert head == ["Caractéristiques", "Nombre", "Part en %"]
    assert [row[0] for row in rows] == [
        "Total", "Mobilité", "Permis B", "Sans permis", "Genre", "Femmes", "Hommes",
    ]  # fmt: skip


def test_a_total_before_a_blank_line_ends_its_table() -> None:
    assert (
        len(
            tables(
                "Adhérents\nTotal 560 100,0\\n\\nMobilité\\n\\nPermis B 372 66,4\\nSans permis 188 33,6\\n"
            )
        )
        <= 1
    )
