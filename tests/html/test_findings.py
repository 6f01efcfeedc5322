"""What a reader sees of a finding: the verdict, the arithmetic, what may mend it, and the table with the cell marked."""

from fractions import Fraction

import pytest

from mlcheck.model.finding import Related
from tests.html import reports
from tests.html.reports import FINGERPRINT, page, text, total_finding


@pytest.fixture(scope="module")
def whole():
    return page(reports.report())


@pytest.fixture(scope="module")
def total(whole):
    return whole.get_element_by_id(FINGERPRINT)


def one(**changes):
    (article,) = page(reports.report(findings=(total_finding(**changes),))).xpath("//article")
    return article


def test_the_verdict_stands_on_top_in_words_and_a_sign(whole):
    (heading,) = whole.xpath("//h1")
    assert text(heading) == "✗ This report holds errors"
    header = text(heading.getparent())
    for fact in (
        "report.xlsx",
        "report of 2023",
        "profile mission-locale",
        "compared with report-2022.xlsx",
        "mlcheck ",
    ):
        assert fact in header
    assert [text(item) for item in whole.xpath("//ul[@class='tallies']/li")] == [
        "✗ 1 error",
        "! 1 warning",
        "i 0 remarks",
    ]


def test_the_bars_are_told_in_words(whole):
    told = whole.xpath("//header//svg/@aria-label")
    assert told[0] == "15 figures: 10 proven, 1 bounded, 3 contradicted, 1 without any check"
    assert told[1] == "3 claims: 1 verified, 1 false, 1 without a base"


def test_findings_stand_under_their_sections_in_the_order_of_the_document(whole):
    assert whole.xpath("//article/@id") == ["4560eec98bc5e9cb", FINGERPRINT]
    assert [text(h) for h in whole.xpath("//div[@id='findings-list']//h3")] == [
        "Le Public › Les nouveaux accueils",
        "Les aides financières › Fonds ML › Aides directes",
    ]


def test_a_finding_says_what_is_wrong_and_where(total):
    assert (
        text(total.xpath(".//h4")[0]) == "Printed 10 029 €; the 5 lines make 9,995, with 29 € besides 10,024."
    )
    assert text(total.xpath(".//p[@class='subject']")[0]) == "Aides directes · Total : · Montant"
    (place,) = total.xpath("header//span[@class='place']/a")
    assert (text(place), place.get("href")) == ("Aides!B9", "#c6")
    assert total.xpath("header//a[@class='code']/@href") == ["#rule-TOT101"]
    numbers = [text(pair) for pair in total.xpath(".//dl/div")]
    assert numbers == ["Printed10 029 €", "Expected10 024 €", "Gap5"]


def test_the_arithmetic_is_written_out(total):
    (line,) = total.xpath(".//p[@class='sum']")
    assert text(line) == (
        "Arithmetic 1410 € + 4115 € + 1620 € + 965 € + 1885 € = 9,995 € + 29 € = 10,024 € ≠ 10 029 €"
    )
    assert line.xpath(".//a/@href") == ["#c1", "#c2", "#c3", "#c4", "#c5", "#p2"]


def test_nothing_is_added_up_that_does_not_make_its_sum():
    wrong = {"count": 5, "sum": Fraction(9990), "stated": "10 029 €", "note": "29 €", "all": Fraction(1)}
    assert one(values=wrong).xpath(".//p[@class='sum']") == []
    lacking = (Related(reports.at("Z9"), "nowhere", "3", None),)
    assert one(related=lacking).xpath(".//p[@class='sum']") == []


def test_percentages_that_do_not_make_100():
    shares = [
        reports.figure(
            1, row="Femmes", row_at=0, column_at=0, printed="43 %", mantissa=43, unit="%", cell="B4"
        ),
        reports.figure(
            2, row="Hommes", row_at=1, column_at=0, printed="59 %", mantissa=59, unit="%", cell="B5"
        ),
    ]
    finding = total_finding(
        rule="TOT103", message="The {count} percentages make {sum} and not 100.",
        values={"count": 2, "sum": Fraction(102)}, location=reports.at("B4"), label="Femmes · Montant", stated=None,
        expected="100\u00a0%", difference="2", suspects=(), related=(Related(reports.at("B5"), "Hommes", "59 %", 2),), figure=1,
    )  # fmt: skip
    figures = reports.frame(shares, reports.FIGURES | reports.COVERAGE)
    whole = page(reports.report(figures=figures, findings=(finding,), claims=()))
    assert text(whole.xpath("//p[@class='sum']")[0]) == "Arithmetic 43 % + 59 % = 102% ≠ 100%"


