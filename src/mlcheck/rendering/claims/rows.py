"""The claims of a report as a table, for a document or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.finding import CheckedClaim, Report
from mlcheck.rendering import listing
from mlcheck.rendering.claims.view import (
    KINDS,
    VERDICTS,
    bound,
    counts,
    evidence,
    printed_words,
    quoted,
    reason,
)
from mlcheck.rendering.csv import LOCATION, lines
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

HEAD = (
    N_("Verdict"), N_("Place"), N_("Section"), N_("Kind"), N_("Printed"), N_("Sentence"), N_("Arithmetic"),
    N_("Evidence"), N_("Figures"), N_("Bound by"),
)  # fmt: skip
COLUMNS = (
    "verdict", *LOCATION, "section", "kind", "stated", "text", "formula", "passing", "possible", "operands",
    "words", "pin", "rule", "reason",
)  # fmt: skip


def markdown(report: Report, view: View) -> Iterator[str]:
    """Return the claims as a Markdown table, and their count under it."""
    wording = view.wording(report.language)
    rows = tuple(_cells(checked, wording) for checked in report.claims)
    shown = listing.Listing(tuple(wording.say(title) for title in HEAD), rows, frozenset({4}))
    yield listing.markdown(shown) + "\n\n"
    head, *reasons = counts(report, wording)
    yield "\n".join([listing.escaped(head), *(f"- {listing.escaped(r.strip())}" for r in reasons)]) + "\n"


def csv(report: Report, view: View) -> Iterator[str]:
    """Return the claims as comma-separated values, a header line first."""
    wording = view.wording(report.language)
    yield lines([COLUMNS])
    yield lines(_values(checked, wording) for checked in report.claims)


def _cells(checked: CheckedClaim, wording: Wording) -> tuple[str, ...]:
    said = (wording.value(checked.formula), reason(checked, wording))
    return (
        wording.say(VERDICTS[checked.verdict]),
        place(checked.claim.locator, wording),
        " / ".join(checked.claim.sections),
        wording.say(KINDS[checked.claim.kind]),
        checked.claim.quantity.printed,
        quoted(checked),
        " — ".join(text for text in said if text),
        evidence(checked, wording),
        _operands(checked, wording),
        bound(checked, wording),
    )


def _values(checked: CheckedClaim, wording: Wording) -> list[object]:
    claim, where, proof = checked.claim, location(checked.claim.locator), checked.evidence
    return [
        checked.verdict,
        *(where[key] for key in LOCATION),
        " / ".join(claim.sections),
        claim.kind,
        plain_spaces(claim.quantity.printed),
        plain_spaces(claim.text),
        plain_spaces(wording.value(checked.formula)),
        proof.passing if proof else "",
        proof.possible if proof else "",
        plain_spaces(_operands(checked, wording)),
        " ".join(printed_words(checked)),
        checked.pin,
        checked.rule or "",
        plain_spaces(reason(checked, wording)),
    ]


def _operands(checked: CheckedClaim, wording: Wording) -> str:
    return " ; ".join(
        f"{one.label} {one.stated} ({place(one.location, wording, checked.claim.locator)})".strip()
        for one in checked.operands
    )
