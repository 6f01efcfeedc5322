"""The figures of a report by their ids and by the places where they stand, with their anchors on the page."""

from __future__ import annotations

from typing import Any

from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Related, Report

Row = dict[str, Any]
Place = tuple[object, ...]


class Index:
    """What links of one report lead to.

    `prefix` keeps its anchors apart from those of other reports. `tables` maps the name of each table to its
    figures, `prose` each section to the figures of its sentences, and `sentences` the anchor of each sentence to
    its claims; all in the order of the report. `linked` are the figures of tables that a link leads to.
    """

    __slots__ = (
        "_by_claim", "_by_id", "_by_place", "_sections", "_spoken", "linked", "prefix", "prose", "report", "sentences",
        "tables",
    )  # fmt: skip

    def __init__(self, report: Report, prefix: str = "") -> None:
        self.report, self.prefix = report, prefix
        rows: list[Row] = report.figures.rows(named=True)
        self.tables: dict[str, list[Row]] = {}
        self.prose: dict[str, list[Row]] = {}
        self._by_place: dict[Place, list[Row]] = {}
        for row in rows:
            self._by_place.setdefault(_place_of_row(row), []).append(row)
            if row["table"] is not None:
                self.tables.setdefault(row["table"], []).append(row)
            else:
                self.prose.setdefault(row["section"] or "", []).append(row)
        self._by_id: dict[int, Row] = {row["figure"]: row for row in rows}
        spoken: dict[int, list[CheckedClaim]] = {}
        for checked in report.claims:
            spoken.setdefault(checked.claim.sentence.id, []).append(checked)
        self.sentences = {f"{prefix}p{n}": claims for n, claims in enumerate(spoken.values(), 1)}
        self._spoken: dict[Locator, list[str]] = {}
        for anchor, claims in self.sentences.items():
            self._spoken.setdefault(claims[0].claim.locator, []).append(anchor)
        self._by_claim = {
            c.claim.figure: (anchor, c) for anchor, said in self.sentences.items() for c in said
        }
        self._sections: dict[str, str] = {}
        self.linked: set[int] = set()

    def figure(self, location: Locator, stated: str | None, label: str) -> Row | None:
        """Return the figure of a place, the one printed and called so where several stand there."""
        if location.file != self.report.source:
            return None
        here = self._by_place.get(_place(location), [])
        alike = [row for row in here if row["printed"] == stated] or here
        return next((row for row in alike if label_of(row) == label), alike[0] if alike else None)

    def related(self, related: Related) -> Row | None:
        """Return the figure that takes part in something, None where it is last year's."""
        if related.location.file != self.report.source:
            return None
        row = self._by_id.get(-1 if related.figure is None else related.figure)
        if row is not None and _place_of_row(row) == _place(related.location):
            return row
        return self.figure(related.location, related.stated, related.label)

    def claim(self, location: Locator, stated: str | None, rule: str) -> CheckedClaim | None:
        """Return the claim of a sentence that prints `stated`, the one that `rule` decided where several do."""
        here = [claim for anchor in self._spoken.get(location, ()) for claim in self.sentences[anchor]]
        said = [one for one in here if stated is None or one.claim.quantity.printed == stated]
        return next((one for one in said if one.rule == rule), said[0] if said else None)

    def sentence(self, location: Locator) -> str:
        """Return the anchor of the sentence of a place, empty where there is none."""
        return next(iter(self._spoken.get(location, ())), "")

    def link(self, row: Row | None) -> str:
        """Return the anchor that a link to a figure needs: its cell, or its sentence; empty where there is none."""
        if row is None:
            return ""
        if row["table"] is None:
            return self._by_claim[row["figure"]][0] if row["figure"] in self._by_claim else ""
        self.linked.add(row["figure"])
        return self.cell(row)

    def cell(self, row: Row) -> str:
        """Return the anchor of a figure of a table."""
        return f"{self.prefix}c{row['figure']}"

    def said(self, row: Row) -> str:
        """Return the sentence that a figure stands in, empty where it stands in a table."""
        return self._by_claim[row["figure"]][1].claim.text if row["figure"] in self._by_claim else ""

    def section(self, title: str) -> str:
        """Return the short name of a section, the same all over the page."""
        return self._sections.setdefault(title, f"s{len(self._sections) + 1}")


def label_of(row: Row) -> str:
    """Return what a reader calls a figure of a table: its row and its column."""
    return " · ".join(part for part in (row["row"], row["column"]) if part)


def _place(at: Locator) -> Place:
    return at.sheet, at.cell, at.page, at.slide, at.shape, at.line, at.box


def _place_of_row(row: Row) -> Place:
    box = tuple(row["box"]) if row["box"] else None
    return row["sheet"], row["cell"], row["page"], row["slide"], row["shape"], row["line"], box
