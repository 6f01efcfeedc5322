"""Find last year's figure of the same place."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.binding.candidates import Candidate, is_half_headed, key_of
from mlcheck.binding.counts import MARGIN, bearing, bind_count, find
from mlcheck.binding.places import Index, parts_of_shares
from mlcheck.language.characters import is_digits
from mlcheck.language.roles import years_back
from mlcheck.language.words import fold, stem, stems
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.table import Line, Table
from mlcheck.translation import N_


class Former:
    """Last year's figures, looked up by the places of this year's: beside them in their table, or in last year's report.

    `facts` is last year's report, None where there is none.
    """

    __slots__ = ("_cells", "_claims", "_parts", "_tables", "candidates", "facts", "now")

    def __init__(self, facts: Facts | None, now: Facts) -> None:
        self.facts, self.now = facts, now
        self.candidates = Index(spoken=now)
        self._tables: dict[tuple[str, ...], list[Table]] = {}
        for table in facts.tables if facts is not None else ():
            if is_half_headed(table):
                continue
            self._tables.setdefault(key_of(table), []).append(table)
        self._cells = {e.figure: (t, at) for t in now.tables for at, e in t.entries.items()}
        self._claims = {c.figure: c for c in now.claims}
        self._parts = parts_of_shares(now) | (parts_of_shares(facts) if facts is not None else frozenset())

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
        beside = figure_beside(table, (row, column), self.now.year)
        if beside is not None:
            return beside
        then = self.facts.year if self.facts is not None else None
        for other in self._tables.get(key_of(table), []):
            r = _same(row, table.rows, other.rows, then)
            c = _same(column, table.columns, other.columns, then, placed=False)
            if r is not None and c is not None:
                entry = other.entries.get((r, c))
                if entry is not None and entry.state in ("number", "nil"):
                    return entry.figure
        return None

    def prints(self, figures: tuple[int, ...], claim: Claim) -> bool:
        """Tell whether one figure of this year's tables prints what a claim states."""
        if len(figures) != 1 or figures[0] not in self._cells:
            return False
        table, at = self._cells[figures[0]]
        quantity = table.entries[at].quantity
        return quantity is not None and quantity.value == claim.quantity.value

    def value(self, figures: tuple[int, ...]) -> Fraction:
        """Return the sum of some of last year's figures of tables."""
        tables = (*self.now.tables, *(self.facts.tables if self.facts is not None else ()))
        entries = (e for t in tables for e in t.entries.values())
        return sum(
            (e.quantity.value for e in entries if e.figure in figures and e.quantity is not None), Fraction(0)
        )

    def claim(self, claim: Claim) -> Claim | None:
        """Return last year's claim of the same kind, words and chapter, None where none or several fit."""
        words = _words(claim)
        if self.facts is None:
            return None
        found = [
            other for other in self.facts.claims
            if other.kind == claim.kind and (other.figure in self._parts) == (claim.figure in self._parts)
            and other.quantity.unit == claim.quantity.unit and _words(other) == words and words
            and other.period == self.facts.year and _chapter(other) == _chapter(claim) and not other.hedge
        ]  # fmt: skip
        return (
            found[0] if found and len({(o.quantity.mantissa, o.quantity.scale) for o in found}) == 1 else None
        )

    @property
    def missing(self) -> str:
        """Why nothing is found, where nothing is."""
        return NO_PRIOR if self.facts is None else NOT_IN_PRIOR


def figure_beside(table: Table, at: tuple[int, int], year: int | None) -> int | None:
    """Return the figure that a table prints for the year before, in the same row and beside it, or the other way round."""
    row, column = at
    for lines, index, place in (
        (table.columns, column, lambda i: (row, i)),
        (table.rows, row, lambda i: (i, column)),
    ):
        line = lines[index]
        now, then = period_of(line, year), None
        for other, candidate in enumerate(lines):
            if now is not None and period_of(candidate, year) == now - 1 and alike(line, candidate):
                then = other
        entry = table.entries.get(place(then)) if then is not None else None
        if entry is not None and entry.state in ("number", "nil"):
            return entry.figure
    return None


