"""Percentages of a whole number of things: only some of them can be, and those of one whole must add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.binding.vocabulary import people
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem
from mlcheck.model.amount import Amount
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity, Value
from mlcheck.model.quantity import Quantity
from mlcheck.rules.build import band, quantities_of
from mlcheck.translation import N_

NO_NUMBER = N_(
    "Printed {stated} of {whole}, which no whole number gives: {below} would be {lower} %, and {above} {upper} %."
)

ONLY_CUT = N_(
    "Printed {stated} of {whole}, which no whole number gives unless its decimals are cut off and not rounded: "
    "{below} would be {lower} %, and {above} {upper} %."
)

NO_SUM = N_(
    "Printed {shares} of {whole}: whole numbers that give these percentages make between {least} and {most} "
    "together, not {whole}."
)
OPEN = "…"  # what ends a list that does not give all of a whole
MANY = 30  # a smaller number of things that are no people may be a rank, a date, a number of points
LONGEST = 40  # claims of a sentence; one with more is a list of data
SAME_PLACE = 2  # paragraphs between a number and the list of what it is made of


class Whole(Struct, frozen=True):
    """A whole number of things; `said` where the sentence of the percentage says that it is its whole, `sure` of people."""

    figures: tuple[int, ...]
    value: int
    printed: str
    sure: bool
    said: bool = False


class Wholes:
    """The counts of a report, looked up by the percentages that are taken from them."""

    __slots__ = ("_claims", "_counts", "_parts", "_said", "_sentences")

    def __init__(self, facts: Facts) -> None:
        self._claims = facts.claims
        self._said = {link.stated: link.operands[0] for link in facts.links if link.kind == "whole"}
        self._parts = {
            part for link in facts.links if link.kind in ("sum", "of_which") for part in link.operands
            if link.kind == "sum" or part == link.operands[0]
        }  # fmt: skip
        self._sentences: dict[int, list[int]] = {}
        self._counts: dict[tuple[tuple[str, ...], int], list[int]] = {}
        for index, claim in enumerate(facts.claims):
            self._sentences.setdefault(claim.sentence.id, []).append(index)
            if _is_whole(claim) and index not in self._parts:
                self._counts.setdefault((claim.sections, claim.block), []).append(index)

    def of(self, index: int) -> Whole | None:
        """Return the whole of a percentage: of its own sentence, else the number that a list stands under."""
        share = self._claims[index]
        together = self._sentences[share.sentence.id]
        if len(together) > LONGEST or not lexicon().binding.whole_never.isdisjoint(fold(share.text).split()):
            return None
        counts = [
            i for i in together if _is_count(self._claims[i]) and self._claims[i].period == share.period
        ]
        said = self._said.get(index)
        for at in counts:
            if at == said or _says_whole(share, self._claims[at], [self._claims[i] for i in together]):
                return _whole(self._claims[at], sure=True)
        return None if any(_is_whole(self._claims[i]) for i in counts) else self._above(share)

    def beside(self, index: int) -> list[Claim]:
        """Return the claims of the same sentence, itself among them."""
        claim = self._claims[index]
        return [self._claims[i] for i in self._sentences[claim.sentence.id]]

    def _above(self, share: Claim) -> Whole | None:
        """Return the one number of the nearest paragraph above, under the same heading, that counts anything."""
        first = self._claims[self._sentences[share.sentence.id][0]].start
        verbs = [t for t in share.sentence.tokens if t.end <= first and "verb" in t.tags and len(t.key) > 1]
        if share.base or verbs or share.text[:first].rstrip().endswith(","):  # "Type A : 25 %" has none
            return None  # said of a subject of its own, it is no item of a list
        for block in range(share.block, share.block - SAME_PLACE, -1):
            found = [self._claims[i] for i in self._counts.get((share.sections, block), ())]
            found = [c for c in found if c.figure < share.figure]
            if found:
                alone = len(found) == 1 and found[0].period == share.period
                return _whole(found[0], sure=False) if alone else None
        return None


def no_number_gives_the_share(facts: Facts) -> Iterator[Remark]:
    """A percentage is of a printed whole, and no whole number of its things can give it.

    50 % of 35 is nothing: 17 are 49 % and 18 are 51 %. The whole is the one that the sentence says; one stated
    above a list, or found by the words of the base, may be another, so that is a warning, as is a percentage
    that may have been made to add up to 100 with its neighbours. Where a sentence gives the part as well,
    the part is held against the percentage instead.
    """
    wholes = Wholes(facts)
    known = {link.stated for link in facts.links if link.kind == "share"}
    quantities = quantities_of(facts)
    for index, claim in enumerate(facts.claims):
        if not _is_share(claim) or index in known:
            continue
        whole = wholes.of(index) or _bound(facts, index, quantities)
        if whole is None or numerators(claim, whole.value) or (claim.quantity.value > 100 and not whole.said):
            continue
        yield _remark(claim, whole, evened=_makes_hundred(wholes.beside(index)))


def no_numbers_make_the_whole(facts: Facts) -> Iterator[Remark]:
    """The percentages of a list are all there is of a printed whole, and no whole numbers give them and add up.

    43 % and 57 % of 130 are 56 and 74. Reported where the percentages make 100 and each of them can be; a list
    that ends in "…" must leave something.
    """
    wholes = Wholes(facts)
    for link in facts.links:
        if link.kind != "distribution":
            continue
        shares = [facts.claims[i] for i in link.operands]
        found = [wholes.of(i) for i in link.operands]
        whole = found[0]
        if whole is None or any(one is None or one.figures != whole.figures for one in found):
            continue
        ranges = [numerators(share, whole.value) for share in shares]
        if not all(ranges) or not _make_hundred(shares, open_end=OPEN in link.words):
            continue
        least, most = sum(r[0] for r in ranges), sum(r[-1] for r in ranges)
        if least <= whole.value and (OPEN in link.words or whole.value <= most):
            continue
        values: dict[str, Value] = {
            "shares": tuple(s.quantity.printed for s in shares), "whole": whole.value, "least": least, "most": most,
        }  # fmt: skip
        figures = (*(s.figure for s in shares), *whole.figures)
        yield Remark("SHR302", "error" if whole.sure else "warning", NO_SUM, values, figures)


def numerators(share: Claim, whole: int) -> range:
    """Return the whole numbers, of 0 to `whole`, that give a percentage; there may be none."""
    low, high = band(share.quantity, 100, share.hedge)
    first = 0 if low is None else max(0, _ceiling(Fraction(low) * whole))
    last = whole if high is None else min(whole, _floor(Fraction(high) * whole))
    return range(first, last + 1)


def _is_share(claim: Claim) -> bool:
    return claim.quantity.unit == "%" and claim.kind in ("share", "points")


def _bound(facts: Facts, index: int, quantities: Mapping[int, Quantity | None]) -> Whole | None:
    """Return the total of a table that the words of the base name, where the part is not known."""
    binding = facts.bindings.get(index)
    if binding is None or binding.reason is None or binding.kind != "share" or len(binding.operands) != 1:
        return None
    total = 0
    for figure in binding.operands[0]:
        quantity = quantities.get(figure)
        if quantity is None or quantity.half or quantity.unit != "count" or quantity.value.denominator != 1:
            return None
        total += int(quantity.value)
    return Whole(binding.operands[0], total, str(total), False) if total > 0 else None


def _remark(claim: Claim, whole: Whole, *, evened: bool) -> Remark:
    exact = claim.quantity.value * whole.value / 100
    below, above = min(_floor(exact), whole.value - 1), min(_floor(exact) + 1, whole.value)
    lower, upper = Fraction(100 * below, whole.value), Fraction(100 * above, whole.value)
    step = 2 * claim.quantity.half_unit
    cut = not claim.hedge and upper < claim.quantity.value + step
    nearest = lower if exact - below <= above - exact else upper
    values: dict[str, Value] = {
        "stated": claim.quantity.printed, "whole": whole.value, "below": below, "above": above,
        "lower": _shown(lower), "upper": _shown(upper),
    }  # fmt: skip
    severity: Severity = "warning" if cut or claim.hedge or not whole.sure or evened else "error"
    return Remark(
        "SHR301", severity, ONLY_CUT if cut else NO_NUMBER, values, (claim.figure, *whole.figures),
        expected=None if cut else Amount(nearest, "%", claim.quantity.decimals),
    )  # fmt: skip


def _makes_hundred(claims: list[Claim]) -> bool:
    """Tell whether the percentages of a sentence make exactly 100, so that one may have been evened out."""
    shares = [c for c in claims if _is_share(c)]
    return len(shares) > 2 and sum(c.quantity.value for c in shares) == 100


def _make_hundred(shares: list[Claim], *, open_end: bool) -> bool:
    """Tell whether percentages make 100 within their rounding; where they do not, that is said instead."""
    total = sum((s.quantity.value for s in shares), Fraction(0))
    slack = sum((s.quantity.half_unit for s in shares), Fraction(0))
    return total <= 100 + slack and (open_end or total >= 100 - slack)


def _shown(share: Fraction) -> Fraction:
    """Return a percentage with two decimals, as it is shown beside what is printed."""
    return Fraction(round(share * 100), 100)


def _floor(value: Fraction) -> int:
    return value.numerator // value.denominator


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


# The printed whole that a percentage of a sentence is taken from, where the sentences tell it themselves.


def _is_count(claim: Claim) -> bool:
    """Tell whether a claim is a whole number of things, printed in full."""
    quantity = claim.quantity
    return (
        claim.kind in ("count", "part", "sum") and quantity.unit == "count" and not quantity.half
        and not claim.hedge and quantity.value.denominator == 1 and quantity.value > 0 and not _measures_time(claim)
    )  # fmt: skip


def _measures_time(claim: Claim) -> bool:
    """Tell whether a number counts stretches of time: "les 25 meilleures années"."""
    at = claim.sentence.token_at(claim.end)
    return any("duration" in t.tags for t in claim.sentence.tokens[at : at + 2])


def _is_whole(claim: Claim) -> bool:
    """Tell whether a count may be a whole where no word says so: a small one is only of people."""
    return _is_count(claim) and (_are_people(claim) or claim.quantity.value >= MANY)


def _are_people(claim: Claim) -> bool:
    """Tell whether a claim counts people; of other things half a one may be counted, and a small number may be a rank."""
    return not people().isdisjoint(map(stem, claim.subject))


def _whole(claim: Claim, *, sure: bool) -> Whole:
    return Whole(
        (claim.figure,), int(claim.quantity.value), claim.quantity.printed, sure and _are_people(claim), sure
    )


def _says_whole(share: Claim, count: Claim, others: Sequence[Claim]) -> bool:
    """Tell whether a sentence says that a percentage is of a count: "50 % des 35", "sur 35, 50 %", "35, dont 50 %"."""
    text = share.text
    if share.end <= count.start:
        return fold(text[share.end : count.start]) in lexicon().binding.whole_after
    if count.end > share.start or any(_between(o, count, share) and _is_whole(o) for o in others):
        return False
    if _ends(fold(text[: count.start]), lexicon().binding.whole_before):
        return True
    between = f" {fold(text[count.end : share.start])} "
    return any(f" {phrase} " in between for phrase in lexicon().binding.whole_part)


def _between(other: Claim, count: Claim, share: Claim) -> bool:
    return count.start < other.start < share.start


def _ends(text: str, phrases: frozenset[str]) -> bool:
    return any(f" {text}".endswith(f" {phrase}") for phrase in phrases)
