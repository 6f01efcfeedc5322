"""Reports as SARIF 2.1.0, the format of static analysis: one run, its results written as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mlcheck import __version__
from mlcheck.model.finding import Report
from mlcheck.rendering.machine import encodable, path_of
from mlcheck.rendering.sarif.locations import BASE, DESCRIPTORS, notifications
from mlcheck.rendering.sarif.results import results
from mlcheck.rendering.sarif.rules import Rules
from mlcheck.rendering.summary import coverage
from mlcheck.rendering.view import View

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HEAD = {"columnKind": "unicodeCodePoints", "originalUriBaseIds": {BASE: {}}}


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return one log of one run: a result a line, then how the run went and the rules that spoke."""
    yield f'{{"$schema": {_text(SCHEMA)}, "version": "2.1.0", "runs": [{{{_members(HEAD)},\n "results": ['
    rules, languages = Rules(view.help_uri), set()
    shown: list[dict[str, Any]] = []
    checked: list[dict[str, Any]] = []
    separator = "\n"
    for report in reports:
        wording = view.wording(report.language)
        languages.add(wording.language)
        for one in results(report, rules, wording):
            yield separator + _text(one)
            separator = ",\n"
        shown += notifications(report, wording)
        checked.append(_checked(report))
    tail: dict[str, Any] = {"language": languages.pop()} if len(languages) == 1 else {}
    tail["invocations"] = [_invocation(shown)]
    tail["tool"] = {"driver": _driver(rules)}
    tail["properties"] = {"reports": checked}
    yield f"],\n {_members(tail)}}}]}}\n"


def _invocation(shown: list[dict[str, Any]]) -> dict[str, Any]:
    failed = any(notification["level"] == "error" for notification in shown)
    return {"executionSuccessful": not failed, "toolExecutionNotifications": shown}


def _driver(rules: Rules) -> dict[str, Any]:
    return {
        "name": "mlcheck",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": rules.descriptors(),
        "notifications": DESCRIPTORS,
    }


def _checked(report: Report) -> dict[str, Any]:
    """Return what was checked of a report, which its results do not tell where nothing is wrong."""
    return {
        "source": path_of(report.source),
        "year": report.year,
        "profile": report.profile,
        "figures": dict(sorted(coverage(report).items())),
        "constraints": dict(sorted(report.constraints.items())),
    }


def _members(object_: dict[str, Any]) -> str:
    return ",\n ".join(f"{_text(key)}: {_text(value)}" for key, value in object_.items())


def _text(value: Any) -> str:
    """Return a value as JSON; halves of surrogate pairs, such as those of odd file names, are no UTF-8."""
    return encodable(json.dumps(value, ensure_ascii=False, allow_nan=False))
