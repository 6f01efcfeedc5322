"""Find last year's figure of the same place."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.extraction.binding.places import Index, key_of
from mlcheck.model.claim import Claim
from mlcheck.model.facts import Facts
from mlcheck.model.table import Line, Table
from mlcheck.words import stem, stems


class Former:
    """Last year's report, looked up by the places of this year's."""

    __slots__ = ("_cells", "_claims", "_tables", "facts", "spots")

    def __init__(self, facts: Facts, now: Facts) -> None:
        self.facts = facts
        self.spots = Index()
        self._tables: dict[tuple[str, ...], list[Table]] = {}
        for table in facts.tables:
            self._tables.setdefault(key_of(table), []).append(table)
        self._cells = {e.figure: (t, at) for t in now.tables for at, e in t.entries.items()}
        self._claims = {c.figure: c for c in now.claims}

    def figures(self, figures: tuple[int, ...]) -> tuple[int, ...] | None:
        """Return last year's figures of the same places, None where one is missing."""
        found = [self.figure(f) for f in figures]
        return (
            None if any(f is None for f in found) or not found else tuple(f for f in found if f is not None)
        )

    def figure(self, figure: int) -> int | None:
        """Return last year's figure of the same table, row and column, or of the same sentence."""
        if figure in self._claims:
            claim = self.claim(self._claims[figure])
            return claim.figure if claim else None
        table, (row, column) = self._cells[figure]
        for other in self._tables.get(key_of(table), []):
            r = _same(table.rows[row], table.rows, other.rows)
            c = _same(table.columns[column], table.columns, other.columns)
            if r is not None and c is not None:
                entry = other.entries.get((r, c))
                if entry is not None and entry.state in ("number", "nil"):
                    return entry.figure
        return None

    def value(self, figures: tuple[int, ...]) -> Fraction:
        """Return the sum of some of last year's figures of tables."""
        entries = (e for t in self.facts.tables for e in t.entries.values())
        return sum(
            (e.quantity.value for e in entries if e.figure in figures and e.quantity is not None), Fraction(0)
        )

    def claim(self, claim: Claim) -> Claim | None:
        """Return last year's claim of the same kind, words and chapter, None where none or several fit."""
        words = _words(claim)
        found = [
            other for other in self.facts.claims
            if other.quantity.unit == claim.quantity.unit and _words(other) == words and words
            and other.period == self.facts.year and _chapter(other) == _chapter(claim)
        ]  # fmt: skip
        return (
            found[0] if found and len({(o.quantity.mantissa, o.quantity.scale) for o in found}) == 1 else None
        )


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(stem(w) for w in (*claim.subject, *claim.base) if not w.isdigit())


def _chapter(claim: Claim) -> frozenset[str]:
    return stems(claim.sections[0]) if claim.sections else frozenset()


def _same(line: Line, own: tuple[Line, ...], others: tuple[Line, ...]) -> int | None:
    """Return the index of the line of the same member or label; a lone unlabelled line answers to another."""
    for index, other in enumerate(others):
        if line.member is not None and line.member == other.member:
            return index
    for index, other in enumerate(others):
        if line.role == other.role and _label(line) == _label(other) and line.path[:1] == other.path[:1]:
            return index
    return 0 if len(own) == 1 == len(others) else None


def _label(line: Line) -> frozenset[str]:
    return frozenset(s for s in stems(line.label) if not s.isdigit() or len(s) != 4)
