"""Bind every claim of a report: same sentence first, then the tables near it, then last year's report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding.beside import bind_beside
from mlcheck.binding.candidates import Candidate
from mlcheck.binding.changes import bind_change, bind_points
from mlcheck.binding.clause import is_its_share
from mlcheck.binding.counts import MARGIN, NO_WORDS, SEVERAL, UNSURE, Match, bind_count, find
from mlcheck.binding.former import NO_PRIOR, Former, quoted_count, quoted_share
from mlcheck.binding.parts import bind_part, bind_part_before
from mlcheck.binding.pins import bind_pinned, pins_of
from mlcheck.binding.places import Index
from mlcheck.binding.shares import bind_share, share_of_count
from mlcheck.binding.subjects import bind_subject
from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import years_back
from mlcheck.language.words import content_words, denied_at, fold
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.errors import at_stage
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.translation import N_

STANDS_ALONE = N_("no figure of a table was tied to these words")
COMPANION = N_("it only says how many a percentage makes")
REACH = 500  # characters before a percentage in which its words are looked for
BESIDE = 8  # claims around a percentage among which one may say how many it makes
NOT_BOUND = N_("what it is taken from is not decided by its words")
TARGET = N_("it is a target or an estimate, which no table counts")
TWINS = N_("two numbers of its sentence answer to the same figure, and differ")
_OPEN = (STANDS_ALONE, NO_WORDS, NO_PRIOR, UNSURE)  # reasons beside which another number may bind
BEFORE, AFTER = 40, 24  # characters around a number in which a word says that it is a target


def bind(facts: Facts) -> dict[int, Binding]:
    """Return the binding of each claim that sentences do not settle among themselves."""
    return bind_and_record(facts)[0]


def bind_and_record(facts: Facts) -> tuple[dict[int, Binding], dict[int, frozenset[int]]]:
    """Return the binding of each claim, and the figures of tables whose values were looked at for it.

    Words bind, and values only tell whether two places that answer to them print the same. A claim that is bound
    through that of another depends on what was looked at for both.
    """
    former = Former(facts.prior, facts) if facts.prior or _shows_two_years(facts) else None
    candidates = Index()
    pins = pins_of(facts)
    found: dict[int, Binding] = {}
    read: dict[int, frozenset[int]] = {}
    for index in sorted(range(len(facts.claims)), key=lambda i: _looks_back(facts, facts.claims[i])):
        claim = facts.claims[index]
        with at_stage("binding", claim.locator):
            pinned = bind_pinned(facts, former, index, pins[index], found) if index in pins else None
            own = pinned or _bind(facts, former, candidates, index, claim, found)
            if own.reason in _OPEN:
                own = (
                    bind_beside(facts, candidates, claim) or _of_its_subject(facts, candidates, claim) or own
                )
            found[index] = own
        read[index] = frozenset(candidates.read)
        found[index] = _compared(found[index], read[index])
        candidates.read.clear()
    return _without_twins(facts, {index: found[index] for index in range(len(facts.claims))}), read


def _of_its_subject(facts: Facts, candidates: Index, claim: Claim) -> Binding | None:
    """Return what binds a count of this year by the line that its clause names, None where it is of another."""
    now = claim.period is None or facts.year is None or claim.period == facts.year
    return bind_subject(facts, candidates, claim) if now else None


def _compared(binding: Binding, read: frozenset[int]) -> Binding:
    """Return a binding with those of its figures that were compared with one another, and agree."""
    own = read.intersection(f for figures in binding.operands for f in figures)
    return replace(binding, compared=own) if own else binding


def _shows_two_years(facts: Facts) -> bool:
    """Tell whether some table prints this year beside the one before."""
    return any(
        line.year is not None or years_back(line.scenario)
        for t in facts.tables
        for line in (*t.rows, *t.columns)
    )


def _looks_back(facts: Facts, claim: Claim) -> bool:
    """Tell whether a claim is bound through what others of this year are bound to."""
    earlier = claim.period is not None and facts.year is not None and claim.period < facts.year
    return earlier or claim.kind in ("variation", "multiple") or claim.quantity.unit == "points"


def former_figures(facts: Facts) -> dict[int, int]:
    """Return last year's figure of each figure of a table that last year's report prints in the same place."""
    if facts.prior is None:
        return {}
    former = Former(facts.prior, facts)
    found = {
        e.figure: former.figure(e.figure) for t in facts.tables for e in t.entries.values() if e.quantity
    }
    return {now: then for now, then in found.items() if then is not None}


def _bind(
    facts: Facts,
    former: Former | None,
    candidates: Index,
    index: int,
    claim: Claim,
    found: dict[int, Binding],
) -> Binding:
    earlier = claim.period is not None and facts.year is not None and claim.period < facts.year
    if _is_target(claim, _before(facts, index)):
        return Binding(claim.kind, reason=TARGET)
    if claim.kind in ("share", "variation") and index in candidates.settled(facts) and not earlier:
        return Binding(claim.kind, reason=NOT_BOUND)  # its levels are held to the tables
    if claim.kind in ("share", "points") and claim.quantity.unit == "%":
        if earlier:
            return quoted_share(facts, former, claim, found)
        return _share(facts, candidates, index, claim, found)
    if claim.kind == "points" and not claim.hedge and claim.direction:
        return bind_points(facts, former, candidates, claim, found)
    if claim.kind == "multiple" or (claim.kind == "variation" and claim.quantity.unit in ("%", "count", "€")):
        return bind_change(facts, former, candidates, claim, found)
    if claim.kind == "mean" and claim.base and not claim.hedge and not _settled(facts, index):
        return _mean(facts, candidates, claim)
    if claim.kind in ("count", "part", "sum") and claim.quantity.unit in ("count", "€"):
        if earlier and not claim.hedge and not _compares_means(facts, index):
            quoted = quoted_count(facts, former, candidates, claim, found)
            before = bind_part_before(facts, former, index, found) if quoted.reason is not None else None
            return before or quoted
        if _is_of_the_next(facts, index):
            return Binding("count", reason=COMPANION)
        own = _count(facts, candidates, claim, earlier)
        unbound = own.reason in (*_OPEN, SEVERAL) and not earlier
        return (bind_part(facts, candidates, claim, phrase_of(facts, index)) if unbound else None) or own
    return Binding(claim.kind, reason=NOT_BOUND)


def _before(facts: Facts, index: int) -> Claim | None:
    """Return the claim that stands before another in its sentence."""
    before = facts.claims[index - 1] if index else None
    claim = facts.claims[index]
    same = before is not None and before.sentence is claim.sentence
    return before if same else None


def _count(facts: Facts, candidates: Index, claim: Claim, earlier: bool) -> Binding:
    share = claim.of is not None and facts.claims[claim.of].kind == "share"
    if share or claim.figure in candidates.parts(facts):
        return Binding("count", reason=COMPANION)
    if earlier:
        return Binding("count", reason=NOT_BOUND)
    clause = candidates.clauses(facts).get(claim.figure)
    if clause is not None and (clause.apart or clause.of_before):
        return Binding("count", reason=NOT_BOUND)
    if claim.figure in candidates.said_wholes(facts):
        claim = replace(claim, base=())  # what follows it says of which part a percentage is
    binding = bind_count(facts, claim, candidates)
    return Binding("count", reason=STANDS_ALONE) if binding.reason == NO_WORDS else binding


def _is_of_the_next(facts: Facts, index: int) -> bool:
    """Tell whether a number is a part of the next in its sentence: "176 entrées en formation sur 767"."""
    claim, following = facts.claims[index], facts.claims[index + 1 : index + 2]
    if not following or following[0].sentence is not claim.sentence:
        return False
    between = fold(claim.text[claim.end : following[0].start]).split()
    return bool(between) and between[-1] in lexicon().sentences.cues.over


def _compares_means(facts: Facts, index: int) -> bool:
    """Tell whether a number of last year stands beside a mean of this year ("27 par jeune, contre 25")."""
    before = _before(facts, index)
    return (
        before is not None
        and before.kind in ("mean", "ratio")
        and before.subject == facts.claims[index].subject
    )


def _settled(facts: Facts, index: int) -> bool:
    """Tell whether the claim's own sentence gives what a mean is taken from."""
    return any(link.kind == "mean" and link.stated == index for link in facts.links)


