"""What must hold of the numbers of a pattern besides its words: that they count one thing, are of two years, are all there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlcheck.prose.bases import names_its_part, of_a_goal, own_base, same_base, unnamed
from mlcheck.prose.exclusion import (
    SHORT,
    are_labelled,
    bracketed_alike,
    each_bracketed,
    exclude_each_other,
    have_no_base,
    of_one_dimension,
    tail_of,
)
from mlcheck.prose.grammar import gone, opposed, unit_of
from mlcheck.prose.items import COUNTED, Number, number_of
from mlcheck.prose.matching import Match
from mlcheck.prose.misread import LEADS, LISTED, SIDES, SIGNS, is_misread, less_than_it
from mlcheck.prose.passage import (
    akin,
    complementary,
    is_of_a_kind,
    may_be_kind,
    of_several_kinds,
    overlaps,
    own_stems,
    paired,
    partition,
)
from mlcheck.prose.ranges import is_placed_range, of_a_range, taken_up
from mlcheck.prose.tokens import root, words

_THREE = 3  # lengths of time of which one may be the change between the others
Condition = Callable[[Match], bool]


def holds(match: Match) -> bool:
    """Tell whether the numbers of a match are of one unit and what its pattern asks for holds."""
    form = match.pattern.form
    if form not in _MIXED and not _of_one_unit(match):
        return False
    if form in ("mean", "product") and (not _measured_alike(match) or of_a_range(match)):
        return False
    return not is_misread(match) and all(_CONDITIONS[name](match) for name in match.pattern.when)


def _no_balance(match: Match) -> bool:
    """The whole is not what is left of one part without the other: "d'où un résultat de 6 523 €"."""
    whole = match.slots["WHOLE"][0]
    lead = whole.statement.sentence.tokens[max(0, whole.lead - LEADS - 1) : whole.lead]
    return not any(root(t.key) in words().balances for t in lead)


def _of_one_unit(match: Match) -> bool:
    levels = [n for role in _LEVELS for n in match.slots.get(role, ())]
    units = {n.unit for n in levels}
    if match.pattern.form == "pair" and len(units) > 1:  # "de 50 à 200 tonnes"
        units = {n.unit for n in levels if n.noun is not None or n.unit != "count"}
    return len(units) < 2


def _same_thing(match: Match) -> bool:
    """Two levels count one thing: neither names another one."""
    new, old = (match.slots[role][0] for role in ("NEW", "OLD"))
    if new.unit == "%" and new.claim.base and old.claim.base not in ((), new.claim.base):
        return False
    nouns = [new.noun, old.noun]
    return None in nouns or nouns[0] == nouns[1] or akin(nouns[0], nouns[1])


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
    said = old.dated or new.dated or old.claim.period != old.statement.sentence.year
    if _is_goal(old) != _is_goal(new):
        return False
    years = old.claim.period, new.claim.period
    return said and None not in years and years[0] < years[1]  # type: ignore[operator]


def _is_goal(number: Number) -> bool:
    """Tell whether a word right before a number says that it is aimed at: "la cible de 70 %"."""
    tokens = number.statement.sentence.tokens[max(0, number.lead - LEADS) : number.lead]
    return any("objective" in t.tags for t in tokens)


def _in_two_years(match: Match) -> bool:
    """Two sentences give a level of two years each, and the later one only points at what it counts."""
    new, old = (match.slots[role][0] for role in ("NEW", "OLD"))
    years = old.claim.period, new.claim.period
    earlier, later = sorted((new, old), key=lambda n: n.index)
    pointing = later.noun in (None, earlier.noun)
    return pointing and new.unit == old.unit and None not in years and years[0] < years[1]  # type: ignore[operator]


def _one_whole(match: Match) -> bool:
    """The sentence before counts one thing of the year of the share: "eux" means no other."""
    whole, share = match.slots["WHOLE"][0], match.slots["SHARE"][0]
    counts = [c for c in whole.statement.claims if c.kind in COUNTED and c.period == share.claim.period]
    return counts == [whole.claim]


def _only(match: Match) -> bool:
    """The sentences hold no other numbers."""
    own = match.numbers
    statements = {n.statement.first: n.statement for numbers in match.slots.values() for n in numbers}
    return all(
        first + k in own for first, statement in statements.items() for k in range(len(statement.claims))
    )


def _only_levels(match: Match) -> bool:
    """The sentence gives no other level of the unit of the two."""
    statement, unit = match.slots["NEW"][0].statement, match.slots["NEW"][0].unit
    numbers = [number_of(statement, k) for k in range(len(statement.claims))]
    return sum("level" in n.types and n.unit == unit for n in numbers) == len(SIDES)


def _roundly(match: Match) -> bool:
    """Of two counts one is said roundly, and of persons or things in general: "Les 318 inscrits, soit plus de 300 personnes"."""
    one, other = match.slots["ONE"][0], match.slots["OTHER"][0]
    after = other.statement.sentence.tokens[other.last + 1 : other.last + 1 + LEADS]
    if any(t.tags.keys() & {"per", "yearly"} for t in after):
        return False  # "soit près de 943 par an"
    return (
        _only(match)
        and bool(other.claim.hedge)
        and not one.claim.hedge
        and (other.noun in (None, one.noun) or other.noun in words().general)
    )


def _per_it(match: Match) -> bool:
    """What a number is taken per is what another counts: "sur 250 jours, soit 30 appels par jour"."""
    each, number = match.slots["EACH"][0], match.slots["NUMBER"][0]
    sentence = each.statement.sentence
    tail = sentence.tokens[each.last + 1 :]
    at = next((n for n, t in enumerate(tail) if "per" in t.tags), None)
    if at is None or at + 1 >= len(tail) or sum("per" in t.tags for t in sentence.tokens) > 1:
        return False
    noun = unit_of(root(tail[at + 1].key))
    counted = number.unit if number.claim.kind == "duration" else number.noun
    general, _ = words().kin[0]
    return noun in (counted, root(counted or "")) or (
        (noun in general and counted is not None) and _of_each(match)
    )


def _some_of_it(match: Match) -> bool:
    """The part counts some of the whole: it has no noun of its own, or that of the whole."""
    whole, part = match.slots["WHOLE"][0], match.slots["PART"][0]
    sentence = part.statement.sentence
    led = sentence.token(sentence.before(part.k)).tags.keys() & {"part", "among"}
    return bool(led) or part.noun in (None, whole.noun) or paired(part.noun)


def _of_each(match: Match) -> bool:
    """What a number of things makes is of the kind of what each makes; the two are no items of a list."""
    total, each, number = (match.slots[role][0] for role in ("TOTAL", "EACH", "NUMBER"))
    if _ends_list(max(each, number, key=lambda n: n.index)) and each.unit == number.unit:
        return False
    if sum("per" in t.tags for t in each.statement.sentence.tokens) > 1:
        return False  # "par jeune et par mois"
    if _is_mean_of_another(each, number):
        return False
    if "€" in (total.unit, each.unit) or "duration" in (total.claim.kind, each.claim.kind):
        return True
    nouns = total.noun, each.noun
    return None in nouns or may_be_kind(*nouns)


def _is_mean_of_another(each: Number, number: Number) -> bool:
    """Tell whether a mean says what it is taken per, and the number counts another thing: "le prix moyen d'un billet"."""
    lead = each.statement.sentence.tokens[: each.lead]
    at = next((n for n, t in enumerate(lead) if "mean" in t.tags), len(lead))
    per = next((n for n in range(at + 1, len(lead)) if lead[n].tags.keys() & {"of", "per"}), len(lead))
    named = next((t for t in lead[per + 1 :] if t.form == "word" and not t.tags), None)
    general, some = words().kin[0]
    known = {number.noun} | (general if number.noun in general | some else frozenset())
    return named is not None and per - at < LEADS and root(named.key) not in known


def _unsaid(match: Match) -> bool:
    """The sentence gives no change between the two levels, which would say its direction better."""
    statement = match.slots["NEW"][0].statement
    lengths = sum(not m.bare for m in statement.sentence.durations)
    changes = any(
        c.kind in ("variation", "multiple") or c.quantity.unit == "points" for c in statement.claims
    )
    return not changes and lengths < _THREE


def _measured_alike(match: Match) -> bool:
    """A total is of the unit of what each makes."""
    total, each = match.slots["TOTAL"][0], match.slots["EACH"][0]
    lasting = total.claim.kind == each.claim.kind == "duration"
    return total.unit == each.unit or ("€" not in (total.unit, each.unit) and not lasting)


def _of_things(match: Match) -> bool:
    """The number counts no persons, of whom a list may say several things of each."""
    noun = match.slots["WHOLE"][0].noun
    general, special = words().kin[0]
    return noun is not None and noun not in general | special


def _partition(match: Match) -> bool:
    """The words of the parts make them exclude each other and exhaust the whole."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    if counted_twice([n.noun for n in parts]):
        return False
    return partition(whole.statement, whole.k, [n.k for n in parts])


