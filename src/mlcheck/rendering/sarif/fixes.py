"""Corrections as SARIF fixes, where a report is text and the place of its figures is known to the character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlcheck.model.document import Locator
from mlcheck.model.finding import Finding, Suspect
from mlcheck.rendering.machine import line_of
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.sarif.locations import artifact
from mlcheck.rendering.sarif.messages import message
from mlcheck.rendering.suspects import OTHERWISE, TOGETHER
from mlcheck.rendering.wording import Wording

TEXT = (".txt",)  # files whose figures are known by line and column, with nothing encoded in between


def fixes(finding: Finding, wording: Wording) -> list[dict[str, Any]]:
    """Return a fix for each correction that mends the finding alone, or one for those that only mend together.

    A figure that stands in several places is changed in all of them, or there is no fix. One printed with
    spaces has none: the text may part its groups otherwise than it is told here.
    """
    together = [suspect for suspect in finding.suspects if suspect.reason == TOGETHER]
    if together:
        return [_fix(together, wording)] if all(map(_is_placed, together)) else []
    alone = (suspect for suspect in finding.suspects if suspect.reason != OTHERWISE and _is_placed(suspect))
    return [_fix([suspect], wording) for suspect in alone]


def _is_placed(suspect: Suspect) -> bool:
    """Tell whether every place of a figure is known by its first character."""
    places = (suspect.location, *suspect.also)
    known = all(p.line and p.column and p.file.lower().endswith(TEXT) for p in places)
    return known and bool(suspect.stated) and not any(character.isspace() for character in suspect.stated)


def _fix(suspects: Iterable[Suspect], wording: Wording) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    corrections = []
    for suspect in suspects:
        corrections.append(f"{suspect.stated} → {suspect.suggested}")
        for where in (suspect.location, *suspect.also):
            changes.setdefault(where.file, []).append(_replacement(where, suspect))
    return {
        "description": message(f"{wording.say('to review:')} {'; '.join(corrections)}"),
        "artifactChanges": [
            {"artifactLocation": artifact(file), "replacements": replacements}
            for file, replacements in changes.items()
        ],
    }


def _replacement(where: Locator, suspect: Suspect) -> dict[str, Any]:
    """Return a change of the printed figure; columns are 1-based, and the last is the one after it."""
    assert where.column is not None
    line = line_of(where)
    return {
        "deletedRegion": {
            "startLine": line,
            "startColumn": where.column,
            "endLine": line,
            "endColumn": where.column + len(suspect.stated),
        },
        "insertedContent": {"text": plain_spaces(suspect.suggested)},
    }
