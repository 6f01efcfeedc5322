"""The year that a report is of: what it says that it reports, never the year that it is compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.checking import check
from mlcheck.checking.year import reported

TWO_YEARS = """
| Support | 2030 | 2031 |
|---|---|---|
| Livres | 500 | 520 |
| Revues | 100 | 90 |
"""


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("RAPPORT D’ACTIVITÉ 2031", 2031),
        ("Médiathèque du Port – Activité 2031", 2031),
        ("Bilan de la saison 2030-2031", 2031),
        ("Rapport annuel 2031, présenté le 12 juin 2032", 2031),
        ("Édition 2032", None),
        ("Rapport du conseil", None),
    ],
)
def test_what_a_text_reports_on(text: str, year: int | None) -> None:
    assert reported(text) == year


def test_tables_of_two_years_outweigh_what_sentences_compare_with(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(f"590 prêts, soit -2 % vs 2030.\n\nDes revues en repli vs 2030.\n\n{TWO_YEARS}", "utf-8")
    (report,) = check([path])
    assert report.year == 2031
