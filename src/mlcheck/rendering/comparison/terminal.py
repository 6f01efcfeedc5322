"""Two files compared, in the terminal: what differs under its section, then what only one of them states."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.comparison import Compared, Comparison, Source
from mlcheck.rendering.comparison.alone import alone, more
from mlcheck.rendering.comparison.told import (
    PRINTS,
    SIDES,
    by_section,
    evidence,
    held,
    printed,
    spot,
    subject,
    summary,
    verdict,
)
from mlcheck.rendering.layout import paint, plain, wrap
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import place
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import CRASHED, Wording

BLOCKS = 8  # not understood, told of one file


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
        yield from alone(side, comparison, wording, view)
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
            "left": spot(comparison, "left", one.left.location, wording),
            "stated": held(printed(one.left, wording)),
            "right": spot(comparison, "right", one.right.location, wording),
            "other": held(printed(one.right, wording)),
        },
    )
    yield from wrap(said, view.width, 6)
    if told := evidence(one, comparison, wording):
        yield from (paint(line, "dim", view) for line in wrap(" · ".join(told), view.width, 6))


def _trouble(file: Source, wording: Wording, view: View) -> Iterator[str]:
    """Yield what was not understood of a file, and the rules that failed on it."""
    if blocks := file.not_understood:
        count = wording.plural("{n} block not understood:", "{n} blocks not understood:", len(blocks))
        yield f"{plain(file.source)} · {count}"
        for block in blocks[:BLOCKS]:
            told = f"{place(block.locator, wording)}  {wording.say(block.reason, block.values)}"
            yield from wrap(told, view.width, 4, 6)
        yield from more(len(blocks) - BLOCKS, wording, 4)
    for crash in file.crashes:
        text = wording.say(CRASHED, {"rule": crash.rule, "error": crash.error})
        yield from (paint(line, "bold red", view) for line in wrap(text, view.width, 0, 2))
