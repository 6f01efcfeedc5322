"""Names of communes that the code officiel géographique does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlcheck.language.communes import departements, is_commune, nearest
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Value
from mlcheck.model.table import Line
from mlcheck.translation import N_

FEWEST = 3  # communes that make a table one by commune
MOST = 6  # rows that are no commune; a list with more is one of other places
WIDEST = 8  # départements of one table: over more of them any name is near another
_NAME = re.compile(r"[^\W\d_][^0-9%€‰()]*")

MISSPELT = N_("“{label}” is no commune of France; “{name}” is ({departments}).")
UNKNOWN = N_(
    "“{label}” is no commune of France, and no name is near: is it a district, or a group of communes?"
)


def label_is_no_commune(facts: Facts) -> Iterator[Remark]:
    """A row of a table by commune has a name that no commune of France has; the nearest one is given.

    The list is the code officiel géographique of INSEE with the delegated communes. Accents, hyphens and
    "St" for "Saint" are no matter. A table is by commune where most of its rows, and three at least, are
    communes of a few départements; rows such as "Autres communes" are left alone, and so are the members that the
    profile lists.
    """
    seen: set[str] = set()
    for table in facts.tables:
        doubtful = list(_doubtful(table.rows))
        within = departements([row.label for row in table.rows if _is_name(row)]) if doubtful else frozenset()
        if len(within) > WIDEST:
            continue
        for line, place in doubtful:
            if fold(line.label) in seen:
                continue
            seen.add(fold(line.label))
            figure = next(
                (e.figure for c in range(len(table.columns)) if (e := table.entries.get((place, c)))), None
            )
            name = nearest(line.label, within)
            values: dict[str, Value] = {
                "label": line.label,
                "name": name or "",
                "departments": tuple(sorted(within)),
            }
            yield Remark(
                "PLA103", "warning" if name else "info", MISSPELT if name else UNKNOWN, values,
                () if figure is None else (figure,), table.name, name, line.label, line.locator,
            )  # fmt: skip


def _doubtful(rows: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Yield the rows that are no commune, with their index, in a table whose other rows mostly are."""
    parts = [(row, i) for i, row in enumerate(rows) if row.role in ("part", "of_which") and _is_name(row)]
    if len(parts) < FEWEST + 1 or not any(is_commune(row.label) for row, _ in parts[:FEWEST]):
        return
    unknown = [(row, i) for row, i in parts if not is_commune(row.label)]
    known = len(parts) - len(unknown)
    if known < FEWEST or known < 3 * len(unknown) or len(unknown) > MOST:
        return
    yield from (
        (row, i)
        for row, i in unknown
        if row.member is None and lexicon().communes.others.isdisjoint(fold(row.label).split())
    )


def _is_name(row: Line) -> bool:
    """Tell whether a label may be the name of a place: letters that open with a capital, and no figure."""
    label = row.label.strip()
    return bool(_NAME.fullmatch(label)) and label[0].isupper()
