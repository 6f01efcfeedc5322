"""What sentences state among their own numbers: the matches of the grammar as links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property

from mlcheck.model.claim import Link
from mlcheck.prose.changes import Levels, links_of_levels, of_another_year
from mlcheck.prose.conditions import holds
from mlcheck.prose.exclusion import SHORT
from mlcheck.prose.grammar import Pattern, conversion, patterns
from mlcheck.prose.items import COUNTED, Number, items_of, number_of
from mlcheck.prose.matching import Match, Selection, in_order, matches
from mlcheck.prose.passage import (
    Statement,
    complementary,
    open_between,
    partition,
    rest,
)
from mlcheck.prose.places import Needs, Places, joined, places_of, union

OPEN = "…"
"""The first word of a distribution whose list is open: its shares make at most 100."""
_BASES = (100, 1000, 10_000, 100_000, 1_000_000)
_OF_ONE_LEVEL = ("rise", "growth")
_MANY_NUMBERS, _WORDS_EACH = 6, 3  # of a sentence that is data


@cache
def _needs() -> Needs:
    return Needs(patterns())


@cache
def _inside_one() -> Selection:
    return Selection([one for one in patterns() if not one.crosses and one.form != "lead"], _needs())


@cache
def _over_lists() -> Selection:
    return Selection([one for one in patterns() if one.form == "lead"], _needs())


@cache
def _over_several() -> Selection:
    return Selection([one for one in patterns() if one.crosses], _needs())


class Text:
    """The words and numbers of a sentence where patterns look for them; `held` are all needs that they may meet.

    Within the sentence its ages and durations are numbers: that is `own`. Together with other sentences they are none.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self.own = places_of(items_of(statement, lengths=bool(statement.durations)), _needs())
        self.held = self.own.held
        sentence = statement.sentence
        for length in sentence.durations:
            self.held |= union(_needs().answer(t).met for t in sentence.tokens[length.lead : length.last + 1])

    @cached_property
    def plain(self) -> Places:
        """The places without ages and durations, made where they are asked for."""
        return places_of(items_of(self._statement), _needs()) if self._statement.durations else self.own


def text_of(statement: Statement) -> Text | None:
    """Return the words and numbers of a sentence, None where it is data."""
    return None if _is_data(statement) else Text(statement)


def stated_in(text: Text) -> Iterator[Link]:
    """Yield what one sentence states among its own numbers."""
    yield from _links(_inside_one().among(text.own.held), text.own)


def _is_data(statement: Statement) -> bool:
    """Tell whether a sentence is lines of a table: it holds their rules, or hardly more words than numbers."""
    if statement.sentence.text.count("|") > 1:
        return True
    numbers = sum(c.kind not in ("variation", "points") for c in statement.claims)
    if numbers <= _MANY_NUMBERS:
        return False
    return sum(t.form == "word" for t in statement.sentence.tokens) < _WORDS_EACH * numbers


def led_by(text: Text | None) -> tuple[int, bool] | None:
    """Return the claim of the number that the items under a sentence make and whether its words say so only loosely."""
    found = [] if text is None else list(matches(_over_lists().among(text.held), text.plain, holds))
    said = next((m for m in found if not m.pattern.loose), next(iter(found), None))
    return None if said is None else (said.slots["WHOLE"][0].k, said.pattern.loose)


def stated_across(sentences: Sequence[Text]) -> Iterator[Link]:
    """Yield what some sentences that follow one another state together."""
    first, *following = sentences
    then = union(one.held for one in following)
    asked = [
        pattern
        for pattern in _over_several().among(first.held, then | first.held if first.own.inner_end else then)
        if in_order(pattern.opening, first.plain, first.plain.all)
    ]
    if asked:
        text = joined([one.plain for one in sentences])
        yield from _links(asked, text, before=len(first.plain.items))


def _links(asked: Sequence[Pattern], text: Places, *, before: int | None = None) -> Iterator[Link]:
    pairs: list[Levels] = []
    told: list[Match] = []
    changed: list[Match] = []
    limits: dict[frozenset[int], Match] = {}
    for match in matches(asked, text, holds, before=before):
        if match.pattern.form == "pair":
            new, old = match.slots["NEW"][0], match.slots["OLD"][0]
            pairs.append(Levels(new, old, match.start, match.end, "<of>" in match.pattern.reads))
        elif match.pattern.form == "limit":
            nearest = limits.get(match.numbers)
            if nearest is None or match.start > nearest.start:
                limits[match.numbers] = match
        elif not any(_explains(earlier, match) for earlier in told):
            told.append(match)
            if match.pattern.form in _OF_ONE_LEVEL:
                changed.append(match)
            else:
                yield from _FORMS[match.pattern.form](match)
    for match in limits.values():
        yield from _limit(match)
    between = list(links_of_levels(pairs, text.items))
    yield from between
    yield from _of_one_level(changed, pairs, between)


