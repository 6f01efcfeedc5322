"""Web pages (html): the text and the tables that a browser shows without running scripts.

The page is read in one pass of our own, after the parsing rules of the HTML standard: the parser of
libxml2 drops what stands deeper than 256 elements and knows no line past 65 535, and sloppy pages have both.

Left out: what the page hides by itself (hidden, style, aria-hidden), navigation, choices in lists, struck
text. Not handled: what style sheets hide, show or put apart; tables made of other elements than table.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from mlcheck.model.document import Block, Document, Grid, Lines, Locator, NotUnderstood
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.encoding import BOMS, read_characters
from mlcheck.reading.container.refusals import MAX_TEXT, too_heavy
from mlcheck.reading.web.blocks import blocks_of
from mlcheck.reading.web.flow import Writing
from mlcheck.reading.web.page import Page
from mlcheck.reading.web.tokens import Token, tokens
from mlcheck.translation import N_

_DIGIT = re.compile(r"[0-9]")
CUT_SHORT = N_("the page stops before its last tag: it may be cut short")
_LOOKED_AT = 4096  # bytes in which a page declares its encoding

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_LATIN = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})  # browsers read all of them as Windows-1252
_OF_PAGES = re.compile(
    r"utf-8|iso8859-[0-9]+|cp[0-9]+|koi8-[ru]|mac-roman|gbk?[0-9]*|big5|euc_(?:jp|kr)|shift_jis"
)
_WIDE = re.compile(r"utf-?(?:16|32)")  # a page that could be read so far is not in these


def read_html(path: Path) -> Document:
    """Return what a page shows: its paragraphs and tables, each with the line of the source it starts on.

    Nothing that it links to is opened. Raises MlcheckError where its scripts or frames would make it.
    """
    text = _read_page(path)
    document = document_of(tokens(text), path)
    written = text.lower()
    if "<html" not in written or "</html" in written:
        return document
    end = Locator(document.source, line=text.count("\n") + 1)
    return replace(document, not_understood=(*document.not_understood, NotUnderstood(end, CUT_SHORT)))


def document_of(content: Iterable[Token], path: Path) -> Document:
    """Return the document that the tags and texts of a page make."""
    source = path.as_posix()
    page = Page(source, Writing())
    for token in content:
        page.take(token)
    blocks = tuple(blocks_of(page.finish(), path))
    if not any(map(_has_figures, blocks)):
        _refuse_empty(page, source)
    return Document(source, blocks, tuple(page.notes))


def _refuse_empty(page: Page, source: str) -> None:
    """Raise MlcheckError where a page without figures shows more in a browser."""
    if page.frames:
        raise MlcheckError(
            "{file} only shows other pages in frames ({page}): name those pages.",
            file=source,
            page=page.frames[0],
        )
    if page.scripted:
        raise MlcheckError(
            "{file} shows no figure without its scripts: save the page as displayed (web page, complete), or as a PDF.",
            file=source,
        )


def _has_figures(block: Block | Lines) -> bool:
    if isinstance(block, Grid):
        return any(_DIGIT.search(cell.text) for cell in block.cells.values())
    if isinstance(block, Lines):
        return any(_DIGIT.search(line.text) for line in block.lines)
    return bool(_DIGIT.search(block.text))


# Web archives (mht, mhtml): the page that a browser saved in one file with its images (RFC 2557).


def read_mhtml(path: Path) -> Document:
    """Return what the page of an archive shows; lines are those of the page, once unpacked.

    Raises MlcheckError where the archive holds no page.
    """
    if path.stat().st_size > MAX_TEXT:
        raise too_heavy(path, MAX_TEXT)
    found = _page(path.read_bytes())
    if found is None:
        raise MlcheckError(
            "{file} holds no web page: save the page again, as a complete web page.", file=path.as_posix()
        )
    content, charset = found
    name = (_known(charset) if charset else None) or _declared(content[:_LOOKED_AT]) or "utf-8"
    return document_of(tokens(_with_line_feeds(_decoded(content, name))), path)


def _page(archive: bytes) -> tuple[bytes, str | None] | None:
    """Return the bytes of the first page of an archive and their encoding, None where there is none."""
    from email import message_from_bytes

    try:
        for part in message_from_bytes(archive).walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                return (payload, part.get_content_charset()) if isinstance(payload, bytes) else None
    except (ValueError, LookupError, RecursionError):  # parts in parts in parts; headers of no known charset
        return None
    return None


# The characters of a page: by its byte order mark, by what it declares, else as any text file.


def _read_page(path: Path) -> str:
    """Return the text of a page with lines that end in \\n.

    A character that is not of the declared encoding becomes U+FFFD, as in a browser. Raises
    MlcheckError where the file is no text, or too large for one.
    """
    if path.stat().st_size > MAX_TEXT:
        raise too_heavy(path, MAX_TEXT)
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    name = None if head.startswith(tuple(mark for mark, _ in BOMS)) else _declared(head)
    text = _decoded(path.read_bytes(), name) if name else read_characters(path)
    return _with_line_feeds(text)


def _declared(head: bytes) -> str | None:
    """Return the encoding that the start of a page declares, None where it declares none that is known."""
    found = _DECLARED.search(head)
    return _known((found[1] or found[2]).decode("ascii")) if found else None


def _known(label: str) -> str | None:
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


def _decoded(content: bytes, name: str) -> str:
    """Return the text of a page in an encoding, with U+FFFD for what is not of it.

    A page that is UTF-8 throughout is so whatever it declares: its server says so before it does.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode(name, "replace")
    return text.replace("\x00", "\ufffd")


def _with_line_feeds(text: str) -> str:
    """Return a text whose lines end in \\n only, without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