def _mean(facts: Facts, candidates: Index, claim: Claim) -> Binding:
    """Bind a mean to what its words count in all and to what it is taken per, where each is one figure."""
    found = []
    for words in (claim.subject, claim.base):
        counted = replace(claim, kind="count", subject=words, base=(), quantity=Quantity("", 0, 0, 0))
        matches = find(facts, counted, candidates)
        if not matches or candidates.differ(_best(matches)):
            return Binding("mean", reason=NOT_BOUND)
        found.append(matches[0].candidate.figures)
    return Binding("mean", tuple(found), (*claim.subject, *claim.base))


def _share(facts: Facts, candidates: Index, index: int, claim: Claim, found: dict[int, Binding]) -> Binding:
    counts_things = bool(claim.base) and set(claim.base) <= set(fold(claim.quantity.printed).split())
    following = fold(claim.text[claim.end : claim.end + AFTER]).split()
    among = bool(following) and following[0] in lexicon().binding.among_whom  # "58 % chez les femmes"
    if (
        among or counts_things or _goes_on_with_a_label(facts, index)
    ):  # "Cinq communes sur dix" are lines of a table
        return Binding("share", reason=NOT_BOUND)
    binding = bind_share(facts, candidates, claim, phrase_of(facts, index))
    if binding.reason is None:
        counted = _counted(facts, index)
        if counted is None or _prints(facts, candidates, binding, counted):
            return binding
        return Binding("share", reason=NOT_BOUND)  # the part is another
    if of_count := share_of_count(facts, candidates, claim, _counted(facts, index), found.get(index - 1)):
        return of_count
    near = facts.claims[max(index - BESIDE, 0) : index + BESIDE + 1]
    companion = next((c for c in near if c.of == index and c.quantity.unit == "count"), None)
    whole = _whole_near(facts, candidates, claim) if companion else None
    if companion is None or whole is None:
        return binding if binding.candidates else replace(binding, operands=_base(facts, candidates, claim))
    return Binding("share", ((companion.figure,), whole), claim.subject)


