"""Every relation that ties figures of a report, with why it is believed and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from mlcheck.model.finding import Report
from mlcheck.rendering.view import View

FORMATS = {
    "terminal": "mlcheck.rendering.relations.terminal:render",
    "json": "mlcheck.rendering.relations.json:render",
    "markdown": "mlcheck.rendering.relations.rows:markdown",
    "csv": "mlcheck.rendering.relations.rows:csv",
}


def relations(name: str, reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return the relations of checked reports in the format `name`, written as each report comes."""
    module, function = FORMATS[name].split(":")
    write: Callable[[Iterable[Report], View], Iterator[str]] = getattr(import_module(module), function)
    return write(reports, view)
