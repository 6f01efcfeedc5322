"""A report as its author reads it: findings under their sections, then what was proven and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.model.finding import Finding, Report, Stated, Suspect
from mlcheck.model.relation import CheckedRelation
from mlcheck.rendering import summary
from mlcheck.rendering.closing import closing, crashes, verdict
from mlcheck.rendering.confidence import percent
from mlcheck.rendering.layout import beside, paint, wrap
from mlcheck.rendering.places import place
from mlcheck.rendering.relations.view import broken, evidence
from mlcheck.rendering.summary import first, head
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

MARKS = {"error": ("✗", "bold red"), "warning": ("!", "bold yellow"), "info": ("i", "cyan")}
SUSPECTS = 3
RELATED = 8
INDENT = 6
LONGEST = 60
LONGEST_TITLE = 24  # that suspects are set beside; they stand under a longer one


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return the text of each report, an empty line between two."""
    gap = ""
    for report in reports:
        wording = view.wording(report.language)
        yield gap + "\n".join(_lines(report, wording, view)) + "\n"
        gap = "\n"


def _lines(report: Report, wording: Wording, view: View) -> Iterator[str]:
    yield paint(" · ".join(plain(part) for part in heading(report, wording)), "bold", view)
    if report.unusable is not None:
        yield from (
            paint(line, "bold red", view)
            for line in wrap(f"✗ {wording.say(report.unusable, report.unusable_values)}", view.width, 0, 2)
        )
        return
    if view.detail == "verdict":
        yield from crashes(report, wording, view)
        yield paint(*verdict(report, wording, view), view)
        return
    why = broken(report) if view.detail == "all" else {}
    for section, findings in summary.by_section(report).items():
        yield ""
        yield paint(plain(section or wording.say("Outside any section")), "bold", view)
        for finding in findings:
            yield from _finding(finding, wording, view)
            if view.detail == "all":
                yield from _why(finding, why.get((finding.rule, finding.figure)), wording, view)
    yield ""
    yield from closing(report, wording, view)


def heading(report: Report, wording: Wording) -> Iterator[str]:
    """Yield the file, the year, the profile and last year's report."""
    yield report.source
    if report.year is not None:
        yield wording.say("report of {year}", {"year": report.year})
    if report.profile:
        yield wording.say("profile {name}", {"name": report.profile})
    if report.prior:
        yield wording.say("compared with {file}", {"file": report.prior})


def _finding(finding: Finding, wording: Wording, view: View) -> Iterator[str]:
    mark, style = MARKS[finding.severity]
    message = wording.say(finding.message, finding.values)
    subject = _subject(finding, wording)
    where = place(finding.location, wording)
    text = f"{finding.rule}  {subject or message}"
    first, *others = beside(text, where, view.width - 4, 0, len(finding.rule) + 2)
    yield f"  {paint(mark, style, view)} {_rule_and_place_painted(first, finding.rule, where, style, view)}"
    yield from (f"    {line}" for line in others)
    if subject:
        yield from wrap(message, view.width, INDENT)
    if finding.expected is not None or finding.difference is not None:
        yield from wrap(_printed(finding, wording, "{stated}" in finding.message), view.width, INDENT)
    yield from _suspects(finding, wording, view)
    if finding.related:
        yield from (paint(line, "dim", view) for line in _related(finding, wording, view))


def _why(finding: Finding, relation: CheckedRelation | None, wording: Wording, view: View) -> Iterator[str]:
    """Yield how sure a finding is, and why what it breaks is believed."""
    sure = wording.say("confidence {percent}", {"percent": percent(finding.confidence, wording)})
    text = " · ".join((sure, *(evidence(relation, wording) if relation else ())))
    yield from (paint(line, "dim", view) for line in wrap(text, view.width, INDENT, INDENT + 2))


def _subject(finding: Finding, wording: Wording) -> str:
    label = wording.say("“{label}”", {"label": finding.label}) if finding.label else ""
    return ", ".join(part for part in (finding.table, label) if part)


def _rule_and_place_painted(line: str, rule: str, where: str, style: str, view: View) -> str:
    """Paint the code at the start of the line and the place at its end."""
    middle = line[len(rule) : len(line) - len(plain(where))]
    return paint(rule, style, view) + middle + paint(plain(where), "cyan", view)


def _printed(finding: Finding, wording: Wording, said: bool) -> str:
    """Return what is printed, unless the message has said it, what was expected and the gap."""
    stated = "" if said else _held(finding.stated, wording)
    expected, difference = _held(finding.expected, wording), _held(finding.difference, wording)
    parts = (
        wording.say("printed {stated}", {"stated": stated}) if stated else "",
        wording.say("expected {expected}", {"expected": expected}) if expected else "",
        wording.say("gap {difference}", {"difference": difference}) if difference else "",
    )
    return "\u00a0\u00a0 ".join(part for part in parts if part)


def _suspects(finding: Finding, wording: Wording, view: View) -> Iterator[str]:
    title = head(finding.suspects, wording) + " "
    shown = first(finding.suspects, view.few(SUSPECTS))
    if shown and len(title) > LONGEST_TITLE:
        yield from wrap(title.rstrip(), view.width, INDENT)
        title = "\u00a0\u00a0"
    for number, suspect in enumerate(shown):
        text = (title if number == 0 else "\u00a0" * len(title)) + _suspect(suspect, finding, wording)
        yield from wrap(text, view.width, INDENT, INDENT + len(title))
    rest = len(finding.suspects) - len(shown)
    if rest:
        more = wording.plural("… and {n} other", "… and {n} others", rest)
        yield from wrap(more, view.width, INDENT + len(title))


def _suspect(suspect: Suspect, finding: Finding, wording: Wording) -> str:
    where = place(suspect.location, wording, finding.location)
    label = wording.say("“{label}”", {"label": short(suspect.label)}) + " " if suspect.label else ""
    text = f"{where} {label}{_held(suspect.stated, wording)} → {_held(suspect.suggested, wording)}"
    if suspect.also:
        also = ", ".join(place(locator, wording, finding.location) for locator in suspect.also)
        text += " " + wording.say("(also {places})", {"places": also})
    if suspect.mends > 1:
        text += ", " + wording.plural("mends {n} contradiction", "mends {n} contradictions", suspect.mends)
    return " — ".join([text, wording.say(suspect.reason)] if suspect.reason else [text])


def _related(finding: Finding, wording: Wording, view: View) -> list[str]:
    few = view.few(RELATED)
    shown = [
        f"{short(related.label)} {_held(related.stated, wording)}".strip()
        for related in finding.related[:few]
    ]
    if len(finding.related) > few:
        shown.append(wording.plural("… and {n} other", "… and {n} others", len(finding.related) - few))
    head = wording.say("compared figures:") + " "
    return wrap(head + " · ".join(shown), view.width, INDENT, INDENT + 2)


def short(label: str) -> str:
    """Return a label; one that is a whole sentence is known by its beginning."""
    return label if len(label) <= LONGEST else f"{label[:LONGEST].rsplit(' ', 1)[0]} …"


def _held(figure: Stated | None, wording: Wording) -> str:
    """Return a figure as it is written, kept on one line."""
    return wording.value(figure).replace(" ", "\u00a0")
