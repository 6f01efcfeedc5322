"""The characters of a text file, whatever its encoding."""

from __future__ import annotations

import codecs
from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.refusals import MAX_TEXT, too_heavy

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_characters(path: Path) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252, with line ends as they are.

    Raises MlcheckError where the file is no text, or too large for one.
    """
    if path.stat().st_size > MAX_TEXT:
        raise too_heavy(path, MAX_TEXT)
    content = path.read_bytes()
    for name in _encodings(content):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise MlcheckError(
        "{file} is not a text file in UTF-8, UTF-16 or Windows-1252: export it again as text.",
        file=path.as_posix(),
    )


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file, without their ends."""
    return read_characters(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _encodings(content: bytes) -> list[str]:
    """Return the encodings to try, the likeliest first."""
    for mark, name in BOMS:
        if content.startswith(mark):
            return [name]
    even, odd = content[0:1000:2].count(0), content[1:1000:2].count(0)
    if even + odd:
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8", "cp1252"]
