"""What is said of a relation in words: what makes its target, why it is believed, and what became of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from mlcheck.model.document import Locator
from mlcheck.model.finding import Related, Report
from mlcheck.model.relation import CheckedRelation
from mlcheck.rendering.confidence import percent
from mlcheck.rendering.numbers import number
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

MARKS = {"consistent": "✓", "inconsistent": "✗", "unverifiable": "?", "doubtful": "~"}
VERDICTS = {
    "consistent": N_("holds"),
    "inconsistent": N_("is broken"),
    "unverifiable": N_("is unverifiable"),
    "doubtful": N_("is doubtful"),
}
KINDS = {
    "sum": N_("sum of {figures}"),
    "difference": N_("difference: {figures}"),
    "share": N_("share: {figures}"),
    "variation": N_("variation: {figures}"),
    "mean": N_("mean: {figures}"),
    "average": N_("average of {figures}"),
    "product": N_("product: {figures}"),
    "equality": N_("equal to {figures}"),
    "inequality": N_("bounded by {figures}"),
    "distribution": N_("adding up to 100: {figures}"),
}
RATIOS = ("share", "variation", "mean")
MINUS = "− "
FIGURES = 6  # named of one relation
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
Operand = tuple[Related, Decimal]

LAYOUT = (
    N_("a loose wording"),
    N_("a bare total"),
    N_("a worded total"),
    N_("lines numbered under it"),
    N_("lines with a code over one without"),
    N_("the same lines under each"),
    N_("the parts of a total but one"),
    N_("the same lines of another table"),
    N_("a total by its adjective"),
    N_("last line"),
    N_("first line"),
    N_("the lines since the total before"),
    N_("all lines before"),
    N_("the subtotals before"),
    N_("the lines below"),
    N_("the lines right beside it"),
    N_("all lines below"),
    N_("all other lines"),
    N_("lines of the same words"),
    N_("over years"),
    N_("all there is"),
    N_("lines set in under it"),
    N_("a group like its neighbours"),
    N_("a panel that totals the others"),
    N_("lines here and there"),
    N_("beside its count"),
    N_("prints 100 at the total"),
    N_("the same line of another panel"),
    N_("its row prints 100"),
    N_("beside the total of its row"),
    N_("the whole of its part"),
    N_("right after its part"),
    N_("below its whole"),
    N_("beside its whole"),
    N_("a line of last year"),
    N_("what was done of what was meant"),
    N_("its total prints 100"),
    N_("all lines of its group"),
    N_("its parts make 100"),
    N_("no total is printed"),
    N_("classes of age"),
    N_("members of one family"),
    N_("beside its two years"),
    N_("beside what it compares"),
    N_("one year a line"),
    N_("beside its amount and number"),
    N_("after the lines that it is the mean of"),
    N_("a total of the same lines"),
    N_("side by side"),
    N_("beside what it adds up"),
    N_("from the start to the end"),
    N_("a last line without a label"),
    N_("a quotient that numbers show"),
    N_("the same sentence but for a number"),
    N_("a sentence of the same total"),
    N_("a formula"),
)
"""What the layout of a page may say for a relation, as it is written for a reader."""


def target(one: CheckedRelation, report: Report) -> Related:
    """Return the figure that a relation is listed at: the one held to account, else the first of all."""
    return report.related[one.operands[0][0] if one.target is None else one.target]


def broken(report: Report) -> dict[tuple[str, int | None], CheckedRelation]:
    """Return the relations that do not hold, by their rule and the figure of the finding that tells them."""
    found = (one for one in reversed(report.relations) if one.verdict == "inconsistent")
    return {(one.rule, target(one, report).figure): one for one in found}


def arithmetic(one: CheckedRelation, report: Report, wording: Wording) -> str:
    """Return what makes the target: "sum of B3:B9", "share: C4 / C12"; empty where a number of the rule does."""
    here = None if one.target is None else report.related[one.target].location
    operands = [(report.related[figure], coefficient) for figure, coefficient in one.operands]
    if not operands:
        return ""
    ratio = one.kind in RATIOS and len(operands) == 2
    parts = [[operand] for operand in operands] if ratio else [operands]
    shown = [name for part in parts for name in _shown(part, operands, here, wording)]
    if len(shown) > FIGURES:
        rest = len(shown) - FIGURES
        shown = [*shown[:FIGURES], wording.plural("… and {n} other", "… and {n} others", rest)]
    several = one.kind == "equality" and len(operands) > 1 and all(c > 0 for _, c in operands)
    kind = KINDS["sum" if several else one.kind]
    return wording.say(kind, {"figures": " / ".join(shown) if ratio else _joined(shown)})


def evidence(one: CheckedRelation, wording: Wording) -> Iterator[str]:
    """Yield why a relation is believed, in words; nothing where its numbers alone speak for it."""
    held = one.evidence
    if held.words:
        yield wording.say("words: {words}", {"words": held.words})
    if held.layout:
        yield wording.say("layout: {names}", {"names": tuple(wording.say(name) for name in held.layout)})
    if held.formula:
        yield wording.say("formula: {formula}", {"formula": held.formula})
    if held.profile:
        yield wording.say("stated by the profile")
    hold, of = one.siblings
    if of:
        yield wording.say("in other lines: {hold} of {of}", {"hold": hold, "of": of})


def verdict(one: CheckedRelation, wording: Wording) -> str:
    """Return what became of a relation and how sure it is that it was meant: "holds, confidence 98%"."""
    sure = wording.say("confidence {percent}", {"percent": percent(one.confidence, wording)})
    return f"{wording.say(VERDICTS[one.verdict])}, {sure}"


def counts(report: Report, wording: Wording) -> str:
    """Return "212 relations: 204 hold, 1 broken, 3 unverifiable, 4 doubtful"."""
    found = Counter(one.verdict for one in report.relations)
    parts = (
        wording.plural("{n} holds", "{n} hold", found["consistent"]),
        wording.plural("{n} broken", "{n} broken", found["inconsistent"]),
        wording.plural("{n} unverifiable", "{n} unverifiable", found["unverifiable"]),
        wording.plural("{n} doubtful", "{n} doubtful", found["doubtful"]),
    )
    head = wording.plural("{n} relation:", "{n} relations:", len(report.relations))
    return f"{head} {', '.join(parts)}"


# The operands of a relation as they are named: cells side by side as a range, what has no address of its own
# by what it prints.


def _shown(
    part: Sequence[Operand], operands: Sequence[Operand], here: Locator | None, wording: Wording
) -> Iterator[str]:
    """Yield the names of a part of the operands as seen from the target, what is taken off last."""
    there = Counter(location for location, _ in {(one.location, one.figure) for one, _ in operands})
    seen = here or operands[0][0].location
    run: list[Locator] = []
    for one, coefficient in sorted(part, key=lambda operand: operand[1] < 0):
        where = one.location
        named = where.cell is not None and there[where] == 1 and where != here
        if run and not (named and coefficient == 1 and _follows(run, where)):
            yield _range(run, seen, wording)
            run = []
        if named and coefficient == 1:
            run.append(where)
        else:
            yield _times(coefficient, wording) + (_name(where, seen, wording) if named else one.stated)
    if run:
        yield _range(run, seen, wording)


def _joined(shown: Sequence[str]) -> str:
    """Return names one after the other, those that are taken off behind their sign."""
    return shown[0] + "".join(f" {name}" if name.startswith(MINUS) else f", {name}" for name in shown[1:])


def _follows(run: Sequence[Locator], where: Locator) -> bool:
    """Tell whether a cell stands next after a run of cells, down or to the right as the run goes."""
    last = run[-1]
    if replace(last, cell=None, line=None) != replace(where, cell=None, line=None):
        return False
    step = _step(last, where)
    return step in ((1, 0), (0, 1)) and (len(run) == 1 or step == _step(run[-2], last))


def _step(one: Locator, other: Locator) -> tuple[int, int]:
    (row, column), (next_row, next_column) = _at(one), _at(other)
    return next_row - row, next_column - column


def _at(where: Locator) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(where.cell or "")
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _range(run: Sequence[Locator], here: Locator, wording: Wording) -> str:
    first = _name(run[0], here, wording)
    return first if len(run) == 1 else f"{first}:{run[-1].cell}"


def _name(where: Locator, here: Locator, wording: Wording) -> str:
    """Return the place of a cell, its address alone where it stands in the table or sheet of the target."""
    if replace(where, cell=None, line=None) == replace(here, cell=None, line=None):
        return where.cell or ""
    return place(where, wording, here)


def _times(coefficient: Decimal, wording: Wording) -> str:
    if coefficient in (1, -1):
        return MINUS if coefficient < 0 else ""
    return f"{number(Fraction(coefficient), wording.language)} × "
