"""Findings that a team lives with: waived for a reason, known in a baseline, graded, or within a gap let pass."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mlcheck.checking import check
from mlcheck.checking.baseline import baseline, read_baseline
from mlcheck.checking.suppression import Policy
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Report, Waiver
from tests.checking.fixture import NOW, plain, report_of

TODAY = date(2024, 4, 1)
PLACE = "10 Aides financières!G84"


def waiver(
    rule: str = "TOT101", place: str = PLACE, expires: date | None = None, file: str | None = None
) -> Waiver:
    return Waiver(
        rule, place, "Printed so; a correction is published.", "the agency", expires, file, "mlcheck.toml", 1
    )


def checked(*waivers: Waiver, path: Path = NOW, alone: bool = True, **policy) -> Report:  # type: ignore[no-untyped-def]
    rules = Policy(waivers, today=TODAY, alone=alone, **policy)
    (report,) = check([path], policy=rules)
    return report


def codes(report: Report) -> list[str]:
    return sorted(finding.rule for finding in report.findings)


PLAIN = ["AGR103", "AGR104", "ORP101", "TOT101"]


def test_without_a_waiver_everything_is_told() -> None:
    report = checked()
    assert codes(report) == PLAIN
    assert report.suppressed == ()


@pytest.mark.parametrize("place", [PLACE, None])
def test_a_waiver_silences_its_finding_by_place_or_fingerprint(place: str | None) -> None:
    total = next(f for f in report_of(profiled=False).findings if f.rule == "TOT101")
    report = checked(waiver(place=place or total.fingerprint))
    assert codes(report) == ["AGR103", "AGR104", "ORP101"]
    assert [(s.finding.rule, s.by) for s in report.suppressed] == [("TOT101", "waiver")]


def test_its_last_day_counts() -> None:
    assert codes(checked(waiver(expires=TODAY))) == ["AGR103", "AGR104", "ORP101"]


def test_an_expired_waiver_silences_nothing_and_is_told() -> None:
    report = checked(waiver(expires=date(2024, 3, 31)))
    assert codes(report) == sorted([*PLAIN, "WAI101"])
    (told,) = (f for f in report.findings if f.rule == "WAI101")
    assert (told.severity, told.location.file, told.values["day"]) == (
        "warning",
        "mlcheck.toml",
        "2024-03-31",
    )


@pytest.mark.parametrize("unneeded", [waiver(place="10 Aides financières!G83"), waiver("TOT102")])
def test_a_waiver_that_nothing_needs_is_told(unneeded: Waiver) -> None:
    assert codes(checked(unneeded)) == sorted([*PLAIN, "WAI102"])


def test_a_waiver_of_another_report_is_not_looked_at() -> None:
    assert codes(checked(waiver(file="report-2024.xlsx"))) == PLAIN


def test_among_several_reports_only_a_waiver_that_names_its_report_can_be_unneeded() -> None:
    stale = "10 Aides financières!G83"
    assert codes(checked(waiver(place=stale), alone=False)) == PLAIN
    assert "WAI102" in codes(checked(waiver(place=stale, file="report-2023.xlsx"), alone=False))


def test_a_waiver_of_a_rule_that_was_not_run_is_not_unneeded() -> None:
    (report,) = check([NOW], ignore=("TOT",), policy=Policy((waiver(),), today=TODAY))
    assert "WAI102" not in codes(report)


def test_severities_by_code_and_by_family() -> None:
    report = checked(severities={"AGR": "info", "AGR104": "error", "ORP": "error"})
    assert {f.rule: f.severity for f in report.findings} == {
        "AGR103": "info", "AGR104": "error", "ORP101": "info", "TOT101": "error",
    }  # fmt: skip


def mended(folder: Path, **cells: int | str) -> Path:
    book = openpyxl.load_workbook(NOW)
    for address, value in cells.items():
        book["10 Aides financières"][address] = value
    copy = folder / NOW.name
    book.save(copy)
    return copy


def test_a_baseline_holds_what_was_known_and_only_what_is_new_is_told(tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text("".join(baseline([report_of(profiled=False)])), "utf-8")
    report = checked(baseline=read_baseline(known))
    assert codes(report) == []
    assert [s.by for s in report.suppressed] == ["baseline"] * 4
    other = checked(path=mended(tmp_path, C84=4712), baseline=read_baseline(known))
    assert [(f.rule, f.location.cell) for f in other.findings] == [("TOT101", "C84")]


def test_a_fingerprint_does_not_change_with_the_figures_nor_with_rows_added_above(tmp_path: Path) -> None:
    before = {f.rule: f.fingerprint for f in report_of(profiled=False).findings}
    assert len(set(before.values())) == len(before)
    book = openpyxl.load_workbook(mended(tmp_path, G84=10030))
    book["10 Aides financières"].insert_rows(1)
    book.save(tmp_path / NOW.name)
    (report,) = check([tmp_path / NOW.name])
    total = next(f for f in report.findings if f.rule == "TOT101")
    assert (plain(total.stated), total.location.cell) == ("10 030 €", "G85")
    assert total.fingerprint == before["TOT101"]


@pytest.mark.parametrize("text", ["", "[]", '{"baseline_version": 2, "findings": []}', '{"findings": 3}'])
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(MlcheckError, match="--write-baseline"):
        read_baseline(tmp_path / "b.json")


@pytest.mark.parametrize(("gap", "left"), [("4", True), ("5", False), ("5.5", False)])
def test_a_gap_that_is_let_pass_is_no_finding(gap: str, left: bool) -> None:
    """The aids miss their total by 5 €."""
    (report,) = check([NOW], tolerances={"TOT101": Decimal(gap)})
    assert ("TOT101" in codes(report)) is left


def test_a_gap_let_pass_by_shares_eases_no_share() -> None:
    (report,) = check([NOW], tolerances={"SHR": Decimal(50)})
    assert codes(report) == PLAIN
    assert report.constraints == report_of(profiled=False).constraints
