"""A workbook that was extracted is checked like the report that it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.checking import check
from tests.extract.documents import write_report
from tests.extract.verdicts import extract, told
from tests.layouts.layouts import LAYOUTS

FIXTURES = Path(__file__).parents[2] / "fixtures"
DATA = FIXTURES.parent / "tests" / "layouts" / "data"
REPORTS = sorted(
    path.name
    for kind in ("xlsx", "ods", "docx", "pptx", "html", "md", "txt", "pdf")
    for path in FIXTURES.glob(f"report-*.{kind}")
)


def test_the_three_workbooks_of_the_fixtures_are_among_the_reports():
    assert {"report-2022.xlsx", "report-2023.xlsx", "report-2023-errors.xlsx"} <= set(REPORTS)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_and_its_extract_get_the_same_findings_and_verdicts(name, tmp_path):
    output = tmp_path / f"{Path(name).stem}.xlsx"
    extract(FIXTURES / name, output)
    before, after = told(FIXTURES / name), told(output)
    assert after.findings == before.findings
    assert after.claims == before.claims
    assert after == before


def test_the_extract_takes_the_place_of_last_years_report_too(tmp_path):
    extract(FIXTURES / "report-2022.xlsx", tmp_path / "report-2022.xlsx")
    report = FIXTURES / "report-2023.xlsx"
    assert told(report, tmp_path / "report-2022.xlsx") == told(report, FIXTURES / "report-2022.xlsx")


def test_every_finding_of_a_workbook_stands_in_the_same_cell_of_its_extract(tmp_path):
    source, output = FIXTURES / "report-2023-errors.xlsx", tmp_path / "report-2023.xlsx"
    extract(source, output)

    def cells(path):
        (report,) = check([path])
        return [(one.rule, one.location.sheet, one.location.cell) for one in report.findings]

    assert cells(output) == cells(source)
    assert len(cells(source)) > 10


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_layout_is_kept(layout, wrong, tmp_path):
    layout(wrong).save(tmp_path / "layout.xlsx")
    extract(tmp_path / "layout.xlsx", tmp_path / "extract.xlsx")
    before, after = told(tmp_path / "layout.xlsx"), told(tmp_path / "extract.xlsx")
    assert len(before.findings) == wrong
    assert after == before


@pytest.mark.parametrize("name", ["formulas.xlsx", "formulas-wrong.xlsx"])
def test_formulas_are_kept_as_what_they_print(name, tmp_path):
    """Its verdicts on the figures are its own: an extract has no formulas to prove by, or to contradict."""
    extract(DATA / name, tmp_path / "extract.xlsx")
    after, before = told(tmp_path / "extract.xlsx"), told(DATA / name)
    assert (after.findings, after.claims, after.constraints) == (
        before.findings,
        before.claims,
        before.constraints,
    )
    assert {one[:-1] for one in after.figures} == {one[:-1] for one in before.figures}


@pytest.mark.parametrize(("total", "findings"), [("1 843", 0), ("1 943", 1)])
def test_a_document_whose_headings_are_told_by_style_alone(total, findings, tmp_path):
    write_report(tmp_path / "rapport-2023.docx", total=total)
    extract(tmp_path / "rapport-2023.docx", tmp_path / "extrait-2023.xlsx")
    before, after = told(tmp_path / "rapport-2023.docx"), told(tmp_path / "extrait-2023.xlsx")
    assert sum(one[0].startswith("TOT") for one in before.findings) == findings
    assert after == before


def test_an_extract_of_an_extract_is_the_extract(tmp_path):
    write_report(tmp_path / "rapport.docx")
    extract(tmp_path / "rapport.docx", tmp_path / "one.xlsx")
    extract(tmp_path / "one.xlsx", tmp_path / "two.xlsx")
    assert told(tmp_path / "two.xlsx") == told(tmp_path / "one.xlsx")


def test_prose_without_a_table_keeps_its_claims(tmp_path):
    (tmp_path / "note.md").write_text(
        "# L’emploi\n\nEn 2023, 418 contrats ont été signés, en baisse de 4,1 % contre 436 en 2022.\n\n"
        "La structure accompagne 42 personnes : 21 jeunes et 21 partenaires.\n",
        encoding="utf-8",
    )
    extract(tmp_path / "note.md", tmp_path / "note.xlsx")
    before, after = told(tmp_path / "note.md"), told(tmp_path / "note.xlsx")
    assert before.claims.total() == 6
    assert after == before
