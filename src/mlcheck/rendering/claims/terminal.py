"""The claims of a report as its author reads them, under the headings they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mlcheck.model.finding import CheckedClaim, Report
from mlcheck.rendering.claims.view import MARKS, bound, counts, evidence, quoted, reason
from mlcheck.rendering.layout import beside, paint, wrap
from mlcheck.rendering.places import place
from mlcheck.rendering.terminal import heading, short
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

STYLES = {"consistent": "bold green", "inconsistent": "bold red", "unverifiable": "yellow"}
OPERANDS = 6
INDENT = 6


def render(report: Report, view: View) -> Iterator[str]:
    """Return the text of all claims of a report, grouped by section, and their count."""
    wording = view.wording(report.language)
    yield paint(" · ".join(plain(part) for part in heading(report, wording)), "bold", view) + "\n"
    for section, claims in groupby(report.claims, key=lambda checked: checked.claim.sections):
        title = " / ".join(section) or wording.say("Outside any section")
        yield "\n" + paint(plain(title), "bold", view) + "\n"
        for checked in claims:
            yield "\n".join(_claim(checked, wording, view)) + "\n"
    yield (
        "\n"
        + "\n".join(line for text in counts(report, wording) for line in wrap(text, view.width, 0, 4))
        + "\n"
    )


def _claim(checked: CheckedClaim, wording: Wording, view: View) -> Iterator[str]:
    where = place(checked.claim.locator, wording)
    mark, style = MARKS[checked.verdict], STYLES[checked.verdict]
    first, *others = beside(wording.say("“{label}”", {"label": quoted(checked)}), where, view.width - 4, 0, 0)
    middle = first[: len(first) - len(plain(where))]
    yield f"  {paint(mark, style, view)} {_number_painted(middle, checked, view)}{paint(plain(where), 'cyan', view)}"
    yield from (f"    {_number_painted(line, checked, view)}" for line in others)
    for text, said in ((_arithmetic(checked, wording), ""), (reason(checked, wording), style)):
        yield from (paint(line, said, view) if said else line for line in wrap(text, view.width, INDENT))
    for text in (evidence(checked, wording), _operands(checked, wording), bound(checked, wording)):
        yield from (paint(line, "dim", view) for line in wrap(text, view.width, INDENT, INDENT + 2))


def _arithmetic(checked: CheckedClaim, wording: Wording) -> str:
    parts = wording.value(checked.formula).replace(" ", "\u00a0"), f"({checked.rule})" if checked.rule else ""
    return " ".join(part for part in parts if part)


def _number_painted(line: str, checked: CheckedClaim, view: View) -> str:
    """Paint the number in question; where a line breaks it, the brackets tell it."""
    marked = quoted(checked).partition("[")[2].partition("]")[0]
    return line.replace(f"[{marked}]", paint(f"[{marked}]", "bold", view), 1)


def _operands(checked: CheckedClaim, wording: Wording) -> str:
    """Return the figures that a claim was held against, or those that its words may mean, with their places."""
    if not checked.operands:
        return ""
    shown = [
        f"{short(one.label)} {one.stated.replace(' ', chr(0xA0))} ({place(one.location, wording, checked.claim.locator)})".strip()
        for one in checked.operands[:OPERANDS]
    ]  # fmt: skip
    rest = len(checked.operands) - OPERANDS
    if rest > 0:
        shown.append(wording.plural("… and {n} other", "… and {n} others", rest))
    unsure = checked.verdict == "unverifiable"
    head = wording.say("may mean:") if unsure else wording.say("compared figures:")
    return f"{head} {' · '.join(shown)}"
