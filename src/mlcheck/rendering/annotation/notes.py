"""What the comment of a marked cell says: what is printed, what was expected, the arithmetic, the likely correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Finding, Suspect
from mlcheck.rendering.confidence import sure
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import change, first, head, reason
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "info": N_("remark")}
MARKS = {"error": "✗", "warning": "!", "info": "i"}
AUTHOR = "mlcheck"
MOST = 6  # notes of one comment
SUSPECTS = 3
RELATED = 6
LONGEST = 60


class Note(NamedTuple):
    """A heading and the lines under it."""

    head: str
    lines: tuple[str, ...]


def stated_note(finding: Finding, claims: Sequence[CheckedClaim], wording: Wording) -> Note:
    """Return what the comment on a finding says; `claims` are the false ones, some perhaps of that cell."""
    lines = [wording.say(finding.message, finding.values), printed(finding, wording)]
    if finding.stated is not None:
        own = (claim.formula for claim in claims if claim.claim.figure == finding.figure)
        lines += [wording.value(formula) for formula in own if formula]
    if finding.related:
        shown = [f"{short(r.label)} {r.stated}".strip() for r in finding.related[:RELATED]]
        more = len(finding.related) - RELATED
        shown += [wording.plural("… and {n} other", "… and {n} others", more)] if more > 0 else []
        lines.append(f"{wording.say('compared figures:')} {' · '.join(shown)}")
    found = list(corrections(finding, wording))
    if found:
        lines += [head(finding.suspects, wording), *found]
    return Note(
        f"{MARKS[finding.severity]} {heading(finding, wording)}", tuple(line for line in lines if line)
    )


def suspect_note(finding: Finding, suspect: Suspect, wording: Wording) -> Note:
    """Return what the comment on a suspect says."""
    title = f"{wording.say('To review')} · {finding.rule}"
    where = (
        finding.location
        if finding.location.sheet != suspect.location.sheet
        else replace(finding.location, sheet=None)
    )
    why = f"{place(where, wording)} — {wording.say(finding.message, finding.values)}"
    changed, said = change(suspect, wording), reason(suspect, finding.suspects, wording)
    return Note(title, (_mends(f"{changed} — {said}" if said else changed, suspect, wording), why))


def heading(finding: Finding, wording: Wording) -> str:
    """Return the code of the rule, how severe the finding is, and how sure where that is in doubt."""
    parts = (finding.rule, wording.say(SEVERITIES[finding.severity]), sure(finding, wording))
    return " · ".join(part for part in parts if part)


def printed(finding: Finding, wording: Wording) -> str:
    """Return what is printed, what was expected and the gap, as far as they are known."""
    stated, expected = wording.value(finding.stated), wording.value(finding.expected)
    difference = wording.value(finding.difference)
    parts = (
        wording.say("printed {stated}", {"stated": stated}) if stated else "",
        wording.say("expected {expected}", {"expected": expected}) if expected else "",
        wording.say("gap {difference}", {"difference": difference}) if difference else "",
    )
    return " · ".join(part for part in parts if part) if expected or difference else ""


def corrections(finding: Finding, wording: Wording) -> Iterator[str]:
    """Yield the likely corrections of a finding, best first, and how many others there are."""
    shown = first(finding.suspects, SUSPECTS)
    for suspect in shown:
        label = wording.say("“{label}”", {"label": short(suspect.label)}) if suspect.label else ""
        where = _where(suspect.location, finding, wording)
        text = " ".join(part for part in (where, label, change(suspect, wording)) if part)
        said = f" — {wording.say(suspect.reason)}" if suspect.reason else ""
        yield _mends(text + said, suspect, wording)
    if len(finding.suspects) > len(shown):
        yield wording.plural("… and {n} other", "… and {n} others", len(finding.suspects) - len(shown))


def short(label: str) -> str:
    """Return a label; one that is a whole sentence is known by its beginning."""
    return label if len(label) <= LONGEST else f"{label[:LONGEST].rsplit(' ', 1)[0]} …"


def elsewhere(locator: Locator, wording: Wording) -> str:
    """Return a place of another file."""
    file, where = locator.file.rpartition("/")[2], place(locator, wording)
    return f"{file}, {where}" if where != locator.file else file


def _where(locator: Locator, finding: Finding, wording: Wording) -> str:
    """Return a place as seen from that of the finding: without its sheet on the same, with its file in another."""
    if locator.file != finding.location.file:
        return elsewhere(locator, wording)
    same = locator.sheet == finding.location.sheet and locator.cell
    return locator.cell if same and locator.cell else place(locator, wording)


def _mends(text: str, suspect: Suspect, wording: Wording) -> str:
    if suspect.mends < 2:
        return text
    return f"{text}, {wording.plural('mends {n} contradiction', 'mends {n} contradictions', suspect.mends)}"
