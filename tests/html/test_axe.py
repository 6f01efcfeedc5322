"""The page of a report has no barrier that axe finds: wide and narrow, by day and by night, in both languages."""

from __future__ import annotations

import pytest

import mlcheck
from tests.docs.running import FIXTURES
from tests.html import reports
from tests.html.axe import violations
from tests.html.browser import CHROMIUM, NO_BROWSER, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    page = Page(tmp_path_factory.mktemp("browser"))
    yield page
    page.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The page of a real report with errors, in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    found = list(mlcheck.check(FIXTURES / "report-2023-errors.xlsx", prior=FIXTURES / "report-2022.xlsx"))
    for language in ("fr", "en"):
        (folder / f"{language}.html").write_text(mlcheck.render(found, "html", language), "utf-8")
    return folder


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (390, "light")])
def test_a_real_report_has_no_barrier(browser, real, language, width, scheme):
    browser.size(width, 900)
    browser.media("screen", prefers_color_scheme=scheme)
    browser.open((real / f"{language}.html").as_uri())
    browser.run("document.querySelectorAll('details').forEach(box => box.open = true)")
    assert violations(browser) == []


def test_a_page_of_several_reports_has_no_barrier(browser, tmp_path):
    file = tmp_path / "all.html"
    several = (
        reports.report(),
        reports.unusable(),
        reports.report(findings=(), suppressed=(reports.WAIVED,)),
    )
    file.write_text(reports.written(*several), "utf-8")
    browser.size(1400, 900)
    browser.open(file.as_uri())
    browser.run("document.querySelectorAll('details').forEach(box => box.open = true)")
    assert violations(browser) == []


def test_a_barrier_would_be_found(browser, tmp_path):
    file = tmp_path / "bad.html"
    file.write_text("<!doctype html><title>x</title><main><img src='x'><button></button></main>", "utf-8")
    browser.open(file.as_uri())
    assert {one.partition(":")[0] for one in violations(browser)} >= {
        "image-alt",
        "button-name",
        "html-has-lang",
    }
