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
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind != "sum" or relation.belief != "words":
                continue
            for entry in _left_empty(table, relation):
                known = table.identity in required or table.slashes
                severity: Severity = "error" if known else "warning"
                yield Remark("STR107", severity, "The total is empty.", {}, (entry.figure,))


def _left_empty(table: Table, relation: Relation) -> list[Entry]:
    """Return the empty cells of a total; none where most are, since such a line is then no total of them."""
    across = table.columns if relation.axis == "row" else table.rows
    places = [
        (relation.target, x) if relation.axis == "row" else (x, relation.target)
        for x in relation.crossings if _adds_up(across[x])
    ]  # fmt: skip
    cells = [entry for at in places if (entry := table.entries.get(at)) is not None]
    empty = [entry for entry in cells if entry.state == "blank"]
    bare = "a bare total" in relation.evidence.layout or table.identity is not None
    if len(empty) == len(cells):
        last = relation.target == len(table.rows) - 1 or table.identity is not None
        return empty if bare and relation.axis == "row" and last else []
    few = len(empty) * 3 <= len(cells) or len(empty) == 1
    return empty if bare and few else []


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
