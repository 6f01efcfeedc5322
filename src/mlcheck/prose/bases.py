"""What a share is of: the whole that its words name or leave unnamed, and no other."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.model.sentence import Token
from mlcheck.prose.grammar import collective, elsewhere, latter, possessive
from mlcheck.prose.items import Number
from mlcheck.prose.matching import Match
from mlcheck.prose.tokens import root

_LEADS = 3  # tokens after a share that may name a goal, or before it what it is set beside
_NARROWING = 6  # tokens after the noun of a base
_STEM = 4  # letters


def own_base(match: Match) -> bool:
    """The whole is what the share is of: its words name no other."""
    whole, part, share = (match.slots[role][0] for role in ("WHOLE", "PART", "SHARE"))
    sentence, at = share.statement.sentence, share.statement.sentence.after(share.k)
    of, after = sentence.token(at), sentence.token(at + 1)
    if _is_set_beside(share) or _is_of_the_latter(share, part, whole) or _is_another_rate(share, part):
        return False
    definite = "definite" in after.tags or "partitive" not in of.tags
    if "of" not in of.tags or not definite:
        return True
    owned = after.key in possessive()
    at += 1
    while "definite" in sentence.token(at).tags:
        at += 1
    if at in sentence.at:
        return share.statement.first + sentence.at[at] == whole.index
    if "objective" in sentence.token(at).tags:
        return False
    noun = root(sentence.token(at).key)
    if whole.noun is None and noun == part.noun and part.index < whole.index:
        return True  # "120 élèves sur 480, soit 25 % des élèves"
    seen = _seen(whole, part, share)
    known = noun == whole.noun or noun in seen or any(_kindred(noun, one) for one in seen)
    if noun == part.noun != whole.noun or not (known or (noun in collective() and not owned)):
        return False
    return not _narrows(sentence.tokens[at + 1 : at + 1 + _NARROWING], seen)


def of_a_goal(match: Match) -> bool:
    """The whole is what was aimed at, and the share is of it or of nothing that is named."""
    share = match.slots["SHARE"][0]
    sentence, at = share.statement.sentence, share.statement.sentence.after(share.k)
    named = [sentence.token(n) for n in range(at, at + _LEADS)]
    return any("objective" in t.tags for t in named) or own_base(match)


def _seen(whole: Number, part: Number, share: Number) -> frozenset[str]:
    """Return the stems of the words that tell of the whole: those before the part and the share."""
    sentence = whole.statement.sentence
    others = [n.lead for n in (part, share) if n.statement is whole.statement and n.lead > whole.lead]
    before = sentence.tokens[: min(others, default=len(sentence.tokens))]
    return frozenset(root(t.key) for t in before if t.form == "word")


def _kindred(one: str, other: str) -> bool:
    """Tell whether two stems are of one root: "recrue" and "recruté"."""
    return len(one) > 4 < len(other) and one[:_STEM] == other[:_STEM]


def _narrows(following: Sequence[Token], seen: frozenset[str]) -> bool:
    """Tell whether what follows the noun of a base makes it another: "des emplois féminins de la filière"."""
    for token in following:
        if token.form != "word" or token.tags.keys() & {"verb", "joint", "clause", "inside", "that-is"}:
            return False
        stem = root(token.key)
        said = stem in seen or stem in collective() or any(_kindred(stem, one) for one in seen)
        if not token.tags and not said:
            return True
    return False


def _is_of_the_latter(share: Number, part: Number, whole: Number) -> bool:
    """Tell whether a pronoun makes the part the base of a share that follows it: "120 travaillent, et 45 % de ceux-ci"."""
    sentence, at = share.statement.sentence, share.statement.sentence.after(share.k)
    named = any(sentence.token(n).key in latter() for n in (at + 1, at + 2))
    return "of" in sentence.token(at).tags and named and whole.index < part.index < share.index


def names_its_part(match: Match) -> bool:
    """The rate that stands before a share is of what the part counts: "le taux de présence est de 92 % : 276 présents"."""
    part, share = match.slots["PART"][0], match.slots["SHARE"][0]
    sentence = share.statement.sentence
    lead = [root(t.key) for t in sentence.tokens[: share.lead] if t.form == "word" and not t.tags]
    said = {root(sentence.token(n).key) for n in sentence.tail(part.k)}
    return any(one in said or any(_kindred(one, other) for other in said) for one in lead)


def _is_another_rate(share: Number, part: Number) -> bool:
    """Tell whether a rate that a sentence names is of no "dont": "24 personnes dont 15 femmes, soit un taux de remplissage"."""
    sentence = share.statement.sentence
    lead = sentence.tokens[max(0, share.lead - _NARROWING) : share.lead]
    at = next((n for n, t in enumerate(lead) if "rate" in t.tags and "portion" not in t.tags), None)
    if part.claim.kind != "part" or at is None:
        return False
    named = [root(t.key) for t in lead[at + 1 :] if t.form == "word" and not t.tags]
    said = {root(t.key) for t in sentence.tokens[: share.lead - len(lead) + at] if t.form == "word"}
    return not any(one in said or any(_kindred(one, other) for other in said) for one in named)


def _is_set_beside(share: Number) -> bool:
    """Tell whether a share is what another is set beside: "(moyenne nationale : 11 %)", "un taux supérieur à la moyenne (11 %)"."""
    sentence, lead = share.statement.sentence, share.lead
    before = sentence.tokens[max(0, lead - _LEADS) : lead]
    return any("mean" in t.tags or t.key.startswith(elsewhere()) for t in before)


def unnamed(match: Match) -> bool:
    """No name in capitals says right after the share of what it is: "(12,9 % PIB)"."""
    claim = match.slots["SHARE"][0].claim
    after = claim.text[claim.end :].split(maxsplit=1)
    name = after[0].rstrip(").,;") if after else ""
    return not (len(name) > 1 and name.isalpha() and name.isupper())


def same_base(match: Match) -> bool:
    """Whole, part and the base of the share are of one noun."""
    whole, part, share = (match.slots[role][0] for role in ("WHOLE", "PART", "SHARE"))
    base = {root(w) for w in share.claim.base}
    return whole.noun is not None and whole.noun == part.noun and whole.noun in base
