"""The last lines of a report: what was proven, what could not be, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from mlcheck.model.finding import Report, Suppressed
from mlcheck.rendering import summary
from mlcheck.rendering.layout import paint, wrap
from mlcheck.rendering.numbers import number
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import crash_text
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

BLOCKS = 8
MEANINGS = {
    "proven": N_("proven: a sum or another place gives the same"),
    "bounded": N_("bounded: held between two values"),
    "unchecked": N_("without any check: nothing to compare it with"),
}
OF_CLAIMS = {"unverifiable": N_("without a base: nothing in the report to hold it against")}
OF_CONSTRAINTS = {
    "inconsistent": N_("broken: the figures that it ties do not agree"),
    "unverifiable": N_("unverifiable: one of its figures is not known"),
}


def closing(report: Report, wording: Wording, view: View) -> Iterator[str]:
    """Return the counts of figures, claims and constraints, what was not understood, and the verdict."""
    yield from wrap(figures(report, wording), view.width, 0, 4)
    yield from _legend(legend(report, wording), view)
    if counts := claims(report, wording):
        yield from wrap(counts, view.width, 0, 4)
        yield from _legend(meant(OF_CLAIMS, summary.claims(report), wording), view)
    yield from wrap(constraints(report, wording), view.width, 0, 4)
    yield from _legend(meant(OF_CONSTRAINTS, report.constraints, wording), view)
    if counts := accepted(report, wording):
        yield from wrap(counts, view.width, 0, 4)
    if view.detail == "all":
        for one in report.suppressed:
            yield from wrap(_suppressed(one, wording), view.width, 4, 6)
    yield from _not_understood(report, wording, view)
    yield from crashes(report, wording, view)
    yield paint(*verdict(report, wording, view), view)


def crashes(report: Report, wording: Wording, view: View) -> Iterator[str]:
    """Yield what rules of mlcheck failed."""
    for crash in report.crashes:
        text = crash_text(crash, report.source, wording)
        yield from (paint(line, "bold red", view) for line in wrap(text, view.width, 0, 2))


def _suppressed(one: Suppressed, wording: Wording) -> str:
    """Return a finding that is set apart, on one line, with who accepts it and why."""
    finding, waiver = one.finding, one.waiver
    text = (
        f"{finding.rule} {place(finding.location, wording)}  {wording.say(finding.message, finding.values)}"
    )
    return f"{text} — {waiver.reason} ({waiver.author})" if waiver else text


def figures(report: Report, wording: Wording) -> str:
    """Return "551 figures: 502 proven, 1 contradicted, 48 without any check"."""
    counts = summary.coverage(report)
    parts = (
        wording.plural("{n} proven", "{n} proven", counts["proven"]),
        wording.plural("{n} bounded", "{n} bounded", counts["bounded"]),
        wording.plural("{n} contradicted", "{n} contradicted", counts["contradicted"]),
        wording.plural("{n} without any check", "{n} without any check", counts["unchecked"]),
    )
    return _listed(wording.plural("{n} figure:", "{n} figures:", counts.total()), parts)


def legend(report: Report, wording: Wording) -> str:
    """Return what the words of the counts of figures mean, those that are counted; nothing where none is."""
    return meant(MEANINGS, summary.coverage(report), wording)


def meant(meanings: Mapping[str, str], counts: Mapping[Any, int], wording: Wording) -> str:
    """Return what words mean, those of what is counted."""
    return " ; ".join(wording.say(meanings[name]) for name in meanings if counts.get(name))


def _legend(text: str, view: View) -> Iterator[str]:
    if text:
        yield from (paint(line, "dim", view) for line in wrap(text, view.width, 4, 4))


def claims(report: Report, wording: Wording) -> str:
    """Return "132 claims: 83 verified, 0 false, 49 without a base", or nothing where there are none."""
    counts = summary.claims(report)
    if not counts.total():
        return ""
    parts = (
        wording.plural("{n} verified", "{n} verified", counts["consistent"]),
        wording.plural("{n} false", "{n} false", counts["inconsistent"]),
        wording.plural("{n} without a base", "{n} without a base", counts["unverifiable"]),
    )
    return _listed(wording.plural("{n} claim:", "{n} claims:", counts.total()), parts)


def constraints(report: Report, wording: Wording) -> str:
    """Return "212 constraints: 208 hold, 1 broken, 3 unverifiable"."""
    counts = report.constraints
    parts = (
        wording.plural("{n} holds", "{n} hold", counts.get("consistent", 0)),
        wording.plural("{n} broken", "{n} broken", counts.get("inconsistent", 0)),
        wording.plural("{n} unverifiable", "{n} unverifiable", counts.get("unverifiable", 0)),
    )
    return _listed(wording.plural("{n} constraint:", "{n} constraints:", sum(counts.values())), parts)


def accepted(report: Report, wording: Wording) -> str:
    """Return "2 findings set apart: 1 waived, 1 known before", or nothing where there are none."""
    waived = sum(one.by == "waiver" for one in report.suppressed)
    if not report.suppressed:
        return ""
    parts = (
        wording.plural("{n} waived", "{n} waived", waived),
        wording.plural("{n} known before", "{n} known before", len(report.suppressed) - waived),
    )
    head = wording.plural("{n} finding set apart:", "{n} findings set apart:", len(report.suppressed))
    return _listed(head, parts)


def verdict(report: Report, wording: Wording, view: View) -> tuple[str, str]:
    """Return the last line, such as "✗ 1 error, 1 warning in 0.4 s", and its style."""
    counts = summary.severities(report)
    shown = [
        text
        for text, n in (
            (wording.plural("{n} error", "{n} errors", counts["error"]), counts["error"]),
            (wording.plural("{n} warning", "{n} warnings", counts["warning"]), counts["warning"]),
            (wording.plural("{n} remark", "{n} remarks", counts["info"]), counts["info"]),
        )
        if n
    ]
    if report.left_out:
        shown.append(summary.left_out(report, wording))
    if counts["error"] or report.crashes:
        mark, style = "✗", "bold red"
    elif not summary.evaluated(report):
        mark, style = "?", "bold yellow"
        shown.insert(0, wording.say("nothing could be checked"))
    else:
        mark, style = "✓", "bold green"
        known = summary.verdict(report) == "consistent-but-known"
        shown.insert(0, summary.nothing_new(report, wording) if known else wording.say("consistent"))
    return f"{mark} {', '.join(shown)}{_time(wording, view)}", style


def _listed(head: str, parts: tuple[str, ...]) -> str:
    return f"{head} {', '.join(parts)}"


def _not_understood(report: Report, wording: Wording, view: View) -> Iterator[str]:
    blocks = report.not_understood
    if not blocks:
        return
    yield wording.plural("{n} block not understood:", "{n} blocks not understood:", len(blocks))
    few = view.few(BLOCKS)
    for block in blocks[:few]:
        reason = wording.say(block.reason, block.values)
        yield from wrap(f"{place(block.locator, wording)}  {reason}", view.width, 4, 6)
    if len(blocks) > few:
        more = wording.plural("… and {n} other", "… and {n} others", len(blocks) - few)
        yield f"    {more}"


def _time(wording: Wording, view: View) -> str:
    if view.seconds is None:
        return ""
    time = number(Fraction(view.seconds()), wording.language, 1)
    return " " + wording.say("in {time} s", {"time": time})
