"""The text of a formula: as files keep it, as other cells share it, and as a program in French shows it."""

from __future__ import annotations

import re

from mlcheck.language.lexicon import lexicon
from mlcheck.model.document import column_letters, column_number

_APART = r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\])"""  # texts, names of sheets, columns of lists
_REFERENCE = re.compile(_APART + r"|(?<![\w.$\\])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])")
_WHOLE_LINES = re.compile(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]|(?<![\w$])\$?[0-9]{1,7}:")
_OPEN_DOCUMENT = re.compile(r"""("(?:[^"]|"")*")|\[((?:[^\]'"]|'[^']*')*)\]|;""")
_SHEET = re.compile(r"\$?((?:'[^']*'|[^.':])+)\.")


class SharedFormula:
    """A formula that several cells share: each of them has it with its relative references moved.

    It is parted once, since a column of a large sheet may be one formula. One that names whole rows or columns
    is not moved.
    """

    __slots__ = ("letters", "pieces", "references", "whole")

    def __init__(self, text: str, row: int, column: int) -> None:
        self.pieces: list[str] = []
        self.references: list[tuple[int, str, int, str]] = []
        self.letters: dict[int, str] = {}
        end = 0
        for match in _REFERENCE.finditer(text):
            if match[1] is None:
                self.pieces.append(text[end : match.start()])
                end = match.end()
                left = column_number(match[3]) - (0 if match[2] else column)
                self.references.append((left, match[2], int(match[5]) - (0 if match[4] else row), match[4]))
        self.pieces.append(text[end:])
        self.whole = any(_WHOLE_LINES.search(piece) for piece in self.pieces)

    def at(self, row: int, column: int) -> str | None:
        """Return the formula as it is in a cell, None where it would leave the sheet."""
        if self.whole:
            return None
        written = []
        for piece, (left, fixed_left, top, fixed_top) in zip(self.pieces, self.references, strict=False):
            left, top = left if fixed_left else left + column, top if fixed_top else top + row
            if left < 0 or top < 1:
                return None
            letters = self.letters.get(left)
            if letters is None:
                letters = self.letters[left] = column_letters(left)
            written.append(f"{piece}{fixed_left}{letters}{fixed_top}{top}")
        return "".join(written) + self.pieces[-1]


def from_open_document(text: str) -> str:
    """Return a formula of an OpenDocument file as others are written: of:=SUM([.B2:.B5];[.B7]) is SUM(B2:B5,B7)."""

    def written(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        return "," if match[2] is None else _range(match[2])

    return _OPEN_DOCUMENT.sub(written, text[text.find("=") + 1 :])


def _range(reference: str) -> str:
    """Return a reference such as ".B2:.B5", "$Feuille2.A1" or ".B2" in the notation of A1."""
    if reference.startswith("."):
        return reference.removeprefix(".").replace(":.", ":")
    sheet = _SHEET.match(reference)
    if sheet is None:
        return reference
    return f"{sheet[1]}!{reference[sheet.end() :].replace(':.', ':')}"


def shown(text: str) -> str:
    """Return a formula as a spreadsheet program of the lexicon's language shows it."""
    words = lexicon().functions

    def local(match: re.Match[str]) -> str:
        return ";" if match[0] == "," else words.get(match[0], match[0])

    return "=" + re.sub(r'"(?:[^"]|"")*"|[A-Z.]+(?=\()|,', local, text)
