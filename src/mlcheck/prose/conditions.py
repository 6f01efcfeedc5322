"""What must hold of the numbers of a pattern besides its words: that they count one thing, are of two years, are all there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlcheck.language.lexicon import lexicon
from mlcheck.prose.matching import COUNTED, Match, Number
from mlcheck.prose.passage import (
    akin,
    complementary,
    may_be_kind,
    overlaps,
    own_stems,
    paired,
    partition,
    same_family,
)
from mlcheck.prose.tokens import parts_of, root, words

SHORT = 3  # words of a part that only names it
Condition = Callable[[Match], bool]


def holds(match: Match) -> bool:
    """Tell whether the numbers of a match are of one unit and what its pattern asks for holds."""
    if match.pattern.form not in _MIXED and not _of_one_unit(match):
        return False
    return all(_CONDITIONS[name](match) for name in match.pattern.when)


def _of_one_unit(match: Match) -> bool:
    levels = [n for role in _LEVELS for n in match.slots.get(role, ())]
    return len({n.unit for n in levels}) < 2


def _same_thing(match: Match) -> bool:
    """Two levels count one thing: neither names another one."""
    new, old = (match.slots[role][0] for role in ("NEW", "OLD"))
    if new.unit == "%" and new.claim.base and old.claim.base not in ((), new.claim.base):
        return False
    nouns = [new.noun, old.noun]
    return None in nouns or nouns[0] == nouns[1] or akin(nouns[0], nouns[1])  # type: ignore[arg-type]


def _in_time(match: Match) -> bool:
    """The old level is one of another time: dated, said to be of before, or without a place or a group of its own."""
    old = match.slots["OLD"][0]
    if old.dated or old.claim.kind == "duration":
        return True
    sentence, after = old.statement.sentence, old.statement.sentence.after(old.k)
    named = old.noun is not None
    following = [sentence.token(after + named + n) for n in range(5)]
    return following[0].form == "mark" or any(t.key in words().earlier for t in following)


def _dated(match: Match) -> bool:
    """The sentence says that the two levels are of two years, the new one of the later."""
    new, old = (match.slots[role][0] for role in ("NEW", "OLD"))
    said = old.dated or new.dated
    years = old.claim.period, new.claim.period
    return said and None not in years and years[0] < years[1]  # type: ignore[operator]


def _in_two_years(match: Match) -> bool:
    """Two sentences give a level of two years each, and the later one only points at what it counts."""
    new, old = (match.slots[role][0] for role in ("NEW", "OLD"))
    years = old.claim.period, new.claim.period
    pointing = new.noun in (None, old.noun)
    return pointing and new.unit == old.unit and None not in years and years[0] < years[1]  # type: ignore[operator]


def _one_whole(match: Match) -> bool:
    """The sentence before counts one thing of the year of the share: "eux" means no other."""
    whole, share = match.slots["WHOLE"][0], match.slots["SHARE"][0]
    counts = [c for c in whole.statement.claims if c.kind in COUNTED and c.period == share.claim.period]
    return counts == [whole.claim]


def _same_base(match: Match) -> bool:
    """Whole, part and the base of the share are of one noun."""
    whole, part, share = (match.slots[role][0] for role in ("WHOLE", "PART", "SHARE"))
    base = {root(w) for w in share.claim.base}
    return whole.noun is not None and whole.noun == part.noun and whole.noun in base


def _complete(match: Match) -> bool:
    """The parts are all there is: nothing says that the list is open."""
    parts = match.slots.get("PARTS") or match.slots["SHARES"]
    open_ = {"open", "own-base"} if "SHARES" in match.slots else {"open"}
    return not any(t.tags.keys() & open_ for n in parts for t in n.statement.sentence.tokens)


def _one_level(match: Match) -> bool:
    """A list stands in one parenthesis or in none, and what it makes in no other."""
    whole = (match.slots.get("WHOLE") or match.slots["ALL"])[0]
    parts = match.slots.get("PARTS") or match.slots["SOME"]
    opened = {n.enclosure for n in parts}
    between = whole.statement.sentence.tokens[whole.lead : parts[0].lead]
    if parts[0].enclosure > whole.lead and any(t.key == ":" for t in between):
        return False  # "cinq villes : Lens (12 agents et 40 usagers)"
    return len(opened) == 1 and whole.enclosure in (-1, *opened)


def _alike(match: Match) -> bool:
    """The parts are several, and count what the whole counts or kinds of it: none counts the whole again."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    statement = whole.statement
    if len(parts) < 2 or any(n.claim.kind == "part" for n in parts):
        return False
    if len({n.claim.period for n in (whole, *parts)}) > 1:
        return False
    if whole.claim.kind == "duration":
        sentence = statement.sentence
        return "age" not in whole.noun_tags and not any(
            "mean" in t.tags for t in sentence.tokens[: whole.lead]
        )
    if whole.unit == "€" or partition(statement, whole.k, [n.k for n in parts]):
        return True
    nouns = [n.noun for n in parts]
    if parts[0].enclosure >= 0 and sum(noun == whole.noun for noun in nouns) * 2 > len(parts):
        return True  # "4 400 entreprises (1 300 entreprises du bâtiment, … et 450 hôtels)"
    distinct = None not in nouns and len({*nouns, whole.noun}) == len(parts) + 1
    return distinct and not any(overlaps(statement, n.k) for n in parts) and all(
        may_be_kind(noun, whole.noun) for noun in nouns
    )  # fmt: skip


