"""A table over agencies and years: sums only of what may be added, and none over years."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app

CONTRACTS = """1) L'emploi
Contrats par commune
Commune;Contrats;Montant;Montant moyen;Part
{rows}
"""
PROFILE = """
total_labels = ["Total"]
[sections]
emploi = { titles = ["L'emploi"] }
[dimensions.commune]
labels = ["Commune"]
[dimensions.commune.members]
"Lambersart" = []
"Lompret" = []
"Croix" = []
[tables.contrats]
section = "emploi"
titles = ["Contrats par commune"]
dimension = "commune"
columns.contrats = { labels = ["Contrats"] }
"""


def report(path: str, *rows: tuple[str, object, object, object, object]) -> str:
    """A report with one table by commune: contracts, amount, mean amount, share."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    lines = [";".join(map(str, row)) for row in rows]
    Path(path).write_text(CONTRACTS.format(rows="\n".join(lines)), encoding="utf-8")
    return path


def network() -> list[str]:
    """Lille and Roubaix in two years; Lompret is only of Lille, Croix of Roubaix, and Lambersart of both."""
    return [
        report("lille/2022/r.csv", ("Lambersart", 10, "100 €", "10 €", "67 %"), ("Lompret", 5, "50 €", "10 €", "33 %"), ("Total", 15, "150 €", "10 €", "100 %")),
        report("lille/2023/r.csv", ("Lambersart", 12, "240 €", "20 €", "75 %"), ("Lompret", 4, "80 €", "20 €", "25 %"), ("Total", 16, "320 €", "20 €", "100 %")),
        report("roubaix/2022/r.csv", ("Lambersart", 1, "30 €", "30 €", "10 %"), ("Croix", 9, "270 €", "30 €", "90 %"), ("Total", 10, "300 €", "30 €", "100 %")),
        report("roubaix/2023/r.csv", ("Lambersart", 2, "80 €", "40 €", "20 %"), ("Croix", 8, "320 €", "40 €", "80 %"), ("Total", 10, "400 €", "40 €", "100 %")),
    ]  # fmt: skip


