"""Characters that nobody sees, named where a text is shown: a label must not make a line read otherwise than it is."""

from __future__ import annotations

import re

from mlcheck.language.characters import INVISIBLE, SOFT_HYPHEN

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN = re.compile(f"[{''.join(sorted(INVISIBLE - {SOFT_HYPHEN}))}]")


def named(text: str) -> str:
    """Return a text with its marks of direction and characters without width as "[U+202E]"; a soft hyphen goes."""
    if text.isascii():
        return text
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text.replace(SOFT_HYPHEN, ""))


def plain(text: str) -> str:
    """Return `text` on one line, without control characters, and with what nobody sees named."""
    return _CONTROL.sub(" ", named(text))
