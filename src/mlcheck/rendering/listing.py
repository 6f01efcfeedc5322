"""Rows of printed text as a table: in the terminal, in Markdown, as CSV."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Sequence

from msgspec import Struct

from mlcheck.rendering.csv import lines, mark
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

_SPECIAL = re.compile(r"([\\|*_`<>\[\]])")
WIDEST_WORD = 24


class Listing(Struct, frozen=True):
    """A boxhead and its rows; the columns named in `right` hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


HEAD = (N_("Key"), N_("Value"), N_("From"))


def terminal(listing: Listing, width: int) -> str:
    """Return the listing in a drawn frame, its longest columns of text wrapped to fit `width`."""
    rows = [[plain_spaces(plain(cell)) for cell in row] for row in listing.rows]
    head = [plain_spaces(plain(cell)) for cell in listing.head]
    widths = _widths(head, rows, listing.right, width)
    wrapped = [
        [_wrapped(cell, most) for cell, most in zip(row, widths, strict=True)] for row in (head, *rows)
    ]
    return _tabulate(wrapped[1:], wrapped[0], listing.right, "simple_outline")


def markdown(listing: Listing) -> str:
    """Return the listing as a Markdown table; what Markdown would read as a mark is escaped."""
    rows = [[escaped(cell) for cell in row] for row in listing.rows]
    return _tabulate(rows, [escaped(cell) for cell in listing.head], listing.right, "pipe")


def csv(listing: Listing, delimiter: str = ",") -> str:
    """Return the listing as separated values, with the mark of their encoding where spreadsheets need it."""
    rows = ([plain_spaces(cell) for cell in row] for row in (listing.head, *listing.rows))
    return mark(delimiter) + lines(rows, delimiter)


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", plain_spaces(plain(text)))


def _wrapped(cell: str, width: int) -> str:
    """Return a cell cut into lines; tabulate would take it for a number where it can ("61,206")."""
    return "\n".join(textwrap.wrap(cell, max(width, 1)))


def _tabulate(rows: list[list[str]], head: Sequence[str], right: Iterable[int], form: str) -> str:
    import tabulate

    tabulate.MIN_PADDING = 0  # else each title gets two spaces that the width does not allow for
    if not rows:  # tabulate takes alignments only of columns that it has seen
        return tabulate.tabulate([], headers=list(head), tablefmt=form)
    return tabulate.tabulate(
        rows,
        headers=list(head),
        tablefmt=form,
        disable_numparse=True,
        colalign=["right" if column in right else "left" for column in range(len(head))],
        headersglobalalign="left",
    )


def _widths(head: Sequence[str], rows: list[list[str]], right: frozenset[int], width: int) -> list[int]:
    """Return the widths of the columns, the widest narrowed until all fit; figures are never cut."""
    columns = [(title, [row[index] for row in rows]) for index, title in enumerate(head)]
    natural = [max(map(len, (title, *cells))) for title, cells in columns]
    least = [
        max(_longest_word(title), *map(len if index in right else _longest_word, ("", *cells)))
        for index, (title, cells) in enumerate(columns)
    ]
    while sum(natural) + 3 * len(natural) + 1 > width:
        column = max(range(len(natural)), key=lambda c: natural[c] - least[c])
        if natural[column] <= least[column]:
            break
        natural[column] -= 1
    return natural


def _longest_word(text: str) -> int:
    return min(max(map(len, text.split()), default=0), WIDEST_WORD)


# The settings of a folder: key, value, origin.


def settings_list(form: str, rows: Sequence[tuple[str, str, str]], wording: Wording, width: int) -> str:
    """Return the settings in a format: terminal, markdown, csv or json."""
    if form == "json":
        shown = {key: {"value": value or None, "from": origin} for key, value, origin in rows}
        return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    said = tuple((key, value, wording.say(origin)) for key, value, origin in rows)
    listed = Listing(tuple(wording.say(title) for title in HEAD), said)
    if form == "csv":
        return csv(listed)
    return (markdown(listed) if form == "markdown" else terminal(listed, width)) + "\n"
