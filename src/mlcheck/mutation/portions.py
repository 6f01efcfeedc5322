"""A document cut into portions that are read by themselves, so that after a change only one is read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.facts import read_facts
from mlcheck.model.claim import Claim, Link
from mlcheck.model.document import Block, Grid, LaidOut
from mlcheck.model.facts import Facts
from mlcheck.model.sentence import Sentence
from mlcheck.model.table import Table

SPARE = 1000  # ids left free after those of a portion, for the figures that a change may add
APART = 10**6  # more than a portion has sentences


class Portion(Struct, frozen=True):
    """Blocks that need no others to be read: a sheet, or a chapter; `first` is its first figure."""

    blocks: tuple[Block, ...]
    first: int
    facts: Facts


def portions_of(document: LaidOut, facts: Facts, first: int) -> tuple[Portion, ...]:
    """Return the portions of a document whose facts, read as a whole, are `facts`; figures start at `first`.

    Where what they say put together is anything else than what the whole says, the whole is one portion.
    """
    found: list[Portion] = []
    for blocks in _cut(document):
        found.append(read_portion(document.source, blocks, facts, first))
        first += SPARE + sum(len(t.entries) for t in found[-1].facts.tables) + len(found[-1].facts.claims)
    if _outline(composed(found, facts)) == _outline(facts):
        return tuple(found)
    return (read_portion(document.source, document.blocks, facts, first),)


def read_portion(source: str, blocks: tuple[Block, ...], facts: Facts, first: int) -> Portion:
    """Return a portion read with the profile and the year of the whole report, `facts`."""
    document = LaidOut(source, blocks)
    own = read_facts(document, profile=facts.profile, year=facts.year, first_figure=first)
    return Portion(blocks, first, own)


def _cut(document: LaidOut) -> Iterator[tuple[Block, ...]]:
    """Yield the sheets one by one, and texts from one first heading to the next; mixed blocks together."""
    everything = document.blocks
    if len({type(block) for block in everything}) > 1:
        yield everything
        return
    run: list[Block] = []
    for block in everything:
        if run and (isinstance(block, Grid) or block.level == 1):
            yield tuple(run)
            run = []
        run.append(block)
    if run:
        yield tuple(run)


def composed(portions: Sequence[Portion], facts: Facts) -> Facts:
    """Return what portions say together, in the place of `facts`, with nothing bound yet."""
    tables: list[Table] = []
    claims: list[Claim] = []
    links: list[Link] = []
    for number, portion in enumerate(portions):
        start, own = len(claims), portion.facts
        tables += own.tables
        claims += _shifted(own.claims, start, number)
        links += (
            replace(link, stated=link.stated + start, operands=tuple(i + start for i in link.operands))
            for link in own.links
        )
    return replace(
        facts, tables=tuple(tables), claims=tuple(claims), links=tuple(links), bindings={}, former={}
    )


def _shifted(claims: Sequence[Claim], start: int, number: int) -> Iterator[Claim]:
    """Yield the claims of portion `number`, their sentences and paragraphs numbered apart from those of others."""
    known: dict[int, Sentence] = {}
    for claim in claims:
        own = claim.sentence
        if own.id not in known:
            shift = number * APART
            known[own.id] = replace(own, id=own.id + shift, block=own.block + shift)
        of = None if claim.of is None else claim.of + start
        yield replace(claim, of=of, sentence=known[own.id])


def _outline(facts: Facts) -> tuple[object, ...]:
    """Return all that facts say, their figures and blocks of prose numbered in order."""
    figures = {figure: n for n, figure in enumerate(figure_ids(facts))}
    blocks = {block: n for n, block in enumerate(dict.fromkeys(claim.block for claim in facts.claims))}
    tables = [
        replace(
            table,
            entries={at: replace(e, figure=figures[e.figure]) for at, e in table.entries.items()},
            notes=tuple(replace(note, figure=figures[note.figure]) for note in table.notes),
        )
        for table in facts.tables
    ]
    claims = [
        (replace(claim, figure=figures[claim.figure], sentence=None), *_words(claim, blocks))
        for claim in facts.claims
    ]
    return tables, claims, frozenset(facts.links)


def _words(claim: Claim, blocks: Mapping[int, int]) -> tuple[object, ...]:
    return claim.text, claim.locator, claim.sections, blocks[claim.block]


def figure_ids(facts: Facts) -> Iterator[int]:
    """Yield the figures of a report, those of its tables and then of its claims."""
    for table in facts.tables:
        yield from (entry.figure for entry in table.entries.values())
    yield from (claim.figure for claim in facts.claims)
