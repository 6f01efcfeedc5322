"""Which part of an xlsx archive holds what."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from msgspec import Struct

from mlcheck.reading.container.archive import Archive, feed, xml_parser
from mlcheck.reading.container.refusals import damaged


class Package(Struct, frozen=True):
    """The parts of a workbook: (name, part) of each sheet, its styles and shared strings or None.

    `uncomputed` tells that the writer left the formulas to the program that opens the file.
    """

    sheets: tuple[tuple[str, str], ...]
    styles: str | None
    strings: str | None
    date1904: bool
    uncomputed: bool


def read_package(archive: Archive) -> Package:
    """Return the parts of the workbook, found by its relationships."""
    root = _relations(archive, "")
    workbook = next((target for kind, target in root.values() if kind == "officeDocument"), None)
    if workbook is None or not archive.has(workbook):
        raise damaged(archive.path, "xl/workbook.xml")
    relations = _relations(archive, workbook)
    kinds = {kind: target for kind, target in relations.values() if archive.has(target)}
    names, settings = _workbook(archive, workbook)
    if any(key not in relations for _, key in names):
        raise damaged(archive.path, workbook)
    sheets = tuple((name, relations[key][1]) for name, key in names)
    return Package(
        sheets,
        kinds.get("styles"),
        kinds.get("sharedStrings"),
        "date1904" in settings,
        "fullCalcOnLoad" in settings,
    )


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the relationships of a part: id -> (last word of the type, name of the target)."""
    folder = dirname(part)
    name = join(folder, "_rels", part[len(folder) :].lstrip("/") + ".rels")
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if element.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            inside = target[1:] if target.startswith("/") else join(folder, target.removeprefix("./"))
            if folder and target.startswith(f"{folder}/"):  # some writers leave out the first slash
                inside = target
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, normpath(inside))

    parser = xml_parser(archive.path, name)
    parser.StartElementHandler = start
    feed(parser, archive.chunks(name), archive.path, name)
    return found


def _workbook(archive: Archive, part: str) -> tuple[list[tuple[str, str]], set[str]]:
    """Return the name and relationship of each sheet, and the settings that are on."""
    names: list[tuple[str, str]] = []
    settings: set[str] = set()

    def start(element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(":")[2]
        if local == "sheet":
            key = next((text for name, text in attributes.items() if name.endswith(":id")), "")
            names.append((attributes.get("name", ""), key))
        elif local in ("workbookPr", "calcPr"):
            settings.update(name for name, text in attributes.items() if text in ("1", "true"))

    parser = xml_parser(archive.path, part)
    parser.StartElementHandler = start
    feed(parser, archive.chunks(part), archive.path, part)
    return names, settings
