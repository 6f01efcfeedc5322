"""What the page asks and is told: a report checked, accepted, checked again, taken away."""

from __future__ import annotations

import json
import shutil
import zipfile
from io import BytesIO

import pytest
import tomli

from mlcheck.desk import shown, words
from mlcheck.desk.desk import Desk
from mlcheck.rendering.wording import Wording
from tests.desk.conftest import FIXTURES, SECRET

ERRORS, PRIOR = FIXTURES / "report-2023-errors.xlsx", FIXTURES / "report-2022.xlsx"
ENGLISH, FRENCH = Wording("en"), Wording("fr")


@pytest.fixture
def checked(spoken):
    """A page whose report was checked against last year's."""
    page = spoken()
    page.send("report", ERRORS)
    page.send("prior", PRIOR)
    page.run()
    return page


def first_error(page):
    return next(one for one in page.desk.result.report.findings if one.severity == "error")


def test_a_report_is_checked_and_shown(checked):
    state = shown.state(checked.desk, ENGLISH)
    assert state == {
        "running": False,
        "files": {"report": ERRORS.name, "prior": PRIOR.name},
        "result": 1,
        "status": "Checked.",
        "trouble": "",
    }
    text = checked.ask("GET", "result").text
    assert "figures to correct" in text
    assert f'id="{first_error(checked).fingerprint}"' in text
    assert str(checked.desk.private) not in text


def test_the_findings_are_those_of_the_terminal(checked, tmp_path, monkeypatch):
    import mlcheck

    for file in (ERRORS, PRIOR):
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    [report] = mlcheck.check(ERRORS.name, prior=PRIOR.name)
    told = checked.desk.result.report
    assert [one.fingerprint for one in told.findings] == [one.fingerprint for one in report.findings]
    assert [one.location for one in told.findings] == [one.location for one in report.findings]
    assert told.constraints == report.constraints


def test_a_finding_is_accepted_for_this_time_and_can_be_taken_away(checked):
    finding = first_error(checked)
    told = {"fingerprint": finding.fingerprint, "reason": 'So "printed" \\ é\n', "author": "the office"}
    assert checked.ask("POST", "waivers", json=told).status_code == 200
    checked.wait()
    report = checked.desk.result.report
    assert [one.finding.fingerprint for one in report.suppressed] == [finding.fingerprint]
    assert shown.state(checked.desk, ENGLISH)["status"] == "1 accepted."
    answer = checked.ask("GET", "download/waivers")
    [waiver] = tomli.loads(answer.text)["waiver"]
    assert (waiver["reason"], waiver["report"]) == ('So "printed" \\ é', ERRORS.name)
    assert "mlcheck.toml" in answer.headers["content-disposition"]


def test_a_waiver_wants_a_reason_an_author_and_a_finding(checked):
    finding = first_error(checked).fingerprint
    for told in ({"reason": " ", "author": "me"}, {"reason": "so", "author": ""}, {"reason": "so"}):
        answer = checked.ask("POST", "waivers", json={"fingerprint": finding, **told})
        assert answer.json()["sentence"] == "Say why it is meant, and who says so."
    for other in ("", "0" * 16, 7):
        answer = checked.ask("POST", "waivers", json={"fingerprint": other, "reason": "so", "author": "me"})
        assert "no longer there" in answer.json()["sentence"]
    assert checked.desk.kept == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 30000, b"{" + b" " * 70000 + b"}"])
def test_what_is_no_request_gets_a_sentence(checked, body):
    answer = checked.ask("POST", "waivers", content=body)
    assert (answer.status_code, list(answer.json())) == (409, ["sentence"])


