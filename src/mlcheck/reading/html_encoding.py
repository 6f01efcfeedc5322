"""The characters of a page: by its byte order mark, by what it declares, else as any text file."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from mlcheck.reading.encoding import BOMS, read_characters
from mlcheck.reading.limits import MAX_TEXT
from mlcheck.reading.refusals import too_heavy

_LOOKED_AT = 4096  # bytes in which a page declares its encoding; the standard asks for 1024
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_LATIN = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})  # browsers read all of them as Windows-1252
_OF_PAGES = re.compile(r"utf-8|iso8859-\d+|cp\d+|koi8-[ru]|mac-roman|gbk?\d*|big5|euc_(?:jp|kr)|shift_jis")
_WIDE = re.compile(r"utf-?(?:16|32)")  # a page that could be read so far is not in these


def read_page(path: Path) -> str:
    """Return the text of a page with lines that end in \\n.

    A character that is not of the declared encoding becomes U+FFFD, as in a browser. Raises
    MlcheckError where the file is no text, or too large for one.
    """
    if path.stat().st_size > MAX_TEXT:
        raise too_heavy(path, MAX_TEXT)
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    name = None if head.startswith(tuple(mark for mark, _ in BOMS)) else declared(head)
    text = decoded(path.read_bytes(), name) if name else read_characters(path)
    return with_line_feeds(text)


def declared(head: bytes) -> str | None:
    """Return the encoding that the start of a page declares, None where it declares none that is known."""
    found = _DECLARED.search(head)
    return known((found[1] or found[2]).decode("ascii")) if found else None


def known(label: str) -> str | None:
    """Return Python's name of an encoding that pages are written in, None for any other."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name in _LATIN:
        return "cp1252"
    if _WIDE.match(name):
        return "utf-8"
    return name if _OF_PAGES.fullmatch(name) else None


def decoded(content: bytes, name: str) -> str:
    """Return the text of a page in an encoding, with U+FFFD for what is not of it.

    A page that is UTF-8 throughout is so whatever it declares: its server says so before it does.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode(name, "replace")
    return text.replace("\x00", "\ufffd")


def with_line_feeds(text: str) -> str:
    """Return a text whose lines end in \\n only, without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
