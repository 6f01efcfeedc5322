"""The straight lines and the pictures of a page: strokes, thin rectangles and the edges of fills."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct, field

from mlcheck.model.document import Box
from mlcheck.reading.pdf_layout import around

LEVEL = 0.7  # points that a straight line may lean
THIN = 3.0  # points: a fill no thicker is a line
SHORTEST = 0.4  # points: dots make lines too
Point = tuple[float, float]
Ruling = tuple[float, float, float]
"""Where a level line stands from the top, or an upright one from the left; where it starts and ends."""


class Drawings(Struct):
    """The rulings and pictures of a page of some width and height, and how much is drawn on it.

    What stands outside of the page, or nowhere, is left out.
    """

    width: float
    height: float
    level: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0
    segments: int = 0

    def line(self, one: Point, two: Point) -> None:
        """Add a line where it is level or upright, and long enough to be seen."""
        (x, y), (u, v) = one, two
        if abs(y - v) <= LEVEL and abs(x - u) >= SHORTEST:
            ruling = (y + v) / 2, max(min(x, u), 0.0), min(max(x, u), self.width)
            if 0 <= ruling[0] <= self.height and ruling[1] < ruling[2]:
                self.level.append(ruling)
        elif abs(x - u) <= LEVEL and abs(y - v) >= SHORTEST:
            ruling = (x + u) / 2, max(min(y, v), 0.0), min(max(y, v), self.height)
            if 0 <= ruling[0] <= self.width and ruling[1] < ruling[2]:
                self.upright.append(ruling)

    def area(self, left: float, top: float, right: float, bottom: float) -> None:
        """Add a filled rectangle: a line where it is thin, else its four edges; a dot is part of either."""
        if bottom - top <= THIN:
            self.line((left, (top + bottom) / 2), (right, (top + bottom) / 2))
        if right - left <= THIN:
            self.line(((left + right) / 2, top), ((left + right) / 2, bottom))
        if bottom - top > THIN and right - left > THIN:
            corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            for one, two in pairwise(corners):
                self.line(one, two)

    def picture(self, box: Box) -> None:
        """Add a picture, or what of it stands on the page."""
        left, top = max(box[0], 0.0), max(box[1], 0.0)
        right, bottom = min(box[2], self.width), min(box[3], self.height)
        if left < right and top < bottom:
            self.pictures.append(around([(left, top, right, bottom)]))
