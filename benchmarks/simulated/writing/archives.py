"""Archives whose bytes are the same at each run."""

from __future__ import annotations

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def archive(entries: dict[str, bytes], stored: str = "") -> bytes:
    """Return a zip archive of the entries in their order; one may be stored as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()


def fixed(raw: bytes) -> bytes:
    """Return an Office file with fixed dates of its entries and in its properties."""
    with zipfile.ZipFile(io.BytesIO(raw)) as held:
        entries = {name: held.read(name) for name in held.namelist()}
    properties = "docProps/core.xml"
    if properties in entries:
        entries[properties] = _DATES.sub(rb"\g<1>2024-03-01T00:00:00Z", entries[properties])
    return archive(entries)
