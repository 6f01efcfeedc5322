"""Tables and rows that the profile requires, or does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.profile import Profile
from mlcheck.model.table import Entry, Line, Relation, Table
from mlcheck.tables.descriptors import family_of
from mlcheck.translation import N_


def table_is_missing(facts: Facts) -> Iterator[Remark]:
    """A table that the profile requires is not in the report, or not recognised in it.

    The rules that name it cannot be checked.
    """
    found = {table.identity for table in facts.tables}
    for declared in facts.profile.tables if facts.profile else ():
        if declared.required and declared.name not in found:
            yield Remark(
                "STR101", "error", 'The table "{name}" ({title}) is missing.',
                {"name": declared.name, "title": declared.titles[0] if declared.titles else declared.section},
            )  # fmt: skip


def row_is_missing(facts: Facts) -> Iterator[Remark]:
    """A row that the profile requires is not in its table: a commune of the territory, a required member."""
    profile = facts.profile
    for table in facts.tables if profile else ():
        declared = next((d for d in profile.tables if d.name == table.identity), None) if profile else None
        if declared is None or profile is None:
            continue
        members = {line.member for line in (*table.rows, *table.columns) if line.member}
        dimension = next((d for d in profile.dimensions if d.name == declared.dimension), None)
        if any(n > 1 for n in _times(table).values()):
            continue  # reported with the row that stands twice in its place
        required = [*declared.rows, *(dimension.members if dimension and dimension.complete else ())]
        for name in dict.fromkeys(required):
            if name not in members:
                yield Remark(
                    "STR102", "error", 'The row "{name}" is missing.', {"name": name}, table=table.name
                )


def _times(table: Table) -> Counter[str]:
    """Return how often each member of the rows of a table stands in it."""
    return Counter(row.member for row in table.rows if row.member and row.role != "total")


def member_stands_twice(facts: Facts) -> Iterator[Remark]:
    """A row stands twice in a table, and perhaps another not at all.

    Checked for the members that the profile lists; the second place is reported, with the members missing.
    """
    profile = facts.profile
    for table in facts.tables if profile else ():
        times = _times(table)
        missing = [m for m in _complete(table, profile) if m not in times]
        for member, count in times.items():
            if count < 2:
                continue
            places = [i for i, row in enumerate(table.rows) if row.member == member and row.role != "total"]
            wrong = _out_of_order(table, places, missing, profile)
            row = table.rows[wrong]
            message = N_('"{row}" stands twice in the table, and "{missing}" not at all.') if missing else N_(
                '"{row}" stands twice in the table.'
            )  # fmt: skip
            figures = [
                table.entries[i, c].figure
                for i in sorted(places, key=lambda i: i != wrong)
                for c in range(len(table.columns))
            ]
            yield Remark(
                "STR105", "error", message, {"row": row.label, "missing": tuple(missing)}, tuple(figures), table.name,
                expected=missing[0] if len(missing) == 1 else None, stated=row.label, location=row.locator,
            )  # fmt: skip


def _out_of_order(table: Table, places: list[int], missing: list[str], profile: Profile | None) -> int:
    """Return which of the places of a member is the slip: that where a missing one keeps the usual order."""
    order = {member: n for n, member in enumerate(_complete(table, profile))}
    for place in places if missing else ():
        members = [row.member or "" for row in table.rows if row.role != "total"]
        members[place] = missing[0]
        ranks = [order[m] for m in members if m in order]
        if ranks == sorted(ranks):
            return place
    return places[-1]


def _complete(table: Table, profile: Profile | None) -> tuple[str, ...]:
    """Return the members that the rows of a table should have, none where its dimension is open."""
    name = next((row.dimension for row in table.rows if row.dimension), None)
    found = next((d for d in profile.dimensions if d.name == name and d.complete), None) if profile else None
    return tuple(found.members) if found else ()


def total_is_missing(facts: Facts) -> Iterator[Remark]:
    """A total's cell is empty though the figures it sums are printed.

    Reported where every other figure of its column is there, so that the cell was meant to be filled.
    """
    required = {t.name for t in facts.profile.tables if t.required} if facts.profile else set()
    told: set[int] = set()
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind != "sum" or relation.belief != "words":
                continue
            for entry in _left_empty(facts, table, relation):
                if entry.figure not in told:
                    told.add(entry.figure)
                    known = table.identity in required or table.slashes
                    severity: Severity = "error" if known else "warning"
                    yield Remark("STR107", severity, "The total is empty.", {}, (entry.figure,))


def _left_empty(facts: Facts, table: Table, relation: Relation) -> Iterator[Entry]:
    """Yield the empty cells of a total; none where most are, since such a line is then no total of them."""
    if not ("a bare total" in relation.evidence.layout or table.identity):
        return
    across = table.columns if relation.axis == "row" else table.rows
    line = {
        x: entry for x, entry in _line(table, relation) if x in relation.crossings and _adds_up(across[x])
    }
    empty = {x: entry for x, entry in line.items() if entry.state == "blank"}
    if len(empty) == len(line):
        last = relation.target == len(table.rows) - 1 and not _goes_on(facts, table, relation.target)
        if relation.axis == "row" and (last or table.identity):
            yield from empty.values()
    elif len(empty) * 3 <= len(line) or len(empty) == 1:
        meant = table.slashes or table.identity is not None
        yield from (entry for x, entry in empty.items() if meant or _has_peer(table, relation, x))


def _line(table: Table, relation: Relation) -> Iterator[tuple[int, Entry]]:
    """Yield the cells of a total's line, each with its crossing."""
    at = relation.axis == "column"
    return ((place[not at], entry) for place, entry in table.entries.items() if place[at] == relation.target)