@pytest.fixture
def stored(monkeypatch, tmp_path):
    """Store reports, then give `mlcheck table` over them as JSON; in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    Path("emploi.toml").write_text(PROFILE, encoding="utf-8")

    def table(files: list[str], *arguments: str, profile: bool = True) -> dict:
        known = ("--profile", "emploi.toml") if profile else ()
        done = CliRunner().invoke(app, ["extract", *files, "-o", "store/", "--format", "parquet", *known])
        assert done.exit_code == 0, done.stderr
        done = CliRunner().invoke(
            app, ["table", "emploi", "--report", "store/*", "--format", "json", *arguments]
        )
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    return table


def values(told: dict) -> dict[str, dict[tuple[str, int | None], object]]:
    """The values of a table by row, then by measure and year."""
    heads = [(column["label"], column["year"]) for column in told["columns"]]
    return {
        row["label"]: {head: cell and cell["value"] for head, cell in zip(heads, row["cells"], strict=True)}
        for row in told["rows"]
    }


def test_counts_and_amounts_are_added_over_agencies_and_years_stay_apart(stored):
    told = values(stored(network(), "--by", "commune"))
    assert told["Lambersart"] == {
        ("Contrats", 2022): 11, ("Contrats", 2023): 14, ("Montant", 2022): 130, ("Montant", 2023): 320,
    }  # fmt: skip
    assert told["Total"] == {
        ("Contrats", 2022): 25, ("Contrats", 2023): 26, ("Montant", 2022): 450, ("Montant", 2023): 720,
    }  # fmt: skip
    assert told["Croix"][("Contrats", 2023)] == 8
    assert told["Lompret"][("Contrats", 2022)] == 5


def test_means_and_shares_are_never_added_and_are_named(stored):
    told = stored(network(), "--by", "commune")
    assert told["never_added"] == ["Montant moyen", "Part"]
    assert {column["label"] for column in told["columns"]} == {"Contrats", "Montant"}


def test_of_one_agency_means_and_shares_are_shown(stored):
    told = values(stored(network()[:2], "--by", "commune"))
    assert told["Lompret"][("Montant moyen", 2023)] == 20
    assert told["Lompret"][("Part", 2022)] == 33


def test_agencies_may_run_down_and_then_nothing_is_added(stored):
    told = values(stored(network(), "--by", "agency", "--year", "2023"))
    assert told == {
        "lille": {
            ("Contrats", 2023): 16,
            ("Montant", 2023): 320,
            ("Montant moyen", 2023): 20,
            ("Part", 2023): 100,
        },
        "roubaix": {
            ("Contrats", 2023): 10,
            ("Montant", 2023): 400,
            ("Montant moyen", 2023): 40,
            ("Part", 2023): 100,
        },
    }


def test_years_may_run_down(stored):
    told = values(stored(network(), "--by", "year"))
    assert told == {
        "2022": {("Contrats", None): 25, ("Montant", None): 450},
        "2023": {("Contrats", None): 26, ("Montant", None): 720},
    }


@pytest.mark.parametrize("by", ["agence", "année", "Agency", "YEAR"])
def test_either_language_names_the_agency_and_the_year(stored, by):
    assert stored(network(), "--by", by)["rows"]


def test_a_commune_that_two_agencies_serve_is_told_of_two(stored):
    told = stored(network(), "--by", "commune", "--year", "2022")
    cells = {row["label"]: row["cells"][0]["agencies"] for row in told["rows"]}
    assert cells == {"Croix": 1, "Lambersart": 2, "Lompret": 1, "Total": 2}


# What is not known, and what is said twice.


def test_an_unknown_figure_is_counted_beside_the_sum_and_nothing_to_report_is_0(stored):
    files = [
        report(
            "lille/2023/r.csv", ("Lambersart", "nd", "1 €", "1 €", "1 %"), ("Lompret", 4, "1 €", "1 €", "1 %")
        ),
        report(
            "roubaix/2023/r.csv",
            ("Lambersart", 2, "1 €", "1 €", "1 %"),
            ("Lompret", "/", "1 €", "1 €", "1 %"),
        ),
    ]
    told = stored(files, "--by", "commune")
    cells = {row["label"]: row["cells"][0] for row in told["rows"]}
    assert cells["Lambersart"] == {"value": 2, "agencies": 1, "unknown": 1, "unlike": 0}
    assert cells["Lompret"] == {"value": 4, "agencies": 2, "unknown": 0, "unlike": 0}
    shown = CliRunner().invoke(app, ["table", "emploi", "--by", "commune", "--report", "store"]).stdout
    assert "2 (+ 1 not known)" in shown


def test_the_report_of_an_agency_in_two_files_counts_once(stored):
    files = network()
    twice = report("lille/2023/slides.csv", ("Lambersart", 12, "240 €", "20 €", "75 %"), ("Lompret", 4, "80 €", "20 €", "25 %"), ("Total", 16, "320 €", "20 €", "100 %"))  # fmt: skip
    assert values(stored([*files, twice], "--by", "commune"))["Total"][("Contrats", 2023)] == 26


def test_two_files_of_an_agency_that_differ_are_told_and_not_added(stored):
    other = report("lille/2023/slides.csv", ("Lambersart", 13, "240 €", "20 €", "75 %"), ("Lompret", 4, "80 €", "20 €", "25 %"), ("Total", 17, "320 €", "20 €", "100 %"))  # fmt: skip
    told = stored([*network(), other], "--by", "commune", "--year", "2023")
    cells = {row["label"]: row["cells"][0] for row in told["rows"]}
    assert cells["Lambersart"] == {"value": 2, "agencies": 1, "unknown": 0, "unlike": 1}
    assert cells["Lompret"] == {"value": 4, "agencies": 1, "unknown": 0, "unlike": 0}


def test_a_table_is_found_by_words_where_no_profile_names_it(stored):
    told = values(stored(network(), "--by", "commune", profile=False))
    assert told["Total"][("Contrats", 2022)] == 25


def test_last_years_figures_are_left_to_its_own_report(stored):
    text = "1) L'emploi\nContrats par sexe\nSexe;2022;2023\nFemmes;{a};{b}\nHommes;{c};{d}\nTotal;{e};{f}\n"
    for name, told in (
        ("lille/2022/r.csv", (0, 5, 0, 6, 0, 11)),
        ("lille/2023/r.csv", (99, 7, 1, 8, 100, 15)),
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text.format(**dict(zip("abcdef", told, strict=True))).replace("2022;2023", f"{int(name[6:10]) - 1};{name[6:10]}"))  # fmt: skip
    told = stored(["lille/2022/r.csv", "lille/2023/r.csv"], "--by", "sexe", profile=False)
    assert [[cell["value"] for cell in row["cells"]] for row in told["rows"]] == [[5, 7], [6, 8], [11, 15]]


# What is not there.


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("logement",), "store has no section “logement”; its sections are: emploi."),
        (("emplois",), "did you mean “emploi”?"),
        (("emploi", "--by", "age"), "no table of this section is by “age”; there are tables by commune."),
        (("emploi", "--year", "1999"), "store holds no such figures"),
    ],
)
def test_what_is_not_there_is_one_sentence(stored, arguments, sentence):
    stored(network())
    done = CliRunner().invoke(app, ["table", *arguments, "--report", "store"])
    assert done.exit_code == 2
    assert sentence in done.stderr.replace("\n", " ")


def test_a_store_without_figures_is_one_sentence(stored):
    report("lille/2023/r.csv")
    Path("empty.csv").write_text("")
    CliRunner().invoke(app, ["extract", "empty.csv", "-o", "none/", "--format", "parquet"])
    done = CliRunner().invoke(app, ["table", "emploi", "--report", "none"])
    assert done.exit_code == 2
    assert "none holds no such figures" in done.stderr


def test_agencies_called_by_numbers_keep_their_names_and_other_files_are_passed_over(stored):
    files = [file for file in network() if "2023" in file]
    Path("lille").rename("01")
    Path("roubaix").rename("1")
    told = stored([file.replace("lille", "01").replace("roubaix", "1") for file in files], "--by", "agency")
    assert [row["label"] for row in told["rows"]] == ["01", "1"]
    Path("store/figures/README.md").write_text("ours")
    again = CliRunner().invoke(
        app, ["table", "emploi", "--report", "store", "--by", "agency", "--format", "json"]
    )
    assert json.loads(again.stdout) == told


def test_an_output_in_the_store_is_refused(stored):
    stored(network())
    done = CliRunner().invoke(app, ["table", "emploi", "--report", "store", "-o", "store/figures/t.csv"])
    assert done.exit_code == 2
    assert not Path("store/figures/t.csv").exists()


@pytest.mark.parametrize("form", ["terminal", "markdown", "csv"])
def test_every_format_says_what_was_added_of_how_many(stored, form):
    stored(network())
    shown = (
        CliRunner()
        .invoke(app, ["table", "emploi", "--by", "commune", "--report", "store", "--format", form])
        .stdout
    )
    assert all(text in shown for text in ("Lambersart", "Contrats", "2022", "Montant", "2023", "Agencies"))
    assert ("Never added up" in shown) == (form != "csv")
