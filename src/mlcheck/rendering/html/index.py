"""The figures of a report by their ids, with their anchors on the page."""

from __future__ import annotations

from typing import Any

from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Report

FigureRow = dict[str, Any]


class Index:
    """What links of one report lead to.

    `prefix` keeps its anchors apart from those of other reports. `tables` maps the name of each table to its
    figures, `prose` each section to the figures of its sentences, and `sentences` the anchor of each sentence to
    its claims; all in the order of the report. `linked` are the figures of tables that a link leads to.
    """

    __slots__ = (
        "_anchors", "_by_claim", "_by_id", "_sections", "linked", "prefix", "prose", "report", "sentences", "tables",
    )  # fmt: skip

    def __init__(self, report: Report, prefix: str = "") -> None:
        self.report, self.prefix = report, prefix
        rows: list[FigureRow] = report.figures.rows(named=True)
        self.tables: dict[str, list[FigureRow]] = {}
        self.prose: dict[str, list[FigureRow]] = {}
        for row in rows:
            if row["table"] is not None:
                self.tables.setdefault(row["table"], []).append(row)
            else:
                self.prose.setdefault(row["section"] or "", []).append(row)
        self._by_id: dict[int, FigureRow] = {row["figure"]: row for row in rows}
        said: dict[int, list[CheckedClaim]] = {}
        for checked in report.claims:
            said.setdefault(checked.claim.sentence.id, []).append(checked)
        self.sentences = {f"{prefix}p{n}": claims for n, claims in enumerate(said.values(), 1)}
        self._anchors: dict[Locator, str] = {}
        for anchor, claims in self.sentences.items():
            self._anchors.setdefault(claims[0].claim.locator, anchor)
        self._by_claim = {
            c.claim.figure: (anchor, c) for anchor, claims in self.sentences.items() for c in claims
        }
        self._sections: dict[str, str] = {}
        self.linked: set[int] = set()

    def figure(self, figure: int | None) -> FigureRow | None:
        """Return the figure of an id; None for none, and for last year's."""
        return None if figure is None else self._by_id.get(figure)

    def claim(self, figure: int | None) -> CheckedClaim | None:
        """Return the claim that prints a figure, None where it stands in a table."""
        return None if figure not in self._by_claim else self._by_claim[figure][1]

    def sentence(self, location: Locator) -> str:
        """Return the anchor of the sentence of a place, empty where there is none."""
        return self._anchors.get(location, "")

    def link(self, row: FigureRow | None) -> str:
        """Return the anchor that a link to a figure needs: its cell, or its sentence; empty where there is none."""
        if row is None:
            return ""
        if row["table"] is None:
            return self._by_claim[row["figure"]][0] if row["figure"] in self._by_claim else ""
        self.linked.add(row["figure"])
        return self.cell(row)

    def cell(self, row: FigureRow) -> str:
        """Return the anchor of a figure of a table."""
        return f"{self.prefix}c{row['figure']}"

    def said(self, row: FigureRow) -> str:
        """Return the sentence that a figure stands in, empty where it stands in a table."""
        return self._by_claim[row["figure"]][1].claim.text if row["figure"] in self._by_claim else ""

    def section(self, title: str) -> str:
        """Return the short name of a section, the same all over the page."""
        return self._sections.setdefault(title, f"s{len(self._sections) + 1}")


def label_of(row: FigureRow) -> str:
    """Return what a reader calls a figure of a table: its row and its column."""
    return " · ".join(part for part in (row["row"], row["column"]) if part)
