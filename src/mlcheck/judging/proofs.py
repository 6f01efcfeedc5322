"""Which figures are proven: those of which any ordinary slip would be told.

For each figure of an equality that holds, the slips that a person makes are tried one by one: what would break, and
would the break be believed by the judge that judges every other? One that rounding hides, or that would look
like a relation that was never meant, leaves its figure unproven. Trying a slip takes no longer in a long sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field

from mlcheck.judging.features import BESIDE, GAPE, Siblings, is_borne_out, of_both, of_gap, reach, slip_of
from mlcheck.judging.gap import BASES, Features, Slip, Terms
from mlcheck.judging.judge import Judgement, best_slip
from mlcheck.judging.weights import WARNING, weights
from mlcheck.model.constraints import FEWEST_PARTS, Constraint
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.solving.evaluate import NEAR_FOR_FAR
from mlcheck.solving.slips import slip as kind_of

NEARLY = 10  # sums that hold for one that does not: a table is not rounded that is exact in nine of ten
WORST = {"huge gap": 1, "no slip": 1}
"""How little a break may look like a slip where it is known what the relation is, rounding left out."""
Main = Callable[[Sequence[Constraint]], Constraint]


SEVERAL, ONE_DIGIT = (
    4,
    10,
)  # slips of a figure, of which one that leaves a digit may be too odd to be believed


class Decided(Struct, frozen=True):
    """What arithmetic says of a constraint: the verdict, its gap, and the gap that it lets pass."""

    verdict: str
    residual: Fraction
    tolerance: Fraction


class Held(Struct, frozen=True):
    """A constraint that holds and proves: what may gape unseen, what speaks for it, and whether others of its figures are wrong.

    It is `of_several` parts where it is a sum that one part fewer leaves a sum.
    """

    one: Constraint
    terms: Terms
    tolerance: Fraction
    meant: int
    relation: Features
    beside_wrong: bool
    has_blanks: bool
    of_several: bool

    def spares(self, figure: int) -> bool:
        """Tell whether a sum still compares something without a figure: a total with two other parts."""
        printed = len(self.terms.figures) > FEWEST_PARTS
        return printed and figure != self.one.stated and self.of_several


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
            if index in judged.proving and figure not in judged.bound_by.get(index, ()):
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
            any(places[f].state in ("blank", "nil") for f, _ in one.sides[0].terms), one.is_sum_of_several(),
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
    """Yield what may stand in the place of a number: the least slips first, then the greatest; an empty cell if it is `spared`.

    Of a number that is rounded, one step of its last digit is no slip that anybody could tell.
    """
    step = 2 * quantity.half_unit or Fraction(1, 10**quantity.scale)
    value = quantity.value
    printed = abs(value) / step
    if printed.denominator != 1:
        return
    number, sign = int(printed), -1 if value < 0 else 1
    for other in dict.fromkeys(_mistyped(number, _first_step(quantity))):
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
    steps = _least_steps(int(number), _first_step(quantity))
    return [sign * (number + n) * step for n in steps if number + n >= 0]


def _first_step(quantity: Quantity) -> int:
    """Return the least steps of its last digit by which a number may be wrong and not only rounded."""
    return 2 if quantity.half else 1


def _least_steps(number: int, first: int) -> list[int]:
    """Return steps of the last digit of a number, of the one before and of the last that is no zero, up and down."""
    digits = str(number)
    last = 10 ** (len(digits) - len(digits.rstrip("0"))) if number else 1
    return [sign * steps for steps in dict.fromkeys((first, 10, max(last, first))) for sign in (1, -1)]


def _mistyped(number: int, first: int) -> Iterator[int]:
    digits = str(number)
    yield from (number + steps for steps in _least_steps(number, first))
    if len(digits) > 1:
        yield int(digits[1] + digits[0] + digits[2:])
        yield int(digits[:-1])
        yield int(digits[1:])
    if number:
        first = int(digits[0])
        yield int(str(first + 1 if first < 9 else first - 1) + digits[1:])
        yield number * 10


def _roundings(relation: Features) -> Iterator[Features]:
    """Yield what a gap looks like at worst that rounding would leave."""
    yield {"within rounding at random": 1}
    yield {"within rounding of every part": 1, "one last digit": 1}
    yield {
        "within rounding of large numbers": 1, "one last digit": 1,
        "others of its table gape so": relation.get(GAPE, 0),
    }  # fmt: skip


class _Known(Struct, frozen=True):
    """What the slips of a figure are judged by; the `unproving` equalities that it stands in may break with the others.

    `known` keeps what speaks for the constraints that break together.
    """

    among: Siblings
    places: Mapping[int, Place]
    main_of: Main
    unproving: tuple[Constraint, ...]
    known: dict[tuple[int, ...], list[tuple[int, Features, Held]]] = field(default_factory=dict)

    def proves(self, figure: int, own: Sequence[Held], quantity: Quantity) -> bool:
        """Tell whether the slips of a figure would be told; where only rounding could hide one, the least are tried."""
        least = _least_slips(quantity)
        if not least:
            return False
        sure = self._sure(own, [Slip(figure, value) for value in least[:2]])
        spared = any(held.spares(figure) for held in own)
        if sure is not None and sure >= WARNING:
            empty = spared and quantity.mantissa != 0
            return not empty or self.is_told(own, Slip(figure, None), quantity)
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
        return None if worst < WARNING else worst + min(map(known.log_odds, _roundings(relation)))

    def is_told(self, own: Sequence[Held], slip: Slip, quantity: Quantity) -> bool:
        """Tell whether a slip breaks constraints, and whether they would be believed together."""
        broken = tuple(
            n for n, held in enumerate(own)
            if held.terms.breaks(slip, held.tolerance)
            and (slip.value is not None or held.spares(slip.figure))
        )  # fmt: skip
        believed = list(self._believed(own, broken, slip))
        if not believed:
            return False
        main = self.main_of([one.held.one for one in believed])
        best = max(believed, key=lambda one: one.meant).relation
        found = next(one for one in believed if one.held.one is main)
        gap = found.gap
        if found.relation is not best:
            gap = of_gap(main, self.places, best, found.held.terms, slip)
        alone = not any(one.held.beside_wrong for one in believed)
        blank = any(one.held.has_blanks for one in believed)
        gap = gap | _slipped(slip, quantity, alone, blank, len(believed))
        return weights().log_odds(best | of_both(main, gap, best, self.places)) >= WARNING

    def _believed(self, own: Sequence[Held], broken: tuple[int, ...], slip: Slip) -> Iterator[_Believed]:
        """Yield the broken constraints that are not doubtful by themselves."""
        for meant, relation, held in self._together(own, broken):
            gap = of_gap(held.one, self.places, relation, held.terms, slip)
            if meant + weights().log_odds(gap) + best_slip(held.one) >= WARNING:
                yield _Believed(meant, relation, held, gap)

    def _together(self, own: Sequence[Held], broken: tuple[int, ...]) -> list[tuple[int, Features, Held]]:
        """Return constraints that break together with what then speaks for each."""
        if broken not in self.known:
            found = []
            ones = [*(own[n].one for n in broken), *self.unproving]
            for held in (own[n] for n in broken):
                relation, meant = held.relation, held.meant
                if len(ones) > 1:
                    relation = relation_with(relation, self.among, held.one, ones)
                    meant = weights().log_odds(relation)
                found.append((meant, relation, held))
            self.known[broken] = found
        return self.known[broken]


class _Believed(Struct, frozen=True):
    """A constraint that a slip breaks, what speaks for it, and the gap."""

    meant: int
    relation: Features
    held: Held
    gap: Features


def _slipped(slip: Slip, quantity: Quantity, alone: bool, blank: bool, mended: int) -> Features:
    """Return how the figure itself, as a suspect, would explain what its slip breaks."""
    if not alone:  # with others that are wrong besides it
        return {"no single figure": 1, "leaves some broken": 1, "no slip": 1}
    reached = 0 if slip.value is None and blank else 1
    if slip.value is not None:
        step, value = 2 * quantity.half or 1, slip.value
        mistyped = value.numerator * 10**quantity.scale // (value.denominator * step)
        kind = kind_of(mistyped, quantity.mantissa // step)
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
        self.votes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # all, near, far
        self.standing: dict[int, int] = defaultdict(int)
        self.places = places
        for one, found in zip(constraints, decided, strict=True):
            if one.adaptive and found.verdict != "unverifiable":
                votes = self.votes[one.group]
                votes[0] += 1
                if not self._is_exact(one, found):
                    votes[1 if self._is_near(one, found) else 2] += 1
                for figure, _ in one.sides[0].terms:
                    self.standing[figure] += 1

    def _is_exact(self, one: Constraint, found: Decided) -> bool:
        """Tell whether a sum holds within the half-units that its figures have of their own."""
        halves = sum(q.half_unit for f, _ in one.sides[0].terms if (q := self.places[f].quantity) and q.half)
        return abs(found.residual) <= halves

    def _is_near(self, one: Constraint, found: Decided) -> bool:
        """Tell whether rounding explains the gap of a sum."""
        return found.verdict == "consistent" or abs(found.residual) <= _widest(Terms(one, self.places))

    def tolerance(self, one: Constraint, terms: Terms) -> Fraction:
        """Return the gap that a sum would be let pass if its table turned out to be rounded; 0 where it could not."""
        votes, near, far = self.votes[one.group] if one.adaptive else (0, 0, 0)
        if not near or NEAR_FOR_FAR * far > near:
            return Fraction(0)
        related = 1 + sum(self.standing[figure] - 1 for figure in terms.values)
        return Fraction(0) if votes - related >= NEARLY * (near + far) else _widest(terms)


def _widest(terms: Terms) -> Fraction:
    """Return how far a sum may gape if each figure that has no half-unit of its own is rounded."""
    countable = [q for q in terms.quantities if not q.half]
    step = max((Fraction(1, 10**q.scale) for q in countable), default=Fraction(0))
    base = next(
        (b for b in BASES if 10 * sum(q.mantissa % b == 0 for q in countable) >= 9 * len(countable)), 1
    )
    return len(countable) * base * step / 2
