"""The relations of reports as a table, for a document or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.model.finding import Report
from mlcheck.model.relation import CheckedRelation
from mlcheck.rendering import listing
from mlcheck.rendering.confidence import percent
from mlcheck.rendering.csv import LOCATION, lines
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.relations.view import MARKS, arithmetic, counts, evidence, target
from mlcheck.rendering.terminal import heading
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

HEAD = (
    N_("Verdict"), N_("Place"), N_("Figure"), N_("Printed"), N_("Arithmetic"), N_("Rule"), N_("Evidence"),
    N_("Confidence"),
)  # fmt: skip
COLUMNS = (
    "source", "rule", "kind", "verdict", "confidence", *LOCATION, "label", "stated", "operands", "words", "layout",
    "formula", "siblings_hold", "siblings_of", "claim",
)  # fmt: skip


def markdown(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return a chapter a report: its relations as a Markdown table, and their count under it."""
    gap = ""
    for report in reports:
        if report.unusable is None:
            wording = view.wording(report.language)
            rows = tuple(_cells(one, report, wording) for one in report.relations)
            shown = listing.Listing(tuple(wording.say(title) for title in HEAD), rows, frozenset({3, 7}))
            title, count = " · ".join(heading(report, wording)), counts(report, wording)
            yield (
                f"{gap}# {listing.escaped(title)}\n\n{listing.markdown(shown)}\n\n{listing.escaped(count)}\n"
            )
            gap = "\n"


def csv(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return the relations as comma-separated values, a header line first."""
    yield lines([COLUMNS])
    for report in reports:
        wording = view.wording(report.language)
        yield lines(_values(one, report, wording) for one in report.relations)


def _cells(one: CheckedRelation, report: Report, wording: Wording) -> tuple[str, ...]:
    own = target(one, report)
    return (
        MARKS[one.verdict],
        place(own.location, wording),
        own.label,
        own.stated,
        arithmetic(one, report, wording),
        one.rule,
        " · ".join(evidence(one, wording)),
        percent(one.confidence, wording),
    )


def _values(one: CheckedRelation, report: Report, wording: Wording) -> list[object]:
    own = target(one, report)
    where = location(own.location)
    return [
        report.source,
        one.rule,
        one.kind,
        one.verdict,
        f"{one.confidence:.2f}",
        *(where[key] for key in LOCATION),
        plain_spaces(own.label),
        plain_spaces(own.stated),
        plain_spaces(_operands(one, report, wording)),
        " ; ".join(one.evidence.words),
        " ; ".join(one.evidence.layout),
        one.evidence.formula or "",
        *one.siblings,
        "" if one.claim is None else plain_spaces(report.claims[one.claim].claim.text),
    ]


def _operands(one: CheckedRelation, report: Report, wording: Wording) -> str:
    here = target(one, report).location
    shown = ((f"{c:f} × " if c != 1 else "", report.related[figure]) for figure, c in one.operands)
    return " ; ".join(
        f"{times}{figure.stated or '/'} ({place(figure.location, wording, here)})" for times, figure in shown
    )
