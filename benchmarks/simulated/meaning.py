"""What a figure states: a total of the population, or what is computed from totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Members = frozenset[tuple[str, frozenset[str]]]
EVERYONE: Members = frozenset()


def only(dimension: str, *names: str) -> Members:
    """Return the restriction of a dimension to some of its members."""
    return frozenset({(dimension, frozenset(names))})


def among(members: Members, dimension: str) -> frozenset[str] | None:
    """Return the members of a dimension that are meant, or None where all are."""
    return next((names for held, names in members if held == dimension), None)


def without(members: Members, dimension: str) -> Members:
    """Return a restriction that leaves one dimension free."""
    return frozenset(pair for pair in members if pair[0] != dimension)


@dataclass(frozen=True)
class Total:
    """How many, or how much, of a measure there was of some members in a year."""

    measure: str
    members: Members
    year: int


@dataclass(frozen=True)
class Share:
    """What a part makes of a whole, in percent."""

    part: Total
    whole: Total


@dataclass(frozen=True)
class Mean:
    """How much there is of one total for one of another."""

    amount: Total
    number: Total


@dataclass(frozen=True)
class Growth:
    """By how many percent a total is above the one it is compared with."""

    now: Total
    before: Total


@dataclass(frozen=True)
class Difference:
    """By how much a total is above the one it is compared with."""

    now: Total
    before: Total


@dataclass(frozen=True)
class Points:
    """By how many points a share is above the one it is compared with."""

    now: Share
    before: Share


@dataclass(frozen=True)
class Statistic:
    """A median, a least or a greatest value: nothing printed adds up to it."""

    name: str
    measure: str
    members: Members
    year: int


Meaning = Total | Share | Mean | Growth | Difference | Points | Statistic


def operands(meaning: Meaning) -> tuple[Meaning, ...]:
    """Return what a meaning is computed from."""
    if isinstance(meaning, Share):
        return meaning.part, meaning.whole
    if isinstance(meaning, Mean):
        return meaning.amount, meaning.number
    if isinstance(meaning, Growth | Difference | Points):
        return meaning.now, meaning.before
    return ()


def a_year_before(meaning: Meaning) -> Meaning | None:
    """Return the same total or share of the year before, where there is one to speak of."""
    if isinstance(meaning, Total):
        return Total(meaning.measure, meaning.members, meaning.year - 1)
    if isinstance(meaning, Share):
        parts: Iterable[Total] = (meaning.part, meaning.whole)
        return Share(*(Total(one.measure, one.members, one.year - 1) for one in parts))
    return None
