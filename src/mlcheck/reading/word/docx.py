"""Word documents (docx): the body in reading order, each note and text box after what points to it.

Left out: headers and footers, comments, tables of contents, hidden text, text deleted by a tracked
change. Not handled: a drop capital, or a paragraph whose end mark alone is deleted, is not joined to
the paragraph after it; a single cell deleted by a tracked change is kept; old WordArt is not read;
automatic numbers in words or in other scripts are printed in digits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.model.document import (
    Block,
    Document,
    Grid,
    Locator,
    NotUnderstood,
    Origin,
    Paragraph,
    column_letters,
)
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.archive import Archive
from mlcheck.reading.container.refusals import damaged
from mlcheck.reading.tabs import untabbed, with_columns
from mlcheck.reading.word.drawing import (
    EQUATION,
    IMPORTED,
    Drawn,
    Notes,
    drawn,
    page_width,
    reason_of,
    texts_of,
)
from mlcheck.reading.word.package import NOTE_MARKS, PARAGRAPH, TABLE, Element, M, Package, open_package, tree
from mlcheck.reading.word.tables import Layout, blocks_in, fill, layout_of, lays_out
from mlcheck.reading.word.text import Entry, Paragraphs, read_paragraphs


class Body(Struct):
    """How far the reading of a document has come; `line` counts its paragraphs and tables.

    `marks` are those of notes still to come: the note of a title waits until the table under it is read.
    `parts` are the charts and diagrams already read.
    """

    package: Package
    paragraphs: Paragraphs
    notes: Notes
    page: int
    source: str
    blocks: list[Block] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    line: int = 0
    tables: int = 0
    marks: deque[tuple[Element, Locator]] = field(default_factory=deque)
    noting: bool = False
    parts: set[str] = field(default_factory=set)
    printed_by: list[tuple[Locator, str, Element]] | None = None  # kept where a copy is to be marked

    def read(self) -> None:
        """Read the body from its first paragraph to its last."""
        for element in blocks_in(self.package.body):
            self.line += 1
            self._block(element, Locator(self.source, line=self.line))
        self._read_notes()

    def _read_inside(self, parent: Element, place: Locator) -> None:
        """Read the paragraphs and tables of a note, a text box or a cell that only lays text out."""
        for element in blocks_in(parent):
            self._block(element, place)

    def _block(self, element: Element, place: Locator) -> None:
        if element.tag == PARAGRAPH:
            self._paragraph(element, self.paragraphs.read(element), place)
        elif element.tag == TABLE:
            self._table(element, place)
        else:
            self.not_understood.append(NotUnderstood(place, IMPORTED))

    def _paragraph(self, element: Element, entry: Entry, place: Locator) -> None:
        """Add a paragraph that prints something; tables of contents repeat headings and are left out."""
        text = entry.text.strip()
        if text and not entry.style.contents:
            self._read_notes()
            level = entry.style.level
            self.blocks.append(Paragraph(entry.label + (untabbed(text) if level else text), place, level))
            if self.printed_by is not None:
                self.printed_by.append((place, text, element))
        self._anchored(entry.anchored, place)

    def _table(self, table: Element, place: Locator) -> None:
        layout = layout_of(table)
        if layout is None:
            raise damaged(self.package.archive.path, f"table {self.tables + 1}")
        if not lays_out(layout):
            self._grid(layout, place)
            return
        for cell in layout.cells:
            if not cell.hidden:
                self._read_inside(cell.element, place)

    def _grid(self, layout: Layout, place: Locator) -> None:
        """Add a table as a grid, then what its cells point to, then the tables inside its cells."""
        self.tables += 1
        filled = fill(layout, self.paragraphs)
        if filled.cells:
            shape = f"table {self.tables}"
            self.blocks.append(Grid(replace(place, shape=shape), filled.cells, layout.merges))
            if self.printed_by is not None:
                self.printed_by += _cells(layout, replace(place, shape=shape))
        self._anchored(filled.anchored, place)
        self._read_notes()
        for element in filled.inner:
            self._block(element, place)

    def _anchored(self, elements: Iterable[Element], place: Locator) -> None:
        """Keep the marks of notes for later, and read what is drawn."""
        for element in elements:
            if element.tag in NOTE_MARKS:
                self.marks.append((element, place))
            elif element.tag == M + "oMath":
                self.not_understood.append(NotUnderstood(place, EQUATION))
            else:
                for thing in drawn(element):
                    self._drawn(thing, replace(place, shape=thing.name or place.shape))

    def _read_notes(self) -> None:
        """Read the notes that the marks met so far refer to, and those that these refer to."""
        if self.noting:
            return
        self.noting = True
        while self.marks:
            mark, place = self.marks.popleft()
            note = self.notes.take(mark)
            if note is not None:
                self._read_inside(note[0], replace(place, shape=note[1]))
        self.noting = False

    def _drawn(self, thing: Drawn, place: Locator) -> None:
        if thing.kind == "box":
            self._read_inside(thing.element, place)
        elif thing.kind in ("chart", "diagram"):
            self._part(thing, place)
        else:
            self._unread(thing, place)

    def _part(self, thing: Drawn, place: Locator) -> None:
        """Read a chart or a diagram, which stand in parts of their own, each once."""
        name = self.package.target(thing.key)
        if name is None:
            self._unread(thing, place)
        elif name not in self.parts:
            self.parts.add(name)
            if thing.kind == "chart":
                from mlcheck.reading.word.drawing import read_chart_of

                blocks, reasons = read_chart_of(self.package, name, place)
                self.not_understood += reasons
                if self.printed_by is not None:
                    self.printed_by += _of_chart(blocks, thing.element)
            else:
                texts = texts_of(tree(self.package.archive, name))
                blocks = [Paragraph(text, place) for text in texts]
            self.blocks += blocks

    def _unread(self, thing: Drawn, place: Locator) -> None:
        reason = reason_of(thing, self.page)
        if reason:
            self.not_understood.append(NotUnderstood(place, reason, {"name": thing.name or "?"}))


def read_docx(path: Path) -> Document:
    """Return the paragraphs and tables of a document; a picture or drawing not read is listed.

    Raises MlcheckError where the file cannot be used, or holds no text.
    """
    source = path.as_posix()
    with Archive(path) as archive:
        body = _open_body(open_package(archive), source)
        body.read()
    if not body.blocks:
        raise MlcheckError(
            "{file} holds no text: if its pages are pictures, recognise their text first.", file=source
        )
    return Document(source, tuple(with_columns(body.blocks)), tuple(body.not_understood))


def origins_of(path: Path) -> tuple[Origin, ...]:
    """Return the paragraph or the cell that prints what stands in each place of a document."""
    with Archive(path) as archive:
        package = open_package(archive)
        body = _open_body(package, path.as_posix())
        body.printed_by = []
        body.read()
        parts = {"document": package.name} | dict(package.relations.values())
        ranks: dict[str, dict[Element, int]] = {}
        found = []
        for place, text, element in body.printed_by:
            root = element.getroottree().getroot()
            kind = str(root.tag).rpartition("}")[2]
            known = ranks.setdefault(kind, {})
            if not known:
                known.update((one, rank) for rank, one in enumerate(root.iter("*")))
            found.append(Origin(place, parts.get(kind, package.name), known[element], text))
    return tuple(found)


def _cells(layout: Layout, place: Locator) -> Iterator[tuple[Locator, str, Element]]:
    """Yield the place and the element of each cell of a table."""
    for cell in layout.cells:
        yield replace(place, cell=f"{column_letters(cell.left)}{cell.row + 1}"), "", cell.element


def _of_chart(blocks: Iterable[Block], chart: Element) -> Iterator[tuple[Locator, str, Element]]:
    """Yield the places of what a chart draws, all of them at the element that shows it."""
    for block in blocks:
        places = [block.locate(*at) for at in block.cells] if isinstance(block, Grid) else [block.locator]
        yield from ((place, "", chart) for place in places)


# The blocks of a Word document in reading order, with what is anchored in each right after it.


def _open_body(package: Package, source: str) -> Body:
    """Return the reading of a document before its first block."""
    return Body(package, read_paragraphs(package), Notes(package), page_width(package.body), source)