def period_of(line: Line, year: int | None) -> int | None:
    """Return the year that a line is of in a report of some year."""
    back = years_back(line.scenario)
    return year - back if line.year is None and year is not None and back is not None else line.year


def alike(one: Line, other: Line) -> bool:
    """Tell whether two lines state the same thing of two years."""
    dated = None not in (years_back(one.scenario), years_back(other.scenario))
    same = one.scenario == other.scenario
    labels = _undated(one) == _undated(other) or (dated and not same)
    paths = [
        frozenset(s for text in line.path for s in stems(text) if not is_digits(s)) for line in (one, other)
    ]
    return (
        (same or dated)
        and labels
        and paths[0] == paths[1]
        and one.unit == other.unit
        and one.statistic == other.statistic
    )


def _undated(line: Line) -> str:
    return " ".join(word for word in fold(line.label).split() if not (is_digits(word) and len(word) == 4))


NO_PRIOR = N_("needs last year's report (--prior)")
NOT_IN_PRIOR = N_("last year's report does not print this figure")
OTHER_YEAR = N_("it speaks of another year than the report to compare with")
UNSURE = N_("its words may mean another figure of last year's report")
Bindings = dict[int, Binding]


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(stem(w) for w in (*claim.subject, *claim.base) if not is_digits(w) or len(w) != 4)


def _chapter(claim: Claim) -> frozenset[str]:
    return stems(claim.sections[0]) if claim.sections else frozenset()


def _same(
    at: int, own: tuple[Line, ...], others: tuple[Line, ...], year: int | None, *, placed: bool = True
) -> int | None:
    """Return the index of the line of the same member or label; a lone unlabelled line answers to another.

    Of last year's report of that `year`, what it printed of another year before is not meant. Of several rows of one
    label each answers to the one in its place, where both reports have as many; columns of one label, which are not
    `placed`, differ by words that were not read.
    """
    line = own[at]
    then = [
        (index, other) for index, other in enumerate(others)
        if year is None or period_of(other, year) in (None, year)
    ]  # fmt: skip
    for index, other in then:
        if line.member is not None and line.member == other.member:
            return index
    alike = [index for index, other in then if line.role == other.role and _is_called(other, line)]
    # Folding takes the signs away: "CDD > 6 mois" and "CDD < 6 mois" are two lines.
    printed = [index for index in alike if _printed(others[index]) == _printed(line)]
    exact = printed or [index for index in alike if fold(others[index].label) == fold(line.label)]
    twins = [index for index, other in enumerate(own) if _is_called(other, line)]
    if len(twins) == 1 and (exact or alike):
        return (exact or alike)[0]
    same = [
        index for index in twins if _printed(own[index]) == _printed(line) and own[index].role == line.role
    ]
    if exact and placed and len(same) == len(exact):
        return exact[same.index(at)]
    return 0 if len(own) == 1 == len(others) else None


def _is_called(other: Line, line: Line) -> bool:
    """Tell whether two lines have the same label under the same heads, years apart."""
    return _label(line) == _label(other) and _above(line) == _above(other)


def _printed(line: Line) -> str:
    return " ".join(line.label.casefold().split())


def _above(line: Line) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(s for s in stems(text) if not is_digits(s) or len(s) != 4) for text in line.path)


def _label(line: Line) -> frozenset[str]:
    return frozenset(s for s in stems(line.label) if not is_digits(s) or len(s) != 4)


# Bind the figures of last year that a report quotes to what last year's report printed.


def last_year(facts: Facts, former: Former | None) -> int | None:
    """Return the year that the prior report speaks of, else the one before the report's."""
    then = former.facts.year if former is not None and former.facts is not None else None
    if facts.year is None or (then is not None and then < facts.year):
        return then
    return facts.year - 1


