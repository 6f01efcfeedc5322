"""The report of 2023 against itself, copies of it with changed cells, and the report of 2022."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from mlcheck.checking import extract
from mlcheck.comparison import compare, compare_facts
from mlcheck.model.comparison import Comparison
from mlcheck.model.facts import Facts
from mlcheck.model.table import Table
from tests.checking.fixture import BEFORE, ERRORS, FIXTURES, NOW, profile
from tests.comparison.drawn import mirrored, pairs


@cache
def read(path: Path) -> Facts:
    return extract(path)


def copy_of(path: Path, cells: Mapping[tuple[str, str], object], folder: Path) -> Path:
    """Write a copy of a workbook with some cells changed."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    copy = folder / "slides-2023.xlsx"
    book.save(copy)
    return copy


def spots(comparison: Comparison) -> set[tuple[str | None, str | None]]:
    return {(one.left.location.sheet, one.left.location.cell) for one in comparison.differences}


@pytest.mark.parametrize("profiled", [False, True])
def test_a_report_and_itself(profiled):
    found = compare(NOW, NOW, profile=profile() if profiled else None)
    assert not found.differences
    assert not found.alone
    assert not found.tables_alone
    assert len(found.figures) == found.left.figures == 522
    assert all(one.left.figure == one.right.figure for one in found.compared)


@pytest.mark.parametrize(
    "other", sorted(set(FIXTURES.glob("report-2023.*")) - {NOW}), ids=lambda path: path.suffix
)
def test_the_same_report_in_another_format(other):
    found = compare_facts(read(other), read(NOW))
    assert not found.differences
    assert len(found.figures) > 500


@pytest.mark.parametrize("profiled", [False, True])
def test_three_planted_differences_and_no_other(tmp_path, profiled):
    planted = {
        ("10 Aides financières", "G75"): 4151,
        ("1 Public", "B27"): 91,
        ("5 Alternance", "A13"): "245 jeunes ont participé à 63 ateliers Alternance.",
    }
    found = compare(NOW, copy_of(NOW, planted, tmp_path), profile=profile() if profiled else None)
    assert spots(found) == set(planted)
    assert len(found.differences) == 3
    assert not found.alone
    by_spot = {one.left.location.cell: one for one in found.differences}
    assert by_spot["G75"].hint == "two digits swapped"
    assert by_spot["B27"].left.coverage == "proven"
    assert by_spot["B27"].right.coverage == "contradicted"
    assert by_spot["B27"].favours == "left"
    assert by_spot["A13"].favours is None


def test_every_planted_error_of_a_number_is_told():
    with (FIXTURES / "errors.toml").open("rb") as stream:
        cells = [cell for error in tomllib.load(stream)["error"] for cell in error["cells"]]
    words = {("10 Aides financières", "A64"), ("10 Aides financières", "B50"), ("4 Emploi", "A9")}
    found = compare(NOW, ERRORS)
    assert spots(found) == {(cell["sheet"], cell["cell"]) for cell in cells} - words
    assert [one.beside for one in found.alone if one.beside] == ["#REF!"]
    assert {one.stated.location.sheet for one in found.alone} == {sheet for sheet, _ in words}
    assert not [one for one in found.differences if one.favours == "right"]


def test_two_years_of_one_report():
    found = compare_facts(read(NOW), read(BEFORE))
    assert len(found.tables) == 37
    assert not found.tables_alone
    entries = {table.locator: len(table.entries) for table in read(NOW).tables}
    assert all(one.compared == entries[one.left] for one in found.tables)
    assert all(not one.table for one in found.alone)
    assert mirrored(compare_facts(read(BEFORE), read(NOW))) == pairs(found)


def _shuffled(facts: Facts) -> Facts:
    tables = list(facts.tables)
    random.Random(1).shuffle(tables)
    return replace(facts, tables=tuple(tables))


def _each(facts: Facts, change) -> Facts:
    return replace(facts, tables=tuple(part for table in facts.tables for part in change(table)))


def _turned(table: Table) -> list[Table]:
    entries = {(column, row): entry for (row, column), entry in table.entries.items()}
    return [replace(table, rows=table.columns, columns=table.rows, entries=entries)]


def _halved(table: Table) -> list[Table]:
    at = len(table.rows) // 2
    if at < 2:
        return [table]
    above = {spot: entry for spot, entry in table.entries.items() if spot[0] < at}
    below = {(row - at, column): entry for (row, column), entry in table.entries.items() if row >= at}
    return [
        replace(table, rows=table.rows[:at], entries=above),
        replace(table, name=f"{table.name} 2", rows=table.rows[at:], entries=below),
    ]


def _renamed(table: Table) -> list[Table]:
    return [replace(table, sections=(f"Chapitre {table.sections[0]} en détail", *table.sections[1:]))]


@pytest.mark.parametrize("change", [_turned, _halved, _renamed, lambda table: [table]])
def test_tables_told_otherwise_and_elsewhere_are_found_by_their_words(change):
    other = _shuffled(_each(read(NOW), change))
    found = compare_facts(read(NOW), other)
    assert all(one.left.figure == one.right.figure for one in found.compared)
    assert len(found.figures) == 522
    assert mirrored(compare_facts(other, read(NOW))) == pairs(found)


def _without(facts: Facts, headings: slice) -> Facts:
    return _each(facts, lambda table: [replace(table, sections=table.sections[headings])])


@pytest.mark.parametrize("headings", [slice(-1, None), slice(0, 1), slice(0, 0)])
def test_with_fewer_headings_no_figure_is_compared_with_another(headings):
    for other in (_without(read(NOW), headings), _shuffled(_without(read(NOW), headings))):
        found = compare_facts(read(NOW), other)
        assert not found.differences
        assert len(found.figures) > 400


def test_tables_of_one_file_are_not_taken_for_others_of_the_other():
    odd = replace(read(NOW), tables=read(NOW).tables[::2])
    even = replace(read(NOW), tables=read(NOW).tables[1::2])
    found = compare_facts(odd, even)
    assert not found.tables
    assert len(found.figures) == len(read(NOW).claims)
