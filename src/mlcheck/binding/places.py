"""The figures that a sentence may speak of: totals, lines and margins of tables, and other sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding.vocabulary import Stems, acronyms, alternatives, context_words, measure_words, persons
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_bare_total, is_of_which, is_subtotal, years_back
from mlcheck.language.words import fold, stem, stems
from mlcheck.model.claim import Claim, Link
from mlcheck.model.facts import Facts
from mlcheck.model.table import Axis, Line, Table
from mlcheck.tables.descriptors import family_of

Pair = tuple[tuple[int, ...], tuple[int, ...]]
_ACROSS: dict[str, Axis] = {"row": "column", "column": "row"}


class Candidate(Struct, frozen=True):
    """Figures whose sum a claim may restate: one total, or all the parts of an unprinted one.

    `words` say what is measured, `noun` what the profile says is counted, `context` the headings and the
    title over it, `near` the innermost of these, `line` the label of a single row if it is one. `everything`
    is words and context, `acronyms` are the words that may be one, `names` those that a line goes by.
    `headed` are the persons named over the row labels, whom a table without another measure counts.
    """

    table: Table
    cells: tuple[tuple[int, int], ...]
    unit: str
    words: Stems
    noun: str
    context: Stems
    near: Stems
    everything: Stems
    acronyms: tuple[str, ...]
    line: str = ""
    names: tuple[Stems, ...] = ()
    year: int | None = None
    scenario: str | None = None
    headed: Stems = frozenset()

    def answers(self, period: int | None, year: int | None) -> bool:
        """Tell whether it is of the period that a claim speaks of, in a report of some year, and was done, not aimed at.

        A claim that names no period speaks of the report's own; where neither is known, any will do.
        """
        return _answers(self.year, self.scenario, period, year)

    @property
    def kind(self) -> tuple[object, ...]:
        """What its words say of it, by which it answers to a claim or not."""
        own = self.unit, self.words, self.noun, self.context, self.near, self.acronyms, self.line, self.names
        return (*own, self.headed)

    @property
    def figures(self) -> tuple[int, ...]:
        """The ids of its figures."""
        return tuple(self.table.entries[at].figure for at in self.cells)


def is_of_year(line: Line, year: int | None) -> bool:
    """Tell whether a line states what was done in a year; any will do where either is not known."""
    return _answers(line.year, line.scenario, None, year)


def _answers(own: int | None, scenario: str | None, period: int | None, year: int | None) -> bool:
    if scenario == "target":
        return False
    now = period if period is not None else year
    back = years_back(scenario)
    if own is None and year is not None and back is not None:
        own = year - back
    if own is None and back:
        return False
    return own is None or now is None or own == now


def totals_of(table: Table) -> Iterator[Candidate]:
    """Yield what a table totals: each measure, or the whole of a cross table."""
    context = context_words((*table.sections, table.title))
    near = context_words((*table.sections[-1:], table.title))
    measures, headed = measures_of(table), _headed(table)
    for cells, line in _total_cells(table, measures):
        entries = [table.entries[at] for at in cells]
        if not entries or any(e.state in ("blank", "unknown", "error") for e in entries):
            continue
        noun = stem(fold(line.counts)) if line.counts else ""
        measured = (
            measure_words(" ".join((*line.path, line.label))) if cells[0][1] in measures else frozenset()
        )
        short = acronyms(" ".join(measured))
        yield Candidate(
            table, cells, _unit(table, cells), measured, noun, context, near, measured | context | headed, short,
            year=line.year, scenario=line.scenario, headed=headed,
        )  # fmt: skip


def _headed(table: Table) -> Stems:
    """Return the persons whom the head of the row labels names, none where the title says what is counted by them."""
    own = stems(table.stub)
    return own if own and own <= persons() and (not table.title or own & stems(table.title)) else frozenset()


def _total_cells(table: Table, measures: Sequence[int]) -> Iterator[tuple[tuple[tuple[int, int], ...], Line]]:
    for rows in _alternatives(table, "row"):
        if len({table.rows[r].path for r in rows}) > 1:
            continue  # panels under headings of their own count the same things several times
        for cells, line in _crossed(table, rows, measures):
            own = table.rows[rows[0]]
            dated = (
                line
                if own.year is None and own.scenario is None
                else replace(line, year=own.year, scenario=own.scenario)
            )
            yield cells, dated


def _crossed(
    table: Table, rows: Sequence[int], measures: Sequence[int]
) -> Iterator[tuple[tuple[tuple[int, int], ...], Line]]:
    """Yield the cells of some rows, by measure, with the column that says what they measure."""
    if measures:
        for c in measures:
            yield tuple((r, c) for r in rows), table.columns[c]
        return
    for columns in _alternatives(table, "column"):
        if len(columns) > 1 and not are_disjoint(table, "column", columns):
            continue
        yield tuple((r, c) for r in rows for c in columns), table.columns[columns[-1]]


def _alternatives(table: Table, axis: Axis) -> list[list[int]]:
    """Return what makes the whole of an axis for each year and scenario: its total, else its parts."""
    lines = table.rows if axis == "row" else table.columns
    groups: dict[tuple[int | None, str | None], list[int]] = {}
    for i, line in enumerate(lines):
        if line.statistic is None and (line.role in ("part", "total") or len(lines) == 1):
            groups.setdefault((line.year, line.scenario), []).append(i)
    totals = {
        key: _chief(table, axis, [i for i in own if _is_whole(lines[i])]) for key, own in groups.items()
    }
    inner = _inner(table, axis)
    groups = {
        key: [i for i in own if (lines[i].role != "total" and i not in inner) or len(lines) == 1]
        for key, own in groups.items()
    }
    if totals.get((None, None)):
        return [totals[None, None]]
    return [made for key, own in groups.items() if (made := totals[key] or own)]


def _is_whole(line: Line) -> bool:
    """Tell whether a line is a total, and not of some lines only."""
    return line.role == "total" and not is_subtotal(line.label)


def _inner(table: Table, axis: Axis) -> set[int]:
    """Return the lines of an axis that are parts of another line of it."""
    sums = (r for r in table.relations if r.kind == "sum" and r.axis == axis)
    return {source for one in sums for source, _ in one.sources}


def _chief(table: Table, axis: Axis, totals: Sequence[int]) -> list[int]:
    """Return the total of all among several, at most one: the only bare one that is no part of another, else the last."""
    lines = table.rows if axis == "row" else table.columns
    inner = _inner(table, axis)
    bare = [i for i in totals if is_bare_total(lines[i].label)]
    return bare if len(bare) == 1 and bare[0] not in inner else list(totals[-1:])


def whole_lines(table: Table, axis: Axis) -> list[int]:
    """Return the printed total of an axis, else the parts whose sum would be the total: no part of another of them."""
    lines = table.rows if axis == "row" else table.columns
    totals = [i for i, line in enumerate(lines) if _is_whole(line)]
    if totals:
        return _chief(table, axis, totals)
    inner = _inner(table, axis)
    parts = [i for i, line in enumerate(lines) if line.role == "part" or len(lines) == 1]
    return [i for i in parts if i not in inner]


def are_disjoint(table: Table, axis: Axis, indexes: Sequence[int]) -> bool:
    """Tell whether lines are groups of one whole, which may be added up, and no measures or years of one thing."""
    lines = [(table.rows if axis == "row" else table.columns)[i] for i in indexes]
    alike = len({(line.unit, line.year, line.scenario, line.statistic) for line in lines}) == 1
    if not alike or lines[0].year is not None or lines[0].statistic is not None:
        return False
    if axis == "row" or all(line.member is not None for line in lines):
        return True
    if set(indexes) <= set(measures_of(table)) or any(line.measure is not None for line in lines):
        return False
    return family_of([line.label for line in lines]) is not None


def has_total(lines: Sequence[Line]) -> bool:
    """Tell whether an axis prints its total, or has one line only."""
    return len(lines) == 1 or any(map(_is_whole, lines))


def measures_of(table: Table) -> list[int]:
    """Return the columns that measure something rather than being one group of a distribution."""
    parts = [c for c in table.columns if c.role in ("part", "of_which")]
    units = {c.unit for c in parts}
    margin = any(c.role == "total" and (c.unit in units or not parts) for c in table.columns)
    several = not margin and (
        len(parts) == 1
        or any(is_of_which(c.label) for c in parts)
        or (bool(parts) and all(c.year is not None for c in parts))
        or (len(table.rows) > 1 and _names_counts(table, parts))
    )
    own = [c.role == "total" and several and not margin for c in table.columns]  # of another unit: no margin
    return [c for c, line in enumerate(table.columns) if own[c] or _is_measure(line, several=several)]


def _is_measure(line: Line, *, several: bool) -> bool:
    """Tell whether a column measures something, where its table holds `several` measures or not."""
    if line.statistic is not None:
        return False
    if line.measure is not None:
        return True
    counts = (
        line.member is None and line.role in ("part", "of_which") and line.unit not in ("%", "‰", "points")
    )
    return counts and several


def _names_counts(table: Table, parts: Sequence[Line]) -> bool:
    """Tell whether the heads of several columns name measures: "Nombre de …", "Montant", what the title counts."""
    words = [set(fold(c.label).split()) for c in parts]
    counted = stems(" ".join((table.title, *table.sections[-1:])))
    if any(stems(c.label) and stems(c.label) <= counted for c in parts):
        return True
    return any(w & lexicon().binding.counting for w in words) or len({c.unit for c in parts}) > 1


def _unit(table: Table, cells: Sequence[tuple[int, int]]) -> str:
    return table.columns[cells[0][1]].unit if len({table.columns[c].unit for _, c in cells}) == 1 else "count"


def lines_of(table: Table) -> Iterator[Candidate]:
    """Yield each single row of a table with measures, by its label; of a cross table each line at its total."""
    context = context_words((*table.sections, table.title))
    near = context_words((*table.sections[-1:], table.title))
    measures = measures_of(table)
    for at, line, across in _margins(table) if not measures else ():
        names = tuple(stems(name) for name in alternatives(line.label))
        yield Candidate(
            table, (at,), across.unit, frozenset(), "", context, near, context, acronyms(line.label), line.label, names,
            across.year, across.scenario,
        )  # fmt: skip
    for c in measures:
        column = table.columns[c]
        noun = stem(fold(column.counts)) if column.counts else ""
        measured = measure_words(column.label)
        everything = measured | context
        for r, row in enumerate(table.rows):
            if (
                row.role == "part"
                and row.label
                and row.statistic is None
                and table.entries[r, c].state == "number"
            ):
                names = tuple(stems(name) for name in alternatives(row.label))
                yield Candidate(
                    table, ((r, c),), column.unit, measured, noun, context, near, everything,
                    acronyms(row.label), row.label, names, column.year, column.scenario,
                )  # fmt: skip


def _margins(table: Table) -> Iterator[tuple[tuple[int, int], Line, Line]]:
    """Yield the cell of each part of an axis at the total of the other, or at each year that it lists, with both lines."""
    for axis, lines, across in (("row", table.rows, table.columns), ("column", table.columns, table.rows)):
        totals = _chief(table, _ACROSS[axis], [x for x, line in enumerate(across) if _is_whole(line)])
        dated = [x for x, line in enumerate(across) if line.year is not None]
        for x in totals or (dated if len(dated) == len(across) else []):
            for i, line in enumerate(lines):
                at = (i, x) if axis == "row" else (x, i)
                plain = line.role == "part" and line.label and line.statistic is None and line.year is None
                if plain and line.unit == across[x].unit and table.entries[at].state == "number":
                    yield at, line, across[x]


def _is_of_its_sentence(facts: Facts, link: Link) -> bool:
    """Tell whether a link ties a change to two levels that its own sentence states."""
    own = facts.claims[link.stated].sentence
    several = link.kind == "variation" and len({*link.operands}) > 1
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
        "_counted",
        "_heads",
        "_levels",
        "_lines",
        "_measuring",
        "_near",
        "_pairs",
        "_parts",
        "_printed",
        "_rings",
        "_said",
        "_settled",
        "_speaking",
        "_spelled",
        "_titled",
        "_totalling",
        "_totals",
        "_wholes",
        "read",
        "shares",
    )

    def __init__(self) -> None:
        self.read: set[int] = set()
        self._captions: frozenset[tuple[str, ...]] | None = None
        self._parts: frozenset[int] | None = None
        self._speaking: dict[str, set[str]] | None = None
        self._titled: dict[str, set[str]] | None = None
        self._totalling: dict[str, set[str]] | None = None
        self._counted: dict[tuple[tuple[str, ...], int | None, str], list[Claim]] | None = None
        self._levels: dict[int, list[Claim]] | None = None
        self._pairs: dict[tuple[object, ...], dict[tuple[Fraction, Fraction], Pair]] | None = None
        self._printed: dict[tuple[str, Fraction], list[tuple[Table, tuple[int, int]]]] | None = None
        self._near: dict[tuple[tuple[str, ...], int], frozenset[str]] = {}
        self._wholes: frozenset[int] | None = None
        self._said: frozenset[int] | None = None
        self._settled: frozenset[int] | None = None
        self.shares: dict[tuple[object, ...], Any] = {}
        self._totals: dict[str, tuple[Candidate, ...]] = {}
        self._lines: dict[str, _NamedLines] = {}
        self._heads: dict[str, Stems] = {}
        self._measuring: dict[str, dict[str, list[int]]] = {}
        self._rings: dict[tuple[str, ...], list[list[Table]]] = {}
        self._spelled: dict[tuple[str, Axis], dict[str, list[int]]] = {}

    def parts(self, facts: Facts) -> frozenset[int]:
        """Return the figures that sentences call a part of another."""
        if self._parts is None:
            self._parts = parts_of_shares(facts)
        return self._parts

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
        """Return the claims, by their index, that are changes between two levels of their own sentence."""
        if self._settled is None:
            self._settled = frozenset(link.stated for link in facts.links if _is_of_its_sentence(facts, link))
        return self._settled

    def value(self, table: Table, cells: Sequence[tuple[int, int]]) -> Fraction:
        """Return what some cells of a table make together; what is no number counts for nothing."""
        entries = [table.entries[at] for at in cells]
        self.read.update(e.figure for e in entries if e.quantity is not None)
        return sum((e.quantity.value for e in entries if e.quantity is not None), Fraction(0))

    def differ(self, places: Sequence[Candidate]) -> bool:
        """Tell whether some places do not all make the same number; of a single one no value is read."""
        return len(places) > 1 and len({self.value(one.table, one.cells) for one in places}) > 1

    def levels(self, facts: Facts, claim: Claim) -> Sequence[Claim]:
        """Return the other exact levels of the sentence of a claim."""
        if self._levels is None:
            self._levels = {}
            for one in facts.claims:
                if one.kind in ("count", "part", "sum") and not one.hedge:
                    self._levels.setdefault(one.sentence.id, []).append(one)
        own = self._levels.get(claim.sentence.id, ())
        return [one for one in own if one.figure != claim.figure]

    def counted(self, facts: Facts, claim: Claim, words: Stems) -> list[Claim]:
        """Return the counts of the chapter and the year of a claim whose words hold all of some."""
        if self._counted is None:
            self._counted = {}
            for one in facts.claims:
                if one.kind in ("count", "part"):
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


def key_of(table: Table) -> tuple[str, ...]:
    """Return what names a table from one year to the next: its identity, else its headings without years."""
    if table.identity:
        return (table.identity,)
    parts = (*table.sections, table.title)
    return tuple(" ".join(sorted(s for s in stems(p) if not is_digits(s))) for p in parts)
