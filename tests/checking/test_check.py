"""Several files, last year's copy, chosen rules, and a rule that fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import mlcheck.rules
from mlcheck.checking import check, extract
from mlcheck.model.constraints import Rule
from mlcheck.model.errors import MlcheckError
from tests.checking.fixture import BEFORE, NOW, of_severity, plain, profile, report_of
from tests.rules.loading import checked, checked_together, document_of, profile_of

WRONG = """
# Les contrats par commune
Commune         Nombre de contrats
La Madeleine    12
Lambersart      7
Lompret         1
Total           21
"""
RIGHT = WRONG.replace("21", "20")


def rules_of(report) -> set[str]:
    return {finding.rule for finding in report.findings}


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


# ---- several files -----------------------------------------------------------------------------------------


def test_files_are_reported_in_order_and_one_that_is_unusable_in_its_place(tmp_path):
    good = written(tmp_path / "a.csv", "Commune;Jeunes", "Lompret;3", "Lambersart;4", "Total;8")
    empty = written(tmp_path / "b.csv", "")
    missing = tmp_path / "c.xlsx"
    fine = written(tmp_path / "d.csv", "Commune;Jeunes", "Lompret;3", "Lambersart;4", "Total;7")
    reports = list(check([good, empty, missing, fine]))
    assert [Path(report.source).name for report in reports] == ["a.csv", "b.csv", "c.xlsx", "d.csv"]
    assert [report.unusable is not None for report in reports] == [False, True, True, False]
    assert [rules_of(report) for report in reports] == [{"TOT101"}, set(), set(), set()]
    assert reports[3].constraints == {"consistent": 1}


def test_an_unusable_file_says_why_in_one_sentence(tmp_path):
    (report,) = check([tmp_path / "no-such-file.xlsx"])
    sentence = report.unusable.format(**report.unusable_values)
    assert "no-such-file.xlsx" in sentence
    assert "\n" not in sentence
    assert (report.figures.height, report.findings, report.constraints) == (0, (), {})


def test_a_file_without_a_figure_is_unusable(tmp_path):
    (report,) = check([written(tmp_path / "mots.csv", "Nom;Fonction", "Présidence;Élus")])
    assert report.unusable is not None
    assert "figure" in report.unusable


def test_reports_of_a_batch_know_nothing_of_one_another():
    documents = [document_of([text]) for text in (WRONG, RIGHT, WRONG)]
    together, _ = checked_together(documents)
    apart = [checked(document).report for document in documents]
    assert [r.constraints for r in together] == [r.constraints for r in apart]
    assert [r.findings for r in together] == [r.findings for r in apart]
    assert [r.figures["coverage"].to_list() for r in together] == [
        r.figures["coverage"].to_list() for r in apart
    ]


def test_no_file_gives_no_report():
    assert list(check([])) == []


# ---- last year ---------------------------------------------------------------------------------------------


def test_a_report_compared_with_a_copy_of_itself_agrees_with_it(tmp_path):
    copy = tmp_path / "report-2022.xlsx"
    shutil.copy(NOW, copy)
    (report,) = check([NOW], prior=copy, profile=profile())
    assert report.prior == copy.as_posix()
    assert "PLA101" not in rules_of(report)
    growth = [c for c in report.claims if c.claim.kind == "variation"]
    assert growth
    assert {c.verdict for c in growth} == {"inconsistent"}


def test_an_unusable_prior_stops_the_run(tmp_path):
    with pytest.raises(MlcheckError, match=r"no-such\.xlsx"):
        list(check([NOW], prior=tmp_path / "no-such.xlsx"))


def test_figures_of_last_year_are_not_among_those_of_the_report():
    alone, compared = report_of(), report_of(prior=BEFORE)
    assert alone.figures["cell"].to_list() == compared.figures["cell"].to_list()


# ---- select and ignore -------------------------------------------------------------------------------------


def test_only_the_rules_that_are_selected_run():
    report = checked(document_of([WRONG], ["21 contrats ont été signés."]), select=("AGR",)).report
    assert report.findings == ()
    assert report.constraints == {"consistent": 1}


def test_a_code_selects_one_rule():
    found = checked(document_of([WRONG], ["21 contrats ont été signés."]), select=("TOT101",))
    assert set(found.verdicts) == {"TOT101"}
    assert rules_of(found.report) == {"TOT101"}


def test_an_ignored_family_does_not_run():
    found = checked(document_of([WRONG], ["21 contrats ont été signés."]), ignore=("TOT",))
    assert set(found.verdicts) == {"AGR101"}
    assert of_severity(found.report, "error") == []


def test_ignore_takes_from_what_is_selected():
    report = checked(document_of([WRONG]), select=("TOT", "STR"), ignore=("TOT101",)).report
    assert report.findings == ()


def test_a_table_is_not_alone_because_the_rule_that_checks_it_is_not_selected():
    assert checked(document_of([RIGHT]), select=("ORP",)).report.findings == ()


# ---- a rule that fails -------------------------------------------------------------------------------------


def failing(*_: object) -> list:
    raise ZeroDivisionError("division by zero")


@pytest.mark.parametrize("reads", ["facts", "figures", "constraints"])
def test_a_rule_that_fails_is_named_and_the_others_run(reads, monkeypatch):
    broken = Rule("XXX901", "broken", "error", failing, "", reads)
    monkeypatch.setattr(mlcheck.rules, "RULES", (broken, *mlcheck.rules.RULES))
    report = checked(document_of([WRONG])).report
    assert [(crash.rule, crash.error) for crash in report.crashes] == [
        ("XXX901", "ZeroDivisionError: division by zero")
    ]
    assert rules_of(report) == {"TOT101"}


def test_a_rule_that_fails_half_way_leaves_nothing_behind(monkeypatch):
    def half(facts):
        yield from mlcheck.rules.totals.total_differs_from_parts(facts)
        raise RuntimeError("half way")

    broken = Rule("XXX902", "half", "error", half, "")
    monkeypatch.setattr(mlcheck.rules, "RULES", (broken,))
    report = checked(document_of([WRONG])).report
    assert [crash.rule for crash in report.crashes] == ["XXX902"]
    assert (report.findings, report.constraints) == ((), {})


def test_a_rule_that_fails_for_one_report_of_a_batch_fails_for_that_one(monkeypatch):
    def picky(facts):
        if any(row.label == "Roubaix" for table in facts.tables for row in table.rows):
            raise KeyError("Roubaix")
        return ()

    monkeypatch.setattr(
        mlcheck.rules, "RULES", (Rule("XXX903", "picky", "error", picky, ""), *mlcheck.rules.RULES)
    )
    reports, _ = checked_together([document_of([WRONG]), document_of([WRONG.replace("Lompret", "Roubaix")])])
    assert [[crash.rule for crash in report.crashes] for report in reports] == [[], ["XXX903"]]
    assert [rules_of(report) for report in reports] == [{"TOT101"}, {"TOT101"}]


# ---- an assumed profile ------------------------------------------------------------------------------------

FAMILY = """
total_labels = ["Total"]
[sections]
emploi = { titles = ["L'emploi"] }
[dimensions.commune]
complete = true
[dimensions.commune.members]
"Lambersart" = []
"Lompret" = []
[tables.contrats]
section = "emploi"
titles = ["Contrats par commune"]
dimension = "commune"
required = true
columns.contrats = { labels = ["Contrats"] }
"""


def test_an_assumed_profile_is_left_out_for_a_report_of_another_kind(tmp_path):
    table = "# Effectifs\nMétier | Agents\nInfirmiers | 12\nMédecins | 7\nTotal | 19"
    own = profile_of(FAMILY, tmp_path)
    assert checked(document_of([table]), profile=own, assumed=True).report.profile is None
    assert rules_of(checked(document_of([table]), profile=own).report) == {"STR101"}


def test_an_assumed_profile_is_kept_for_a_report_of_its_family(tmp_path):
    table = (
        "1) L'emploi\n# Contrats par commune\nCommune | Contrats\nLambersart | 12\nLompret | 7\nTotal | 19"
    )
    assert (
        checked(document_of([table]), profile=profile_of(FAMILY, tmp_path), assumed=True).report.profile
        == "cas"
    )


# ---- what a finding says -----------------------------------------------------------------------------------


def test_the_suspects_of_a_wrong_total_are_the_total_and_its_lines():
    (finding,) = checked(document_of([WRONG])).report.findings
    assert {(s.location.cell, plain(s.stated), plain(s.suggested)) for s in finding.suspects} == {
        ("B6", "21", "20"),
        ("B3", "12", "13"),
        ("B4", "7", "8"),
        ("B5", "1", "2"),
    }
    assert {r.location.cell for r in finding.related} == {"B3", "B4", "B5"}


def test_the_crossing_of_a_wrong_row_and_a_wrong_column_is_the_first_suspect():
    table = " | BAC | CAP | Total\nFemmes | 92 | 147 | 266\nHommes | 78 | 101 | 179\nTotal | 170 | 275 | 445"
    (finding,) = checked(document_of([table])).report.findings
    first = finding.suspects[0]
    assert (first.location.cell, plain(first.stated), plain(first.suggested), first.mends) == (
        "C2",
        "147",
        "174",
        2,
    )


def test_a_sentence_and_a_table_that_tell_one_contradiction_are_one_finding():
    report = checked(document_of([WRONG], ["21 contrats ont été signés."])).report
    (finding,) = report.findings
    assert finding.rule == "TOT101"
    total = next(s for s in finding.suspects if s.location.cell == "B6")
    assert [place.cell for place in total.also] == ["A8"]


def test_extract_reads_without_checking(tmp_path):
    facts = extract(written(tmp_path / "a.csv", "Commune;Jeunes", "Lompret;3", "Lambersart;4", "Total;8"))
    assert [t.rows[-1].label for t in facts.tables] == ["Total"]
    assert facts.year is None
