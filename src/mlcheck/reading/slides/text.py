"""The text of shapes and table cells: paragraphs of runs, line breaks and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.language.characters import RAISED
from mlcheck.reading.slides.terms import FORMULA, A, Element, children, whole

MARK = re.compile(r"[0-9 ,;]*[0-9][0-9 ,;]*")  # of a footnote, or an exponent
COMPUTED = ("slidenum", "datetime")  # fields that PowerPoint fills by itself


def paragraphs_of(body: Element) -> Iterator[str]:
    """Yield the text of each paragraph that prints something; a line break in one is a blank.

    Bullets and automatic numbers are drawn by PowerPoint and stand in no text: they are left out.
    """
    for paragraph in body.iterfind(f"{A}p"):
        text = text_of(paragraph, " ").strip()
        if text:
            yield text


def lines_of(body: Element) -> str:
    """Return the text of a table cell; its paragraphs and line breaks are lines."""
    return "\n".join(text_of(paragraph, "\n") for paragraph in body.iterfind(f"{A}p")).strip("\n")


def text_of(paragraph: Element, line_break: str) -> str:
    """Return the text of a paragraph, raised digits as such: "12" and a raised 1 are "12¹", not 121."""
    pieces: list[str] = []
    for child in children(paragraph):
        if child.tag == f"{A}br":
            pieces.append(line_break)
        elif child.tag == f"{A}r" or (child.tag == f"{A}fld" and not _is_computed(child)):
            text = child.findtext(f"{A}t") or ""
            raised = whole(child.find(f"{A}rPr"), "baseline") > 0 and MARK.fullmatch(text)
            pieces.append(text.translate(RAISED) if raised else text)
    return "".join(pieces)


def has_formula(body: Element) -> bool:
    """Tell whether a text holds a mathematical formula, whose figures stand in no run."""
    return next(body.iter(FORMULA), None) is not None


def _is_computed(field: Element) -> bool:
    return str(field.get("type", "")).startswith(COMPUTED)