def _goes_on_with_a_label(facts: Facts, index: int) -> bool:
    """Tell whether a label opens a list of shares, of which this is a later one: "Part des QPV : 15 % en tout ; 16 % à Lens"."""
    claim, before = facts.claims[index], _before(facts, index)
    if before is None or before.kind != "share" or before.quantity.unit != "%":
        return False
    return ";" in claim.text[before.end : claim.start] and ":" in claim.text[: before.start]


def _counted(facts: Facts, index: int) -> Claim | None:
    """Return the exact count right before a share, which says how many it makes: "306 (33 %)", "61 contrats, soit 21 %"."""
    before = _before(facts, index)
    if before is None or before.hedge or before.kind not in ("count", "part"):
        return None
    return before if is_its_share(before, facts.claims[index]) else None


def _prints(facts: Facts, candidates: Index, binding: Binding, counted: Claim) -> bool:
    """Tell whether the part that a share is bound to is what its sentence counts; a percentage that a table prints is no part."""
    if binding.kind != "share" or counted.quantity.unit != "count":
        return binding.kind != "share"
    values = candidates.values(facts, binding.operands[0])
    return sum(values, Fraction(0)) == counted.quantity.value


def _base(facts: Facts, candidates: Index, claim: Claim) -> tuple[tuple[int, ...], ...]:
    """Return the figure that the base of a share names, where its part is in no table: it bounds what can be."""
    if not claim.base:
        return ()
    counted = replace(claim, kind="count", subject=claim.base, base=(), quantity=Quantity("", 0, 0, 0))
    matches = find(facts, counted, candidates)
    if not matches or not matches[0].sure or matches[0].candidate.line:
        return ()
    return () if candidates.differ(_best(matches)) else (matches[0].candidate.figures,)


def _best(matches: Sequence[Match]) -> list[Candidate]:
    return [m.candidate for m in matches if m.score > matches[0].score - MARGIN]


def _whole_near(facts: Facts, index: Index, claim: Claim) -> tuple[int, ...] | None:
    """Return the one total that the tables under a claim's own heading print, None where there are more."""
    candidates = [one for table in index.rings(facts, claim.sections)[0] for one in index.totals(table)]
    return candidates[0].figures if len(candidates) == 1 else None


def phrase_of(facts: Facts, index: int) -> str:
    """Return the words that say which part a percentage is: what follows it, else what stands before it."""
    claim = facts.claims[index]
    if beyond := _beyond_its_count(facts, index):
        return beyond
    after = claim.text[claim.end : _end_of_phrase(facts, index)]
    after = _patterns().close.split(after, maxsplit=1)[0]
    if claim.base:
        after = _after_base(after)
    before = claim.text[max(claim.start - REACH, _start_of_phrase(facts, index)) : claim.start]
    own = after if _says_more(after, claim) else re.split(r"[.;)]", before)[-1]
    represents = _patterns().represents.search(before)
    if represents is None or _ends_in_pronoun(before[: represents.start()]):
        return own  # "on compte 11 sur le numérique"
    return before[: represents.start()]


