"""What an element shows that is no plain text: nothing, a drawing, another page, raised digits."""

from __future__ import annotations

import re

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.html_terms import NOT_PUBLISHED, is_hidden
from mlcheck.reading.html_tokens import Tag
from mlcheck.translation import N_

UNSPOKEN = N_("a part marked aria-hidden holds figures, and is not read")
NOT_READ = {
    "audio": "",
    "canvas": "",
    "embed": "",
    "iframe": "",
    "math": N_("a formula holds figures that are not read"),
    "object": "",
    "svg": N_("a drawing holds figures that are not read"),
    "textarea": N_("a form field holds figures that are not read"),
    "video": "",
}
NOTED = frozenset({"canvas", "embed", "frame", "iframe", "img", "input", "object"})
_FILE = re.compile(r"\S+\.\w{3,4}")
_DIGIT = re.compile(r"\d")
_TYPED = frozenset({"", "date", "email", "month", "number", "search", "tel", "text", "url", "week"})
_LONGEST = 80  # characters of a text that a note quotes
_SHIFTED = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}


def aside_of(tag: Tag) -> str | None:
    """Return why the content of an element is not read: None where it is, empty where it is not published."""
    attributes = tag.attributes
    if tag.name in NOT_PUBLISHED or is_hidden(attributes):
        return ""
    if attributes.get("role") == "navigation" or (tag.name == "dialog" and "open" not in attributes):
        return ""
    if attributes.get("aria-hidden", "").lower() == "true":
        return UNSPOKEN
    return NOT_READ.get(tag.name)


def note_of(tag: Tag, source: str) -> NotUnderstood | None:
    """Return the note of an element that shows something which is not text, where it may hold figures."""
    attributes = tag.attributes
    if tag.name not in NOTED or is_hidden(attributes) or attributes.get("aria-hidden") == "true":
        return None
    place = Locator(source, line=tag.line)
    text = " ".join(attributes.get("alt" if tag.name == "img" else "value", "").split())[:_LONGEST]
    if tag.name == "img":
        told = _DIGIT.search(text) and not _FILE.fullmatch(text)
        return NotUnderstood(place, "an image is not read ({text})", {"text": text}) if told else None
    if tag.name == "input":
        told = _DIGIT.search(text) and attributes.get("type", "").lower() in _TYPED
        return NotUnderstood(place, "a form field is not read ({text})", {"text": text}) if told else None
    if tag.name == "canvas":
        return NotUnderstood(place, "a drawing made by a script is not read")
    page = page_of(tag)
    if page:
        return NotUnderstood(place, "another page is shown here, and is not read ({page})", {"page": page})
    return None


def page_of(tag: Tag) -> str:
    """Return the address of the page that an element shows, empty where it shows none."""
    attributes = tag.attributes
    unseen = attributes.get("width") in ("0", "1") or attributes.get("height") in ("0", "1")
    address = attributes.get("data" if tag.name == "object" else "src", "").strip()
    if unseen or address.startswith(("about:", "data:", "javascript:")):
        return ""
    return address[:_LONGEST]


def shifted(text: str, name: str) -> str:
    """Return the text of a sup or sub, its digits raised or lowered: glued to a figure they make no other.

    A footnote call in parentheses stays as it is, since it cannot be taken for digits.
    """
    return text if "(" in text else text.translate(_SHIFTED[name])
