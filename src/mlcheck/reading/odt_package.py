"""The parts of an OpenDocument package, and whether it is encrypted (OpenDocument 1.3 part 2)."""

from __future__ import annotations

from mlcheck.reading.archive import Archive
from mlcheck.reading.refusals import locked

CONTENT, STYLES = "content.xml", "styles.xml"
MANIFEST = "META-INF/manifest.xml"


def refuse_encrypted(archive: Archive) -> None:
    """Raise MlcheckError where a password protects a package."""
    if archive.has("encrypted-package"):
        raise locked(archive.path)
    # Old manifests declare a document type, which a parser refuses: the name is enough.
    if archive.has(MANIFEST) and b"encryption-data" in b"".join(archive.chunks(MANIFEST)):
        raise locked(archive.path)
