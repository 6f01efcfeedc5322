"""What a report that was saved again has solved, and what is new in it."""

from __future__ import annotations

from pathlib import PurePath

from mlcheck.model.changes import Changes
from mlcheck.model.finding import Report


def changes(before: Report, after: Report) -> Changes | None:
    """Return what has changed from one check of a report to the next, None where the two cannot be compared.

    A finding is known by its words, so one whose figures have changed and that still stands is neither solved nor new;
    nor is one that was set apart. Nothing is said of a file that could not be checked, nor of two files of different
    names, whose findings have nothing in common.
    """
    unlike = PurePath(before.source).name != PurePath(after.source).name
    if unlike or any(one.unusable is not None or one.crashes for one in (before, after)):
        return None
    known, there = _known(before), _known(after)
    solved = tuple(one for one in before.findings if one.fingerprint and one.fingerprint not in there)
    new = tuple(one for one in after.findings if one.fingerprint and one.fingerprint not in known)
    apart = {one.finding.fingerprint for one in after.suppressed}
    were = {one.finding.fingerprint for one in before.suppressed}
    return Changes(
        solved,
        new,
        tuple(one for one in before.findings if one.fingerprint in apart),
        tuple(one for one in after.findings if one.fingerprint in were),
    )


def _known(report: Report) -> set[str]:
    """Return the fingerprints of all findings of a report, those set apart too."""
    return {one.fingerprint for one in (*report.findings, *(apart.finding for apart in report.suppressed))}
