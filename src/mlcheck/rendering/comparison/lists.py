"""Two files compared as Markdown and as comma-separated values."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.comparison import Alone, Compared, Comparison, Side, Stated
from mlcheck.rendering.comparison.view import (
    ONLY_IN,
    SIDES,
    evidence,
    name,
    printed,
    reason,
    subject,
    summary,
    verdict,
    whole,
)
from mlcheck.rendering.csv import LOCATION, lines
from mlcheck.rendering.listing import Listing, escaped
from mlcheck.rendering.listing import markdown as listed
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

HEADER = (
    "agreement", "section", "table", "label",
    *(f"left_{key}" for key in (*LOCATION, "stated", "verdict")),
    *(f"right_{key}" for key in (*LOCATION, "stated", "verdict")),
    "favours", "hint",
)  # fmt: skip


def markdown(comparison: Comparison, view: View) -> Iterator[str]:
    """Return the counts, a table of the differences, and a list of what only one file states."""
    wording = view.wording(comparison.left.language)
    yield "\n\n".join(_blocks(comparison, wording)) + "\n"


def _blocks(comparison: Comparison, wording: Wording) -> Iterator[str]:
    yield f"# {escaped(f'{comparison.left.source} ↔ {comparison.right.source}')}"
    yield f"**{escaped(verdict(comparison, wording)[0])}**"
    yield "\n".join(f"- {escaped(line)}" for line in summary(comparison, wording))
    files = [name(comparison, side) for side in SIDES]
    if comparison.differences:
        head = (wording.say("Section"), wording.say("Figure"), *files, wording.say("To review"))
        found = tuple(_difference(one, comparison, wording) for one in comparison.differences)
        yield listed(Listing(head, found, frozenset({2, 3})))
    for side in SIDES:
        yield from _only(side, comparison, wording)
    for file in (comparison.left, comparison.right):
        if blocks := file.not_understood:
            count = wording.plural("{n} block not understood:", "{n} blocks not understood:", len(blocks))
            yield f"{escaped(file.source)} · {count}"
            yield "\n".join(
                f"- {escaped(f'{place(b.locator, wording)}: {wording.say(b.reason, b.values)}')}"
                for b in blocks
            )


def _difference(one: Compared, comparison: Comparison, wording: Wording) -> tuple[str, ...]:
    sides = (
        f"{printed(stated, wording)} ({place(stated.location, wording)})" for stated in (one.left, one.right)
    )
    return one.section, subject(one, wording), *sides, " · ".join(evidence(one, comparison, wording))


def _only(side: Side, comparison: Comparison, wording: Wording) -> Iterator[str]:
    own = [one for one in comparison.alone if one.side == side]
    if not own:
        return
    yield f"## {escaped(wording.say(ONLY_IN, {'file': name(comparison, side)}))}"
    tables = [one for one in comparison.tables_alone if one.side == side]
    if tables:
        shown = []
        for one in tables:
            text = whole(f"{one.title} ({place(one.location, wording)})", one.figures, wording)
            why = f" · {reason(one, wording)}" if one.reason else ""
            shown.append(f"- {escaped(text + why)}")
        yield "\n".join(shown)
    head = (wording.say("Place"), wording.say("Figure"), wording.say("Printed"))
    rows = tuple(
        (
            place(one.stated.location, wording),
            ", ".join(part for part in (one.table, one.label) if part),
            one.stated.printed,
        )
        for one in own
        if not one.whole
    )
    if rows:
        yield listed(Listing(head, rows, frozenset({2})))


def csv(comparison: Comparison, view: View) -> Iterator[str]:
    """Return a line a figure: those of both files, then those that only one states (only_left, only_right)."""
    wording = view.wording(comparison.left.language)
    yield lines([HEADER])
    yield lines(
        [
            one.agreement, one.section, one.table, one.label, *_cells(one.left), *_cells(one.right),
            one.favours, plain_spaces(wording.say(one.hint)) if one.hint else None,
        ]
        for one in comparison.compared
    )  # fmt: skip
    yield lines(_alone(one) for one in comparison.alone)


def _alone(one: Alone) -> list[object]:
    none: list[object] = [None] * (len(LOCATION) + 2)
    if one.beside is not None:
        none[len(LOCATION)] = plain_spaces(one.beside)
    sides = (_cells(one.stated), none) if one.side == "left" else (none, _cells(one.stated))
    return [f"only_{one.side}", one.section, one.table, one.label, *sides[0], *sides[1], None, None]


def _cells(stated: Stated) -> list[object]:
    where = location(stated.location)
    return [*(where[key] for key in LOCATION), plain_spaces(stated.printed), stated.coverage]
