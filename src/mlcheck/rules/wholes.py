"""The printed whole that a percentage of a sentence is taken from, where the sentences tell it themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from mlcheck.lexicon import lexicon
from mlcheck.model.claim import Claim
from mlcheck.model.facts import Facts
from mlcheck.words import fold

LONGEST = 40  # claims of a sentence; one with more is a list of data
SAME_PLACE = 4  # paragraphs between a number and the list of what it is made of


class Whole(Struct, frozen=True):
    """A whole number of things; `sure` where the sentence of the percentage says that it is its whole."""

    figures: tuple[int, ...]
    value: int
    printed: str
    sure: bool


class Wholes:
    """The counts of a report, looked up by the percentages that are taken from them."""

    __slots__ = ("_claims", "_counts", "_parts", "_sentences")

    def __init__(self, facts: Facts) -> None:
        self._claims = facts.claims
        self._parts = {
            part for link in facts.links if link.kind in ("sum", "dont") for part in link.operands
            if link.kind == "sum" or part == link.operands[0]
        }  # fmt: skip
        self._sentences: dict[tuple[object, str], list[int]] = {}
        self._counts: dict[tuple[tuple[str, ...], int], list[int]] = {}
        for index, claim in enumerate(facts.claims):
            self._sentences.setdefault((claim.locator, claim.text), []).append(index)
            if is_whole(claim) and index not in self._parts:
                self._counts.setdefault((claim.sections, claim.block), []).append(index)

    def of(self, index: int) -> Whole | None:
        """Return the whole of a percentage: of its own sentence, else the number that a list stands under."""
        share = self._claims[index]
        together = self._sentences[share.locator, share.text]
        if len(together) > LONGEST or not _phrases()["whole_never"].isdisjoint(fold(share.text).split()):
            return None
        counts = [i for i in together if is_whole(self._claims[i]) and self._claims[i].period == share.period]
        for at in counts:
            if _says_whole(share, self._claims[at], [self._claims[i] for i in together]):
                return _whole(self._claims[at], sure=True)
        return None if counts else self._above(share)

    def beside(self, index: int) -> list[Claim]:
        """Return the claims of the same sentence, itself among them."""
        claim = self._claims[index]
        return [self._claims[i] for i in self._sentences[claim.locator, claim.text]]

    def _above(self, share: Claim) -> Whole | None:
        """Return the one number of the nearest paragraph above, under the same heading, that counts anything."""
        if share.base:
            return None
        for block in range(share.block, share.block - SAME_PLACE, -1):
            found = [self._claims[i] for i in self._counts.get((share.sections, block), ())]
            found = [c for c in found if c.figure < share.figure]
            if found:
                alone = len(found) == 1 and found[0].period == share.period
                return _whole(found[0], sure=False) if alone else None
        return None


def is_whole(claim: Claim) -> bool:
    """Tell whether a claim is a whole number of things, printed in full."""
    quantity = claim.quantity
    return (
        claim.kind in ("count", "part", "sum") and quantity.unit == "count" and not quantity.half
        and not claim.hedge and quantity.value.denominator == 1 and quantity.value > 0
    )  # fmt: skip


def _whole(claim: Claim, *, sure: bool) -> Whole:
    return Whole((claim.figure,), int(claim.quantity.value), claim.quantity.printed, sure)


def _says_whole(share: Claim, count: Claim, others: Sequence[Claim]) -> bool:
    """Tell whether a sentence says that a percentage is of a count: "50 % des 35", "sur 35, 50 %", "35, dont 50 %"."""
    text = share.text
    if share.end <= count.start:
        return fold(text[share.end : count.start]) in _phrases()["whole_after"]
    if count.end > share.start or any(_between(o, count, share) and is_whole(o) for o in others):
        return False
    if _ends(fold(text[: count.start]), "whole_before"):
        return True
    between = f" {fold(text[count.end : share.start])} "
    return any(f" {phrase} " in between for phrase in _phrases()["whole_part"])


def _between(other: Claim, count: Claim, share: Claim) -> bool:
    return count.start < other.start < share.start


def _ends(text: str, key: str) -> bool:
    return any(f" {text}".endswith(f" {phrase}") for phrase in _phrases()[key])


@cache
def _phrases() -> Mapping[str, frozenset[str]]:
    words = lexicon()["binding"]
    return {
        key: frozenset(words[key]) for key in ("whole_after", "whole_before", "whole_part", "whole_never")
    }
