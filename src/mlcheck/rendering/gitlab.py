"""Reports as a Code Quality report of GitLab, which it shows beside the changes of a merge request."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering.machine import line_of, path_of, readable, sentences
from mlcheck.rendering.summary import crash_text, evaluated
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}
STOPPED = "blocker"  # GitLab's gravest: nothing is known of the figures
LENGTH = 32  # hexadecimal digits of a fingerprint


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return one array, an issue a line; what is waived or was known before is left out."""
    yield "["
    separator = "\n"
    seen: Counter[str] = Counter()
    for report in reports:
        for issue, words in _issues(report, view.wording(report.language)):
            issue["fingerprint"] = _fingerprint(f"{issue['location']['path']}\n{words}", seen)
            yield separator + json.dumps(issue, ensure_ascii=False)
            separator = ",\n"
    yield "\n]\n"


def _issues(report: Report, wording: Wording) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each issue with what it is recognised by from one run to the next."""
    whole = Locator(report.source)
    if report.unusable is not None:
        text = wording.say(report.unusable, report.unusable_values)
        yield _issue("unusable", STOPPED, text, whole), "unusable"
        return
    for crash in report.crashes:
        text = crash_text(crash, report.source, wording)
        yield _issue("rule-crashed", STOPPED, text, whole), f"rule-crashed {crash.name}"
    if not evaluated(report):
        text = wording.say("nothing could be checked")
        yield _issue("nothing-checked", STOPPED, text, whole), "nothing-checked"
    for finding in report.findings:
        text = " · ".join(sentences(finding, wording))
        issue = _issue(finding.rule, SEVERITIES[finding.severity], text, finding.location)
        words = finding.fingerprint or f"{finding.rule} {sorted(finding.values.items())}"
        yield issue, words
    for block in report.not_understood:
        text = wording.say(block.reason, block.values)
        issue = _issue("not-understood", SEVERITIES["info"], text, block.locator)
        yield issue, f"not-understood {block.reason}"


def _issue(check: str, severity: str, text: str, where: Locator) -> dict[str, Any]:
    return {
        "description": readable(text),
        "check_name": check,
        "fingerprint": "",
        "severity": severity,
        "location": {"path": readable(path_of(where.file)), "lines": {"begin": line_of(where)}},
    }


def _fingerprint(words: str, seen: Counter[str]) -> str:
    """Return a name that no other issue of this run has; those alike in all words are numbered."""
    held = words.encode("utf-8", "replace")
    digest = hashlib.sha256(held).hexdigest()
    seen[digest] += 1
    if seen[digest] > 1:
        digest = hashlib.sha256(held + f"\n{seen[digest]}".encode()).hexdigest()
    return digest[:LENGTH]
