"""What a tag closes, said or not (WHATWG HTML, 13.2.6): an open paragraph, the item or cell before."""

from __future__ import annotations

from mlcheck.reading.html_stack import BLOCK, SCOPE, Stack
from mlcheck.reading.html_terms import (
    BLOCKS,
    CLOSES_PARAGRAPH,
    FOREIGN,
    FORMATTING,
    HEADINGS,
    LEAVES_FOREIGN,
    LISTS,
    PARENTS,
    SCOPES,
    STRUCTURE,
)

SIBLINGS = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}
SEALED = ("foreignobject", "template")  # what stands in these is no part of the table around them


def closed_by_start(stack: Stack, name: str) -> int | None:
    """Return the place of the outermost element that a start tag closes, the next free one where it closes none.

    None means that the tag itself is ignored: a part of a table outside of any.
    """
    if name in STRUCTURE:
        return _up_to_parent(stack, name)
    if name in LEAVES_FOREIGN and (foreign := stack.last(*FOREIGN)) > stack.last(*SEALED):
        return foreign
    size = len(stack.elements)
    scope = stack.last(SCOPE)
    if name == "table" and scope >= 0 and stack.last(name) == scope:
        return scope
    if name in CLOSES_PARAGRAPH and (paragraph := stack.last("p")) > scope:
        size = paragraph
    if name in HEADINGS and stack.top() in HEADINGS:
        size = min(size, len(stack.elements) - 1)
    item = stack.last(*SIBLINGS.get(name, ()))
    return min(size, item) if item > max(scope, stack.last("dl", *LISTS)) else size


def _up_to_parent(stack: Stack, name: str) -> int | None:
    """Return the place just below the part of the open table that a new part belongs to."""
    table = stack.last("table")
    if table < 0 or stack.last(*SEALED) > table:
        return None
    at = len(stack.elements)
    while at - 1 > table:
        parent = stack.elements[at - 1].name
        if parent in PARENTS and STRUCTURE[parent] < STRUCTURE[name]:
            break
        at -= 1
    return at


def closed_by_end(stack: Stack, name: str) -> int | None:
    """Return the place of the element that an end tag closes, None where it closes none.

    All that is open in it closes too, but for what `goes_on`. A part that is not read always ends.
    """
    at = stack.last(*HEADINGS) if name in HEADINGS else stack.last(name)
    if at < 0:
        return None
    element = stack.elements[at]
    if element.aside is not None and element.name not in FORMATTING:
        return at
    if name in STRUCTURE:
        inside = stack.last("table", *SEALED)
    else:
        inside = stack.last(name, *SEALED) if name == "table" else stack.last(SCOPE)
    if at < inside:
        return None
    closes_blocks = element.name in BLOCKS or element.name in SCOPES or element.name in FORMATTING
    return at if closes_blocks or stack.last(BLOCK) < at else None


def goes_on(stack: Stack, at: int) -> bool:
    """Tell whether what stands in a closed element stays open: text in bold ends, its paragraph does not."""
    return stack.elements[at].name in FORMATTING and at < len(stack.elements) - 1
