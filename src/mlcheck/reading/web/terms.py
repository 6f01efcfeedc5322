"""Elements of HTML by what they do to the text around them, and what their attributes say."""

from __future__ import annotations

import re

from mlcheck.language.characters import LOWERED, RAISED
from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.web.tokens import Tag
from mlcheck.translation import N_

HEADINGS = {f"h{level}": level for level in range(1, 7)}

STRUCTURE = {"caption": 1, "col": 1, "colgroup": 1, "tbody": 1, "tfoot": 1, "thead": 1}
"""The parts of a table, by how deep they stand in it."""
PARENTS = ("tbody", "tfoot", "thead", "tr")
CELLS = ("td", "th", "caption")
STRUCK = ("s", "strike")
FOREIGN = ("math", "svg")

_STYLE = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)
_COUNT = re.compile(r"\s*\+?([0-9]+)")
_DIGITS = 6  # of a number past which it is absurd
HIDDEN_PART = N_("a part marked aria-hidden holds figures, and is not read")

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
_DIGIT = re.compile(r"[0-9]")
_TYPED = frozenset({"", "date", "email", "month", "number", "search", "tel", "text", "url", "week"})
_LONGEST = 80  # characters of a text that a note quotes

_SHIFTED = {"sup": RAISED, "sub": LOWERED}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
TRANSPARENT = _names("body frameset head html")

CLOSES_PARAGRAPH = HEADINGS.keys() | _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form "
    "header hgroup hr listing main menu nav ol p plaintext pre search section summary table ul xmp"
)


STRUCTURE |= {"tr": 2, "td": 3, "th": 3}


BLOCKS = CLOSES_PARAGRAPH | STRUCTURE.keys() | _names("dd dt legend li")

SCOPES = _names("caption foreignobject marquee object table td template th")
"""No end tag reaches out of these (WHATWG HTML, 13.2.4.2)."""
LISTS = _names("dir menu ol ul")

FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
"""Elements that end by themselves though others opened in them go on (13.2.6.4.7)."""
KEPT = _names("listing pre xmp")  # white space as written

LEAVES_FOREIGN = HEADINGS.keys() | _names(
    "b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta nobr ol p "
    "pre ruby s small span strike strong sub sup table tt u ul var"
)

NOT_PUBLISHED = _names(
    "comment datalist del meter nav noembed noframes noscript progress rp rt s script select strike style "
    "template title"
)
"""Elements whose content is not displayed, is struck out, or only leads elsewhere."""


def is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether an element says by itself that it is not displayed."""
    return "hidden" in attributes or bool(_STYLE.search(attributes.get("style", "")))


def span_of(attributes: dict[str, str], name: str, most: int) -> int:
    """Return the cells that a colspan or rowspan covers (4.9.11): 1 where it says nothing, 0 for "to the end"."""
    match = _COUNT.match(attributes.get(name, ""))
    if match is None:
        return 1
    digits = match[1].lstrip("0")
    return most if len(digits) > _DIGITS else min(int(digits or "0"), most)


# What an element shows that is no plain text: nothing, a drawing, another page, raised digits.


def aside_of(tag: Tag) -> str | None:
    """Return why the content of an element is not read: None where it is, empty where it is not published."""
    attributes = tag.attributes
    if tag.name in NOT_PUBLISHED or is_hidden(attributes):
        return ""
    if attributes.get("role") == "navigation" or (tag.name == "dialog" and "open" not in attributes):
        return ""
    if attributes.get("aria-hidden", "").lower() == "true":
        return HIDDEN_PART
    return NOT_READ.get(tag.name)


def note_of(tag: Tag, source: str) -> NotUnderstood | None:
    """Return the note of an element that shows something which is not text, where it may hold figures."""
    attributes = tag.attributes
    if tag.name not in NOTED or is_hidden(attributes) or attributes.get("aria-hidden") == "true":
        return None
    place = Locator(source, line=tag.line)
    text = " ".join(attributes.get("alt" if tag.name == "img" else "value", "").split())[:_LONGEST]
    if tag.name == "img":
        may_hold_figures = _DIGIT.search(text) and not _FILE.fullmatch(text)
        return (
            NotUnderstood(place, "an image is not read ({text})", {"text": text})
            if may_hold_figures
            else None
        )
    if tag.name == "input":
        may_hold_figures = _DIGIT.search(text) and attributes.get("type", "").lower() in _TYPED
        return (
            NotUnderstood(place, "a form field is not read ({text})", {"text": text})
            if may_hold_figures
            else None
        )
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
