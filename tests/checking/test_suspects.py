"""Which figures a finding suspects, and in which order."""

from __future__ import annotations

from tests.checking.fixture import plain
from tests.rules.loading import checked, document_of

COLUMN = """
# Les contrats
Commune        Nombre de contrats
Alpha          132
Beta           231
Gamma          321
Total          {total}
"""


def finding(text: str):
    (found,) = checked(document_of([text])).told("TOT101")
    return found


def test_of_suspects_that_are_tied_the_printed_total_comes_first():
    found = finding(COLUMN.format(total=648))  # the parts make 684: two digits swapped in the total
    assert [(one.label.split(" · ")[0], one.tied) for one in found.suspects][:1] == [("Total", False)]
    found = finding(COLUMN.format(total=685))  # off by one: the total or any part
    tied = [one.label.split(" · ")[0] for one in found.suspects if one.tied]
    assert tied[0] == "Total"
    assert set(tied) == {"Total", "Alpha", "Beta", "Gamma"}


def test_two_errors_are_corrected_together():
    rows = [[11, 23, 35, 69], [42, 54, 66, 162], [73, 85, 97, 255], [126, 162, 198, 486]]
    rows[0][0], rows[1][1] = 17, 59  # was 11 and 54
    names = ("Alpha", "Beta", "Gamma", "Total")
    body = "\n".join(f"{name}  {'  '.join(map(str, row))}" for name, row in zip(names, rows, strict=True))
    report = checked(
        document_of([f"# Les contrats\nCommune  Femmes  Hommes  Autres  Total\n{body}\n"])
    ).report
    errors = [one for one in report.findings if one.severity == "error"]
    corrected = {(one.location.cell, plain(one.suggested)) for error in errors for one in error.suspects}
    assert {("B3", "11"), ("C4", "54")} <= corrected