def _of_one_level(
    changed: Sequence[Match], pairs: Sequence[Levels], between: Sequence[Link]
) -> Iterator[Link]:
    """Yield what is said of a change and one level, where no two levels say it: "318, contre 265, soit 53 de plus (+ 20 %)"."""
    explained, former = {link.stated for link in between}, {pair.old.index for pair in pairs}
    for match in changed:
        new = match.slots.get("NEW", ())
        if match.slots["RATE"][0].index not in explained and not any(n.index in former for n in new):
            yield from _FORMS[match.pattern.form](match)


def _explains(earlier: Match, match: Match) -> bool:
    """Tell whether an earlier match leaves nothing to say: it holds all numbers of this one, or states the same one alike."""
    own, known = match.numbers, earlier.numbers
    same = earlier.pattern.form == match.pattern.form
    if match.pattern.form == "parts" and not same:
        return False
    if match.pattern.form == "whole":
        return False
    return own <= known or (same and earlier.slots == match.slots)


# The links of each form.


def _rise(match: Match) -> Iterator[Link]:
    new, by, rate = (match.slots[role][0] for role in ("NEW", "BY", "RATE"))
    yield Link("rise", rate.index, (new.index, by.index))


def _apart(match: Match) -> Iterator[Link]:
    """An "écart" has no side: it is of the greater over the lesser."""
    by, new, old = (match.slots[role][0] for role in ("BY", "NEW", "OLD"))
    more, less = sorted((new, old), key=lambda n: n.claim.quantity.value, reverse=True)
    yield Link("points", by.index, (more.index, less.index))


def _whole(match: Match) -> Iterator[Link]:
    share, whole = match.slots["SHARE"][0], match.slots["WHOLE"][0]
    yield Link("whole", share.index, (whole.index,))


def _rate_per(match: Match) -> Iterator[Link]:
    part, whole, one, base = (match.slots[role][0] for role in ("PART", "WHOLE", "ONE", "BASE"))
    if base.claim.quantity.value in _BASES:
        yield Link("mean", one.index, (part.index, whole.index), per=int(base.claim.quantity.value))


def _times(match: Match) -> Iterator[Link]:
    times, new, old = (match.slots[role][0] for role in ("TIMES", "NEW", "OLD"))
    if not of_another_year(times, old):
        yield Link("multiple", times.index, (new.index, old.index))


def _lists(match: Match) -> Iterator[Link]:
    news, olds, rates = (match.slots[role] for role in ("NEW", "OLD", "RATE"))
    if len(news) == len(olds) == len(rates):
        for new, old, rate in zip(news, olds, rates, strict=True):
            yield Link("variation", rate.index, (new.index, old.index))


def _growth(match: Match) -> Iterator[Link]:
    old, by, rate = (match.slots[role][0] for role in ("OLD", "BY", "RATE"))
    yield Link("share", rate.index, (by.index, old.index))


def _share(match: Match) -> Iterator[Link]:
    part, whole, share = (match.slots[role][0] for role in ("PART", "WHOLE", "SHARE"))
    yield Link("share", share.index, (part.index, whole.index), loose=match.pattern.loose)


def _parts(match: Match) -> Iterator[Link]:
    """Parts of a whole: its sum where they are all there is, else each at most the whole."""
    parts = match.slots["PARTS"]
    whole = match.slots["WHOLE"][0] if "WHOLE" in match.slots else _whole_of(parts[0])
    if whole is None or whole.unit != parts[0].unit:
        return
    if not whole.claim.quantity.half and any(n.claim.quantity.half and n.unit == "count" for n in parts):
        return  # a number of things has no part with decimals
    if "WHOLE" not in match.slots:
        parts = tuple(n for n in parts if n.claim.kind == "part")
    statement = whole.statement
    named = [statement.stems(n.k) for n in parts]
    last = parts[-1]
    amounts = whole.unit == "€" and all(_of_its_own(n) for n in parts)
    closed = len(parts) > 1 and not open_between(statement, [n.k for n in parts])
    if closed and (rest(statement, last.k) or (complementary(named) and max(map(len, named)) <= SHORT)
                   or ("WHOLE" in match.slots and partition(statement, None, [n.k for n in parts]))):  # fmt: skip
        yield Link("sum", whole.index, tuple(n.index for n in parts))
        return
    if amounts and len(parts) > 1:
        yield Link("of_which", parts[-1].index, (*(n.index for n in parts), whole.index))
        return
    for part in parts:
        yield Link("of_which", part.index, (part.index, whole.index))


