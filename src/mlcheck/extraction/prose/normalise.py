"""Make the text of extracted documents plain before it is read: one character for what print varies."""

from __future__ import annotations

import re
from functools import cache

BULLET = "•"
"""What every list mark of a line becomes."""

_LIST_MARKS = "•◦▪■□●○‣⁃∙·►▶➢➤✓✔❖*"
_FIRST_PRIVATE = "\ue000"  # what symbol fonts print their marks with
_SAME = {
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u205f\u3000\t\r\f\v", " "),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
    **dict.fromkeys("’‘‛ʼ´`", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("→➔⇒", ":"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "％": "%",
    "﹪": "%",
    **dict.fromkeys("¹²³⁰⁴⁵⁶⁷⁸⁹†‡", ""),
}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    plain = re.compile(r"[^ -~\nÀ-ÿœŒ«»€…]|[*·]|  |\.\.\.")
    mark = re.compile(rf"(?:^|(?<=\n)) *(?:[{re.escape(_LIST_MARKS)}\ue000-\uf8ff]|[o-](?= )|-(?=[^\W\d])) *")
    return (
        plain,
        mark,
        re.compile(r"(?<=\S)[*](?!\*)"),
        re.compile(r"(?<=[^\W\d_]-)\n(?=[^\W\d_])"),
        re.compile(r" {2,}"),
        re.compile(r"\.{3,}"),
    )


def normalise(text: str) -> str:
    """Return `text` with plain spaces, quotes, hyphens and letters, footnote marks left out.

    Line breaks stay, so that the line of a sentence can be told; every list mark at the start of a line
    or from a symbol font becomes `BULLET`.
    """
    plain, mark, star, broken, spaces, dots = _patterns()
    if plain.search(text):
        text = text.translate(_table())
        text = star.sub("", text)
        if max(text, default="") >= _FIRST_PRIVATE:
            text = re.sub(r"[\ue000-\uf8ff] *", f"\n{BULLET} ", text)
    if "\n" in text or not text[:1].isalnum():
        text = broken.sub("", mark.sub(f"{BULLET} ", text))
    if "  " in text:
        text = spaces.sub(" ", text)
    return dots.sub("…", text) if "..." in text else text


@cache
def _table() -> dict[int, str]:
    return {ord(char): plain for char, plain in _SAME.items()}
