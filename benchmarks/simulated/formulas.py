"""The formulas of a workbook: a total is the sum of its cells, a share a quotient, a growth a quotient less one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulated.figures import Figure
from simulated.relations import Relation, relations
from simulated.report import Report

WRITTEN = ("sum", "share", "growth", "difference", "mean")
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Formula:
    """What a cell computes from others of its table."""

    relation: Relation

    def text(self) -> str:
        """Return the formula with the addresses that the cells have now."""
        sides = [_summed(operand) for operand in self.relation.operands]
        kind = self.relation.kind
        percent = self.relation.target is not None and "%" in self.relation.target.form.after
        if kind == "sum":
            return f"={sides[0]}"
        if kind == "difference":
            return f"={sides[0]}-{sides[1]}"
        if kind == "growth":
            return f"=({sides[0]}-{sides[1]})/{sides[1]}" + ("" if percent else "*100")
        return f"={sides[0]}/{sides[1]}" + ("*100" if kind == "share" and not percent else "")


def _summed(figures: Sequence[Figure]) -> str:
    """Return one cell, or the sum of a range or of several cells."""
    cells = [str(figure.place["cell"]) for figure in figures]
    if len(cells) == 1:
        return cells[0]
    places = sorted((_column(cell), int(_CELL.fullmatch(cell)[2]), cell) for cell in cells)  # type: ignore[index]
    first, last = places[0], places[-1]
    in_a_row = len({column for column, _, _ in places}) == 1 and last[1] - first[1] == len(cells) - 1
    across = len({row for _, row, _ in places}) == 1 and last[0] - first[0] == len(cells) - 1
    inside = f"{first[2]}:{last[2]}" if in_a_row or across else ",".join(cell for _, _, cell in places)
    return f"SUM({inside})"


def _column(cell: str) -> int:
    number = 0
    for letter in _CELL.fullmatch(cell)[1]:  # type: ignore[index]
        number = 26 * number + ord(letter) - 64
    return number


def formulas(report: Report) -> dict[Figure, Formula]:
    """Return the figures of tables that their own table computes; of the sums that make one, its author writes the nearest."""
    figures = report.figures()
    order = {figure: n for n, figure in enumerate(figures)}
    found: dict[Figure, Relation] = {}
    for relation in relations(figures, report.agency.population.universe):
        target = relation.target
        if relation.kind not in WRITTEN or target is None or target.nil or target.hedge:
            continue
        parts = _parts(relation)
        alone = relation.kind != "sum" and any(figure.nil for figure in parts)
        if alone or not all(figure.block == target.block and figure.column for figure in (target, *parts)):
            continue
        known = found.setdefault(target, relation)
        if relation.kind == known.kind == "sum" and _reach(relation, order) < _reach(known, order):
            found[target] = relation
    return {target: Formula(relation) for target, relation in found.items()}


def _parts(relation: Relation) -> list[Figure]:
    return [figure for operand in relation.operands for figure in operand]


def _reach(relation: Relation, order: dict[Figure, int]) -> int:
    """Return how far, in reading order, the part of a sum that is furthest from it stands."""
    assert relation.target is not None
    return max(abs(order[figure] - order[relation.target]) for figure in _parts(relation))