def test_a_share_is_computed_again_from_the_numbers_of_its_message():
    ratio = {"stated": "58 %", "part": Fraction(869), "base": Fraction(1634), "expected": "53 %"}
    assert (
        text(one(values=ratio, stated="58 %").xpath(".//p[@class='sum']")[0])
        == "Arithmetic 869 / 1,634 = 53.18% ≠ 58 %"
    )
    growth = {"stated": "6 %", "present": Fraction(16709), "former": Fraction(15912)}
    assert "16,709 / 15,912 − 1 = +5.01% ≠ 6 %" in text(
        one(values=growth, stated="6 %").xpath(".//p[@class='sum']")[0]
    )


def test_the_arithmetic_of_a_sentence_is_that_of_its_claim(whole):
    article = whole.get_element_by_id("4560eec98bc5e9cb")
    assert text(article.xpath(".//p[@class='sum']")[0]) == "Arithmetic 302 / 629 = 48,01 % ≠ 46 %"
    (quote,) = article.xpath(".//blockquote")
    assert text(quote) == "49 % des nouveaux inscrits sont des femmes (46 %✗ (false) en 2022)."
    (mark,) = quote.xpath(".//mark")
    assert mark.get("class") == "inconsistent"
    assert "report-2022.xlsx · Aides!B4" in text(article.xpath(".//ul[@class='operands']")[0])


def test_corrections_that_are_tied_are_told_so_and_stand_before_the_others(total):
    (review,) = total.xpath(".//div[@class='review']")
    assert text(review.xpath("p")[0]) == "to review, 2 tied:"
    first, second = review.xpath("ol/li")
    assert text(first) == (
        "10 029 € →suggested correction 10 024 € Aides!B9 (also Aides!E71) Total : · Montant one digit changed"
    )
    assert second.xpath(".//a/@href") == ["#c1"]
    (third,) = review.xpath("details/ol/li")
    assert text(third) == "4115 € →suggested correction 4 120 € Aides!B5 Lambersart · Montant"


def test_where_more_corrections_are_tied_than_are_seen_each_says_so():
    many = one(
        suspects=tuple(
            reports.Suspect(reports.at(f"B{n}"), "", "1", str(n), 1, "", (), True) for n in range(4, 12)
        )
    )
    items = many.xpath(".//div[@class='review']//li")
    assert len(items) == 8
    assert len(many.xpath(".//div[@class='review']/ol/li")) == 6
    assert all("tied with 7 others" in text(item) for item in items)


def test_corrections_beyond_the_first_wait_behind_a_summary():
    several = one(
        suspects=tuple(reports.Suspect(reports.at(f"B{n}"), "", "1", str(n), 1, "") for n in range(4, 10))
    )
    assert len(several.xpath(".//div[@class='review']/ol/li")) == 3
    assert len(several.xpath(".//details/ol/li")) == 3
    assert text(several.xpath(".//details/summary")[0]) == "3 other corrections"


def test_the_table_marks_the_figure_the_suspects_and_what_they_are_compared_with(total):
    (table,) = total.xpath(".//table")
    assert text(table.xpath("caption")[0]) == "Aides directes Aides!B4:B9"
    cells = {text(row.xpath("th")[0]): row.xpath("td")[0] for row in table.xpath("tbody/tr")}
    assert text(cells["Total :"]) == "10 029 € (figure in question) →suggested correction 10 024 €"
    assert text(cells["La Madeleine"]) == "1410 € (figure to review) →suggested correction 1 415 €"
    assert text(cells["Verlinghem"]) == "1885 € (compared figure)"
    kinds = {name: cell.get("class").split()[-1] for name, cell in cells.items()}
    assert kinds == {
        "La Madeleine": "suspect", "Lambersart": "part", "Marcq-en-Barœul": "part", "Pérenchies": "part",
        "Verlinghem": "part", "Total :": "wrong",
    }  # fmt: skip
    assert cells["Total :"].get("title") == "B9 · contradicted, 2 checks"
    assert table.xpath("tbody/tr[@class='total']/th")


