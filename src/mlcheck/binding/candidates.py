"""What a sentence may speak of in a table: its totals, its lines and its margins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding.vocabulary import (
    Stems,
    acronyms,
    alternatives,
    context_words,
    indicators,
    kinds_of,
    measure_words,
    persons,
)
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_bare_total, is_of_which, is_subtotal, years_back
from mlcheck.language.words import fold, stem, stems
from mlcheck.model.table import Axis, Line, Relation, Table
from mlcheck.tables.descriptors import family_of, some_months

_FEWEST_INDICATORS = 2
_SEVERAL = 2  # years that a total adds up
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
    whole = {*wholes_of(lines)}
    totals = {key: _chief(table, axis, [i for i in own if i in whole]) for key, own in groups.items()}
    outer = {*_outer(table, axis)}
    groups = {key: [i for i in own if i in outer or len(lines) == 1] for key, own in groups.items()}
    if totals.get((None, None)):
        return [totals[None, None]]
    groups = {key: [] if some_months([lines[i] for i in own]) else own for key, own in groups.items()}
    return [made for key, own in groups.items() if (made := totals[key] or own)]


def wholes_of(lines: Sequence[Line]) -> list[int]:
    """Return the lines that are totals, and not of some lines only: no "Total Lens" under "Lens" and "Avion"."""
    years = over_years(lines)
    totals = [
        i for i, line in enumerate(lines)
        if line.role == "total" and i not in years and not is_subtotal(line.label)
    ]  # fmt: skip
    named = {i: stems(lines[i].label) - _total_words() for i in totals}
    if not any(named.values()):
        return totals
    parts = {stems(line.label) for line in lines if line.role == "part"}
    return [i for i in totals if not named[i] or named[i] not in parts]


def over_years(lines: Sequence[Line]) -> frozenset[int]:
    """Return the totals of lines that are all of some year, several years together: "Total 5 ans" is no whole of any."""
    years = [line.year for line in lines if line.role == "part"]
    if None in years or len(set(years)) < _SEVERAL:
        return frozenset()
    return frozenset(i for i, line in enumerate(lines) if line.role == "total" and line.year is None)


@cache
def _total_words() -> Stems:
    return frozenset().union(*map(stems, lexicon().totals.exact))


def _sums(table: Table, axis: Axis) -> list[Relation]:
    years = over_years(table.rows if axis == "row" else table.columns)
    return [r for r in table.relations if r.kind == "sum" and r.axis == axis and r.target not in years]


def _inner(table: Table, axis: Axis) -> set[int]:
    """Return the lines of an axis that are parts of another line of it."""
    return {source for one in _sums(table, axis) for source, _ in one.sources}


def _outer(table: Table, axis: Axis) -> list[int]:
    """Return the lines of an axis that are part of no other, subtotals that lines are known to make included.

    A subtotal alone is of some lines of a table that goes on elsewhere.
    """
    lines = table.rows if axis == "row" else table.columns
    inner, made = _inner(table, axis), {one.target for one in _sums(table, axis)}
    subtotals = {i for i, x in enumerate(lines) if x.role == "total" and i in made} - {*wholes_of(lines)}
    outer = [i for i, x in enumerate(lines) if i not in inner and (x.role != "total" or i in subtotals)]
    return [] if len(outer) == 1 and outer[0] in subtotals else outer


def _chief(table: Table, axis: Axis, totals: Sequence[int]) -> list[int]:
    """Return the total of all among several: the only bare one that is no part of another, else the last.

    Where each totals its own lines under a name of its own, "Total Nord" and "Total Sud", all lines that are part of no
    other make the whole together.
    """
    lines = table.rows if axis == "row" else table.columns
    inner = _inner(table, axis)
    bare = [i for i in totals if is_bare_total(lines[i].label)]
    if len(bare) == 1 and bare[0] not in inner:
        return bare
    made = {one.target for one in _sums(table, axis)}
    apart = [i for i in totals if i not in inner and i in made]
    if not bare and len(apart) > 1 and len(apart) == sum(i not in inner for i in totals):
        return [i for i in _outer(table, axis) if lines[i].role == "part"] + apart
    return list(totals[-1:])


def whole_lines(table: Table, axis: Axis) -> list[int]:
    """Return the printed total of an axis, else the parts whose sum would be the total: no part of another of them."""
    lines = table.rows if axis == "row" else table.columns
    if totals := wholes_of(lines):
        return _chief(table, axis, totals)
    if len(lines) == 1:
        return [0]
    return [i for i in _outer(table, axis) if lines[i].role in ("part", "total")]


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
    return len(lines) == 1 or bool(wholes_of(lines))


def measures_of(table: Table) -> list[int]:
    """Return the columns that measure something rather than being one group of a distribution."""
    parts = [c for c in table.columns if c.role in ("part", "of_which")]
    units = {c.unit for c in parts}
    years = over_years(table.columns)
    margin = any(
        c.role == "total" and (c.unit in units or not parts)
        for i, c in enumerate(table.columns)
        if i not in years
    )
    several = not margin and (
        len(parts) == 1
        or any(is_of_which(c.label) for c in parts)
        or (bool(parts) and all(c.year is not None for c in parts))
        or (len(table.rows) > 1 and _names_counts(table, parts))
    )
    own = [c.role == "total" and several and not margin for c in table.columns]  # of another unit: no margin
    means = means_of(table, "column")
    return [
        c
        for c, line in enumerate(table.columns)
        if c not in means | years and (own[c] or _is_measure(line, several=several))
    ]


def means_of(table: Table, axis: Axis) -> frozenset[int]:
    """Return the lines of an axis that are a mean or a price of others, whatever their words."""
    return frozenset(r.target for r in table.relations if r.axis == axis and r.kind in ("mean", "product"))


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
    if any(w & lexicon().binding.counting for w in words) or len({c.unit for c in parts}) > 1:
        return True
    kinds = [kinds_of(stems(c.label)) for c in parts]
    return all(kinds) and len(set(kinds)) > 1  # "Séances", "Participants"


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
        totals = _chief(table, _ACROSS[axis], wholes_of(across))
        dated = [x for x, line in enumerate(across) if line.year is not None]
        single = totals if len(totals) < 2 else []
        for x in single or (dated if len(dated) == len(across) else []):
            for i, line in enumerate(lines):
                at = (i, x) if axis == "row" else (x, i)
                plain = line.role == "part" and line.label and line.statistic is None and line.year is None
                if plain and line.unit == across[x].unit and table.entries[at].state == "number":
                    yield at, line, across[x]


def is_half_headed(table: Table) -> bool:
    """Tell whether several columns have no label beside some that have: those of its boxhead may be of other columns."""
    nameless = sum(not (column.label or column.path) for column in table.columns)
    return 1 < nameless < len(table.columns)


def lists_indicators(table: Table) -> bool:
    """Tell whether a table lists what a report counts, a line each, under nothing but "Chiffres clés" and its like."""
    if table.identity or len(table.rows) < _FEWEST_INDICATORS:
        return False
    if any(r.axis == "row" and r.kind in ("sum", "distribution", "of_which") for r in table.relations):
        return False
    known = indicators()
    over = {s for s in context_words((*table.sections[-1:], table.title)) if not is_digits(s)}
    return stems(table.stub) <= known if table.stub else bool(over) and over <= known


def key_of(table: Table) -> tuple[str, ...]:
    """Return what names a table from one year to the next: its identity, else its headings without years."""
    if table.identity:
        return (table.identity,)
    parts = (*table.sections, table.title)
    return tuple(" ".join(sorted(s for s in stems(p) if not is_digits(s))) for p in parts)
