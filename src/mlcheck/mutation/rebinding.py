"""Claims bound again after one portion of a report has changed, and only those that may bind otherwise.

Each chapter's claims are bound without those of the others, which is verified once, and binding says whose values it
looked at on the way. Where a portion keeps its words, a chapter that read none of the changed values would go the
same way again, and is not bound again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, count

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding import bind, bind_and_record, former_figures
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.mutation.portions import Portion

Chapter = tuple[str, ...]


class Bindings(Struct, frozen=True):
    """The bindings of a whole report, portion by portion, and the chapters that read the value of each figure.

    `readers` is None where chapters cannot be bound by themselves; `former` maps figures to last year's.
    """

    own: tuple[tuple[Binding, ...], ...]
    readers: dict[int, set[Chapter]] | None
    former: dict[int, int]

    def all(self) -> dict[int, Binding]:
        """Return the bindings of all claims by their place among them."""
        return dict(enumerate(chain(*self.own)))


def bindings_of(portions: Sequence[Portion], facts: Facts) -> Bindings:
    """Return the bindings of `facts`, which the portions say together."""
    apart: dict[int, Binding] = {}
    readers: dict[int, set[Chapter]] = {}
    for chapter in dict.fromkeys(_chapter(claim) for claim in facts.claims):
        bindings, read = _bound(facts, {chapter})
        apart |= bindings
        for figure in read:
            readers.setdefault(figure, set()).add(chapter)
    bound, numbers = bind(facts), count()
    own = tuple(tuple(bound[next(numbers)] for _ in portion.facts.claims) for portion in portions)
    return Bindings(own, readers if apart == bound else None, former_figures(facts))


def rebound(
    base: Bindings, before: Sequence[Portion], at: int, after: Portion, facts: Facts, changed: Collection[int]
) -> Facts:  # fmt: skip
    """Return `facts` bound, in which the portion `at` has become `after` and the figures `changed` have changed."""
    former = before[at].facts
    if base.readers is None or _words(former) != _words(after.facts):
        return replace(facts, bindings=bind(facts), former=former_figures(facts))
    chapters = {chapter for figure in changed for chapter in base.readers.get(figure, ())}
    if _sentences(former) != _sentences(after.facts):
        chapters |= {_chapter(claim) for claim in (*former.claims, *after.facts.claims)}
    bindings: dict[int, Binding] = {}
    start = 0
    for number, (portion, own) in enumerate(zip(before, base.own, strict=True)):
        bindings |= zip(count(start), own, strict=False)
        start += len((after if number == at else portion).facts.claims)
    return replace(facts, bindings=bindings | _bound(facts, chapters)[0], former=base.former)


def _chapter(claim: Claim) -> Chapter:
    return claim.sections[:1]


def _bound(facts: Facts, chapters: Collection[Chapter]) -> tuple[dict[int, Binding], frozenset[int]]:
    """Return the bindings of the claims of some chapters, all tables at hand, and the figures that were looked at."""
    wanted = [i for i, claim in enumerate(facts.claims) if _chapter(claim) in chapters]
    number = {i: n for n, i in enumerate(wanted)}
    claims = (facts.claims[i] for i in wanted)
    own = tuple(claim if claim.of is None else replace(claim, of=number.get(claim.of)) for claim in claims)
    links = tuple(
        replace(link, stated=number[link.stated], operands=tuple(number[i] for i in link.operands))
        for link in facts.links
        if link.stated in number and number.keys() >= set(link.operands)
    )
    found, read = bind_and_record(replace(facts, claims=own, links=links))
    return {wanted[n]: binding for n, binding in found.items()}, frozenset().union(*read.values())


def _words(facts: Facts) -> list[tuple[object, ...]]:
    """Return all that the binding of claims may read of tables but the values of their figures."""
    return [
        (
            *(
                table.name,
                table.title,
                table.sections,
                table.identity,
                table.rows,
                table.columns,
                table.hidden,
            ),
            {
                at: (e.figure, e.state, e.quantity.unit if e.quantity else None)
                for at, e in table.entries.items()
            },
        )
        for table in facts.tables
    ]


def _sentences(facts: Facts) -> tuple[object, ...]:
    return facts.claims, facts.links