def _goes_on(facts: Facts, table: Table, row: int) -> bool:
    """Tell whether a row prints a figure in a table beside: a column of texts cut it in two."""
    at = table.rows[row].position
    sheet = table.locator.sheet
    beside = [one for one in facts.tables if sheet and one is not table and one.locator.sheet == sheet]
    return any(
        entry.state != "blank" and one.rows[r].position == at
        for one in beside
        for (r, _), entry in one.entries.items()
    )


def _has_peer(table: Table, relation: Relation, crossing: int) -> bool:
    """Tell whether a total is printed beside of another year, of a member of its family, or of what is added with this.

    A column of codes or of prices stands beside one of amounts as well, and has no total.
    """
    across = table.columns if relation.axis == "row" else table.rows
    own = across[crossing]
    printed = {x for x, entry in _line(table, relation) if entry.state != "blank"}
    if own.year is not None and any(across[x].year not in (None, own.year) for x in printed):
        return True
    if any(family_of([own.label, across[x].label]) for x in printed):
        return True
    sums = (one for one in table.relations if one.axis != relation.axis and one.kind == "sum")
    added = ({one.target, *(source for source, _ in one.sources)} for one in sums)
    return any(crossing in one and one & printed for one in added)


def _adds_up(line: Line) -> bool:
    """Tell whether the figures of a line are summed at all, as no codes, prices, means, rates and running totals are."""
    plain = f" {fold(line.label)} "
    code = any(f" {fold(word)} " in plain for word in lexicon().measures.code)
    return line.statistic is None and not code and bool(line.label)


def label_is_no_member(facts: Facts) -> Iterator[Remark]:
    """A row of a table by commune is none of the communes that the profile lists."""
    profile = facts.profile
    for dimension in profile.dimensions if profile else ():
        if not (dimension.complete and dimension.members):
            continue
        for table in facts.tables:
            for axis in ("row", "column"):
                lines = table.rows if axis == "row" else table.columns
                for index, line in enumerate(lines):
                    if line.dimension == dimension.name and line.member is None and _is_part(line):
                        figures = [
                            e.figure
                            for (r, c), e in table.entries.items()
                            if (r if axis == "row" else c) == index
                        ]
                        yield Remark(
                            "STR108", "error", '"{label}" is no {dimension} that the profile knows.',
                            {"label": line.label, "dimension": dimension.name}, tuple(figures[:1]),
                        )  # fmt: skip


def _is_part(line: Line) -> bool:
    return line.role == "part" and bool(line.label)
