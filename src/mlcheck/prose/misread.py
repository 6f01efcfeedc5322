"""What the numbers of a match cannot be: another reading of its sentence gives them other roles."""

from __future__ import annotations

from mlcheck.prose.items import Number
from mlcheck.prose.matching import Match
from mlcheck.prose.passage import akin
from mlcheck.prose.tokens import words

LISTED = 5  # tokens between two numbers of a list
SIDES = ("one", "the other")
LEADS = 3  # tokens before a number that may say that it is aimed at
SIGNS = ("+", "-", "\u2212")


def is_misread(match: Match) -> bool:
    """Tell whether the words around the numbers of a match, or their sizes, give them other roles than its pattern."""
    form = match.pattern.form
    if form in ("mean", "product"):
        return _makes_less(match)
    if form in ("sum", "distribution") and _goes_on_before(match):
        return True
    if match.pattern.straight and not _straight(match):
        return True
    if form in ("rise", "growth"):
        return _of_another_level(match)
    if form == "sum":
        return _of_words(match)
    if form in ("apart", "times"):
        return _is_told_otherwise(match)
    if form == "share":
        return _is_a_gap(match.slots["PART"][0]) or (match.pattern.crosses and not less_than_it(match))
    return form == "order" and _of_a_change(match)


def _is_told_otherwise(match: Match) -> bool:
    """Tell whether a sign gives a gap its side, or "contre" says which of two levels is the other: their pair says it better."""
    if match.pattern.form == "apart":
        return match.slots["BY"][0].claim.quantity.printed[:1] in SIGNS
    new, times = match.slots.get("NEW", ()), match.slots.get("TIMES", ())
    after = bool(new and times) and times[0].index > new[0].index  # no "divisé par trois (3 contre 9)"
    return after and "against" in new[0].statement.sentence.token(new[0].lead - 1).tags


def _makes_less(match: Match) -> bool:
    """Tell whether several things would make less than each of them: the roles are not these."""
    each, total, number = (match.slots[role][0].claim.quantity.value for role in ("EACH", "TOTAL", "NUMBER"))
    return number > 1 and total < each


def _of_another_level(match: Match) -> bool:
    """Tell whether a change counts another thing than the level, or dated otherwise: "il en avait perdu 85 en 2021 et compte 910 membres"."""
    by, rate = match.slots["BY"][0], match.slots["RATE"][0]
    level = (match.slots.get("NEW") or match.slots["OLD"])[0]
    new = rate if "NEW" not in match.slots else level
    nouns = {by.noun, level.noun} - {None}
    told = match.pattern.crosses and len(by.statement.claims) > len(
        SIDES
    )  # a sentence that gives its own level
    if "NEW" in match.slots and _is_of_before(level):
        return True
    if by.unit != level.unit or (told and len(nouns) > 1 and not akin(*nouns)):
        return True
    return (
        by.dated and None not in (by.claim.period, new.claim.period) and by.claim.period != new.claim.period
    )


def _is_of_before(level: Number) -> bool:
    """Tell whether a level is dated of a year before that of its report: "En 2023, 668 jeunes avaient été reçus"."""
    now, own = level.statement.sentence.year, level.claim.period
    return None not in (now, own) and own < now  # type: ignore[operator]


def _of_a_change(match: Match) -> bool:
    """Tell whether one of two numbers is a change and the other none: "la marche (42 %), devant la natation, qui croît de 46 %"."""
    changes = {n.claim.kind == "variation" for numbers in match.slots.values() for n in numbers}
    return len(changes) > 1 and not {"NEW", "OLD"} & match.slots.keys()


def _of_words(match: Match) -> bool:
    """Tell whether the whole is a number in words and its parts are in digits: "trois formes : 8 ateliers et 4 visites"."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    return whole.is_worded and not any(n.is_worded for n in parts)


def _is_a_gap(part: Number) -> bool:
    """Tell whether a word right before a number says that it is lacking or over: "il manque 37", "la cible est dépassée de 86"."""
    lead = part.statement.sentence.tokens[max(0, part.lead - LEADS) : part.lead]
    return any(t.key in words().lacking for t in lead)


def _straight(match: Match) -> bool:
    """No verb stands between "de" and "à": "augmente de 126 000 € pour s'établir à 4 326 000 €" names no former level."""
    old, new = match.slots["OLD"][0], match.slots["NEW"][0]
    between = old.statement.sentence.tokens[old.lead : new.lead]
    return not any(t.tags.keys() & {"clitic", "reach", "pass"} for t in between)


def _goes_on_before(match: Match) -> bool:
    """Tell whether a list starts before its first number: of "310, 240 et 120" the last two are no list."""
    first = (match.slots.get("PARTS") or match.slots["SHARES"])[0]
    statement, k = first.statement, first.k
    if not 0 < k < len(statement.claims) or statement.first + k - 1 in match.numbers:
        return False
    gap = statement.gap(k - 1, k)
    listed = bool(gap) and len(gap) < LISTED and (gap[-1].key == "," or "joint" in gap[-1].tags)
    alike = statement.unit(k - 1) == statement.unit(k) and statement.claims[k - 1].kind == first.claim.kind
    return listed and alike and not any("verb" in t.tags or t.key == ":" for t in gap)


def less_than_it(match: Match) -> bool:
    """The part is no greater than the whole: of a greater one a pronoun stands for what no number counts."""
    whole, part = (match.slots[role][0].claim.quantity.value for role in ("WHOLE", "PART"))
    return part <= whole