def _of_its_own(amount: Number) -> bool:
    """Tell whether "de" says what an amount is of: "dont 30 000 € de travaux et 12 000 € d'études"."""
    sentence = amount.statement.sentence
    after, following = (sentence.token(sentence.after(amount.k) + n) for n in (0, 1))
    return "partitive" in after.tags and "definite" not in following.tags


def _whole_of(part: Number) -> Number | None:
    """Return the number that a "dont" is part of."""
    of = part.statement.of(part.k)
    if part.claim.kind != "part" or of is None or part.statement.claims[of].kind not in COUNTED:
        return None
    return number_of(part.statement, of)


def _equal(match: Match) -> Iterator[Link]:
    one, other = match.slots["ONE"][0], match.slots["OTHER"][0]
    if other.claim.hedge and not one.claim.hedge:
        one, other = other, one
    if one.unit == other.unit:
        yield Link("equal", one.index, (other.index,))


def _converted(match: Match) -> Iterator[Link]:
    one, other = match.slots["ONE"][0], match.slots["OTHER"][0]
    for unit, smaller in ((one, other), (other, one)):
        factor = conversion(unit.unit_noun, smaller.unit_noun)
        if factor is not None:
            yield Link("equal", smaller.index, (unit.index,), signs=(factor,))


def _sum(match: Match) -> Iterator[Link]:
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    left = match.slots.get("LEFT", ())
    yield Link(
        "sum", whole.index, tuple(n.index for n in (*parts, *left)),
        signs=(1,) * len(parts) + (-1,) * len(left), loose=match.pattern.loose,
    )  # fmt: skip


def _distribution(match: Match) -> Iterator[Link]:
    shares = match.slots["SHARES"]
    if "ALL" in match.slots:
        whole = match.slots["ALL"][0]
        yield Link("sum", whole.index, tuple(n.index for n in shares), loose=match.pattern.loose)
    else:
        indexes = tuple(n.index for n in shares)
        yield Link("distribution", indexes[0], indexes, ("100 %",), loose=match.pattern.loose)


def _excluding(match: Match) -> Iterator[Link]:
    indexes = tuple(n.index for n in match.slots["SHARES"])
    yield Link("distribution", indexes[0], indexes, (OPEN, "100 %"))


def _within(match: Match) -> Iterator[Link]:
    whole, parts = match.slots["ALL"][0], match.slots["SOME"]
    yield Link("within", whole.index, tuple(n.index for n in parts))


def _order(match: Match) -> Iterator[Link]:
    slots = match.slots
    more, less = slots.get("MORE", ()), (*slots.get("LESS", ()), *slots.get("OTHERS", ()))
    if "NEW" in slots:
        more, less = (
            (slots["OLD"], slots["NEW"]) if match.direction == "down" else (slots["NEW"], slots["OLD"])
        )
    for lesser in less:
        for greater in more:
            yield Link("order", greater.index, (greater.index, lesser.index), loose=match.pattern.loose)


def _range(match: Match) -> Iterator[Link]:
    one, low, high = (match.slots[role][0] for role in ("ONE", "LOW", "HIGH"))
    yield Link("order", one.index, (one.index, low.index))
    yield Link("order", one.index, (high.index, one.index))


def _near(match: Match) -> Iterator[Link]:
    new, old = match.slots["NEW"][0], match.slots["OLD"][0]
    yield Link("near", new.index, (new.index, old.index), limits=(match.pattern.lower, match.pattern.upper))


def _limit(match: Match) -> Iterator[Link]:
    one = match.slots["ONE"][0]
    yield Link("limit", one.index, (one.index,), limits=(match.pattern.lower, match.pattern.upper))


def _mean(match: Match) -> Iterator[Link]:
    total, number, each = (match.slots[role][0] for role in ("TOTAL", "NUMBER", "EACH"))
    exact = match.pattern.form == "product"
    yield Link("mean", each.index, (total.index, number.index), exact=exact)


_FORMS: dict[str, Callable[[Match], Iterator[Link]]] = {
    "rise": _rise,
    "growth": _growth,
    "times": _times,
    "apart": _apart,
    "whole": _whole,
    "per": _rate_per,
    "lists": _lists,
    "share": _share,
    "parts": _parts,
    "equal": _equal,
    "conversion": _converted,
    "sum": _sum,
    "distribution": _distribution,
    "exclusive": _excluding,
    "within": _within,
    "order": _order,
    "range": _range,
    "near": _near,
    "mean": _mean,
    "product": _mean,
}
