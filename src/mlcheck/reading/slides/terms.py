"""Names of the XML of a presentation (ECMA-376 part 1, chapters 19 and 21), and how its elements are met."""

from __future__ import annotations

from collections.abc import Iterator

from pptx.oxml.xmlchemy import BaseOxmlElement

from mlcheck.language.characters import is_digits

Element = BaseOxmlElement  # of lxml, which has no types

OFFICE = "http://schemas.openxmlformats.org"
MICROSOFT = "http://schemas.microsoft.com/office/drawing"
A = f"{{{OFFICE}/drawingml/2006/main}}"
P = f"{{{OFFICE}/presentationml/2006/main}}"
C = f"{{{OFFICE}/drawingml/2006/chart}}"
DGM = f"{{{OFFICE}/drawingml/2006/diagram}}"
R = f"{{{OFFICE}/officeDocument/2006/relationships}}"
MC = f"{{{OFFICE}/markup-compatibility/2006}}"
FORMULA = f"{{{MICROSOFT}/2010/main}}m"
NEW_CHART = f"{{{MICROSOFT}/2014/chartex}}chart"
TITLES = ("title", "ctrTitle")
RUNNING_HEADS = ("ftr", "dt", "sldNum", "hdr", "sldImg")  # placeholders printed alike on every slide
LONGEST_NUMBER = 15  # digits of a whole number in an attribute


def children(element: Element) -> Iterator[Element]:
    """Yield the children of an element, those of the first choice in the place of alternatives."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            branch = child.find(f"{MC}Fallback") if choice is None else choice
            yield from () if branch is None else children(branch)
        elif isinstance(child.tag, str):  # that of a comment is a function
            yield child


def is_on(element: Element | None) -> bool:
    """Tell whether a boolean element is there and true, which it is unless it says otherwise."""
    return element is not None and element.get("val", "1") in ("1", "true")


def whole(element: Element | None, name: str, default: int = 0) -> int:
    """Return an attribute as a whole number, or the default where it is none."""
    text = str("" if element is None else element.get(name, ""))
    digits = text.removeprefix("-")
    sound = is_digits(digits) and len(digits) <= LONGEST_NUMBER
    return int(text) if sound else default
