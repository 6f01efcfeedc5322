"""The window through which something is drawn: what stands outside of it is not seen."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from mlcheck.model.document import Box
from mlcheck.reading.pdf_layout import Frame, common

MAX_PATHS, MAX_SEGMENTS = 20, 500  # of a window; beyond, all is taken as seen


def clip_of(drawn: Any, frame: Frame) -> Box | None:
    """Return the box around the window of an object of the page itself, None where there is none."""
    clip = pdfium.FPDFPageObj_GetClipPath(drawn)
    if not clip:
        return None
    window: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), MAX_PATHS)):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        if not 0 < count <= MAX_SEGMENTS:
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
