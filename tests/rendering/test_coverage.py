"""What is covered and what is not, as bars, lists, values and JSON."""

import csv
import io
import json

import polars as pl
import pytest

from mlcheck.rendering.coverage.view import render_coverage
from mlcheck.rendering.view import View
from tests.rendering import cases

TITLES = [None, "Aides directes", "Aides directes", "Aides directes", "Aides directes"]
LABELS = ["49 % des nouveaux inscrits sont des femmes", "La Madeleine", "Lambersart", "Lompret", "Total"]


def covered(**changes):
    """The report of the other tests, with what the coverage adds to its figures."""
    figures = cases.figures().with_columns(
        title=pl.Series(TITLES, dtype=pl.String), label=pl.Series(LABELS), chapter=pl.col("section"),
        below=pl.Series(["1", "0", None, None, None]), above=pl.Series(["2", None, None, None, None]),
    )  # fmt: skip
    return cases.report(**({"figures": figures, "findings": ()} | changes))


def mutations(*rows):
    schema = {"figure": pl.UInt32, "kind": pl.String, "mistyped": pl.String, "caught": pl.Boolean}
    schema |= {"first": pl.Float64, "three": pl.Float64, "suspected": pl.Boolean, "equalities": pl.UInt32}
    return pl.DataFrame(rows, schema=schema, orient="row")


MADE = mutations(
    (2, "swapped", "1 140", True, 0.25, 0.75, True, 1),
    (5, "swapped", "12 009", True, 1.0, 1.0, True, 2),
    (1, "one off", "48", False, 0.0, 0.0, False, 0),
)


def written(form, made=None, language="en", color=False, **changes):
    return "".join(render_coverage(form, covered(**changes), made, View(language, 100, color)))


def test_a_bar_a_chapter_and_a_bar_a_table():
    lines = written("terminal").splitlines()
    assert lines[1] == "█ proven   ▓ bounded   ▚ contradicted   ░ without any check"
    assert lines[3] == f"{'3) Formation':<60}  {'▓' * 24}  100%       1"
    assert lines[4] == f"{'  sentences':<60}  {'▓' * 24}  100%       1"
    helps = next(line for line in lines if line.startswith("10) Aides"))
    assert helps == f"{'10) Aides financières':<60}  {'█' * 8}{'▚' * 8}{'░' * 8}   66%       3"


def test_every_verdict_that_occurs_has_a_block_and_the_bar_is_full():
    figures = covered().figures
    many = pl.concat([figures.filter(pl.col("figure") == 2)] * 200 + [figures.filter(pl.col("figure") != 2)])
    bars = [line for line in written("terminal", figures=many).splitlines() if "█" in line and "%" in line]
    assert len(bars) == 2
    for line in bars:
        assert (line.count("█"), line.count("▚"), line.count("░")) == (22, 1, 1)


def test_the_figures_in_no_check_are_named():
    lines = [line.rstrip() for line in written("terminal").splitlines()]
    at = lines.index("Without any check")
    assert lines[at + 1] == "  Aides directes"
    assert lines[at + 2].startswith("    “Lambersart” 8 585 € ")
    assert lines[at + 2].endswith(" Aides!C5")
    assert "Lompret" not in "\n".join(lines)  # "/" is no figure


def test_the_errors_that_would_pass_are_told_the_largest_first():
    lines = written("terminal").splitlines()
    at = lines.index("Errors that would pass unnoticed, the largest first")
    assert lines[at + 1].startswith("    “La Madeleine” 1 410 € — 1,410 € and more would pass")
    assert lines[at + 2].startswith(
        "    “49 % des nouveaux inscrits sont des femmes” 49 % — 48% to 51% would pass"
    )


def test_the_last_line_is_the_share_rounded_down():
    assert written("terminal").splitlines()[-2:] == [
        "4 figures: 1 proven, 1 bounded, 1 contradicted, 1 without any check",
        "75% of the printed figures are checked",
    ]


def test_colours_only_where_the_terminal_has_them():
    assert "\x1b[32m█" in written("terminal", color=True)
    assert "\x1b" not in written("terminal")


def test_in_french():
    text = written("terminal", MADE, language=None)
    assert "░ sans contrôle" in text
    assert "75 % des chiffres imprimés sont contrôlés" in text
    assert "3 fautes de frappe faites une à une, 2 vues (67 %)" in text


def test_typing_errors_by_kind_and_by_table_with_ties_split():
    text = written("terminal", MADE)
    assert "3 typing errors made one at a time, 2 noticed (67%)" in text
    cells = [
        [cell.strip() for cell in line.strip("│").split("│")] for line in text.splitlines() if "│" in line
    ]
    assert ["two digits swapped", "2", "100%", "63%", "88%"] in cells
    assert ["off by one", "1", "0%", "—", "—"] in cells
    assert ["Aides directes", "2", "100%", "63%", "88%"] in cells
    assert ["sentences of “3) Formation”", "1", "0%", "—", "—"] in cells


def test_json_has_all_of_it():
    told = json.loads(written("json", MADE))
    assert told["summary"] == {
        "figures": 4, "checked": 3, "proven": 1, "bounded": 1, "contradicted": 1, "unchecked": 1,
    }  # fmt: skip
    assert [(t["table"], t["figures"], t["checked"]) for t in told["tables"]] == [
        (None, 1, 1),
        ("Aides directes", 3, 2),
    ]
    (left,) = told["unchecked"]
    assert (left["row"], left["stated"], left["location"]["cell"]) == ("Lambersart", "8 585 €", "C5")
    assert [(b["stated"], b["too_low"], b["too_high"]) for b in told["blind_spots"]] == [
        ("1 410 €", 0, None),
        ("49 %", 1.0, 2.0),
    ]
    assert told["mutations"]["made"] == 3
    assert told["mutations"]["kinds"][0] == {
        "kind": "swapped", "made": 2, "noticed": 2, "first_right": 0.625, "right_among_three": 0.875,
    }  # fmt: skip
    assert "mutations" not in json.loads(written("json"))


def test_csv_has_a_line_a_figure_or_a_line_a_typing_error():
    rows = list(csv.DictReader(io.StringIO(written("csv"))))
    assert [(r["cell"], r["verdict"], r["too_low"], r["too_high"]) for r in rows] == [
        ("A12", "bounded", "1", "2"),
        ("C4", "proven", "0", "any"),
        ("C5", "unchecked", "", ""),
        ("C15", "contradicted", "", ""),
    ]
    made = list(csv.DictReader(io.StringIO(written("csv", MADE))))
    assert [(r["cell"], r["kind"], r["mistyped"], r["noticed"]) for r in made] == [
        ("A12", "one off", "48", "False"),
        ("C4", "swapped", "1 140", "True"),
        ("C15", "swapped", "12 009", "True"),
    ]


def test_markdown_has_a_table_for_each_part():
    text = written("markdown", MADE)
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads[1:] == [
        "## Without any check",
        "## Errors that would pass unnoticed, the largest first",
        "## Typing errors",
    ]
    assert "| Aides!C5" in text


@pytest.mark.parametrize("form", ["terminal", "json", "csv", "markdown"])
def test_a_report_whose_figures_are_all_checked_has_nothing_to_list(form):
    figures = (
        covered().figures.filter(pl.col("figure") == 1).with_columns(below=pl.lit("0"), above=pl.lit("0"))
    )
    text = written(form, figures=figures)
    assert "Without any check" not in text
    assert "would pass" not in text
