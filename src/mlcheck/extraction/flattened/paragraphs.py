"""Join the printed lines of prose into paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.extraction.flattened.tokens import Strip
from mlcheck.extraction.flattened.wording import BULLET, is_heading
from mlcheck.model.document import Paragraph

LONGEST_HEADING = 60  # characters; a longer line with a number may be an item of prose


def paragraphs_of(strips: Iterable[Strip]) -> Iterator[Paragraph]:
    """Yield paragraphs: a blank line, a bullet or a heading starts one, wrapped lines are joined.

    A heading stands alone, but for a next line that goes on in small letters.
    """
    lines: list[Strip] = []
    headed = False
    for strip in strips:
        text = strip.text.strip()
        heading = 0 < len(text) <= LONGEST_HEADING and is_heading(text)
        alone = headed and not text[:1].islower()
        if lines and (not text or heading or alone or strip.apart or BULLET.match(strip.text)):
            yield _paragraph(lines)
            lines = []
        if text:
            headed = heading or (headed and bool(lines))
            lines.append(strip)
    if lines:
        yield _paragraph(lines)


def _paragraph(lines: list[Strip]) -> Paragraph:
    return Paragraph(" ".join(line.text.strip() for line in lines), lines[0].locator)
