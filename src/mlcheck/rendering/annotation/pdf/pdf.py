"""A PDF copied with a highlight and a note at each figure, and pages that list the findings in front.

The marks are appended to the file (an incremental update): the bytes of the report stay as they are in front of them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from mlcheck.model.document import Box
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.listing import rows_of
from mlcheck.rendering.annotation.marks import COLORS, Mark, marks_of
from mlcheck.rendering.annotation.markup import UneditableError
from mlcheck.rendering.annotation.notes import MOST
from mlcheck.rendering.annotation.package import SIGNED
from mlcheck.rendering.annotation.pdf.list import Page, list_pages
from mlcheck.rendering.annotation.pdf.spots import PdfSpot, PdfSpots
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

AUTHOR = "mlcheck"
PRINTED = 4  # the flag of an annotation that is printed with its page
NOTE = 18.0  # points of the sign of a note on a page
REWRITTEN = N_("The file was written anew for this copy, as it could not be added to: its bytes differ.")
Edit = Any  # of pypdf: a page or a dictionary of the file under way


def mark_pdf(report: Report, source: Path, lost: list[str], tint: bool, wording: Wording) -> bytes:
    """Return the copy of a PDF; `lost` gets a sentence for each thing that it does not keep.

    Raises MlcheckError where a password protects it, UneditableError where it cannot be added to.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it says on standard error what it repairs
    content = source.read_bytes()
    try:
        reader = PdfReader(BytesIO(content))
        encrypted = reader.is_encrypted
        signed = not encrypted and _is_signed(reader)
    except Exception as error:  # of a file that pdfium mends and pypdf does not
        raise UneditableError(type(error).__name__) from error
    if encrypted:
        raise MlcheckError(
            "{file} is protected by a password: save it without one to have it annotated, "
            "or name a copy that ends in .xlsx.",
            file=report.source,
        )
    if signed:
        lost.append(wording.say(SIGNED))
    spots = PdfSpots(report, source)
    try:
        marks = marks_of(report, spots.find, wording, tint)
        pages = [*list_pages(report, rows_of(report, spots.find, wording), lost, wording)]
        count = spots.pages
    finally:
        spots.close()
    copy = _written(content, marks, pages, True, wording)
    if not _is_sound(copy, count, pages, marks):
        lost.append(wording.say(REWRITTEN))
        copy = _written(content, marks, pages, False, wording)
        if not _is_sound(copy, count, pages, marks):
            raise UneditableError("xref")
    return copy


def _is_signed(reader: PdfReader) -> bool:
    root: Any = reader.trailer["/Root"]
    form = root.get("/AcroForm")
    form = form.get_object() if form is not None else {}
    return bool(int(form.get("/SigFlags", 0)) & 1) or "/Perms" in root


def _written(
    content: bytes, marks: Mapping[PdfSpot, Mark], pages: Sequence[Page], added: bool, wording: Wording
) -> bytes:
    """Return the file with its marks, `added` at its end, or else written anew."""
    try:
        writer = (
            PdfWriter(BytesIO(content), incremental=True)
            if added
            else PdfWriter(clone_from=PdfReader(BytesIO(content)))
        )
        for number, (spot, mark) in enumerate(marks.items(), start=1):
            page = writer.pages[spot.page]
            annotation = _highlight(writer, spot, mark, wording) if spot.boxes else _sign(page, mark, wording)
            annotation[NameObject("/NM")] = TextStringObject(f"{AUTHOR}-{number}")
            _annotate(writer, page, annotation)
        _put_in_front(writer, pages)
        stream = BytesIO()
        writer.write(stream)
        return stream.getvalue()
    except Exception as error:  # of a file that pdfium mends and pypdf does not
        raise UneditableError(type(error).__name__) from error


def _is_sound(copy: bytes, count: int, pages: Sequence[Page], marks: Mapping[PdfSpot, Mark]) -> bool:
    """Tell whether another reader finds every page of a copy and the marks on them."""
    wanted: dict[int, int] = {}
    for spot in marks:
        wanted[spot.page] = wanted.get(spot.page, 0) + 1
    try:
        document = pypdfium2.PdfDocument(copy)
    except pypdfium2.PdfiumError:
        return False
    with document:
        if len(document) != count + len(pages):
            return False
        for number, least in wanted.items():
            page = document[number + len(pages)]
            if pdfium.FPDFPage_GetAnnotCount(page) < least:
                return False
            page.close()
    return True


# Annotations: a highlight with a note over the boxes of a figure, a sign where only its page is known.


def _highlight(writer: PdfWriter, spot: PdfSpot, mark: Mark, wording: Wording) -> DictionaryObject:
    left, bottom, right, top = _outer(spot.boxes)
    color = [int(COLORS[mark.kind][at : at + 2], 16) / 255 for at in (2, 4, 6)]
    corners = [n for x, y, u, v in spot.boxes for n in (x, v, u, v, x, y, u, y)]
    drawn = " ".join(f"{x:.2f} {y:.2f} {u - x:.2f} {v - y:.2f} re" for x, y, u, v in spot.boxes)
    look = StreamObject()
    look.set_data(f"/G gs {' '.join(f'{n:.3f}' for n in color)} rg {drawn} f".encode())
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers((left, bottom, right, top)),
            NameObject("/Resources"): _dictionary(
                ExtGState=_dictionary(
                    G=_dictionary(Type=NameObject("/ExtGState"), BM=NameObject("/Multiply"))
                )
            ),
            NameObject("/Group"): _dictionary(S=NameObject("/Transparency"), Type=NameObject("/Group")),
        }
    )
    found = _annotation("/Highlight", (left, bottom, right, top), mark, wording)
    found[NameObject("/QuadPoints")] = _numbers(corners)
    found[NameObject("/C")] = _numbers(color)
    found[NameObject("/AP")] = _dictionary(N=writer._add_object(look))
    return found


