"""Find what each mean, price or rate is taken of: an amount and a number that words name; and what a mean lies among."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_counting, ratio_of, statistic_of
from mlcheck.language.words import fold, stems
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Line, Relation, RelationKind
from mlcheck.tables.choice import BELIEFS, FITTING, NAMED, PLACED, Alternative, choose
from mlcheck.tables.crossed import NEAR, Crossed, are_operands, fits, is_level, is_mean, is_product
from mlcheck.tables.descriptors import full, is_period, named

HOLDS = {"mean": is_mean, "product": is_product}
MEANS = ("mean", "price")
AMONG = ("mean", "median", "rate", "price", "index", "age")
"""What a whole has between the least and the greatest of its parts."""


def find_means(crossed: Crossed) -> Iterator[Relation]:
    """Yield the amount and the number of each mean or price on this axis, and the lines that a mean is of."""
    for target, line in enumerate(crossed.lines):
        if line.hidden or line.unit in ("%", "points"):
            continue
        if line.statistic in MEANS or line.role == "mean":
            chosen = choose(crossed, target, list(_alternatives(crossed, target)))
            if chosen is not None:
                yield chosen
            else:
                yield from _average(crossed, target)


def _alternatives(crossed: Crossed, target: int) -> Iterator[Alternative]:
    line = crossed.lines[target]
    kind: RelationKind = "product" if line.statistic == "price" else "mean"
    own = [i for i in crossed.levels if crossed.lines[i].path == line.path and abs(i - target) <= NEAR]
    known = set()
    for total, number, words in _worded(crossed, target, own):
        known.add((total, number))
        yield _alternative(crossed, target, kind, (total, number), NAMED, (line.label, *words))
    if not known and (pair := _only_pair(crossed, target, own)) is not None:
        known.add(pair)
        yield _alternative(crossed, target, kind, pair, PLACED, (line.label, crossed.lines[pair[0]].label))
    for pair in permutations(crossed.near(target), 2):
        if pair not in known:
            yield _alternative(crossed, target, kind, pair, FITTING, ())


def _worded(crossed: Crossed, target: int, own: list[int]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the pairs of an amount and a number that the words of a mean and of its neighbours name.

    The number is what stands after "par", else a line that counts; the amount is in the unit of the mean, names
    what it names, or is the only line of figures besides.
    """
    lines, line = crossed.lines, crossed.lines[target]
    of_what, per_what = _parted(line.label)
    by_name = [i for i in own if per_what and per_what <= stems(full(lines[i]))]
    numbers = by_name or [i for i in own if not per_what and _is_number(lines[i])]
    for number in numbers:
        others = [i for i in own if i != number and not _is_number(lines[i])]
        same = [i for i in others if _is_amount(lines[i], line, of_what)]
        rest = others if by_name and len(others) == 1 and not of_what else []
        for total in same or rest:
            yield total, number, (lines[total].label, lines[number].label)


def _only_pair(crossed: Crossed, target: int, own: list[int]) -> tuple[int, int] | None:
    """Return the only amount of money and the only count beside a mean of money that names nothing else."""
    lines, line = crossed.lines, crossed.lines[target]
    of_what, per_what = _parted(line.label)
    amounts = [i for i in own if _is_amount(lines[i], line, of_what)]
    counts = [i for i in own if i not in amounts and lines[i].unit == "count"]
    money = line.unit == "€" and not per_what
    return (amounts[0], counts[0]) if money and len(amounts) == len(counts) == 1 and len(own) == 2 else None


