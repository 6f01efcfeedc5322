"""What a count is some of, as its sentence says it: "Parmi les prêts, 63 …", "640 prêts, dont 63 …", "entre 46 … et 70 …"."""

from __future__ import annotations

from itertools import pairwise

from mlcheck.binding.vocabulary import is_predicated, is_verb
from mlcheck.language.words import content_words
from mlcheck.model.claim import Claim
from mlcheck.model.facts import Facts
from mlcheck.model.sentence import Token

Words = tuple[str, ...]


def whole_of(facts: Facts, claim: Claim) -> Words:
    """Return the words of the whole that a count is of: those that open its sentence, what it is a "dont" of, or before a verb."""
    if claim.kind == "part" and claim.of is not None:
        return facts.claims[claim.of].subject
    if divided := divided_by(claim):
        return divided
    if claim.base and is_predicated(claim):
        return claim.subject
    tokens = claim.sentence.tokens
    if not tokens or "among" not in tokens[0].tags:
        return ()
    comma = next((n for n, t in enumerate(tokens) if t.key == ","), 0)
    opening = tokens[1:comma]
    if (
        not opening
        or tokens[comma].start > claim.start
        or any("verb" in t.tags or t.form == "number" for t in opening)
    ):
        return ()
    return content_words(" ".join(t.key for t in opening))


def divided_by(claim: Claim) -> Words:
    """Return the words of what the sentence of a count divides: "Les contrats se répartissent entre 46 CDI et 70 CDD"."""
    opening: list[Token] = []
    for token, after in pairwise(claim.sentence.tokens):
        if token.form == "number" or token.start >= claim.start:
            return ()
        if "between" in after.tags and is_verb(token):
            return content_words(" ".join(t.key for t in opening if "clitic" not in t.tags))
        opening.append(token)
    return ()