def test_what_she_takes_away(checked):
    copy = checked.ask("GET", "download/copy")
    assert "report-2023-errors-annotated.xlsx" in copy.headers["content-disposition"]
    assert zipfile.ZipFile(BytesIO(copy.content)).testzip() is None
    page = checked.ask("GET", "download/page")
    assert page.text.startswith("<!doctype html>")
    assert 'http-equiv="Content-Security-Policy"' in page.text
    certificate = json.loads(checked.ask("GET", "download/certificate").text)
    assert set(certificate["inputs"]) == {ERRORS.name, PRIOR.name}
    assert (certificate["status"], certificate["reports"][0]["source"]) == (1, ERRORS.name)
    assert list(checked.desk.private.glob("copy-*")) == []


def test_checked_again_it_says_what_is_solved(checked):
    checked.send("report", FIXTURES / "report-2023.xlsx", ERRORS.name)
    checked.run()
    changes = checked.desk.result.changes
    assert len(changes.solved) > 10
    assert f"{len(changes.solved)} solved" in shown.state(checked.desk, ENGLISH)["status"]
    text = checked.ask("GET", "result").text
    assert 'class="solved"' in text
    checked.run()
    assert shown.state(checked.desk, ENGLISH)["status"] == "Checked again: nothing has changed."


def test_against_another_profile_nothing_is_said_of_last_time(checked):
    checked.run("mission-locale")
    assert checked.desk.result.changes is None
    assert checked.desk.result.report.profile == "mission-locale"


@pytest.mark.parametrize("profile", ["none-such", "../mlcheck", "/etc/passwd", "x.toml"])
def test_a_profile_is_one_of_those_known(checked, profile):
    answer = checked.ask("POST", "run", json={"profile": profile})
    assert "not known here" in answer.json()["sentence"]


def test_a_hostile_file_gets_the_sentence_of_the_terminal(spoken, tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from mlcheck.cli.main import app

    page = spoken()
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types>" + b" " * 400_000_000)
    page.send("report", bomb)
    page.run()
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["validate", bomb.name, "--lang", "en"]).stderr
    report = page.desk.result.report
    assert f"mlcheck: {ENGLISH.say(report.unusable, report.unusable_values)}\n" == told
    assert "This file could not be checked." in page.ask("GET", "result").text


def test_last_year_s_report_that_cannot_be_read_is_named_without_the_private_folder(spoken, tmp_path):
    page = spoken()
    (tmp_path / "before.xlsx").write_bytes(b"PK\x03\x04 and no more")
    page.send("report", ERRORS)
    page.send("prior", tmp_path / "before.xlsx")
    page.run()
    trouble = shown.state(page.desk, ENGLISH)["trouble"]
    assert trouble.startswith("before.xlsx ")
    assert page.ask("DELETE", "files/prior").status_code == 200
    page.run()
    assert page.desk.result is not None


def test_a_check_can_be_stopped(spoken, monkeypatch):
    page = spoken()
    page.send("report", ERRORS)
    page.desk.begin()
    page.ask("POST", "stop")
    page.wait()
    page.run()
    assert page.desk.result.number == 1


def test_a_check_that_is_asked_for_again_starts_again_and_gives_one_result(spoken):
    page = spoken()
    page.send("report", ERRORS)
    for _ in range(5):
        page.desk.begin()
    page.wait()
    assert page.desk.result.number == 1


def test_a_fault_of_a_process_is_told(spoken, monkeypatch):
    from mlcheck.desk import desk as module

    monkeypatch.setattr(module, "checked", ended)
    page = spoken()
    page.send("report", ERRORS)
    page.run()
    [crash] = page.desk.result.report.crashes
    assert crash.error == "exit status 9"
    assert "incomplete, by a fault of mlcheck" in page.ask("GET", "result").text


def ended(begin, asked):
    """Leave as a library that fails takes its process with it."""
    import os

    os._exit(9)


def test_a_fault_of_the_page_itself_is_told_and_does_not_last(spoken, monkeypatch):
    from mlcheck.desk import desk as module

    def failing(*_):
        raise ZeroDivisionError("of ours")

    page = spoken()
    page.send("report", ERRORS)
    with monkeypatch.context() as patched:
        patched.setattr(module, "Apart", failing)
        page.run()
    assert "ZeroDivisionError: of ours" in shown.state(page.desk, ENGLISH)["trouble"]
    page.run()
    assert shown.state(page.desk, ENGLISH)["trouble"] == ""


