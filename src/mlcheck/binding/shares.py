"""Bind a percentage to the line it is the share of, and to the whole of that line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.binding.candidates import are_disjoint, has_total, is_of_year, means_of, measures_of, whole_lines
from mlcheck.binding.places import Index
from mlcheck.binding.vocabulary import (
    Below,
    Meaning,
    Stems,
    akin,
    below_a_step,
    bounds,
    context_words,
    everyone,
    furniture,
    meaning_of,
    measure_words,
    neutral,
    of_same_class,
    people,
    persons,
    turning,
    verbs_of,
)
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import ratio_of, years_back
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Axis, Line, Table
from mlcheck.translation import N_

NO_LINE = N_("no table near it has a line of these words")
NO_BASE = N_("the table of these words prints no whole for them")
SEVERAL = N_("several bases are possible and they give different shares")
_DISTINCT = 2  # words of a base that tell it from another: "entrées en dispositif", "entrées en formation"
_YEAR = 4  # digits
WHOLLY = 3.0  # of a line that is named by all its words
AXES: tuple[Axis, Axis] = ("row", "column")
At = tuple[int, int]


class Share(Struct, frozen=True):
    """Where a share may come from: the cells of the part and of the whole; no whole for a printed share.

    A whole that is `made` of several lines stands in no cell of its table.
    """

    table: Table
    part: tuple[At, ...]
    whole: tuple[At, ...]
    score: float
    made: bool = False

    def figures(self, cells: tuple[At, ...]) -> tuple[int, ...]:
        """Return the ids of the figures of some cells."""
        return tuple(self.table.entries[at].figure for at in cells)


def bind_share(facts: Facts, candidates: Index, claim: Claim, phrase: str) -> Binding:
    """Return the numerator and the base of a share, or why they cannot be known.

    `phrase` is the part of the sentence that says which part is meant.
    """
    found, reason = find(facts, candidates, claim, phrase)
    if not found:
        return Binding("share", reason=reason)
    best = found[0]
    quantity = claim.quantity
    decimals = max(quantity.scale - 1, 0) if quantity.half else quantity.scale
    if len({_ratio(s, decimals, candidates) for s in found}) > 1:
        return Binding("share", reason=SEVERAL, candidates=tuple(s.figures(s.part)[0] for s in found))
    words = tuple(w for w in content_words(phrase) if stem(w) not in neutral() and w not in ("%", "‰"))
    if not best.whole:
        return Binding("equal", (best.figures(best.part),), words)
    return Binding("share", (best.figures(best.part), best.figures(best.whole)), words)


def share_of_count(
    facts: Facts, candidates: Index, claim: Claim, counted: Claim | None, bound: Binding | None
) -> Binding | None:
    """Return the share of a count right before a percentage, where a line of one table prints it: "61 contrats, soit 21 %".

    Its whole is the total that its table prints for the line, where the percentage names no other.
    """
    if counted is None or bound is None or bound.reason is not None or bound.kind != "count":
        return None
    if len(bound.operands) != 1 or len(bound.operands[0]) != 1:
        return None
    (figure,) = bound.operands[0]
    place = candidates.place(facts, figure)
    whole = _total_over(*place) if place is not None else None
    if place is None or whole is None or not _is_of_all(claim, place[0]):
        return None
    return Binding("share", ((figure,), (place[0].entries[whole].figure,)), bound.words)


def _total_over(table: Table, at: At) -> At | None:
    """Return the one printed total of the axis of a part, None where there is none or it stands on both."""
    found = []
    for axis in AXES:
        lines = table.rows if axis == "row" else table.columns
        own = lines[at[0 if axis == "row" else 1]]
        totals = [i for i in whole_lines(table, axis) if lines[i].role == "total"]
        if own.role == "part" and len(totals) == 1:
            place = (totals[0], at[1]) if axis == "row" else (at[0], totals[0])
            found += [place] if table.entries[place].state == "number" else []
    return found[0] if len(found) == 1 else None


def _is_of_all(claim: Claim, table: Table) -> bool:
    """Tell whether a percentage names no whole, or one that its table says."""
    over = context_words((*table.sections, table.title, table.stub, *(c.label for c in table.columns)))
    return {stem(w) for w in claim.base} - people() - neutral() - furniture() <= over


def find(
    facts: Facts, candidates: Index, claim: Claim, phrase: str, *, counted: bool = False
) -> tuple[list[Share], str]:
    """Return the shares that the words may mean in the nearest tables, best first, and a reason if none.

    A part that is only `counted` needs no printed whole.
    """
    key = (phrase, claim.sections, claim.subject, claim.base, counted)
    if key not in candidates.shares:  # a report of many tables says the same sentence under each
        candidates.shares[key] = _find(facts, candidates, claim, phrase, counted=counted)
    return candidates.shares[key]


def _find(
    facts: Facts, candidates: Index, claim: Claim, phrase: str, *, counted: bool
) -> tuple[list[Share], str]:
    meaning = meaning_of(claim, facts.profile)
    base = frozenset(stem(w) for w in claim.base) - neutral()
    said = _without(_said(phrase, verbs_of(claim), facts.profile), claim)
    baseless = False
    named = _answering(facts, candidates, claim, said)
    for ring, tables in enumerate(candidates.rings(facts, claim.sections)[:3]):
        shares: list[Share] = []
        for table in tables:
            if (ring > 1 and not base) or (named is not None and table.name not in named):
                continue
            for axis in AXES:
                for indexes, score in _lines(facts, candidates, table, axis, said):
                    untold = ring == 0 and score >= WHOLLY and says_nothing(table)
                    if not (untold or _base_fits(table, axis, base, meaning, counted=counted)):
                        continue
                    for crossing in _crossings(table, axis, base | meaning.own, claim.period or facts.year):
                        share = _share(table, axis, indexes, score, crossing, counted=counted)
                        if share is None:
                            baseless = True
                        elif not share.made or candidates.prints(facts, share.table, share.whole):
                            shares.append(share)
        if shares:
            top = max(s.score for s in shares)
            return [s for s in sorted(shares, key=lambda s: -s.score) if s.score >= top - 0.01], ""
        if baseless:
            return [], NO_BASE  # the nearest table of these words is the one meant
    return [], NO_LINE


def _answering(facts: Facts, candidates: Index, claim: Claim, said: _Said) -> frozenset[str] | None:
    """Return the names of the tables that may answer, None if any may.

    A line of them has a word of the phrase, but for what sums up lines, which it names by none of their words. Where
    the title and headings of some say all the words of a base of several, no other may.
    """
    named = None
    if not (said.derived or said.below):
        named = candidates.speaking(facts, said.words, lambda line: _spellings(line, facts.profile))
    whole = frozenset(stem(w) for w in claim.base) - people()
    of_base = candidates.titled(facts, whole) if len(whole) >= _DISTINCT else frozenset[str]()
    if not of_base:
        return named
    return of_base if named is None else named & of_base


class _Said(Struct, frozen=True):
    """What a phrase says: its stems and numbers, those that turn a meaning around, and members that it sums up.

    `verbs` are the stems of verbs among them, `plain` its words as they are.
    """

    words: Stems
    turned: Stems
    verbs: Stems
    plain: tuple[str, ...]
    derived: tuple[tuple[str, tuple[str, ...]], ...]
    below: tuple[Below, ...]
    bounds: bool


def _said(phrase: str, verbs: Stems, profile: Profile | None) -> _Said:
    plain = fold(phrase)
    words = stems(phrase) | {w for w in plain.split() if is_digits(w)}
    derived = tuple(
        (dimension.name, members)
        for dimension in (profile.dimensions if profile else ())
        for named, members in dimension.derived.items()
        if f" {fold(named)} " in f" {plain} "
    )
    return _Said(
        words, words & turning(), verbs, content_words(phrase), derived, below_a_step(phrase), bounds(phrase)
    )


def _without(said: _Said, claim: Claim) -> _Said:
    """Return what a phrase says without the words of the whole, where others name the part."""
    whole, part = ({stem(w) for w in words} for words in (claim.base, claim.subject))
    rest = said.words - (whole - part)
    return replace(said, words=rest) if part and not rest.isdisjoint(part) else said


def _lines(
    facts: Facts, candidates: Index, table: Table, axis: Axis, said: _Said
) -> list[tuple[tuple[int, ...], float]]:
    """Return the lines, alone or summed, that a phrase names, with how exactly it names them."""
    lines = table.rows if axis == "row" else table.columns
    if summed := _summed(lines, said):
        return [(summed, 5.0)]
    spelled = candidates.spelled(table, axis, lambda line: _spellings(line, facts.profile))
    near = sorted({index for word in said.words for index in spelled.get(word, ())})
    free = said.verbs | akin(said.plain, _over(table)) if near else said.verbs
    found: list[tuple[tuple[int, ...], float]] = []
    for index in near:
        line = lines[index]
        if line.role not in ("part", "of_which", "share") or not line.label:
            continue
        if any(ratio_of(line.label)):
            continue
        if said.bounds and lexicon().binding.opening.isdisjoint(fold(line.label).split()):
            continue  # "au plus un niveau V" is more than "V"
        if years_back(line.scenario) is not None or _label_stems((line.label,))[0] <= _digits(said.words):
            continue  # "N-1" is no part, though a sentence prints a 1, nor is "2022"
        names = (_names(own, said.words, said.turned, free) for own in _spellings(line, facts.profile))
        if best := max(names, default=0.0):
            found.append(((index,), best))
    wholly = [i for (i,), score in found if score >= WHOLLY]
    if together := _named_together(lines, wholly, said.plain):
        return [(together, WHOLLY)]
    if _exclude_each_other([_label_stems((lines[i].label,))[0] for i in wholly]):
        return []
    top = max((score for _, score in found), default=0.0)
    return [f for f in found if f[1] == top] if sum(f[1] == top for f in found) == 1 else []


def _exclude_each_other(names: Sequence[Stems]) -> bool:
    """Tell whether two names have no word in common: a phrase that says both means neither line alone."""
    return any(one.isdisjoint(other) for one, other in combinations(names, 2))


def _named_together(lines: Sequence[Line], named: Sequence[int], plain: Sequence[str]) -> tuple[int, ...]:
    """Return several lines that a phrase names one after the other, without another word between: "Lens et Avion"."""
    said = [stem(word) for word in plain]
    places: list[tuple[int, int, int]] = []
    for index in named:
        own = [stem(word) for word in content_words(lines[index].label)]
        at = next((n for n in range(len(said)) if said[n : n + len(own)] == own), None)
        if at is None or not own:
            return ()
        places.append((at, at + len(own), index))
    places.sort()
    follow = all(one[1] == other[0] for one, other in pairwise(places))
    return tuple(index for *_, index in places) if len(places) > 1 and follow else ()


def _digits(words: Stems) -> Stems:
    return frozenset(w for w in words if is_digits(w) and len(w) == _YEAR)


def _spellings(line: Line, profile: Profile | None) -> tuple[Stems, ...]:
    """Return the label's stems, and those of the other spellings of its member."""
    texts = [line.label, line.label.split("(", 1)[0], *of_same_class(line.label)]
    for dimension in profile.dimensions if profile and line.member else ():
        if dimension.name == line.dimension and line.member in dimension.members:
            texts += [line.member, *dimension.members[line.member]]
    return _label_stems(tuple(texts))


