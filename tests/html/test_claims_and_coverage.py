"""The sentences with their numbers marked, the coverage, and the tables with their bars."""

import pytest

from mlcheck.model.claim import Claim
from mlcheck.model.finding import CheckedClaim
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from tests.html import reports
from tests.html.reports import figure, page, text


@pytest.fixture(scope="module")
def whole():
    return page(reports.report())


def bars(*rows, **changes):
    """The charts of a report of these figures."""
    return page(
        reports.report(figures=reports.frame(list(rows), reports.FIGURES | reports.COVERAGE), **changes)
    ).xpath("//figure[@class='chart']")


def test_the_claims_of_a_sentence_are_marked_in_it(whole):
    first, second = whole.xpath("//div[@class='sentence']")
    assert text(first.xpath("p")[0]) == (
        "49 %✓ (verified) des nouveaux inscrits sont des femmes (46 %✗ (false) en 2022). Public!A32"
    )
    assert first.xpath("p//mark/@class") == ["consistent", "inconsistent"]
    assert text(second.xpath("p//mark")[0]) == "29 €? (without a base)"


def test_a_claim_tells_its_arithmetic_and_how_strong_its_evidence_is(whole):
    verified, false = whole.get_element_by_id("p1").xpath("ul/li")
    assert text(verified).startswith(
        "49 % ✓ verified 335 / 679 = 49,34 % 49 % of 679 accepts 330 to 336: 7 of 680 whole numbers"
    )
    assert "302 / 629 = 48,01 %" in text(false)
    assert verified.xpath(".//ul//a/@href") == ["#c1"]
    assert text(whole.get_element_by_id("c1")) == "1410 €"
    assert false.xpath(".//ul//a") == []
    assert "report-2022.xlsx" in text(false)


def test_a_claim_that_nothing_checks_says_why(whole):
    (alone,) = whole.get_element_by_id("p2").xpath("ul/li")
    assert "no figure of a table was tied to these words" in text(alone)


def test_a_long_sentence_is_cut_around_its_numbers():
    said = "avant " * 2000 + "12 jeunes" + " après" * 2000
    claim = Claim(Sentence(0, said, (), reports.at("A1")), 12000, 12002, "count", Quantity("12", 12, 0, 0))
    shown = text(
        page(reports.report(claims=(CheckedClaim(claim, "unverifiable"),))).xpath(
            "//div[@class='sentence']/p"
        )[0]
    )
    assert "avant 12? (without a base) jeunes" in shown
    assert len(shown) < 1000


def test_spans_that_overlap_do_not_break_a_sentence():
    said = Sentence(0, "12 345 jeunes", (), reports.at("A1"))
    one = CheckedClaim(Claim(said, 0, 6, "count", Quantity("12 345", 1, 0, 0)), "consistent")
    two = CheckedClaim(Claim(said, 3, 6, "count", Quantity("345", 1, 0, 0)), "inconsistent")
    (shown,) = page(reports.report(claims=(one, two))).xpath("//div[@class='sentence']")
    assert text(shown.xpath("p")[0]).startswith("12 345✓ (verified) jeunes")
    assert len(shown.xpath("ul/li")) == 2


def test_the_coverage_is_counted_by_table(whole):
    (table,) = whole.xpath("//table[contains(@class, 'covered')]")
    rows = {
        text(row.xpath("th")[0]): [text(cell) for cell in row.xpath("td[@class]")[:4]]
        for row in table.xpath(".//tr[td]")[1:]
    }
    assert rows["Aides directes Aides!B4:B9"] == ["5", "0", "1", "0"]
    assert rows["sentences"] == ["0", "1", "1", "1"]
    assert table.xpath(".//th/a/@href") == ["#t1", "#t2"]


def test_the_figures_that_nothing_checks_are_listed_with_their_places(whole):
    (left,) = whole.xpath("//div[@class='left']")
    assert text(left) == "Le Public › sentences (dont 29 € de frais de gestion) 29 € Public!A85"
    assert left.xpath(".//a/@href") == ["#p2"]


def test_where_everything_is_checked_that_is_said():
    assert "Every figure stands in at least one check." in text(page(reports.clean()))


def test_a_table_is_built_again_from_its_figures():
    cross = [
        figure(1, row="Femmes", column="16 - 17 ans", row_at=0, column_at=0, printed="67", cell="C4"),
        figure(2, row="Femmes", column="Total", row_at=0, column_at=1, printed="335", cell="D4", role="total"),
        figure(3, row="Hommes", column="Total", row_at=2, column_at=1, printed="#REF!", state="error", cell="D6", role="total"),
        figure(4, row="Hommes", column="16 - 17 ans", row_at=2, column_at=0, printed="/", state="nil", cell="C6"),
    ]  # fmt: skip
    whole = page(
        reports.report(
            figures=reports.frame(cross, reports.FIGURES | reports.COVERAGE), findings=(), claims=()
        )
    )
    (table,) = whole.xpath("//figure[@class='table']//table")
    assert [text(cell) for cell in table.xpath("thead//th")] == ["16 - 17 ans", "Total"]
    assert [[text(cell) for cell in row] for row in table.xpath("tbody/tr")] == [
        ["Femmes", "67", "335"],
        ["Hommes", "/", "#REF!"],
    ]
    assert table.xpath("tbody/tr[@class='total']") == []
    assert [cell.get("title") for cell in table.xpath("tbody//td")] == [
        "C4 · proven, 1 check", "D4 · proven, 1 check", "C6 · nothing to report", "D6 · error of the spreadsheet",
    ]  # fmt: skip


def test_tables_that_list_the_same_rows_have_bars_with_last_years_beside(whole):
    first, second = whole.xpath("//figure[@class='chart']")
    (picture,) = first.xpath("svg")
    assert picture.get("role") == "img"
    assert text(picture.xpath("title")[0]) == "Montant"
    assert text(picture.xpath("desc")[0]).startswith("La Madeleine 1410 € (1 300 €), Lambersart 4115 €")
    assert "Total" not in text(picture)
    assert [text(item) for item in first.xpath("figcaption//span[@class='now' or @class='then']")] == [
        "2023",
        "2022",
    ]
    assert len(picture.xpath(".//rect[@class='now']")) == 5
    assert picture.xpath(".//rect[@class='then']/@width") == ["12.64%"]  # 1 300 of 4 115, in 40
    assert second.xpath(".//rect[@class='then']") == []
    longest = max(picture.xpath(".//rect[@class='now']/@width"), key=lambda width: float(width[:-1]))
    assert longest == "40.00%"


def test_a_table_whose_rows_are_communes_has_bars_though_it_is_alone():
    alone = [row | {"dimension": "commune", "member": row["row"]} for row in reports.helps()]
    assert len(bars(*alone)) == 1
    assert bars(*reports.helps()) == []


def test_shares_and_negative_figures_have_no_bars():
    shares = [
        row | {"role": "share", "unit": "%", "dimension": "commune", "member": row["row"]}
        for row in reports.helps()
    ]
    assert bars(*shares) == []
    losses = [row | {"mantissa": -1, "dimension": "commune", "member": row["row"]} for row in reports.helps()]
    assert bars(*losses) == []


def test_a_row_whose_only_figure_stands_in_a_column_of_totals_is_no_total():
    rows = [
        figure(n, row=f"line {n}", column="Total", row_at=n, column_at=0, role="total", cell=f"B{n}")
        for n in (1, 2)
    ]
    figures = reports.frame(rows, reports.FIGURES | reports.COVERAGE)
    assert page(reports.report(figures=figures, findings=(), claims=())).xpath("//tr[@class='total']") == []
