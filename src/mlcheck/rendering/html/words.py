"""The words of the page that are not of its findings."""

from __future__ import annotations

from mlcheck.model.claim import Verdict
from mlcheck.model.finding import Severity
from mlcheck.rendering import summary
from mlcheck.rendering.claims.view import MARKS as VERDICT_MARKS
from mlcheck.rendering.claims.view import VERDICTS
from mlcheck.rendering.coverage.terminal import NAMES as COVERAGES
from mlcheck.rendering.markdown import SEVERITIES
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

LABELS = {
    "all_reports": N_("All reports"),
    "all_rules": N_("All rules"),
    "all_sections": N_("All sections"),
    "arithmetic": N_("Arithmetic"),
    "back": N_("back to the top"),
    "checked": N_("checked"),
    "claims": N_("Claims"),
    "claims_none": N_("No sentence of this report states a figure."),
    "compared": N_("Compared figures"),
    "contents": N_("Contents"),
    "correction": N_("suggested correction"),
    "coverage": N_("Coverage"),
    "contradicted": N_("contradicted"),
    "details": N_("details"),
    "expected": N_("Expected"),
    "explain": N_("All of a rule is known by:"),
    "file": N_("File"),
    "findings": N_("Findings"),
    "findings_shown": N_("Findings shown: {n} of {all}"),
    "findings_none": N_("Nothing to correct was found among the figures that were checked."),
    "gap": N_("Gap"),
    "kind": N_("Kind:"),
    "legend": N_("In the tables, a figure is"),
    "may_mean": N_("may mean:"),
    "not_understood": N_("Blocks not understood"),
    "nothing_unchecked": N_("Every figure stands in at least one check."),
    "part": N_("compared figure"),
    "permalink": N_("Link to this finding"),
    "printed": N_("Printed"),
    "reports": N_("Reports"),
    "rules": N_("Rules"),
    "section": N_("Section"),
    "see_table": N_("See it in its table"),
    "sentences_shown": N_("Sentences shown: {n} of {all}"),
    "severity": N_("Severity"),
    "show_all": N_("Show all"),
    "skip": N_("Skip to the report"),
    "suspect": N_("figure to review"),
    "suppressed": N_("Findings set apart"),
    "table": N_("Table"),
    "tables": N_("Tables"),
    "tables_none": N_("This report has no table."),
    "unchecked": N_("Without any check"),
    "verdict": N_("Verdict"),
    "wrong": N_("figure in question"),
}
FAMILIES = {
    "STR": N_("Structure: the rows, columns and cells that a table must have."),
    "TOT": N_("Totals: a total is the sum of its parts, and a distribution makes 100 %."),
    "PRT": N_("Parts: a part does not exceed its whole."),
    "SHR": N_("Shares: a percentage is what its two figures give."),
    "VAR": N_("Variations: a growth leads from last year's figure to this year's."),
    "AGR": N_("Agreement: a figure printed in two places is the same in both."),
    "MEA": N_("Means: a mean is its total divided by its number."),
    "XTB": N_("Between tables: a relation that the profile states holds."),
    "PLA": N_("Plausibility: a figure ten times last year's is looked at again."),
    "RUL": N_("Profile: what it states finds its place in the report."),
    "ORP": N_("Orphans: a table is referred to by another figure of the report."),
    "WAI": N_("Waivers: a finding is accepted for a time, and as long as it is needed."),
}
SEVERAL: dict[Severity, str] = {"error": N_("errors"), "warning": N_("warnings"), "info": N_("remarks")}
STATES = {
    "nil": N_("nothing to report"),
    "blank": N_("blank"),
    "unknown": N_("unknown"),
    "error": N_("error of the spreadsheet"),
}
COUNTS = {"n": "{n}", "all": "{all}"}  # filled by the script of the page
SEVERITY_MARKS: dict[Severity, str] = {"error": "✗", "warning": "!", "info": "i"}
COVERAGE_MARKS = {"proven": "✓", "bounded": "≈", "contradicted": "✗", "unchecked": "○"}


Words = dict[str, str | list[tuple[str, str, str]]]


def words(wording: Wording) -> Words:
    """Return every label of the page in one language, by the name that the templates know it by.

    The severities, the verdicts and the coverages are lists of a kind, its sign and its word.
    """
    named: Words = {name: wording.say(template, COUNTS) for name, template in LABELS.items()}
    named["severities"] = [(k, SEVERITY_MARKS[k], wording.say(several)) for k, several in SEVERAL.items()]
    named["verdicts"] = [(k, verdict_mark(k), verdict(k, wording)) for k in summary.VERDICTS]
    named["coverages"] = [(k, COVERAGE_MARKS[k], coverage(k, wording)) for k in COVERAGE_MARKS]
    return named


def severity(kind: Severity, wording: Wording) -> str:
    """Return "error", "warning" or "remark"."""
    return wording.say(SEVERITIES[kind])


def verdict(kind: Verdict, wording: Wording) -> str:
    """Return "verified", "false" or "without a base"."""
    return wording.say(VERDICTS[kind])


def verdict_mark(kind: Verdict) -> str:
    """Return the sign of a verdict, which tells it without a colour."""
    return VERDICT_MARKS[kind]


def coverage(kind: str, wording: Wording) -> str:
    """Return "proven", "bounded", "contradicted" or "without any check"."""
    return wording.say(COVERAGES[kind])
