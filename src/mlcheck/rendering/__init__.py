"""Reports written for people and programs, one file a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcheck.model.finding import Report
    from mlcheck.rendering.view import View

RENDERERS = {
    "terminal": "mlcheck.rendering.terminal:render",
    "concise": "mlcheck.rendering.concise:render",
    "statistics": "mlcheck.rendering.concise:statistics",
    "json": "mlcheck.rendering.json:render",
    "jsonl": "mlcheck.rendering.json:render_lines",
    "markdown": "mlcheck.rendering.markdown:render",
    "csv": "mlcheck.rendering.csv:render",
    "html": "mlcheck.rendering.html:render",
    "sarif": "mlcheck.rendering.sarif:render",
    "junit": "mlcheck.rendering.junit:render",
    "github": "mlcheck.rendering.github:render",
    "gitlab": "mlcheck.rendering.gitlab:render",
}
"""Each format with the function (reports, view) -> pieces of text that writes it."""
FOLDERS = {"site": "mlcheck.rendering.html.site:site"}
"""Each format of several files with the function (reports, view) -> name and pieces of each, to be written in turn."""
SUFFIXES = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown", ".csv": "csv", ".txt": "terminal", ".html": "html", ".htm": "html",
    ".sarif": "sarif", ".xml": "junit",
}  # fmt: skip
"""The format that the suffix of an output stands for."""


def pages(name: str, reports: Iterable[Report], view: View) -> Iterator[tuple[str, Iterator[str]]]:
    """Return the files of `reports` in the format `name`, each to be written before the next."""
    module, function = FOLDERS[name].split(":")
    made: Iterator[tuple[str, Iterator[str]]] = getattr(import_module(module), function)(reports, view)
    return made


def render(name: str, reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return the pieces of text of `reports` in the format `name`, written as each report comes."""
    module, function = RENDERERS[name].split(":")
    pieces: Iterator[str] = getattr(import_module(module), function)(reports, view)
    return pieces
