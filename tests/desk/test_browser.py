"""mlcheck ui in a real browser: dropped, read, accepted, saved again, taken away, closed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import tomli

from tests.desk.conftest import FIXTURES
from tests.html.axe import violations
from tests.html.browser import CHROMIUM, NO_BROWSER, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)

ERRORS, PRIOR, CLEAN = (FIXTURES / f"report-{name}.xlsx" for name in ("2023-errors", "2022", "2023"))
SHOWN = "!document.querySelector('#result').hidden && !document.querySelector('#status.busy')"
HEADLINE = "document.querySelector('#headline')?.textContent ?? ''"
TROUBLE = "document.querySelector('#trouble').textContent"
STATUS = "document.querySelector('#status').textContent"
FINDINGS = "document.querySelectorAll('#findings-list article').length"
PATIENCE = 60


class Program:
    """mlcheck ui, run as a person runs it, in a folder of its own."""

    def __init__(self, folder: Path, *arguments: str, language: str = "en") -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlcheck", "ui", "--no-browser", "--lang", language, *arguments], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(folder.parent)},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.told = self.process.stdout.readline()
        self.address = self.process.stdout.readline().strip()

    def private(self) -> list[Path]:
        """Return the folders that hold what was sent."""
        return list(self.folder.parent.glob("mlcheck-*"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    page = Page(tmp_path_factory.mktemp("browser"))
    yield page
    page.close()


@pytest.fixture
def start(browser, tmp_path):
    """Start the program in a folder with some reports, and open its page in a new tab of an ordinary size."""
    started = []
    folder = tmp_path / "here"
    folder.mkdir()

    def begin(*arguments, language="en", width=1300, scheme="light"):
        program = Program(folder, *arguments, language=language)
        started.append(program)
        browser.tab()
        browser.said.clear()
        browser.asked.clear()
        browser.size(width, 900)
        browser.media("screen", prefers_color_scheme=scheme)
        browser.open(program.address)
        browser.until("document.querySelector('#report-name') !== null")
        return program

    before = set(browser.tabs)
    yield begin
    for tab in [one for one in browser.tabs if one not in before]:
        browser.use(tab)
        browser.leave()
    for program in started:
        if program.process.poll() is None:
            program.process.terminate()
        program.process.wait(PATIENCE)


def shown(page, condition="true"):
    page.until(f"{SHOWN} && ({condition})")


def test_a_report_is_dropped_and_its_findings_are_there(start, browser):
    program = start()
    assert not browser.run("document.querySelector('#again').checkVisibility()")
    browser.drop("[data-role=report]", ERRORS)
    shown(browser)
    assert "figures to correct" in browser.run(HEADLINE)
    alone = browser.run(FINDINGS)
    assert alone > 10
    browser.drop("[data-role=prior]", PRIOR)
    browser.until("document.querySelector('#prior-name').textContent === 'report-2022.xlsx'")
    shown(browser, f"{FINDINGS} > {alone}")
    assert "compared with report-2022.xlsx" in browser.run("document.querySelector('.facts').textContent")
    browser.run("document.querySelector('.remove').click()")
    shown(browser, f"{FINDINGS} === {alone}")
    asked = [one for one in browser.asked if not one.startswith(("about:", "data:", "blob:"))]
    assert all(one.startswith(program.address) for one in asked)
    assert browser.said == []


def test_a_file_beside_the_boxes_is_this_year_s_report(start, browser):
    start()
    browser.drop("footer", ERRORS)
    shown(browser)
    assert browser.run("document.querySelector('#report-name').textContent") == ERRORS.name


def test_one_file_at_a_time(start, browser):
    start()
    browser.drop("[data-role=report]", ERRORS, CLEAN)
    browser.until(f"{TROUBLE} === 'Choose one file at a time; a folder cannot be sent.'")
    browser.drop("[data-role=report]", FIXTURES)
    browser.until(f"{TROUBLE}.includes('folder cannot be sent')")


def test_a_profile_is_chosen(start, browser):
    start()
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    browser.run(
        "(list => { list.value = 'mission-locale'; list.dispatchEvent(new Event('change')); })(document.querySelector('#profile'))"
    )
    shown(browser, "document.querySelector('.facts').textContent.includes('profile mission-locale')")


def test_a_profile_of_her_own_is_found_from_where_she_started(start, browser, tmp_path):
    (tmp_path / "here" / "mlcheck.toml").write_text('language = "en"\n')
    below = tmp_path / "here" / "schemas"
    below.mkdir()
    (below / "own.toml").write_text('extends = "mission-locale"\n')
    start("--profile", "schemas/own.toml")
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser, "document.querySelector('.facts').textContent.includes('profile own')")


def test_what_she_takes_away(start, browser, tmp_path):
    start()
    kept = tmp_path / "kept"
    kept.mkdir()
    browser.download_into(kept)
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    for what, name in (
        ("copy", "report-2023-errors-annotated.xlsx"),
        ("page", "report-2023-errors.html"),
        ("certificate", "report-2023-errors-mlcheck.json"),
    ):
        browser.run(f"document.querySelector('[data-download={what}]').click()")
        wait_for(kept / name)
    assert zipfile.ZipFile(kept / "report-2023-errors-annotated.xlsx").testzip() is None
    assert json.loads((kept / "report-2023-errors-mlcheck.json").read_text("utf-8"))["status"] == 1
    browser.open((kept / "report-2023-errors.html").as_uri())
    assert browser.run(FINDINGS) > 10


def wait_for(file: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not file.exists() or not file.stat().st_size:
        assert time.monotonic() < end, file
        time.sleep(0.05)


def accept(page, reason="Printed so; a correction is published."):
    page.run("document.querySelector('#findings-list .meant button').click()")
    page.run(f"document.querySelector('#reason').value = {json.dumps(reason)}")
    page.run("document.querySelector('#author').value = 'the office'")
    page.run("document.querySelector('#accept button.main').click()")


def test_a_finding_of_a_dropped_report_is_accepted_and_can_be_kept(start, browser, tmp_path):
    start()
    kept = tmp_path / "kept"
    kept.mkdir()
    browser.download_into(kept)
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    before = browser.run(FINDINGS)
    accept(browser, "")  # a reason is wanted
    assert browser.run("document.querySelector('#accept').open")
    browser.run("document.querySelector('.cancel').click()")
    accept(browser)
    shown(browser, f"{FINDINGS} === {before - 1}")
    assert browser.run(STATUS) == "1 accepted."
    assert browser.run("document.querySelectorAll('.suppressed article').length") == 1
    assert browser.run("document.querySelectorAll('.suppressed .meant').length") == 0
    browser.run("document.querySelector('[data-download=waivers]').click()")
    wait_for(kept / "mlcheck.toml")
    [waiver] = tomli.loads((kept / "mlcheck.toml").read_text("utf-8"))["waiver"]
    assert waiver["report"] == ERRORS.name


def test_a_file_that_was_saved_since_it_was_chosen_is_asked_for_again(start, browser, tmp_path):
    start()
    file = tmp_path / "report.xlsx"
    shutil.copy(ERRORS, file)
    browser.choose("[data-role=report] input", file)
    shown(browser)
    before = browser.run(FINDINGS)
    browser.run("document.querySelector('#again').click()")
    shown(browser, f"{STATUS} === 'Checked again: nothing has changed.'")
    time.sleep(1.1)  # the browser tells times by the second
    shutil.copy(CLEAN, file)
    browser.run("document.querySelector('#again').click()")
    browser.until(f"{TROUBLE}.startsWith('report.xlsx: This file has changed')")
    browser.choose("[data-role=report] input", file)
    shown(browser, f"{FINDINGS} < {before}")
    assert " solved" in browser.run(STATUS)
    assert browser.run("document.querySelectorAll('.changes .solved li').length") > 5


def test_a_file_that_was_dropped_is_checked_again_when_it_is_saved(start, browser, tmp_path):
    start()
    file = tmp_path / "report.xlsx"
    shutil.copy(ERRORS, file)
    browser.drop("[data-role=report]", file)
    shown(browser)
    before = browser.run(FINDINGS)
    time.sleep(1.1)
    shutil.copy(CLEAN, file)
    shown(browser, f"{FINDINGS} < {before}")
    assert " solved" in browser.run(STATUS)


def test_a_report_that_is_followed_is_checked_at_each_save(start, browser, tmp_path):
    here = tmp_path / "here"
    shutil.copy(ERRORS, here / "report.xlsx")
    start("report.xlsx", "--profile", "mission-locale")
    shown(browser)
    before = browser.run(FINDINGS)
    browser.run("scrollTo(0, 700)")
    half = CLEAN.read_bytes()
    with (here / "report.xlsx").open("wb") as stream:  # a program that takes its time
        stream.write(half[: len(half) // 2])
        stream.flush()
        time.sleep(0.4)
        stream.write(half[len(half) // 2 :])
    shown(browser, f"{FINDINGS} < {before}")
    assert browser.run(TROUBLE) == ""
    assert browser.run("scrollY") == 700
    solved = browser.run("document.querySelectorAll('.changes .solved li').length")
    assert solved > 5
    shutil.copy(ERRORS, here / "new.tmp")
    (here / "new.tmp").replace(here / "report.xlsx")  # as a spreadsheet program saves
    shown(browser, f"{FINDINGS} === {before}")
    link = "document.querySelector('.changes .new a')"
    assert browser.run(f"document.getElementById({link}.hash.slice(1)).matches('article')")
    assert not browser.run("document.querySelector('[data-role=report] .choose')")


def test_a_waiver_of_a_report_that_is_followed_is_written_beside_it(start, browser, tmp_path):
    here = tmp_path / "here"
    shutil.copy(ERRORS, here / "report.xlsx")
    start("report.xlsx")
    shown(browser)
    before = browser.run(FINDINGS)
    accept(browser)
    shown(browser, f"{FINDINGS} === {before - 1}")
    [waiver] = tomli.loads((here / "mlcheck.toml").read_text("utf-8"))["waiver"]
    assert (waiver["author"], waiver["report"]) == ("the office", "report.xlsx")
    assert "mlcheck.toml" in browser.run("document.querySelector('.accepted').textContent")
    assert (here / "report.xlsx").read_bytes() == ERRORS.read_bytes()


@pytest.mark.parametrize(
    ("language", "label", "again"),
    [("fr", "Annuler", "n’est plus accepté"), ("en", "Undo", "no longer accepted")],
)
def test_what_was_accepted_is_undone(start, browser, tmp_path, language, label, again):
    here = tmp_path / "here"
    shutil.copy(ERRORS, here / "report.xlsx")
    start("report.xlsx", language=language)
    shown(browser)
    before = browser.run(FINDINGS)
    assert not browser.run("document.querySelector('#undo')")
    accept(browser)
    shown(browser, f"{FINDINGS} === {before - 1}")
    assert browser.run("document.querySelector('#undo').textContent") == label
    assert (here / "mlcheck.toml").exists()
    assert violations(browser, ".chapters") == []
    browser.run("document.querySelector('#undo').click()")
    shown(browser, f"{FINDINGS} === {before}")
    assert again in browser.run(STATUS)
    assert not browser.run("document.querySelector('#undo')")
    assert not (here / "mlcheck.toml").exists()
    assert browser.said == []


@pytest.mark.parametrize(
    ("language", "told", "label"),
    [("fr", "rapport 2021", "Année du rapport"), ("en", "report of 2021", "Year of the report")],
)
def test_the_year_of_the_report_is_told(start, browser, language, told, label):
    start(language=language)
    assert browser.run("document.querySelector('label[for=year]').textContent") == label
    assert violations(browser) == []
    fill = "(box => { box.value = %s; box.dispatchEvent(new Event('change')); })(document.querySelector('#year'))"
    browser.run(fill % "'2021'")
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser, f"document.querySelector('.facts').textContent.includes({json.dumps(told)})")
    browser.run(fill % "''")
    shown(
        browser,
        f"document.querySelector('.facts').textContent.includes({json.dumps(told.replace('2021', '2023'))})",
    )
    browser.run(fill % "'20000'")  # the browser refuses it, and nothing is asked
    assert browser.run("!document.querySelector('#year').checkValidity()")


def test_two_tabs_each_have_their_report(start, browser):
    program = start()
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    first = browser.run(HEADLINE)
    one = browser._session
    other = browser.tab()
    browser.open(program.address)
    browser.until("document.querySelector('#report-name') !== null")
    browser.choose("[data-role=report] input", CLEAN)
    shown(browser)
    assert browser.run(HEADLINE) != first
    browser.use(one)
    assert browser.run(HEADLINE) == first
    assert browser.run("document.querySelector('#report-name').textContent") == ERRORS.name
    browser.use(other)


def test_many_tabs_are_all_served(start, browser):
    program = start()
    tabs = [browser._session]
    for _ in range(7):
        tabs.append(browser.tab())
        browser.open(program.address)
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    browser.use(tabs[0])
    assert browser.run("fetch('here', {method: 'POST'}).then(() => 1) && true")
    for tab in tabs:
        browser.use(tab)
        browser.leave()
    assert program.process.wait(PATIENCE) == 0


HOSTILE = {
    "bomb.xlsx": lambda file: zipped(file, "xl/workbook.xml", b"<x>" + b" " * 400_000_000),
    "cut.xlsx": lambda file: file.write_bytes(ERRORS.read_bytes()[:5000]),
    "cut.pdf": lambda file: file.write_bytes(b"%PDF-1.7\n1 0 obj <<"),
    "empty.docx": lambda file: zipped(file, "[Content_Types].xml", b"<Types/>"),
    "<img src=x onerror=alert(1)>.csv": lambda file: file.write_text(
        "a;<script>window.hit=1</script>\nb;c\n"
    ),
}


def zipped(file, name, content):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence_and_the_next_one_is_checked(start, browser, tmp_path, name):
    start()
    file = tmp_path / name
    HOSTILE[name](file)
    browser.choose("[data-role=report] input", file)
    shown(browser)
    assert browser.run(HEADLINE).startswith(("This file could not be checked", "Nothing could be checked"))
    why = browser.run("document.querySelector('.why')?.textContent ?? ''")
    assert why.startswith(name) == (name[0] != "<")
    assert "Traceback" not in why
    assert browser.run("window.hit") is None
    assert browser.run("document.images.length") == 0
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser, f"{FINDINGS} > 10")
    assert browser.said == []


def test_a_file_of_30_megabytes_with_a_picture_has_its_findings(start, browser, tmp_path):
    start()
    heavy = tmp_path / "heavy.xlsx"
    shutil.copy(ERRORS, heavy)
    with zipfile.ZipFile(heavy, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/photo.png", os.urandom(30 * 2**20))
    browser.choose("[data-role=report] input", heavy)
    shown(browser, f"{FINDINGS} > 10")


def test_a_table_of_30_megabytes_gets_a_sentence_and_can_be_stopped(start, browser, tmp_path):
    start()
    large = tmp_path / "large.csv"
    large.write_text("Commune;Hommes;Femmes;Total\n" + "Commune;12;34;46\n" * 1_860_000)
    assert large.stat().st_size > 30 * 2**20
    browser.choose("[data-role=report] input", large)
    browser.until("document.querySelector('#stop').checkVisibility()")
    browser.run("document.querySelector('#stop').click()")
    browser.until(
        "!document.querySelector('#stop').checkVisibility() && !document.querySelector('#status.busy')"
    )
    assert browser.run("document.querySelector('#result').hidden")
    browser.run("document.querySelector('#again').click()")
    shown(browser)
    assert "too large for a report" in browser.run("document.querySelector('.why').textContent")


def test_a_keyboard_does_it_all(start, browser):
    start()
    where = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"

    def go(wanted, most=60):
        for _ in range(most):
            if browser.run(f"document.activeElement.matches({json.dumps(wanted)})"):
                return
            browser.press("Tab")
        pytest.fail(f"{wanted} is not reached; the focus is on {browser.run(where)}")

    browser.press("Tab")
    assert browser.run(where) == "skip"
    go("[data-role=report] .choose")
    browser.order("Page.setInterceptFileChooserDialog", enabled=True)
    browser.press("Enter")  # the browser asks for the file, which only it can show
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    go("#profile")
    go("#year")
    go("#again")
    browser.press("Enter")
    shown(browser, f"{STATUS} === 'Checked again: nothing has changed.'")
    before = browser.run(FINDINGS)
    go(".meant button", most=200)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert browser.run(outline) == "solid"
    browser.press(" ")
    browser.until("document.querySelector('#accept').open")
    assert browser.run(where) == "reason"
    browser.press("Escape")
    assert not browser.run("document.querySelector('#accept').open")
    go(".meant button")
    browser.press("Enter")
    browser.until("document.activeElement.id === 'reason'")
    browser.press(*"Printed so")
    go("#author")
    if not browser.run("document.activeElement.value"):
        browser.press("m", "e")
    go("#accept button.main")
    browser.press("Enter")
    shown(browser, f"{FINDINGS} === {before - 1}")
    assert browser.run(where) == "result"


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("fr", 1300, "light"), ("en", 1300, "dark"), ("fr", 390, "dark")]
)
def test_no_barrier_is_found_on_the_page(start, browser, tmp_path, language, width, scheme):
    start(language=language, width=width, scheme=scheme)
    assert violations(browser) == []
    file = tmp_path / "report.xlsx"
    shutil.copy(CLEAN, file)
    browser.choose("[data-role=report] input", file)
    shown(browser)
    shutil.copy(ERRORS, file)
    browser.choose("[data-role=report] input", file)
    shown(browser, "document.querySelector('.changes') !== null")
    assert violations(browser, ".chapters") == []  # the report itself is looked at in tests/html
    browser.run("document.querySelector('.meant button').click()")
    assert violations(browser, ".chapters") == []
    accept(browser)
    shown(browser, "document.querySelector('.accepted') !== null")
    assert violations(browser, ".chapters article") == []
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_the_filters_of_the_report_work_after_it_was_checked_again(start, browser):
    start()
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    for _ in range(2):
        browser.run("document.querySelector('#findings-list').dataset.seen = 'before'")
        browser.run("document.querySelector('#again').click()")
        browser.until("document.querySelector('#findings-list')?.dataset.seen === undefined")
        shown(browser, f"{STATUS} === 'Checked again: nothing has changed.'")
    browser.until("!document.querySelector('form.filter').hidden")
    box = "document.querySelector('[data-area=findings-list] input[value=error]')"
    browser.run(f"{box}.click()")
    visible = (
        "[...document.querySelectorAll('#findings-list article')].filter(one => one.checkVisibility()).length"
    )
    browser.until(f"{visible} > 0 && {visible} < {FINDINGS}")


def test_it_stops_when_its_page_is_closed_and_leaves_nothing(start, browser):
    program = start()
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    assert len(program.private()) == 1
    assert oct(program.private()[0].stat().st_mode & 0o777) == "0o700"
    browser.open(browser.run("location.href"))  # loaded again, it goes on, and the report is still there
    shown(browser, f"{FINDINGS} > 10")
    browser.run("document.querySelector('#again').click()")
    browser.until(f"{TROUBLE}.startsWith('report-2023-errors.xlsx: The page was loaded again')")
    time.sleep(7)
    assert program.process.poll() is None
    browser.leave()
    begun = time.monotonic()
    assert program.process.wait(PATIENCE) == 0
    assert time.monotonic() - begun < 15
    assert program.private() == []
    assert program.process.stderr.read() == ""


def test_it_stops_at_a_signal_and_the_page_says_so(start, browser):
    program = start()
    browser.choose("[data-role=report] input", ERRORS)
    shown(browser)
    program.process.send_signal(2)
    assert program.process.wait(PATIENCE) == 130
    assert program.private() == []
    assert program.process.stderr.read() == ""
    browser.until(f"{STATUS}.startsWith('The program has stopped')")
