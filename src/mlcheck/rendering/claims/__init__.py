"""Every claim of a report with its verdict: the audit trail that its author reads before publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from mlcheck.model.finding import Report
from mlcheck.rendering.view import View

FORMATS = {
    "terminal": "mlcheck.rendering.claims.terminal:render",
    "json": "mlcheck.rendering.claims.json:render",
    "markdown": "mlcheck.rendering.claims.rows:markdown",
    "csv": "mlcheck.rendering.claims.rows:csv",
}


def claims(name: str, report: Report, view: View) -> Iterator[str]:
    """Return the claims of a checked report in the format `name`."""
    module, function = FORMATS[name].split(":")
    write: Callable[[Report, View], Iterator[str]] = getattr(import_module(module), function)
    return write(report, view)
