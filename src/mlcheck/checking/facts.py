"""LaidOut → Facts: tables named by the profile, claims read from the prose, and what binds them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.checking.year import year_of_document
from mlcheck.language.roles import year_of
from mlcheck.model.claim import Claim
from mlcheck.model.document import LaidOut, Locator, NotUnderstood
from mlcheck.model.errors import at_stage
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Note, Table
from mlcheck.tables.naming import name_table
from mlcheck.tables.walk import Passage, Walk, walk
from mlcheck.translation import N_

_PRINTED = 20  # times that one text is read; a row that a sheet repeats may be printed a million times
REPEATED = N_("the same text is printed {count} times, and read {read} times")
_DIGIT = re.compile("[0-9]")


def read_facts(
    document: LaidOut, *, profile: Profile | None = None, year: int | None = None, first_figure: int = 0
) -> Facts:
    """Return all that a document states, before anything is bound or checked.

    The year is the one given, else what `year_of_document` says. Figure ids start at `first_figure`.
    """
    from mlcheck.prose.captions import counts_of_them
    from mlcheck.prose.read import Prose, read_claims

    ids = itertools.count(first_figure)
    with at_stage("tables"):
        found = walk(document, ids)
    year = year or year_of_document(document, found)
    passages, repeated = _without_repeats(found.passages)
    prose = [Prose(p.text, p.locator, p.sections, p.block) for p in passages]
    prose += [
        Prose(p.text, p.locator, p.sections, p.block, apart=True)
        for p, table in found.titles
        if counts_of_them(p.text, _measured(table), year)
    ]
    with at_stage("prose"):
        claims, links = read_claims(prose, year=year, first_figure=next(ids))
    with at_stage("tables"):
        tables = tuple(name_table(table, profile) for table in _with_notes(found, claims))
    return Facts(
        document.source, year, tables, claims, links=links, profile=profile,
        language=profile.language if profile else "fr", not_understood=(*found.not_understood, *repeated),
    )  # fmt: skip


def _measured(table: Table) -> list[str]:
    """Return the labels of what the columns of a table measure."""
    return [label for column in table.columns for label in (*column.path, column.label, column.counts or "")]


def _without_repeats(passages: Sequence[Passage]) -> tuple[list[Passage], list[NotUnderstood]]:
    """Return the passages without those whose text was read often enough, and a note for each text left out that has a number."""
    count, first, read = Counter[str](), dict[str, Passage](), list[Passage]()
    for passage in passages:
        count[passage.text] += 1
        if count[passage.text] <= _PRINTED:
            first.setdefault(passage.text, passage)
            read.append(passage)
    return read, [
        NotUnderstood(first[text].locator, REPEATED, {"count": times, "read": _PRINTED})
        for text, times in count.items()
        if times > _PRINTED and _DIGIT.search(text)
    ]


def _with_notes(found: Walk, claims: Sequence[Claim]) -> list[Table]:
    """Return the tables with the quantities of the notes printed under them, tied to the total they qualify."""
    told: dict[Locator, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.locator, []).append(claim)
    notes: dict[int, list[Note]] = {}
    for text, locator, place in found.notes:
        notes.setdefault(place, []).extend(
            Note(claim.figure, text, claim.quantity, locator, _qualified(found.tables[place], claim))
            for claim in told.get(locator, ())
            if _counts(claim)
        )
    return [
        replace(table, notes=tuple(notes[n])) if notes.get(n) else table
        for n, table in enumerate(found.tables)
    ]


def _counts(claim: Claim) -> bool:
    """Return whether a number of a note is an amount or a count, and not the year of a source."""
    unit, printed = claim.quantity.unit, claim.text[claim.start : claim.end]
    return unit == "€" or (unit == "count" and year_of(printed) is None)


def _qualified(table: Table, claim: Claim) -> tuple[int, int] | None:
    """Return the last total of the table in the unit of a note, if it has one."""
    totals = [i for i, row in enumerate(table.rows) if row.role == "total"]
    columns = [c for c, column in enumerate(table.columns) if column.unit == claim.quantity.unit]
    return (totals[-1], columns[-1]) if totals and columns else None
