"""Automatic numbers as Word prints them (ECMA-376 part 1, 17.18.59).

Formats of other scripts, circled digits and numbers in words are printed in digits.
"""

from __future__ import annotations

from string import ascii_lowercase

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST_ROMAN = 3999
MOST_LETTERS = 780  # Word writes "aa" after "z", and stops at thirty letters


def numeral(count: int, form: str) -> str:
    """Return a number in the form that a level of a list names."""
    if form in ("upperRoman", "lowerRoman") and 0 < count <= MOST_ROMAN:
        return _cased(_roman(count), form)
    if form in ("upperLetter", "lowerLetter") and 0 < count <= MOST_LETTERS:
        return _cased(ascii_lowercase[(count - 1) % 26] * ((count + 25) // 26), form)
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "ordinal":
        return f"{count}er" if count == 1 else f"{count}e"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, letters in ROMAN:
        times, count = divmod(count, worth)
        text += letters * times
    return text


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text
