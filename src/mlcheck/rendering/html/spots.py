"""Where a figure stands, as short as a page bears: the name of a shape can be as long as a page."""

from __future__ import annotations

from mlcheck.model.document import Locator
from mlcheck.rendering.html.text import cut
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording

LONGEST = 80


def spot(locator: Locator, wording: Wording, beside: Locator | None = None) -> str:
    """Return the place that `place` names, or its beginning."""
    return cut(place(locator, wording, beside), LONGEST)
