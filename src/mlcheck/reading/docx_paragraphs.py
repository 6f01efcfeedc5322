"""Paragraphs of Word with all that decides what they print: style, own format, automatic number."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.reading.docx_numbering import Numbering, read_numbering
from mlcheck.reading.docx_package import Package
from mlcheck.reading.docx_styles import Style, Styles, direct, read_styles
from mlcheck.reading.docx_terms import PARAGRAPH_FORMAT, RUN_FORMAT, XML_SPACE, Element, W, is_on, value
from mlcheck.reading.docx_text import printed


class Entry(Struct, frozen=True):
    """A paragraph as printed: its number or bullet with the gap after it, its text, what is anchored in it.

    Tabs are kept in the text.
    """

    label: str
    text: str
    style: Style
    anchored: tuple[Element, ...]


class Paragraphs(Struct, frozen=True):
    """Reads the paragraphs of a document one after another, since each of a list adds one to its count."""

    styles: Styles
    numbering: Numbering
    kept: bool

    def read(self, paragraph: Element) -> Entry:
        """Return what a paragraph prints; one that a tracked change takes away is not counted in its list."""
        own = paragraph.find(PARAGRAPH_FORMAT)
        style = direct(self.styles.of(value(own, "pStyle")), own)
        line = printed(paragraph, self.styles, style, self.kept)
        label = ""
        if style.numbered and (line.text.strip() or not _is_gone(own)):
            label = self.numbering.label(style.numbered, style.depth, style.linked)
        return Entry(label, line.text, style, line.anchored)


def read_paragraphs(package: Package) -> Paragraphs:
    """Return the reader of a document's paragraphs, with its styles and lists."""
    return Paragraphs(
        read_styles(package.related("styles")),
        read_numbering(package.related("numbering")),
        package.body.getroottree().getroot().get(XML_SPACE) == "preserve",
    )


def _is_gone(paragraph_format: Element | None) -> bool:
    """Tell whether the mark that ends a paragraph is deleted or hidden."""
    mark = None if paragraph_format is None else paragraph_format.find(RUN_FORMAT)
    return mark is not None and (mark.find(W + "del") is not None or is_on(value(mark, "vanish")))
