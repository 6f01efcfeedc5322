"""Whether the percentages of a sentence are of one whole: their labels exclude each other and leave nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mlcheck.language.lexicon import lexicon
from mlcheck.model.sentence import Token
from mlcheck.prose.items import Number
from mlcheck.prose.matching import Match
from mlcheck.prose.passage import complementary, own_stems, paired, same_family
from mlcheck.prose.tokens import parts_of, root, words

SHORT = 3  # words of a part that only names it
_NEAR = 6  # tokens before a share that name its part


def exclude_each_other(match: Match) -> bool:
    """The labels of the shares exclude each other and leave nothing out: they are two sides of a pair, or of one family."""
    shares = match.slots["SHARES"]
    claims = [n.claim for n in shares]
    statement = shares[0].statement
    if any("digits" not in n.types for n in shares):
        return False  # "6 sur 10" and "4 sur 10" are rounder than they are exact
    if len({(c.period, c.quantity.unit) for c in claims}) > 1 or any(
        statement.of(n.k) is not None for n in shares
    ):
        return False
    stems = [frozenset(root(w) for w in c.subject) for c in claims]
    if len(shares) == 2:
        if min(map(len, stems)) > SHORT or not (
            complementary(stems) or complementary([own_stems(statement, n.k) for n in shares])
        ):
            return False
        own = _same_verb(shares)
        bases = [() if _led_by_to(n) else c.base for n, c in zip(shares, claims, strict=True)]
        if len(own) > 1 and bases[1] not in ((), bases[0]):
            return False
        if _narrowed(shares[1]) or _has_own_predicate(shares[0]):
            return False
        return all(map(_names_part, own))
    if _age_classes(shares):
        return True
    labelled = all(n.statement.sentence.token(n.statement.sentence.before(n.k)).key == ":" for n in shares)
    return labelled and (same_family(stems) or _headed(shares[0]))


def bracketed_alike(match: Match) -> bool:
    """All shares stand in one parenthesis, or each in its own, or none in any."""
    shares = match.slots["SHARES"]
    sentence = shares[0].statement.sentence
    opened = [sentence.enclosure(n.k) for n in shares]
    own = all(at >= 0 for at in opened) and len(set(opened)) == len(opened)
    if "ALL" in match.slots:
        own = False
        if sentence.enclosure(match.slots["ALL"][0].k) >= 0:
            return False
    return own or len(set(opened)) == 1


def each_bracketed(match: Match) -> bool:
    """Each share stands alone in a parenthesis of its own: "soit se forment (57 %), soit travaillent (32 %)"."""
    return all(n.statement.alone(n.k) for n in match.slots["SHARES"])


def of_one_dimension(match: Match) -> bool:
    """The labels are of one kind: one side of a pair stands with the other or not at all, an age with ages, a verb nowhere."""
    shares = match.slots["SHARES"]
    tails = [tail_of(n) for n in shares]
    aged = [any("age" in t.tags for t in tail) for tail in tails]
    sides = [{root(t.key) for t in tail} for tail in tails]
    alone = any(
        any(left & one for one in sides) != any(right & one for one in sides)
        or (len(shares) > 2 and any(left & one for one in sides))
        for left, right in words().complements[:1]
    )
    told = any(tail and "verb" in tail[0].tags for tail in tails[1:])
    return not told and not alone and (all(aged) or not any(aged))


def are_labelled(match: Match) -> bool:
    """All percentages of the sentence stand beside labels after a colon, and no verb among them."""
    shares = match.slots["SHARES"]
    statement = shares[0].statement
    tokens = statement.sentence.tokens
    colon = next(at for at, t in enumerate(tokens) if t.key == ":")
    last = statement.sentence.mentions[shares[-1].k].last
    rates = sum(c.quantity.unit == "%" for c in statement.claims)
    return rates == len(shares) and not any(
        "verb" in t.tags or "own-base" in t.tags for t in tokens[colon:last]
    )


def have_no_base(match: Match) -> bool:
    """None of the shares is of a whole of its own: "74 % des filles et 63 % des garçons"."""
    return not any(n.claim.base for n in match.slots["SHARES"])


def _same_verb(shares: Sequence[Number]) -> Sequence[Number]:
    """Return the shares whose own words must name a part: of "62 % sont des femmes et 48 % des hommes" the first."""
    first, second = shares
    sentence = first.statement.sentence
    verb = any("verb" in t.tags for t in tail_of(first))
    elliptic = "of" in sentence.token(sentence.after(second.k)).tags
    return shares[:1] if verb and elliptic else shares


def _has_own_predicate(share: Number) -> bool:
    """Tell whether a share is of its subject: "les hommes sont 55 % à se dire satisfaits", "les garçons pratiquent le football (62 %)"."""
    sentence, lead = share.statement.sentence, share.lead
    if "to" in sentence.token(sentence.after(share.k)).tags:
        return True
    verb = max((n for n in range(lead) if "verb" in sentence.tokens[n].tags), default=lead)
    return sentence.token(lead - 1).key == "(" and lead - verb > 2


def _narrowed(share: Number) -> bool:
    """Tell whether what follows the part narrows it: "48 % masculin chez les seniors"."""
    tail = tail_of(share)
    named = next((n for n, t in enumerate(tail) if paired(root(t.key))), len(tail))
    return any(
        "preposition" in t.tags and "of" not in t.tags and "definite" in following.tags
        for t, following in pairwise(tail[named + 1 :])
    )


def _age_classes(shares: Sequence[Number]) -> bool:
    """The shares are of classes of age from the lowest, "moins de 25 ans", to the highest, "60 ans et plus"."""
    sentence = shares[0].statement.sentence
    tails = [[sentence.token(at) for at in sentence.tail(n.k)] for n in shares]
    aged = all(any("age" in t.tags for t in tail) for tail in tails)
    lowest, highest = lexicon().scales[0].below, lexicon().scales[0].above
    below = any(parts_of(t.key)[0] in lowest for t in tails[0])
    above = any(word in highest for t in tails[-1] for word in parts_of(t.key))
    return aged and below and above


def _headed(share: Number) -> bool:
    """A word of breakdown stands before the first share."""
    sentence = share.statement.sentence
    return any("breakdown" in t.tags for t in sentence.tokens[: sentence.mentions[share.k].lead])


def _names_part(share: Number) -> bool:
    """The words by a share name the part and not its base: "43 % de femmes", "Femmes : 43 %", "sont des femmes"."""
    sentence = share.statement.sentence
    at = sentence.after(share.k)
    after, following, before = (
        sentence.token(at),
        sentence.token(at + 1),
        sentence.token(sentence.before(share.k)),
    )
    partitive = "partitive" in after.tags and "definite" not in following.tags
    return (
        _led_by_to(share) or partitive or "verb" in after.tags or before.key == ":" or _subject_names(share)
    )


def _led_by_to(share: Number) -> bool:
    """Tell whether "à" leads a share, whose words then name its part: "sont à 61 % des femmes"."""
    sentence = share.statement.sentence
    at = sentence.before(share.k)
    return "to" in sentence.token(at).tags and bool(
        sentence.token(at - 1).tags.keys() & {"verb", "joint", "share-verb"}
    )


def _subject_names(share: Number) -> bool:
    """The words before a share, or those that are said of its base, name one side of a pair, and its base none."""
    sentence, lead = share.statement.sentence, share.lead
    base = {root(w) for w in share.claim.base}
    tail = [sentence.token(at) for at in sentence.tail(share.k)]
    verb = next((n for n, t in enumerate(tail) if "verb" in t.tags), len(tail))
    near = {root(t.key) for t in (*sentence.tokens[max(0, lead - _NEAR) : lead], *tail[verb:])}
    return any(
        not (near.isdisjoint(left) and near.isdisjoint(right))
        and base.isdisjoint(left)
        and base.isdisjoint(right)
        for left, right in words().complements
    )


def tail_of(number: Number) -> Sequence[Token]:
    """Return the tokens between a number and the next."""
    sentence = number.statement.sentence
    return [sentence.token(at) for at in sentence.tail(number.k)]
