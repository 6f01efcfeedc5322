"""Percentages of persons that cannot be: without their sign, or of more than all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.binding.vocabulary import people
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.sentence import Token
from mlcheck.translation import N_

NO_SIGN = N_("Printed {stated} of persons: a percentage without its sign.")
TOO_MANY = N_("Printed {stated} of persons, of whom there are no more than all.")
MORE_THAN_ALL = N_("Printed {stated} of what the report counts: there is no more than all of it.")
_VERBS = frozenset({"verb", "share-verb", "reach"})
_NEXT = 2  # tokens after a number among which the verb of "parmi" stands
_NOUN = 3  # tokens after a number among which the noun of its base stands
ALL = 100


def percent_sign_is_missing(facts: Facts) -> Iterator[Remark]:
    """A number with decimals is said of persons: it is a percentage whose sign was left out.

    "93,6 des jeunes ont un emploi". Only where "des" leads to the persons: "2,5 jeunes par conseiller" is a mean.
    """
    for claim in facts.claims:
        number = claim.quantity
        if (
            claim.kind == "count"
            and number.unit == "count"
            and number.scale
            and 0 < number.value < ALL
            and _of_persons(claim)
        ):
            yield Remark("SHR303", "warning", NO_SIGN, {"stated": number.printed}, (claim.figure,))


def share_is_above_100(facts: Facts) -> Iterator[Remark]:
    """A share of persons, or of what a table of the report counts, is above 100 %.

    "188 % des jeunes accueillis sont peu qualifiés". What was aimed at or foreseen may be exceeded, and a share of it.
    """
    counted = _counted(facts)
    known = {link.stated for link in facts.links if link.kind in ("share", "whole")}
    for index, claim in enumerate(facts.claims):
        share = claim.kind == "share" and claim.quantity.unit == "%" and index not in known
        if share and claim.quantity.value > ALL and not _is_aimed(claim):
            now = (
                facts.claims[claim.of] if claim.of is not None else claim
            )  # "13 % des prêts, contre 152 % en 2022"
            template = TOO_MANY if _of_persons(now) else MORE_THAN_ALL if _is_of(now, counted) else None
            if template is not None:
                yield Remark(
                    "SHR304", "warning", template, {"stated": claim.quantity.printed}, (claim.figure,)
                )


def _is_aimed(claim: Claim) -> bool:
    return any("objective" in token.tags for token in claim.sentence.tokens)


def _counted(facts: Facts) -> frozenset[str]:
    """Return the stems of what a report counts: the first words of its tables, "Immersions par sexe", and of its counts."""
    texts = (text for t in facts.tables for text in (t.title, *(c.label for c in t.columns)))
    counts = (c.subject for c in facts.claims if c.kind in ("count", "part") and c.quantity.unit == "count")
    titles = (content_words(text) for text in texts)
    return frozenset(stem(words[0]) for words in (*titles, *counts) if words)


def _of_persons(claim: Claim) -> bool:
    """Tell whether "des" leads from a number to persons, who are or do something."""
    persons = lexicon().sentences.kin["persons"]
    return _is_of(claim, people() | {stem(fold(w)) for w in (*persons.all, *persons.some)})


def _is_of(claim: Claim, nouns: frozenset[str]) -> bool:
    """Tell whether "des" leads from a number to one of some nouns, who are or do something, or "parmi" to it from one."""
    tokens = claim.sentence.tokens
    after = tokens[claim.sentence.token_at(claim.end) :]
    if _opens_among(claim, nouns):
        return any(t.tags.keys() & _VERBS for t in after[:_NEXT])
    if len(after) < 2 or not _definite(after) or not any(t.tags.keys() & _VERBS for t in after):
        return False
    return any(stem(t.key) in nouns for t in after[1:_NOUN])


def _opens_among(claim: Claim, nouns: frozenset[str]) -> bool:
    """Tell whether one of some nouns opens a sentence before its first number: "Parmi les inscrits, 45 % résident"."""
    tokens = claim.sentence.tokens
    opening = tokens[1 : claim.sentence.token_at(claim.start)]
    if "among" not in tokens[0].tags or any(t.form == "number" for t in opening):
        return False
    return any(stem(t.key) in nouns for t in opening)


def _definite(after: Sequence[Token]) -> bool:
    """Tell whether "des" or "de l'ensemble des" follows, no "de" that only names what is counted."""
    return "of" in after[0].tags and ("partitive" not in after[0].tags or "definite" in after[1].tags)