def test_what_is_found_of_a_whole_table_marks_none_of_its_figures():
    article = one(rule="ORP101", label="", location=reports.at("B4"), values={}, suspects=(), related=())
    assert article.xpath(".//table")
    assert article.xpath(".//table//mark") == []


def test_a_long_table_shows_the_rows_that_matter():
    rows = [
        reports.figure(n, row=f"line {n}", row_at=n, column_at=0, printed=str(n), mantissa=n, cell=f"B{n}")
        for n in range(1, 301)
    ]
    finding = total_finding(
        location=reports.at("B250"),
        label="line 250 · Montant",
        stated="250",
        suspects=(),
        related=(),
        figure=250,
    )
    figures = reports.frame(rows, reports.FIGURES | reports.COVERAGE)
    whole = page(reports.report(figures=figures, findings=(finding,), claims=()))
    shown = [text(row.xpath("*")[0]) for row in whole.xpath("//article//tbody/tr")]
    assert shown == [
        "line 1", "line 2", "line 3", "… 245 rows left out", "line 249", "line 250", "line 251", "… 49 rows left out",
    ]  # fmt: skip
    assert whole.xpath("//article//a/@href")[1] == "#c250"
    assert whole.get_element_by_id("c250") is not None
    cells = whole.xpath("//div[contains(@class, 'whole-table')]//td/@id")
    assert cells == [f"c{n}" for n in (*range(1, 198), 249, 250, 251)]


def test_a_wide_table_is_shown_by_its_first_columns_and_the_marked_ones():
    rows = [
        reports.figure(n, row="total", row_at=1, column=f"year {n}", column_at=n, printed=str(n), mantissa=n, cell=f"X{n}")
        for n in range(1, 301)
    ]  # fmt: skip
    finding = total_finding(
        location=reports.at("X250"), label="total", stated="250", suspects=(), related=(), figure=250
    )
    figures = reports.frame(rows, reports.FIGURES | reports.COVERAGE)
    whole = page(reports.report(figures=figures, findings=(finding,), claims=()))
    heads = [text(head) for head in whole.xpath("//article//thead//th")]
    assert heads == ["year 1", "year 2", "year 3", "…", "year 250", "…"]
    assert len(whole.xpath("//div[contains(@class, 'whole-table')]//td/@id")) == 300


def test_a_rule_is_explained_and_leads_back_to_its_findings(whole):
    entry = whole.get_element_by_id("rule-TOT101")
    assert text(entry.xpath("dt")[0]) == "TOT101 total differs from parts"
    assert "a total is the sum of its parts" in text(entry)
    assert entry.xpath(".//a/@href") == [f"#{FINGERPRINT}"]


def test_a_finding_without_a_fingerprint_has_an_anchor_all_the_same():
    whole = page(reports.report(findings=(total_finding(fingerprint=""), total_finding(fingerprint=""))))
    assert whole.xpath("//article/@id") == ["TOT101", "TOT101-2"]


def test_what_the_filters_go_by(whole):
    assert whole.xpath("//article/@data-kind") == ["warning", "error"]
    (form,) = whole.xpath("//form[@data-area='findings-list']")
    assert form.get("hidden") is not None
    assert form.xpath(".//input/@value") == ["error", "warning", "info"]
    groups = whole.xpath("//div[@id='findings-list']/section/@data-group")
    assert form.xpath(".//option/@value") == ["", *groups]
    assert form.xpath(".//output/@aria-live") == ["polite"]
    assert set(whole.xpath("//div[@id='claims-list']//@data-kind")) == {
        "consistent inconsistent",
        "unverifiable",
    }
