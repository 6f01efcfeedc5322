"""The ordinary workbook of two years: it agrees with itself, its copies hold their errors, mlcheck tells those."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from typer.testing import CliRunner

from fixtures.build.documents import source_pages
from fixtures.build.errors import plant, read_changes
from fixtures.build.page import Page
from mlcheck.checking import check
from mlcheck.cli.main import app
from mlcheck.model.finding import Finding, Report
from mlcheck.model.place import is_place_of
from tests.checking.fixture import plain
from tests.fixture_documents.opened import lines_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
LISTED = FIXTURES / "two-years-errors.toml"
ERRORS: list[dict[str, Any]] = tomllib.loads(LISTED.read_text(encoding="utf-8"))["error"]
SUFFIXES = ("xlsx", "pptx", "docx", "pdf")
SUM = re.compile(r"=SUM\(([A-Z]+\d+):([A-Z]+\d+)\)")
Columns = dict[str, dict[str, Fraction]]

formats = pytest.mark.parametrize("suffix", SUFFIXES)


# ---- the figures -------------------------------------------------------------------------------------------


def columns_of(sheet: str, stub: str) -> Columns:
    """Return the columns of the table whose stub has this head, each by row label; blanks are left out."""
    rows = openpyxl.load_workbook(FIXTURES / "two-years.xlsx", data_only=True)[sheet].iter_rows(
        values_only=True
    )
    boxhead = next(row for row in rows if row[0] == stub)
    columns: Columns = {str(head): {} for head in boxhead[1:] if head}
    for label, *values in rows:
        for head, value in zip(columns, values, strict=False):
            if value is not None:
                columns[head][label] = Fraction(str(value))
        if label == "Total":
            break
    return columns


def parts(column: dict[str, Fraction]) -> list[Fraction]:
    return [value for label, value in column.items() if label != "Total"]


def is_printed(exact: Fraction, stored: Fraction, last_digit: str) -> bool:
    """Tell whether a number is what is stored, but for the rounding of its last digit."""
    return abs(exact - stored) <= Fraction(last_digit) / 2


ANTENNES, AGES, LEVELS, OBJECTIVES, MONTHS, WORKSHOPS, AIDS = (
    columns_of(*where)
    for where in (
        ("1 Accueil", "Antenne"),
        ("1 Accueil", "Âge"),
        ("1 Accueil", "Niveau de qualification"),
        ("2 Accompagnement", "Action"),
        ("2 Accompagnement", "Mois"),
        ("2 Accompagnement", "Atelier"),
        ("3 Aides", "Nature de l’aide"),
    )
)


def test_columns_add_up_to_their_totals():
    summed = [
        *(ANTENNES[year] for year in ("2022", "2023")),
        *AGES.values(),
        *LEVELS.values(),
        *(OBJECTIVES[head] for head in ("Objectif", "Réalisé")),
        MONTHS["Entrées"],
        *WORKSHOPS.values(),
        *(AIDS[head] for head in ("Nombre", "Montant")),
    ]
    assert [sum(parts(column)) for column in summed] == [column["Total"] for column in summed]
    assert AGES["Total"] == {age: AGES["Femmes"][age] + AGES["Hommes"][age] for age in AGES["Total"]}
    assert LEVELS["Part"]["Total"] == 1


def test_growths_means_rates_and_shares_are_those_of_their_lines():
    for label, growth in ANTENNES["Évolution"].items():
        assert is_printed(ANTENNES["2023"][label] / ANTENNES["2022"][label] - 1, growth, "0.001"), label
    for label, mean in AIDS["Montant moyen"].items():
        assert is_printed(AIDS["Montant"][label] / AIDS["Nombre"][label], mean, "0.01"), label
    for label, rate in OBJECTIVES["Taux de réalisation"].items():
        assert is_printed(OBJECTIVES["Réalisé"][label] / OBJECTIVES["Objectif"][label], rate, "0.01"), label
    for label, share in LEVELS["Part"].items():
        assert is_printed(
            LEVELS["Nombre de jeunes"][label] / LEVELS["Nombre de jeunes"]["Total"], share, "0.01"
        ), label


def test_the_running_total_runs_and_has_no_total():
    entries = parts(MONTHS["Entrées"])
    assert list(MONTHS["Cumul"].values()) == [sum(entries[: n + 1]) for n in range(12)]
    assert "Total" not in MONTHS["Cumul"]


def test_tables_agree_with_one_another():
    assert ANTENNES["2023"]["Total"] == AGES["Total"]["Total"] == LEVELS["Nombre de jeunes"]["Total"]
    assert OBJECTIVES["Réalisé"]["Entrées en CEJ"] == MONTHS["Entrées"]["Total"]


def test_sentences_agree_with_the_tables():
    young, before = ANTENNES["2023"]["Total"], ANTENNES["2022"]["Total"]
    assert (young, before) == (1284, 1180)
    assert is_printed(young / before - 1, Fraction("0.088"), "0.001")
    assert [ANTENNES[year]["Antenne du Plateau"] for year in ("2022", "2023")] == [184, 219]
    assert is_printed(Fraction(219, 184) - 1, Fraction("0.19"), "0.01")
    assert is_printed(AGES["Femmes"]["Total"] / young, Fraction("0.53"), "0.01")
    assert is_printed(LEVELS["Nombre de jeunes"]["Aucun diplôme"] / young, Fraction("0.29"), "0.01")
    assert OBJECTIVES["Taux de réalisation"]["Entrées en CEJ"] == Fraction("0.96")
    assert (AIDS["Nombre"]["Total"], AIDS["Montant"]["Total"]) == (673, 80140)
    assert is_printed(Fraction(80140, 673), Fraction(119), "1")


# ---- the workbook and its copies ---------------------------------------------------------------------------


class Sum(NamedTuple):
    """A computed total: its place and value, the values it sums, and all that stand before it in their line."""

    place: str
    value: int
    summed: list[int | float]
    line: list[int | float]


def sums(name: str) -> list[Sum]:
    """Return the computed totals of a workbook."""
    stored, written = (openpyxl.load_workbook(FIXTURES / name, data_only=data) for data in (True, False))
    return [
        _sum(stored[sheet.title], cell.coordinate, cell.value)
        for sheet in written
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def _sum(sheet: Any, total: str, formula: str) -> Sum:
    first, last = SUM.fullmatch(formula).groups()
    summed, line = ([cell.value for row in sheet[f"{first}:{end}"] for cell in row] for end in (last, total))
    return Sum(f"{sheet.title}!{total}", sheet[total].value, summed, line[:-1])


def exact_sum(values: list[int | float]) -> Fraction:
    return sum((Fraction(str(value)) for value in values), Fraction(0))


def test_totals_are_computed_from_all_lines():
    found = sums("two-years.xlsx")
    assert len(found) == 17
    for one in found:
        assert one.summed == one.line, one.place
        assert exact_sum(one.summed) == one.value, one.place


def test_one_sum_of_the_copy_with_errors_leaves_out_a_line():
    (short,) = (one for one in sums("two-years-errors.xlsx") if one.summed != one.line)
    assert (short.place, short.value) == ("2 Accompagnement!C37", exact_sum(short.summed))
    assert short.line == [*short.summed, 85]


def changed_pages() -> tuple[list[Page], list[Page]]:
    sound, wrong = source_pages("two-years"), source_pages("two-years")
    plant(wrong, read_changes(LISTED))
    return sound, wrong


def words(lines: Iterable[str]) -> Counter[str]:
    return Counter(word for line in lines for word in line.split())


def printed(pages: list[Page]) -> Counter[str]:
    return words(cell.content.shown for page in pages for cell in page.cells)


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != "xlsx"])
def test_the_copy_of_a_document_differs_in_the_listed_words_alone(suffix):
    sound, wrong = changed_pages()
    was, now = (
        words(lines_of(f".{suffix}", (FIXTURES / f"{name}.{suffix}").read_bytes()))
        for name in ("two-years", "two-years-errors")
    )
    assert now - was == printed(wrong) - printed(sound)
    assert was - now == printed(sound) - printed(wrong)


def test_the_copy_of_the_workbook_differs_in_the_listed_cells_alone():
    was, now = (
        {
            (sheet.title, cell.coordinate): cell.value
            for sheet in openpyxl.load_workbook(FIXTURES / f"{name}.xlsx")
            for row in sheet.iter_rows()
            for cell in row
        }
        for name in ("two-years", "two-years-errors")
    )
    listed = {(cell["sheet"], cell["cell"]) for error in ERRORS for cell in error["cells"]}
    assert {place for place in was.keys() | now.keys() if was.get(place) != now.get(place)} == listed
    assert len(listed) == len(ERRORS) == 4
    assert {error["places"]["xlsx"] for error in ERRORS} == {"!".join(place) for place in listed}


def test_the_report_says_that_it_is_invented():
    cell = openpyxl.load_workbook(FIXTURES / "two-years.xlsx")["1 Accueil"]["A2"]
    assert "fictives" in cell.value


# ---- what mlcheck says -------------------------------------------------------------------------------------


def report_of(name: str) -> Report:
    (report,) = check([FIXTURES / name])
    return report


def named_first(finding: Finding) -> tuple[Any, str, str]:
    """Return the place that a finding names first, what it prints and what it should print."""
    if finding.suspects:
        suspect = finding.suspects[0]
        return suspect.location, plain(suspect.stated), plain(suspect.suggested)
    return finding.location, plain(finding.stated), plain(finding.expected)


@formats
def test_nothing_is_said_of_the_report_without_errors(suffix, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = f"two-years.{suffix}"
    assert [finding for finding in report_of(name).findings if finding.severity != "info"] == []
    assert CliRunner().invoke(app, ["validate", str(FIXTURES / name)]).exit_code == 0


@formats
def test_each_planted_error_is_one_finding_that_names_its_cell_first(suffix):
    findings = report_of(f"two-years-errors.{suffix}").findings
    assert [finding.severity for finding in findings if finding.severity != "info"] == ["error"] * 4
    told = [named_first(finding) for finding in findings if finding.severity == "error"]
    for error in ERRORS:
        assert [
            (printed, suggested)
            for place, printed, suggested in told
            if is_place_of(error["places"][suffix], place) and printed == error["stated"]
        ] == [(error["stated"], error["expected"])], error["id"]