@lru_cache(4_096)
def _label_stems(texts: tuple[str, ...]) -> tuple[Stems, ...]:
    return tuple(stems(text) - lexicon().binding.unsaid for text in texts)


def _over(table: Table) -> Stems:
    """Return the stems of what stands over the lines of a table."""
    return context_words((*table.sections[-1:], table.title, table.stub))


def _names(label: Stems, words: Stems, turned: Stems, free: Stems) -> float:
    """Return how exactly words name a label: wholly (3), or by what they have left (2); 0 if they do not.

    Words that are `free` restrict nothing.
    """
    if label.isdisjoint(words):
        return 0.0
    label = label - lexicon().binding.ages
    if not label or (turned - label) or (label & turning() - words):
        return 0.0
    core = words - neutral() - lexicon().binding.ages - {"%"} - free
    if label <= words:
        return 3.0 + len(label) / 100
    return 2.0 if core and core <= label else 1.5 if len(core & label) * 2 >= len(core | label) > 1 else 0.0


def _summed(lines: Sequence[Line], said: _Said) -> tuple[int, ...]:
    """Return the members that words of the phrase sum up: those that the profile derives, or steps of a scale."""
    for dimension, members in said.derived:
        own = {line.member: i for i, line in enumerate(lines) if line.dimension == dimension and line.member}
        if own and all(m in own for m in members):
            return tuple(own[m] for m in members)
    return next((found for below in said.below if (found := below.members(lines))), ())


