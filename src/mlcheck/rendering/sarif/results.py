"""Findings as SARIF results, those that are silenced among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mlcheck.model.document import Locator
from mlcheck.model.finding import OTHERWISE, TOGETHER, Finding, Report, Stated, Suppressed, Suspect
from mlcheck.rendering.machine import justification, line_of, sentences
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import place
from mlcheck.rendering.sarif.locations import artifact, location
from mlcheck.rendering.sarif.rules import LEVELS, Rules, message
from mlcheck.rendering.summary import change, head, reason
from mlcheck.rendering.wording import Wording

FINGERPRINT = "mlcheck/v1"
TEXT = (".txt",)  # files whose figures are known by line and column, with nothing encoded in between


def results(report: Report, rules: Rules, wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield the results of a report: its findings, then those that are waived or were known before.

    The standard wants `suppressions` and `baselineState` on every result of a run or on none: what was not
    known before is "new".
    """
    for finding in report.findings:
        shown = _result(finding, rules.index(finding, report, wording), wording)
        yield shown | {"suppressions": [], "baselineState": "new"}
    for one in report.suppressed:
        shown = _result(one.finding, rules.index(one.finding, report, wording), wording)
        state = "unchanged" if one.by == "baseline" else "new"
        yield shown | {"suppressions": [_suppression(one, wording)], "baselineState": state}


def _result(finding: Finding, index: int, wording: Wording) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "rank": round(100 * finding.confidence, 1),
        "message": message(*sentences(finding, wording)),
        "locations": [location(finding.location)],
        "relatedLocations": list(_related(finding, wording)),
        "properties": _properties(finding, wording),
    }
    if finding.fingerprint:
        shown["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    proposed = _fixes(finding, wording)
    if proposed:
        shown["fixes"] = proposed
    return shown


def _suppression(one: Suppressed, wording: Wording) -> dict[str, Any]:
    """Return why a finding is silenced; "external" is the standard's word for what stands in no source file."""
    return {"kind": "external", "status": "accepted", "justification": justification(one, wording)}


def _related(finding: Finding, wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield the figures that take part, then those that may be wrong, numbered from 1."""
    shown = [(one.location, f"{one.label} {one.stated}".strip()) for one in finding.related]
    shown += [(one.location, _review(one, finding, wording)) for one in finding.suspects]
    for number, (where, text) in enumerate(shown, start=1):
        yield location(where, id=number, message=message(text or place(where, wording)))


def _review(suspect: Suspect, finding: Finding, wording: Wording) -> str:
    why = reason(suspect, finding.suspects, wording)
    text = f"{head(finding.suspects, wording)} {suspect.label} {change(suspect, wording)}"
    return f"{text} — {why}" if why else text


def _properties(finding: Finding, wording: Wording) -> dict[str, Any]:
    """Return what SARIF has no member for, as the report prints it, with ordinary spaces."""
    return {
        "section": finding.section,
        "table": finding.table,
        "label": finding.label,
        "stated": _spaced(finding.stated, wording),
        "expected": _spaced(finding.expected, wording),
        "difference": _spaced(finding.difference, wording),
        "suspects": [_suspect(suspect, finding, wording) for suspect in finding.suspects],
    }


def _suspect(suspect: Suspect, finding: Finding, wording: Wording) -> dict[str, Any]:
    return {
        "place": place(suspect.location, wording, finding.location),
        "also": [place(other, wording, finding.location) for other in suspect.also],
        "label": suspect.label,
        "stated": _spaced(suspect.stated, wording),
        "suggested": _spaced(suspect.suggested, wording),
        "mends": suspect.mends,
        "tied": suspect.tied,
        "reason": plain_spaces(reason(suspect, finding.suspects, wording)),
    }


def _spaced(figure: Stated | None, wording: Wording) -> str | None:
    return None if figure is None else plain_spaces(wording.value(figure))


# Corrections as SARIF fixes, where a report is text and the place of its figures is known to the character.


def _fixes(finding: Finding, wording: Wording) -> list[dict[str, Any]]:
    """Return a fix for each correction that mends the finding alone, or one for those that only mend together.

    A figure that stands in several places is changed in all of them, or there is no fix. One printed with
    spaces has none: the text may part its groups otherwise than it is written here.
    """
    together = [suspect for suspect in finding.suspects if suspect.reason == TOGETHER]
    if together:
        return [_fix(together, wording)] if all(_is_placed(suspect, wording) for suspect in together) else []
    alone = (
        suspect
        for suspect in finding.suspects
        if suspect.reason != OTHERWISE and _is_placed(suspect, wording)
    )
    return [_fix([suspect], wording) for suspect in alone]


def _is_placed(suspect: Suspect, wording: Wording) -> bool:
    """Tell whether every place of a figure is known by its first character."""
    places = (suspect.location, *suspect.also)
    known = all(p.line and p.column and p.file.lower().endswith(TEXT) for p in places)
    stated = wording.value(suspect.stated)
    return known and bool(stated) and not any(character.isspace() for character in stated)


def _fix(suspects: Iterable[Suspect], wording: Wording) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    corrections = []
    for suspect in suspects:
        corrections.append(change(suspect, wording))
        for where in (suspect.location, *suspect.also):
            changes.setdefault(where.file, []).append(_replacement(where, suspect, wording))
    return {
        "description": message(f"{wording.say('to review:')} {'; '.join(corrections)}"),
        "artifactChanges": [
            {"artifactLocation": artifact(file), "replacements": replacements}
            for file, replacements in changes.items()
        ],
    }


def _replacement(where: Locator, suspect: Suspect, wording: Wording) -> dict[str, Any]:
    """Return a change of the printed figure; columns are 1-based, and the last is the one after it."""
    assert where.column is not None
    line = line_of(where)
    return {
        "deletedRegion": {
            "startLine": line,
            "startColumn": where.column,
            "endLine": line,
            "endColumn": where.column + len(wording.value(suspect.stated)),
        },
        "insertedContent": {"text": plain_spaces(wording.value(suspect.suggested))},
    }
