"""Tell tables from prose in flattened lines: the lines of a text, or of a page without ruled tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from mlcheck.extraction.flattened.bodies import Found, read_fold, read_run
from mlcheck.extraction.flattened.gutters import parted
from mlcheck.extraction.flattened.lines import Parsed, parse_lines
from mlcheck.extraction.flattened.pairs import folds_of
from mlcheck.extraction.flattened.paragraphs import paragraphs_of
from mlcheck.extraction.flattened.runs import runs_of
from mlcheck.extraction.flattened.singles import read_singles
from mlcheck.extraction.flattened.tokens import Strip, strips_of
from mlcheck.model.document import Grid, Lines, NotUnderstood, Paragraph


def recover(lines: Lines) -> tuple[list[Grid | Paragraph], list[NotUnderstood]]:
    """Return the tables and paragraphs of some lines in reading order, and what of them stays open.

    A table stands where its first line is; its cells print their text exactly and know their place.
    """
    parsed = parse_lines(parted(strips_of(lines.lines)))
    found = [*_closed(parsed, _folds(parsed))]
    found += _closed(parsed, read_singles(parsed))
    found += _runs(parsed)
    found.sort(key=_first)
    return _in_order(parsed, found), [doubt for one in found for doubt in one.unclear]


def _closed(parsed: list[Parsed], found: Iterable[Found]) -> list[Found]:
    """Return the tables found, their lines closed to others."""
    tables = list(found)
    for index in (i for table in tables for i in _lines(table)):
        parsed[index] = replace(parsed[index], kind="closed")
    return tables


def _folds(parsed: Sequence[Parsed]) -> Iterator[Found]:
    for fold in folds_of(parsed):
        table = read_fold(parsed, fold)
        if table is not None:
            yield table


def _runs(parsed: Sequence[Parsed]) -> Iterator[Found]:
    before = -1
    for run in runs_of(parsed):
        table = read_run(parsed, run, before)
        if table is not None:
            yield table
            before = run.last


def _lines(found: Found) -> frozenset[int]:
    return found.left.union(*(taken for taken, _ in found.tables))


def _first(found: Found) -> int:
    return min(_lines(found))


def _is_rule(line: Parsed, index: int, owners: Mapping[int, int]) -> bool:
    """Tell whether a line is drawn beside or between the rows of a table, and prints nothing else."""
    drawn = not line.strip.tokens and bool(line.strip.text.strip())
    return drawn and (index - 1 in owners or index + 1 in owners)


def _in_order(parsed: Sequence[Parsed], found: Sequence[Found]) -> list[Grid | Paragraph]:
    """Return the tables, and as paragraphs the lines that none of them took."""
    blocks: list[Grid | Paragraph] = []
    prose: list[Strip] = []
    tables = [table for one in found for table in one.tables]
    owners = {i: at for at, (taken, _) in enumerate(tables) for i in taken}
    left = frozenset[int]().union(*(one.left for one in found))
    drawn = -1
    for index, line in enumerate(parsed):
        owner = owners.get(index)
        if owner is None and index not in left:
            if not _is_rule(line, index, owners):
                prose.append(line.strip)
            continue
        blocks += paragraphs_of(prose)
        prose = []
        if owner is not None and owner > drawn:
            blocks.append(tables[owner][1])
            drawn = owner
    return [*blocks, *paragraphs_of(prose)]
