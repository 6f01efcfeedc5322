"""Violated constraints and remarks made into findings: one for each group that hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from mlcheck.checking.arithmetic import Arithmetic, arithmetic_of
from mlcheck.checking.places import Place
from mlcheck.checking.suspects import Row, single, together
from mlcheck.checking.truncation import CUT, eased, only_cut
from mlcheck.model.constraints import Constraint, Remark, Rule
from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Finding, Related, Severity
from mlcheck.model.table import Table
from mlcheck.translation import N_

ORDER = ("TOT", "XTB", "PRT", "AGR", "SHR", "MEA", "VAR", "PLA")
ROUND = (1000, 100, 10, 5)  # bases that figures are rounded to
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
WITH_NOTE = N_("Printed {stated}; the {count} lines make {sum}, with {note} besides {all}.")


class Writer:
    """What is needed to write the findings of one report: its figures, its rules, its language."""

    __slots__ = ("facts", "language", "places", "rules")

    def __init__(
        self, facts: Facts, places: Mapping[int, Place], rules: Sequence[Rule], language: str
    ) -> None:
        self.facts, self.places, self.language = facts, places, language
        self.rules = {rule.code: rule for rule in rules}

    def violation(
        self, group: Sequence[Constraint], suspects: Sequence[Row], repairs: Sequence[Row] = ()
    ) -> Finding:
        """Return one finding for constraints that are violated together; the first in ORDER speaks for all.

        Where several corrections are needed at once, `repairs`, they are the suspects.
        """
        main = min(group, key=self._rank)
        numbers = arithmetic_of(main, self.places, self.language)
        rule = self.rules[main.rule]
        stated = self.places[main.stated if main.stated is not None else numbers.others[0]]
        severity = min((self._severity(one) for one in group), key=SEVERITIES.index)
        values = {"label": stated.label, **numbers.values, "what": self._what(main)}
        found = together(repairs, len(group), self.places, self.language) or single(
            suspects, main.stated, self.places, self.language, self.facts.former
        )
        message = CUT[main.kind] if only_cut(main, self.places) else rule.message
        return Finding(
            rule.code, rule.name, severity, WITH_NOTE if "note" in values else message, values,
            stated.locator, stated.section, title_of(stated), stated.label if stated.table else "", numbers.stated,
            numbers.expected, numbers.difference, found, self._related(group, numbers, stated),
        )  # fmt: skip

    def _rank(self, one: Constraint) -> tuple[int, int]:
        family = ORDER.index(one.rule[:3]) if one.rule[:3] in ORDER else len(ORDER)
        return SEVERITIES.index(one.severity), family

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

    def remark(self, remark: Remark) -> Finding:
        """Return the finding of a remark, at its first figure, else at its table, else at the report."""
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
        return Finding(
            rule.code, rule.name, remark.severity, remark.message, remark.values, where, section, title,
            place.label if place and place.table and not whole else "",
            remark.stated or (place.printed if place and not whole else None), remark.expected,
            related=tuple(self.related(f) for f in remark.figures[1:]),
        )  # fmt: skip


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