def _two_sides(match: Match) -> bool:
    """The parts are the two sides of a pair: "47 candidatures, 29 masculines et 18 féminines"."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    nouns = [frozenset({n.noun or ""}) for n in parts]
    said = [own_stems(n.statement, n.k) for n in parts]
    sides = complementary(nouns) or (complementary(said) and max(map(len, said)) <= SHORT)
    return len(parts) == len(SIDES) and sides and whole.enclosure == parts[0].enclosure


def _each_alone(match: Match) -> bool:
    """Each part stands alone in a parenthesis of its own, the whole in none."""
    whole = match.slots["WHOLE"][0]
    named = whole.enclosure < 0 or whole.statement.alone(whole.k)
    return named and all(n.statement.alone(n.k) for n in match.slots["PARTS"])


def _complete(match: Match) -> bool:
    """The parts are all there is: nothing says that the list is open."""
    parts = match.slots.get("PARTS") or match.slots["SHARES"]
    open_ = {"open", "own-base"} if "SHARES" in match.slots else {"open"}
    sentences = {id(n.statement): n.statement.sentence for n in parts}.values()
    return not any(t.tags and t.tags.keys() & open_ for sentence in sentences for t in sentence.tokens)


def _one_level(match: Match) -> bool:
    """A list stands in one parenthesis or in none, and what it makes in no other."""
    whole = (match.slots.get("WHOLE") or match.slots["ALL"])[0]
    parts = match.slots.get("PARTS") or match.slots["SOME"]
    opened = {n.enclosure for n in parts}
    between = whole.statement.sentence.tokens[whole.lead : parts[0].lead]
    if parts[0].enclosure > whole.lead and any(t.key == ":" for t in between):
        return False  # "cinq villes : Lens (12 agents et 40 usagers)"
    apart = whole.enclosure < 0 and all(n.statement.alone(n.k) for n in parts)
    named = whole.claim.kind != "duration" and whole.statement.alone(
        whole.k
    )  # "le parc (860 logements) se partage entre …"
    return apart or (len(opened) == 1 and (named or whole.enclosure in (-1, *opened)))


def _alike(match: Match) -> bool:
    """The parts are several, and count what the whole counts or kinds of it: none counts the whole again."""
    whole, parts = match.slots["WHOLE"][0], match.slots["PARTS"]
    statement = whole.statement
    if _ends_list(whole):
        return False
    if len(parts) < 2 or any(n.claim.kind == "part" for n in parts):
        return False
    if len({n.claim.period for n in (whole, *parts)}) > 1:
        return False
    if whole.claim.kind == "duration":
        sentence = statement.sentence
        return "age" not in whole.noun_tags and not any(
            "mean" in t.tags for t in sentence.tokens[: whole.lead]
        )
    nouns = [n.noun for n in parts]
    if counted_twice(nouns) or _opposite(nouns) or _opposite([_named(n) for n in parts]):
        return False
    if whole.unit == "€" and any("verb" in t.tags for t in tail_of(parts[-1])):
        return False  # "90 000 € : 50 000 € de travaux et 20 000 € d'études sont engagés"
    if whole.unit == "€" or partition(statement, whole.k, [n.k for n in parts]):
        return True
    if parts[0].enclosure >= 0 and sum(noun == whole.noun for noun in nouns) * 2 > len(parts):
        return True  # "4 400 entreprises (1 300 entreprises du bâtiment, … et 450 hôtels)"
    distinct = None not in nouns and len({*nouns, whole.noun}) == len(parts) + 1
    return distinct and not any(overlaps(statement, n.k) for n in parts) and all(
        may_be_kind(noun, whole.noun) for noun in nouns
    )  # fmt: skip


def _ends_list(number: Number) -> bool:
    """Tell whether "et" joins a number to another of its unit before it: "15 vélos et 6 remorques, soit 21"."""
    statement, k = number.statement, number.k
    if not 0 < k < len(statement.claims) or statement.unit(k - 1) != statement.unit(k):
        return False
    gap = statement.gap(k - 1, k)
    return any("joint" in t.tags for t in gap) and not any("clause" in t.tags or t.key == ";" for t in gap)


def _opposite(nouns: Sequence[str | None]) -> bool:
    """Tell whether some nouns add what others take away: "recettes" and "dépenses"."""
    return any(any(n in more for n in nouns) and any(n in less for n in nouns) for more, less in opposed())


def counted_twice(nouns: Sequence[str | None]) -> bool:
    """Tell whether two nouns are the sides of one pair and a third one of another: "femmes", "hommes" and "mineurs"."""
    known = words().complements
    whole = [left | right for left, right in known if not (left.isdisjoint(nouns) or right.isdisjoint(nouns))]
    return bool(whole) and any(
        (paired(n) or n in words().general) and n not in sides for sides in whole for n in nouns
    )


def _some_gone(parts: Sequence[Number]) -> bool:
    """Tell whether some of the parts are gone and others not: "65 sont partis et 90 sont arrivés"."""
    said = [
        any(root(t.key) in gone() and not is_of_a_kind(root(t.key)) for t in tail_of(n)[:LISTED])
        for n in parts
    ]
    return any(said) and not all(said)


def _named(number: Number) -> str:
    """Return the stem of the noun that "de" ties to a number: "140 000 € de recettes"."""
    sentence = number.statement.sentence
    after = sentence.after(number.k)
    return root(sentence.token(after + ("of" in sentence.token(after).tags)).key)


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
    if any(
        n.statement.sentence.token(n.statement.sentence.before(n.k)).tags.keys() & {"among", "over"}
        for n in parts
    ):
        return False  # "Sur 240 places, 198 étaient occupées, soit 42 places libres"
    if any("per" in t.tags for t in parts[0].statement.sentence.tokens[: parts[0].lead]):
        return False  # "Chaque agent reçoit 2 tenues et 1 veste, soit 410 articles"
    if _opposite(nouns) or counted_twice(nouns) or _some_gone(parts) or of_several_kinds(nouns):
        return False
    if whole.unit == "€" or whole.noun is None or whole.noun in nouns:
        return all(noun in (None, nouns[0]) for noun in nouns) or whole.noun is None
    return None not in nouns and all(may_be_kind(noun, whole.noun) for noun in nouns)


def _of_one_claim(match: Match) -> bool:
    """The numbers are of one kind of claim."""
    return len({n.claim.kind for numbers in match.slots.values() for n in numbers}) == 1


def _of_two_years(match: Match) -> bool:
    """The sentence names two years and no other."""
    number = match.slots["PARTS"][0]
    return sum(m.bare for m in number.statement.sentence.durations) <= len(SIDES)


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
    """The second of two percentages names no whole of its own: "soit 70 % de femmes"; none of them is a change."""
    if any(match.slots[role][0].claim.quantity.printed[:1] in SIGNS for role in ("ONE", "OTHER")):
        return False
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
    counts = [
        k for k, c in enumerate(claims) if c.kind in COUNTED and c.quantity.unit == whole.claim.quantity.unit
    ]
    listed = [k for k in counts if k == whole.k or sentence.mentions[k].notation != "words"]
    return not some and len(listed) == 1  # "trois catégories, pour un total de 75"


def _rated(number: Number) -> bool:
    return number.claim.quantity.unit in ("%", "‰") or number.claim.kind in ("mean", "duration", "ratio")


def _not_placed(match: Match) -> bool:
    """Not all shares are those of places or groups, nor the first one of all: "au total, 80 % : 78 % à Lens et 82 % à Douai"."""
    first = min((n for numbers in match.slots.values() for n in numbers), key=lambda n: n.index)
    if any(t.tags.keys() & {"total", "mean"} for t in first.statement.sentence.tokens[: first.lead]):
        return False
    return not all(
        tail_of(n)[:1] and tail_of(n)[0].tags.keys() & {"to", "out-of"} for n in match.slots["SHARES"]
    )


def _denied(match: Match) -> bool:
    """A word of negation stands in the sentence."""
    number = next(iter(match.slots.values()))[0]
    return any("negation" in t.tags for t in number.statement.sentence.tokens)


_CONDITIONS: dict[str, Condition] = {
    "only": _only,
    "some of it": _some_of_it,
    "less than it": less_than_it,
    "no balance": _no_balance,
    "own base": own_base,
    "of a goal": of_a_goal,
    "of each": _of_each,
    "unsaid": _unsaid,
    "taken up": taken_up,
    "of two years": _of_two_years,
    "labels": are_labelled,
    "of things": _of_things,
    "no base": have_no_base,
    "partition": _partition,
    "each alone": _each_alone,
    "two sides": _two_sides,
    "same thing": _same_thing,
    "in time": _in_time,
    "dated": _dated,
    "one whole": _one_whole,
    "in two years": _in_two_years,
    "same base": same_base,
    "complete": _complete,
    "several": lambda match: len(match.slots["SHARES"]) > len(SIDES),
    "one dimension": of_one_dimension,
    "its rate": names_its_part,
    "unnamed": unnamed,
    "not placed": _not_placed,
    "only levels": _only_levels,
    "per it": _per_it,
    "roundly": _roundly,
    "alike": lambda match: _one_level(match) and _alike(match),
    "unbracketed": lambda match: match.slots["PARTS"][0].enclosure == match.slots["WHOLE"][0].enclosure,
    "of one kind": lambda match: _one_level(match) and _of_one_kind(match),
    "bracketed alike": bracketed_alike,
    "each bracketed": each_bracketed,
    "of one claim": _of_one_claim,
    "exclusive": exclude_each_other,
    "rates": lambda match: (
        _one_level(match)
        and all(map(_rated, match.slots["SOME"]))
        and not is_placed_range(match.slots["SOME"])
    ),
    "per": _per,
    "of them": _of_them,
    "no other base": _no_other_base,
    "only number": _only_number,
    "no age": lambda match: match.slots["NEW"][0].claim.kind != "duration",
    "rate": lambda match: _one_level(match) and _governed(match) and not _ends_list(match.slots["ALL"][0]),
    "no rate": lambda match: not _governed(match),
    "not denied": lambda match: not _denied(match),
}
_LEVELS = (
    "NEW", "OLD", "PART", "WHOLE", "PARTS", "LEFT", "SHARES", "ALL", "SOME", "MORE", "LESS", "OTHERS", "LOW", "HIGH", "ONE"
)  # fmt: skip
_MIXED = ("mean", "product", "equal", "conversion")
