"""Which figures are proven: those of which any ordinary slip would be told.

For each figure of an equality that holds, the slips that a person makes are tried one by one: what would break, and
would the break be believed by the judge that judges every other? One that rounding hides, or that would look
like a relation that was never meant, leaves its figure unproven. Trying a slip takes no longer in a long sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.judging.features import BESIDE, Siblings, is_borne_out, of_both, of_gap, reach, slip_of
from mlcheck.judging.gap import BASES, Features, Slip, Terms
from mlcheck.judging.judge import Judgement, best_slip
from mlcheck.judging.weights import WARNING, weights
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.solving.slips import slip as kind_of

NEARLY = 10  # sums that hold for one that does not: a table is not rounded that is exact in nine of ten
WORST = {"huge gap": 1, "no slip": 1}
"""How little a break may look like a slip where it is known what the relation is, rounding left out."""
ROUNDED = {"within rounding of large numbers": 1, "no sibling is rounded": 1}
Main = Callable[[Sequence[Constraint]], Constraint]


SEVERAL, ONE_DIGIT = (
    4,
    10,
)  # slips of a figure, of which one that leaves a digit may be too odd to be believed
FEWEST_PARTS = 3  # of a sum that may lose one


class Decided(Struct, frozen=True):
    """What arithmetic says of a constraint: the verdict, its gap, and the gap that it lets pass."""

    verdict: str
    residual: Fraction
    tolerance: Fraction


class Held(Struct, frozen=True):
    """A constraint that holds and proves: what may gape unseen, what speaks for it, and whether others of its figures are wrong."""

    one: Constraint
    terms: Terms
    tolerance: Fraction
    meant: int
    relation: Features
    beside_wrong: bool
    has_blanks: bool

    def spares(self, figure: int) -> bool:
        """Tell whether a sum still compares something without a figure: a total with two other parts."""
        return self.one.kind == "sum" and figure != self.one.stated and len(self.terms.figures) > FEWEST_PARTS


def proven(
    constraints: Sequence[Constraint], decided: Sequence[Decided], judged: Judgement, places: Mapping[int, Place], main_of: Main,
) -> Iterator[int]:  # fmt: skip
    """Yield the figures of a report that are proven.

    `decided` is what arithmetic says of the constraints. `main_of` says which of several broken constraints is told.
    """
    standing: dict[int, list[Held]] = defaultdict(list)
    unproving: dict[int, list[Constraint]] = defaultdict(list)
    for index, held in _held(constraints, decided, judged, places):
        for figure in held.terms.values:
            if index in judged.proving:
                standing[figure].append(held)
            else:
                unproving[figure].append(held.one)
    for figure, own in standing.items():
        quantity = places[figure].quantity
        known = _Known(judged.among, places, main_of, tuple(unproving.get(figure, ())))
        if quantity is not None and places[figure].state == "number" and known.proves(figure, own, quantity):
            yield figure


def _held(
    constraints: Sequence[Constraint], decided: Sequence[Decided], judged: Judgement, places: Mapping[int, Place]
) -> Iterator[tuple[int, Held]]:  # fmt: skip
    """Yield the equalities that hold, with their index."""
    wrong = _wrong(constraints, decided, judged)
    rounding = _Rounding(constraints, decided, places)
    for index, (one, found) in enumerate(zip(constraints, decided, strict=True)):
        if found.verdict != "consistent" or not _is_equality(one):
            continue
        terms = Terms(one, places)
        tolerance = max(found.tolerance, rounding.tolerance(one, terms))
        yield index, Held(
            one, terms, Fraction(0) if _must_print_the_same(one, places) else tolerance, judged.meant[index],
            judged.features[index], not wrong.isdisjoint(terms.values),
            any(places[f].state in ("blank", "nil") for f, _ in one.sides[0].terms),
        )  # fmt: skip


def _is_equality(one: Constraint) -> bool:
    side = one.sides[0] if one.sides else None
    return one.severity != "info" and side is not None and side.lower is not None and side.lower == side.upper


def _must_print_the_same(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether a number is repeated that is rounded to the same digit: it is then held to what is printed."""
    figures = [f for f, _ in one.sides[0].terms]
    quantities = [q for f in figures if (q := places[f].quantity) is not None]
    hedged = any(claim.hedge for f in figures if (claim := places[f].claim) is not None)
    alike = len(quantities) == len(figures) == 2 and quantities[0].half_unit == quantities[1].half_unit
    return one.kind == "equal" and alike and not hedged


