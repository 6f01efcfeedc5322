"""What a paragraph of Word prints: its runs one after another, and what is anchored in it."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.reading.docx_styles import Style, Styles
from mlcheck.reading.docx_symbols import symbol
from mlcheck.reading.docx_terms import (
    ALTERNATE,
    NOT_PRINTED,
    NOTE_MARKS,
    RUN,
    RUN_FORMAT,
    TEXT,
    XML_SPACE,
    Element,
    M,
    W,
    chosen,
    is_on,
    value,
)

RAISED = {
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
"""Typed note marks: printed small, "12" and a raised "1" must not make 121."""

FIXED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
}
ANCHORED = (W + "drawing", W + "pict", W + "object")
FIELD_MARK = W + "fldChar"
BLANKS = str.maketrans("\r\n\t", "   ")  # of the file, not of the page


class Printed(Struct, frozen=True):
    """The text of a paragraph, and the note marks, drawings and equations met in it, in order."""

    text: str
    anchored: tuple[Element, ...]


class _Line(Struct):
    """What has been printed of a paragraph, and which of its open fields are still showing their code."""

    styles: Styles
    style: Style
    kept: bool
    pieces: list[str]
    anchored: list[Element]
    codes: list[bool]


def printed(paragraph: Element, styles: Styles, style: Style, kept: bool = False) -> Printed:
    """Return what a paragraph of a style prints; `kept` tells that white space at the ends of texts counts."""
    line = _Line(styles, style, kept, [], [], [])
    _walk(paragraph, line)
    return Printed("".join(line.pieces), tuple(line.anchored))


def _walk(parent: Element, line: _Line) -> None:
    """Go through runs, whatever stands around them: links, insertions, content controls, smart tags."""
    for child in parent:
        tag = child.tag
        if tag == RUN:
            _run(child, line)
        elif tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                _walk(branch, line)
        elif tag == M + "oMath":
            _equation(child, line)
        elif tag not in NOT_PRINTED:
            _walk(child, line)


def _run(run: Element, line: _Line) -> None:
    look = run.find(RUN_FORMAT)
    hidden, raised = (line.style.hidden, line.style.raised) if look is None else _look(look, line)
    for child in run:
        tag = child.tag
        if tag == FIELD_MARK:
            _field(child.get(W + "fldCharType"), line.codes)
        elif hidden or any(line.codes):
            continue
        elif tag == TEXT:
            text = (child.text or "").translate(BLANKS)
            if not (line.kept or child.get(XML_SPACE) == "preserve"):
                text = text.strip(" ")
            line.pieces.append(text.translate(RAISED[raised]) if raised in RAISED else text)
        elif tag in FIXED:
            line.pieces.append(FIXED[tag])
        else:
            _rare(child, tag, line)


def _rare(child: Element, tag: str, line: _Line) -> None:
    if tag == W + "br":
        line.pieces.append("\n")
    elif tag == W + "sym":
        line.pieces.append(symbol(child.get(W + "char", ""), child.get(W + "font", "")))
    elif tag in NOTE_MARKS or tag in ANCHORED:
        line.anchored.append(child)
    elif tag == ALTERNATE:
        branch = chosen(child)
        for drawing in () if branch is None else branch:
            _rare(drawing, drawing.tag, line)
    elif tag == W + "ruby":
        for base in child.iterchildren(W + "rubyBase"):
            _walk(base, line)


def _look(look: Element, line: _Line) -> tuple[bool, str]:
    """Return whether a run is hidden, and whether it is raised or lowered."""
    style = line.styles.of_run(value(look, "rStyle"))
    hidden, raised = value(look, "vanish"), value(look, "vertAlign")
    return (
        (style.hidden or line.style.hidden) if hidden is None else is_on(hidden),
        (style.raised or line.style.raised) if raised is None else raised,
    )


def _field(mark: str | None, codes: list[bool]) -> None:
    """Follow a complex field: its code runs from its begin to its separator, its result to its end."""
    if mark == "begin":
        codes.append(True)
    elif mark == "separate" and codes:
        codes[-1] = False
    elif mark == "end" and codes:
        codes.pop()


def _equation(equation: Element, line: _Line) -> None:
    """Print an equation written on one line; one with fractions or exponents would join their digits."""
    if all(child.tag in (M + "r", M + "oMathParaPr") for child in equation):
        line.pieces += [text.text or "" for text in equation.iter(M + "t")]
    else:
        line.anchored.append(equation)
