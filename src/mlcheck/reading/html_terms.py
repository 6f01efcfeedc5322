"""Elements of HTML by what they do to the text around them, and what their attributes say."""

from __future__ import annotations

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
TRANSPARENT = _names("body frameset head html")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CLOSES_PARAGRAPH = HEADINGS.keys() | _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form "
    "header hgroup hr listing main menu nav ol p plaintext pre search section summary table ul xmp"
)
STRUCTURE = {"caption": 1, "col": 1, "colgroup": 1, "tbody": 1, "tfoot": 1, "thead": 1}
"""The parts of a table, by how deep they stand in it."""
STRUCTURE |= {"tr": 2, "td": 3, "th": 3}
PARENTS = ("tbody", "tfoot", "thead", "tr")
CELLS = ("td", "th", "caption")
BLOCKS = CLOSES_PARAGRAPH | STRUCTURE.keys() | _names("dd dt legend li")
SCOPES = _names("caption foreignobject marquee object table td template th")
"""No end tag reaches out of these (WHATWG HTML, 13.2.4.2)."""

LISTS = _names("dir menu ol ul")
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
"""Elements that end by themselves though others opened in them go on (13.2.6.4.7)."""

STRUCK = ("s", "strike")
KEPT = _names("listing pre xmp")  # white space as written
FOREIGN = ("math", "svg")
LEAVES_FOREIGN = HEADINGS.keys() | _names(
    "b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta nobr ol p "
    "pre ruby s small span strike strong sub sup table tt u ul var"
)
NOT_PUBLISHED = _names(
    "comment datalist del meter nav noembed noframes noscript progress rp rt s script select strike style "
    "template title"
)
"""Elements whose content is not displayed, is struck out, or only leads elsewhere."""

_STYLE = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)
_COUNT = re.compile(r"\s*\+?(\d+)")
_DIGITS = 6  # of a number past which it is absurd


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
