"""Typing errors made in memory: reading only what has changed gives what checking the whole copy gives."""

from __future__ import annotations

from functools import cache
from random import Random
from unittest.mock import patch

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from benchmarks.mutation import mended
from mlcheck.binding import bind, bind_and_record
from mlcheck.checking import check
from mlcheck.checking.coverage import Solved, solved
from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Document
from mlcheck.model.table import Entry
from mlcheck.mutation.detection import detected
from mlcheck.mutation.mutants import Sound, mutant, sound
from mlcheck.mutation.mutation import MUTATIONS, chosen, mutate
from mlcheck.mutation.typing_errors import KINDS, mistypables, mistyped
from mlcheck.reading import read
from tests.checking.fixture import BEFORE, NOW, profile

DOCUMENT = mended()


def checked(document: Document) -> Solved:
    """Return the mended report, or a copy of it, compared with last year's."""
    with reading(document):
        return solved(NOW, prior=BEFORE, profile=profile())


def reading(document: Document):
    """Stand in for reading: the report of this year is a document."""
    return patch("mlcheck.reading.read", lambda path: document if path == NOW else read(path))


@cache
def whole() -> tuple[Solved, Sound]:
    """Return the mended report, solved and ready for typing errors."""
    found = checked(DOCUMENT)
    return found, sound(found, DOCUMENT)


def test_every_sheet_is_a_portion_and_chapters_are_bound_by_themselves():
    _, report = whole()
    assert len(report.portions) == len(DOCUMENT.blocks)
    assert report.bindings.readers


def test_binding_says_whose_values_it_looked_at():
    _, report = whole()
    bound, read = bind_and_record(report.facts)
    assert bound == bind(report.facts)
    figures = frozenset().union(*read.values())
    assert figures <= {e.figure for t in report.facts.tables for e in t.entries.values() if e.quantity}
    unread = [
        replace(table, entries={at: _other(e, figures) for at, e in table.entries.items()})
        for table in report.facts.tables
    ]
    assert bind(replace(report.facts, tables=tuple(unread))) == bound
    assert figures and set(report.bindings.readers) == figures


def _other(entry: Entry, read: frozenset[int]) -> Entry:
    """Return an entry with another value, unless binding looked at it."""
    q = entry.quantity
    kept = q is None or entry.figure in read
    return entry if kept else replace(entry, quantity=replace(q, mantissa=q.mantissa * 7 + 13))


def test_nearly_every_printed_number_can_be_mistyped():
    found, report = whole()
    printed = [p for f, p in report.places.items() if f >= found.job.first and p.state == "number"]
    assert len(mistypables(report.portions, report.places)) >= 0.97 * len(printed)


def test_a_copy_read_in_part_is_told_as_when_it_is_read_as_a_whole():
    _, report = whole()
    made = list(chosen(mistypables(report.portions, report.places), 10, Random(2023)))
    mutants = [mutant(report, *one) for one in made]
    quick = detected(report, mutants)
    known = told(DOCUMENT)
    for (spot, kind, digits), one, found in zip(made, mutants, quick, strict=True):
        blocks = [portion.blocks for portion in report.portions]
        blocks[spot.where.portion], _ = mistyped(spot, blocks[spot.where.portion], digits)
        new = told(Document(DOCUMENT.source, tuple(b for own in blocks for b in own))) - known
        cell = (spot.place.locator.file, spot.place.locator.cell, spot.place.locator.sheet)
        if one.figure is not None:
            assert found.caught == any(cell in cells for _, cells in new), (spot.place.label, kind, digits)


def told(document: Document) -> set[tuple[str, frozenset]]:
    """Return the errors and warnings of a report: their rule and all the cells that they speak of."""
    with reading(document):
        (report,) = check([NOW], prior=BEFORE, profile=profile())
    found = set()
    for finding in report.findings:
        if finding.severity != "info":
            places = [finding.location, *(one.location for one in (*finding.related, *finding.suspects))]
            found.add((finding.rule, frozenset((where.file, where.cell, where.sheet) for where in places)))
    return found


def test_the_same_seed_makes_the_same_errors():
    found, report = whole()
    own = mistypables(report.portions, report.places)
    assert [(s.place.figure, k, d) for s, k, d in chosen(own, 30, Random(1))] == [
        (s.place.figure, k, d) for s, k, d in chosen(own, 30, Random(1))
    ]
    done = []
    once, again = (mutate(found, DOCUMENT, 12, 5, done.append) for _ in range(2))
    assert once.equals(again)
    assert dict(once.schema) == MUTATIONS
    assert done == [12, 12]
    assert set(once["kind"]) <= set(KINDS)


@pytest.mark.parametrize(
    ("sheet", "cell", "digits", "first"),
    [
        ("1 Public", "K27", "434", 1.0),  # it stands in a row and in a column
        ("2 PMSMP", "B16", "201", 0.25),  # a column alone: four slips explain it as well
        ("4 Emploi", "G16", "29", None),  # the stray chart is in no check
    ],
)
def test_whether_an_error_is_noticed_and_put_down_to_its_figure(sheet, cell, digits, first):
    _, report = whole()
    own = mistypables(report.portions, report.places)
    spot = next(s for s in own if (s.place.locator.sheet, s.place.locator.cell) == (sheet, cell))
    (found,) = detected(report, [mutant(report, spot, "swapped", digits)])
    assert found.caught == (first is not None)
    assert found.first == (first or 0)


def test_an_empty_cell_of_a_sum_is_noticed():
    _, report = whole()
    spot = next(s for s in mistypables(report.portions, report.places) if s.place.locator.cell == "B12")
    (found,) = detected(report, [mutant(report, spot, "emptied", "")])
    assert (found.caught, found.suspected, found.first) == (True, True, 1.0)


def test_the_report_itself_is_left_as_it_is():
    before = read(NOW)
    found = checked(DOCUMENT)
    mutate(found, DOCUMENT, 5)
    assert mended() == DOCUMENT
    assert read(NOW) == before


def test_a_slip_elsewhere_makes_nothing_of_a_row_that_is_hidden(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["Commune", "Hommes", "Femmes", "Total"],
        ["Lambersart", 12, 14, 26],
        ["Ancienne ligne", 8, 9, 19],
        ["Lompret", 20, 21, 41],
        ["Total", 32, 35, 67],
    ):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "report.xlsx"
    book.save(path)
    report = sound(solved(path), laid_out(read(path)))
    spot = next(s for s in mistypables(report.portions, report.places) if s.place.locator.cell == "B2")
    constraints = mutant(report, spot, "swapped", "21").job.constraints
    assert constraints
    stated = [report.places[one.stated].locator.cell for one in constraints if one.stated in report.places]
    assert "D3" not in stated
