"""The texts of a SmartArt diagram, which stand in a part of their own (ECMA-376 part 1, 21.4)."""

from __future__ import annotations

from collections.abc import Iterator

from pptx.opc.package import Part

from mlcheck.reading.pptx_package import tree
from mlcheck.reading.pptx_terms import DGM, Element, whole
from mlcheck.reading.pptx_text import paragraphs_of

PRINTED = ("node", "asst")  # types of point that hold text; a document, a presentation, a link do not


def diagram_texts(data: Part) -> Iterator[str]:
    """Yield the texts of a diagram in the order of its outline, each node before those under it."""
    model = tree(data)
    points = {str(point.get("modelId", "")): point for point in model.iter(f"{DGM}pt")}
    for key in _outline(model, points):
        if points[key].get("type", "node") in PRINTED:
            body = points[key].find(f"{DGM}t")
            yield from () if body is None else paragraphs_of(body)


def _outline(model: Element, points: dict[str, Element]) -> Iterator[str]:
    under: dict[str, list[tuple[int, str]]] = {}
    for link in model.iter(f"{DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            child = (whole(link, "srcOrd"), str(link.get("destId", "")))
            under.setdefault(str(link.get("srcId", "")), []).append(child)
    roots = [key for key, point in points.items() if point.get("type") == "doc"]
    waiting, met = [*reversed([*roots, *points])], set[str]()
    while waiting:
        key = waiting.pop()
        if key in points and key not in met:
            met.add(key)
            yield key
            waiting += (child for _, child in sorted(under.get(key, ()), reverse=True))
