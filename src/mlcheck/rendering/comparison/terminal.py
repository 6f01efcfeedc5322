"""Two files compared, in the terminal: what differs under its section, then what only one of them states."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mlcheck.model.comparison import Alone, Compared, Comparison, Side, Source, TableAlone
from mlcheck.rendering.comparison.view import (
    ONLY_IN,
    PRINTS,
    SIDES,
    by_section,
    evidence,
    held,
    name,
    printed,
    reason,
    spot_at,
    subject,
    summary,
    verdict,
    whole,
)
from mlcheck.rendering.layout import beside, paint, wrap
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import crash_text
from mlcheck.rendering.terminal import short
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

BLOCKS = 8  # not understood, said of one file
TABLES, FIGURES, SENTENCES = 10, 4, 8  # said of one file, or of one table


def terminal(comparison: Comparison, view: View) -> Iterator[str]:
    """Return the text of a comparison."""
    wording = view.wording(comparison.left.language)
    lines = _lines(comparison, wording, view)
    yield "\n".join(plain_spaces(line).rstrip() for line in lines) + "\n"


def _lines(comparison: Comparison, wording: Wording, view: View) -> Iterator[str]:
    yield paint(" · ".join(plain(part) for part in _heading(comparison, wording)), "bold", view)
    for section, group in by_section(comparison.differences).items():
        yield ""
        yield paint(plain(section or wording.say("Outside any section")), "bold", view)
        for one in group:
            yield from _difference(one, comparison, wording, view)
    for side in SIDES:
        yield from _alone(side, comparison, wording, view)
    yield ""
    for line in summary(comparison, wording):
        yield from wrap(line, view.width, 0, 4)
    for file in (comparison.left, comparison.right):
        yield from _trouble(file, wording, view)
    text, style = verdict(comparison, wording)
    yield from (paint(line, style, view) for line in wrap(text, view.width, 0, 2))


def _heading(comparison: Comparison, wording: Wording) -> Iterator[str]:
    yield f"{comparison.left.source} ↔ {comparison.right.source}"
    years = dict.fromkeys(file.year for file in (comparison.left, comparison.right) if file.year is not None)
    yield from (wording.say("report of {year}", {"year": year}) for year in years)
    profile = comparison.left.profile or comparison.right.profile
    if profile:
        yield wording.say("profile {name}", {"name": profile})


def _difference(one: Compared, comparison: Comparison, wording: Wording, view: View) -> Iterator[str]:
    first, *others = wrap(subject(one, wording), view.width, 4)
    yield f"  {paint('✗', 'bold red', view)} {first.lstrip()}"
    yield from others
    said = wording.say(
        PRINTS,
        {
            "left": spot_at(comparison, "left", one.left.location, wording),
            "stated": held(printed(one.left, wording)),
            "right": spot_at(comparison, "right", one.right.location, wording),
            "other": held(printed(one.right, wording)),
        },
    )
    yield from wrap(said, view.width, 6)
    if shown := evidence(one, comparison, wording):
        yield from (paint(line, "dim", view) for line in wrap(" · ".join(shown), view.width, 6))


def _trouble(file: Source, wording: Wording, view: View) -> Iterator[str]:
    """Yield what was not understood of a file, and the rules that failed on it."""
    if blocks := file.not_understood:
        count = wording.plural("{n} block not understood:", "{n} blocks not understood:", len(blocks))
        yield f"{plain(file.source)} · {count}"
        for block in blocks[:BLOCKS]:
            shown = f"{place(block.locator, wording)}  {wording.say(block.reason, block.values)}"
            yield from wrap(shown, view.width, 4, 6)
        yield from _more(len(blocks) - BLOCKS, wording, 4)
    for crash in file.crashes:
        text = crash_text(crash, file.source, wording)
        yield from (paint(line, "bold red", view) for line in wrap(text, view.width, 0, 2))


# What only one of two files states, in the terminal: whole tables, figures of tables, sentences.


def _alone(side: Side, comparison: Comparison, wording: Wording, view: View) -> Iterator[str]:
    """Yield what only one file states: whole tables, figures of tables that were compared, then sentences."""
    own = [one for one in comparison.alone if one.side == side]
    if not own:
        return
    yield ""
    yield paint(wording.say(ONLY_IN, {"file": name(comparison, side)}), "bold", view)
    tables = [one for one in comparison.tables_alone if one.side == side]
    for table in tables[:TABLES]:
        yield from _table(table, wording, view)
    yield from _more(len(tables) - TABLES, wording)
    partly = [one for one in own if one.table and not one.whole]
    parts = [list(group) for _, group in groupby(partly, key=lambda one: one.home)]
    for part in parts[:TABLES]:
        yield from _part(part, wording, view)
    yield from _more(len(parts) - TABLES, wording)
    sentences = [one for one in own if not one.table]
    for one in sentences[:SENTENCES]:
        yield from _placed(_figure(one, wording), place(one.stated.location, wording), 2, view)
    yield from _more(len(sentences) - SENTENCES, wording)


def _table(table: TableAlone, wording: Wording, view: View) -> Iterator[str]:
    shown = whole(table.title, table.figures, wording)
    yield from _placed(shown, place(table.location, wording), 2, view)
    if why := reason(table, wording):
        yield from wrap(why, view.width, 6)


def _part(own: list[Alone], wording: Wording, view: View) -> Iterator[str]:
    """Yield the figures of one table that was compared but for them."""
    yield f"  {plain(own[0].table)}"
    for one in own[:FIGURES]:
        yield from _placed(_figure(one, wording), place(one.stated.location, wording), 4, view)
    yield from _more(len(own) - FIGURES, wording, 4)


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


def _more(rest: int, wording: Wording, indent: int = 2) -> Iterator[str]:
    """Yield how many others are left out, if any."""
    if rest > 0:
        yield " " * indent + wording.plural("… and {n} other", "… and {n} others", rest)
