"""The pages that list the findings in front of a PDF, set in the fonts that every reader has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from mlcheck.model.document import Box
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.listing import HEADS, NOTHING, Row, counts, title
from mlcheck.rendering.annotation.marks import HEADER, RULE_LINE, hexadecimal
from mlcheck.rendering.annotation.pdf.spots import PdfSpot
from mlcheck.rendering.wording import Wording

SIZE = (595.0, 842.0)  # points of A4
EDGE, PAD = 42.0, 4.0
SHARES = (0.15, 0.22, 0.37, 0.26)  # of the width
ARROW = "→"  # which only the font of symbols has
OTHERS = {
    "✗": "×",
    "⚠": "!",
    "\u202f": "\u00a0",
    "\u2009": "\u00a0",
    "−": "\u2013",
    "≤": "<=",
    "≥": ">=",
    "\t": " ",
}
_WIDTHS = (  # of the characters 32 to 126 of Helvetica, in thousandths
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278"
    " 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667"
    " 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333"
    " 500 278 556 500 722 500 500 500 334 260 334 584"
)
WIDTHS = tuple(int(width) for width in _WIDTHS.split())
BOLD = 1.08  # how much wider the bold letters are


class Page(Struct):
    """A page: its size, what is drawn on it, and the boxes of its links with where they lead, all in points."""

    size: tuple[float, float] = SIZE
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[Box, PdfSpot]] = field(default_factory=list)

    @property
    def content(self) -> bytes:
        """What is drawn, as the stream of a page."""
        return "\n".join(self.pieces).encode("cp1252", "replace")

    def fill(self, box: Box, color: str) -> None:
        """Fill a box: left, bottom, right, top."""
        left, bottom, right, top = box
        self.pieces.append(
            f"{_color(color)} rg {left:.1f} {bottom:.1f} {right - left:.1f} {top - bottom:.1f} re f"
        )

    def write(self, x: float, y: float, text: str, size: float, look: _Look) -> None:
        """Write one line of text from a point of its baseline on."""
        font = "F2" if look.bold else "F1"
        shown = []
        for number, piece in enumerate(_known(text).split(ARROW)):
            shown += [f"/F3 {size:g} Tf (\\256) Tj /{font} {size:g} Tf"] if number else []
            shown.append(f"({_escaped(piece)}) Tj")
        self.pieces.append(
            f"BT {_color(look.color)} rg /{font} {size:g} Tf {x:.1f} {y:.1f} Td {' '.join(shown)} ET"
        )


class _Look(Struct, frozen=True):
    bold: bool = False
    color: str = "000000"


PLAIN, HEAVY, ASIDE = _Look(), _Look(bold=True), _Look(color="44546A")
LINK, WHITE, TITLE = _Look(color="0563C1"), _Look(bold=True, color="FFFFFF"), _Look(bold=True, color=HEADER)
Line = tuple[str, float, _Look]


def list_pages(
    report: Report, rows: Sequence[Row[PdfSpot]], lost: Sequence[str], wording: Wording
) -> Iterator[Page]:
    """Yield the pages of the list, one at least."""
    page, y = Page(), SIZE[1] - EDGE
    head = [(title(report, wording), 14.0, TITLE), (counts(report, wording), 9.0, HEAVY)]
    head += [(f"⚠ {text}", 8.0, ASIDE) for text in lost]
    head += [] if rows else [(wording.say(NOTHING), 10.0, PLAIN)]
    for text, size, look in head:
        for line in _wrapped(text, SIZE[0] - 2 * EDGE, size, look):
            y -= size * 1.3
            page.write(EDGE, y, line, size, look)
    y = _head(page, y - 10, wording) if rows else y
    for row in rows:
        columns = [list(_lines(texts, share)) for texts, share in zip(_texts(row), SHARES, strict=True)]
        height = max(sum(size * 1.25 for _, size, _ in lines) for lines in columns) + 2 * PAD
        if y - height < EDGE:
            yield page
            page, y = Page(), SIZE[1] - EDGE
            y = _head(page, y, wording)
        _row(page, y, height, row, columns)
        y -= height
    yield page


def _head(page: Page, y: float, wording: Wording) -> float:
    page.fill((EDGE, y - 18, SIZE[0] - EDGE, y), HEADER)
    for name, x in zip(HEADS, _lefts(), strict=True):
        page.write(x + PAD, y - 12, wording.say(name), 9, WHITE)
    return y - 18


def _lefts() -> list[float]:
    width = SIZE[0] - 2 * EDGE
    return [EDGE + width * sum(SHARES[:n]) for n in range(len(SHARES))]


def _texts(row: Row[PdfSpot]) -> tuple[list[Line], ...]:
    """Return the paragraphs of each cell of a row."""
    place = [(row.place, 9.0, LINK if row.where is not None else PLAIN)]
    about = [(row.about, 8.0, ASIDE)] if row.about else []
    return (
        [(f"{row.number} · {row.severity}", 9.0, HEAVY)],
        place + about,
        [(text, 9.0, PLAIN) for text in row.message.split("\n")],
        [(text, 9.0, PLAIN) for text in row.correction.split("\n") if text],
    )


def _lines(texts: Sequence[Line], share: float) -> Iterator[Line]:
    width = share * (SIZE[0] - 2 * EDGE) - 2 * PAD
    for text, size, look in texts:
        for line in _wrapped(text, width, size, look):
            yield line, size, look


def _row(page: Page, y: float, height: float, row: Row[PdfSpot], columns: Sequence[Sequence[Line]]) -> None:
    lefts = _lefts()
    page.fill((EDGE, y - height, lefts[1], y), hexadecimal(row.kind))
    page.fill((EDGE, y - height, SIZE[0] - EDGE, y - height + 0.5), RULE_LINE)
    for left, lines in zip(lefts, columns, strict=True):
        at = y - PAD
        for text, size, look in lines:
            at -= size * 1.25
            page.write(left + PAD, at + size * 0.3, text, size, look)
    if row.where is not None:
        page.links.append(((lefts[1], y - height, lefts[2], y), row.where))


def _wrapped(text: str, width: float, size: float, look: _Look) -> Iterator[str]:
    """Yield a text in lines that are no wider than a column; a word that is wider is cut."""
    line = ""
    for word in _known(text).split(" "):
        longer = f"{line} {word}" if line else word
        if _width(longer, size, look) <= width:
            line = longer
            continue
        if line:
            yield line
        *pieces, word = _cut(word, width, size, look)
        yield from pieces
        line = word
    if line:
        yield line


def _cut(word: str, width: float, size: float, look: _Look) -> Iterator[str]:
    """Yield a word in pieces that are no wider than a column."""
    piece, taken = "", 0.0
    for character in word:
        own = _width(character, size, look)
        if piece and taken + own > width:
            yield piece
            piece, taken = "", 0.0
        piece += character
        taken += own
    yield piece


def _width(text: str, size: float, look: _Look) -> float:
    total = sum(map(_thousandths, text))
    return total * size / 1000 * (BOLD if look.bold else 1)


def _thousandths(character: str) -> int:
    if character == ARROW:
        return 987
    base = unicodedata.normalize("NFD", character)[0]
    return WIDTHS[ord(base) - 32] if 32 <= ord(base) <= 126 else 278 if character == "\u00a0" else 600


def _known(text: str) -> str:
    """Return a text of characters that the fonts have; "?" stands for the others."""
    found = "".join(OTHERS.get(character, character) for character in text)
    return "".join(one if one == ARROW or _has(one) else "?" for one in found)


def _has(character: str) -> bool:
    try:
        return not unicodedata.category(character).startswith("C") and bool(character.encode("cp1252"))
    except UnicodeEncodeError:
        return False


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _color(color: str) -> str:
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))
