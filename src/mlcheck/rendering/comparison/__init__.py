"""Two files compared, written for people and programs: one file a format."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcheck.model.comparison import Comparison
    from mlcheck.rendering.view import View

FORMATS = {
    "terminal": "mlcheck.rendering.comparison.terminal",
    "json": "mlcheck.rendering.comparison.json",
    "markdown": "mlcheck.rendering.comparison.lists",
    "csv": "mlcheck.rendering.comparison.lists",
}
"""Each format with the module whose function of that name writes it."""


def render_comparison(name: str, comparison: Comparison, view: View) -> Iterator[str]:
    """Return the pieces of text of a comparison in the format `name`."""
    pieces: Iterator[str] = getattr(import_module(FORMATS[name]), name)(comparison, view)
    return pieces
