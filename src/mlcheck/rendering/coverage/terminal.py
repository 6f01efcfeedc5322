"""The coverage of a report in the terminal: bars, then what no check covers, then what the checks do not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from mlcheck.model.finding import Report
from mlcheck.rendering import closing
from mlcheck.rendering.coverage.view import (
    VERDICTS,
    Blind,
    FigureRow,
    blind_spots,
    locator,
    name,
    tallies,
    total,
    unchecked,
)
from mlcheck.rendering.layout import beside, paint, wrap
from mlcheck.rendering.numbers import number, plain_spaces, with_unit
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import CHECKED
from mlcheck.rendering.terminal import heading, short
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    import polars as pl

BLOCKS = {"proven": "█", "bounded": "▓", "contradicted": "▚", "unchecked": "░"}
STYLES = {"proven": "green", "bounded": "cyan", "contradicted": "bold red", "unchecked": "dim"}

NAMES = {
    "proven": N_("proven"), "bounded": N_("bounded"), "contradicted": N_("contradicted"),
    "unchecked": N_("without any check"),
}  # fmt: skip
BAR = 24
UNCHECKED = 10  # shown of one table
BLIND = 8


def terminal(report: Report, mutations: pl.DataFrame | None, view: View) -> Iterator[str]:
    """Return the text of the coverage of a report."""
    wording = view.wording(report.language)
    lines = _lines(report, mutations, wording, view)
    yield "\n".join(plain_spaces(line).rstrip() for line in lines) + "\n"


def _lines(report: Report, mutations: pl.DataFrame | None, wording: Wording, view: View) -> Iterator[str]:
    found = tallies(report)
    yield paint(" · ".join(plain(part) for part in heading(report, wording)), "bold", view)
    yield "   ".join(
        f"{paint(BLOCKS[verdict], STYLES[verdict], view)} {wording.say(NAMES[verdict])}"
        for verdict in VERDICTS
    )
    for chapter, group in groupby(found, key=lambda one: one.chapter):
        own = list(group)
        yield ""
        yield from _bar(chapter or wording.say("Outside any section"), total(own), 0, "bold", wording, view)
        titles = Counter(one.title for one in own)
        for one in own:
            called = name(one, titles[one.title] > 1, wording) if one.table else wording.say("sentences")
            yield from _bar(called, one.verdicts, 2, "", wording, view)
    yield from _left_out(report, wording, view)
    yield from _unseen(report, wording, view)
    if mutations is not None:
        from mlcheck.rendering.coverage.mutation import terminal as mutated

        yield from mutated(report, mutations, wording, view)
    yield ""
    yield from wrap(closing.figures(report, wording), view.width, 0, 4)
    whole = total(found)
    share = percent(whole, wording)
    yield paint(wording.say("{percent} of the printed figures are checked", {"percent": share}), "bold", view)


def percent(verdicts: Counter[str], wording: Wording) -> str:
    """Return the share of the figures that are checked, rounded down: 100 % is all of them."""
    checked = sum(verdicts[verdict] for verdict in CHECKED)
    return with_unit(str(100 * checked // (verdicts.total() or 1)), "%", wording.language)


def _bar(
    called: str, verdicts: Counter[str], indent: int, style: str, wording: Wording, view: View
) -> Iterator[str]:
    """Return a line with a name, its bar, the share that is checked and the number of figures."""
    drawn = "".join(
        paint(BLOCKS[verdict] * width, STYLES[verdict], view) for verdict, width in _widths(verdicts).items()
    )
    figures = f"{plain_spaces(percent(verdicts, wording)):>6} {number(verdicts.total(), wording.language):>7}"
    room = view.width - BAR - len(figures) - 2 - indent
    first, *others = wrap(called, room, 0, 2) or [""]
    yield f"{' ' * indent}{paint(first, style, view)}{' ' * (room - len(first))}  {drawn}{plain_spaces(figures)}"
    yield from (f"{' ' * indent}{paint(line, style, view)}" for line in others)


def _widths(verdicts: Counter[str]) -> dict[str, int]:
    """Share the blocks of a bar among the verdicts; none that occurs is left without one."""
    whole = verdicts.total()
    exact = {verdict: Fraction(BAR * verdicts[verdict], whole) for verdict in VERDICTS if verdicts[verdict]}
    widths = {verdict: max(int(share), 1) for verdict, share in exact.items()}
    while sum(widths.values()) != BAR:
        step = 1 if sum(widths.values()) < BAR else -1
        open_to = [verdict for verdict in exact if step > 0 or widths[verdict] > 1]
        nearest = max(open_to, key=lambda verdict: step * (exact[verdict] - widths[verdict]))
        widths[nearest] += step
    return widths


# What no check of a report covers, and the errors that its checks do not see, in the terminal.


def _left_out(report: Report, wording: Wording, view: View) -> Iterator[str]:
    """Yield the lines that name the figures in no check, table by table."""
    found = unchecked(report)
    if not found:
        return
    yield ""
    yield paint(wording.say("Without any check"), "bold", view)
    tables = {(one.chapter, one.table): name(one, False, wording) for one in tallies(report)}
    for key, group in groupby(found, key=lambda row: (row["chapter"], row["table"])):
        own = list(group)
        yield f"  {plain(tables[key])}"
        for row in own[:UNCHECKED]:
            yield from _figure(row, report, row["printed"], wording, view)
        if len(own) > UNCHECKED:
            yield f"    {wording.plural('… and {n} other', '… and {n} others', len(own) - UNCHECKED)}"


def _figure(row: FigureRow, report: Report, shown: str, wording: Wording, view: View) -> Iterator[str]:
    where = place(locator(report, row), wording)
    label = wording.say("“{label}”", {"label": short(row["label"])}) if row["label"] else ""
    text = f"{label} {shown}".strip()
    first, *others = beside(text, where, view.width - 4, 0, 2)
    at = len(first) - len(plain(where))
    yield f"    {first[:at]}{paint(first[at:], 'cyan', view)}"
    yield from (f"    {line}" for line in others)


def _unseen(report: Report, wording: Wording, view: View) -> Iterator[str]:
    """Yield the lines that tell the largest errors that would pass unnoticed."""
    found = blind_spots(report)
    if not found:
        return
    yield ""
    yield paint(wording.say("Errors that would pass unnoticed, the largest first"), "bold", view)
    for one in found[:BLIND]:
        yield from _figure(one.row, report, f"{one.row['printed']} — {passing(one, wording)}", wording, view)
    if len(found) > BLIND:
        yield f"    {wording.plural('… and {n} other', '… and {n} others', len(found) - BLIND)}"


def passing(one: Blind, wording: Wording) -> str:
    """Return the printed values that no check would notice."""
    value = Fraction(one.row["mantissa"], 10 ** one.row["scale"])
    ends = {
        "low": None if one.below is None else value - one.below,
        "high": None if one.above is None else value + one.above,
    }
    shown = {
        end: with_unit(number(at, wording.language), one.row["unit"], wording.language)
        for end, at in ends.items()
        if at is not None
    }
    if len(shown) == 2:
        return wording.say("{low} to {high} would pass", shown)
    if "low" in shown:
        return wording.say("{low} and more would pass", shown)
    return wording.say("{high} and less would pass", shown) if shown else wording.say("anything would pass")