def says_nothing(table: Table) -> bool:
    """Tell whether nothing over or in a table says what it counts: a sentence beside it does."""
    said = context_words((*table.sections, table.title)) - neutral() - furniture()
    if table.identity or any(not is_digits(word) for word in said):
        return False
    lines = (*table.rows, *table.columns)
    return not any(line.counts for line in lines) and all(
        c.year is not None or c.role == "total" for c in table.columns
    )


def _base_fits(table: Table, axis: Axis, base: Stems, meaning: Meaning, *, counted: bool) -> bool:
    """Tell whether a table counts what the claim takes its share of; a claim without base trusts its place.

    Lines without a printed total make a whole only of what their own title or head names: the headings over
    them may be those of another whole, which says nothing against a part that is only `counted`.
    """
    measures = table.columns if axis == "row" else table.rows
    lines = table.rows if axis == "row" else table.columns
    heads = [m for m in measures if m.role in ("part", "share") and m.member is None]
    measured: Stems = (
        frozenset().union(*(measure_words(m.label) for m in heads)) if len(heads) == 1 else frozenset()
    )
    nouns = {stem(fold(m.counts)) for m in (*table.rows, *table.columns) if m.counts}
    context = frozenset().union(*(stems(t) for t in (*table.sections, table.title)))
    if not base:
        return not measured or bool(nouns) or bool(measured & (context | meaning.own))
    own = frozenset().union(*(one.met(measured | context) for one in meaning.synonyms if one.phrase <= base))
    wanted = base | own
    if nouns & people() and base & people():
        return bool(base - people() & context) or base <= people() or bool(wanted & measured)
    if nouns:
        return bool(nouns & wanted) or bool(wanted & measured)
    if measured:
        return bool(wanted & measured)
    counts = all(one.unit == "count" for one in (*lines, *measures))
    if counts and not counted and not any(one.role == "total" for one in (*lines, *measures)):
        context = stems(table.title)
    if base - people():  # "jeunes accompagnés" are no "jeunes en emploi"
        wanted = wanted - people()
    return bool(wanted & context) or base <= everyone()


