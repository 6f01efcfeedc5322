"""One typing error in one printed figure, and whether the report then contradicts itself."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulated.figures import Figure
from simulated.meaning import Total, a_year_before
from simulated.population import Population
from simulated.relations import Relation

KINDS = ("swapped", "changed", "dropped", "doubled", "tenfold", "neighbour", "last-year")
PROSE, COMPUTED = (
    0.3,
    0.2,
)  # how many of the slips are made in a sentence, and in a share, a growth or a mean of a table


@dataclass(frozen=True)
class Slip:
    """Another value in the place of a figure, and the kinds of relations that it breaks."""

    kind: str
    figure: Figure
    value: Fraction
    breaks: tuple[str, ...]


def drawn(
    chance: random.Random,
    figures: Sequence[Figure],
    among: Sequence[Figure],
    relations: Sequence[Relation],
    population: Population,
) -> Slip:
    """Draw a figure and a slip of it; `among` are those that a person types."""
    while True:
        figure, kind = _figure(chance, among), chance.choice(KINDS)
        values = sorted({*_values(kind, figure, figures, population)} - {figure.value})
        values = [value for value in values if figure.form.text(value) != figure.printed]
        if values:
            value = chance.choice(values)
            return Slip(kind, figure, value, broken(figure, value, relations))


def _figure(chance: random.Random, among: Sequence[Figure]) -> Figure:
    """Draw a figure: now and then one of a sentence, or one that is computed, which are few."""
    draw = chance.random()
    prose = [figure for figure in among if not figure.column]
    computed = [figure for figure in among if figure.column and not isinstance(figure.meaning, Total)]
    if draw < PROSE:
        return chance.choice(prose or among)
    return chance.choice(computed or among) if draw < PROSE + COMPUTED else chance.choice(among)


def broken(figure: Figure, value: Fraction, relations: Sequence[Relation]) -> tuple[str, ...]:
    """Return the kinds of relations that do not hold with another value of a figure."""
    held = [relation for relation in relations if any(one is figure for one in relation.figures)]
    return tuple(sorted({relation.kind for relation in held if not relation.holds(figure, value)}))


def _values(
    kind: str, figure: Figure, figures: Sequence[Figure], population: Population
) -> Iterator[Fraction]:
    """Yield the values that a kind of slip may put in the place of a figure."""
    if kind == "tenfold":
        yield from (value for value in (figure.value * 10, figure.value / 10) if _fits(value, figure))
    elif kind == "neighbour":
        yield from (
            other.value
            for other in figures
            if other.block == figure.block and other.form == figure.form and not other.nil and other.column
            and (other.row == figure.row or other.column == figure.column)
        )  # fmt: skip
    elif kind == "last-year":
        before = a_year_before(figure.meaning)
        if before is not None and population.knows(before):
            exact = population.value(before)
            if exact:
                yield figure.form.rounded_value(exact)
    else:
        digits = str(int(abs(figure.value) * 10**figure.form.places))
        for text in _typed(kind, digits):
            if text and (text[0] != "0" or len(text) == 1):
                yield Fraction(int(text), 10**figure.form.places) * (-1 if figure.value < 0 else 1)


def _fits(value: Fraction, figure: Figure) -> bool:
    """Tell whether a form prints a value."""
    return value != 0 and (value * 10**figure.form.places).denominator == 1


def _typed(kind: str, digits: str) -> Iterator[str]:
    """Yield the digits as a hurried hand types them."""
    for at, digit in enumerate(digits):
        if kind == "changed":
            yield from (digits[:at] + other + digits[at + 1 :] for other in "0123456789" if other != digit)
        elif kind == "dropped" and len(digits) > 1:
            yield digits[:at] + digits[at + 1 :]
        elif kind == "doubled":
            yield digits[: at + 1] + digits[at:]
        elif kind == "swapped" and at + 1 < len(digits):
            yield digits[:at] + digits[at + 1] + digit + digits[at + 2 :]
