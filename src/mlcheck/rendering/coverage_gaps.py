"""What no check of a report covers, and the errors that its checks do not see, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from mlcheck.model.finding import Report
from mlcheck.rendering.coverage_view import Blind, Row, blind_spots, locator, name, tallies, unchecked
from mlcheck.rendering.layout import beside, paint, plain
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.places import place
from mlcheck.rendering.terminal import short
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

UNCHECKED = 10  # shown of one table
BLIND = 8


def left_out(report: Report, wording: Wording, view: View) -> Iterator[str]:
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


def _figure(row: Row, report: Report, told: str, wording: Wording, view: View) -> Iterator[str]:
    where = place(locator(report, row), wording)
    label = wording.say("“{label}”", {"label": short(row["label"])}) if row["label"] else ""
    text = f"{label} {told}".strip()
    first, *others = beside(text, where, view.width - 4, 0, 2)
    at = len(first) - len(plain(where))
    yield f"    {first[:at]}{paint(first[at:], 'cyan', view)}"
    yield from (f"    {line}" for line in others)


def unseen(report: Report, wording: Wording, view: View) -> Iterator[str]:
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
    told = {
        end: with_unit(number(at, wording.language), one.row["unit"], wording.language)
        for end, at in ends.items()
        if at is not None
    }
    if len(told) == 2:
        return wording.say("{low} to {high} would pass", told)
    if "low" in told:
        return wording.say("{low} and more would pass", told)
    return wording.say("{high} and less would pass", told) if told else wording.say("anything would pass")
