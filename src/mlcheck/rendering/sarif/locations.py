"""Where a figure stands, as SARIF tells it: the file and its line, and the place inside a file without lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.model.place import PARAGRAPHS
from mlcheck.rendering.machine import line_of, path_of
from mlcheck.rendering.sarif.rules import message
from mlcheck.rendering.summary import crash_text, evaluated
from mlcheck.rendering.wording import Wording

BASE = "%SRCROOT%"
"""What relative paths start from: the folder in which mlcheck ran, known by this name to GitHub."""
UNUSABLE, CRASH, NOTHING, UNCLEAR = "unusable", "rule-crashed", "nothing-checked", "not-understood"

DESCRIPTORS = [
    {"id": UNUSABLE, "shortDescription": {"text": "A file could not be checked."}},
    {"id": CRASH, "shortDescription": {"text": "A rule of mlcheck failed; the others still ran."}},
    {"id": NOTHING, "shortDescription": {"text": "No two figures of a report could be compared."}},
    {"id": UNCLEAR, "shortDescription": {"text": "A block of a report was not understood."}},
]


def location(locator: Locator, **more: Any) -> dict[str, Any]:
    """Return a location object; `more` are further members, such as its message."""
    shown: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": artifact(locator.file), "region": _region(locator)}
    }
    inside = place_inside(locator)
    if inside:
        shown["logicalLocations"] = [{"name": inside[-1], "fullyQualifiedName": _qualified(locator, inside)}]
    if locator.box is not None:
        shown["properties"] = {"page": locator.page, "box": list(locator.box)}
    return more | shown


def artifact(file: str) -> dict[str, str]:
    """Return the location of a file, percent-encoded, relative to the current folder where it lies below."""
    path = path_of(file)
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": BASE}


def place_inside(locator: Locator) -> list[str]:
    """Return the sheet, page, slide, shape and cell of a place, the outermost first, in no language."""
    parts = (
        locator.sheet,
        None if locator.page is None else f"page {locator.page}",
        None if locator.slide is None else f"slide {locator.slide}",
        locator.shape,
        locator.cell or _paragraph(locator),
    )
    return [part for part in parts if part]


def _paragraph(locator: Locator) -> str | None:
    if locator.line is None or not locator.file.lower().endswith(PARAGRAPHS):
        return None
    return f"paragraph {locator.line}"


def _qualified(locator: Locator, inside: list[str]) -> str:
    """Return "Aides!C15" for a cell of a sheet, else the parts between slashes: "slide 12/Tableau 3/C4"."""
    plain_cell = locator.sheet and locator.cell and locator.shape is None
    return ("!" if plain_cell else "/").join(inside)


def _region(locator: Locator) -> dict[str, int]:
    region = {"startLine": line_of(locator)}
    if locator.column is not None:
        region["startColumn"] = locator.column
    return region


# What went wrong with a run, apart from the figures: no finding, and never silence.


def notifications(report: Report, wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield what kept a report, a rule or a block from being checked; the first three kinds fail the run."""
    whole = Locator(report.source)
    if report.unusable is not None:
        yield _notification(UNUSABLE, "error", wording.say(report.unusable, report.unusable_values), whole)
        return
    for crash in report.crashes:
        text = crash_text(crash, report.source, wording)
        rule = {"associatedRule": {"id": crash.rule}} if crash.rule else {}
        yield _notification(CRASH, "error", text, crash.locator or whole) | rule
    if not evaluated(report):
        yield _notification(NOTHING, "error", wording.say("nothing could be checked"), whole)
    for block in report.not_understood:
        yield _notification(UNCLEAR, "note", wording.say(block.reason, block.values), block.locator)


def _notification(descriptor: str, level: str, text: str, where: Locator) -> dict[str, Any]:
    return {
        "descriptor": {"id": descriptor},
        "level": level,
        "message": message(text),
        "locations": [location(where)],
    }
