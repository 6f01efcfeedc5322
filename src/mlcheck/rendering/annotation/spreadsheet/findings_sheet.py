"""The first sheet of the copy: what was found, with a link to each cell."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Finding, Report
from mlcheck.rendering import summary
from mlcheck.rendering.annotation.listing import NOTHING, counts, mending, title
from mlcheck.rendering.annotation.marks import Find, Where
from mlcheck.rendering.annotation.notes import SEVERITIES, elsewhere, short
from mlcheck.rendering.annotation.spreadsheet.cells import SheetRow, Written
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

COLUMNS = (
    (N_("Severity"), 16),
    (N_("Rule"), 9),
    (N_("Place"), 25),
    (N_("Table and line"), 32),
    (N_("Message"), 46),
    (N_("Printed"), 12),
    (N_("Expected"), 13),
    (N_("Gap"), 9),
    (N_("To review"), 25),
    (N_("Likely correction"), 48),
)
FALSE = N_("false claim")
LEGEND = (
    ("error", N_("the figure of an error; its comment tells the arithmetic")),
    ("warning", N_("the figure of a warning")),
    ("suspect", N_("a figure that may be the wrong one; its comment tells what would mend the finding")),
    ("info", N_("the figure of a remark")),
)
OUTLINED = N_("A cell with a fill of its own keeps it, and has a border in the colour instead.")
TINTS = (
    ("proven", N_("a figure that a sum or another place in the report proves")),
    ("bounded", N_("a figure that a share, a variation or a mean holds within bounds")),
)
NAMES = {**SEVERITIES, "suspect": N_("to review"), "proven": N_("proven"), "bounded": N_("bounded")}


def findings_sheet(
    report: Report, find: Find[Where], lost: Sequence[str], tint: bool, wording: Wording
) -> tuple[list[SheetRow], int]:
    """Return the rows of the sheet, and how many of them stay in view; `lost` is what the copy does not keep."""
    top = [
        SheetRow((Written(title(report, wording), "title"),), 26),
        SheetRow((Written(counts(report, wording), "overview"),), 15),
    ]
    top += [SheetRow((Written(f"⚠ {sentence}", "aside"),), 15) for sentence in lost]
    top.append(SheetRow(tuple(Written(wording.say(name), "header") for name, _ in COLUMNS), 22))
    rows = [
        _finding(finding, find, wording)
        for findings in summary.by_section(report).values()
        for finding in findings
    ]
    if not rows:
        rows = [SheetRow((Written(wording.say(NOTHING), "key"),), 15)]
    wrong = [claim for claim in report.claims if claim.verdict == "inconsistent"]
    if wrong:
        rows += [
            SheetRow(()),
            SheetRow((Written(wording.say("Claims that the figures contradict"), "part"),), 20),
        ]
        rows += [_claim(claim, find, wording) for claim in wrong]
    rows += [SheetRow(()), SheetRow((Written(wording.say("Colours of the sheets"), "part"),), 20)]
    for kind, meaning in (*LEGEND, *(TINTS if tint else ())):
        rows.append(
            SheetRow((Written(wording.say(NAMES[kind]), kind), Written(wording.say(meaning), "key")), 15)
        )
    rows.append(SheetRow((None, Written(wording.say(OUTLINED), "key")), 15))
    return [*top, *rows], len(top)


def _finding(finding: Finding, find: Find[Where], wording: Wording) -> SheetRow:
    label = wording.say("“{label}”", {"label": short(finding.label)}) if finding.label else ""
    return SheetRow(
        (
            Written(wording.say(SEVERITIES[finding.severity]), finding.severity),
            Written(finding.rule, "text"),
            _place(finding.location, find, wording),
            Written(", ".join(part for part in (finding.table or finding.section, label) if part), "text"),
            Written(wording.say(finding.message, finding.values), "text"),
            Written(wording.value(finding.stated), "number"),
            Written(wording.value(finding.expected), "number"),
            Written(wording.value(finding.difference), "number"),
            _place(finding.suspects[0].location, find, wording) if finding.suspects else Written("", "text"),
            Written("\n".join(mending(finding, wording)), "text"),
        )
    )


def _claim(checked: CheckedClaim, find: Find[Where], wording: Wording) -> SheetRow:
    claim = checked.claim
    empty = Written("", "text")
    return SheetRow(
        (
            Written(wording.say(FALSE), "text"),
            empty,
            _place(claim.locator, find, wording),
            Written(claim.sections[-1] if claim.sections else "", "text"),
            Written(claim.text, "text"),
            Written(claim.quantity.printed, "number"),
            empty,
            empty,
            empty,
            Written(wording.value(checked.formula), "text"),
        )
    )


def _place(locator: Locator, find: Find[Where], wording: Wording) -> Written:
    where = find(locator, None)
    text = place(locator, wording) if where else elsewhere(locator, wording)
    return Written(text, "link" if where else "text", where)


def widths() -> list[int]:
    """Return the width of each column, in characters."""
    return [width for _, width in COLUMNS]
