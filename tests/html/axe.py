"""What axe-core, the engine of most tools that look for barriers, finds on a page as it stands."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from tests.html.browser import Page

# Axe reads a colour behind a picture or a pattern as none; all else it finds counts.
RUN = (
    "axe.run({{exclude: {}}}, {{resultTypes: ['violations']}}).then(told => JSON.stringify(told.violations))"
)


@cache
def _program() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page, *without: str) -> list[str]:
    """Return the rule and the element of each barrier that is found on a page, outside what some selectors find."""
    page.run(_program())
    script = RUN.format(json.dumps([[one] for one in without]))
    told = page.order("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
    found: list[dict[str, Any]] = json.loads(told["result"]["value"])
    return [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in found
        for node in one["nodes"]
    ]
