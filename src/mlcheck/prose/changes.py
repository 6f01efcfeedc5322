"""Tie the changes that sentences state to the pairs of levels beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.model.claim import Link
from mlcheck.prose.matching import ENDS, Item, Number
from mlcheck.prose.tokens import root, words

_REACH = 22  # tokens between a pair and a change of it
_CHANGES = frozenset({"change", "rate", "points", "times"})
_NEW_SUBJECT = 8  # what a clause of its own costs a change


class Levels(Struct, frozen=True):
    """A level and the one before it, with the first item of the words that say so and the one after the last.

    One that is `spanned`, from one to the other, may explain a change before it: "perd 12 agents (de 96 à 84)".
    """

    new: Number
    old: Number
    start: int
    end: int
    spanned: bool = False


def links_of_levels(pairs: Sequence[Levels], items: Sequence[Item]) -> Iterator[Link]:
    """Yield what each change beside a pair of levels says of the two; of several pairs the nearest is meant."""
    chosen: list[Levels] = []
    for pair in pairs:
        taken = {n.index for other in chosen for n in (other.new, other.old)}
        if not {pair.new.index, pair.old.index} & taken:
            chosen.append(pair)
    ends = {id(pair): _span(pair, items) for pair in chosen}
    for at, item in enumerate(items):
        if item.number is None or _CHANGES.isdisjoint(item.types) or any(
            item.number in (pair.new, pair.old) for pair in chosen
        ):  # fmt: skip
            continue
        costs = [(cost, n) for n, pair in enumerate(chosen) if (cost := _cost(at, ends[id(pair)], items, pair)) is not None]
        if costs:
            link = _link(item.number, chosen[min(costs)[1]])
            if link is not None:
                yield link


def _span(pair: Levels, items: Sequence[Item]) -> tuple[int, int]:
    places = [at for at, item in enumerate(items) if item.number in (pair.new, pair.old)]
    return min(places), max(places)


def _cost(at: int, span: tuple[int, int], items: Sequence[Item], pair: Levels) -> int | None:
    """Return how far a change at item `at` is from a pair, None where it is none of its."""
    first, last = span
    if first < at < last:
        return 0
    if at < first and not (pair.spanned or _opens(items[at + 1 : first])):
        return None
    between = items[last + 1 : at] if at > last else items[at + 1 : first]
    if len(between) > _REACH:
        return None
    cost = 0
    for item in between:
        if item.token is None or item.token.key in ENDS or "contrast" in item.token.tags:
            return None
        if item.number is not None and _CHANGES.isdisjoint(item.types):
            return None
        cost += 1 + _NEW_SUBJECT * bool("joint" in item.token.tags and item.number is None)
    if at > last and _of_another(between, pair):
        return None
    return cost


def _opens(between: Sequence[Item]) -> bool:
    """Tell whether a level follows a change at once, in a parenthesis: "une hausse de 20 M€ (348 contre 328)"."""
    return len(between) == 1 and between[0].token is not None and between[0].token.key == "("


def _of_another(between: Sequence[Item], pair: Levels) -> bool:
    """Tell whether what stands between names another thing that changes: "…, le budget a augmenté de"."""
    at = next((n for n, item in enumerate(between) if item.token is not None and "trend" in item.token.tags), None)
    if at is None:
        return False
    known = frozenset(root(w) for n in (pair.new, pair.old) for w in (*n.claim.subject, *n.claim.base))
    for n in range(at):
        token, before = between[n].token, between[n - 1].token if n else None
        if token is None or before is None or "definite" not in before.tags or token.form != "word" or token.tags:
            continue
        if root(token.key) not in known | words().activity:
            return True
    return False


def _link(change: Number, pair: Levels) -> Link | None:
    unit, level = change.unit, pair.new.unit
    operands = (pair.new.index, pair.old.index)
    if unit == "ratio":
        return Link("multiple", change.index, operands)
    if unit == "%" and (level != "%" or change.claim.kind == "variation"):
        return Link("variation", change.index, operands)
    if unit == "points" and level == "%":
        return Link("points", change.index, operands)
    return Link("difference", change.index, operands) if unit == level else None
