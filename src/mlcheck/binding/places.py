"""The places of a report that sentences may speak of, looked up by their words, their headings and their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from mlcheck.binding.candidates import (
    Candidate,
    is_half_headed,
    lines_of,
    lists_indicators,
    totals_of,
    wholes_of,
)
from mlcheck.binding.clause import Clause, clauses, labels_of
from mlcheck.binding.vocabulary import Stems, context_words
from mlcheck.language.words import stem
from mlcheck.model.claim import Claim, Link
from mlcheck.model.facts import Facts
from mlcheck.model.table import Axis, Line, Table

MOST_LEVELS = 40
Pair = tuple[tuple[int, ...], tuple[int, ...]]


def _is_of_its_sentence(facts: Facts, link: Link) -> bool:
    """Tell whether a link ties a change or a share to two levels that its own sentence states."""
    own = facts.claims[link.stated].sentence
    several = link.kind in ("variation", "share") and len({*link.operands}) > 1
    return several and all(facts.claims[n].sentence is own for n in link.operands)


class _NamedLines:
    """The lines of a table by a stem of each of their names, and by the words that may be acronyms of what they count."""

    __slots__ = ("_acronyms", "_by_stem", "_lines")

    def __init__(self, lines: tuple[Candidate, ...]) -> None:
        self._lines = lines
        self._by_stem: dict[str, list[int]] = {}
        self._acronyms: dict[str, list[int]] = {}
        for n, line in enumerate(lines):
            for first in {min(name) for name in line.names if name}:
                self._by_stem.setdefault(first, []).append(n)
            for word in line.acronyms:
                self._acronyms.setdefault(word, []).append(n)

    def of(self, words: Stems, initials: str) -> list[Candidate]:
        """Return the lines that some stems or some initials may name."""
        found = {n for word in words for n in self._by_stem.get(word, ())}
        if len(initials) > 2:
            found |= {n for word, own in self._acronyms.items() if word in initials for n in own}
        return [self._lines[n] for n in sorted(found)]


class Index:
    """The candidates of each table and the rings of tables around each heading, made once a report.

    Whoever binds reads the values of figures through it alone; `read` has the figures whose value was looked at, and
    `shares` what words were found to name.
    """

    __slots__ = (
        "_captions",
        "_clauses",
        "_counted",
        "_heads",
        "_indicators",
        "_labels",
        "_levels",
        "_lines",
        "_measuring",
        "_near",
        "_pairs",
        "_parts",
        "_places",
        "_printed",
        "_printed_wholes",
        "_rings",
        "_said",
        "_settled",
        "_speaking",
        "_spelled",
        "_spoken",
        "_titled",
        "_totalling",
        "_totals",
        "_wholes",
        "read",
        "shares",
    )

    def __init__(self, *, spoken: Facts | None = None) -> None:
        """Make one for the tables of a report; the sentences are those of `spoken`, else of the report itself."""
        self._spoken = spoken
        self.read: set[int] = set()
        self._captions: frozenset[tuple[str, ...]] | None = None
        self._clauses: dict[int, Clause] | None = None
        self._places: dict[int, tuple[Table, tuple[int, int]]] | None = None
        self._labels: dict[tuple[str, ...], dict[str, set[Stems]]] | None = None
        self._parts: frozenset[int] | None = None
        self._speaking: dict[str, set[str]] | None = None
        self._titled: dict[str, set[str]] | None = None
        self._totalling: dict[str, set[str]] | None = None
        self._counted: dict[tuple[tuple[str, ...], int | None, str], list[Claim]] | None = None
        self._levels: dict[int, list[Claim]] | None = None
        self._pairs: dict[tuple[object, ...], dict[tuple[Fraction, Fraction], Pair]] | None = None
        self._printed: dict[tuple[str, Fraction], list[tuple[Table, tuple[int, int]]]] | None = None
        self._printed_wholes: frozenset[Fraction] | None = None
        self._near: dict[tuple[tuple[str, ...], int], frozenset[str]] = {}
        self._wholes: frozenset[int] | None = None
        self._said: frozenset[int] | None = None
        self._settled: frozenset[int] | None = None
        self.shares: dict[tuple[object, ...], Any] = {}
        self._totals: dict[str, tuple[Candidate, ...]] = {}
        self._lines: dict[str, _NamedLines] = {}
        self._heads: dict[str, Stems] = {}
        self._indicators: frozenset[str] | None = None
        self._measuring: dict[str, dict[str, list[int]]] = {}
        self._rings: dict[tuple[str, ...], list[list[Table]]] = {}
        self._spelled: dict[tuple[str, Axis], dict[str, list[int]]] = {}

    def parts(self, facts: Facts) -> frozenset[int]:
        """Return the figures that sentences call a part of another."""
        if self._parts is None:
            self._parts = parts_of_shares(facts)
        return self._parts

    def clauses(self, facts: Facts) -> dict[int, Clause]:
        """Return what the clause of each exact count says around it, by its figure."""
        if self._clauses is None:
            self._clauses = clauses(self._spoken or facts)
        return self._clauses

    def labels(self, facts: Facts, table: Table, claim: Claim, words: Stems) -> set[Stems]:
        """Return the labels, of the tables under the heading of a table and under that of a claim, that some stems say whole."""
        if self._labels is None:
            self._labels = {}
            for one in facts.tables:
                known = self._labels.setdefault(one.sections, {})
                for label in labels_of(one):
                    known.setdefault(min(label), set()).add(label)
        found: set[Stems] = set()
        for sections in {table.sections, claim.sections}:
            known = self._labels.get(sections, {})
            found.update(label for word in words for label in known.get(word, ()) if label <= words)
        return found

    def place(self, facts: Facts, figure: int) -> tuple[Table, tuple[int, int]] | None:
        """Return where a table prints a figure, None where none does."""
        if self._places is None:
            self._places = {
                entry.figure: (table, at) for table in facts.tables for at, entry in table.entries.items()
            }
        return self._places.get(figure)

    def wholes(self, facts: Facts) -> frozenset[int]:
        """Return the figures that sentences call the whole of another."""
        if self._wholes is None:
            self._wholes = wholes_of_shares(facts)
        return self._wholes

    def said_wholes(self, facts: Facts) -> frozenset[int]:
        """Return the figures that sentences take a percentage of: "45 % des 1 000 jeunes"."""
        if self._said is None:
            links = (link for link in facts.links if link.kind == "whole")
            self._said = frozenset(facts.claims[link.operands[0]].figure for link in links)
        return self._said

    def settled(self, facts: Facts) -> frozenset[int]:
        """Return the claims, by their index, that are changes or shares of two levels of their own sentence."""
        if self._settled is None:
            self._settled = frozenset(link.stated for link in facts.links if _is_of_its_sentence(facts, link))
        return self._settled

    def value(self, table: Table, cells: Sequence[tuple[int, int]]) -> Fraction:
        """Return what some cells of a table make together; what is no number counts for nothing."""
        entries = [table.entries[at] for at in cells]
        self.read.update(e.figure for e in entries if e.quantity is not None)
        return sum((e.quantity.value for e in entries if e.quantity is not None), Fraction(0))

    def values(self, facts: Facts, figures: Collection[int]) -> list[Fraction]:
        """Return what some figures of tables print; what is no number is left out."""
        self.read.update(figures)
        places = (self.place(facts, figure) for figure in figures)
        printed = (place[0].entries[place[1]].quantity for place in places if place is not None)
        return [quantity.value for quantity in printed if quantity is not None]

    def differ(self, places: Sequence[Candidate]) -> bool:
        """Tell whether some places do not all make the same number; of a single one no value is read."""
        return len(places) > 1 and len({self.value(one.table, one.cells) for one in places}) > 1

    def levels(self, facts: Facts, claim: Claim) -> Sequence[Claim]:
        """Return the other exact levels of the sentence of a claim, none where they are so many that they are data."""
        if self._levels is None:
            self._levels = {}
            for one in facts.claims:
                if one.kind in ("count", "part", "sum") and not one.hedge:
                    self._levels.setdefault(one.sentence.id, []).append(one)
        own = self._levels.get(claim.sentence.id, ())
        if len(own) > MOST_LEVELS:
            return ()
        return [one for one in own if one.figure != claim.figure]

    def counted(self, facts: Facts, claim: Claim, words: Stems) -> list[Claim]:
        """Return the exact counts of the chapter and the year of a claim whose words hold all of some."""
        if self._counted is None:
            self._counted = {}
            for one in facts.claims:
                if one.kind in ("count", "part") and not one.hedge:
                    for word in {stem(w) for w in (*one.subject, *one.base)}:
                        self._counted.setdefault((one.sections[:1], one.period, word), []).append(one)
        known = self._counted
        lists = [known.get((claim.sections[:1], claim.period, word), []) for word in words]
        rarest = min(lists, key=len)
        return [one for one in rarest if words <= {stem(w) for w in (*one.subject, *one.base)}]

    def said_pair(self, facts: Facts, claim: Claim) -> Pair | None:
        """Return the level of a claim's very words and years and the one before it, as one other sentence of its heading says them."""
        if self._pairs is None:
            self._pairs = {}
            for before in facts.claims:
                level = facts.claims[before.of] if before.of is not None else None
                if level is not None and _is_level_before(before, level):
                    key = before.sections, level.subject, level.base, level.period, before.period
                    self._pairs.setdefault(key, {})[level.quantity.value, before.quantity.value] = (
                        (level.figure,),
                        (before.figure,),
                    )
        found = self._pairs.get(
            (claim.sections, claim.subject, claim.base, claim.period, claim.reference), {}
        )
        return next(iter(found.values())) if len(found) == 1 else None

    def printing(self, facts: Facts, level: Claim, rings: int) -> list[tuple[Table, tuple[int, int]]]:
        """Return where tables in the nearest rings print the number of a level, in its unit."""
        if self._printed is None:
            self._printed = {}
            for table in facts.tables:
                for at, entry in table.entries.items():
                    if entry.quantity is not None and not table.hidden:
                        key = (entry.quantity.unit, entry.quantity.value)
                        self._printed.setdefault(key, []).append((table, at))
        found = self._printed.get((level.quantity.unit, level.quantity.value), ())
        if not found:
            return []
        around = (level.sections, rings)
        if around not in self._near:
            self._near[around] = frozenset(
                t.name for ring in self.rings(facts, level.sections)[:rings] for t in ring
            )
        near = [(table, at) for table, at in found if table.name in self._near[around]]
        self.read.update(table.entries[at].figure for table, at in near)
        return near

    def prints(self, facts: Facts, table: Table, cells: Sequence[tuple[int, int]]) -> bool:
        """Tell whether the report prints what some cells of a table make: in a sentence, as a total, among its indicators."""
        if self._printed_wholes is None:
            self._printed_wholes = frozenset(_wholes_printed(facts, self.indicators(facts)))
        return self.value(table, cells) in self._printed_wholes

    def rings(self, facts: Facts, sections: tuple[str, ...]) -> list[list[Table]]:
        """Return the tables of the report in rings around a heading."""
        if sections not in self._rings:
            if self._captions is None:
                self._captions = _captions(facts)
            self._rings[sections] = _near_tables(facts, sections, self._captions)
        return self._rings[sections]

    def totals(self, table: Table) -> tuple[Candidate, ...]:
        """Return what a table totals."""
        if table.name not in self._totals:
            self._totals[table.name] = tuple(totals_of(table))
        return self._totals[table.name]

    def totals_saying(self, table: Table, words: Stems) -> list[Candidate]:
        """Return what a table totals and measures by one of some stems, in order."""
        totals = self.totals(table)
        if table.name not in self._measuring:
            measuring = self._measuring[table.name] = {}
            for n, one in enumerate(totals):
                for word in one.words:
                    measuring.setdefault(word, []).append(n)
        own = self._measuring[table.name]
        return [totals[n] for n in sorted({n for word in words for n in own.get(word, ())})]

    def lines(self, table: Table, words: Stems, initials: str) -> list[Candidate]:
        """Return the lines of a table of which a name may be said by some stems, or an acronym by some initials, in order."""
        if table.name not in self._lines:
            self._lines[table.name] = _NamedLines(tuple(lines_of(table)))
        return self._lines[table.name].of(words, initials)

    def heads(self, table: Table) -> Stems:
        """Return the stems of the title of a table and of the heads of its counts."""
        if table.name not in self._heads:
            counts = (column.label for column in table.columns if column.unit == "count")
            self._heads[table.name] = context_words((table.title, *counts))
        return self._heads[table.name]

    def indicators(self, facts: Facts) -> frozenset[str]:
        """Return the names of the tables that list indicators, which sentences of the whole report restate."""
        if self._indicators is None:
            self._indicators = frozenset(t.name for t in facts.tables if lists_indicators(t))
        return self._indicators

    def speaking(
        self, facts: Facts, words: Stems, spellings: Callable[[Line], Sequence[Stems]]
    ) -> frozenset[str]:
        """Return the names of the tables of which a line has one of some stems in its label."""
        if self._speaking is None:
            self._speaking = {}
            for table in facts.tables:
                for axis in ("row", "column"):
                    for word in self.spelled(table, axis, spellings):
                        self._speaking.setdefault(word, set()).add(table.name)
        return frozenset().union(*(self._speaking.get(word, ()) for word in words))

    def titled(self, facts: Facts, words: Stems) -> frozenset[str]:
        """Return the names of the tables whose title and headings say all of some stems."""
        if self._titled is None:
            self._titled = {}
            for table in facts.tables:
                for word in context_words((*table.sections, table.title)):
                    self._titled.setdefault(word, set()).add(table.name)
        own = [self._titled.get(word, set()) for word in words]
        return frozenset(set.intersection(*own)) if own else frozenset()

    def totalling(self, facts: Facts, words: Stems) -> frozenset[str]:
        """Return the names of the tables that total what one of some stems names."""
        if self._totalling is None:
            self._totalling = {}
            for table in facts.tables:
                for candidate in self.totals(table):
                    for word in candidate.words:
                        self._totalling.setdefault(word, set()).add(table.name)
        return frozenset().union(*(self._totalling.get(word, ()) for word in words))

    def spelled(
        self, table: Table, axis: Axis, spellings: Callable[[Line], Sequence[Stems]]
    ) -> Mapping[str, Sequence[int]]:
        """Return the lines of a table whose label, or one of its other spellings, has a stem, by stem."""
        key = (table.name, axis)
        if key not in self._spelled:
            found: dict[str, list[int]] = {}
            for index, line in enumerate(table.rows if axis == "row" else table.columns):
                for word in frozenset().union(*spellings(line)):
                    found.setdefault(word, []).append(index)
            self._spelled[key] = found
        return self._spelled[key]


