"""PowerPoint presentations (pptx): slides in order, read from the package that python-pptx opens.

Bullets, automatic numbers and whatever masters and layouts print on every slide stand in no text of a
slide: they are left out. Comments are left out too.
"""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Document, Grid, NotUnderstood, Origin, Paragraph
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.refusals import damaged
from mlcheck.reading.slides.package import P, open_presentation, slides_of, tree, whole
from mlcheck.reading.slides.shapes import shapes_of
from mlcheck.reading.slides.slide import SlidePlace, read_slide


def read_pptx(path: Path) -> Document:
    """Return the text, tables and charts of a presentation, slide by slide; hidden tables are marked so."""
    presentation = open_presentation(path)
    size = tree(presentation).find(f"{P}sldSz")
    blocks: list[Paragraph | Grid] = []
    notes: list[NotUnderstood] = []
    for number, slide in enumerate(slides_of(presentation, path), start=1):
        place = SlidePlace(slide, number, path, whole(size, "cx"), whole(size, "cy"))
        try:
            found, left_out = read_slide(place)
        except MlcheckError:
            raise
        except Exception as error:  # of an element that stands where the format has none
            raise damaged(path, slide.partname.lstrip("/")) from error
        blocks += found
        notes += left_out
    return Document(path.as_posix(), tuple(blocks), tuple(notes))


def origins_of(path: Path) -> tuple[Origin, ...]:
    """Return each slide, and each of its shapes with where it stands on it."""
    presentation = open_presentation(path)
    size = tree(presentation).find(f"{P}sldSz")
    found = []
    for number, slide in enumerate(slides_of(presentation, path), start=1):
        place = SlidePlace(slide, number, path, whole(size, "cx"), whole(size, "cy"))
        part = slide.partname.lstrip("/")
        ranks = {element: rank for rank, element in enumerate(tree(slide).iter("*"))}
        found.append(Origin(place.locator(), part, 0, box=(0, 0, place.width, place.height)))
        for shape in shapes_of(slide):
            found.append(Origin(place.locator(shape.name), part, ranks[shape.element], box=shape.box))
    return tuple(found)
