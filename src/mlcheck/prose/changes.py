"""Tie the changes that sentences state to the pairs of levels beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.claim import Link
from mlcheck.model.sentence import Token
from mlcheck.prose.grammar import flowing
from mlcheck.prose.items import Item, Number, number_of
from mlcheck.prose.misread import SIGNS
from mlcheck.prose.places import ENDS
from mlcheck.prose.tokens import root, words

_REACH = 22  # tokens between a pair and a change of it
_LEADS, _NEAR = 6, 3  # tokens right before a change
_CHANGES = frozenset({"change", "rate", "points", "times"})
_PASSED = _CHANGES | {"year", "duration"}
_TIMES = frozenset({"relative-year", "objective", "calendar", "duration", "mean", "that-of"})
_PAIR = 2
_ALONE = 3  # numbers of a sentence that gives two levels and their change
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
    if not pairs or any(item.token is not None and "basis" in item.token.tags for item in items):
        return
    chosen: list[Levels] = []
    for pair in pairs:
        taken = {n.index for other in chosen for n in (other.new, other.old)}
        if not {pair.new.index, pair.old.index} & taken and not _is_of_words(pair):
            chosen.append(pair)
    levels = {n.index for pair in chosen for n in (pair.new, pair.old)}
    ends = {id(pair): _span(pair, items) for pair in chosen}
    lasting = any(pair.new.claim.kind == "duration" for pair in chosen)
    passed = {"year"} if lasting else {"year", "duration"}
    alone = sum(item.number is not None and passed.isdisjoint(item.types) for item in items) == _ALONE
    for at, item in enumerate(items):
        if item.number is None or _CHANGES.isdisjoint(item.types) or item.number.index in levels:
            continue
        if at + 1 < len(items) and _is_yearly(items[at + 1]):
            continue  # "de 4 points par an"
        if _is_part(items[at - 1]) or _is_since_another(items[at + 1 :]):
            continue
        costs = [
            (cost, n)
            for n, pair in enumerate(chosen)
            if (cost := _cost(at, ends[id(pair)], items, pair, levels, alone=alone)) is not None
        ]
        if costs:
            link = _link(item.number, chosen[min(costs)[1]])
            if link is not None:
                yield link


def _is_of_words(pair: Levels) -> bool:
    """Tell whether a share in words stands before a plain number, which is of something else: "un cinquième (contre 5)"."""
    new, old = pair.new.claim.quantity, pair.old.claim.quantity
    worded = new.unit == "%" and not any(map(str.isdecimal, new.printed))
    return worded and all(c.isdecimal() or c.isspace() for c in old.printed)


def _is_part(item: Item) -> bool:
    """Tell whether a word makes a change one part of another: "de 68 % à 72 %, dont 0,6 point en 2023"."""
    return item.token is not None and item.number is None and "part" in item.token.tags


def _is_since_another(following: Sequence[Item]) -> bool:
    """Tell whether a change is counted from what no year and no number says: "9 % de moins qu'avant la crise"."""
    for at, item in enumerate(following[:_NEAR]):
        if item.token is None or item.number is not None or item.token.key in ENDS:
            return False
        if "since" in item.token.tags:
            return not any(map(_says_when, following[at + 1 : at + 1 + _LEADS]))
    return False


def _says_when(item: Item) -> bool:
    if item.number is not None or item.token is None:
        return item.number is not None
    tags = item.token.tags.keys()
    return bool(tags & _TIMES) and "definite" not in tags


def _is_yearly(item: Item) -> bool:
    return item.token is not None and bool(item.token.tags.keys() & {"yearly", "per"})


def _span(pair: Levels, items: Sequence[Item]) -> tuple[int, int]:
    own = (pair.new.index, pair.old.index)
    places = [at for at, item in enumerate(items) if item.number is not None and item.number.index in own]
    return min(places), max(places)


def _cost(
    at: int, span: tuple[int, int], items: Sequence[Item], pair: Levels, levels: set[int], *, alone: bool
) -> int | None:
    """Return how far a change at item `at` is from a pair, None where it is none of its; `alone` where there are no other numbers."""
    first, last = span
    if first < at < last:
        return 0
    before = at < first
    between = items[at + 1 : first] if before else items[last + 1 : at]
    if not before and _names_another(between, items[: last + 1]):
        return None
    if alone and (_explains(between, items[:at], pair) if before else _takes_up(between)):
        return len(between)
    if alone and not before and _opened_by_with(items, pair) and _concludes([*between, items[at]]):
        return len(between)
    if len(between) > _REACH or any(_parts(item, levels) for item in between):
        return None
    if not (_opens(between, items[at], pair) if before else _leads(between, pair)):
        return None
    return len(between) + _NEW_SUBJECT * sum(_joins(item) for item in between)


def _parts(item: Item, levels: set[int]) -> bool:
    """Tell whether an item ends what is said of a pair: a level of another, a count, the end of a clause."""
    if item.token is None or item.token.key in ENDS or "contrast" in item.token.tags:
        return True
    if item.number is None or not _PASSED.isdisjoint(item.types):
        return False
    return item.number.index in levels or "share" not in item.types


def _joins(item: Item) -> bool:
    return item.number is None and item.token is not None and "joint" in item.token.tags


def _opens(between: Sequence[Item], change: Item, pair: Levels) -> bool:
    """Tell whether levels explain a change before them: "de 20 M€ (348 contre 328)", "de 4 %, passant de"."""
    joined = any(_joins(item) and "year" not in before.types for before, item in pairwise((change, *between)))
    other = any(
        item.token and item.token.tags.keys() & {"verb", "definite"} for item in between
    )  # a clause of its own
    if joined or other:
        return False
    last = between[-1].token if between else None
    if last is None:
        return pair.spanned
    led = last.key == "(" or "to" in last.tags or (last.key == ":" and "times" in change.types)
    return pair.spanned or led


def _explains(between: Sequence[Item], lead: Sequence[Item], pair: Levels) -> bool:
    """Tell whether levels come after a colon that explains a change: "ont augmenté de 12 % : on en compte 280 contre 250"."""
    said = {root(item.token.key) for item in lead if item.token is not None}
    nouns = {pair.new.noun, pair.old.noun} - {None}
    return nouns <= said and any(item.token is not None and item.token.key == ":" for item in between)


def _opened_by_with(items: Sequence[Item], pair: Levels) -> bool:
    """Tell whether "avec" opens the sentence and leads to the levels, or a colon parts them from what is said of them."""
    first, after = items[0].token, items[pair.end - 1].token if pair.end <= len(items) else None
    if after is not None and after.key == ":":
        return True
    return pair.start <= _NEAR and first is not None and "with" in first.tags


def _concludes(between: Sequence[Item]) -> bool:
    """Tell whether a main clause with a word of change leads to a change: ", la natalité recule de"."""
    tokens = [item.token for item in between if item.token is not None]
    other = any(
        t.key in ENDS
        or t.tags.keys() & {"clause", "part", "clitic"}
        or ("verb" in t.tags and following.tags.keys().isdisjoint({"trend", "multiple"}))
        for t, following in pairwise(tokens)
    )
    return any(t.tags.keys() & {"trend", "multiple"} for t in tokens[-_LEADS:]) and not other


def _takes_up(between: Sequence[Item]) -> bool:
    """Tell whether a clause only takes levels up again to say their change: "; elle perd ainsi 10 %", "; la hausse est de 8 %"."""
    tokens = [item.token for item in between if item.number is None]
    return all(t is not None and (_slight(t) or t.key in words().measures or t.key == ";") for t in tokens)


def _leads(between: Sequence[Item], pair: Levels) -> bool:
    """Tell whether what stands between levels and a change only leads to it: ", soit", "(", ", en hausse de"."""
    tokens = [item.token for item in between if item.token is not None]
    if any("that-is" in t.tags for t in tokens[-_LEADS:]) or any(
        t.key in ("(", ":") for t in tokens[-_NEAR:]
    ):
        return True
    if any(item.number is not None and "year" not in item.types for item in between):
        return True
    own = {pair.new.noun, pair.old.noun}
    return all(_slight(t) or root(t.key) in own for t in tokens)


def _names_another(between: Sequence[Item], lead: Sequence[Item]) -> bool:
    """Tell whether "de" ties a change to what nothing before it speaks of: "12 postes …, soit une hausse des effectifs de 8 %"."""
    said = {root(item.token.key) for item in lead if item.token is not None}
    flows = bool(said & flowing())
    tokens = [item.token for item in between if item.number is None and item.token is not None]
    for at, token in enumerate(tokens):
        if "of" in token.tags and at and not tokens[at - 1].tags.keys().isdisjoint({"trend", "rate"}):
            named = next((t for t in tokens[at + 1 :] if "definite" not in t.tags), None)
            stem = None if named is None or named.tags else root(named.key)
            if stem is not None and stem not in said and (flows or stem not in words().activity):
                return True
    return False


def _slight(token: Token) -> bool:
    """Tell whether a word says nothing of its own: "en hausse de", "l'activité s'est accrue de"."""
    return (
        token.form in ("number", "mark")
        or root(token.key) in words().activity
        or bool(
            token.tags.keys()
            & {
                "trend",
                "of",
                "preposition",
                "number",
                "adverb",
                "hedge",
                "definite",
                "verb",
                "relative-year",
                "month",
                "calendar",
                "to",
                "clitic",
                "that-is",
            }
        )
        or len(token.key) == 1
    )


_LASTING = 6  # tokens before a change among which "sur un an" stands


def _link(change: Number, pair: Levels) -> Link | None:
    unit, level = change.unit, pair.new.unit
    if _is_between_others(change, pair):
        return None
    operands = (pair.new.index, pair.old.index)
    mixed = pair.new.unit != pair.old.unit and "%" in (pair.new.unit, pair.old.unit)
    if mixed or pair.new.index == pair.old.index or _is_one_of_several(pair):
        return None
    if _is_since_then(change, pair):
        return None
    if of_another_year(change, pair.old) or _is_of_its_own_year(change, pair.new, pair.old):
        return None
    if unit == "ratio":
        return Link("multiple", change.index, operands)
    if unit == "%" and (level != "%" or change.claim.kind == "variation"):
        return Link("variation", change.index, operands)
    signed = change.claim.quantity.printed[:1] in SIGNS
    if not signed and _is_sideless(
        change, lasting=pair.new.claim.kind == "duration"
    ):  # "7 minutes gagnées" are fewer
        values = pair.new.claim.quantity.value, pair.old.claim.quantity.value
        operands = (
            operands if (values[0] > values[1]) == (change.claim.direction != "down") else operands[::-1]
        )
    if unit == "points" and level == "%":
        return Link("points", change.index, operands)
    if unit != level:
        return None
    return Link("difference", change.index, operands)


def of_another_year(change: Number, former: Number) -> bool:
    """Tell whether a change says from which year it is, and the older level is of another: "doublé depuis 2010"."""
    statement, old = change.statement, former.claim.period
    if change.k >= len(statement.claims) or change.claim.reference is None:
        return False
    if not former.dated or old is None:
        return False
    if statement.sentence.periods[change.k].reference_printed:
        return old != change.claim.reference
    span = (change.claim.period or 0) - change.claim.reference  # "en deux ans", "en une vingtaine d'années"
    return change.claim.period is not None and span > 1 and abs(old - change.claim.reference) > span // 10


def _is_one_of_several(pair: Levels) -> bool:
    """Tell whether the new level is added to another before it: "424 femmes et 455 hommes ont été reçus ; en 2020, 865"."""
    statement, k = pair.new.statement, pair.new.k
    if not 0 < k < len(statement.claims):
        return False
    gap = statement.gap(k - 1, k)
    joined = any("joint" in t.tags for t in gap) and not any(t.key in (",", ";", ":", ".") for t in gap)
    j = next((n for n in range(k - 1, -1, -1) if statement.unit(n) == statement.unit(k)), None)
    if not joined or j is None or statement.first + j == pair.old.index:
        return False
    return statement.claims[j].period == pair.new.claim.period


def _is_since_then(change: Number, pair: Levels) -> bool:
    """Tell whether a change over some time ends after the levels that stand before it: "2 655 en 2022 et 2 590 en 2021 : la hausse sur un an"."""
    own, new = change.claim.period, pair.new.claim.period
    if not pair.new.dated or change.dated or None in (own, new) or not new < own:  # type: ignore[operator]
        return False
    sentence = change.statement.sentence
    return any("lasting" in t.tags for t in sentence.tokens[max(0, change.lead - _LASTING) : change.lead])


def _is_between_others(change: Number, pair: Levels) -> bool:
    """Tell whether "écart" may lie between other levels of its sentence: "46 %, celle des cadres de 22 % (contre 21 %)"."""
    statement = pair.new.statement
    if change.statement is not statement or change.k >= len(statement.claims):
        return False
    numbers = [number_of(statement, k) for k in range(len(statement.claims))]
    levels = [n for n in numbers if "level" in n.types and n.unit == pair.new.unit]
    return len(levels) > _PAIR and _is_sideless(change, lasting=False)


def _is_of_its_own_year(change: Number, new: Number, old: Number) -> bool:
    """Tell whether a change is dated otherwise than the level: "de 9 800 à 11 200 en 2023 ; il avait reculé de 2 % en 2020"."""
    if change.k >= len(change.statement.claims) or not change.dated:
        return False
    own = change.claim.period
    return None not in (own, new.claim.period) and own not in (new.claim.period, old.claim.period)


def _is_sideless(change: Number, *, lasting: bool) -> bool:
    """Tell whether a word beside a change gives it no side: "écart", of a length of time a gain too."""
    sentence = change.statement.sentence
    own = (*sentence.mentions, *sentence.durations)[change.k]
    sideless = {"apart", "better", "gained"} if lasting else {"apart", "better"}
    return any(sentence.token(at).tags.keys() & sideless for at in range(own.lead - 2, own.last + _NEAR))
