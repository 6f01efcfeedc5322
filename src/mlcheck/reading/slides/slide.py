"""One slide: its shapes in reading order as paragraphs and tables, and what of it is not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from pptx.opc.package import Part
from pptx.parts.slide import SlidePart

from mlcheck.model.document import Cell, Grid, Locator, Merge, NotUnderstood, Paragraph
from mlcheck.reading.cells import INDENT, in_order
from mlcheck.reading.slides.charts.chart import Found, read_chart
from mlcheck.reading.slides.package import (
    DGM,
    NEW_CHART,
    RUNNING_HEADS,
    A,
    C,
    Element,
    P,
    R,
    children,
    has_formula,
    lines_of,
    paragraphs_of,
    related,
    target,
    tree,
    whole,
)
from mlcheck.reading.slides.shapes import Shape, in_reading_order, shapes_of
from mlcheck.translation import N_

HIDDEN_SLIDE = N_("The slide {slide} is hidden: its text was not checked.")
HIDDEN_SHAPE = N_("The shape {shape} is not shown on its slide: its text was not checked.")
ONLY_PICTURES = N_("The slide {slide} holds only pictures: the figures in them are not read.")
PICTURE = N_("The picture {shape} covers much of its slide: the figures in it are not read.")
FORMULA = N_("The shape {shape} holds a formula, which is not read.")
FALSE = ("0", "false")
MUCH = 3  # a picture of a third of the slide is no logo
NOTES = "notes"  # the shape that the speaker's notes are said to stand in
MOVING = (f"{P}nvPr/{A}videoFile", f"{P}nvPr/{A}audioFile")


class SlidePlace(Struct, frozen=True):
    """A slide and where it stands: its 1-based number in its file, and its size in EMU."""

    slide: SlidePart
    number: int
    path: Path
    width: int
    height: int

    def locator(self, shape: str | None = None) -> Locator:
        """Return the place of the slide, or of one of its shapes."""
        return Locator(self.path.as_posix(), slide=self.number, shape=shape)

    @property
    def shown(self) -> bool:
        """Whether the slide is not hidden."""
        return tree(self.slide).get("show") not in FALSE

    def shows(self, shape: Shape) -> bool:
        """Tell whether a shape is shown: neither hidden nor put aside beside the slide."""
        left, top, right, bottom = shape.box
        aside = right < 0 or bottom < 0 or (left > self.width > 0) or (top > self.height > 0)
        return self.shown and not shape.hidden and not aside


OBJECT = N_("The embedded object {shape} ({kind}) is not read.")
OTHER_CHART = N_("The chart {shape} is of a kind that is not read.")
TRUE = ("1", "true")
LEVEL = 91_440  # EMU of a margin that set a row label back, a tenth of an inch
MOST_LEVELS = 8  # of indent, as in PowerPoint
PRINTED = ("node", "asst")  # types of point that hold text; a document, a presentation, a link do not


def read_slide(place: SlidePlace) -> Found:
    """Return what a slide prints in reading order, then its speaker's notes, and what was not understood.

    Of what is not shown the tables are kept as hidden, and the text is left out and listed. Footers, dates
    and slide numbers are running heads: left out too.
    """
    placed: list[tuple[Shape, list[Paragraph | Grid]]] = []
    notes: list[NotUnderstood] = []
    pictures: list[Shape] = []
    for shape in shapes_of(place.slide):
        if shape.is_picture:
            pictures.append(shape)
        elif shape.placeholder not in RUNNING_HEADS:
            blocks, left_out = _read_shape(shape, place)
            notes += left_out
            if blocks:
                placed.append((shape, blocks))
    found = [block for _, blocks in in_reading_order(placed) for block in blocks]
    if not place.shown:
        hidden = NotUnderstood(place.locator(), HIDDEN_SLIDE, {"slide": place.number})
        return found, [hidden] if notes else []
    return found + _speaker_notes(place), notes + list(_of_pictures(pictures, place, alone=not placed))


def _read_shape(shape: Shape, place: SlidePlace) -> Found:
    """Return the blocks of a shape; of one that is not shown, only the tables."""
    locator, hidden = place.locator(shape.name), not place.shows(shape)
    body = shape.element.find(f"{P}txBody")
    blocks: list[Paragraph | Grid] = []
    notes: list[NotUnderstood] = []
    if shape.element.tag == f"{P}graphicFrame":
        blocks, notes = _read_frame(shape.element, place.slide, locator, place.path, hidden=hidden)
    elif body is not None:
        texts = list(paragraphs_of(body))
        titled = shape.is_title and texts
        blocks += [Paragraph(" ".join(texts), locator, level=1)] if titled else _paragraphs(texts, locator)
        notes += [_note(place, FORMULA, shape)] if has_formula(body) else []
    if not hidden:
        return blocks, notes
    silenced = any(isinstance(block, Paragraph) for block in blocks)
    tables: list[Paragraph | Grid] = [block for block in blocks if isinstance(block, Grid)]
    return tables, [_note(place, HIDDEN_SHAPE, shape)] if silenced else []


def _paragraphs(texts: Sequence[str], locator: Locator) -> Iterator[Paragraph]:
    """Yield the paragraphs of a shape, numbered from 1 where there are several."""
    for line, text in enumerate(texts, start=1):
        yield Paragraph(text, replace(locator, line=line) if len(texts) > 1 else locator)


def _speaker_notes(place: SlidePlace) -> list[Paragraph | Grid]:
    """Return the paragraphs under the slide on its notes page: not shown, but what is going to be said."""
    page = related(place.slide, "notesSlide")
    texts: list[str] = []
    for element in tree(page).iter(f"{P}sp") if page else ():
        kind = element.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        body = element.find(f"{P}txBody")
        if kind is not None and kind.get("type") == "body" and body is not None:
            texts += paragraphs_of(body)
    return list(_paragraphs(texts, place.locator(NOTES)))


def _is_still(shape: Shape) -> bool:
    return all(shape.element[0].find(name) is None for name in MOVING)


def _of_pictures(pictures: list[Shape], place: SlidePlace, *, alone: bool) -> Iterator[NotUnderstood]:
    """Yield what pictures keep to themselves, at once for a slide that holds nothing else."""
    pictures = [shape for shape in pictures if place.shows(shape) and _is_still(shape)]
    if alone and pictures:
        yield NotUnderstood(place.locator(), ONLY_PICTURES, {"slide": place.number})
        return
    for shape in pictures:
        left, top, right, bottom = shape.box
        if (right - left) * (bottom - top) * MUCH >= place.width * place.height > 0:
            yield _note(place, PICTURE, shape)


def _note(place: SlidePlace, reason: str, shape: Shape) -> NotUnderstood:
    return NotUnderstood(place.locator(shape.name), reason, {"shape": shape.name})


# What a frame of a slide holds: a table, a chart, a diagram, or an object that is not read.


def _read_frame(frame: Element, slide: Part, locator: Locator, path: Path, *, hidden: bool) -> Found:
    """Return the blocks of a frame, and what of it is not read."""
    data = frame.find(f"{A}graphic/{A}graphicData")
    content = None if data is None else next(children(data), None)
    shape = locator.shape or ""
    if content is None:
        return [], []
    if content.tag == f"{A}tbl":
        return [_table_grid(content, locator, hidden)], []
    if content.tag == f"{C}chart":
        part = target(slide, content.get(f"{R}id"))
        if part is not None:
            return read_chart(part, locator, path, hidden=hidden)
    if content.tag in (f"{C}chart", NEW_CHART):
        return [], [NotUnderstood(locator, OTHER_CHART, {"shape": shape})]
    if content.tag == f"{DGM}relIds":
        part = target(slide, content.get(f"{R}dm"))
        texts = [] if part is None else list(_diagram_texts(part))
        return [Paragraph(text, replace(locator, line=n)) for n, text in enumerate(texts, start=1)], []
    kind = content.get("progId") or content.get("name") or str(content.tag).rpartition("}")[2]
    return [], [NotUnderstood(locator, OBJECT, {"shape": shape, "kind": str(kind)})]


# Tables of a slide: the printed text of their cells, and what is merged.


def _table_grid(table: Element, locator: Locator, hidden: bool) -> Grid:
    """Return the cells of a table; what a merged cell covers is left out, indents are two spaces a level."""
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Merge] = []
    lines = [line.findall(f"{A}tc") for line in table.iterfind(f"{A}tr")]
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell.get("hMerge") in TRUE or cell.get("vMerge") in TRUE:
                continue
            bottom = min(row + max(whole(cell, "rowSpan", 1), 1), len(lines)) - 1
            right = min(column + max(whole(cell, "gridSpan", 1), 1), len(line)) - 1
            if bottom > row or right > column:
                merges.append(Merge(row, column, bottom, right))
            body = cell.find(f"{A}txBody")
            text = "" if body is None else lines_of(body)
            if body is not None and text.strip():
                cells[row, column] = Cell(INDENT * _level(body, text) + text)
    return Grid(locator, cells, in_order(merges), hidden)


def _level(body: Element, text: str) -> int:
    """Return how far a label is set back: by its level in a list, else by its margin."""
    settings = body.find(f"{A}p/{A}pPr")
    if settings is None or not any(letter.isalpha() for letter in text):
        return 0
    level = whole(settings, "lvl") or (whole(settings, "marL") + whole(settings, "indent") >= LEVEL)
    return max(0, min(int(level), MOST_LEVELS))


# The texts of a SmartArt diagram, which stand in a part of their own (ECMA-376 part 1, 21.4).


def _diagram_texts(data: Part) -> Iterator[str]:
    """Yield the texts of a diagram in the order of its outline, each node before those under it."""
    model = tree(data)
    points = {str(point.get("modelId", "")): point for point in model.iter(f"{DGM}pt")}
    for key in _outline(model, points):
        if points[key].get("type", "node") in PRINTED:
            body = points[key].find(f"{DGM}t")
            yield from () if body is None else paragraphs_of(body)


def _outline(model: Element, points: dict[str, Element]) -> Iterator[str]:
    under: dict[str, list[tuple[int, str]]] = {}
    for link in model.iter(f"{DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            child = (whole(link, "srcOrd"), str(link.get("destId", "")))
            under.setdefault(str(link.get("srcId", "")), []).append(child)
    roots = [key for key, point in points.items() if point.get("type") == "doc"]
    waiting, met = [*reversed([*roots, *points])], set[str]()
    while waiting:
        key = waiting.pop()
        if key in points and key not in met:
            met.add(key)
            yield key
            waiting += (child for _, child in sorted(under.get(key, ()), reverse=True))
