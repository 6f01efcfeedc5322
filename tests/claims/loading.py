"""Reports of a few sentences, with or without tables and last year's report, and what is said of their claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mlcheck.model.document import Document, Locator, Paragraph
from mlcheck.model.finding import CheckedClaim, Report
from mlcheck.rendering.wording import Wording
from tests.rules.loading import LAST_YEAR, THIS_YEAR, checked, checked_together, document_of, profile_of

CONTRACTS = """
# Les contrats signés en 2023
Type de contrat  Nombre de contrats
CDI  184
CDD  234
Total  418
"""
CONTRACTS_2022 = """
# Les contrats signés en 2022
Type de contrat  Nombre de contrats
CDI  167
CDD  269
Total  436
"""
YOUNG = """
# Les jeunes par sexe
Sexe  Nombre de jeunes
Femmes  335
Hommes  344
Total  679
"""
YOUNG_2022 = """
# Les jeunes par sexe
Sexe  Nombre de jeunes
Femmes  302
Hommes  327
Total  629
"""


def texts_checked(texts: Sequence[str]) -> list[Report]:
    """Return a report for each text, a paragraph of the report of 2023, all checked in one batch."""
    documents = [
        Document(THIS_YEAR, (Paragraph(text, Locator(THIS_YEAR, line=1)),)) for text in texts
    ]  # fmt: skip
    return checked_together(documents, year=2023)[0]


def report_of(
    sentences: Sequence[str], table: str = "", prior: str | None = None, prior_sentences: Sequence[str] = (),
    profile: str = "", folder: Path | None = None,
) -> Report:  # fmt: skip
    """Return the report of some sentences under a table, compared with a table of 2022 where there is one."""
    before = document_of([prior], prior_sentences, LAST_YEAR) if prior is not None else None
    known = profile_of(profile, folder) if folder is not None else None
    report = checked(document_of([table] if table else (), sentences), before, known).report
    assert not report.crashes
    return report


def claim(report: Report, printed: str) -> CheckedClaim:
    """Return the claim of a report that prints a number."""
    found = [c for c in report.claims if plain(c.claim.text[c.claim.start : c.claim.end]) == printed]
    assert len(found) == 1, [plain(c.claim.quantity.printed) for c in report.claims]
    return found[0]


def grave(report: Report) -> list[str]:
    """Return the rules of the errors and warnings of a report."""
    return sorted(f.rule for f in report.findings if f.severity != "info")


def plain(figure: object) -> str:
    """Return a figure as it is written, with ordinary spaces."""
    return Wording("fr").value(figure).replace("\u00a0", " ").replace("\u202f", " ")
