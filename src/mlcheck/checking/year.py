"""Which year a report is of: what its title says, else its file, its first lines, its headings, its tables, its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.document import Grid, LaidOut
from mlcheck.model.table import Table
from mlcheck.tables.walk import Passage, Walk

_OPENING = 3  # passages among which a title stands
_FIRST = 6  # texts that open a document: its title, what it is, who made it
_READ = 400  # passages that say enough of the year
_BETWEEN = 4  # words between "rapport" and its year
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9][0-9](?![0-9])")


def year_of_document(document: LaidOut, found: Walk) -> int | None:
    """Return the year a document reports on, or None where it names none.

    It is that of its title, else the last one of its file's name, else what its first lines report on, else the one that its
    headings name most, else the last one of most tables with several years, else of their titles, else of its sentences.
    """
    name = document.source.replace("\\", "/").rsplit("/", 1)[-1]
    title = _title(found.passages)
    if year := reported(title) or _last(title) or _last(name):
        return year
    if year := next((year for text in islice(_texts(document), _FIRST) if (year := reported(text))), None):
        return year
    headings = {p.locator: p.sections[-1] for p in found.passages if _is_heading(p)}
    sheets = [b.locator.sheet or "" for b in document.blocks if isinstance(b, Grid)]
    titles = [text for table in found.tables for text in (*table.sections[-1:], table.title)]
    named = [year for text in (*sheets, *headings.values()) for year in map(int, _YEAR.findall(text))]
    compared = [year for table in found.tables if (year := _last_of(table))]
    titled = [year for text in titles for year in map(int, _YEAR.findall(text))]
    told = (named, compared, titled, _years_told(found.passages))
    return next((year for years in told if (year := _most_named(years))), None)


def reported(text: str) -> int | None:
    """Return the year that a text reports on, the last of two that are joined: "Bilan 2023-2024", "Rapport d'activité 2023"."""
    match = _reporting().search(fold(text)) if _YEAR.search(text) else None
    if match is None:
        return None
    year, following = int(match[1]), int(match[2] or 0)
    return following if following == year + 1 else year


@cache
def _reporting() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in sorted(lexicon().lines.reporting))
    year = r"((?:19|20)[0-9]{2})"
    return re.compile(rf"\b(?:{words})\b(?:\W+[^\W\d]+){{0,{_BETWEEN}}}\W+{year}(?:[\s/–-]+{year})?(?![0-9])")


def _last(text: str) -> int | None:
    return max(map(int, _YEAR.findall(text)), default=None)


def _title(passages: Sequence[Passage]) -> str:
    """Return the first heading of a document where it opens it."""
    return next((p.text for p in passages[:_OPENING] if _is_heading(p)), "")


def _is_heading(passage: Passage) -> bool:
    return bool(passage.sections) and passage.text.endswith(passage.sections[-1])


def _texts(document: LaidOut) -> Iterator[str]:
    """Yield the texts of a document, those of a row of a table as one."""
    for block in document.blocks:
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for (row, _), cell in block.cells.items():
                rows.setdefault(row, []).append(cell.text)
            yield from (" ".join(rows[row]) for row in sorted(rows))
        else:
            yield block.text


def _last_of(table: Table) -> int | None:
    """Return the last year that a table sets beside others."""
    years = {line.year for lines in (table.rows, table.columns) for line in lines} - {None}
    return max((year for year in years if year is not None), default=None) if len(years) > 1 else None


def _years_told(passages: Sequence[Passage]) -> list[int]:
    """Return the years that sentences speak of: none that another is set against, "contre 96 en 2022", "(80 en 2022)"."""
    from mlcheck.prose.periods import present_years
    from mlcheck.prose.tokens import tokens

    dated = [p.text for p in passages if _YEAR.search(p.text)][:_READ]
    return [year for text in dated for year in present_years(tokens(text))]


def _most_named(years: Sequence[int]) -> int | None:
    counts = Counter(years)
    return max(counts, key=lambda year: (counts[year], year)) if counts else None