def test_two_pages_do_not_meet(spoken):
    one = spoken()
    other = one.client.get(f"/{SECRET}/").url.path
    assert other != one.home
    one.send("report", ERRORS)
    one.run()
    assert one.client.get(f"{other}result").status_code == 409
    assert one.client.get(f"/{SECRET}/d/none/").status_code == 404


def test_the_page_that_is_left_out_of_many_is_not_the_first(spoken):
    page = spoken(report=ERRORS)
    for _ in range(50):
        page.pages.new()
    assert len(page.pages.desks) == 40
    assert "first" in page.pages.desks


# A report that was named on the command line: waivers are written beside it.


@pytest.fixture
def followed(spoken, tmp_path):
    """A page that follows a report of a folder without a configuration."""
    shutil.copy(ERRORS, tmp_path / "here")
    from pathlib import Path

    page = spoken(report=Path(ERRORS.name))
    page.run()
    return page


def accept(page, finding):
    told = {"fingerprint": finding.fingerprint, "reason": "Printed so.", "author": "the office"}
    return page.ask("POST", "waivers", json=told)


def test_a_waiver_is_written_beside_the_report_and_holds_on_the_command_line(followed, tmp_path):
    from typer.testing import CliRunner

    from mlcheck.cli.main import app

    finding = first_error(followed)
    assert accept(followed, finding).status_code == 200
    followed.wait()
    text = (tmp_path / "here" / "mlcheck.toml").read_text("utf-8")
    assert text.startswith("# ")
    assert finding.fingerprint in text
    assert "mlcheck.toml" in followed.ask("GET", "result").text
    answer = json.loads(CliRunner().invoke(app, ["validate", ERRORS.name, "--format", "json"]).stdout)
    assert [one["fingerprint"] for one in answer["reports"][0]["suppressed"]] == [finding.fingerprint]


def test_what_was_accepted_last_is_undone_and_told_again(followed, tmp_path):
    findings = [one for one in followed.desk.result.report.findings if one.fingerprint][:2]
    for finding in findings:
        assert accept(followed, finding).status_code == 200
        followed.wait()
    for left in (1, 0):
        assert "Undo" in followed.ask("GET", "result").text
        assert followed.ask("DELETE", "waivers/last").status_code == 200
        followed.wait()
        assert shown.state(followed.desk, ENGLISH)["status"] == "1 no longer accepted."
        assert shown.state(followed.desk, FRENCH)["status"] == "1 n’est plus accepté."
        assert len(followed.desk.result.report.suppressed) == left
    assert not (tmp_path / "here" / "mlcheck.toml").exists()
    assert "Undo" not in followed.ask("GET", "result").text
    answer = followed.ask("DELETE", "waivers/last")
    assert answer.json()["sentence"] == "Nothing was accepted on this page that could be undone."


def test_what_was_accepted_of_a_dropped_report_is_undone(checked):
    finding = first_error(checked)
    assert accept(checked, finding).status_code == 200
    checked.wait()
    assert len(checked.desk.kept) == 1
    assert checked.ask("DELETE", "waivers/last").status_code == 200
    checked.wait()
    assert checked.desk.kept == [] == [*checked.desk.result.report.suppressed]
    assert finding.fingerprint in {one.fingerprint for one in checked.desk.result.report.findings}


def test_what_was_changed_by_hand_is_not_undone(followed, tmp_path):
    accept(followed, first_error(followed))
    followed.wait()
    file = tmp_path / "here" / "mlcheck.toml"
    file.write_text(file.read_text("utf-8").replace("Printed so.", "Agreed."), "utf-8")
    sentence = followed.ask("DELETE", "waivers/last").json()["sentence"]
    assert sentence.endswith("was changed since: take the waiver out of it by hand.")
    followed.wait()
    assert len(followed.desk.result.report.suppressed) == 1


