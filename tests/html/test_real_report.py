"""The page of the real report with errors put in, and what the check tells it of last year."""

from pathlib import Path

import pytest

from mlcheck.checking import check
from tests.html.reports import page, text

FIXTURES = Path(__file__).parents[2] / "fixtures"
PRIOR = FIXTURES / "report-2022.xlsx"


@pytest.fixture(scope="module")
def both():
    """Two reports checked in one batch, so that the figures of the second are numbered after those of the first."""
    return tuple(check([FIXTURES / "report-2023.xlsx", FIXTURES / "report-2023-errors.xlsx"], prior=PRIOR))


@pytest.fixture(scope="module")
def whole(both):
    return page(both[1], language="fr")


def test_the_figures_of_a_finding_are_those_of_its_report(both):
    for report in both:
        cells = {row["figure"]: (row["sheet"], row["cell"]) for row in report.figures.iter_rows(named=True)}
        related = [one for finding in report.findings for one in finding.related]
        own = [one for one in related if one.location.file == report.source]
        assert len(own) > 10
        assert all(cells[one.figure] == (one.location.sheet, one.location.cell) for one in own)


def test_last_years_figures_and_the_titles_of_the_tables_are_known(both):
    for report in both:
        assert report.prior_year == 2022
        figures = {
            row["cell"]: row["figure"] for row in report.figures.filter(sheet="2 PMSMP").iter_rows(named=True)
        }
        assert report.former[figures["B7"]].printed == "34"
        assert "Sexe / Age" in report.titles.values()
        assert set(report.titles) >= set(report.figures["table"].drop_nulls())


def test_without_a_report_of_last_year_there_is_none():
    (alone,) = check([FIXTURES / "report-2023.xlsx"])
    assert (alone.prior_year, alone.former) == (None, {})
    assert page(alone).xpath("//rect[@class='then']") == []


def test_every_finding_is_on_the_page(both, whole):
    assert sorted(whole.xpath("//article/@id")) == sorted(one.fingerprint for one in both[1].findings)
    assert len(whole.xpath("//article")) > 15


def test_every_claim_is_marked_in_its_sentence(both, whole):
    marks = whole.xpath("//div[@class='sentence']/p//mark/@class")
    assert len(marks) == len(both[1].claims)
    assert sorted(marks) == sorted(checked.verdict for checked in both[1].claims)
    assert marks.count("inconsistent") > 10


def test_the_sum_that_a_note_belongs_to(whole):
    sums = [text(line) for line in whole.xpath("//p[@class='sum']")]
    expected = "1 410 € + 4 115 € + 1 620 € + 440 € + 965 € + 210 € + 860 € + 375 € = 9 995 € + 29 € = 10 024 € ≠ 10 029 €"
    assert any(line.endswith(expected) for line in sums)


def test_every_cell_of_a_table_is_on_the_page(both, whole):
    cells = both[1].figures.filter(both[1].figures["table"].is_not_null())
    shown = whole.xpath("//div[contains(@class, 'whole-table')]//td[@id]")
    assert [text(cell).split(" (")[0] for cell in shown if text(cell)] != []
    assert len(shown) == cells.height


def test_the_tables_by_commune_have_bars(whole):
    members = {
        tuple(text(label) for label in chart.xpath(".//text[@class='label']"))
        for chart in whole.xpath("//figure[@class='chart']")
    }
    assert all("Lambersart" in member for member in members)
    assert len(whole.xpath("//figure[@class='chart']")) >= 15
    assert whole.xpath("//figure[@class='chart']//rect[@class='then']")
