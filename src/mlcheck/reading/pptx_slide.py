"""One slide: its shapes in reading order as paragraphs and tables, and what of it is not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from pptx.parts.slide import SlidePart

from mlcheck.model.document import Grid, Locator, NotUnderstood, Paragraph
from mlcheck.reading.pptx_chart import Found
from mlcheck.reading.pptx_frame import read_frame
from mlcheck.reading.pptx_order import in_reading_order
from mlcheck.reading.pptx_package import related, tree
from mlcheck.reading.pptx_shapes import Shape, shapes_of
from mlcheck.reading.pptx_terms import RUNNING_HEADS, A, P
from mlcheck.reading.pptx_text import has_formula, paragraphs_of
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


class Place(Struct, frozen=True):
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


def read_slide(place: Place) -> Found:
    """Return what a slide prints in reading order, then its speaker's notes, and what was not understood.

    Of what is not shown the tables are kept as hidden, and the text is left out and told. Footers, dates
    and slide numbers are running heads: left out too.
    """
    placed: list[tuple[Shape, list[Paragraph | Grid]]] = []
    notes: list[NotUnderstood] = []
    pictures: list[Shape] = []
    for shape in shapes_of(place.slide):
        if shape.is_picture:
            pictures.append(shape)
        elif shape.placeholder not in RUNNING_HEADS:
            blocks, told = _read_shape(shape, place)
            notes += told
            if blocks:
                placed.append((shape, blocks))
    found = [block for _, blocks in in_reading_order(placed) for block in blocks]
    if not place.shown:
        hidden = NotUnderstood(place.locator(), HIDDEN_SLIDE, {"slide": place.number})
        return found, [hidden] if notes else []
    return found + _speaker_notes(place), notes + list(_of_pictures(pictures, place, alone=not placed))


def _read_shape(shape: Shape, place: Place) -> Found:
    """Return the blocks of a shape; of one that is not shown, only the tables."""
    locator, hidden = place.locator(shape.name), not place.shows(shape)
    body = shape.element.find(f"{P}txBody")
    blocks: list[Paragraph | Grid] = []
    notes: list[NotUnderstood] = []
    if shape.element.tag == f"{P}graphicFrame":
        blocks, notes = read_frame(shape.element, place.slide, locator, place.path, hidden=hidden)
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


def _speaker_notes(place: Place) -> list[Paragraph | Grid]:
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


def _of_pictures(pictures: list[Shape], place: Place, *, alone: bool) -> Iterator[NotUnderstood]:
    """Yield what pictures keep to themselves, at once for a slide that holds nothing else."""
    pictures = [shape for shape in pictures if place.shows(shape) and _is_still(shape)]
    if alone and pictures:
        yield NotUnderstood(place.locator(), ONLY_PICTURES, {"slide": place.number})
        return
    for shape in pictures:
        left, top, right, bottom = shape.box
        if (right - left) * (bottom - top) * MUCH >= place.width * place.height > 0:
            yield _note(place, PICTURE, shape)


def _note(place: Place, reason: str, shape: Shape) -> NotUnderstood:
    return NotUnderstood(place.locator(shape.name), reason, {"shape": shape.name})