def _wrong(constraints: Sequence[Constraint], decided: Sequence[Decided], judged: Judgement) -> set[int]:
    """Return the figures of what is broken and believed."""
    return {
        figure
        for index, one in enumerate(constraints)
        if decided[index].verdict == "inconsistent" and index not in judged.doubtful
        for side in one.sides
        for figure, _ in side.terms
    }


def slips(quantity: Quantity, spared: bool) -> Iterator[Fraction | None]:
    """Yield what may stand in the place of a number: the least slips first, then the greatest; an empty cell if it is `spared`."""
    step = 2 * quantity.half_unit or Fraction(1, 10**quantity.scale)
    value = quantity.value
    printed = abs(value) / step
    if printed.denominator != 1:
        return
    number, sign = int(printed), -1 if value < 0 else 1
    for other in dict.fromkeys(_mistyped(number)):
        if other >= 0 and other != number:
            yield sign * other * step
    if number and spared:
        yield None


def _least_slips(quantity: Quantity) -> list[Fraction]:
    """Return the slips that rounding may hide."""
    step = 2 * quantity.half_unit or Fraction(1, 10**quantity.scale)
    number, sign = abs(quantity.value) / step, -1 if quantity.value < 0 else 1
    if number.denominator != 1:
        return []
    return [sign * (number + n) * step for n in _least_steps(int(number)) if number + n >= 0]


def _least_steps(number: int) -> list[int]:
    """Return steps of the last digit of a number, of the one before and of the last that is no zero, up and down."""
    digits = str(number)
    last = 10 ** (len(digits) - len(digits.rstrip("0"))) if number else 1
    return [sign * steps for steps in dict.fromkeys((1, 10, last)) for sign in (1, -1)]


def _mistyped(number: int) -> Iterator[int]:
    digits = str(number)
    yield from (number + steps for steps in _least_steps(number))
    if len(digits) > 1:
        yield int(digits[1] + digits[0] + digits[2:])
        yield int(digits[:-1])
        yield int(digits[1:])
    if number:
        first = int(digits[0])
        yield int(str(first + 1 if first < 9 else first - 1) + digits[1:])
        yield number * 10


class _Known(Struct, frozen=True):
    """What the slips of a figure are judged by; the `unproving` equalities that it stands in may break with the others."""

    among: Siblings
    places: Mapping[int, Place]
    main_of: Main
    unproving: tuple[Constraint, ...]

    def proves(self, figure: int, own: Sequence[Held], quantity: Quantity) -> bool:
        """Tell whether the slips of a figure would be told; where only rounding could hide one, the least are tried."""
        least = _least_slips(quantity)
        if not least:
            return False
        sure = self._sure(own, [Slip(figure, value) for value in least[:2]])
        if sure is not None and sure >= WARNING:
            return True
        spared = any(held.spares(figure) for held in own)
        tried = slips(quantity, spared) if sure is None else least
        values = list(tried)
        spare = len(values) >= SEVERAL and all(held.one.claim is None for held in own)
        for value in values:
            if not self.is_told(own, Slip(figure, value), quantity):
                if not spare or value is None or abs(value) >= ONE_DIGIT:
                    return False
                spare = False
        return True

    def _sure(self, own: Sequence[Held], least: Sequence[Slip]) -> int | None:
        """Return the least log-odds of any break of a figure, None where more than rounding could bring them below even.

        The least slips must break what is surest, as each greater one then does.
        """
        best = max(own, key=lambda held: held.meant)
        if any(held.beside_wrong or held.one.claim is not None for held in own):
            return None
        if best.terms.may_be_fractions or not all(best.terms.breaks(one, best.tolerance) for one in least):
            return None
        known, meant, relation = weights(), best.meant, best.relation
        breaking = [*(held.one for held in own), *self.unproving]
        if len(breaking) > 1:
            relation = relation_with(relation, self.among, best.one, breaking)
            meant = min(meant, known.log_odds(relation))
        if not is_borne_out(relation):
            return None
        worst = meant + known.log_odds(WORST)
        return None if worst < WARNING else worst + known.log_odds(ROUNDED)

    def is_told(self, own: Sequence[Held], slip: Slip, quantity: Quantity) -> bool:
        """Tell whether a slip breaks constraints, and whether they would be believed together."""
        broken = [
            held
            for held in own
            if held.terms.breaks(slip, held.tolerance)
            and (slip.value is not None or held.spares(slip.figure))
        ]
        believed = list(self._believed(broken, slip))
        if not believed:
            return False
        main = self.main_of([held.one for *_, held in believed])
        _, best, _ = max(believed, key=lambda one: one[0])
        terms = next(held.terms for *_, held in believed if held.one is main)
        gap = of_gap(main, self.places, best, terms, slip)
        alone = not any(held.beside_wrong for *_, held in believed)
        blank = any(held.has_blanks for *_, held in believed)
        found = gap | _slipped(slip, quantity, alone, blank, len(believed))
        return weights().log_odds(best | of_both(main, found, best, self.places)) >= WARNING

    def _believed(self, broken: Sequence[Held], slip: Slip) -> Iterator[tuple[int, Features, Held]]:
        """Yield the broken constraints that are not doubtful by themselves, with what speaks for each."""
        known, ones = weights(), [*(held.one for held in broken), *self.unproving]
        for held in broken:
            relation, meant = held.relation, held.meant
            if len(ones) > 1:
                relation = relation_with(relation, self.among, held.one, ones)
                meant = known.log_odds(relation)
            gap = of_gap(held.one, self.places, relation, held.terms, slip)
            if meant + known.log_odds(gap) + best_slip(held.one) >= WARNING:
                yield meant, relation, held


