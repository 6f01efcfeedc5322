"""Notes beside the figures of a slide: how high each is, and where it covers least of what stands there.

All lengths are in EMU, 12 700 to a point.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from mlcheck.model.document import Box
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.listing import Row
from mlcheck.rendering.annotation.marks import Find
from mlcheck.rendering.annotation.notes import suspect_note
from mlcheck.rendering.annotation.spots import Spot
from mlcheck.rendering.wording import Wording

WIDTH, LINE, MARGIN = 2_240_000, 146_000, 45_720  # EMU of a note, of its lines of 9 points, and around them
CHARACTERS = 35  # of a line
LONGEST = 420  # characters of a paragraph
MOST = 6  # notes of a slide; the others are in the list
ACROSS, DOWN = 40, 30  # places that are tried
EDGE = 90_000  # EMU that are kept free at the edges of a slide
WHOLE, SMALL = 0.85, 0.05  # of the slide: what is larger is a background, or smaller a cell
COVERED, HIDDEN, FAR = 8.0, 60.0, 1.0
"""What it counts to cover as much as the note of a shape, of another note; to be as far away as the slide is wide."""
LEFT, TOP, RIGHT, BOTTOM = range(4)


class SlideNote(NamedTuple):
    """A note on a spot: the kind of its mark, its heading and its paragraphs."""

    spot: Spot
    kind: str
    head: str
    lines: tuple[str, ...]


def notes_beside(
    report: Report,
    find: Find[Spot],
    rows: Sequence[Row[Spot]],
    slide_of: Callable[[Spot], Hashable],
    wording: Wording,
) -> Iterator[SlideNote]:
    """Yield the note of each finding, and of each suspect that stands on another slide than its finding."""
    numbered = {id(row.finding): row for row in rows}
    for finding in report.findings:
        row = numbered[id(finding)]
        if row.where is not None:
            head = f"{row.number} · {row.severity}"
            yield SlideNote(
                row.where, row.kind, head, tuple(line for line in (row.message, row.correction) if line)
            )
        for suspect in finding.suspects:
            spot = find(suspect.location, suspect.figure)
            if spot is not None and (row.where is None or slide_of(spot) != slide_of(row.where)):
                note = suspect_note(finding, suspect, wording)
                yield SlideNote(spot, "suspect", f"{row.number} · {note.head}", note.lines)


class Placed(NamedTuple):
    """A note as it will be shown, its box, and that of its figure."""

    note: SlideNote
    box: Box
    figure: Box


def placed(
    notes: Sequence[tuple[SlideNote, Box]], occupied: Sequence[Box], slide: Box, wording: Wording
) -> Iterator[Placed]:
    """Yield the first notes of a slide, each with the box of its figure, where they cover least of what is `occupied`.

    The last of them says how many others there are.
    """
    taken = [(box, COVERED) for box in occupied if area(box) < WHOLE * area(slide)]
    for at, (note, figure) in enumerate(notes[:MOST]):
        shown = note
        if at == MOST - 1 and len(notes) > MOST:
            more = wording.plural("… and {n} other", "… and {n} others", len(notes) - MOST)
            shown = note._replace(lines=(*note.lines, more))
        box = _place(figure, _height(shown), taken, slide)
        taken.append((box, HIDDEN))
        yield Placed(shown, box, figure)


def joined(note: Box, figure: Box) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the ends of a line from the edge of a note to that of its figure; they are one where these touch."""
    start, end = [], []
    for low, high in ((LEFT, RIGHT), (TOP, BOTTOM)):
        if note[high] < figure[low]:
            pair = (note[high], figure[low])
        elif note[low] > figure[high]:
            pair = (note[low], figure[high])
        else:
            shared = (max(note[low], figure[low]) + min(note[high], figure[high])) / 2
            pair = (shared, shared)
        start.append(round(pair[0]))
        end.append(round(pair[1]))
    return (start[0], start[1]), (end[0], end[1])


def _height(note: SlideNote) -> float:
    return 2 * MARGIN + LINE * sum(len(lines) for lines in _wrapped(note))


def _wrapped(note: SlideNote) -> Iterator[list[str]]:
    for text in (note.head, *paragraphs(note)):
        yield wrap(text, CHARACTERS) or [""]


def paragraphs(note: SlideNote) -> Iterator[str]:
    """Yield the lines of a note, none of them too long."""
    for lines in note.lines:
        for line in lines.split("\n"):
            yield line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _place(figure: Box, height: float, taken: Sequence[tuple[Box, float]], slide: Box) -> Box:
    """Return where a note covers least of what is there, as near to its figure as that lets it be."""
    across, down = max(slide[RIGHT] - WIDTH - 2 * EDGE, 0), max(slide[BOTTOM] - height - 2 * EDGE, 0)
    best, least = (across, 0.0), float("inf")
    small = area(figure) < SMALL * area(slide)  # a cell, of which nothing is to be covered
    for n in range(ACROSS + 1):
        left = EDGE + across * n / ACROSS
        for m in range(DOWN + 1):
            top = EDGE + down * m / DOWN
            box = (left, top, left + WIDTH, top + height)
            cost = FAR * _distance(box, figure) / (slide[RIGHT] or 1)
            if cost < least:
                cost += sum(weight * _shared(box, one) for one, weight in taken) / area(box)
                cost += COVERED * (small and _shared(box, figure) > 0)
            if cost < least:
                best, least = (left, top), cost
    return best[0], best[1], best[0] + WIDTH, best[1] + height


def _distance(one: Box, two: Box) -> float:
    across = max(one[LEFT] - two[RIGHT], two[LEFT] - one[RIGHT], 0)
    down = max(one[TOP] - two[BOTTOM], two[TOP] - one[BOTTOM], 0)
    return float((across**2 + down**2) ** 0.5)


def _shared(one: Box, two: Box) -> float:
    across = min(one[RIGHT], two[RIGHT]) - max(one[LEFT], two[LEFT])
    down = min(one[BOTTOM], two[BOTTOM]) - max(one[TOP], two[TOP])
    return across * down if across > 0 and down > 0 else 0.0


def area(box: Box) -> float:
    """Return the area of a box, at least 1."""
    return max(box[RIGHT] - box[LEFT], 1) * max(box[BOTTOM] - box[TOP], 1)
