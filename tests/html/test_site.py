"""A folder of pages: one a report and an index of them all, for whoever looks after a network."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from mlcheck.cli.folder import WRITTEN, write_folder
from mlcheck.cli.main import app
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import pages
from mlcheck.rendering.html.site import FIRST, page_name
from mlcheck.rendering.view import View
from tests.html import reports
from tests.html.browser import CHROMIUM, Page
from tests.html.reports import Nesting, text
from tests.html.test_hostile import HOSTILE

HELPS = "Commune;Contrats;Sorties\nLambersart;12;3\nLompret;5;1\nTotal;{total};4\n"


def network():
    """Three agencies: one wrong in 2022 and right since, one that cannot be read, one that is not named."""
    return [
        reports.report(source="lille/2022/report.xlsx", year=2022),
        replace(reports.clean(), source="lille/2023/report.xlsx", year=2023),
        replace(reports.unusable(), source="roubaix/2023/report.xlsx"),
        reports.report(source="rapport.xlsx", year=None, findings=(reports.sentence_finding(),)),
    ]


def written(told, language="en"):
    """The files of a site by their names, in the order in which they are written."""
    return {name: "".join(pieces) for name, pieces in pages("site", iter(told), View(language))}


def index(told, language="en"):
    return lxml.html.document_fromstring(written(told, language)["index.html"].encode())


def rows(whole, table):
    return [[text(cell) for cell in row] for row in whole.xpath(f"//table[@id='{table}']/tbody/tr")]


def test_there_is_a_page_a_report_and_the_index_is_written_last():
    names = list(written(network()))
    assert names[:2] == ["style.css", "script.js"]
    assert names[-1] == "index.html"
    assert sorted(names[2:-1]) == sorted(page_name(one) for one in network())


def test_the_index_counts_reports_by_verdict_and_figures_by_coverage():
    whole = index(network())
    reports_, figures = whole.xpath("//div[@class='division']")
    assert text(reports_.xpath("p")[0]) == "4 reports"
    assert [text(li).split(" ", 1)[1] for li in reports_.xpath("ul/li")] == [
        "1 · This file could not be checked", "1 · This report holds errors", "2 · No error was found"
    ]  # fmt: skip
    counted = sum(
        len([r for r in one.figures.rows(named=True) if r["state"] == "number"]) for one in network()
    )
    assert text(figures.xpath("p")[0]) == f"{counted} figures"


def test_each_report_has_a_row_with_its_agency_its_year_and_a_link_to_its_page():
    whole = index(network())
    assert [row[:4] for row in rows(whole, "reports-list")] == [
        ["lille/2022/report.xlsx", "lille", "2022", "✗ This report holds errors"],
        ["lille/2023/report.xlsx", "lille", "2023", "✓ No error was found"],
        ["roubaix/2023/report.xlsx", "roubaix", "2023", "✗ This file could not be checked"],
        ["rapport.xlsx", "", "–", "✓ No error was found"],
    ]
    assert whole.xpath("//table[@id='reports-list']//a/@href") == [page_name(one) for one in network()]


def test_an_agency_is_shown_over_its_years():
    whole = index(network())
    assert [text(th) for th in whole.xpath("//table[@id='years-list']/thead//th")] == [
        "Agency",
        "2022",
        "2023",
        "year not known",
    ]
    told = {row[0]: row[1:] for row in rows(whole, "years-list")}
    assert [cell.split()[0] if cell else "" for cell in told["lille"]] == ["1", "0", ""]
    assert set(told) == {"lille", "roubaix", "agency not known"}


def test_the_rules_are_counted_once_a_report():
    whole = index(network())
    (table,) = whole.xpath("//section[@aria-labelledby='rules']//table")
    assert [[text(cell) for cell in row] for row in table.xpath("tbody/tr")] == [
        ["TOT101 total differs from parts", "1", "0", "0", "1"],
        ["VAR202 former share wrong", "0", "2", "0", "2"],
    ]


def test_the_gravest_and_surest_findings_come_first_and_no_more_than_a_hundred():
    many = [
        reports.report(source=f"a/{n}.xlsx", findings=(
            reports.sentence_finding(confidence=0.5 + n / 1000), reports.total_finding(confidence=0.9 + n / 10_000),
        ))
        for n in range(FIRST)
    ]  # fmt: skip
    whole = index(many)
    listed = whole.xpath("//ol[@id='first-list']/li")
    assert len(listed) == FIRST
    assert {one.get("data-group") for one in listed} == {"TOT101"}
    sources = [text(one.xpath(".//p[@class='place']")[0]) for one in listed]
    assert sources == [f"a/{n}.xlsx" for n in reversed(range(FIRST))]


def test_of_findings_alike_the_first_report_comes_first():
    whole = index([reports.report(source=f"a/{n}.xlsx") for n in range(3)])
    sources = [text(one) for one in whole.xpath("//ol[@id='first-list']//p[@class='place']")]
    assert sources == [f"a/{n}.xlsx" for n in (0, 1, 2)] * 2


def test_a_link_to_a_finding_leads_to_it():
    made = written(network())
    for link in index(network()).xpath("//ol[@id='first-list']//a/@href"):
        page, _, anchor = link.partition("#")
        assert lxml.html.document_fromstring(made[page].encode()).xpath(f"//article[@id='{anchor}']")


def test_every_page_leads_back_and_shares_one_style_and_one_script():
    made = written(network())
    for name, page in made.items():
        if name.startswith("reports/"):
            assert '<a href="../index.html">All reports</a>' in page
            assert '<link rel="stylesheet" href="../style.css">' in page
            assert "<style>" not in page
            assert "style-src &#39;self&#39;; script-src &#39;self&#39;" in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_tag_closes_what_it_opened(language):
    for name, page in written(network(), language).items():
        if name.endswith(".html"):
            nesting = Nesting()
            nesting.feed(page)
            assert (name, nesting.wrong, nesting.open) == (name, [], [])


@pytest.mark.parametrize("wild", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_shown_and_does_nothing(wild):
    told = [
        reports.report(source=f"{wild}/2023/{wild}.xlsx", findings=(reports.total_finding(message=wild),))
    ] * 2
    made = written(told)
    assert [name for name in made if name not in ("style.css", "script.js", "index.html")] == [
        page_name(told[0])
    ]
    assert page_name(told[0]).startswith("reports/")
    assert ".." not in page_name(told[0])
    nesting = Nesting()
    nesting.feed(made["index.html"])
    assert (nesting.wrong, nesting.open) == ([], [])
    whole = lxml.html.document_fromstring(made["index.html"].encode())
    assert whole.xpath("//script/@src") == ["./script.js"]
    assert not whole.xpath(
        "//img | //iframe | //*[starts-with(@href, 'javascript:')] | //@onload | //@onerror"
    )


def test_no_two_reports_share_a_page():
    names = ["a/b.xlsx", "a-b.xlsx", "a b.xlsx", "a/b.docx", "A/b.xlsx", "é.xlsx", "e.xlsx", "…/….xlsx"]
    assert len({page_name(reports.report(source=name)) for name in names}) == len(names)


def test_a_report_is_let_go_before_the_next_is_asked_for():
    passed = []

    def coming():
        for n in range(3):
            passed.append(n)
            yield reports.report(source=f"{n}.xlsx")

    made = pages("site", coming(), View("en"))
    seen = [(name, list(passed)) for name, pieces in made if "".join(pieces)]
    assert [known for name, known in seen if name.startswith("reports/")] == [[0], [0, 1], [0, 1, 2]]


# The folder: only what mlcheck wrote is written over or removed.


def put(folder: Path, told, inputs=()):
    write_folder(pages("site", iter(told), View("en")), folder, list(inputs))


def files(folder: Path):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_page_of_a_report_that_is_gone_goes_and_other_files_stay(tmp_path):
    folder = tmp_path / "site"
    put(folder, network())
    (folder / "reports" / "notes.html").write_text("mine")
    (folder / "README").write_text("mine")
    put(folder, network()[:1])
    assert files(folder) == sorted(
        [
            WRITTEN,
            "README",
            "index.html",
            page_name(network()[0]),
            "reports/notes.html",
            "script.js",
            "style.css",
        ]
    )


def test_a_run_again_changes_nothing(tmp_path):
    put(tmp_path / "site", network())
    before = {name: (tmp_path / "site" / name).read_bytes() for name in files(tmp_path / "site")}
    put(tmp_path / "site", network())
    assert before == {name: (tmp_path / "site" / name).read_bytes() for name in files(tmp_path / "site")}


@pytest.mark.parametrize("name", ["index.html", "style.css"])
def test_a_file_of_somebody_else_is_never_written_over(tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(MlcheckError, match="was not written by mlcheck"):
        put(tmp_path, network())
    assert (tmp_path / name).read_text() == "mine"


def test_what_an_interrupted_run_left_is_known_for_ours(tmp_path):
    def broken():
        yield network()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(tmp_path / "site", broken())
    assert "index.html" not in files(tmp_path / "site")
    put(tmp_path / "site", network()[1:])
    assert page_name(network()[0]) not in files(tmp_path / "site")


def test_a_list_of_ours_that_leads_elsewhere_removes_nothing(tmp_path):
    (tmp_path / "precious.html").write_text("mine")
    folder = tmp_path / "site"
    put(folder, network()[:1])
    (folder / "linked.html").symlink_to(tmp_path / "precious.html")
    with (folder / WRITTEN).open("a") as noted:
        noted.write(f"../precious.html\n{tmp_path}/precious.html\nreports/../../precious.html\nlinked.html\n")
    put(folder, network())
    assert (tmp_path / "precious.html").read_text() == "mine"
    assert (folder / "linked.html").is_symlink()


def test_an_input_is_not_written_over(tmp_path):
    put(tmp_path, network())
    page = tmp_path / page_name(network()[0])
    with pytest.raises(MlcheckError, match="which is written to"):
        put(tmp_path, network(), inputs=[page])


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    for name, total in (("lille/2022/r.csv", 17), ("lille/2023/r.csv", 71), ("roubaix/2023/r.csv", 17)):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(HELPS.format(total=total), encoding="utf-8")
    return lambda *told: CliRunner().invoke(app, ["validate", *told])


NETWORK = ("lille/2022/r.csv", "lille/2023/r.csv", "roubaix/2023/r.csv")


@pytest.mark.parametrize("asked", [("-o", "site/"), ("-o", "made"), ("--format", "site", "-o", "site")])
def test_a_slash_a_folder_that_is_there_and_the_format_ask_for_a_site(run, asked):
    Path("made").mkdir()
    assert run(*NETWORK, *asked).exit_code == 1
    assert len(files(Path(asked[-1]))) == 3 + len(NETWORK) + 1


def test_a_site_stands_beside_another_output(run):
    assert run(*NETWORK, "-o", "site/", "-o", "all.jsonl").exit_code == 1
    told = [json.loads(line) for line in Path("all.jsonl").read_text("utf-8").splitlines()]
    assert [one["source"] for one in told] == list(NETWORK)
    assert (Path("site") / "index.html").is_file()


def test_a_site_needs_a_folder(run):
    done = run(*NETWORK, "--format", "site")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "name it with --output FOLDER/" in done.stderr


def test_a_site_in_the_folder_of_its_reports_is_refused(run):
    done = run("lille/2022/r.csv", "-o", "lille/")
    assert done.exit_code == 2
    assert files(Path("lille")) == ["2022/r.csv", "2023/r.csv"]


# In a real browser, from the disk.


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed here")
    page = Page(tmp_path_factory.mktemp("browser"))
    yield page
    page.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open the index of a site in a window of a width."""

    def show(width=1280):
        put(tmp_path / "site", network())
        browser.said.clear()
        browser.asked.clear()
        browser.size(width, 900)
        browser.open("about:blank")
        browser.open((tmp_path / "site" / "index.html").as_uri())
        return browser

    return show


