"""Bind a change since last year to this year's figure of its words, and to last year's of the same place."""

from __future__ import annotations

from msgspec.structs import replace

from mlcheck.binding.beside import former_beside
from mlcheck.binding.counts import NO_WORDS, SEVERAL, Match, bearing, find
from mlcheck.binding.former import NO_PRIOR, NOT_IN_PRIOR, OTHER_YEAR, Bindings, Former, last_year
from mlcheck.binding.places import Index
from mlcheck.binding.shares import bind_share
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.sentence import Token
from mlcheck.translation import N_

NO_LEVEL = N_("no sentence or table near it gives the share that changed")
ANOTHER = N_("it says how much more there is of one thing than of another")
_YEAR = 4  # digits
_REACH = 4  # tokens between a change and "que", and after it
Figures = tuple[int, ...]


def bind_change(
    facts: Facts, former: Former | None, candidates: Index, claim: Claim, found: Bindings
) -> Binding:
    """Bind a growth rate, a difference in number or a multiple: (present, former).

    The figure that its own sentence prints comes before the tables around it, and these before other
    sentences. Without last year's report the binding has this year's figures, and says what it needs.
    """
    kind = (
        "multiple"
        if claim.kind == "multiple"
        else "variation"
        if claim.quantity.unit == "%"
        else "difference"
    )
    if reason := _of_no_last_year(facts, former, candidates, claim, kind):
        return Binding(kind, reason=reason)
    own = _level_of(facts, claim)
    tables = _best(find(facts, claim, candidates))
    if own is None and tables and _is_of_money_as_well(facts, claim, tables[0], candidates):
        return Binding(kind, reason=SEVERAL, candidates=tables[0].candidate.figures[:1])
    if own is not None and claim.of is not None:
        place = found.get(claim.of)
        return _of_its_number(facts, kind, own, place, tables, former, candidates, claim.reference)
    words = bearing(facts, claim, tables[0].candidate) if tables else claim.subject
    options = _distinct(
        [(m.candidate.figures, candidates.value(m.candidate.table, m.candidate.cells)) for m in tables]
    )
    others = _distinct(_sentences(facts, candidates, claim)) if kind != "difference" else []
    if not options and not others:
        return Binding(kind, reason=NO_WORDS)
    said = candidates.said_pair(facts, claim) if kind != "difference" else None
    if former is None and said is not None:
        return Binding(kind, said, claim.subject)
    if former is None:
        return _without_prior(kind, words, options or others)
    for level in (options, others):
        places = [
            (present, earlier) for value in level for present in value if (earlier := former.figures(present))
        ]
        if len({value for value, o in enumerate(level) for p, _ in places if p in o}) > 1:
            return Binding(kind, reason=SEVERAL, candidates=tuple(p[0] for p, _ in places))
        if places:
            return Binding(kind, places[0], words)
    if said is not None:
        return Binding(kind, said, claim.subject)
    if former.facts is None:
        return _without_prior(kind, words, options or others)
    return Binding(kind, reason=NOT_IN_PRIOR, candidates=(options or others)[0][0])


def _of_no_last_year(
    facts: Facts, former: Former | None, candidates: Index, claim: Claim, kind: str
) -> str | None:
    """Return why a change is none since last year, None where it is one."""
    if _is_set_beside_another(claim) or _is_of_a_change(facts, claim):
        return ANOTHER
    if not _since_last_year(facts, former, claim):
        return OTHER_YEAR
    return ANOTHER if kind != "variation" and _lies_between_levels(facts, candidates, claim) else None


def _is_of_a_change(facts: Facts, claim: Claim) -> bool:
    """Tell whether a rate is said of how many were won or lost: "perdant 59 jeunes (-2,4 %)"."""
    level = facts.claims[claim.of] if claim.of is not None else None
    if level is None or level.kind not in ("count", "part"):
        return False
    at = level.sentence.token_at(level.start) - 1
    before = level.sentence.tokens[at] if at >= 0 else None
    moved = {fold(word) for word in lexicon().sentences.losing}
    return before is not None and (bool(before.tags.keys() & {"gained", "trend"}) or before.key in moved)


def _is_of_money_as_well(facts: Facts, claim: Claim, match: Match, candidates: Index) -> bool:
    """Tell whether the line that a rate is of prints an amount beside its count: nothing says which of them has grown."""
    if not match.candidate.line or claim.quantity.unit != "%":
        return False
    paid = replace(claim, quantity=replace(claim.quantity, unit="€"))
    return any(
        m.candidate.line == match.candidate.line and m.candidate.table is match.candidate.table
        for m in find(facts, paid, candidates)
    )


def _is_set_beside_another(claim: Claim) -> bool:
    """Tell whether a change is no change, but how much more there is of one thing than of another: "4 fois plus que les CDI".

    How many times more there is of something is no change, unless a year is named.
    """
    tokens = claim.sentence.tokens
    at = claim.sentence.token_at(claim.end)
    than = next((n for n in range(at, min(at + _REACH, len(tokens))) if "than" in tokens[n].tags), None)
    if than is None:
        opening = lexicon().binding.opening
        compared = claim.kind == "multiple" and any(t.key.split()[0] in opening for t in tokens[at : at + 1])
        return compared and not any(map(_dates, tokens))
    following = tokens[than + 1 : than + 1 + _REACH]
    return bool(following) and not any(map(_dates, following))


