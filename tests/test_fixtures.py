"""The files of fixtures/ hold what their sources say, and the invented year agrees with itself."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from fixtures.build.__main__ import built_files
from fixtures.build.documents import report_pages

FIXTURES = Path(__file__).parent.parent / "fixtures"
SINGLE_ROWS = {"T07": 1634, "T09": 1634, "T14": 468, "T15": 468, "T20": 859, "T28": 645, "T29": 58, "T30": 58}
ARCHIVES = (".xlsx", ".pptx", ".docx", ".ods")
Figures = dict[tuple[str, str, str], int]


def lines_of(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def cells_of(name: str) -> dict[tuple[str, str], tuple]:
    book = openpyxl.load_workbook(FIXTURES / name)
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def shown(value: str | int | float, number_format: str) -> str:
    """Return what a French Excel shows of a cell."""
    if isinstance(value, str):
        return value
    percent = number_format == "0\\ %"
    number = Decimal(str(value)) * (100 if percent else 1)
    grouped = f"{number.quantize(Decimal(1), ROUND_HALF_UP):,}".replace(",", " ")
    return grouped + {"0\\ %": " %", '#,##0\\ "€"': " €"}.get(number_format, "")


@cache
def figures_of(year: int) -> Figures:
    """Return the figures of a report by (table, row, column), "/" left out."""
    return {
        (cell.figure.table, cell.figure.row, cell.figure.column): cell.content.number
        for page in report_pages(year)
        for cell in page.cells
        if cell.figure and cell.content.number is not None
    }


def column(year: int, table: str, index: int = 0) -> dict[str, int]:
    """Return one column of a table by row label, in lower case; "/" is 0."""
    rows: dict[str, list[int]] = {}
    for page in report_pages(year):
        for cell in page.cells:
            if cell.figure and cell.figure.table == table:
                rows.setdefault(cell.figure.row.lower(), []).append(cell.content.number or 0)
    return {label: values[index] for label, values in rows.items()}


def total(year: int, table: str, index: int = 0) -> int:
    return next(value for label, value in column(year, table, index).items() if label.startswith("total"))


def parts(year: int, table: str, index: int = 0) -> dict[str, int]:
    return {k: v for k, v in column(year, table, index).items() if not k.startswith("total")}


def test_a_new_build_gives_the_committed_files():
    for name, content in built_files().items():
        committed = (FIXTURES / name).read_bytes()
        if not name.endswith(ARCHIVES):
            assert content == committed, name
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as new, zipfile.ZipFile(io.BytesIO(committed)) as old:
            assert [(e.filename, e.date_time, e.CRC) for e in new.infolist()] == [
                (e.filename, e.date_time, e.CRC) for e in old.infolist()
            ], f"{name}: run make fixtures"


def test_two_builds_give_the_same_bytes():
    assert built_files() == built_files()


def test_every_figure_stands_where_the_list_says():
    places = lines_of("places.csv")
    cells = cells_of("report-2023.xlsx")
    assert len({place["table"] for place in places}) == 37
    assert len(places) == 419
    assert Counter(place["printed"] == "/" for place in places) == {True: 29, False: 390}
    for place in places:
        text = shown(*cells[place["sheet"], place["cell"]])
        assert text == place["printed"] or (
            text.startswith("Total :") and f" {place['printed']} " in f"{text} "
        ), place


def test_figures_are_the_published_ones():
    printed = {(p["table"], p["row"], p["column"]): p["printed"] for p in lines_of("places.csv")}
    for key, text in {
        ("T01", "Total général :", "Nombre de jeunes en 1er accueil"): "679",
        ("T01", "Verlinghem", "Dont jeunes résidant dans un Quartier Politique de la Ville"): "/",
        ("T05", "Logement précaire", ""): "22 %",
        ("T08", "", "18 - 21 ans"): "49 %",
        ("T19", "BTP", "Ventes"): "28",
        ("T29", "", "Sans diplôme"): "27",
        ("T31", "Saint-André-Lez-Lille", ""): "4",
        ("T33", "Total :", "Montant"): "2 076 074 €",
        ("T34", "Saint-André-lez-Lille", "Montant"): "2 165 €",
        ("T37", "Saint-André-Lez-Lille", "Montant"): "860 €",
        ("T37", "Total :", "Montant"): "10 029 €",
    }.items():
        assert printed[key] == text, key


def test_every_claim_stands_in_its_cell():
    claims = lines_of("claims.csv")
    cells = cells_of("report-2023.xlsx")
    assert len({claim["id"] for claim in claims}) == 132
    assert len({(claim["sheet"], claim["cell"], claim["start"]) for claim in claims}) == 132
    for claim in claims:
        text, _ = cells[claim["sheet"], claim["cell"]]
        assert text == claim["sentence"]
        assert text[int(claim["start"]) : int(claim["end"])] == claim["printed"]


def test_claims_deserve_known_verdicts():
    claims = lines_of("claims.csv")
    assert Counter(claim["verdict"] for claim in claims) == {
        "consistent": 69,
        "unverifiable": 62,
        "inconsistent": 1,
    }
    turned = [claim for claim in claims if claim["with_prior"] != claim["verdict"]]
    assert {claim["against"] for claim in turned} == {"prior"}
    assert {claim["with_prior"] for claim in turned} == {"consistent"}
    assert len(turned) == 14
    assert [c["printed"] for c in claims if c["verdict"] == "inconsistent"] == ["29 €"]


@pytest.mark.parametrize("year", [2022, 2023])
def test_columns_add_up_to_their_totals(year):
    communes = [*(f"T{n:02}" for n in (1, 6, 11, 13, 17, 21, 22, 23, 24, 25, 32, 33, 34, 35, 36, 37))]
    others = ["T02", "T03", "T10", "T12", "T16", "T18", "T26", "T27"]
    fees = {(2022, "T37", 1): 27, (2023, "T37", 1): 34}  # 2023 prints 29 of them: the known error
    for table in communes + others:
        for index in range(
            sum(1 for key in figures_of(year) if key[0] == table and key[1].startswith("Total"))
        ):
            expected = total(year, table, index) - fees.get((year, table, index), 0)
            assert sum(parts(year, table, index).values()) == expected, (table, index)


@pytest.mark.parametrize("year", [2022, 2023])
def test_rows_add_up_and_percentages_make_100(year):
    figures = figures_of(year)
    for table in SINGLE_ROWS:
        row = {key[2]: value for key, value in figures.items() if key[0] == table}
        whole = row.pop("Total :", None)
        if year == 2023:
            assert whole in (None, SINGLE_ROWS[table])
            assert sum(row.values()) == SINGLE_ROWS[table], table
        assert whole in (None, sum(row.values())), table
    for label in ("Femmes", "Hommes", "Total"):
        *ages, whole = (value for key, value in figures.items() if key[:2] == ("T03", label))
        assert sum(ages) == whole
    for table in ("T04", "T05", "T08"):
        assert sum(value for key, value in figures.items() if key[0] == table) == 100


@pytest.mark.parametrize("year", [2022, 2023])
def test_no_dont_exceeds_its_whole(year):
    for table in ("T01", "T06", "T11", "T24", "T25"):
        whole, dont = column(year, table, 0), column(year, table, 1)
        assert all(dont[label] <= whole[label] for label in whole), table


@pytest.mark.parametrize("year", [2022, 2023])
def test_tables_agree_with_one_another(year):
    def row(table: str) -> int:
        values = [v for k, v in figures_of(year).items() if k[0] == table and k[2] != "Total :"]
        return sum(values)

    ages = [
        sum(v for k, v in figures_of(year).items() if k[0] == "T02" and k[1].lower() == age)
        for age in parts(year, "T02")
    ]
    assert ages == [total(year, "T03", index) for index in range(3)]
    assert total(year, "T01") == total(year, "T03", 3) == sum(ages)
    assert total(year, "T06", 1) == row("T07") == row("T09")
    assert total(year, "T10") == total(year, "T11")
    nature = column(year, "T10")
    assert nature["entretien individuel"] + nature["information collective / atelier"] == total(
        year, "T11", 1
    )
    assert row("T14") == row("T15") == total(year, "T17")
    assert total(year, "T18") == total(year, "T21")
    assert column(year, "T18")["alternance"] == total(year, "T23")
    assert column(year, "T18")["contrat unique d’insertion (pec et cie en cdd)"] >= total(year, "T22")
    assert total(year, "T25", 1) == row("T28")
    assert row("T29") == row("T30") == row("T31")
    followed = {"T01": "T06", "T17": "T06", "T24": "T06", "T25": "T06", "T33": "T25"}
    for table, whole in followed.items():
        within = parts(year, whole)
        assert all(value <= within[label] for label, value in parts(year, table).items()), table


def test_the_invented_year_gives_what_the_report_quotes_of_it():
    newcomers, received = total(2022, "T01"), total(2022, "T06", 1)
    level = {key[2]: value for key, value in figures_of(2022).items() if key[0] == "T07"}
    shares = {
        48: Fraction(column(2022, "T03", 3)["femmes"], newcomers),
        51: Fraction(total(2022, "T02", 2) + total(2022, "T02", 3), newcomers),
        22: Fraction(total(2022, "T03"), newcomers),
        57: Fraction(level["BEP/CAP"] + level["Aucun diplôme"], received),
    }
    for percent, share in shares.items():
        assert abs(100 * share - percent) < Fraction(1, 10), percent
    kinds = {year: column(year, "T18") for year in (2022, 2023)}
    rises = [
        (8, total(2022, "T01"), total(2023, "T01")),
        (5, total(2022, "T11", 1), total(2023, "T11", 1)),
        (22, total(2022, "T16"), total(2023, "T16")),
        (22, total(2022, "T17"), total(2023, "T17")),
        (15, total(2022, "T18"), total(2023, "T18")),
        (10, kinds[2022]["cdi (dont cie en cdi)"], kinds[2023]["cdi (dont cie en cdi)"]),
        (16, kinds[2022]["intérim / saisonnier"], kinds[2023]["intérim / saisonnier"]),
    ]
    for percent, former, present in rises:
        assert abs(100 * (Fraction(present, former) - 1) - percent) < Fraction(1, 2), (
            percent,
            former,
            present,
        )


def test_the_invented_year_says_that_it_is_invented():
    cells = cells_of("report-2022.xlsx")
    assert "fictives" in cells["1 Public", "A2"][0]
    assert not any("2023" in str(value) or "2021" in str(value) for value, _ in cells.values())


def test_the_sentences_of_the_invented_year_agree_with_its_tables():
    def percent(part: int, whole: int) -> str:
        return f"{Decimal(100 * part / whole).quantize(Decimal(1), ROUND_HALF_UP)} %"

    def grouped(number: int) -> str:
        return f"{number:,}".replace(",", " ")

    row = {key[0] + key[2]: value for key, value in figures_of(2022).items() if not key[1]}
    below = {table: row[f"{table}BEP/CAP"] + row[f"{table}Aucun diplôme"] for table in ("T07", "T20", "T28")}
    employment = column(2022, "T12")["accès à l'emploi"]
    contacts, followed = total(2022, "T26"), total(2022, "T25")
    text = "\n".join(str(value) for value, _ in cells_of("report-2022.xlsx").values())
    for sentence in (
        f"a réalisé {total(2022, 'T01')} nouvelles inscriptions",
        f"{percent(below['T07'], row['T07Total :'])} des jeunes ont un niveau inférieur au BAC",
        f"{row['T08' + '18 - 21 ans']} % des jeunes accompagnés ont entre 18 et 21 ans",
        f"{percent(row['T09Hommes'], row['T09Total :'])} des jeunes sont des hommes",
        f"{grouped(total(2022, 'T11'))} contacts dont {grouped(total(2022, 'T11', 1))} entretiens",
        f"(dont {percent(employment, total(2022, 'T12'))} sur la thématique",
        f"{row['T15Total :']} jeunes ont bénéficié de {total(2022, 'T16')} actions de formation",
        f"{row['T20Total :']} jeunes ont bénéficié de {grouped(total(2022, 'T18'))} situations emploi",
        f"{percent(below['T20'], row['T20Total :'])} ont un niveau inférieur au BAC",
        f"{followed} jeunes ont bénéficié de {grouped(contacts)} contacts",
        f"soit une moyenne de {round(contacts / followed)} contacts par jeune",
        f"{percent(below['T28'], row['T28Total :'])} ont un niveau inférieur au BAC",
        f"{percent(48, row['T28Total :'])} résident dans un Quartier Politique de la Ville (48 jeunes)",
        f"bénéficié de {grouped(total(2022, 'T32', 1))} € d’allocations PACEA",
        f"bénéficié de {grouped(total(2022, 'T33', 1))} € d’allocations GJ/CEJ",
        f"{grouped(total(2022, 'T37', 1))} € ont été alloués aux jeunes",
    ):
        assert sentence in text, sentence


def test_planted_errors_are_the_only_differences():
    sound, wrong = cells_of("report-2023.xlsx"), cells_of("report-2023-errors.xlsx")
    changed = {place for place in sound.keys() | wrong.keys() if sound.get(place) != wrong.get(place)}
    errors = tomllib.loads((FIXTURES / "errors.toml").read_text(encoding="utf-8"))["error"]
    listed = [cell for error in errors for cell in error["cells"]]
    assert changed == {(cell["sheet"], cell["cell"]) for cell in listed}
    assert len(changed) == len(listed)
    for cell in listed:
        place = cell["sheet"], cell["cell"]
        assert shown(*sound[place]) == cell["was"]
        assert shown(*wrong[place]).replace(" ", "") == cell["printed"].replace(" ", "")


def test_every_family_of_rules_has_a_planted_error():
    errors = tomllib.loads((FIXTURES / "errors.toml").read_text(encoding="utf-8"))["error"]
    assert {error["family"] for error in errors} == {
        "structure", "totals", "parts", "shares", "variations", "agreement", "means", "cross-table",
        "plausibility",
    }  # fmt: skip
    assert {error["needs_prior"] for error in errors} == {True, False}
