"""Suspects as the reader sees them: ties told as ties, several corrections at once, last year's file named."""

import json

from mlcheck.model.document import Locator
from mlcheck.model.finding import OTHERWISE, TOGETHER, Suspect
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.rendering import cases


def suspect(cell, label, suggested, reason="one digit changed", tied=False, file=cases.FILE):
    return Suspect(Locator(file, sheet="Aides", cell=cell), label, "410", suggested, 1, reason, (), tied)


TIED = tuple(suspect(f"C{n}", f"Commune {n}", "415", tied=True) for n in range(1, 6))


def written(*suspects, form="terminal", language="en", **changes):
    finding = cases.finding(suspects=suspects, **changes)
    return "".join(render(form, [cases.report(findings=(finding,))], View(language, 100)))


def test_suspects_that_nothing_tells_apart_are_told_as_tied():
    text = written(*TIED, suspect("C9", "Autre", "500"))
    assert "      to review, 5 tied: Aides!C1 “Commune 1” 410 → 415 — one digit changed\n" in text
    assert "… and 3 others" in text
    french = (
        "      à revoir (5 corrections possibles, aucune plus probable) :\n        Aides!C1 « Commune 1 »"
    )
    assert french in written(*TIED, language="fr")
    assert "5 tied" in written(*TIED, form="markdown")


def test_one_that_is_likelier_than_the_others_stands_alone():
    text = written(suspect("C1", "Commune 1", "415"), suspect("C2", "Commune 2", "415"))
    assert "to review: Aides!C1" in text
    assert "tied" not in text


def test_json_tells_a_tie_in_the_reason_and_has_no_key_for_it():
    finding = json.loads(written(*TIED, form="json"))["reports"][0]["findings"][0]
    assert {one["reason"] for one in finding["suspects"]} == {"one digit changed, tied with 4 others"}
    assert set(finding["suspects"][0]) == {
        "location", "also", "label", "stated", "suggested", "mends", "reason",
    }  # fmt: skip


def test_a_set_of_corrections_is_shown_whole():
    own = [suspect(f"C{n}", f"Commune {n}", "415", TOGETHER) for n in range(1, 6)]
    text = written(*own, suspect("C9", "Autre", "500", OTHERWISE))
    assert "to correct together: Aides!C1" in text
    assert "Aides!C5" in text
    assert "Aides!C9" not in text
    assert "… and 1 other" in text


def test_a_place_in_last_years_report_names_its_file():
    text = written(suspect("C95", "Total", "415", file="archive/report-2022.xlsx"))
    assert "to review: report-2022.xlsx · Aides!C95 “Total”" in text
    told = json.loads(written(suspect("C95", "Total", "415", file="archive/report-2022.xlsx"), form="json"))
    assert told["reports"][0]["findings"][0]["suspects"][0]["location"]["file"] == "archive/report-2022.xlsx"


def test_what_the_message_has_told_is_not_told_again():
    told = written(message="Printed {stated}.", values={"stated": "10 029"})
    assert "Printed 10 029." in told
    assert "expected 10 024   gap 5" in told
    assert "printed 10 029" not in told
    assert "printed 10 029   expected 10 024" in written(message="The total is wrong.", values={})