def _sign(page: Edit, mark: Mark, wording: Wording) -> DictionaryObject:
    """Return a note at the top left of a page."""
    box = page.cropbox
    left, top = float(box.left) + NOTE, float(box.top) - NOTE
    found = _annotation("/Text", (left, top - NOTE, left + NOTE, top), mark, wording)
    found[NameObject("/Name")] = NameObject("/Comment")
    return found


def _annotation(kind: str, box: Box, mark: Mark, wording: Wording) -> DictionaryObject:
    found = _dictionary(Type=NameObject("/Annot"), Subtype=NameObject(kind), Rect=_numbers(box))
    found[NameObject("/F")] = NumberObject(PRINTED)
    if mark.notes:
        found[NameObject("/T")] = TextStringObject(AUTHOR)
        found[NameObject("/Contents")] = TextStringObject(_text(mark, wording))
    return found


def _text(mark: Mark, wording: Wording) -> str:
    notes = ["\n".join((note.head, *note.lines)) for note in mark.notes[:MOST]]
    if len(mark.notes) > MOST:
        notes.append(wording.plural("… and {n} other", "… and {n} others", len(mark.notes) - MOST))
    return "\n\n".join(notes)


def _annotate(writer: PdfWriter, page: Edit, annotation: DictionaryObject) -> None:
    """Add an annotation to a page, whose list of them may stand elsewhere or be missing."""
    own = writer._add_object(annotation)
    known = page.get("/Annots")
    listed = known.get_object() if known is not None else None
    if not isinstance(listed, ArrayObject):
        listed = ArrayObject()
    page[NameObject("/Annots")] = ArrayObject([*listed, own])


def _outer(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _numbers(numbers: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(f"{number:.3f}") for number in numbers])


def _dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


# The pages of the list, and the numbers that a viewer shows for those behind them.


def _put_in_front(writer: PdfWriter, pages: Sequence[Page]) -> None:
    """Add the pages of the list before the first page; the numbers of the others stay what they were."""
    fonts = _dictionary(
        **{
            name: writer._add_object(_font(base))
            for name, base in (("F1", "Helvetica"), ("F2", "Helvetica-Bold"), ("F3", "Symbol"))
        }
    )
    targets: list[IndirectObject] = [page.indirect_reference for page in writer.pages]  # type: ignore[misc]
    for number, own in enumerate(pages):
        writer.insert_blank_page(*own.size, number)
        page: Edit = writer.pages[number]
        content = StreamObject()
        content.set_data(own.content)
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = _dictionary(Font=fonts)
        links = [_link(box, targets[to.page], to) for box, to in own.links]
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(link) for link in links])
    root: Edit = writer.root_object
    root[NameObject("/PageLabels")] = _dictionary(Nums=ArrayObject([*_labels(root, len(pages))]))


def _font(base: str) -> DictionaryObject:
    found = _dictionary(
        Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject(f"/{base}")
    )
    if base != "Symbol":
        found[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    return found


def _link(box: Box, target: IndirectObject, to: PdfSpot) -> DictionaryObject:
    top = max((one[3] for one in to.boxes), default=None)
    height = FloatObject(f"{top + 40:.2f}") if top is not None else NumberObject(0)
    place = [target, NameObject("/FitH"), height] if top is not None else [target, NameObject("/Fit")]
    found = _dictionary(Type=NameObject("/Annot"), Subtype=NameObject("/Link"), Rect=_numbers(box))
    found[NameObject("/Border")] = _numbers((0, 0, 0))
    found[NameObject("/Dest")] = ArrayObject(place)
    return found


def _labels(root: Edit, added: int) -> Iterator[Any]:
    """Yield the labels of pages, moved behind pages that are added in front."""
    yield NumberObject(0)
    yield _dictionary(P=TextStringObject(AUTHOR + " "), S=NameObject("/D"))
    known = root.get("/PageLabels")
    flat = list(_flat(known.get_object(), 0)) if known is not None else []
    if not flat or flat[0][0]:
        flat.insert(0, (0, _dictionary(S=NameObject("/D"))))
    for number, label in flat:
        yield NumberObject(number + added)
        yield label


def _flat(node: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a tree of numbers."""
    held: Any = node.get("/Nums", ())
    numbers: list[Any] = [*(held.get_object() if isinstance(held, IndirectObject) else held)]  # type: ignore[misc]
    yield from ((int(at), label) for at, label in zip(numbers[::2], numbers[1::2], strict=False))
    for kid in node.get("/Kids", ()) if depth < 20 else ():
        yield from _flat(kid.get_object(), depth + 1)
