"""What only one of two files states, in the terminal: whole tables, figures of tables, sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mlcheck.model.comparison import Alone, Comparison, Side, TableAlone
from mlcheck.rendering.comparison.told import ONLY_IN, held, name, reason, whole
from mlcheck.rendering.layout import beside, paint, plain, wrap
from mlcheck.rendering.places import place
from mlcheck.rendering.terminal import short
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

TABLES, FIGURES, SENTENCES = 10, 4, 8  # told of one file, or of one table


def alone(side: Side, comparison: Comparison, wording: Wording, view: View) -> Iterator[str]:
    """Yield what only one file states: whole tables, figures of tables that were compared, then sentences."""
    own = [one for one in comparison.alone if one.side == side]
    if not own:
        return
    yield ""
    yield paint(wording.say(ONLY_IN, {"file": name(comparison, side)}), "bold", view)
    tables = [one for one in comparison.tables_alone if one.side == side]
    for table in tables[:TABLES]:
        yield from _table(table, wording, view)
    yield from more(len(tables) - TABLES, wording)
    partly = [one for one in own if one.table and not one.whole]
    parts = [list(group) for _, group in groupby(partly, key=lambda one: one.home)]
    for part in parts[:TABLES]:
        yield from _part(part, wording, view)
    yield from more(len(parts) - TABLES, wording)
    sentences = [one for one in own if not one.table]
    for one in sentences[:SENTENCES]:
        yield from _placed(_figure(one, wording), place(one.stated.location, wording), 2, view)
    yield from more(len(sentences) - SENTENCES, wording)


def _table(table: TableAlone, wording: Wording, view: View) -> Iterator[str]:
    told = whole(table.title, table.figures, wording)
    yield from _placed(told, place(table.location, wording), 2, view)
    if why := reason(table, wording):
        yield from wrap(why, view.width, 6)


def _part(own: list[Alone], wording: Wording, view: View) -> Iterator[str]:
    """Yield the figures of one table that was compared but for them."""
    yield f"  {plain(own[0].table)}"
    for one in own[:FIGURES]:
        yield from _placed(_figure(one, wording), place(one.stated.location, wording), 4, view)
    yield from more(len(own) - FIGURES, wording, 4)


def _figure(one: Alone, wording: Wording) -> str:
    label = wording.say("“{label}”", {"label": short(one.label)}) if one.label else ""
    text = f"{label} {held(one.stated.printed)}".strip()
    if one.beside:
        text += " — " + wording.say("the other file prints {stated}", {"stated": held(one.beside)})
    return text


def _placed(text: str, where: str, indent: int, view: View) -> Iterator[str]:
    """Yield a text with its place at the right end of its first line."""
    first, *others = beside(text, where, view.width - indent, 0, 2)
    at = len(first) - len(plain(where))
    yield f"{' ' * indent}{first[:at]}{paint(first[at:], 'cyan', view)}"
    yield from (f"{' ' * indent}{line}" for line in others)


def more(rest: int, wording: Wording, indent: int = 2) -> Iterator[str]:
    """Yield how many others are left out, if any."""
    if rest > 0:
        yield " " * indent + wording.plural("… and {n} other", "… and {n} others", rest)
