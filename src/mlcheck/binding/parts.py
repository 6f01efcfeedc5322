"""Bind the count of some of a whole to the line of a table that its words name: "Parmi les jeunes reçus, 63 sont …"."""

from __future__ import annotations

from msgspec.structs import replace

from mlcheck.binding.former import Bindings, Former
from mlcheck.binding.places import Index
from mlcheck.binding.shares import find, says_nothing
from mlcheck.binding.vocabulary import context_words, neutral, people
from mlcheck.binding.wholes import Words, whole_of
from mlcheck.language.words import content_words, stem
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.table import Table

_LEVELS = ("count", "part")


def bind_part(facts: Facts, candidates: Index, claim: Claim, phrase: str) -> Binding | None:
    """Return the line of which a count says that it is a part, None where no whole is named or several lines answer.

    `phrase` is the part of the sentence that says which part is meant.
    """
    whole = whole_of(facts, claim)
    if not whole or claim.kind not in _LEVELS or claim.hedge or claim.quantity.unit != "count":
        return None
    part = claim.base if whole == claim.subject and claim.base else claim.subject
    found, _ = find(facts, candidates, replace(claim, subject=part, base=whole), phrase, counted=True)
    counted = [share for share in found if _is_of(share.table, whole)]
    values = {candidates.value(share.table, share.part) for share in counted}
    if len(values) != 1 or len(counted) < len(found):
        return None
    return Binding("count", tuple(share.figures(share.part) for share in counted), content_words(phrase))


def _is_of(table: Table, whole: Words) -> bool:
    """Tell whether a table says each word of a whole, persons apart, over its figures."""
    said = context_words((*table.sections, table.title, *(c.label for c in table.columns)))
    return {stem(w) for w in whole} - people() - neutral() <= said and not says_nothing(table)


def bind_part_before(facts: Facts, former: Former | None, index: int, found: Bindings) -> Binding | None:
    """Return last year's figure of the part that the number before in the sentence counts this year.

    "63 relèvent du commerce ; on en comptait 54 en 2021": the line of the 63 must print it.
    """
    claim, before = facts.claims[index], facts.claims[index - 1] if index else None
    if (
        former is None
        or before is None
        or before.sentence is not claim.sentence
        or before.subject != claim.subject
    ):
        return None
    now = found.get(index - 1)
    if now is None or now.reason is not None or now.kind != "count" or not whole_of(facts, before):
        return None
    places = [figures for own in now.operands if (figures := former.figures(own))]
    if not places or not all(former.prints(own, before) for own in now.operands):
        return None
    return Binding("former count", tuple(places), now.words)
