"""What a paragraph of Word prints: its runs one after another, and what is anchored in it."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.language.characters import LOWERED, RAISED
from mlcheck.reading.word.numbering import Numbering, read_numbering
from mlcheck.reading.word.package import (
    ALTERNATE,
    NOT_PRINTED,
    NOTE_MARKS,
    PARAGRAPH_FORMAT,
    RUN,
    RUN_FORMAT,
    TEXT,
    XML_SPACE,
    Element,
    M,
    Package,
    W,
    chosen,
    is_on,
    value,
)
from mlcheck.reading.word.styles import Style, Styles, direct, read_styles

POSITIONS = {"superscript": RAISED, "subscript": LOWERED}
"""What digits become in the positions of runs."""

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


PRIVATE = range(0xF000, 0xF100)  # where symbol fonts keep the characters 0 to 255
PRINTABLE = range(0x20, 0xD800)  # what a font not known is taken to print as it is stored


class Entry(Struct, frozen=True):
    """A paragraph as printed: its number or bullet with the gap after it, its text, what is anchored in it.

    Tabs are kept in the text.
    """

    label: str
    text: str
    style: Style
    anchored: tuple[Element, ...]


class Paragraphs(Struct, frozen=True):
    """Reads the paragraphs of a document one after another, since each of a list adds one to its count."""

    styles: Styles
    numbering: Numbering
    kept: bool

    def read(self, paragraph: Element) -> Entry:
        """Return what a paragraph prints; one that a tracked change takes away is not counted in its list."""
        own = paragraph.find(PARAGRAPH_FORMAT)
        style = direct(self.styles.of(value(own, "pStyle")), own)
        line = printed(paragraph, self.styles, style, self.kept)
        label = ""
        if style.numbered and (line.text.strip() or not _is_gone(own)):
            label = self.numbering.label(style.numbered, style.depth, style.linked)
        return Entry(label, line.text, style, line.anchored)


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
            line.pieces.append(text.translate(POSITIONS[raised]) if raised in POSITIONS else text)
        elif tag in FIXED:
            line.pieces.append(FIXED[tag])
        else:
            _rare(child, tag, line)


def _rare(child: Element, tag: str, line: _Line) -> None:
    if tag == W + "br":
        line.pieces.append("\n")
    elif tag == W + "sym":
        line.pieces.append(_symbol(child.get(W + "char", ""), child.get(W + "font", "")))
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


# Characters of the symbol fonts that Word names by their place in the font.


def _places(listed: str) -> dict[int, str]:
    """Return places and characters from words such as "A3≤"."""
    return {int(word[:2], 16): word[2:] for word in listed.split()}


FONTS = {
    "symbol": {ord(same): same for same in " !#%&()+,./0123456789:;<=>?[]"}
    | _places("2D− A0€ A3≤ B0° B1± B3≥ B4× B7• B8÷ AC← AD↑ AE→ AF↓ B9≠ BB≈ BC… C6∅ 44Δ 53Σ E5Σ"),
    "wingdings": _places(
        "6C● 6E■ 71❑ 75◆ 76❖ 9F• A7▪ A8◻ D8➢ DF← E0→ E1↑ E2↓ E3↖ E4↗ E5↙ E6↘ E7← E8➔ E9↑ EA↓ F0⇨ FB✗ FC✓ FD☒ FE☑"
    ),
}


def _symbol(code: str, font: str) -> str:
    """Return the character that a font prints at a hexadecimal code; as it is stored in a font not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    place = number - PRIVATE.start if number in PRIVATE else number
    known = FONTS.get(font.strip().lower(), {}).get(place)
    return known or (chr(number) if number in PRINTABLE or number in PRIVATE else "")


# Paragraphs of Word with all that decides what they print: style, own format, automatic number.


def read_paragraphs(package: Package) -> Paragraphs:
    """Return the reader of a document's paragraphs, with its styles and lists."""
    return Paragraphs(
        read_styles(package.related("styles")),
        read_numbering(package.related("numbering")),
        package.body.getroottree().getroot().get(XML_SPACE) == "preserve",
    )


def _is_gone(paragraph_format: Element | None) -> bool:
    """Tell whether the mark that ends a paragraph is deleted or hidden."""
    mark = None if paragraph_format is None else paragraph_format.find(RUN_FORMAT)
    return mark is not None and (mark.find(W + "del") is not None or is_on(value(mark, "vanish")))
