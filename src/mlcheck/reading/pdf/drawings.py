"""What PDFium finds drawn on a page, forms within forms included."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from mlcheck.model.document import Box
from mlcheck.reading.pdf.lattice import LEVEL, THIN, Drawings, Point
from mlcheck.reading.pdf.places import Frame, common

MAX_OBJECTS = 50_000  # drawn things of a page; what comes after them draws no table
MAX_SEGMENTS = 50_000  # of a page, and
MAX_SHAPE = 5_000  # of one shape: beyond, it is a map or a curve
MAX_DEPTH = 8  # forms within forms
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_WINDOW_PATHS, MAX_WINDOW_SEGMENTS = 20, 500  # of a window; beyond, all is taken as seen


def read_drawings(page: Any, frame: Frame) -> Drawings:
    """Return what is drawn on an open page, forms included."""
    found = Drawings(frame.width, frame.height)
    count = pdfium.FPDFPage_CountObjects(page)
    _walk((pdfium.FPDFPage_GetObject(page, index) for index in range(count)), UNMOVED, frame, found, 0)
    return found


def _walk(objects: Iterator[Any], outer: Matrix, frame: Frame, found: Drawings, depth: int) -> None:
    for drawn in objects:
        found.objects += 1
        if found.objects > MAX_OBJECTS or found.segments > MAX_SEGMENTS:
            return
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(drawn, _times(_matrix(drawn), outer), frame, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, e, f = _times(_matrix(drawn), outer)  # a picture is drawn in the unit square
            xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
            found.picture(frame.box(min(xs), min(ys), max(xs), max(ys)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(drawn)
            inner = (pdfium.FPDFFormObj_GetObject(drawn, index) for index in range(max(0, count)))
            _walk(inner, _times(_matrix(drawn), outer), frame, found, depth + 1)


def _read_path(path: Any, matrix: Matrix, frame: Frame, found: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(path)
    if not (fill.value or stroke.value) or not 2 <= count <= MAX_SHAPE:
        return
    found.segments += count
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, width)
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    for points in _outlines(path, count, matrix, frame):
        if stroke.value:
            for one, two in pairwise(points):
                _stroke(one, two, width.value * scale, found)
        if fill.value and _is_rectangle(points):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            found.area(min(xs), min(ys), max(xs), max(ys))


def _stroke(one: Point, two: Point, width: float, found: Drawings) -> None:
    """Add a stroke; one as thick as a row of text is a fill."""
    half = width / 2
    if width <= THIN:
        found.line(one, two)
    elif abs(one[1] - two[1]) <= LEVEL:
        found.area(min(one[0], two[0]), one[1] - half, max(one[0], two[0]), one[1] + half)
    elif abs(one[0] - two[0]) <= LEVEL:
        found.area(one[0] - half, min(one[1], two[1]), one[0] + half, max(one[1], two[1]))


def _outlines(path: Any, count: int, matrix: Matrix, frame: Frame) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path as displayed; a curve ends a part and starts another."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind != pdfium.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _is_rectangle(points: list[Point]) -> bool:
    """Tell whether an outline has four corners, each side level or upright."""
    if not 4 <= len({(round(x), round(y)) for x, y in points}) <= len(points) <= 6:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN and len(points) <= 6
    sides = pairwise(points)
    return all(abs(x - u) <= LEVEL or abs(y - v) <= LEVEL for (x, y), (u, v) in sides)


def _matrix(drawn: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return UNMOVED
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


# The window through which something is drawn: what stands outside of it is not seen.


def clip_of(drawn: Any, frame: Frame) -> Box | None:
    """Return the box around the window of an object of the page itself, None where there is none."""
    clip = pdfium.FPDFPageObj_GetClipPath(drawn)
    if not clip:
        return None
    window: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), MAX_WINDOW_PATHS)):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        if not 0 < count <= MAX_WINDOW_SEGMENTS:
            continue
        xs, ys = [], []
        for index in range(count):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            xs.append(x.value)
            ys.append(y.value)
        box = frame.box(min(xs), min(ys), max(xs), max(ys))
        window = box if window is None else common(window, box)
    return window
