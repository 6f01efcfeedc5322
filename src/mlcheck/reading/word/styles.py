"""What the styles of a Word document say of a paragraph or a run, along the chain of what each is based on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.reading.word.package import PARAGRAPH_FORMAT, RUN_FORMAT, Element, W, is_on, number, value

LONGEST_CHAIN = 50
BODY_TEXT = 9  # the outline level of what is no heading


class Style(Struct, frozen=True):
    """What a style prints: the `level` of a heading, 1 for the outermost, and how its text looks.

    `numbered` is the list that numbers it and `depth` the level of that list, where it is not the one
    `linked` to a style. `hidden` tells that nothing is printed, `raised` is the position of superscripts and
    subscripts, `indent` counts twentieths of a point, `contents` marks the lines of a table of contents.
    """

    level: int | None = None
    numbered: str | None = None
    depth: int | None = None
    linked: str = ""
    hidden: bool = False
    raised: str = ""
    indent: int = 0
    contents: bool = False


PLAIN = Style()


class Styles(Struct):
    """The styles of a document by id, worked out when a paragraph or a run first names them."""

    elements: dict[str, Element]
    default: str
    known: dict[str, Style] = field(default_factory=dict)

    def of(self, key: str | None) -> Style:
        """Return a style; that of paragraphs which name none, or an unknown one, is the default."""
        name = key if key in self.elements else self.default
        if name not in self.known:
            self.known[name] = self._worked_out(name)
        return self.known[name]

    def of_run(self, key: str | None) -> Style:
        """Return a character style, one that changes nothing where none is named."""
        return self.of(key) if key in self.elements else PLAIN

    def _worked_out(self, name: str) -> Style:
        chain: list[str] = []
        while name in self.elements and name not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(name)
            name = value(self.elements[name], "basedOn") or ""
        style = PLAIN
        for key in reversed(chain):
            style = _refined(style, key, self.elements[key])
        return style


def read_styles(root: Element | None) -> Styles:
    """Return the styles of a styles part; a document may have none."""
    elements: dict[str, Element] = {}
    default = ""
    for element in () if root is None else root.iter(W + "style"):
        key = element.get(W + "styleId", "")
        elements[key] = element
        if element.get(W + "type") == "paragraph" and is_on(element.get(W + "default")):
            default = key
    return Styles(elements, default)


def direct(base: Style, paragraph_format: Element | None) -> Style:
    """Return a style with what a paragraph's own format, or that of one style, changes in it."""
    if paragraph_format is None:
        return base
    style = base
    outline = value(paragraph_format, "outlineLvl")
    if outline is not None:
        depth = number(outline, BODY_TEXT)
        style = replace(style, level=depth + 1 if 0 <= depth < BODY_TEXT else None)
    numbered = paragraph_format.find(W + "numPr")
    if numbered is not None:
        key, depth_text = value(numbered, "numId"), value(numbered, "ilvl")
        style = replace(
            style,
            numbered=style.numbered if key is None else key,
            depth=(None if key else style.depth) if depth_text is None else number(depth_text, 0),
            linked="",
        )
    indent = paragraph_format.find(W + "ind")
    if indent is not None:
        start = indent.get(W + "left") or indent.get(W + "start")
        style = replace(style, indent=number(start, style.indent))
    return style


def _refined(base: Style, key: str, element: Element) -> Style:
    """Return what a style makes of the one that it is based on."""
    name = (value(element, "name") or key).strip().lower()
    kind, level = _kind(name)
    style = replace(base, level=level) if level else base
    style = direct(style, element.find(PARAGRAPH_FORMAT))
    if element.find(f"{PARAGRAPH_FORMAT}/{W}numPr") is not None:
        style = replace(style, linked=key)
    look = element.find(RUN_FORMAT)
    hidden, raised = value(look, "vanish"), value(look, "vertAlign")
    return replace(
        style,
        level=None if kind in ("title", "contents") else style.level,
        contents=kind == "contents" or (style.contents and kind is None),
        hidden=style.hidden if hidden is None else is_on(hidden),
        raised=style.raised if raised is None else raised,
    )


@cache
def _kind(name: str) -> tuple[str | None, int | None]:
    """Return what the name of a style says: heading and its level, title, contents, or nothing."""
    words = _names()
    cut = re.fullmatch(r"(.*?) ?([1-9])?", name)
    stem, level = (cut[1], cut[2]) if cut else (name, None)
    if level and stem in words["heading"]:
        return "heading", int(level)
    if not level and stem in words["title"]:
        return "title", None
    return ("contents" if stem in words["contents"] and (level or " " in stem) else None), None


@cache
def _names() -> dict[str, Any]:
    import tomli

    return tomli.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
