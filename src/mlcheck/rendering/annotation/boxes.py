"""The boxes of comments, in the old drawing language that spreadsheet programs still ask for (VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mlcheck.rendering.annotation.markup import UneditableError
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.sheet_scan import Place, Scan

WIDTH, LINE, MARGIN = 330, 15, 14  # pixels of a box, of its lines of Tahoma 9, and around them
CHARACTERS = 48  # of a line
TALLEST = 640
BLOCK = 1024  # shapes with one identifier of a drawing
_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_SHAPE_ID = re.compile(rb"""\bid=["']_x0000_t202["']""")
_TOP = re.compile("<(v:shape|v:shapetype)(?= id=)")


def add_boxes(package: Package, part: str, scan: Scan, lines: Mapping[Place, int]) -> str | None:
    """Draw a hidden box for the comment of each cell, as tall as its lines.

    Returns the id of the drawing where it is new. Raises UneditableError where the one there is cannot take boxes.
    """
    name = package.relations(part)[scan.drawing][1] if scan.drawing in package.relations(part) else None
    data = package.read(name) if name else None
    if name is not None and data is not None:
        package.put(name, _extended(data, scan, lines))
        return None
    if scan.drawing is not None:
        raise UneditableError("legacyDrawing")
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    number = int(re.sub(r"\D", "", name))
    package.put(name, _drawing(number, scan, lines))
    package.declare("vml", _TYPE)
    return package.relate(part, "vmlDrawing", name)


def _drawing(number: int, scan: Scan, lines: Mapping[Place, int]) -> bytes:
    first = number * BLOCK + 1
    blocks = ",".join(str(n) for n in range(number, number + 1 + len(lines) // BLOCK))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return (
        f"<xml {' '.join(_NAMES)}>{layout}{_SHAPE_TYPE}{''.join(_shapes(first, scan, lines))}</xml>".encode()
    )


def _extended(data: bytes, scan: Scan, lines: Mapping[Place, int]) -> bytes:
    """Return a drawing with more boxes; Excel writes some that are no XML, so its text is taken as it is."""
    end = data.rfind(b"</xml>")
    if end < 0:
        raise UneditableError("vmlDrawing")
    first = 1 + max((int(n) for n in _NUMBER.findall(data)), default=BLOCK)
    kind = "" if _SHAPE_ID.search(data) else _SHAPE_TYPE
    new = "".join((kind, *_shapes(first, scan, lines)))
    if any(name.encode() not in data.replace(b"'", b'"') for name in _NAMES):  # it has prefixes of its own
        new = _TOP.sub(rf"<\1 {' '.join(_NAMES)}", new)
    return data[:end] + new.encode() + data[end:]


def _shapes(first: int, scan: Scan, lines: Mapping[Place, int]) -> Iterator[str]:
    for number, ((row, column), count) in enumerate(sorted(lines.items()), start=first):
        height = min(count * LINE + MARGIN, TALLEST)
        anchor = scan.geometry.anchor(row, column, WIDTH, height)
        yield _SHAPE.format(number=number, anchor=anchor, row=row, column=column)