@pytest.mark.parametrize("year", ["0", "-1", "20x", "10000", "²", "2023.5"])
def test_what_is_no_year_is_a_sentence(spoken, year):
    page = spoken()
    answer = page.ask("POST", "run", json={"profile": "", "year": year})
    assert answer.json()["sentence"] == "The year must be a whole number from 1 to 9999."


def test_the_year_of_the_report_is_that_of_the_field(spoken):
    page = spoken()
    page.send("report", ERRORS)
    for year, known in (("", 2023), ("2021", 2021), ("", 2023)):
        assert page.ask("POST", "run", json={"profile": "", "year": year}).status_code == 200
        page.wait()
        assert page.desk.result.report.year == known
    assert page.desk.result.changes is None  # the years were not the same


def test_a_configuration_that_cannot_be_written_keeps_the_waiver(followed, tmp_path):
    (tmp_path / "here" / "mlcheck.toml").write_text("waiver = []\n", "utf-8")
    answer = accept(followed, first_error(followed))
    assert "another form" in answer.json()["sentence"]
    followed.wait()
    assert len(followed.desk.kept) == len(followed.desk.result.report.suppressed) == 1
    assert (tmp_path / "here" / "mlcheck.toml").read_text("utf-8") == "waiver = []\n"


def test_a_configuration_that_is_wrong_is_a_sentence_and_the_last_result_stays(followed, tmp_path):
    (tmp_path / "here" / "mlcheck.toml").write_text("reprot = 1\n", "utf-8")
    followed.run()
    assert "reprot" in shown.state(followed.desk, ENGLISH)["trouble"]
    assert followed.desk.result.number == 1


def test_the_report_that_is_followed_is_not_replaced(followed, tmp_path):
    answer = followed.send("report", PRIOR)
    assert "This page follows" in answer.json()["sentence"]
    assert (tmp_path / "here" / ERRORS.name).read_bytes() == ERRORS.read_bytes()


# Words.


@pytest.mark.parametrize(
    ("asked", "browser", "language"),
    [
        ("fr", "en", "fr"),
        (None, "fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        (None, "de,en;q=0.5", "en"),
        (None, "de", "en"),
        (None, "", "en"),
    ],
)
def test_the_language_is_that_asked_for_else_of_the_browser(spoken, asked, browser, language):
    page = spoken(asked)
    text = page.client.get(page.home, headers={"accept-language": browser}).text
    assert f'<html lang="{language}">' in text


def test_the_language_of_a_page_can_be_chosen(spoken):
    page = spoken(None)
    assert "Vérifier un rapport" in page.client.get(f"{page.home}?lang=fr").text
    assert "Vérifier un rapport" in page.client.get(page.home).text
    assert '<html lang="fr">' in page.client.get(f"{page.home}?lang=xx").text


def test_every_label_is_used():
    page = shown.files("mlcheck.desk").joinpath("page")
    text = "".join(one.read_text("utf-8") for one in page.iterdir())
    unused = {name for name in words.LABELS if f"w.{name}" not in text and f"words.{name}" not in text}
    assert unused == {"report", "copy", "certificate", "page", "solved", "new"}  # by w[…]


def test_a_desk_without_a_report_says_so(spoken):
    page = spoken()
    assert "Choose a report first" in page.ask("POST", "run", json={}).json()["sentence"]
    assert "Nothing was checked" in page.ask("GET", "result").json()["sentence"]
    assert isinstance(page.desk, Desk)


@pytest.mark.parametrize("named", [["nowhere.xlsx"], [ERRORS.as_posix(), "--prior", "nowhere.xlsx"]])
def test_a_file_that_is_not_there_opens_no_page(named):
    from typer.testing import CliRunner

    from mlcheck.cli.main import app

    done = CliRunner().invoke(app, ["ui", *named, "--no-browser", "--lang", "fr"])
    assert done.exit_code == 2 and "nowhere.xlsx n’existe pas" in done.stderr
