"""The parts of a place, as they are written for a reader and as a reader writes them back."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from mlcheck.model.document import Locator
from mlcheck.translation import LANGUAGES, N_, translator

NUMBERED = {
    "page": N_("page {n}"),
    "slide": N_("slide {n}"),
    "line": N_("line {n}"),
    "paragraph": N_("paragraph {n}"),
    "table": N_("table {n}"),
    "note": N_("note {n}"),
    "endnote": N_("endnote {n}"),
}
SHAPES = ("table", "note", "endnote")  # kinds that are numbered in the name of a shape, as in "table 3"
PARAGRAPHS = (".docx", ".odt")  # files whose "lines" are paragraphs
SEPARATOR = ", "


class Part(Struct, frozen=True):
    """One part of a place: a number of a kind, "page" 3, or else a name or an address as it stands."""

    text: str
    kind: str = ""


def parts_of(locator: Locator) -> tuple[Part, ...]:
    """Return the few parts that lead a reader to a place, the file itself where there is nothing nearer."""
    if locator.cell and locator.shape is None:
        return (Part(f"{locator.sheet}!{locator.cell}" if locator.sheet else locator.cell),)
    parts = [Part(locator.sheet)] if locator.sheet else []
    if locator.page is not None:
        parts.append(Part(str(locator.page), "page"))
    if locator.slide is not None:
        parts.append(Part(str(locator.slide), "slide"))
    if locator.shape:
        parts.append(_shape(locator.shape))
    if locator.cell:
        parts.append(Part(locator.cell))
    paragraphs = locator.file.lower().endswith(PARAGRAPHS)
    if locator.line is not None and not (locator.cell and (paragraphs or locator.slide)):
        parts.append(Part(str(locator.line), "paragraph" if paragraphs else "line"))
    return tuple(parts) or (Part(locator.file),)


def _shape(name: str) -> Part:
    kind, _, number = name.partition(" ")
    return Part(number, kind) if kind in SHAPES and number.isascii() and number.isdigit() else Part(name)


@cache
def parsed(text: str) -> tuple[Part, ...]:
    """Return the parts of a place that a person wrote, in the words of whichever language."""
    return tuple(_parsed(piece) for piece in text.split(SEPARATOR))


def is_place_of(written: str, locator: Locator) -> bool:
    """Tell whether a written place is that of a locator.

    Names are cut as what is written is: a sheet may be called "Aides, 2023", or "page 3".
    """
    own = (parsed(part.text) if not part.kind else (part,) for part in parts_of(locator))
    return parsed(written) == tuple(part for parts in own for part in parts)


def _parsed(piece: str) -> Part:
    for kind, pattern in _patterns():
        if found := pattern.fullmatch(piece):
            return Part(found["n"], kind)
    return Part(piece)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what each kind of number looks like, in every language."""
    return tuple(
        (kind, re.compile(re.escape(translator(language).gettext(template)).replace(r"\{n\}", r"(?P<n>\d+)")))
        for kind, template in NUMBERED.items()
        for language in LANGUAGES
    )
