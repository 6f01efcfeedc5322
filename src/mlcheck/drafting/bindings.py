"""How the sentences of a report were bound to its tables: the pattern of each, and the formula of its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.drafting.rules import reference_text
from mlcheck.language.numeral import NUMERAL
from mlcheck.model.claim import Claim
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Reference, TableDeclaration
from mlcheck.model.table import Entry, Table
from mlcheck.profile.resolve import TOTAL

_RATIOS = ("share", "mean", "ratio", "multiple")
_MOST = 4  # references that one formula adds up in full
_LONGEST = 160  # characters of a sentence


class Bound(Struct, frozen=True):
    """A claim that was bound: its sentence without its numbers, its formula, and the figures as printed."""

    pattern: str
    formula: str
    figures: str
    printed: str


def bindings(named: Facts) -> Iterator[Bound]:
    """Yield the claims that are bound to figures of declared tables, each pattern with its formula once."""
    named_cells = {
        entry.figure: (table, at, entry)
        for table in named.tables
        for at, entry in table.entries.items()
        if table.identity is not None
    }
    own = {claim.figure: claim for claim in named.claims}
    seen: set[tuple[str, str]] = set()
    for index, claim in enumerate(named.claims):
        bound = named.bindings.get(index)
        if bound is None or bound.reason is not None or not bound.operands:
            continue
        sides = [_side(operand, named_cells, own, named) for operand in bound.operands]
        if any(side is None for side in sides):
            continue
        found = [side for side in sides if side is not None]
        ratio = bound.kind in _RATIOS and len(found) > 1
        join = " / " if ratio else " = "
        formula, figures = (join.join(_grouped(side[part], ratio) for side in found) for part in (0, 1))
        one = Bound(pattern(claim), formula, figures, claim.quantity.printed)
        if (one.pattern, one.formula) not in seen:
            seen.add((one.pattern, one.formula))
            yield one


def pattern(claim: Claim) -> str:
    """Return the sentence of a claim with a mark in place of its number, and "…" for the others."""
    mark = "‹%›" if claim.quantity.unit in ("%", "‰", "points") else "‹n›"
    before, after = (_without_numbers(text) for text in (claim.text[: claim.start], claim.text[claim.end :]))
    text = " ".join(f"{before}{mark}{after}".split())
    if len(text) <= _LONGEST:
        return text
    at = text.index(mark)
    start = max(0, min(at - _LONGEST // 2, len(text) - _LONGEST))
    return ("…" if start else "") + text[start : start + _LONGEST].strip() + "…"


def _grouped(text: str, ratio: bool) -> str:
    return f"({text})" if ratio and " + " in text else text


def _without_numbers(text: str) -> str:
    return re.sub(NUMERAL, "…", text)


NamedCells = dict[int, tuple[Table, tuple[int, int], Entry]]


def _side(
    operand: Sequence[int], named_cells: NamedCells, own: dict[int, Claim], named: Facts
) -> tuple[str, str] | None:
    """Return the reference and the printed numbers of one side of a formula, None where a table is not declared."""
    if all(figure in own for figure in operand):
        printed = " + ".join(own[figure].quantity.printed for figure in operand)
        return f"“{printed}”", printed
    if not all(figure in named_cells for figure in operand):
        return None
    tables = named.profile.tables if named.profile else ()
    printed = " + ".join(named_cells[figure][2].printed for figure in operand)
    whole = _whole(operand, named_cells, tables)
    if whole:
        return whole, printed
    if len(operand) > _MOST:
        return None
    texts = [_text(*named_cells[figure][:2], tables) for figure in operand]
    return (" + ".join(texts), printed) if all(texts) else None


def _whole(operand: Sequence[int], named_cells: NamedCells, tables: Sequence[TableDeclaration]) -> str:
    """Return the reference to an unprinted total, where the figures are all lines of one table, else ""."""
    table = named_cells[operand[0]][0]
    if len(operand) < 2 or any(named_cells[figure][0] is not table for figure in operand):
        return ""
    places = [named_cells[figure][1] for figure in operand]
    for axis in (0, 1):
        lines, across = (table.rows, table.columns) if axis == 0 else (table.columns, table.rows)
        parts = {index for index, line in enumerate(lines) if line.role != "total"}
        crossings = {place[1 - axis] for place in places}
        if {place[axis] for place in places} == parts and len(crossings) == 1:
            line = across[crossings.pop()]
            if line.member is not None:
                return reference_text(Reference(_name(table), None, line.member), tables)
            return reference_text(Reference(_name(table), line.measure, TOTAL), tables)
    return ""


def _text(table: Table, at: tuple[int, int], tables: Sequence[TableDeclaration]) -> str:
    """Return the reference to one cell, "" where its lines have no names."""
    row, column = table.rows[at[0]], table.columns[at[1]]
    measure = next((line.measure for line in (row, column) if line.measure), None)
    members = [line.member for line in (row, column) if line.member]
    declared = next(one for one in tables if one.name == table.identity)
    if declared.across is not None and len(members) == 2:
        ordered = members if row.dimension == declared.dimension else members[::-1]
        return reference_text(Reference(declared.name, None, None), tables, *ordered)
    if members:
        return reference_text(Reference(declared.name, measure, members[0]), tables)
    if "total" in (row.role, column.role):
        return reference_text(Reference(declared.name, measure, TOTAL), tables)
    return ""


def _name(table: Table) -> str:
    return table.identity or ""
