"""The page in a real browser: it asks for nothing, its filters work, and it prints."""

import pypdfium2
import pytest

from mlcheck.model.claim import Claim
from mlcheck.model.finding import CheckedClaim
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from tests.html import reports
from tests.html.browser import CHROMIUM, NO_BROWSER, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)

SHOWN = "[...document.querySelectorAll('article')].filter(one => one.checkVisibility()).map(one => one.id)"
WRONG, ODD = reports.FINGERPRINT, "4560eec98bc5e9cb"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    page = Page(tmp_path_factory.mktemp("browser"))
    yield page
    page.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open the page of reports in a window of an ordinary size."""

    def opened(*told, anchor="", width=1400):
        file = tmp_path / "report.html"
        file.write_text(reports.written(*told), encoding="utf-8")
        browser.said.clear()
        browser.asked.clear()
        browser.media("screen")
        browser.size(width, 900)
        browser.open("about:blank")
        browser.open(f"{file.as_uri()}{anchor}")
        return browser

    return opened


def check(page, label, *, name="findings-list"):
    page.run(f"document.querySelector('[data-area={name}] input[value={label}]').click()")


def test_the_page_asks_for_nothing_and_complains_of_nothing(show):
    page = show(reports.report(), reports.unusable(), reports.clean())
    page.run("document.querySelectorAll('details').forEach(box => box.open = true)")
    page.run("document.querySelectorAll('a').forEach(link => link.click())")
    asked = [address for address in page.asked if not address.startswith(("about:", "data:"))]
    assert len({address.partition("#")[0] for address in asked}) == 1
    assert asked[0].startswith("file:")
    assert page.said == []


def test_the_page_runs_no_script_of_the_report(show):
    text = '<img src=x onerror="window.hit=1"><script>window.hit=1</script></script>\'"><svg onload=window.hit=1>'
    claim = Claim(Sentence(0, text, (), reports.at("A1")), 0, 4, "count", Quantity(text, 1, 0, 0), figure=20)
    wild = reports.total_finding(message=text, label=text, table=text, stated=text)
    page = show(
        reports.report(findings=(wild,), claims=(CheckedClaim(claim, "consistent", text),), source=text)
    )
    assert page.run("window.hit") is None
    assert page.run("document.querySelectorAll('img').length") == 0
    assert page.said == []


def test_a_script_that_is_smuggled_in_is_refused(show):
    page = show(reports.report())
    page.run(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hit = 1'}))"
    )
    assert page.run("window.hit") is None
    page.until("true")
    assert any("Content Security Policy" in said for said in page.said)


def test_the_style_applies(show):
    page = show(reports.report())
    assert page.run("getComputedStyle(document.querySelector('h1')).display") == "flex"
    assert page.run("getComputedStyle(document.querySelector('td.wrong')).outlineStyle") == "solid"


def test_the_place_of_a_finding_leads_to_its_cell_in_the_table(show):
    page = show(reports.report())
    page.run(f"document.querySelector('#{WRONG} header .place a').click()")
    page.until("location.hash === '#c6'")
    assert page.run("document.querySelector(':target').textContent").startswith("10")
    assert page.run("document.querySelector(':target').closest('figure').id") == "t1"
    page.until("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    assert page.run("document.querySelector(':target').getBoundingClientRect().top >= 0")


def test_the_filters_hide_what_is_not_asked_for_and_say_how_many_are_left(show):
    page = show(reports.report())
    told = "document.querySelector('[data-area=findings-list] output').textContent"
    assert page.run(SHOWN) == [ODD, WRONG]
    assert page.run(told) == "Findings shown: 2 of 2"
    check(page, "warning")
    assert page.run(SHOWN) == [WRONG]
    assert page.run(told) == "Findings shown: 1 of 2"
    assert page.run("document.querySelectorAll('#findings-list > section[hidden]').length") == 1
    check(page, "error")
    assert page.run(SHOWN) == []
    page.run("document.querySelector('[data-area=findings-list] button').click()")
    page.until(f"{SHOWN}.length === 2")


def test_the_sections_can_be_chosen(show):
    page = show(reports.report())
    page.run(
        "(list => { list.selectedIndex = 2; list.dispatchEvent(new Event('change', {bubbles: true})); })"
        "(document.querySelector('[data-area=findings-list] select'))"
    )
    assert page.run(SHOWN) == [WRONG]


def test_the_sentences_can_be_filtered_by_verdict(show):
    page = show(reports.report())
    shown = (
        "[...document.querySelectorAll('.sentence')].filter(one => one.checkVisibility()).map(one => one.id)"
    )
    check(page, "consistent", name="claims-list")
    assert page.run(shown) == ["p1", "p2"]  # the first has a false number besides
    check(page, "inconsistent", name="claims-list")
    assert page.run(shown) == ["p2"]


def test_a_link_to_a_finding_that_is_filtered_out_shows_it(show):
    page = show(reports.report())
    check(page, "error")
    page.run(f"location.hash = '#{WRONG}'")
    page.until(f"document.getElementById('{WRONG}').checkVisibility()")


def test_a_link_into_a_closed_part_opens_it(show):
    page = show(reports.report(findings=(), suppressed=(reports.WAIVED,)), anchor=f"#{WRONG}")
    page.until("document.querySelector('details.suppressed').open")


@pytest.mark.parametrize("width", [360, 768, 1400])
def test_nothing_sticks_out_of_the_window_and_tables_scroll_in_their_own_box(show, width):
    wide = [
        reports.figure(n, row="line", column=f"column number {n}", row_at=0, column_at=n, cell=f"B{n}", printed="1 234 567 €")
        for n in range(1, 30)
    ]  # fmt: skip
    long = reports.total_finding(label="L" * 3000, stated="9" * 60)
    figures = reports.frame([*wide, *reports.prose()], reports.FIGURES | reports.COVERAGE)
    for told in (
        (reports.report(),),
        (reports.report(), reports.clean()),
        (reports.report(figures=figures, findings=(long,)),),
    ):
        page = show(*told, width=width)
        page.run("document.querySelectorAll('details').forEach(box => box.open = true)")
        assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run(
        "[...document.querySelectorAll('.scroll')].some(box => box.scrollWidth > box.clientWidth)"
    )


def test_without_its_script_everything_is_seen(show, browser):
    browser.order("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page = show(reports.report())
    finally:
        browser.order("Emulation.setScriptExecutionDisabled", value=False)
    assert page.run(SHOWN) == [ODD, WRONG]
    assert not page.run("document.querySelector('form').checkVisibility()")


@pytest.mark.parametrize(("columns", "across"), [(6, False), (12, False), (24, True), (60, True)])
def test_on_paper_no_column_of_a_wide_table_is_cut(show, columns, across):
    wide = [
        reports.figure(n, row=f"line {line}", column=f"column {n}", row_at=line, column_at=n, cell=f"B{n}", printed=f"{n:02} 4{line:03}")
        for n in range(1, columns + 1) for line in (0, 1)
    ]  # fmt: skip
    figures = reports.frame([*wide, *reports.prose()], reports.FIGURES | reports.COVERAGE)
    page = show(reports.report(figures=figures, findings=()))
    page.run("document.querySelectorAll('details').forEach(box => box.open = true)")
    page.media("print")
    seen, turned = set(), False
    with pypdfium2.PdfDocument(page.pdf()) as printed:
        for sheet in printed:
            text, (width, height) = sheet.get_textpage(), sheet.get_size()
            for n in range(1, columns + 1):
                found = text.search(f"{n:02} 4001", match_case=True)
                while (hit := found.get_next()) is not None:
                    boxes = [text.get_charbox(at) for at in range(hit[0], hit[0] + hit[1])]
                    assert all(box[0] > 0 and box[2] < width for box in boxes), n
                    seen.add(n)
                    turned = turned or width > height
    assert seen == {*range(1, columns + 1)}
    assert turned is across


def test_on_paper_there_are_no_controls_and_nothing_is_closed(show):
    page = show(reports.report(suppressed=(reports.WAIVED,)))
    page.media("print")
    page.run("dispatchEvent(new Event('beforeprint'))")
    seen = "[...document.querySelectorAll('{}')].filter(one => one.checkVisibility()).length"
    for control in ("nav", "form input", "form select", "form button", ".skip", ".permalink"):
        assert page.run(seen.format(control)) == 0, control
    assert page.run("document.querySelectorAll('details:not([open])').length") == 0
    assert page.run("getComputedStyle(document.querySelector('article')).breakInside") == "avoid"
    assert page.run("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")


def test_by_night_the_page_is_dark(show):
    page = show(reports.report())
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    page.media("screen", prefers_color_scheme="light")
    assert min(page.run(ground)) > 200
    page.media("screen", prefers_color_scheme="dark")
    assert max(page.run(ground)) < 60


def test_a_keyboard_reaches_the_report_at_once(show):
    page = show(reports.report())
    for kind in ("keyDown", "keyUp"):
        page.order("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert page.run("document.activeElement.className") == "skip"
    assert page.run("document.activeElement.getBoundingClientRect().top >= 0")


# A page of many findings: what is out of sight is not laid out, and is there when it is asked for.


def many():
    findings = tuple(reports.total_finding(fingerprint=f"f{n}") for n in range(300))
    return reports.report(findings=findings)


def test_what_is_out_of_sight_costs_no_layout_and_a_link_leads_to_it(show):
    page = show(many())
    inside = "document.querySelector('#f299 header').checkVisibility({contentVisibilityAuto: true})"
    assert page.run(inside) is False
    page.run("location.hash = '#f299'")
    page.until(inside)
    top = page.run("document.getElementById('f299').getBoundingClientRect().top")
    assert -2 <= top < 900


def test_on_paper_all_is_laid_out(show):
    page = show(many())
    page.media("print")
    page.until("getComputedStyle(document.getElementById('f299')).contentVisibility === 'visible'")
    assert page.pdf().count(b"/Type /Page\n") + page.pdf().count(b"/Type /Page ") > 50


@pytest.mark.parametrize("shown", ["f0", "f299"])
def test_a_keyboard_reaches_a_wide_table_that_comes_into_sight(show, shown):
    page = show(many(), width=390)
    page.run(f"location.hash = '#{shown}'")
    page.until(f"document.querySelector('#{shown} .scroll').dataset.seen === '1'")
    wide = f"(box => box.scrollWidth > box.clientWidth)(document.querySelector('#{shown} .scroll'))"
    assert page.run(f"document.querySelector('#{shown} .scroll').tabIndex") == (0 if page.run(wide) else -1)
