"""The archive of a report: some parts are changed or added, the others copied byte for byte."""

from __future__ import annotations

import shutil
import zipfile
from posixpath import dirname, join, normpath
from typing import IO

from mlcheck.rendering.annotation.markup import (
    DECLARATION,
    UneditableError,
    as_utf8,
    elements,
    escaped_attribute,
    filled,
    prefixed,
    spliced,
)
from mlcheck.translation import N_

TYPES = "[Content_Types].xml"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the date of the parts that are added: a copy is the same each time
LARGE = 2**31
SIGNED = N_("The digital signature of the file does not hold for this copy.")
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = (
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


_SUFFIXES = {
    ".docx": (
        ("macroenabledtemplate", ".dotm"),
        ("document.macroenabled", ".docm"),
        ("template.main", ".dotx"),
    ),
    ".pptx": (
        ("template.macroenabled", ".potm"),
        ("slideshow.macroenabled", ".ppsm"),
        ("presentation.macroenabled", ".pptm"),
        ("template.main", ".potx"),
        ("slideshow.main", ".ppsx"),
    ),
}
"""The words of the type of a main part, in lower case, that tell templates, shows and macros."""


class Package:
    """An open archive and what will differ in its copy; names are looked up whatever their case."""

    __slots__ = ("_names", "changed", "file", "namespaces")

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.changed: dict[str, bytes] = {}
        self._names = {name.lower(): name for name in file.namelist()}
        kinds = [kind for kind, _ in self.relations("").values()]
        self.namespaces = STRICT if any(kind.startswith(STRICT[1]) for kind in kinds) else TRANSITIONAL

    @property
    def is_signed(self) -> bool:
        """Whether a digital signature stands in the archive."""
        return self.holds("_xmlsignatures") or "meta-inf/documentsignatures.xml" in self._names

    def suffix(self, kind: str) -> str:
        """Return how a file of a kind such as ".docx" is named: as its main part, or its type, says."""
        if kind.startswith(".od"):
            mimetype = self.file.read("mimetype") if "mimetype" in self._names else b""
            return f".ot{kind[3:]}" if mimetype.strip().endswith(b"-template") else kind
        said = self.type_of(self.related("", "officeDocument") or "")
        return next((suffix for word, suffix in _SUFFIXES[kind] if word in said), kind)

    def type_of(self, part: str) -> str:
        """Return the type that the package gives to a part, in lower case, "" where it gives none."""
        data = self.read(TYPES)
        for element in elements(data, lambda name, _: name == "Override") if data else ():
            if element.attributes.get("PartName", "").lower() == f"/{part}".lower():
                return element.attributes.get("ContentType", "").lower()
        return ""

    def holds(self, folder: str) -> bool:
        """Tell whether some part stands in a folder."""
        return any(name.startswith(f"{folder}/") for name in self._names)

    def read(self, name: str) -> bytes | None:
        """Return a part in UTF-8, None where there is none."""
        known = self._names.get(name.lower())
        if known is None:
            return None
        return self.changed[known] if known in self.changed else as_utf8(self.file.read(known))

    def put(self, name: str, data: bytes) -> None:
        """Change or add a part."""
        self.changed[self._names.setdefault(name.lower(), name)] = data

    def free(self, pattern: str) -> str:
        """Return the first name of a pattern such as "xl/comments{}.xml" that no part has."""
        number = 1
        while pattern.format(number).lower() in self._names:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part inside the archive: id -> (type, name of the target)."""
        data = self.read(_rels(part))
        found: dict[str, tuple[str, str]] = {}
        for element in elements(data, lambda name, _: name == "Relationship") if data else ():
            given = element.attributes
            if given.get("TargetMode") == "External":
                found[given.get("Id", "")] = (given.get("Type", ""), "")
                continue
            target, folder = given.get("Target", ""), dirname(part)
            inside = target[1:] if target.startswith("/") else join(folder, target)
            if folder and target.startswith(f"{folder}/"):  # some writers leave out the first slash
                inside = target
            found[given.get("Id", "")] = (given.get("Type", ""), normpath(inside))
        return found

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part that a part is related to by a kind such as "comments"."""
        targets = (target for name, target in self.relations(part).values() if name.endswith(f"/{kind}"))
        return next((target for target in targets if target.lower() in self._names), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another and return the id of the relationship."""
        data = self.read(_rels(part)) or f'{DECLARATION}<Relationships xmlns="{_RELATIONS}"/>'.encode()
        known, number = self.relations(part), 1
        while f"mlcheck{number}" in known:
            number += 1
        own = f"mlcheck{number}"
        written = f'<Relationship Id="{own}" Type="{self.namespaces[1]}/{kind}" Target="/{escaped_attribute(target)}"/>'
        self._append(_rels(part), data, written)
        return own

    def declare(self, name: str, content_type: str) -> None:
        """Say of what type a part is; "vml" stands for all the parts of that ending."""
        data = self.read(TYPES)
        if data is None:
            raise UneditableError(TYPES)
        part = "." in name
        key, value = ("PartName", f"/{name}") if part else ("Extension", name)
        kind = "Override" if part else "Default"
        known = elements(data, lambda local, _: local == kind)
        if not any(e.attributes.get(key, "").lower() == value.lower() for e in known):
            written = f'<{kind} {key}="{escaped_attribute(value)}" ContentType="{content_type}"/>'
            self._append(TYPES, data, written)

    def _append(self, name: str, data: bytes, xml: str) -> None:
        root = elements(data, lambda _, depth: depth == 0)[0]
        self.put(name, spliced(data, filled(root, prefixed(xml, root.prefix))))

    def copy(self, stream: IO[bytes]) -> None:
        """Write the whole archive, in the order of the original, added parts last."""
        left = dict(self.changed)
        last = {info.filename: info for info in self.file.infolist()}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
            for name, info in last.items():
                own = zipfile.ZipInfo(name, info.date_time)
                own.compress_type, own.external_attr = info.compress_type, info.external_attr
                if name in left:
                    copy.writestr(own, left.pop(name))
                    continue
                with (
                    self.file.open(info) as part,
                    copy.open(own, "w", force_zip64=info.file_size > LARGE) as to,
                ):
                    shutil.copyfileobj(part, to)
            for name, data in left.items():
                added = zipfile.ZipInfo(name, FIRST_DAY)
                added.compress_type = zipfile.ZIP_DEFLATED
                copy.writestr(added, data)


def _rels(part: str) -> str:
    folder = dirname(part)
    return join(folder, "_rels", part[len(folder) :].lstrip("/") + ".rels")