def _wholes_printed(facts: Facts, listing: frozenset[str]) -> Iterator[Fraction]:
    """Yield the counts that exact sentences, totals and indicators print."""
    for claim in facts.claims:
        if claim.kind in ("count", "sum") and not claim.hedge and claim.quantity.unit == "count":
            yield claim.quantity.value
    for table in facts.tables:
        rows, columns = {*wholes_of(table.rows)}, {*wholes_of(table.columns)}
        for (r, c), entry in table.entries.items():
            total = r in rows or c in columns or table.name in listing
            if total and entry.quantity is not None and not table.hidden:
                yield entry.quantity.value


def _is_level_before(before: Claim, level: Claim) -> bool:
    """Tell whether an exact level is that of an earlier year of the one it is set against."""
    kinds = ("count", "part", "sum")
    alike = before.quantity.unit == level.quantity.unit and before.subject == level.subject
    exact = not (before.hedge or level.hedge) and before.kind in kinds and level.kind in kinds
    years = before.period, level.period
    return exact and alike and None not in years and before.period != level.period


def wholes_of_shares(facts: Facts) -> frozenset[int]:
    """Return the figures that sentences call the whole of another: "15 immersions sur 836"."""
    shares = (link for link in facts.links if link.kind == "share" and len(link.operands) > 1)
    return frozenset(facts.claims[link.operands[1]].figure for link in shares)