def _of_one_kind(match: Match) -> bool:
    """A conclusion names what all its parts are: by their noun, by one for all of them, by none."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    if (
        len(parts) < 2
        or any(n.claim.kind == "part" or n.dated for n in parts)
        or len({n.claim.period for n in parts}) > 1
    ):
        return False
    nouns = [n.noun for n in parts]
    if whole.unit == "€" or whole.noun is None or whole.noun in nouns:
        return all(noun in (None, nouns[0]) for noun in nouns) or whole.noun is None
    return None not in nouns and all(may_be_kind(noun, whole.noun) for noun in nouns)


def _bracketed_alike(match: Match) -> bool:
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


def _each_bracketed(match: Match) -> bool:
    """Each share stands alone in a parenthesis of its own: "soit se forment (57 %), soit travaillent (32 %)"."""
    return all(n.statement.alone(n.k) for n in match.slots["SHARES"])


def _of_one_claim(match: Match) -> bool:
    """The numbers are of one kind of claim."""
    return len({n.claim.kind for numbers in match.slots.values() for n in numbers}) == 1


def _exclusive(match: Match) -> bool:
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
        own = _same_verb(shares)
        short = min(map(len, stems)) <= SHORT and (claims[1].base in ((), claims[0].base) or len(own) == 1)
        said = [own_stems(statement, n.k) for n in shares]
        return short and all(map(_names_part, own)) and (complementary(stems) or complementary(said))
    if _age_classes(shares):
        return True
    labelled = all(n.statement.sentence.token(n.statement.sentence.before(n.k)).key == ":" for n in shares)
    return labelled and (same_family(stems) or _headed(shares[0]))


def _same_verb(shares: Sequence[Number]) -> Sequence[Number]:
    """Return the shares whose own words must name a part: of "62 % sont des femmes et 48 % des hommes" the first."""
    first, second = shares
    sentence = first.statement.sentence
    verb = "verb" in sentence.token(sentence.after(first.k)).tags
    elliptic = "of" in sentence.token(sentence.after(second.k)).tags
    return shares[:1] if verb and elliptic else shares


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
    return partitive or "verb" in after.tags or before.key == ":"


def _per(match: Match) -> bool:
    """The total counts what a mean is a mean of, the number what it is taken per."""
    each, total, number = (match.slots[role][0] for role in ("EACH", "TOTAL", "NUMBER"))
    counted = frozenset(root(w) for w in each.claim.base)
    measured = frozenset(root(w) for w in each.claim.subject)
    if (
        each.claim.kind not in ("mean", "ratio")
        or not counted
        or len(counted) > 2
        or number.noun not in counted
    ):
        return False
    if total.unit != each.unit or total.claim.period != number.claim.period:
        return False
    return total.unit == "€" or bool(measured and measured <= total.statement.stems(total.k))


def _of_them(match: Match) -> bool:
    """The parts count some of the whole that a sentence opens with: bare before a verb, or of its noun."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    if whole.k or whole.noun is None or match.start > 1:
        return False
    return all(_some_of(n, whole) for n in parts)


