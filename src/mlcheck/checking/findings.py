"""Violated constraints and remarks made into findings: one for each group that hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from mlcheck.checking.amounts import corrected, stated_of
from mlcheck.checking.arithmetic import CUT, Arithmetic, arithmetic_of, eased, only_cut
from mlcheck.checking.hidden import hidden_part
from mlcheck.checking.left_out import line_in_the_gap
from mlcheck.judging.weights import ERROR, probability
from mlcheck.model.amount import Amount
from mlcheck.model.constraints import Constraint, Remark, Rule
from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.figure import Place
from mlcheck.model.finding import OTHERWISE, TOGETHER, Finding, Related, Severity, Suspect
from mlcheck.model.table import Table
from mlcheck.translation import N_

ORDER = ("TOT", "XTB", "PRT", "AGR", "SHR", "MEA", "VAR", "PLA")
RESTATED = "AGR101"  # the rule of a sentence that restates a figure of a table
ROUND = (1000, 100, 10, 5)  # bases that figures are rounded to
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
WITH_HIDDEN = N_(
    "Printed {stated}; the {count} lines that are shown make {sum}; the hidden {hidden} makes the rest."
)
IN_A_CELL = N_("The sentence says {stated}, the table ({cell}) {expected}.")
HEDGED = N_("Printed “{hedge} {stated}” here and {other} there.")
WITH_NOTE = N_("Printed {stated}; the {count} lines make {sum}, with {note} besides {all}.")


class Writer:
    """What is needed to write the findings of one report: its figures and its rules."""

    __slots__ = ("facts", "places", "rules")

    def __init__(self, facts: Facts, places: Mapping[int, Place], rules: Sequence[Rule]) -> None:
        self.facts, self.places = facts, places
        self.rules = {rule.code: rule for rule in rules}

    def violation(
        self,
        group: Sequence[Constraint],
        odds: int,
        suspects: Sequence[SuspectRow],
        repairs: Sequence[SuspectRow] = (),
    ) -> Finding:
        """Return one finding for constraints that are violated together; the first in ORDER speaks for all.

        Where several corrections are needed at once, `repairs`, they are the suspects.
        """
        main = main_of(group)
        numbers = arithmetic_of(main, self.places)
        rule = self.rules[main.rule]
        stated = self.places[main.stated if main.stated is not None else numbers.others[0]]
        severity = _judged(min((self._severity(one) for one in group), key=SEVERITIES.index), odds)
        said = {"stated": numbers.stated, "expected": numbers.expected}
        values = {
            **{k: v for k, v in said.items() if v is not None},
            "label": stated.label,
            **numbers.values,
            "what": self._what(main),
        }
        found = _together(repairs, len(group), self.places) or _single(
            suspects, main.stated, self.places, self.facts.former
        )
        message = CUT[main.kind] if only_cut(main, self.places) else rule.message
        if (hedge := _hedge_of(main, stated)) and len(numbers.others) == 1:
            message, values = (
                HEDGED,
                {**values, "hedge": hedge, "other": stated_of(self.places[numbers.others[0]])},
            )
        elif cell := self._cell_of(main, numbers, stated):
            message, values = IN_A_CELL, {**values, "cell": cell}
        line = line_in_the_gap(main, self.places) if len(group) == 1 else None
        if line is not None:
            message, values = line.message, {**values, **line.values}
            found = (line.suspect, *(one for one in found if one.figure != line.suspect.figure))
        unseen = tuple(map(self.related, hidden_part(main, self.places)))
        if unseen:
            values["hidden"] = tuple(f"{one.label} {one.stated}".strip() for one in unseen)
            message = WITH_HIDDEN
        return Finding(
            rule.code, rule.name, severity, WITH_NOTE if "note" in values else message, values,
            stated.locator, stated.section, title_of(stated), stated.label if stated.table else "", numbers.stated,
            numbers.expected, numbers.difference, found, (*self._related(group, numbers, stated), *unseen), figure=stated.figure,
            confidence=probability(odds),
        )  # fmt: skip

    def _severity(self, one: Constraint) -> Severity:
        """Return how grave a violation is: a sum of round figures that rounding explains is a warning."""
        if one.kind != "sum" or not one.adaptive or one.severity != "error":
            return eased(one, self.places)
        values = [self.places[f].quantity for f, _ in one.sides[0].terms]
        exact = [q.value for q in values if q]
        base = next((b for b in ROUND if len(exact) > 3 and all(v % b == 0 for v in exact)), 0)
        gap = abs(
            sum(
                (Fraction(c) * q.value for (_, c), q in zip(one.sides[0].terms, values, strict=True) if q),
                Fraction(0),
            )
        )
        return "warning" if base and 2 * gap <= base * len(exact) else "error"

    def _cell_of(self, one: Constraint, numbers: Arithmetic, stated: Place) -> str:
        """Return the address of the one cell that a sentence restates, with its sheet where that is another; else nothing."""
        if one.rule != RESTATED or len(numbers.others) != 1:
            return ""
        there = self.places[numbers.others[0]].locator
        if not there.cell or there.shape is not None or there.file != stated.locator.file:
            return ""
        return there.cell if there.sheet == stated.locator.sheet else f"{there.sheet}!{there.cell}"

    def _what(self, one: Constraint) -> str:
        profile = self.facts.profile
        return next((r.what for r in profile.rules if r.name == one.name), "") if profile else ""

    def _related(
        self, group: Sequence[Constraint], numbers: Arithmetic, stated: Place
    ) -> tuple[Related, ...]:
        figures = dict.fromkeys(numbers.others)
        for one in group:
            if one.stated is not None:
                figures.setdefault(one.stated)
            for side in one.sides:
                figures.update(dict.fromkeys(f for f, _ in side.terms))
        return tuple(
            self.related(f) for f in figures if f != stated.figure and not self._is_idle(f, len(figures))
        )

    def _is_idle(self, figure: int, among: int) -> bool:
        """Tell whether a figure is one of several blanks, which a reader takes for nothing to report."""
        place = self.places[figure]
        if place.state != "blank" or place.table is None:
            return False
        return sum(e.state == "blank" for e in place.table.entries.values()) > max(2, among // 4)

    def related(self, figure: int) -> Related:
        """Return a figure as one that takes part in something."""
        place = self.places[figure]
        return Related(place.locator, place.label, place.printed, figure)

    def remark(self, remark: Remark, odds: int) -> Finding:
        """Return the finding of a remark of some log-odds, at its first figure, else at its table, else at the report."""
        rule = self.rules[remark.rule]
        place = self.places[remark.figures[0]] if remark.figures else None
        table = next((t for t in self.facts.tables if t.name == remark.table), None)
        where = remark.location or (
            place.locator if place else table.locator if table else Locator(self.facts.source)
        )
        section = place.section if place else " / ".join(table.sections) if table else ""
        title = table_title(table) if table else title_of(place) if place else ""
        whole = (
            remark.location is not None or remark.table is not None
        )  # of a label or a table, not of its figure
        found: tuple[Suspect, ...] = ()
        if place and isinstance(remark.expected, Amount):
            found = (
                Suspect(
                    place.locator, place.label, stated_of(place), remark.expected, 1, "", figure=place.figure
                ),
            )
        return Finding(
            rule.code, rule.name, _judged(remark.severity, odds), remark.message, remark.values, where, section, title,
            place.label if place and place.table and not whole else "",
            remark.stated or (stated_of(place) if place and not whole else None), remark.expected,
            suspects=found,
            related=tuple(self.related(f) for f in remark.figures[1:]),
            figure=place.figure if place and _same_line(where, place.locator) else None, confidence=probability(odds),
        )  # fmt: skip


def main_of(group: Sequence[Constraint]) -> Constraint:
    """Return the constraint that speaks for all that are violated together."""

    def rank(one: Constraint) -> tuple[int, int]:
        known = (
            one.rule[:3] in ORDER and one.kind != "distribution"
        )  # which says less than a share that is wrong
        return SEVERITIES.index(one.severity), ORDER.index(one.rule[:3]) if known else len(ORDER)

    return min(group, key=rank)


def _judged(severity: Severity, odds: int) -> Severity:
    """Return how grave a finding of some log-odds is: less sure than nine in ten, it is no error."""
    return "warning" if severity == "error" and odds < ERROR else severity


def _same_line(one: Locator, other: Locator) -> bool:
    """Tell whether two places are one, or stand on the same line of a text."""
    return replace(one, column=None) == replace(other, column=None)


SLIPS = {
    "swapped": N_("two digits swapped"), "changed": N_("one digit changed"), "dropped": N_("a digit left out"),
    "doubled": N_("a digit doubled"), "sign": N_("the sign"), "blank": N_("the only blank of the sum"),
    "factor": N_("a factor of ten"), "one off": N_("off by one"), "added": N_("a digit too many"),
    "exchanged": N_("two digits exchanged"),
}  # fmt: skip
SuspectRow = Mapping[str, Any]  # of the frames SUSPECTS or REPAIRS, with the figure ids of the report
Places = Mapping[int, Place]
LAST_YEAR = N_("last year's figure of the same place")
NEIGHBOUR = N_("the figure of the next cell")
EXCHANGED = N_("the other number of the sentence")
TELLING = 50  # a smaller figure stands in many places by chance


def title_of(place: Place) -> str:
    """Return what a reader calls the table of a figure: its title, else its innermost heading."""
    return "" if place.table is None else table_title(place.table)


def table_title(table: Table) -> str:
    """Return the title of a table, else its innermost heading, else its name."""
    return table.title or (table.sections[-1] if table.sections else table.name)


def in_order(findings: Iterable[Finding], places: Mapping[int, Place]) -> tuple[Finding, ...]:
    """Return findings in the order of the document, those without a place last, errors first at one place."""
    order = {place.locator: n for n, place in enumerate(places.values())}

    def key(finding: Finding) -> tuple[int, int, str]:
        return order.get(finding.location, len(order)), SEVERITIES.index(finding.severity), finding.rule

    return tuple(sorted(findings, key=key))


def grouped(
    constraints: Sequence[Constraint], violated: Mapping[int, int]
) -> Iterator[tuple[int, list[Constraint]]]:
    """Yield the group id and the constraints of each group; `violated` maps a constraint to its group."""
    groups: dict[int, list[Constraint]] = {}
    for index, group in violated.items():
        groups.setdefault(group, []).append(constraints[index])
    yield from groups.items()


# The suspects of a group of violated constraints, with the values that would mend it.


def _single(
    rows: Sequence[SuspectRow], stated: int | None, places: Places, former: Mapping[int, int]
) -> tuple[Suspect, ...]:
    """Return the figures that could be wrong alone, best first; of those tied, the one held to account goes before.

    One that mends everything and prints what stands elsewhere goes before all: it was copied.
    """
    sources = {
        row["figure"]: _copied_from(places[row["figure"]], places, former) for row in rows if row["complete"]
    }
    copies = [row for row in rows if sources.get(row["figure"])]
    tied = [row for row in rows if row["tied"] and row not in copies]
    tied.sort(key=lambda row: stated not in (row["figure"], *row["also"]))
    others = [row for row in rows if not row["tied"] and row not in copies]
    several = len(tied) > 1 and not copies
    return tuple(
        _suspect(
            row, row["mends"], sources.get(row["figure"]) or SLIPS.get(row["slip"], ""), places,
            row["tied"] and several,
        )
        for row in (*copies, *tied, *others)
    )  # fmt: skip


def _hedge_of(main: Constraint, stated: Place) -> str:
    """Return the hedge of a number that is held to another one, "" where it has none."""
    return (stated.claim.hedge or "") if main.kind == "equal" and stated.claim is not None else ""


def _together(rows: Sequence[SuspectRow], mends: int, places: Places) -> tuple[Suspect, ...]:
    """Return the figures of the smallest set of corrections, then those of other sets as small."""
    first: dict[int, SuspectRow] = {}
    for row in sorted(rows, key=lambda row: row["repair"]):
        first.setdefault(row["figure"], row)
    return tuple(
        _suspect(row, mends, OTHERWISE if row["repair"] else TOGETHER, places) for row in first.values()
    )


def _suspect(row: SuspectRow, mends: int, reason: str, places: Places, tied: bool = False) -> Suspect:
    place = places[row["figure"]]
    value = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    also = tuple(places[figure].locator for figure in row["also"] if figure in places)
    return Suspect(
        place.locator,
        place.label,
        stated_of(place),
        corrected(place, value),
        mends,
        reason,
        also,
        tied,
        place.figure,
    )


# A figure that prints what stands elsewhere: last year's, its neighbour's, the other number of its
# sentence.


def _copied_from(place: Place, places: Mapping[int, Place], former: Mapping[int, int]) -> str | None:
    """Return the message that says where a figure seems copied from, None where it prints nothing known."""
    if place.quantity is None or abs(place.quantity.value) < TELLING:
        return None
    then = places.get(former.get(place.figure, -1))
    if then is not None and _same(place, then):
        return LAST_YEAR
    if any(_same(place, other) for other in _neighbours(place, places)):
        return NEIGHBOUR
    if any(_same(place, other) for other in _sentence(place, places)):
        return EXCHANGED
    return None


def _same(place: Place, other: Place) -> bool:
    return (
        place.quantity is not None
        and other.quantity is not None
        and place.quantity.value == other.quantity.value
    )


def _neighbours(place: Place, places: Mapping[int, Place]) -> Iterator[Place]:
    """Yield the figures of the cells above, below, before and after; totals only beside another total."""
    if place.table is None or place.at is None:
        return
    row, column = place.at
    own = {place.table.rows[row].role, place.table.columns[column].role}
    for at in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
        entry = place.table.entries.get(at)
        roles = {place.table.rows[at[0]].role, place.table.columns[at[1]].role} if entry else {"total"}
        if entry is not None and ("total" not in roles or "total" in own):
            yield places[entry.figure]


def _sentence(place: Place, places: Mapping[int, Place]) -> Iterator[Place]:
    """Yield the other numbers of the sentence that a figure stands in, of another unit; they are numbered in a row."""
    if place.claim is None or place.quantity is None:
        return
    for step in (-1, 1):
        figure = place.figure + step
        while (other := places.get(figure)) and other.claim and other.claim.sentence is place.claim.sentence:
            if other.claim.quantity.unit != place.quantity.unit:
                yield other
            figure += step
