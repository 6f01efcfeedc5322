"""What is drawn over the cells of a sheet, and is not read: charts, and texts in boxes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.archive import Archive
from mlcheck.reading.xml_parts import feed, xml_parser
from mlcheck.translation import N_

_FIGURE = re.compile(r"\d")
LONGEST = 60  # characters of a text that is told
CHARTS = N_("The sheet holds {count} charts: what they draw is not read.")
BOX = N_("The text box “{text}” is not read: put its figures into cells.")


def drawn(archive: Archive, part: str, sheet: Locator) -> Iterator[NotUnderstood]:
    """Yield a note for the charts of a sheet, and one for each of its text boxes that holds a figure."""
    for drawing in _related(archive, part, "drawings/"):
        if not archive.has(drawing):
            continue
        charts = len(_related(archive, drawing, "charts/"))
        if charts:
            yield NotUnderstood(sheet, CHARTS, {"count": charts})
        for text in _boxes(archive, drawing):
            if _FIGURE.search(text):
                short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
                yield NotUnderstood(sheet, BOX, {"text": short})


def _related(archive: Archive, part: str, folder: str) -> list[str]:
    """Return the parts of a folder that another part relates to, by the targets of its relationships."""
    base, name = posixpath.split(part)
    relations = f"{base}/_rels/{name}.rels"
    if not archive.has(relations):
        return []
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if tag.endswith("Relationship") and folder in target and attributes.get("TargetMode") != "External":
            found.append(posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/"))

    parser = xml_parser(archive.path, relations)
    parser.StartElementHandler = start
    feed(parser, archive.chunks(relations), archive.path, relations)
    return found


def _boxes(archive: Archive, drawing: str) -> list[str]:
    """Return the text of each shape of a drawing, its paragraphs a blank apart."""
    texts: list[list[str]] = []
    inside = [False]

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.endswith(":txBody"):
            texts.append([])
        elif tag.endswith(":p") and texts:
            texts[-1].append(" ")
        inside[0] = tag.endswith(":t")

    def end(_: str) -> None:
        inside[0] = False

    def data(text: str) -> None:
        if inside[0] and texts:
            texts[-1].append(text)

    parser = xml_parser(archive.path, drawing)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    feed(parser, archive.chunks(drawing), archive.path, drawing)
    return [" ".join("".join(pieces).split()) for pieces in texts]
