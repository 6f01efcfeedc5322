"""The style sheet of a workbook, with a coloured twin for each style of a marked cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mlcheck.rendering.annotation.marks import COLORS, FONTS, LINE, LOOKS, STRONG, VERIFIED, fill, is_pale
from mlcheck.rendering.annotation.markup import (
    DECLARATION,
    Edit,
    Element,
    changed,
    elements,
    filled,
    prefixed,
    spliced,
    tag,
)
from mlcheck.rendering.annotation.package import TRANSITIONAL
from mlcheck.rendering.annotation.spreadsheet.sheet_scan import number

ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
DEFAULTS = {
    "fonts": ("<font><sz val='11'/><name val='Calibri'/><family val='2'/></font>",),
    "fills": (
        "<fill><patternFill patternType='none'/></fill>",
        "<fill><patternFill patternType='gray125'/></fill>",
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ("<xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>",),
    "cellXfs": ("<xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/>",),
}
_COLOR = re.compile(rb"<((?:\w+:)?)color\b[^>]*?(/>|>\s*</(?:\w+:)?color>)")
_RGB = re.compile(rb"""rgb=["'](?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})["']""")
_FILLED = re.compile(rb"""patternType=["'](?!none["'])|gradientFill\b""")
_WHITE = re.compile(
    rb"""<(?:\w+:)?fgColor\s+(?:rgb=["'](?:FF|00)?FFFFFF["']|theme=["']0["']|indexed=["'](?:9|1)["'])\s*/?>"""
)
_DIAGONAL = re.compile(rb"<(?:\w+:)?diagonal\b.*?(?:/>|</(?:\w+:)?diagonal>)", re.DOTALL)
_TURNED = re.compile(rb"""\b(diagonalUp|diagonalDown)=["'](?:1|true)["']""")
_PALE = re.compile(rb"""(?:theme=["'][02]["']|indexed=["'](?:1|9)["'])""")  # the two light colours of a theme


def empty_styles(namespace: str = TRANSITIONAL[0]) -> bytes:
    """Return a style sheet of one plain style."""
    normal = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    return f'{DECLARATION}<styleSheet xmlns="{namespace}">{normal}</styleSheet>'.encode()


class Styles:
    """A style sheet that grows: the styles it has keep their numbers."""

    __slots__ = ("_items", "_made", "_new", "_parts", "_root", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._root, *inside = elements(data, lambda _, depth: depth < 3)
        self._parts = {e.local: e for e in inside if e.depth == 1}
        self._items = {name: _inside(part, inside) for name, part in self._parts.items() if name in DEFAULTS}
        self._new: dict[str, list[bytes]] = {}
        self._made: dict[tuple[str, str], int] = {}
        for name, items in DEFAULTS.items():
            if not self._items.get(name):
                self._new[name] = [self._own(xml) for xml in items]

    def marked(self, base: int, kind: str) -> int:
        """Return the style that differs from `base` by the colour of a kind of mark, and stays legible.

        A style with a fill of its own keeps it and gets a border, or stays what it is for a figure that is verified.
        """
        key = (str(base), kind)
        if key not in self._made:
            formats = self._items.get("cellXfs", [])
            made = formats[base] if base < len(formats) else None
            attributes = dict(made.attributes) if made else {"numFmtId": "0", "fontId": "0", "borderId": "0"}
            filled = self._is_filled(number(attributes.get("fillId", ""), 0))
            if filled and kind in VERIFIED:
                return base
            if filled:
                look = {"borderId": str(self._outline(attributes, kind)), "applyBorder": "1"}
            else:
                font = self._legible(number(attributes.get("fontId", ""), 0))
                look = {"fillId": str(self._fill(COLORS[kind])), "applyFill": "1"}
                look |= {"fontId": str(font), "applyFont": "1"}
            rest = self.data[made.opened : made.end] if made else b""
            name = made.name if made else f"{self._root.prefix}xf"
            self._made[key] = self._add("cellXfs", tag(name, changed(attributes, look), not rest) + rest)
        return self._made[key]

    def look(self, name: str) -> int:
        """Return the style of a look of the palette; its texts are never taken for formulas."""
        key = ("look", name)
        if key not in self._made:
            font, color, line, alignment = LOOKS[name]
            xf = (
                f"<xf numFmtId='0' fontId='{self._once('fonts', FONTS[font])}'"
                f" fillId='{self._fill(color) if color else 0}'"
                f" borderId='{self._once('borders', LINE) if line else 0}' xfId='0' quotePrefix='1'"
                " applyFont='1' applyFill='1' applyBorder='1' applyAlignment='1'"
            )
            self._made[key] = self._add(
                "cellXfs", self._own(f"{xf}>{alignment}</xf>" if alignment else f"{xf}/>")
            )
        return self._made[key]

    def written(self) -> bytes:
        """Return the style sheet with all that was asked for."""
        edits: list[Edit] = []
        missing: dict[int, bytes] = {}
        for name in ORDER:
            added = self._new.get(name, [])
            part = self._parts.get(name)
            if part is not None and added:
                count = {"count": str(len(self._items[name]) + len(added))}
                edits += filled(part, b"".join(added), count)
            elif added:
                whole = f"{self._root.prefix}{name}"
                content = tag(whole, {"count": str(len(added))}) + b"".join(added) + f"</{whole}>".encode()
                earlier = [e.end for known in ORDER[: ORDER.index(name)] if (e := self._parts.get(known))]
                at = max(earlier, default=self._root.opened)
                missing[at] = missing.get(at, b"") + content
        return spliced(self.data, [*edits, *((at, at, content) for at, content in missing.items())])

    def _own(self, xml: str) -> bytes:
        return prefixed(xml.replace("'", '"'), self._root.prefix)

    def _add(self, name: str, xml: bytes) -> int:
        new = self._new.setdefault(name, [])
        new.append(xml)
        return len(self._items.get(name, [])) + len(new) - 1

    def _once(self, name: str, xml: str) -> int:
        key = (name, xml)
        if key not in self._made:
            self._made[key] = self._add(name, self._own(xml))
        return self._made[key]

    def _fill(self, color: str) -> int:
        return self._once("fills", fill(color))

    def _is_filled(self, number: int) -> bool:
        """Tell whether a fill colours its cell; white does not."""
        fills = self._items.get("fills", [])
        written = self.data[fills[number].start : fills[number].end] if number < len(fills) else b""
        return _FILLED.search(written) is not None and _WHITE.search(written) is None

    def _outline(self, attributes: Mapping[str, str], kind: str) -> int:
        """Return a border in the colour of a kind of mark, with the diagonals of that of a style."""
        borders, at = self._items.get("borders", []), number(attributes.get("borderId", ""), 0)
        written = self.data[borders[at].start : borders[at].end] if at < len(borders) else b""
        diagonal = _DIAGONAL.search(written)
        side = f"style='medium'><color rgb='FF{STRONG[kind]}'/></"
        sides = "".join(f"<{name} {side}{name}>" for name in ("left", "right", "top", "bottom"))
        turned = "".join(f" {name.decode()}='1'" for name in _TURNED.findall(written))
        own = self._own(f"<border{turned}>{sides}").removesuffix(b"</border>")
        return self._add("borders", own + (diagonal[0] if diagonal else b"") + self._own("</border>"))

    def _legible(self, font: int) -> int:
        """Return a font, or its black twin where it is too pale to be read on the colour of a mark."""
        key = ("legible", str(font))
        if key not in self._made:
            fonts = self._items.get("fonts", [])
            written = self.data[fonts[font].start : fonts[font].end] if font < len(fonts) else b""
            color = _COLOR.search(written)
            pale = color is not None and _is_pale(color[0])
            black = _COLOR.sub(rb'<\1color rgb="FF000000"/>', written, count=1)
            self._made[key] = self._add("fonts", black) if pale else font
        return self._made[key]


def _inside(part: Element, inside: list[Element]) -> list[Element]:
    return [e for e in inside if e.depth == 2 and part.start < e.start < part.end]


def _is_pale(color: bytes) -> bool:
    rgb = _RGB.search(color)
    return _PALE.search(color) is not None if rgb is None else is_pale(rgb[1].decode())