def _slipped(slip: Slip, quantity: Quantity, alone: bool, blank: bool, mended: int) -> Features:
    """Return how the figure itself, as a suspect, would explain what its slip breaks."""
    if not alone:  # with others that are wrong besides it
        return {"no single figure": 1, "leaves some broken": 1, "no slip": 1}
    reached = 0 if slip.value is None and blank else 1
    if slip.value is not None:
        step = 2 * quantity.half_unit or Fraction(1, 10**quantity.scale)
        kind = kind_of(int(slip.value / step), int(quantity.value / step))
        reached = 0 if kind is None else reach(slip.value, quantity.value, quantity.magnitude, kind.rank)
    several = {"mends several": min(mended.bit_length() - 1, 4)} if mended > 1 else {}
    return {"one figure": 1, slip_of(reached): 1} | several


def relation_with(
    relation: Features, among: Siblings, one: Constraint, breaking: Sequence[Constraint]
) -> Features:
    """Return what speaks for a constraint that others break with."""
    beside = among.of(one, "consistent", breaking)
    kept = {name: count for name, count in relation.items() if name not in BESIDE}
    return kept | beside


class _Rounding:
    """How far the sums of a table may gape once one more of them breaks: what it then learns of their rounding."""

    def __init__(
        self, constraints: Sequence[Constraint], decided: Sequence[Decided], places: Mapping[int, Place]
    ) -> None:
        self.votes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.standing: dict[int, int] = defaultdict(int)
        self.places = places
        for one, found in zip(constraints, decided, strict=True):
            if one.adaptive and found.verdict != "unverifiable":
                self.votes[one.group][0] += 1
                self.votes[one.group][1] += not self._is_exact(one, found)
                for figure, _ in one.sides[0].terms:
                    self.standing[figure] += 1

    def _is_exact(self, one: Constraint, found: Decided) -> bool:
        """Tell whether a sum holds within the half-units that its figures have of their own."""
        halves = sum(q.half_unit for f, _ in one.sides[0].terms if (q := self.places[f].quantity) and q.half)
        return abs(found.residual) <= halves

    def tolerance(self, one: Constraint, terms: Terms) -> Fraction:
        """Return the gap that a sum would be let pass if its table turned out to be rounded; 0 where it could not."""
        votes, failing = self.votes[one.group] if one.adaptive else (0, 0)
        if not failing:
            return Fraction(0)
        related = 1 + sum(self.standing[figure] - 1 for figure in terms.values)
        if votes - related >= NEARLY * failing:
            return Fraction(0)
        countable = [q for q in terms.quantities if not q.half]
        step = max((Fraction(1, 10**q.scale) for q in countable), default=Fraction(0))
        base = next(
            (b for b in BASES if 10 * sum(q.mantissa % b == 0 for q in countable) >= 9 * len(countable)), 1
        )
        return len(countable) * base * step / 2
