"""One of two files by what it is compared by."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.checking.comparison.clauses import Prose, prose_of
from mlcheck.checking.comparison.headings import Context, context_of
from mlcheck.checking.comparison.tables import Shape, shape_of
from mlcheck.checking.places import Place, places_of
from mlcheck.model.comparison import Source
from mlcheck.model.facts import Facts


class Told(Struct, frozen=True):
    """One of the files by what it is compared by: its figures, tables and sentences, and the words of its headings."""

    facts: Facts
    places: dict[int, Place]
    shapes: tuple[Shape, ...]
    prose: Prose
    headings: Context


def told_of(facts: Facts, shift: int) -> Told:
    """Return what a file is compared by, its years less `shift`."""
    shapes = tuple(
        shape_of(table, context_of((*table.sections, table.title), shift), shift) for table in facts.tables
    )
    contexts = {sections: context_of(sections, shift) for sections in {c.sections for c in facts.claims}}
    prose = prose_of(facts.claims, contexts, shift)
    headings = frozenset().union(*(shape.context for shape in shapes), *contexts.values())
    return Told(facts, places_of(facts), shapes, prose, headings)


def source_of(told: Told) -> Source:
    """Return what is said of a file."""
    facts = told.facts
    figures = sum(place.quantity is not None for place in told.places.values())
    return Source(
        facts.source, facts.year, facts.profile.name if facts.profile else None, facts.language, figures,
        len(facts.tables), facts.not_understood,
    )  # fmt: skip
