"""What a file really holds, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.refusals import MAX_FILE, locked, too_heavy, unreadable

HEAD = 4096
LOCKS = ("~$", "._", ".~lock.")
"""How the names begin of what Office, macOS and LibreOffice put beside a report that is open or copied."""
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORKBOOK = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".md", ".html", ".htm", ".mht", ".mhtml")
SIGNATURES = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x1f\x8b", ".gz"),
    (b"7z\xbc\xaf", ".7z"),
    (b"Rar!", ".rar"),
    (b"PAR1", ".parquet"),
)
OPEN_PACKAGES = (
    ("xl/workbook.bin", ".xlsb"),
    ("word/document.xml", ".docx"),
    ("ppt/presentation.xml", ".pptx"),
)
OPEN_DOCUMENTS = {"spreadsheet": ".ods", "text": ".odt", "presentation": ".odp"}
STREAMS = (
    ("WordDocument", ".doc"),
    ("PowerPoint Document", ".ppt"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
)


def is_lock_file(path: Path) -> bool:
    """Tell whether a file stands beside a report, named after it, and holds none itself."""
    if not path.name.startswith(LOCKS):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    text = path.suffix.lower() in TEXT_SUFFIXES and b"\x00" not in head
    return not text and not head.startswith((b"PK", b"%PDF", COMPOUND))


def require_file(path: Path) -> None:
    """Raise MlcheckError unless the path is a readable file of a reasonable size, and not empty."""
    if is_lock_file(path):
        raise MlcheckError(
            "{file} is no report, but what a program keeps beside one: name the report itself.",
            file=path.as_posix(),
        )
    if not path.exists():
        raise MlcheckError("{file} does not exist: check its name and its folder.", file=path.as_posix())
    if not path.is_file():
        raise MlcheckError("{file} is not a file: name a report.", file=path.as_posix())
    size = path.stat().st_size
    if size == 0:
        raise MlcheckError("{file} is empty: export the report again.", file=path.as_posix())
    if size > MAX_FILE:
        raise too_heavy(path, MAX_FILE)


def kind_of(path: Path) -> str:
    """Return the suffix that names what the file holds; that of its name where its text leaves a choice."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise unreadable(path, error) from error
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_archive(path)
    if head.startswith(COMPOUND):
        return _kind_of_compound(path)
    if head.startswith(OLD_WORKBOOK):
        return ".xls"
    for signature, suffix in SIGNATURES:
        if head.startswith(signature):
            return suffix
    return _kind_of_text(path, head)


def _kind_of_archive(path: Path) -> str:
    from mlcheck.reading.container.archive import Archive

    with Archive(path) as archive:
        if archive.has("mimetype"):
            mimetype = next(archive.chunks("mimetype"), b"")[:200].decode("ascii", "replace")
            last = mimetype.strip().rpartition("opendocument.")[2].partition("-template")[0]
            return OPEN_DOCUMENTS.get(last, ".zip")
        for name, suffix in OPEN_PACKAGES:
            if archive.has(name):
                return suffix
        return ".xlsx" if archive.has("_rels/.rels") or archive.has("xl/workbook.xml") else ".zip"


def _kind_of_compound(path: Path) -> str:
    """Return the kind of a compound file, by the names of its streams."""
    from mlcheck.reading.container.compound import CompoundFile

    streams = CompoundFile(path).streams
    if "EncryptedPackage" in streams:
        raise locked(path)
    return next((suffix for stream, suffix in STREAMS if stream in streams), ".ole")


def _kind_of_flat(start: str, suffix: str) -> str:
    """Return the kind of an OpenDocument file that is one XML text, by its type, else by its name."""
    kinds = {kind: f".f{packed[1:]}" for kind, packed in OPEN_DOCUMENTS.items()}
    typed = next((own for kind, own in kinds.items() if f"opendocument.{kind}" in start), None)
    return typed or (suffix if suffix in kinds.values() else ".xml")


def _kind_of_text(path: Path, head: bytes) -> str:
    suffix = path.suffix.lower()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.decode("utf-16", "replace")
    else:
        start = head.decode("utf-8", "replace").lstrip("\ufeff")
    start = start.lstrip().lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        return ".html"
    if start.startswith(("<?xml", "<!doctype", "<office:document")):
        if "<office:document" in start:
            return _kind_of_flat(start, suffix)
        return ".html" if "<html" in start else ".xml"
    if suffix in TEXT_SUFFIXES:
        return suffix
    binary = b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return suffix or "?" if binary else "text"
