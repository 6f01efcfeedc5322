"""Tell the lines of a paragraph that are rows of a flattened table: they state nothing in words."""

from __future__ import annotations

from mlcheck.extraction.prose.tokens import tokens

_CELLS = "0123456789/ .,%€-"


_LONGEST_LABEL = 90


_OPENS = {
    "of",
    "to",
    "joint",
    "preposition",
    "definite",
    "reach",
    "against",
    "that-is",
    "trend",
    "hedge",
    "share-verb",
    "part",
    "number",
    "month",
    "since",
    "calendar",
    "numbered",
    "pass",
    "factor",
    "mean",
}


def is_row_of(text: str) -> dict[int, int]:
    """Map the start of each line that is a row of a flattened table to the start of the next line."""
    rows: dict[int, int] = {}
    start = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end = start + len(line) + 1
        if line and is_row(line.strip()) and not following.lstrip()[:1].islower():
            rows[start] = min(end, len(text))
        start = end
    return rows


def is_row(line: str) -> bool:
    """Return whether a line is a label and bare numbers: "Lambersart 132 15", "Lompret 9 /", "66 224 48 341"."""
    label = line.rstrip(_CELLS)
    cells = line[len(label) :].split()
    figures = [c for c in cells if c[0].isdigit()]
    if not figures or ("%" in line[len(label) :] and line.count("%") < 2):
        return False
    if not label and "€" in line:
        return line.count("€") > 1
    if "%" in label:
        return False
    label = label.rstrip(" :")
    ended = line[len(label) :].lstrip(" ").startswith(":")
    found = tokens(label) if len(label) <= _LONGEST_LABEL else ()
    if len(label) > _LONGEST_LABEL or any(
        "verb" in t.tags or (t.form == "number" and len(cells) < 2) for t in found
    ):
        return False
    if not found:
        return not ended
    if ended:
        return all("total" in t.tags or t.key in ("general", "generale") for t in found)
    return not found[-1].tags.keys() & _OPENS and found[-1].key not in (",", "(", ".") and line[0].isupper()
