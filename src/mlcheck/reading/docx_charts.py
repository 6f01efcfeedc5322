"""Charts of a document, read as those of a slide are: the two formats draw them from the same part."""

from __future__ import annotations

from typing import cast

from msgspec import Struct
from pptx.opc.package import Part

from mlcheck.model.document import Locator
from mlcheck.reading.archive import Archive
from mlcheck.reading.docx_package import Package, relations, tree, written
from mlcheck.reading.pptx_chart import Found, read_chart


class Related(Struct, frozen=True):
    """A part that a chart is related to: its workbook, the shapes drawn into it."""

    archive: Archive
    reltype: str
    name: str
    is_external: bool = False

    @property
    def target_part(self) -> Related:
        """The part itself."""
        return self

    @property
    def blob(self) -> bytes:
        """The bytes of a workbook, or of XML that was gone through first."""
        if self.name.endswith(".xml"):
            return written(tree(self.archive, self.name))
        return b"".join(self.archive.chunks(self.name))

    @property
    def rels(self) -> dict[str, Related]:
        """What the part is related to inside the archive."""
        found = relations(self.archive, self.name)
        return {
            key: Related(self.archive, kind, name)
            for key, (kind, name) in found.items()
            if self.archive.has(name)
        }


def read_chart_of(package: Package, name: str, locator: Locator) -> Found:
    """Return the titles of a chart and the table of what it draws, and what of it is not read."""
    part = cast(Part, Related(package.archive, "chart", name))
    return read_chart(part, locator, package.archive.path, hidden=False)
