"""What the styles of an OpenDocument text or presentation hide, raise or number (chapter 16)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from mlcheck.language.characters import is_digits
from mlcheck.reading.opendocument.terms import (
    FAMILY,
    NAME,
    PARENT,
    PRESENTATION,
    STYLE,
    TEXT,
    Attributes,
    whole,
)

PROPERTIES = (STYLE + "text-properties", STYLE + "drawing-page-properties")
LEVELS = {TEXT + "list-level-style-number": True, TEXT + "list-level-style-bullet": False}
LEVELS |= {TEXT + "list-level-style-image": False}
RAISED = {"super": "sup", "sub": "sub"}
DEEPEST = 100  # styles that a style stands on; a circle ends there
Key = tuple[str, str]  # family and name


class Look(Struct):
    """What one style says itself."""

    parent: str
    properties: Attributes = field(default_factory=dict)


class ListLevel(Struct, frozen=True):
    """How the items of one level of a list are marked; `format` is empty where they have no number."""

    format: str
    suffix: str
    start: int


class Styles(Struct):
    """All styles met so far, those of styles.xml first."""

    looks: dict[Key, Look] = field(default_factory=dict)
    lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    look: Look | None = None
    levels: dict[int, ListLevel] = field(default_factory=dict)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in one element of a style."""
        if name == STYLE + "style":
            self.look = Look(attributes.get(PARENT, ""))
            self.looks[attributes.get(FAMILY, ""), attributes.get(NAME, "")] = self.look
        elif name in PROPERTIES and self.look is not None:
            self.look.properties.update(attributes)
        elif name == TEXT + "list-style":
            self.levels = self.lists.setdefault(attributes.get(NAME, ""), {})
        elif name in LEVELS:
            number = attributes.get(STYLE + "num-format", "") if LEVELS[name] else ""
            self.levels[whole(attributes, TEXT + "level", 1, DEEPEST)] = ListLevel(
                number,
                attributes.get(STYLE + "num-suffix", ""),
                whole(attributes, TEXT + "start-value", 1, 10**6),
            )

    def says(self, family: str, style: str, name: str) -> str:
        """Return what a style or the ones it stands on say of a property, empty where they say nothing."""
        return next(
            (found for look in self._chain(family, style) if (found := look.properties.get(name))), ""
        )

    def hides(self, family: str, style: str) -> bool:
        """Tell whether what has a style is not shown."""
        if family == "drawing-page":
            return self.says(family, style, PRESENTATION + "visibility") == "hidden"
        return self.says(family, style, TEXT + "display") == "none"

    def raised(self, style: str) -> str:
        """Return "sup" or "sub" for text that a style raises or lowers."""
        position = self.says("text", style, STYLE + "text-position").split(" ")[0]
        if position in RAISED:
            return RAISED[position]
        percent = position.removesuffix("%")
        if not is_digits(percent.lstrip("-")) or not percent.strip("-0"):
            return ""
        return "sub" if percent.startswith("-") else "sup"

    def _chain(self, family: str, style: str) -> Iterator[Look]:
        for _ in range(DEEPEST):
            look = self.looks.get((family, style))
            if look is None:
                return
            yield look
            style = look.parent