def _parted(label: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of what a mean is of, and of what it is per: "Nombre moyen de contacts par jeune"."""
    what, whom = ratio_of(label)
    if what and whom:
        return named(what), stems(whom)
    words, per = fold(label).split(), {fold(w) for w in lexicon().measures.per}
    at = next((i for i, w in enumerate(words) if w in per and i + 1 < len(words)), len(words))
    return named(" ".join(words[:at])), stems(" ".join(words[at + 1 :]))


def _is_number(line: Line) -> bool:
    """Tell whether a line is the number of things: it opens with a word that counts, and is in no other unit."""
    plain = fold(line.label)
    amounts = any(plain.startswith(fold(w)) for w in lexicon().units["€"].heads)
    return line.unit == "count" and is_counting(line.label) and not amounts and not _is_sum_of_money(line)


def _is_sum_of_money(line: Line) -> bool:
    return fold(lexicon().drafting.naming.amount) in fold(line.label).split()


def _is_amount(line: Line, mean: Line, of_what: frozenset[str]) -> bool:
    """Tell whether a line is the amount that a mean is taken of."""
    money = line.unit == "€" or _is_sum_of_money(line)
    if mean.statistic == "price" or mean.unit == "€" or _is_sum_of_money(mean):
        return money or (mean.statistic == "price" and line.role == "total" and line.unit == mean.unit)
    return bool(of_what) and of_what <= stems(full(line))


def _alternative(
    crossed: Crossed,
    target: int,
    kind: RelationKind,
    pair: tuple[int, int],
    tier: int,
    words: tuple[str, ...],
) -> Alternative:
    cells = {
        x: (crossed.entry(target, x), crossed.entry(pair[0], x), crossed.entry(pair[1], x))
        for x, line in enumerate(crossed.across) if line.statistic is None
    }  # fmt: skip
    kept = tuple(x for x, own in cells.items() if are_operands(*own))
    fit = frozenset(x for x in kept if fits(HOLDS[kind], *cells[x]))
    evidence = Evidence(tuple(dict.fromkeys(words)), ("beside its amount and number",))
    pairs = ((pair[0], 1), (pair[1], 1))
    relation = Relation(
        kind, crossed.axis, target, pairs, kept, BELIEFS[tier],
        evidence=evidence if tier < FITTING else Evidence(),
    )  # fmt: skip
    return Alternative(relation, tier, kept, fit, (sum(abs(i - target) for i in pair),))


def _average(crossed: Crossed, target: int) -> Iterator[Relation]:
    """Yield what a line called "Moyenne" is of the lines before it, where it ends them: their mean, and among them."""
    line = crossed.lines[target]
    periodic = frozenset().union(*map(stems, lexicon().measures.periodic))
    if line.statistic != "mean" or named(line.label) - periodic or len(fold(line.label).split()) > 2:
        return
    before = [i for i in range(target) if crossed.lines[i].path == line.path or not line.path]
    sources = [i for i in before if is_level(crossed.lines[i]) and crossed.lines[i].role == "part"]
    periods = [i for i in sources if is_period(crossed.lines[i])]
    sources = periods if len(periods) > 1 else sources  # not the year beside its quarters
    if len(sources) < 2 or any(crossed.lines[i].unit != line.unit for i in sources):
        return
    if any(crossed.lines[i].statistic not in (None, "running") for i in before):
        return
    evidence = Evidence((line.label,), ("after the lines that it is the mean of",))
    # A line of means is not averaged in turn: each may be of another number of figures.
    crossings = tuple(x for x, other in enumerate(crossed.across) if other.statistic is None)
    pairs = tuple((i, 1) for i in sources)
    within = Relation("within", crossed.axis, target, pairs, crossings, evidence=evidence)
    relation = Relation("average", crossed.axis, target, pairs, crossings, evidence=evidence)
    judged = tuple(
        x for x in crossings if (value := crossed.quantity(target, x)) is not None and value.mantissa
    )
    fit = frozenset(x for x in judged if _is_average(crossed, target, sources, x))
    tier = NAMED if all(is_period(crossed.lines[i]) for i in sources) else FITTING
    found = choose(crossed, target, [Alternative(relation, tier, judged, fit)])
    if found is not None:
        yield found
    if crossed.axis == "row":
        yield within


def _is_average(crossed: Crossed, target: int, sources: list[int], x: int) -> bool:
    value, cells = crossed.quantity(target, x), [crossed.quantity(i, x) for i in sources]
    numbers = [q for q in cells if q is not None]
    if value is None or len(numbers) < len(cells):
        return False
    half = value.half_unit or (Fraction(1, 2) if value.scale == 0 else Fraction(0))
    slack = half + sum((q.half_unit for q in numbers), Fraction(0)) / len(numbers)
    return abs(sum((q.value for q in numbers), Fraction(0)) / len(numbers) - value.value) <= slack


def _lies_among(line: Line) -> bool:
    """Tell whether a whole lies among its parts at a line; at one called "Moyenne" alone, which averages lines, it is their sum."""
    if line.statistic == "mean" and not named(line.label):
        return False
    return line.statistic in AMONG or (line.statistic == "share" and statistic_of(line.label) in AMONG)


def find_within(crossed: Crossed, found: list[Relation]) -> Iterator[Relation]:
    """Yield the totals of columns of means and rates, which lie among those of the lines that make the total up.

    Only where the counts beside them are summed over the same lines: a total of others may lie anywhere. Means that are
    all taken per the same number, as those of a month, are added up like what they are taken of.
    """
    columns = tuple(x for x, line in enumerate(crossed.across) if not line.hidden and _lies_among(line))
    for total in found:
        if columns and total.kind == "sum" and total.axis == crossed.axis and len(total.sources) > 1:
            label = crossed.lines[total.target].label
            evidence = Evidence((label,) if label else (), ("a total of the same lines",))
            among = tuple(x for x in columns if not _adds_up(crossed, total, x))
            if among:
                yield Relation("within", crossed.axis, total.target, total.sources, among, evidence=evidence)


def _adds_up(crossed: Crossed, total: Relation, x: int) -> bool:
    """Tell whether the parts of a total make it at a line of means as well."""
    value, cells = crossed.quantity(total.target, x), [crossed.quantity(i, x) for i, _ in total.sources]
    numbers = [q for q in cells if q is not None]
    if value is None or len(numbers) < len(cells):
        return False
    slack = sum((_rounding(q) for q in (value, *numbers)), Fraction(0))
    return abs(sum((q.value for q in numbers), Fraction(0)) - value.value) <= slack


def _rounding(number: Quantity) -> Fraction:
    """Return what may be lacking to a mean: half of its last digit, whatever it says of itself."""
    return number.half_unit or Fraction(1, 2 * 10**number.scale)
