"""Find the lines that are the quotient of two others, a growth between two, or the mean of a run, which numbers alone show.

A table often sets a ratio far from what it is taken of, or names it in a way that says nothing of either. Any two
lines near by are tried, so the numbers must fit in several crossings, beyond what chance would make of all that are
tried, and each quotient counts once however often it is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Relation, RelationKind
from mlcheck.tables.chance import FEWEST, most_failing, sure_crossings
from mlcheck.tables.crossed import PERCENT, Crossed, are_operands, fits, is_growth, is_mean, is_share, scaled

WITHIN = 9  # lines on each side among which operands are looked for
MOST_LINES = 250  # of a longer table, its lines are not tried
MOST_TARGETS = 100  # lines that may be a quotient; of a table with more, none is tried
PROBES = 2  # crossings by which pairs are proposed: one of them may be wrong
BEYOND = 14  # bits by which a quotient must be less likely than one of those tried
SHOWN = Evidence((), ("a quotient that numbers show",))
FORMS: tuple[tuple[RelationKind, Callable[[Quantity, Quantity, Quantity], bool]], ...] = (
    ("share", is_share), ("mean", is_mean), ("variation", is_growth),
)  # fmt: skip
QUOTIENTS = tuple(kind for kind, _ in FORMS)


class _Fit(Struct, frozen=True):
    """The crossings at which numbers can be held against each other, those where they fail, and the bits of each that holds."""

    judged: tuple[int, ...]
    failing: tuple[int, ...]
    bits: dict[int, int]

    def sure(self, least: int) -> tuple[int, ...] | None:
        """Return the crossings without which the numbers would still fit beyond chance, None where they do not at all."""
        return sure_crossings(self.judged, self.failing, self.bits, least)


class _Proposal(Struct, frozen=True):
    """A relation with the bits by which its numbers fit."""

    relation: Relation
    bits: int


def find_quotients(crossed: Crossed, found: Sequence[Relation]) -> Iterator[Relation]:
    """Yield what lines of decimals or percentages are computed from, where no word told it; `found` is what words did."""
    if not len(crossed.across) >= FEWEST or len(crossed.lines) > MOST_LINES:
        return
    own = [one for one in found if one.axis == crossed.axis]
    known = {one.target for one in own if _mostly_holds(crossed, one)}
    triples = {frozenset((one.target, *(s for s, _ in one.sources))) for one in own}
    targets = [i for i in range(len(crossed.lines)) if i not in known and _may_be_quotient(crossed, i)]
    if len(targets) > MOST_TARGETS:
        return
    proposed = [
        one for target in targets
        if (one := _quotient(crossed, target, triples, len(targets)) or _mean(crossed, target, len(targets)))
    ]  # fmt: skip
    for one in sorted(proposed, key=lambda one: -one.bits):  # a ÷ b = c: b is a ÷ c as well, to fewer digits
        lines = frozenset((one.relation.target, *(s for s, _ in one.relation.sources)))
        if lines not in triples:
            triples.add(lines)
            yield one.relation


def _mostly_holds(crossed: Crossed, relation: Relation) -> bool:
    """Tell whether a relation fits at least at half of its crossings, or is no quotient of two lines."""
    holds = dict(FORMS).get(relation.kind)
    if holds is None or len(relation.sources) != 2:
        return True
    fit = _fit(crossed, (relation.target, relation.sources[0][0], relation.sources[1][0]), holds)
    return 2 * len(fit.failing) <= len(fit.judged)


def _may_be_quotient(crossed: Crossed, index: int) -> bool:
    """Tell whether a line prints percentages, or decimals, in several crossings."""
    line = crossed.lines[index]
    if line.hidden or (line.year is not None and line.unit == "€"):
        return False
    printed = [q for x in range(len(crossed.across)) if (q := crossed.quantity(index, x)) is not None]
    decimals = sum(q.value.denominator > 1 or q.unit in PERCENT for q in printed)
    return decimals >= FEWEST and 2 * decimals >= len(printed)


def _quotient(crossed: Crossed, target: int, triples: set[frozenset[int]], targets: int) -> _Proposal | None:
    """Return the nearest two lines of which a line is surely a quotient."""
    among = _operands(crossed, target)
    least = BEYOND + (len(FORMS) * targets * max(len(among), 1) ** 2).bit_length()
    best: tuple[tuple[int, int], _Proposal] | None = None
    for kind, holds, pair in _proposed(crossed, target, among):
        fit = _fit(crossed, (target, *pair), holds)
        firm = fit.sure(least)
        if frozenset((target, *pair)) in triples or firm is None:
            continue
        place = sum(abs(i - target) for i in pair), min(pair)
        if best is None or place < best[0]:
            sources = ((pair[0], 1), (pair[1], 1))
            relation = Relation(
                kind,
                crossed.axis,
                target,
                sources,
                fit.judged,
                "arithmetic",
                evidence=SHOWN,
                firm=None if firm is None else frozenset(firm),
            )
            best = place, _Proposal(relation, sum(fit.bits.values()))
    return None if best is None else best[1]


def _operands(crossed: Crossed, target: int) -> list[int]:
    """Return the lines near a line that print numbers and no percentages."""
    around = range(max(0, target - WITHIN), min(len(crossed.lines), target + WITHIN + 1))
    kept = (i for i in around if i != target and not crossed.lines[i].hidden)
    return [i for i in kept if crossed.lines[i].unit not in PERCENT]


def _probes(crossed: Crossed, target: int) -> list[int]:
    """Return the crossings at which a line prints the most digits."""
    printed = [(x, q) for x in range(len(crossed.across)) if (q := crossed.quantity(target, x)) is not None]
    return [x for x, q in sorted(printed, key=lambda own: (-_bits(own[1]), own[0]))[:PROBES]]


def _proposed(
    crossed: Crossed, target: int, among: Sequence[int]
) -> Iterator[tuple[RelationKind, Callable[[Quantity, Quantity, Quantity], bool], tuple[int, int]]]:
    """Yield the forms and pairs of lines that fit at one of the probes."""
    seen: set[tuple[str, int, int]] = set()
    for x in _probes(crossed, target):
        value = crossed.quantity(target, x)
        numbers = [(i, q) for i in among if (q := crossed.quantity(i, x)) is not None and q.mantissa]
        for one, first in numbers:
            for other, second in numbers:
                for kind, holds in FORMS:
                    key = (kind, one, other)
                    if one != other and value is not None and key not in seen and holds(value, first, second):
                        seen.add(key)
                        yield kind, holds, (one, other)


def _fit(
    crossed: Crossed, lines: tuple[int, int, int], holds: Callable[[Quantity, Quantity, Quantity], bool]
) -> _Fit:
    """Return where three lines fit; a quotient that is repeated, nought or one is worth nothing."""
    cells = {x: tuple(crossed.entry(i, x) for i in lines) for x in range(len(crossed.across))}
    judged = tuple(x for x, own in cells.items() if are_operands(*own) and _has_base(crossed, lines[2], x))
    bits: dict[int, int] = {}
    seen: set[Fraction] = set()
    failing = []
    for x in judged:
        value, first, second = (crossed.quantity(i, x) for i in lines)
        if value is None or first is None or second is None:
            continue
        if not fits(holds, *cells[x]):
            failing.append(x)
            continue
        ratio = first.value / second.value
        bits[x] = 0 if ratio in seen or ratio in (0, 1) else _bits(value)
        seen.add(ratio)
    return _Fit(judged, tuple(failing), bits)


def _has_base(crossed: Crossed, line: int, crossing: int) -> bool:
    quantity = crossed.quantity(line, crossing)
    return quantity is None or quantity.mantissa != 0


def _bits(value: Quantity) -> int:
    """Return how many bits a number prints: what it takes to fit it by chance."""
    return max((abs(value.mantissa) // (2 * value.half or 1)).bit_length() - 1, 0)


def _bits_among(numbers: Sequence[int], slack: int, count: int) -> int:
    """Return how many bits it takes for a mean to lie by chance where it does among some numbers: years in a row are alike.

    `slack` is how far the mean of `count` numbers may be off, twice and times their count.
    """
    return max(((max(numbers) - min(numbers)) * count // slack).bit_length() - 1, 0)


# The mean of a run.


def _mean(crossed: Crossed, target: int, targets: int) -> _Proposal | None:
    """Return the run of lines beside a line of which it is surely the mean."""
    for step in (-1, 1):
        run = _run(crossed, target, step)
        least = BEYOND + (2 * targets * max(len(run), 1)).bit_length()
        for length in sorted(_mean_lengths(crossed, target, run), reverse=True):
            fit = _mean_fit(crossed, target, run[:length])
            firm = None if fit is None else fit.sure(least)
            if fit is not None and firm is not None:
                sources = tuple((i, 1) for i in sorted(run[:length]))
                relation = Relation(
                    "average", crossed.axis, target, sources, fit.judged, "arithmetic", evidence=SHOWN, firm=None if firm is None else frozenset(firm)
                )  # fmt: skip
                return _Proposal(relation, sum(fit.bits.values()))
    return None


def _run(crossed: Crossed, target: int, step: int) -> list[int]:
    """Return the lines of one unit before or after a line, nearest first, as far as they print numbers."""
    run, at, unit = [], target + step, crossed.lines[target].unit
    while 0 <= at < len(crossed.lines) and crossed.lines[at].unit == unit and not crossed.lines[at].hidden:
        run.append(at)
        at += step
    return run


def _mean_lengths(crossed: Crossed, target: int, run: Sequence[int]) -> set[int]:
    """Return how many lines of a run have the mean that a line prints at one of the probes."""
    found: set[int] = set()
    for x in _probes(crossed, target):
        value, total, slack = crossed.quantity(target, x), Fraction(0), Fraction(0)
        for length, i in enumerate(run, 1):
            quantity = crossed.quantity(i, x)
            if value is None or quantity is None:
                break
            total, slack = total + quantity.value, slack + quantity.half_unit
            if length > 1 and abs(total - value.value * length) <= _half(value) * length + slack:
                found.add(length)
    return found


def _half(value: Quantity) -> Fraction:
    """Return what a printed mean is known to: half of its last digit."""
    return value.half_unit or Fraction(1, 2 * 10**value.scale)


def _mean_fit(crossed: Crossed, target: int, run: Sequence[int]) -> _Fit | None:
    """Return where a line is the mean of others, None where it is not in too many; numbers all alike are worth nothing."""
    judged, failing = [], []
    bits: dict[int, int] = {}
    seen: set[tuple[int, ...]] = set()
    most = most_failing(len(crossed.across))
    for x in range(len(crossed.across)):
        value, printed = crossed.quantity(target, x), [crossed.quantity(i, x) for i in run]
        numbers = [q for q in printed if q is not None]
        if value is None or len(numbers) < len(printed):
            continue
        judged.append(x)
        ((mean, half), *own), one = scaled(value, *numbers)
        known = (
            2 * half or one // 10**value.scale
        )  # twice what a printed mean is known to: half of its last digit
        slack = known * len(own) + 2 * sum(h for _, h in own)
        if 2 * abs(sum(n for n, _ in own) - mean * len(own)) > slack:
            failing.append(x)
            if len(failing) > most:
                return None
            continue
        values = (one, *(n for n, _ in own))
        bits[x] = 0 if values in seen else _bits_among(values[1:], slack, len(own))
        seen.add(values)
    return _Fit(tuple(judged), tuple(failing), bits)
