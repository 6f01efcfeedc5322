"""What each printed line may be of a table: a row of figures, a text that may label some, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.numeral import MINUS, without_marks
from mlcheck.language.roles import is_total
from mlcheck.layout.figures import Tail, cut_line
from mlcheck.layout.margins import margins_of
from mlcheck.layout.wording import (
    BULLET,
    LONGEST_LABEL,
    has_verb,
    is_heading,
    is_open,
    is_prose,
    is_stub_head,
    is_year,
)
from mlcheck.layout.words_of_lines import LONGEST_CELL, Strip, Token, printed, segments

Kind = Literal["blank", "row", "text", "closed", "margin"]
"""row: figures with or without a label; text: what may be a label; closed: prose, a heading, a note;
margin: what every page repeats, such as a footer with the number of the page."""


class Parsed(Struct, frozen=True):
    """A line with its label and its figures; `tail` is None unless it is a row."""

    strip: Strip
    kind: Kind
    label: tuple[Token, ...] = ()
    tail: Tail | None = None

    @property
    def text(self) -> str:
        """Its label as printed."""
        return printed(self.label)


def is_drawn(line: Parsed) -> bool:
    """Tell whether a line is drawn and prints nothing."""
    return not line.strip.tokens and bool(line.strip.text.strip())


def parse_lines(strips: Sequence[Strip]) -> list[Parsed]:
    """Return what each line may be of a table."""
    margins = margins_of(strips)
    parsed: list[Parsed] = []
    for index, strip in enumerate(strips):
        kept = parsed[-1] if parsed else None
        line = Parsed(strip, "margin", strip.tokens) if index in margins else _parse(strip)
        if kept is not None and kept.kind == "closed" and line.kind == "text" and _goes_on(kept, line):
            line = Parsed(strip, "closed", strip.tokens)
        parsed.append(line)
    return [_unless_broken(parsed, i) for i in range(len(parsed))]


def _unless_broken(parsed: Sequence[Parsed], at: int) -> Parsed:
    """Return a line, as a text where it ends a label with a year, or with a dash after which one goes on below."""
    line = parsed[at]
    if _ends_with_year(parsed, at):
        return Parsed(line.strip, "text", line.strip.tokens)
    if line.tail is None or line.tail.most > 1 or line.tail.chunks[0].text not in MINUS or not line.label:
        return line
    below = parsed[at + 1 : at + 3]
    bare = [other.kind == "row" and not other.label for other in below]
    broken = bare[:1] == [True] or (len(below) == 2 and below[0].kind == "text" and bare[1])
    return Parsed(line.strip, "text", line.strip.tokens) if broken else line


def _ends_with_year(parsed: Sequence[Parsed], at: int) -> bool:
    """Tell whether a line is but the year that ends the label on the line above it: "Contrats signés en", "2023"."""
    line, above = parsed[at], parsed[at - 1] if at else None
    if line.tail is None or line.label or line.tail.most > 1 or not is_years(line.tail):
        return False
    return above is not None and above.kind == "text" and is_open(above.label[-1])


def _parse(strip: Strip) -> Parsed:
    if not strip.tokens:
        return Parsed(strip, "closed" if strip.parts else "blank")
    label, tail = cut_line(strip.tokens)
    if tail is not None and _may_label(strip, label, tail):
        return Parsed(strip, "row", label, tail)
    ends_in_figure = tail is not None and not is_years(tail)  # a title or a sentence with a figure at its end
    item = is_heading(printed(strip.tokens)) or BULLET.match(strip.text)
    closed = ends_in_figure or item or any(is_prose(part) for part in _parts(strip))
    return Parsed(strip, "closed" if closed else "text", strip.tokens)


def _parts(strip: Strip) -> list[str]:
    """Return what a line says: all of it, or of several cells side by side those too long for one."""
    cells = [printed(part) for part in segments(strip.tokens)]
    return (
        [printed(strip.tokens)] if len(cells) == 1 else [cell for cell in cells if len(cell) > LONGEST_CELL]
    )


def _may_label(strip: Strip, label: tuple[Token, ...], tail: Tail) -> bool:
    """Tell whether the words before some figures may be the label of a row."""
    if not label:
        return True
    text = printed(label)
    if len(text) > LONGEST_LABEL or BULLET.match(strip.text) or has_verb(text):
        return False
    apart = tail.chunks[0].tokens[0].wide
    if is_heading(text) and not apart and (tail.most < 2 or is_years(tail)):
        return False
    if (is_open(label[-1]) and not apart) or _is_telephone(label, tail):
        return False
    if text.endswith(":"):
        return is_total(text)
    return not text.endswith((".", ";")) or text.count(".") > 1 or apart


def _is_telephone(label: tuple[Token, ...], tail: Tail) -> bool:
    """Tell whether a line ends with the pairs of digits of a telephone number."""
    pairs = all(len(chunk.text) == 2 and is_digits(chunk.text) for chunk in tail.chunks)
    return bool(re.fullmatch(r"0[0-9]", label[-1].text)) and pairs and tail.most == 4


def _goes_on(before: Parsed, line: Parsed) -> bool:
    """Tell whether a text is the next line of the prose before it."""
    text = printed(line.label)
    first = text.lstrip("(«\"'‘“")[:1] if before.strip.tokens else ""
    return first.islower() and not is_heading(before.strip.text) and not line.strip.apart


def heads_years(line: Parsed) -> bool:
    """Tell whether the figures of a line are years that head columns: several in order, or one beside "Commune"."""
    if line.tail is None or not is_years(line.tail):
        return False
    years = [int(without_marks(chunk.text)) for chunk in line.tail.chunks]
    if len(years) == 1:
        return not line.label or is_stub_head(line.label)
    return years == sorted(set(years)) or years == sorted(set(years), reverse=True) or len(set(years)) == 2


def is_years(tail: Tail) -> bool:
    """Tell whether figures are years throughout."""
    return all(is_year(chunk.text) for chunk in tail.chunks)


def is_total_row(line: Parsed) -> bool:
    """Tell whether a row is a total by its label."""
    return bool(line.label) and is_total(line.text)
