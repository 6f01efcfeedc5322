"""Lists of labels that stand in several tables put together: one dimension, its members and their spellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct, field

from mlcheck.drafting.labels import dated, slip_of, spellings, spelt_alike, tidy
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.profile import Dimension
from mlcheck.model.table import Axis, Line, Table


class Group(Struct):
    """One dimension on the way: each member with its printed spellings, and the listings it was made of.

    `declared` is the dimension of the extended profile that it goes on with, None for a new one.
    """

    members: list[Counter[str]] = field(default_factory=list)
    uses: list[Listing] = field(default_factory=list)
    declared: Dimension | None = None

    def index(self) -> dict[str, int]:
        """Return the member of each folded spelling."""
        return {fold(spelling): at for at, member in enumerate(self.members) for spelling in member}

    def places(self, labels: Sequence[str]) -> list[int | None]:
        """Return the member that each label is a spelling of, None for a new one; no member is given twice."""
        index = self.index()
        found = [index.get(fold(label)) for label in labels]
        for alike in (spelt_alike, slip_of):
            for at, label in enumerate(labels):
                if found[at] is None:
                    free = (i for i in range(len(self.members)) if i not in found)
                    found[at] = next((i for i in free if any(alike(label, s) for s in self.members[i])), None)
        return found

    def common(self, labels: Sequence[str]) -> int:
        """Return how many labels are spellings of members, slips of the pen left out."""
        own = {form for member in self.members for spelling in member for form in spellings(spelling)}
        return sum(not own.isdisjoint(spellings(label)) for label in labels)

    def add(self, listing: Listing) -> None:
        """Take a listing in: its labels are spellings of members, or new members."""
        for label, place in zip(listing.labels, self.places(listing.labels), strict=True):
            if place is None:
                self.members.append(Counter())
                place = len(self.members) - 1
            self.members[place][label] += 1
        self.uses.append(listing)


class Listing(Struct, frozen=True):
    """The labels along one axis of a table that may be members of a dimension.

    `table` is the index of the table in its report. A `firm` listing is a dimension by itself; another
    one only where its labels stand in other tables too.
    """

    table: int
    axis: Axis
    labels: tuple[str, ...]
    firm: bool


def grouped(
    listings: Iterable[Listing],
    declared: Sequence[Dimension] = (),
    settled: Mapping[tuple[int, Axis], str] | None = None,
) -> list[Group]:
    """Return the dimensions of a report: those declared that it uses, then new ones in the order of the report.

    A firm listing joins the group with which it has most labels in common, at least two and half of the
    shorter list, or starts one; another listing only joins. `settled` maps the axes of tables to the
    declared dimension that they are of, whatever their labels.
    """
    known = [_of(dimension) for dimension in declared]
    by_name = {group.declared.name: group for group in known if group.declared}
    groups: list[Group] = []
    waiting: list[Listing] = []
    for listing in listings:
        group = by_name.get((settled or {}).get((listing.table, listing.axis), ""))
        if group is not None:
            group.add(listing)
        else:
            waiting.append(listing)
    for listing in sorted(waiting, key=lambda one: not one.firm):
        group = _nearest(listing, [*known, *groups])
        if group is None and listing.firm:
            groups.append(group := Group())
        if group is not None:
            group.add(listing)
    return [group for group in (*known, *groups) if group.uses]


def canonical(member: Counter[str], declared: Dimension | None) -> str:
    """Return the name of a member: the declared one, else the spelling printed most often, the first of equals."""
    if declared is not None:
        spellings = {fold(s): name for name, others in declared.members.items() for s in (name, *others)}
        for spelling in member:
            if fold(spelling) in spellings:
                return spellings[fold(spelling)]
    return max(member, key=lambda spelling: member[spelling])


def _of(dimension: Dimension) -> Group:
    members = [Counter(dict.fromkeys((name, *others), 0)) for name, others in dimension.members.items()]
    return Group(members, declared=dimension)


def _nearest(listing: Listing, groups: Sequence[Group]) -> Group | None:
    best: Group | None = None
    most = 1
    for group in groups:
        common = group.common(listing.labels)
        if common > most and 2 * common >= min(len(listing.labels), len(group.members)):
            best, most = group, common
    return best


# Which lines of a table are members of a list (communes, ages) rather than measures.


def listings(tables: Sequence[Table]) -> list[Listing]:
    """Return the listings of tables, in the order of the report, the rows of each before its columns."""
    found = []
    for index, table in enumerate(tables):
        rows, columns = member_labels(table.rows), member_labels(table.columns)
        listed = _is_list(rows, table.rows)
        if listed:
            found.append(Listing(index, "row", rows, firm=True))
        if _is_list(columns, table.columns):
            alone = sum(row.role != "total" for row in table.rows) < 2
            summed = any(
                r.kind == "sum" and r.axis == "column" and r.belief != "arithmetic" for r in table.relations
            )
            firm = (alone or (summed and listed)) and not _are_measures(table.columns)
            found.append(Listing(index, "column", columns, firm))
    return found


def member_labels(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the labels of lines that can be members: no totals, and none that names a year."""
    return tuple(tidy(line.label) for line in lines if line.role != "total" and _can_be_member(line.label))


def _can_be_member(label: str) -> bool:
    """Tell whether a label has words to be compared by, and the same ones next year."""
    return bool(fold(label)) and not dated(label)


def repeats(lines: Sequence[Line]) -> bool:
    """Tell whether a label stands twice along an axis, so that it names no line."""
    folded = [fold(label) for label in member_labels(lines)]
    return len(set(folded)) < len(folded)


def _is_list(labels: tuple[str, ...], lines: Sequence[Line]) -> bool:
    others = [line for line in lines if line.role != "total" and fold(line.label)]
    return len(labels) > 1 and 2 * len(labels) > len(others) and not repeats(lines)


def _are_measures(lines: Sequence[Line]) -> bool:
    """Tell whether lines count different things: of several units or roles, or headed "nombre", "montant"."""
    own = [line for line in lines if line.role != "total"]
    if len({line.unit for line in own}) > 1 or len({line.role for line in own}) > 1:
        return True
    headed = [line for line in own if any(word in _heads_of_axes() for word in fold(line.label).split()[:1])]
    return 2 * len(headed) >= len(own)


@cache
def _heads_of_axes() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon().drafting.measures.heads)