def _beyond_its_count(facts: Facts, index: int) -> str:
    """Return what follows the parenthesis that says how many a share makes: "un quart (235) a atteint le niveau du CAP"."""
    claim, following = facts.claims[index], facts.claims[index + 1 : index + 3]
    if not following or following[0].sentence is not claim.sentence:
        return ""
    opened = claim.text[claim.end : following[0].start].strip() == "("
    closed = claim.text[following[0].end :].lstrip().startswith(")")
    if not (opened and closed):
        return ""
    same = len(following) > 1 and following[1].sentence is claim.sentence
    end = following[0].ends if following[0].ends >= 0 else following[1].start if same else len(claim.text)
    rest = claim.text[following[0].end : end].lstrip(" )")
    rest = re.split(r"[,;:(.]", rest, maxsplit=1)[0]
    return rest if len(content_words(rest)) > 1 else ""


def _says_more(after: str, claim: Claim) -> bool:
    """Tell whether what follows a number says a word, and where it is told apart from the next number one beside its base."""
    if claim.ends < 0:
        return re.search(r"[^\W\d_]{2,}", after) is not None
    return not set(content_words(after)) <= {*claim.base, "%", "‰"}


def _start_of_phrase(facts: Facts, index: int) -> int:
    """Return where the words before a number begin: where those of the number before it end."""
    before = _before(facts, index)
    return max(before.ends, 0) if before is not None else 0


def _ends_in_pronoun(text: str) -> bool:
    cues = lexicon().sentences.cues
    words = [word for word in fold(text).split() if word not in cues.clitic]
    return bool(words) and words[-1] in cues.subject_pronoun


def _end_of_phrase(facts: Facts, index: int) -> int | None:
    """Return where the next number of a sentence starts, but that of the base: "49 % des 679 inscrits sont des femmes"."""
    claim = facts.claims[index]
    if claim.ends >= 0:
        return claim.ends
    for following in facts.claims[index + 1 : index + 3]:
        if following.sentence is not claim.sentence:
            return None
        between = claim.text[claim.end : following.start].split()
        if not (claim.base and len(between) == 1 and following is facts.claims[index + 1]):
            return following.start
    return None


def _after_base(text: str) -> str:
    """Return what follows the base of "49 % des nouveaux inscrits sont des femmes", with what denies it."""
    match = _patterns().predicate.search(text)
    if match is None:
        return text
    return text[match.end() if (at := denied_at(text, match.start())) is None else at :]


class _Patterns(Struct, frozen=True):
    """What closes the words after a percentage, what stands between them and it, and what opens a predicate."""

    close: re.Pattern[str]
    represents: re.Pattern[str]
    predicate: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the patterns of the words around a percentage."""
    known = lexicon().binding
    opposed, represents, predicates = (
        "|".join(map(re.escape, words)) for words in (known.opposed, known.represents, known.predicates)
    )
    return _Patterns(
        re.compile(rf"[(;]|\b(?:{opposed})\b"),
        re.compile(rf"(?:{represents})\w*\s+\S{{0,12}}\s*$"),
        re.compile(rf"\b(?:{predicates})\b".replace("'", "['’]")),
    )


# Numbers of a sentence that must not be held against a table, whatever their words: targets, and twins.


def _is_target(claim: Claim, before: Claim | None) -> bool:
    """Tell whether the words beside a number say that it was aimed at: "un objectif de 500", "500 prévus".

    `before` is the claim that stands before it in its sentence: what is said of that one is not said of this.
    """
    start = max(claim.start - BEFORE, 0 if before is None else before.end)
    near = f"{claim.text[start : claim.start]} {claim.text[claim.end : claim.end + AFTER].partition(',')[0]}"
    return not _targets().isdisjoint(fold(near).split())


def _without_twins(facts: Facts, found: dict[int, Binding]) -> dict[int, Binding]:
    """Return the bindings, without those of one sentence that share their figures and cannot both be right."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, binding in found.items():
        claim = facts.claims[index]
        if binding.reason is None and binding.operands and not binding.pin:
            key = (claim.sentence.id, claim.period, binding.kind, claim.kind, binding.operands)
            groups.setdefault(key, []).append(index)
    for indexes in groups.values():
        if len({facts.claims[i].quantity.value for i in indexes}) > 1:
            for i in indexes:
                one = found[i]
                found[i] = Binding(one.kind, reason=TWINS, candidates=one.operands[0][:1])
    return found


@cache
def _targets() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon().binding.targets)
