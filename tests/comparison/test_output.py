"""The comparison of two files in each format."""

import csv
import io
import json

import pytest
from msgspec.structs import replace

from mlcheck.rendering.comparison import FORMATS, render_comparison
from mlcheck.rendering.view import View
from tests.comparison.drawn import compared

LEFT = """
# Les contrats signés
Commune  CDI  CDD
La Madeleine  112  30
Lambersart  410  45
Lompret  9  4
Pérenchies  12  nd
"""
RIGHT = LEFT.replace("410", "401").replace("nd", "7").replace("Lompret  9  4\n", "")
OTHER = "# Les formations\nSexe  Nombre\nFemmes  12\nHommes  [9]\n"


@pytest.fixture(scope="module")
def comparison():
    found = compared([LEFT, OTHER.replace("[9]", "9")], RIGHT)
    (one,) = found.differences
    told = replace(
        one,
        left=replace(one.left, coverage="contradicted"),
        right=replace(one.right, coverage="proven"),
        favours="right",
        hint="two digits swapped",
    )
    return replace(found, compared=tuple(told if each is one else each for each in found.compared))


def written(comparison, form, **view):
    return "".join(render_comparison(form, comparison, View("en", **view)))


def test_the_terminal(comparison):
    assert written(comparison, "terminal", width=100) == (
        "a-2023 ↔ b-2023 · report of 2023\n"
        "\n"
        "Feuille 1\n"
        "  ✗ Les contrats signés, “Lambersart · CDI”\n"
        "      a-2023, Feuille 1!B4 prints 410; b-2023, Feuille 1!B4 prints 401\n"
        "      two digits swapped · 410 contradicts other figures of a-2023 · 401 is proven by the other\n"
        "      figures of b-2023\n"
        "\n"
        "Only in a-2023\n"
        "  Les formations: the whole table, 2 figures                                            Feuille 2!B3\n"
        "  Les contrats signés\n"
        "    “Lompret · CDI” 9                                                                   Feuille 1!B5\n"
        "    “Lompret · CDD” 4                                                                   Feuille 1!C5\n"
        "\n"
        "Only in b-2023\n"
        "  Les contrats signés\n"
        "    “Pérenchies · CDD” 7 — the other file prints nd                                     Feuille 1!C5\n"
        "\n"
        "5 figures in both: 4 alike, 0 rounded differently, 1 different\n"
        "only in a-2023: 4 figures · only in b-2023: 1 figure\n"
        "✗ 1 difference\n"
    )


def test_what_only_one_states_is_shortened_on_the_terminal_alone():
    rows = "\n".join(f"Ville {letter}  12  13" for letter in "abcdefghij")
    found = compared(f"{LEFT}{rows}\n", LEFT)
    assert "    … and 16 others\n" in written(found, "terminal")
    assert written(found, "markdown").count("Ville") == 20


def test_nothing_in_both():
    found = compared(LEFT, OTHER.replace("[9]", "9"))
    assert written(found, "terminal").endswith(
        "? no figure stands in both a-2023 and b-2023: nothing could be compared.\n"
    )


def test_all_that_both_state_agrees():
    assert written(compared(LEFT, LEFT), "terminal").endswith("✓ all that both state agrees\n")


def test_json(comparison):
    told = json.loads(written(comparison, "json"))
    assert told["schema_version"] == 1
    assert (told["left"]["source"], told["left"]["figures"], told["right"]["tables"]) == ("a-2023", 9, 1)
    assert told["summary"] == {
        "compared": 5, "equal": 4, "rounded": 0, "different": 1, "only_left": 4, "only_right": 1,
        "tables": 1, "tables_only_left": 1, "tables_only_right": 0,
    }  # fmt: skip
    (one,) = told["differences"]
    assert (one["label"], one["favours"], one["hint"]) == ("Lambersart · CDI", "right", "two digits swapped")
    assert (one["left"]["stated"], one["left"]["value"], one["left"]["verdict"]) == (
        "410",
        410,
        "contradicted",
    )
    assert one["right"]["location"]["cell"] == "B4"
    assert len(told["agreements"]) == 4
    assert [one["whole_table"] for one in told["only_left"]] == [False, False, True, True]
    assert told["only_right"][0]["beside"] == "nd"
    assert told["tables_only_left"][0]["title"] == "Les formations"
    assert told["tables"][0]["different"] == 1


def test_csv_has_a_line_a_figure(comparison):
    head, *lines = csv.reader(io.StringIO(written(comparison, "csv")))
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    assert [row["agreement"] for row in rows].count("different") == 1
    assert len(rows) == 5 + 4 + 1
    (one,) = (row for row in rows if row["agreement"] == "different")
    assert (one["left_stated"], one["right_stated"], one["favours"]) == ("410", "401", "right")
    assert one["left_verdict"] == "contradicted"
    (one,) = (row for row in rows if row["agreement"] == "only_right")
    assert (one["left_stated"], one["right_stated"], one["right_cell"]) == ("nd", "7", "C5")


def test_markdown_shows_what_it_is_given(comparison):
    told = written(comparison, "markdown")
    assert "**✗ 1 difference**" in told
    assert "410 (Feuille 1!B4)" in told
    assert "- Les formations (Feuille 2!B3): the whole table, 2 figures" in told


@pytest.mark.parametrize("form", FORMATS)
def test_two_files_of_one_name_are_told_by_their_paths(comparison, form):
    same = replace(
        comparison,
        left=replace(comparison.left, source="old/report.xlsx"),
        right=replace(comparison.right, source="new/report.xlsx"),
    )
    told = written(same, form)
    if form != "csv":
        assert "old/report.xlsx" in told
        assert "new/report.xlsx" in told
