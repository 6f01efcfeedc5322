"""Where a figure stands, in the few words that let its reader go there."""

from __future__ import annotations

from pathlib import PurePath

from mlcheck.model.document import Locator
from mlcheck.model.place import NUMBERED, SEPARATOR, Part, parts_of
from mlcheck.rendering.wording import Wording


def place(locator: Locator, wording: Wording, beside: Locator | None = None) -> str:
    """Return "Aides!C15" for a cell, "page 3", "slide 2, chart 1" or "line 12" elsewhere, else the file.

    Where it stands in another file than `beside`, such as last year's report, the file is named too.
    """
    here = SEPARATOR.join(_written(part, wording) for part in parts_of(locator))
    if beside is None or locator.file == beside.file or here == locator.file:
        return here
    return f"{PurePath(locator.file).name} · {here}"


def _written(part: Part, wording: Wording) -> str:
    return wording.say(NUMBERED[part.kind], {"n": part.text}) if part.kind else part.text


def location(locator: Locator) -> dict[str, object]:
    """Return a place as the JSON contract tells it: every key, null where it does not apply."""
    return {
        "file": locator.file,
        "sheet": locator.sheet,
        "cell": locator.cell,
        "page": locator.page,
        "box": list(locator.box) if locator.box else None,
        "slide": locator.slide,
        "shape": locator.shape,
        "line": locator.line,
    }
