"""Where a figure stands, in the few words that let its reader go there."""

from __future__ import annotations

from pathlib import PurePath

from mlcheck.language.characters import is_digits
from mlcheck.model.document import Locator
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

NUMBERED = {"table": N_("table {n}"), "note": N_("note {n}"), "endnote": N_("endnote {n}")}
PARAGRAPHS = (".docx", ".odt")  # files whose "lines" are paragraphs


def place(locator: Locator, wording: Wording, beside: Locator | None = None) -> str:
    """Return "Aides!C15" for a cell, "page 3", "slide 2, chart 1" or "line 12" elsewhere, else the file.

    Where it stands in another file than `beside`, such as last year's report, the file is named too.
    """
    told = _place(locator, wording)
    if beside is None or locator.file == beside.file or told == locator.file:
        return told
    return f"{PurePath(locator.file).name} · {told}"


def _place(locator: Locator, wording: Wording) -> str:
    if locator.cell and locator.shape is None:
        return f"{locator.sheet}!{locator.cell}" if locator.sheet else locator.cell
    parts = [locator.sheet] if locator.sheet else []
    if locator.page is not None:
        parts.append(wording.say("page {n}", {"n": str(locator.page)}))
    if locator.slide is not None:
        parts.append(wording.say("slide {n}", {"n": str(locator.slide)}))
    if locator.shape:
        parts.append(_shape(locator.shape, wording))
    if locator.cell:
        parts.append(locator.cell)
    paragraphs = locator.file.lower().endswith(PARAGRAPHS)
    if locator.line is not None and not (locator.cell and paragraphs):
        word = N_("paragraph {n}") if paragraphs else N_("line {n}")
        parts.append(wording.say(word, {"n": str(locator.line)}))
    return ", ".join(parts) or locator.file


def _shape(name: str, wording: Wording) -> str:
    """Return the name of a shape; those that mlcheck numbers itself, "table 3", in the reader's language."""
    kind, _, number = name.partition(" ")
    if kind in NUMBERED and is_digits(number):
        return wording.say(NUMBERED[kind], {"n": number})
    return name


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
