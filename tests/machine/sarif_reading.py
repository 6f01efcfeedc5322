"""SARIF read back: held to the published schema and to what the standard demands beyond it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from sarif_pydantic import Sarif

SCHEMA = Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json"


@cache
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def run_of(text: str) -> dict[str, Any]:
    """Return the one run of a log that is valid."""
    log = json.loads(text)
    assert [error.message for error in validator().iter_errors(log)] == []
    assert len(Sarif.model_validate_json(text).runs) == 1
    (run,) = log["runs"]
    require_sound(run)
    return run


def require_sound(run: dict[str, Any]) -> None:
    """Hold a run to the sentences of the standard that no schema can say."""
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert "suppressions" in result and "baselineState" in result  # on all results, or on none
        ids = [one["id"] for one in result["relatedLocations"]]
        assert len(set(ids)) == len(ids)
        for where in (*result["locations"], *result["relatedLocations"]):
            place = where["physicalLocation"]
            assert place["region"]["startLine"] >= 1
            uri = place["artifactLocation"]["uri"]
            assert not uri.startswith("/")
            assert ("uriBaseId" in place["artifactLocation"]) != uri.startswith("file:")
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    failed = any(one["level"] == "error" for one in notifications)
    assert run["invocations"][0]["executionSuccessful"] is not failed
    known = {one["id"] for one in run["tool"]["driver"]["notifications"]}
    assert {one["descriptor"]["id"] for one in notifications} <= known


def shown(message: dict[str, str]) -> str:
    """Return what a viewer shows of a message: doubled braces are single ones, and there is no placeholder."""
    text = message["text"]
    plain = text.replace("{{", "").replace("}}", "")
    assert "{" not in plain and "}" not in plain
    return text.replace("{{", "{").replace("}}", "}")
