"""A figure copied from elsewhere is the first suspect, and the finding says where it was copied from."""

from __future__ import annotations

from mlcheck.checking.findings import LAST_YEAR, NEIGHBOUR
from tests.checking.fixture import plain
from tests.rules.loading import LAST_YEAR as BEFORE
from tests.rules.loading import checked, document_of

PRIOR = """
Commune    | Contrats
Lambersart | 276
Lompret    | 195
Marcq      | 438
Total      | 909
"""


def table(lompret: int) -> str:
    return f"""
Commune    | Contrats
Lambersart | 350
Lompret    | {lompret}
Marcq      | 508
Total      | 1 064
"""


def first_suspect(lompret: int, prior: str | None = None) -> tuple[str, str, str]:
    found = checked(document_of([table(lompret)]), prior=document_of([prior], (), BEFORE) if prior else None)
    (finding,) = (f for f in found.report.findings if f.rule == "TOT101")
    suspect = finding.suspects[0]
    return plain(suspect.stated), plain(suspect.suggested), suspect.reason


def test_last_years_figure_copied():
    assert first_suspect(195, PRIOR) == ("195", "206", LAST_YEAR)


def test_the_next_cells_figure_copied():
    assert first_suspect(350) == ("350", "206", NEIGHBOUR)


def test_a_figure_that_stands_nowhere_else_was_mistyped():
    assert first_suspect(260)[2] not in (LAST_YEAR, NEIGHBOUR)