def quoted_share(facts: Facts, former: Former | None, claim: Claim, found: Bindings) -> Binding:
    """Bind a share of last year to the same part and whole in last year's report, or to its sentence."""
    if claim.period != last_year(facts, former):
        return Binding("former share", reason=OTHER_YEAR)
    if former is None:
        return Binding("former share", reason=NO_PRIOR)
    present = found.get(claim.of) if claim.of is not None else None
    if present is not None and present.reason is None and present.kind in ("share", "equal"):
        operands = [former.figures(o) for o in present.operands]
        if all(o is not None for o in operands):
            kept = tuple(o for o in operands if o is not None)
            return Binding(f"former {present.kind}", kept, present.words, pin=present.pin)
    stated = former.claim(facts.claims[claim.of] if claim.of is not None else claim)
    if stated is not None:
        return Binding("former equal", ((stated.figure,),), claim.subject)
    return Binding("former share", reason=former.missing)


def quoted_count(
    facts: Facts, former: Former | None, candidates: Index, claim: Claim, found: Bindings
) -> Binding:
    """Bind a count of last year to the place in last year's report of the figure that it is compared with.

    Where it is compared with none, its words are looked for among this year's tables, then last year's; what is set
    against a number that no table answers to is held to none either.
    """
    if claim.period != last_year(facts, former):
        return Binding("former count", reason=OTHER_YEAR)
    compared = facts.claims[claim.of] if claim.of is not None else None
    now = found.get(claim.of) if claim.of is not None else None
    bound = now is not None and now.kind == "count" and now.reason is None
    if former is None:
        present = now.operands[:1] if now is not None and bound else _own(compared)
        return Binding("former count", present, reason=NO_PRIOR)
    if now is not None and bound:
        places = [figures for o in now.operands if (figures := former.figures(o))]
        if places:
            return Binding("former count", tuple(places), now.words, pin=now.pin)
    if compared is not None and (stated := former.claim(compared)) is not None:
        return Binding("former count", ((stated.figure,),), compared.subject)
    if former.facts is None:
        return Binding(
            "former count", now.operands[:1] if now is not None and bound else _own(compared), reason=NO_PRIOR
        )
    if compared is not None and (compared.kind not in ("count", "part", "sum") or not bound):
        return Binding("former count", reason=NOT_IN_PRIOR)
    return _by_its_words(facts, former, candidates, claim)


def _own(claim: Claim | None) -> tuple[tuple[int, ...], ...]:
    """Return the figure that a quoted one is compared with, where its sentence prints it."""
    return () if claim is None or claim.quantity.unit not in ("count", "€") else ((claim.figure,),)


def _of_period(facts: Facts, former: Former, place: Candidate, period: int | None) -> tuple[int, ...] | None:
    """Return the figures of a place in an earlier year: its own where this year's table prints that year."""
    back = years_back(place.scenario)
    own = facts.year - back if place.year is None and facts.year is not None and back else place.year
    return place.figures if own == period is not None else former.figures(place.figures)


def _by_its_words(facts: Facts, former: Former, candidates: Index, claim: Claim) -> Binding:
    """Bind a count to last year's figure of the place that its words name this year."""
    matches = find(facts, claim, candidates)
    best = [m for m in matches if m.score > matches[0].score - MARGIN]
    places = [figures for m in best if (figures := _of_period(facts, former, m.candidate, claim.period))]
    if not places or candidates.differ([m.candidate for m in best]):
        assert former.facts is not None
        binding = bind_count(former.facts, claim, former.candidates)
        return Binding("former count", binding.operands, binding.words, binding.reason, binding.candidates)
    if not best[0].sure:
        return Binding("former count", reason=UNSURE, candidates=places[0][:1])
    return Binding("former count", tuple(places), bearing(facts, claim, best[0].candidate))
