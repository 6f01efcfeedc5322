"""SARIF is valid, tells what was found where, what is accepted and what stopped the run."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mlcheck import __version__
from mlcheck.model.document import Locator
from mlcheck.model.finding import Suspect
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from mlcheck.rules import RULES
from tests.machine.reports import HOSTILE, SUFFIXES, hostile, known, real, waived, written
from tests.machine.sarif_reading import run_of, shown
from tests.rendering import cases


def sarif(*reports, language="en"):
    return run_of(written("sarif", *reports, language=language))


def test_the_tool_and_its_rules():
    run = sarif(cases.report(rules={"TOT101": "error"}))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], run["language"]) == ("mlcheck", __version__, "en")
    (rule,) = driver["rules"]
    assert (rule["id"], rule["name"]) == ("TOT101", "total-differs-from-parts")
    assert rule["shortDescription"]["text"] == "Total differs from parts."
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "mlcheck explain TOT101" in rule["help"]["text"]
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("https://example.org/rules.md#{anchor}", "https://example.org/rules.md#tot101-total-differs-from-parts"),
        ("https://example.org/{language}/{code}.html", "https://example.org/en/TOT101.html"),
    ],
)  # fmt: skip
def test_a_rule_has_the_address_of_its_published_page_where_one_is_told(said, address):
    (rule,) = run_of("".join(render("sarif", [cases.report()], View("en", help_uri=said))))["tool"]["driver"][
        "rules"
    ]
    assert rule["helpUri"] == address
    assert urlsplit(address).scheme == "https"  # "helpUri" is an absolute URI (SARIF 2.1.0, 3.49.12)
    (rule,) = sarif(cases.report())["tool"]["driver"]["rules"]
    assert "helpUri" not in rule and "mlcheck explain TOT101" in rule["help"]["text"]


def test_the_anchors_are_those_of_the_page_of_rules():
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
    headings = [
        line.removeprefix("### ").lower().replace(" ", "-")
        for line in page.splitlines()
        if line.startswith("### ")
    ]
    assert [f"{rule.code}-{rule.name}".lower() for rule in RULES] == headings


def test_rules_are_described_in_the_language_of_the_run():
    run = sarif(cases.report(), language=None)  # that of the report
    (rule,) = run["tool"]["driver"]["rules"]
    assert run["language"] == "fr"
    assert rule["shortDescription"]["text"] == "Un total imprimé n’est pas la somme de ses lignes."
    assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"] + "\n")


def test_a_finding_is_a_result_with_its_place_its_figures_and_its_fingerprint():
    (result,) = sarif(cases.report(findings=(cases.finding(fingerprint="abcd"),)))["results"]
    assert (result["ruleId"], result["level"]) == ("TOT101", "error")
    assert result["message"]["text"].splitlines() == [
        "Aides!C15 — the 10 lines make 10,024 €, and 10 029 € is printed",
        "expected 10 024, gap 5",
        "to review: Aides!C15 10 029 → 10 024",
    ]
    (where,) = result["locations"]
    assert where["physicalLocation"] == {
        "artifactLocation": {"uri": "report.xlsx", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1},
    }
    assert where["logicalLocations"] == [{"name": "C15", "fullyQualifiedName": "Aides!C15"}]
    assert [one["message"]["text"] for one in result["relatedLocations"]] == [
        "La Madeleine 1 410",
        "to review: Total 10 029 → 10 024 — one digit differs",
    ]
    assert result["partialFingerprints"] == {"mlcheck/v1": "abcd"}
    held = result["properties"]
    assert (held["stated"], held["expected"], held["difference"]) == ("10 029", "10 024", "5")
    assert (held["section"], held["table"], held["label"]) == (cases.HELP, "Aides directes", "Montant")
    (suspect,) = held["suspects"]
    assert (suspect["suggested"], suspect["also"]) == ("10 024", ["Aides!A20"])


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")]
)
def test_the_level_of_a_result_is_its_severity_and_that_of_its_rule_the_ordinary_one(severity, level):
    run = sarif(cases.report(findings=(cases.finding(severity=severity),), rules={"TOT101": "error"}))
    assert run["results"][0]["level"] == level
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"] == "error"


def test_what_is_accepted_is_a_result_with_its_reason_and_what_was_known_is_unchanged():
    report = cases.report(suppressed=(waived(), known(rule="SHR201", name="prose-share-wrong")))
    active, accepted, before = sarif(report)["results"]
    assert (active["suppressions"], active["baselineState"]) == ([], "new")
    assert accepted["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "printed so — the agency — until 2027-01-31",
        }
    ]
    assert accepted["baselineState"] == "new"
    assert before["suppressions"][0]["justification"] == "known before"
    assert before["baselineState"] == "unchanged"
    assert [active["ruleIndex"], accepted["ruleIndex"], before["ruleIndex"]] == [0, 0, 1]


def test_an_unusable_file_fails_the_run_and_the_others_are_told():
    run = sarif(cases.unusable(), cases.report())
    (note,) = (n for n in run["invocations"][0]["toolExecutionNotifications"] if n["level"] == "error")
    assert note["message"]["text"] == "report.xlsx is empty; save the workbook again."
    assert note["descriptor"]["id"] == "unusable"
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "report.xlsx"
    assert run["invocations"][0]["executionSuccessful"] is False
    assert len(run["results"]) == 1


def test_a_rule_that_crashed_fails_the_run():
    run = sarif(cases.report(crashes=(cases.CRASH,)))
    note = run["invocations"][0]["toolExecutionNotifications"][0]
    assert (note["associatedRule"]["id"], note["level"]) == ("TOT101", "error")
    assert "ZeroDivisionError" in note["message"]["text"]


def test_nothing_compared_is_no_success():
    run = sarif(cases.report(findings=(), constraints={"unverifiable": 3}))
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["results"] == []


def test_nothing_wrong_is_a_success_that_says_what_was_checked():
    run = sarif(cases.report(findings=(), not_understood=()))
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    (checked,) = run["properties"]["reports"]
    assert (checked["source"], checked["year"]) == ("report.xlsx", 2023)
    assert checked["figures"] == {"bounded": 1, "contradicted": 1, "proven": 1, "unchecked": 1}


def test_a_block_that_was_not_understood_is_told():
    run = sarif(cases.report())
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("note", "no boxhead above 3 lines")
    assert note["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "Aides!A40"


@pytest.mark.parametrize(
    ("locator", "name", "region"),
    [
        (
            Locator("r.pptx", slide=12, shape="Tableau 3", cell="C4"),
            "slide 12/Tableau 3/C4",
            {"startLine": 1},
        ),
        (Locator("r.docx", shape="table 37", line=267, cell="C12"), "table 37/C12", {"startLine": 1}),
        (Locator("r.docx", line=74), "paragraph 74", {"startLine": 1}),
        (Locator("r.txt", line=651, column=12), None, {"startLine": 651, "startColumn": 12}),
        (Locator("r.md", line=734, shape="table 37", cell="C12"), "table 37/C12", {"startLine": 734}),
        (Locator("r.csv", sheet="r", cell="C5"), "r!C5", {"startLine": 5}),
        (Locator("r.pdf", page=24, box=(1.5, 2.0, 3.0, 4.0)), "page 24", {"startLine": 1}),
        (Locator("r.xlsx"), None, {"startLine": 1}),
    ],
)
def test_the_place_in_a_file_of_each_kind(locator, name, region):
    finding = cases.finding(location=locator, suspects=(), related=())
    (result,) = sarif(cases.report(findings=(finding,)))["results"]
    (where,) = result["locations"]
    assert where["physicalLocation"]["region"] == region
    told = [one["fullyQualifiedName"] for one in where.get("logicalLocations", ())]
    assert told == ([name] if name else [])
    if locator.box:
        assert where["properties"] == {"page": 24, "box": [1.5, 2.0, 3.0, 4.0]}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_only_text(text):
    run = sarif(hostile(text))
    result = run["results"][0]
    message = shown(result["message"])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\u2066\u200f]", message)
    assert "](" not in message
    assert len(message) < 15_000
    exact = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    assert result["properties"]["label"] == exact
    assert run["results"][1]["suppressions"][0]["kind"] == "external"


def test_a_suspect_of_last_years_report_stands_in_its_own_file():
    other = Locator("report-2022.xlsx", sheet="Aides", cell="C15")
    finding = cases.finding(suspects=(Suspect(other, "Total", "9", "8", 1, ""),), related=())
    (result,) = sarif(cases.report(findings=(finding,)))["results"]
    place = result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "report-2022.xlsx"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_real_report_in_every_format(suffix):
    name = f"report-2023.{suffix}"
    run = sarif(*real(name), language="fr")
    assert run["invocations"][0]["executionSuccessful"] is True
    total = next(one for one in run["results"] if one["ruleId"] == "TOT101")
    place = total["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"fixtures/{name}"
    assert (place["region"]["startLine"] > 1) == (suffix in ("txt", "md", "html"))
    assert len(total["relatedLocations"]) > 10


def test_the_line_and_the_column_are_those_of_the_printed_figure():
    from tests.machine.reports import ROOT

    lines = (ROOT / "fixtures" / "report-2023.txt").read_text("utf-8").splitlines()
    run = sarif(*real("report-2023.txt"), language="fr")
    placed = 0
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        stated = result["properties"]["stated"]
        if "startColumn" in region and stated:
            held = re.sub(r"\s", " ", lines[region["startLine"] - 1])
            assert held[region["startColumn"] - 1 :].startswith(stated)
            placed += 1
    assert placed > 1


def test_two_runs_write_the_same_bytes():
    assert written("sarif", *real("report-2023.txt")) == written("sarif", *real("report-2023.txt"))
