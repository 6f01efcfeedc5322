"""Lists of labels that stand in several tables put together: one dimension, its members and their spellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from mlcheck.drafting.axes import Listing
from mlcheck.drafting.labels import slip_of, spellings, spelt_alike
from mlcheck.model.profile import Dimension
from mlcheck.model.table import Axis
from mlcheck.words import fold


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
