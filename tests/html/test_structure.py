"""A page that a browser, a screen reader and a printer can trust: one file, sound, and linked only to itself."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from mlcheck.checking import check
from mlcheck.rendering import SUFFIXES
from tests.html import reports
from tests.html.reports import Nesting, page, written

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = {
    "wrong": (reports.report(),),
    "clean": (reports.clean(),),
    "unusable": (reports.unusable(),),
    "apart": (reports.report(findings=(), suppressed=(reports.WAIVED, reports.KNOWN), not_understood=(reports.BLOCK,)),),
    "crashed": (reports.report(crashes=(reports.CRASH,)),),
    "several": (reports.report(), reports.unusable(), reports.report(), reports.clean()),
}  # fmt: skip


@pytest.fixture(scope="module")
def real():
    """The real report with errors put in."""
    return next(check([FIXTURES / "report-2023-errors.xlsx"], prior=FIXTURES / "report-2022.xlsx"))


@pytest.fixture(params=[*PAGES, "real"])
def told(request):
    if request.param == "real":
        return (request.getfixturevalue("real"),)
    return PAGES[request.param]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_tag_closes_what_it_opened(told, language):
    nesting = Nesting()
    nesting.feed(written(*told, language=language))
    assert (nesting.wrong, nesting.open) == ([], [])


def test_an_anchor_stands_once(told):
    ids = Counter(page(*told).xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_link_leads_to_its_place_on_the_page(told):
    whole = page(*told)
    ids = set(whole.xpath("//@id"))
    assert [
        link for link in whole.xpath("//a/@href") if not link.startswith("#") or link[1:] not in ids
    ] == []
    named = [name for attribute in whole.xpath("//@aria-labelledby") for name in attribute.split()]
    assert [name for name in named if name not in ids] == []
    assert [area for area in whole.xpath("//form/@data-area") if area not in ids] == []


def test_nothing_is_fetched(told):
    whole = page(*told)
    assert whole.xpath("//@src | //script[@src] | //iframe | //object | //img | //base") == []
    assert [link for link in whole.xpath("//link/@href") if not link.startswith("data:")] == []
    assert not re.search(r"@import|url\((?!#)", whole.xpath("//style")[0].text)
    (policy,) = whole.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert whole.xpath("//@style | //@onclick | //@onload") == []


def test_headings_go_down_one_level_at_a_time(told):
    levels = [int(element.tag[1]) for element in page(*told).xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_say_what_their_rows_and_columns_are(told):
    for table in page(*told).xpath("//table"):
        assert table.xpath("caption")
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
        assert table.xpath("tbody/tr/th | tbody/tr/td[@colspan]")


def test_a_number_has_a_sign_as_well_as_a_colour(told):
    for mark in page(*told).xpath("//mark"):
        assert mark.get("title")
        assert mark.xpath(".//span[@class='off']")


def test_the_landmarks(told):
    whole = page(*told)
    assert len(whole.xpath("//main")) == 1
    assert whole.xpath("//body/a[@class='skip']")
    names = whole.xpath("//nav/@aria-label")
    assert len(names) == len(whole.xpath("//nav"))


def test_the_language_of_the_page_and_of_the_report_in_it():
    french = page(reports.report(), language="fr")
    assert french.get("lang") == "fr"
    assert french.xpath("//table/@lang") == []
    english = page(reports.report(), language="en")
    assert english.get("lang") == "en"
    assert set(english.xpath("//figure//table/@lang")) == {"fr"}
    assert page(reports.report(), language=None).get("lang") == "fr"


def test_the_suffix_of_a_page():
    assert (SUFFIXES[".html"], SUFFIXES[".htm"]) == ("html", "html")


def test_two_runs_write_the_same_page(real):
    assert written(real) == written(real)
