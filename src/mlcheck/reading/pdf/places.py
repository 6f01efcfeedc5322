"""Places on a page of a PDF, in points from the top left corner of the page as it is displayed."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, cos, degrees, radians, sin

from msgspec import Struct

from mlcheck.model.document import Box

ASKEW = 2.0  # degrees


class Frame(Struct, frozen=True):
    """The visible box of a page in the space of the file, and how the page is turned for display."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int  # quarters, clockwise

    @property
    def width(self) -> float:
        """The width of the page as displayed."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as displayed."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the file is displayed."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a box of the file is displayed."""
        x, y = self.point(left, top)
        u, v = self.point(right, bottom)
        return min(x, u), min(y, v), max(x, u), max(y, v)

    def in_file(self, box: Box) -> Box:
        """Return the box of the file that is displayed in a box: left, bottom, right, top."""
        (x, y), (u, v) = self._back(box[0], box[1]), self._back(box[2], box[3])
        return min(x, u), min(y, v), max(x, u), max(y, v)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x + self.left, self.top - y
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    def angle(self, x: float, y: float) -> int:
        """Return the direction of a vector of the file as displayed: degrees clockwise, 0 to the right.

        A quarter turn that a scanner missed by little is one.
        """
        (u, v), (left, top) = self.point(x, y), self.point(0, 0)
        angle = degrees(atan2(v - top, u - left))
        quarter = 90 * round(angle / 90)
        return (quarter if abs(angle - quarter) <= ASKEW else round(angle)) % 360


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds some boxes, to the tenth of a point."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return round(min(lefts), 1), round(min(tops), 1), round(max(rights), 1), round(max(bottoms), 1)


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether the middle of a box stands in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def common(one: Box, two: Box) -> Box:
    """Return what two boxes share; nothing stands in it where they are apart."""
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def along(box: Box, angle: int) -> tuple[float, float]:
    """Return where a box starts and ends along a direction of writing."""
    if angle == 0:
        return box[0], box[2]
    x, y = cos(radians(angle)), sin(radians(angle))
    ends = [u * x + v * y for u in (box[0], box[2]) for v in (box[1], box[3])]
    return min(ends), max(ends)


def below(point: tuple[float, float], angle: int) -> float:
    """Return how far down a point stands, for a reader who holds the writing upright."""
    if angle == 0:
        return point[1]
    return point[1] * cos(radians(angle)) - point[0] * sin(radians(angle))
