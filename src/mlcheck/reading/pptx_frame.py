"""What a frame of a slide holds: a table, a chart, a diagram, or an object that is not read."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from pptx.opc.package import Part

from mlcheck.model.document import Locator, NotUnderstood, Paragraph
from mlcheck.reading.pptx_chart import Found, read_chart
from mlcheck.reading.pptx_diagram import diagram_texts
from mlcheck.reading.pptx_package import target
from mlcheck.reading.pptx_table import table_grid
from mlcheck.reading.pptx_terms import DGM, NEW_CHART, A, C, Element, R, children
from mlcheck.translation import N_

OBJECT = N_("The embedded object {shape} ({kind}) is not read.")
OTHER_CHART = N_("The chart {shape} is of a kind that is not read.")


def read_frame(frame: Element, slide: Part, locator: Locator, path: Path, *, hidden: bool) -> Found:
    """Return the blocks of a frame, and what of it is not read."""
    data = frame.find(f"{A}graphic/{A}graphicData")
    content = None if data is None else next(children(data), None)
    shape = locator.shape or ""
    if content is None:
        return [], []
    if content.tag == f"{A}tbl":
        return [table_grid(content, locator, hidden)], []
    if content.tag == f"{C}chart":
        part = target(slide, content.get(f"{R}id"))
        if part is not None:
            return read_chart(part, locator, path, hidden=hidden)
    if content.tag in (f"{C}chart", NEW_CHART):
        return [], [NotUnderstood(locator, OTHER_CHART, {"shape": shape})]
    if content.tag == f"{DGM}relIds":
        part = target(slide, content.get(f"{R}dm"))
        texts = [] if part is None else list(diagram_texts(part))
        return [Paragraph(text, replace(locator, line=n)) for n, text in enumerate(texts, start=1)], []
    kind = content.get("progId") or content.get("name") or str(content.tag).rpartition("}")[2]
    return [], [NotUnderstood(locator, OBJECT, {"shape": shape, "kind": str(kind)})]
