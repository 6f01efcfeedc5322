"""The list of the sheets of a workbook, with one more in front."""

from __future__ import annotations

from mlcheck.rendering.annotation.markup import (
    Edit,
    Element,
    UneditableError,
    changed,
    elements,
    one,
    spliced,
    tag,
)
from mlcheck.rendering.annotation.package import Package

NAME = "mlcheck"
MACROS = "macroenabled"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WANTED = ("workbook", "sheets", "sheet", "workbookView", "definedName")


class Workbook:
    """The part of a package that lists its sheets: (name, part) in order, and whether it holds macros."""

    __slots__ = ("_data", "_elements", "macros", "package", "part", "sheets")

    def __init__(self, package: Package) -> None:
        """Read the list. Raises UneditableError where the package is no workbook."""
        self.package = package
        self.part = package.related("", "officeDocument") or ""
        data = package.read(self.part)
        if data is None:
            raise UneditableError("workbook.xml")
        self._data = data
        self._elements = elements(data, lambda name, depth: name in _WANTED and depth < 3)
        if not self._elements or self._elements[0].local != "workbook":
            raise UneditableError(self.part)
        relations = package.relations(self.part)
        self.sheets = [
            (e.attributes.get("name", ""), relations.get(_relation(e), ("", ""))[1])
            for e in self._of("sheet")
        ]
        self.macros = MACROS in package.type_of(self.part)

    def _of(self, local: str) -> list[Element]:
        return [e for e in self._elements if e.local == local]

    def put_first(self, data: bytes) -> None:
        """Add a sheet in front and show it; names that belong to one sheet follow theirs."""
        package = self.package
        part = package.free("xl/worksheets/sheet{}.xml")
        package.put(part, data)
        package.declare(part, _SHEET_TYPE)
        relation = package.relate(self.part, "worksheet", part)
        sheets, listed = one(self._elements, "sheets"), self._of("sheet")
        numbers = [int(n) for e in listed if (n := e.attributes.get("sheetId", "")).isdecimal()]
        new = f'<{sheets.prefix}sheet name="{self.own_name()}" sheetId="{max(numbers, default=0) + 1}"'
        new += f' xmlns:r="{package.namespaces[1]}" r:id="{relation}"/>'
        edits: list[Edit] = [(sheets.opened, sheets.opened, new.encode())]
        for number, view in enumerate(self._of("workbookView")):
            moved = (
                {"firstSheet": "0", "activeTab": "0"}
                if number == 0
                else _moved(view, "firstSheet", "activeTab")
            )
            edits.append(_retagged(view, moved))
        edits += [
            _retagged(name, _moved(name, "localSheetId"))
            for name in self._of("definedName")
            if "localSheetId" in name.attributes
        ]
        package.put(self.part, spliced(self._data, edits))

    def own_name(self) -> str:
        """Return a name that no sheet has."""
        taken = {name.casefold() for name, _ in self.sheets}
        numbered = (f"{NAME} {n}" for n in range(2, len(taken) + 3))
        return next(name for name in (NAME, *numbered) if name not in taken)


def is_workbook(package: Package) -> bool:
    """Tell whether a package is a workbook, and not a text or slides."""
    part = package.related("", "officeDocument")
    return part is not None and "spreadsheet" in package.type_of(part)


def _relation(sheet: Element) -> str:
    return next((text for key, text in sheet.attributes.items() if key.endswith(":id")), "")


def _moved(element: Element, *names: str) -> dict[str, str]:
    return {n: str(int(text) + 1) for n in names if (text := element.attributes.get(n, "")).isdecimal()}


def _retagged(element: Element, attributes: dict[str, str]) -> Edit:
    return (
        element.start,
        element.opened,
        tag(element.name, changed(element.attributes, attributes), element.empty),
    )