def parts_of_shares(facts: Facts) -> frozenset[int]:
    """Return the figures that sentences call a part of another: "15 immersions sur 836"."""
    shares = (link for link in facts.links if link.kind == "share" and link.operands)
    return frozenset(facts.claims[link.operands[0]].figure for link in shares)


def _captions(facts: Facts) -> frozenset[tuple[str, ...]]:
    """Return the headings that stand over one table and no claim, as a caption does."""
    tables = Counter(table.sections for table in facts.tables)
    spoken = {claim.sections for claim in facts.claims}
    return frozenset(own for own, count in tables.items() if count == 1 and len(own) > 1) - spoken


def _near_tables(
    facts: Facts, sections: tuple[str, ...], captions: frozenset[tuple[str, ...]]
) -> list[list[Table]]:
    """Return the tables in rings: under the same heading, in the same part, in the same chapter, elsewhere."""
    rings: list[list[Table]] = [[], [], [], []]
    for table in facts.tables:
        if is_half_headed(table):
            continue
        own = table.sections[:-1] if table.sections in captions else table.sections
        if own == sections:
            rings[0].append(table)
        elif own[:2] == sections[:2] and len(sections) > 1:
            rings[1].append(table)
        elif own[:1] == sections[:1]:
            rings[2].append(table)
        else:
            rings[3].append(table)
    return rings