def _crossings(table: Table, axis: Axis, words: Stems, year: int | None) -> list[list[int]]:
    """Return the lines across at which a share may be taken: the total, else members that make one, else each measure alone."""
    across = table.columns if axis == "row" else table.rows
    crossing = [
        x for x in whole_lines(table, _other(axis))
        if across[x].role in ("part", "total", "share") and across[x].statistic in (None, "share")
        and x not in means_of(table, _other(axis))
    ]  # fmt: skip
    crossing = [x for x in crossing or _distributed(table, axis) if is_of_year(across[x], year)]
    if len(crossing) < 2 or are_disjoint(table, _other(axis), crossing):
        return [crossing]
    named = [x for x in crossing if measure_words(across[x].label) & words]
    counts = [x for x in crossing if across[x].unit == "count"]
    if not named or (counts and _money().isdisjoint(words)):
        named = [x for x in named if x in counts] or _of_things(across, counts, words) or crossing
    return [[x] for x in named]


def _of_things(across: Sequence[Line], counts: list[int], words: Stems) -> list[int]:
    """Return the lines that count no persons, where words name none and some do: "Séances", not "Participants"."""
    persons_of = [x for x in counts if not persons().isdisjoint(measure_words(across[x].label))]
    return (
        [x for x in counts if x not in persons_of] if persons_of and persons().isdisjoint(words) else counts
    )