def test_the_index_asks_for_its_style_and_script_alone_and_complains_of_nothing(opened):
    page = opened()
    asked = [
        address.rpartition("/")[2] for address in page.asked if not address.startswith(("about:", "data:"))
    ]
    assert sorted(asked) == ["index.html", "script.js", "style.css"]
    assert page.said == []
    assert page.run("getComputedStyle(document.querySelector('.first .one')).borderLeftWidth") == "4px"


def test_a_list_is_narrowed_to_an_agency_and_a_verdict(opened):
    page = opened()
    shown = "[...document.querySelectorAll('#reports-list tr[data-kind]')].filter(r => r.checkVisibility()).length"
    assert page.run(shown) == 4
    page.run(
        "(s => { s.value = 'lille'; s.dispatchEvent(new Event('change', {bubbles: true})) })"
        "(document.querySelector('[data-area=reports-list] select'))"
    )
    assert page.run(shown) == 2
    page.run("document.querySelector('[data-area=reports-list] input[value=clean]').click()")
    assert page.run(shown) == 1
    assert (
        page.run("document.querySelector('[data-area=reports-list] output').textContent") == "Shown: 1 of 4"
    )


def test_the_years_are_narrowed_to_an_agency(opened):
    page = opened()
    page.run(
        "(s => { s.value = 'roubaix'; s.dispatchEvent(new Event('change', {bubbles: true})) })"
        "(document.querySelector('[data-area=years-list] select'))"
    )
    shown = "[...document.querySelectorAll('#years-list tbody tr')].filter(r => r.checkVisibility()).length"
    assert page.run(shown) == 1


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_of_the_window(opened, width):
    assert opened(width).run("document.documentElement.scrollWidth") <= width


def test_a_finding_is_one_click_away_and_all_reports_another(opened):
    page = opened()
    page.run("document.querySelector('#first-list a').click()")
    page.until("location.pathname.includes('/reports/') && document.readyState === 'complete'")
    anchor = page.run("decodeURIComponent(location.hash.slice(1))")
    page.until(
        f"(top => top >= -2 && top < 900)(document.getElementById('{anchor}').getBoundingClientRect().top)"
    )
    page.run("document.querySelector('.home a').click()")
    page.until("location.pathname.endsWith('/index.html')")
    assert page.said == []
