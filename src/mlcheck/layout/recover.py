"""Tell tables from prose in flattened lines: the lines of a text, or of a page without ruled tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from mlcheck.layout.candidates.column_a_block import read_singles
from mlcheck.layout.candidates.rows import runs_of
from mlcheck.layout.candidates.side_by_side import folds_of
from mlcheck.layout.continued import continued
from mlcheck.layout.gutters import parted
from mlcheck.layout.lines import Parsed, is_drawn, parse_lines
from mlcheck.layout.tables_of_lines import Found, read_fold, read_run
from mlcheck.layout.wording import BULLET, is_heading
from mlcheck.layout.words_of_lines import Strip, strips_of
from mlcheck.model.document import Block, Document, Grid, LaidOut, Lines, NotUnderstood, Paragraph
from mlcheck.model.errors import at_stage

LONGEST_HEADING = 60  # characters; a longer line with a number may be an item of prose


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
    above: Found | None = None
    for run in runs_of(parsed):
        table = read_run(parsed, run, above)
        if table is not None:
            yield table
            above = replace(table, last=run.last)


def _lines(found: Found) -> frozenset[int]:
    return found.left.union(*(taken for taken, _ in found.tables))


def _first(found: Found) -> int:
    return min(_lines(found))


def _is_rule(line: Parsed, index: int, owners: Mapping[int, int]) -> bool:
    """Tell whether a line is drawn beside or between the rows of a table, and prints nothing else."""
    return is_drawn(line) and (index - 1 in owners or index + 1 in owners)


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
        blocks += _paragraphs_of(prose)
        prose = []
        if owner is not None and owner > drawn:
            blocks.append(tables[owner][1])
            drawn = owner
    return [*blocks, *_paragraphs_of(prose)]


# Join the printed lines of prose into paragraphs.


def _paragraphs_of(strips: Iterable[Strip]) -> Iterator[Paragraph]:
    """Yield paragraphs: a blank line, a bullet or a heading starts one, wrapped lines are joined.

    A heading stands alone, but for a next line that goes on in small letters.
    """
    lines: list[Strip] = []
    headed = False
    for strip in strips:
        text = strip.text.strip()
        heading = 0 < len(text) <= LONGEST_HEADING and is_heading(text)
        alone = headed and not text[:1].islower()
        if lines and (not text or heading or alone or strip.apart or BULLET.match(strip.text)):
            yield _paragraph(lines)
            lines = []
        if text:
            headed = heading or (headed and bool(lines))
            lines.append(strip)
    if lines:
        yield _paragraph(lines)


def _paragraph(lines: list[Strip]) -> Paragraph:
    return Paragraph(" ".join(line.text.strip() for line in lines), lines[0].locator)


# Flattened lines → tables and paragraphs, before anything else is read of a document.


def laid_out(document: Document) -> LaidOut:
    """Return the document with its lines parted into tables and paragraphs."""
    blocks: list[Block] = []
    unclear: list[NotUnderstood] = []
    for block in document.blocks:
        if isinstance(block, Lines):
            with at_stage("layout", block.lines[0].locator if block.lines else None):
                found, doubtful = recover(block)
            blocks += found
            unclear += doubtful
        else:
            blocks.append(block)
    return LaidOut(document.source, tuple(continued(blocks)), (*document.not_understood, *unclear))
