"""Text of a report made safe to show: on one line, in its own direction, never longer than a page bears."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from mlcheck.model.document import Locator
from mlcheck.rendering.places import place
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.wording import Wording

LABEL = 160  # characters of a label that are shown
SENTENCE = 400  # characters of a sentence that are shown on either side of its numbers
NO_BREAK = "\u00a0"
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_GROUPS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))| (?=[%‰€](?!\w))")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LONGEST = 80


class Anchors:
    """Gives out the anchors of one page."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return `wanted`, numbered where it is taken already: two reports may hold the same finding."""
        anchor, n = wanted, 1
        while anchor in self._taken:
            n += 1
            anchor = f"{wanted}-{n}"
        self._taken.add(anchor)
        return anchor


def shown(text: str) -> str:
    """Return a text without control characters; those that nobody sees are named."""
    return _NO_CHARACTER.sub("\ufffd", plain(text))


def own(text: str) -> Markup:
    """Return a text of the report, isolated from the words around it where it may be written from right to left."""
    text = shown(text)
    return Markup(f"<bdi>{escape(text)}</bdi>") if _RIGHT_TO_LEFT.search(text) else escape(text)


def figure(text: str) -> Markup:
    """Return a printed figure, isolated and kept on one line."""
    return own(text.replace(" ", NO_BREAK))


def held(text: str) -> str:
    """Return a sentence whose figures are not broken over two lines."""
    return _GROUPS.sub(NO_BREAK, text)


def cut(text: str, most: int = LABEL) -> str:
    """Return a text, or its beginning where it is longer than `most`."""
    if len(text) <= most:
        return text
    start = text[:most]
    return f"{start.rsplit(' ', 1)[0] if ' ' in start[most // 2 :] else start} …"


def cut_before(text: str, most: int = SENTENCE) -> str:
    """Return a text, or its end where it is longer than `most`."""
    if len(text) <= most:
        return text
    end = text[-most:]
    return f"… {end.split(' ', 1)[1] if ' ' in end[: most // 2] else end}"


def finalized(value: object) -> object:
    """Return what a template may write: every text that is not markup loses its control characters."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else shown(value)


# Where a figure stands, as short as a page bears: the name of a shape can be as long as a page.


def place_text(locator: Locator, wording: Wording, beside: Locator | None = None) -> str:
    """Return the place that `place` names, or its beginning."""
    return cut(place(locator, wording, beside), LONGEST)
