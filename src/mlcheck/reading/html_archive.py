"""Web archives (mht, mhtml): the page that a browser saved in one file with its images (RFC 2557)."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Document
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.html import document_of
from mlcheck.reading.html_encoding import declared, decoded, known, with_line_feeds
from mlcheck.reading.html_tokens import tokens
from mlcheck.reading.limits import MAX_TEXT
from mlcheck.reading.refusals import too_heavy

_LOOKED_AT = 4096  # bytes in which a page declares its encoding


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
    name = (known(charset) if charset else None) or declared(content[:_LOOKED_AT]) or "utf-8"
    return document_of(tokens(with_line_feeds(decoded(content, name))), path)


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