def _distributed(table: Table, axis: Axis) -> list[int]:
    """Return the lines across at which the lines of an axis are printed as shares that make 100."""
    spread = (r for r in table.relations if r.kind == "distribution" and r.axis == axis)
    return sorted({x for one in spread for x in one.crossings})


@cache
def _money() -> Stems:
    return frozenset().union(*map(stems, lexicon().binding.money))


def _other(axis: Axis) -> Axis:
    return "column" if axis == "row" else "row"


def _share(
    table: Table, axis: Axis, lines: tuple[int, ...], score: float, crossing: Sequence[int], *, counted: bool
) -> Share | None:
    """Return the cells of some lines and of their whole, None where no whole is printed and none is `counted` without."""
    own = table.rows if axis == "row" else table.columns
    across = table.columns if axis == "row" else table.rows

    def cells(indexes: Sequence[int]) -> tuple[At, ...]:
        return tuple((i, x) if axis == "row" else (x, i) for i in indexes for x in crossing)

    part = cells(lines)
    if any(table.entries[at].state not in ("number", "nil") for at in part):
        return None
    if all(_unit(table, at) == "%" for at in part):
        return Share(table, part, (), score) if len(part) == 1 and not counted else None
    if counted:
        measured = axis == "column" and not set(measures_of(table)).isdisjoint(lines)
        plain = all(_unit(table, at) == "count" for at in part)
        return Share(table, part, (), score) if plain and not measured else None
    if own[lines[0]].role == "of_which":
        whole = next((i for i in range(lines[0] - 1, -1, -1) if own[i].role in ("part", "total")), None)
        return Share(table, part, cells([whole]), score) if whole is not None else None
    if not has_total(own) and not has_total(across) and not all(_is_dated(across[x]) for x in crossing):
        return None
    wholes = _whole_of(table, axis, lines)
    if not wholes or any(table.entries[at].state not in ("number", "nil") for at in cells(wholes)):
        return None
    better = 0.001 if len(part) == len(lines) else 0
    return Share(table, part, cells(wholes), score + better, made=len(wholes) > 1 or not has_total(own))


def _whole_of(table: Table, axis: Axis, parts: tuple[int, ...]) -> list[int]:
    """Return the lines that make the whole of some together, under a heading of theirs alone those; none where none do."""
    lines = table.rows if axis == "row" else table.columns
    under = lines[parts[0]].path
    wholes = whole_lines(table, axis)
    if len(wholes) > 1:
        wholes = [i for i in wholes if lines[i].path == under or lines[i].role == "total"]
    single = len({lines[i].path for i in wholes}) == 1 and not set(wholes) <= set(parts)
    return wholes if single and (len(wholes) == 1 or are_disjoint(table, axis, wholes)) else []


def _is_dated(line: Line) -> bool:
    """Tell whether a line is one year of what its table counts, and no group of it."""
    return line.year is not None or years_back(line.scenario) is not None


def _unit(table: Table, at: At) -> str:
    quantity = table.entries[at].quantity
    return quantity.unit if quantity else "count"


def _ratio(share: Share, decimals: int, candidates: Index) -> object:
    """Return a share with the decimals that the sentence prints, to tell whether two candidates agree."""
    part = candidates.value(share.table, share.part)
    if not share.whole:
        return part
    whole = candidates.value(share.table, share.whole)
    return round(100 * part / whole, decimals) if whole else None