def _lies_between_levels(facts: Facts, candidates: Index, claim: Claim) -> bool:
    """Tell whether the sentence of a change gives two levels that it may lie between."""
    units = [level.quantity.unit for level in candidates.levels(facts, claim)]
    unit = claim.quantity.unit if claim.quantity.unit == "€" else "count"
    return units.count(unit) > 1


def _dates(token: Token) -> bool:
    """Tell whether a word says when: a year, a month, "l'an dernier"."""
    year = token.form == "number" and len(token.key) == _YEAR and token.key.startswith(("19", "20"))
    return year or bool(token.tags.keys() & {"relative-year", "month"})


def bind_points(
    facts: Facts, former: Former | None, candidates: Index, claim: Claim, found: Bindings
) -> Binding:
    """Bind a difference in points to the share that changed, this year's and last year's.

    The share is the one printed in its sentence, else that of its words in the tables. Operands are
    (present, former) where both are printed, (present, part, whole) where last year's is not, and (part,
    whole, part, whole) where none is.
    """
    if not _since_last_year(facts, former, claim):
        return Binding("points", reason=OTHER_YEAR)
    level = facts.claims[claim.of] if claim.of is not None else None
    if level is not None and (level.quantity.unit != "%" or level.period != facts.year or level.hedge):
        return Binding("points", reason=NO_LEVEL)
    if level is not None and claim.of is not None:
        share = found.get(claim.of)
    else:
        share = bind_share(facts, candidates, replace(claim, kind="share"), " ".join(claim.subject))
    bound = share is not None and share.reason is None and share.kind in ("share", "equal")
    if level is None and not bound:
        return Binding("points", reason=NO_LEVEL)
    if former is None:
        return Binding("points", reason=NO_PRIOR)
    present: tuple[Figures, ...] = ((level.figure,),) if level is not None else ()
    if share is not None and bound:
        earlier = [former.figures(o) for o in share.operands]
        kept = tuple(o for o in earlier if o is not None)
        if len(kept) == len(earlier):
            return Binding("points", (*(present or share.operands), *kept), share.words)
    stated = former.claim(level) if level is not None else None
    if stated is not None and level is not None:
        return Binding("points", (*present, (stated.figure,)), level.subject)
    return Binding("points", reason=former.missing)


def _since_last_year(facts: Facts, former: Former | None, claim: Claim) -> bool:
    """Tell whether a change is of this year, counted from the year of the prior report."""
    now = claim.period is None or claim.period == facts.year
    return now and (claim.reference is None or claim.reference == last_year(facts, former))


def _level_of(facts: Facts, claim: Claim) -> Claim | None:
    """Return the number that the claim's own sentence says has changed."""
    level = facts.claims[claim.of] if claim.of is not None else None
    if level is None or level.kind not in ("count", "part", "sum") or level.hedge:
        return None
    same = claim.quantity.unit in ("%", "ratio", level.quantity.unit)
    return level if same and level.quantity.unit in ("count", "€") and level.period == claim.period else None


def _of_its_number(
    facts: Facts,
    kind: str,
    own: Claim,
    place: Binding | None,
    tables: list[Match],
    former: Former | None,
    candidates: Index,
    reference: int | None,
) -> Binding:
    """Bind a change to the number of its own sentence; last year's is that of the table it restates.

    That is the one the number is bound to, else the one that the words of the change name, where it prints
    the same number.
    """
    restated = place.operands if place is not None and place.reason is None and place.kind == "count" else ()
    prints = own.quantity.value
    if not restated and all(
        m.sure and candidates.value(m.candidate.table, m.candidate.cells) == prints for m in tables
    ):
        restated = tuple(m.candidate.figures for m in tables)
    if former is None:
        return Binding(kind, restated[:1] or ((own.figure,),), own.subject, NO_PRIOR, (own.figure,))
    for figures in (*restated, (own.figure,)):
        if (earlier := former.figures(figures)) is not None:
            return Binding(kind, ((own.figure,), earlier), own.subject)
    if former.facts is None:
        then = None if reference is None else former_beside(facts, candidates, own, reference)
        if then is not None:
            return Binding(kind, ((own.figure,), then), own.subject)
        return Binding(kind, restated[:1] or ((own.figure,),), own.subject, NO_PRIOR, (own.figure,))
    return Binding(kind, reason=NOT_IN_PRIOR, candidates=(own.figure,))


def _without_prior(kind: str, words: tuple[str, ...], options: list[list[Figures]]) -> Binding:
    if len(options) > 1:
        return Binding(kind, reason=SEVERAL, candidates=tuple(o[0][0] for o in options))
    present = options[0][0]
    return Binding(kind, (present,), words, NO_PRIOR, present)


def _best(matches: list[Match]) -> list[Match]:
    return [m for m in matches if m.score > matches[0].score - 0.01]


def _distinct(places: list[tuple[Figures, object]]) -> list[list[Figures]]:
    """Return the places of each value, in the order of the first of each."""
    values: dict[object, list[Figures]] = {}
    for figures, value in places:
        values.setdefault(value, []).append(figures)
    return list(values.values())


def _sentences(facts: Facts, candidates: Index, claim: Claim) -> list[tuple[Figures, object]]:
    """Return the counts that sentences of the same chapter give for the same words, with their values."""
    words = frozenset(stem(w) for w in claim.subject)
    if len(words) < 2:
        return []
    parts = candidates.parts(facts)
    return [
        ((other.figure,), other.quantity.value)
        for other in candidates.counted(facts, claim, words)
        if other.figure not in parts
    ]
