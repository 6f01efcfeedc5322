"""The comments of one sheet: their texts, and the boxes that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mlcheck.model.document import column_letters
from mlcheck.rendering.annotation.markup import (
    DECLARATION,
    Edit,
    Element,
    UneditableError,
    elements,
    escaped,
    filled,
    one,
    prefixed,
    spliced,
)
from mlcheck.rendering.annotation.notes import AUTHOR, MOST, Note
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.spreadsheet.sheet_scan import At, Scan
from mlcheck.rendering.wording import Wording

THREAD = "tc="  # how the author of a discussion starts; its text is not shown
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_FONT = '<rPr>{bold}<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
_PARTS = ("comments", "authors", "author", "commentList", "comment", "text", "r", "t")
WIDTH, LINE, MARGIN = 330, 15, 14  # pixels of a box, of its lines of Tahoma 9, and around them
CHARACTERS = 48  # of a line
TALLEST = 640
BLOCK = 1024  # shapes with one identifier of a drawing
_BOXES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

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
_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_SHAPE_ID = re.compile(rb"""\bid=["']_x0000_t202["']""")
_TOP = re.compile("<(v:shape|v:shapetype)(?= id=)")


def add_comments(
    package: Package, part: str, scan: Scan, notes: Mapping[At, Sequence[Note]], wording: Wording
) -> tuple[str | None, list[At]]:
    """Comment cells of a sheet, after the comments it has.

    Returns the id of its drawing where that is new, and the cells that take no comment because a discussion
    stands there. Raises UneditableError, before anything is changed, where the sheet can take none.
    """
    known = package.related(part, "comments")
    root = f'<comments xmlns="{package.namespaces[0]}"><authors/><commentList/></comments>'
    data = (package.read(known) if known else None) or (DECLARATION + root).encode()
    found = elements(data, lambda local, _: local in _PARTS)
    held = {e.attributes.get("ref", ""): e for e in found if e.local == "comment"}
    threads = _threads(data, found)
    refused = [place for place in notes if _is_thread(held.get(_address(place)), threads)]
    taken = {place: notes[place] for place in notes if place not in refused}
    shapes = {place: _size(shown) for place, shown in taken.items() if _address(place) not in held}
    new = _written(data, found, held, taken, wording)
    drawing = _add_boxes(package, part, scan, shapes) if shapes else None
    name = known or package.free("xl/comments{}.xml")
    package.put(name, new)
    if known is None:
        package.declare(name, _TYPE)
        package.relate(part, "comments", name)
    return drawing, refused


def _written(
    data: bytes,
    found: list[Element],
    held: Mapping[str, Element],
    notes: Mapping[At, Sequence[Note]],
    wording: Wording,
) -> bytes:
    """Return the comments with those of `notes`, a cell's own comment first where it has one."""
    prefix = found[0].prefix
    authors = one(found, "authors")
    number = sum(1 for e in found if e.local == "author")
    edits = filled(authors, prefixed(f"<author>{AUTHOR}</author>", prefix))
    written: list[bytes] = []
    for place in sorted(notes):
        runs = _runs(notes[place], wording)
        before = held.get(_address(place))
        if before is None:
            comment = f'<comment ref="{_address(place)}" authorId="{number}" shapeId="0"><text>{runs}</text></comment>'
            written.append(prefixed(comment, prefix))
        else:
            edits += _appended(before, found, prefixed(_run("\n\n", "") + runs, prefix), prefix)
    edits += filled(one(found, "commentList"), b"".join(written))
    return spliced(data, edits)


def _appended(comment: Element, found: list[Element], runs: bytes, prefix: str) -> list[Edit]:
    """Return the edits that put `runs` after the text of a comment; a plain text becomes a run."""
    inside = [e for e in found if comment.start < e.start < comment.end]
    text = one(inside, "text")
    body = [e for e in inside if e.depth == text.depth + 1 and e.local in ("r", "t")]
    if not body:
        return filled(text, runs)
    edits: list[Edit] = []
    for plain in (e for e in body if e.local == "t"):
        edits.append((plain.start, plain.start, f"<{prefix}r>".encode()))
        edits.append((plain.end, plain.end, f"</{prefix}r>".encode()))
    return [*edits, (body[-1].end, body[-1].end, runs)]


def _threads(data: bytes, found: list[Element]) -> set[str]:
    authors = (e for e in found if e.local == "author")
    return {str(n) for n, e in enumerate(authors) if data[e.opened : e.closed].startswith(THREAD.encode())}


def _is_thread(comment: Element | None, threads: set[str]) -> bool:
    return comment is not None and comment.attributes.get("authorId") in threads


def _runs(notes: Sequence[Note], wording: Wording) -> str:
    runs = []
    for number, note in enumerate(notes[:MOST]):
        runs.append(_run(f"{note.head}\n" if not number else f"\n\n{note.head}\n", "<b/>"))
        runs.append(_run("\n".join(note.lines), ""))
    if len(notes) > MOST:
        runs.append(_run("\n" + wording.plural("… and {n} other", "… and {n} others", len(notes) - MOST), ""))
    return "".join(runs)


def _run(text: str, bold: str) -> str:
    return f'<r>{_FONT.format(bold=bold)}<t xml:space="preserve">{escaped(text)}</t></r>'


def _size(notes: Sequence[Note]) -> int:
    """Return how many lines a comment takes in its box."""
    texts = [line for note in notes[:MOST] for line in (note.head, *note.lines, "")]
    return sum(1 + len(text) // CHARACTERS for text in texts) + (len(notes) > MOST) - 1


def _address(place: At) -> str:
    return f"{column_letters(place[1])}{place[0] + 1}"


# The boxes of comments, in the old drawing language that spreadsheet programs still ask for (VML).


def _add_boxes(package: Package, part: str, scan: Scan, lines: Mapping[At, int]) -> str | None:
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
    package.declare("vml", _BOXES_TYPE)
    return package.relate(part, "vmlDrawing", name)


def _drawing(number: int, scan: Scan, lines: Mapping[At, int]) -> bytes:
    first = number * BLOCK + 1
    blocks = ",".join(str(n) for n in range(number, number + 1 + len(lines) // BLOCK))
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return (
        f"<xml {' '.join(_NAMES)}>{layout}{_SHAPE_TYPE}{''.join(_shapes(first, scan, lines))}</xml>".encode()
    )


def _extended(data: bytes, scan: Scan, lines: Mapping[At, int]) -> bytes:
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


def _shapes(first: int, scan: Scan, lines: Mapping[At, int]) -> Iterator[str]:
    for number, ((row, column), count) in enumerate(sorted(lines.items()), start=first):
        height = min(count * LINE + MARGIN, TALLEST)
        anchor = scan.geometry.anchor(row, column, WIDTH, height)
        yield _SHAPE.format(number=number, anchor=anchor, row=row, column=column)