def _some_of(part: Number, whole: Number) -> bool:
    sentence = part.statement.sentence
    after, before = sentence.token(sentence.after(part.k)), sentence.token(sentence.before(part.k))
    opens = before.form == "mark" or bool(before.tags.keys() & {"joint", "against"})
    bare = sentence.mentions[part.k].bare and ("verb" in after.tags or part.noun is None or paired(part.noun))
    return opens and (part.noun == whole.noun or bare)


def _no_other_base(match: Match) -> bool:
    """The second of two percentages names no whole of its own: "soit 70 % de femmes"."""
    second = max((match.slots[role][0] for role in ("ONE", "OTHER")), key=lambda n: n.index)
    sentence = second.statement.sentence
    return "of" not in sentence.token(sentence.after(second.k)).tags


def _governed(match: Match) -> bool:
    """A word of rates, of means or of change governs the number of the whole."""
    whole = match.slots["ALL"][0]
    if whole.unit not in ("%", "‰") and whole.claim.kind not in ("mean", "duration"):
        return False
    if whole.claim.kind in ("variation", "mean"):
        return True
    sentence = whole.statement.sentence
    return any(t.tags.keys() & {"rate", "trend", "mean"} for t in sentence.tokens[: whole.lead])


def _only_number(match: Match) -> bool:
    """The sentence counts nothing else, and does not say that it leaves something out."""
    whole = match.slots["WHOLE"][0]
    sentence, claims = whole.statement.sentence, whole.statement.claims
    some = any("open" in t.tags or "part" in t.tags or t.tags.get("hedge") for t in sentence.tokens)
    return (
        not some
        and sum(c.kind in COUNTED and c.quantity.unit == whole.claim.quantity.unit for c in claims) == 1
    )


def _rated(number: Number) -> bool:
    return number.claim.quantity.unit in ("%", "‰") or number.claim.kind in ("mean", "duration", "ratio")


def _denied(match: Match) -> bool:
    """A word of negation stands in the sentence."""
    number = next(iter(match.slots.values()))[0]
    return any("negation" in t.tags for t in number.statement.sentence.tokens)


_CONDITIONS: dict[str, Condition] = {
    "same thing": _same_thing,
    "in time": _in_time,
    "dated": _dated,
    "one whole": _one_whole,
    "in two years": _in_two_years,
    "same base": _same_base,
    "complete": _complete,
    "alike": lambda match: _one_level(match) and _alike(match),
    "unbracketed": lambda match: match.slots["PARTS"][0].enclosure == match.slots["WHOLE"][0].enclosure,
    "of one kind": lambda match: _one_level(match) and _of_one_kind(match),
    "bracketed alike": _bracketed_alike,
    "each bracketed": _each_bracketed,
    "of one claim": _of_one_claim,
    "exclusive": _exclusive,
    "rates": lambda match: _one_level(match) and all(_rated(n) for n in match.slots["SOME"]),
    "per": _per,
    "of them": _of_them,
    "no other base": _no_other_base,
    "only number": _only_number,
    "no age": lambda match: match.slots["NEW"][0].claim.kind != "duration",
    "rate": lambda match: _one_level(match) and _governed(match),
    "no rate": lambda match: not _governed(match),
    "not denied": lambda match: not _denied(match),
}
_LEVELS = (
    "NEW", "OLD", "PART", "WHOLE", "PARTS", "LEFT", "SHARES", "ALL", "SOME", "MORE", "LESS", "OTHERS", "LOW", "HIGH", "ONE"
)  # fmt: skip
_MIXED = ("mean", "equal", "conversion")
