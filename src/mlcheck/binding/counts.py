"""Bind a count to the total or the line that it restates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.binding.candidates import Candidate
from mlcheck.binding.places import Index
from mlcheck.binding.vocabulary import (
    Meaning,
    Stems,
    akin,
    is_acronym,
    is_predicated,
    kin_of,
    meaning_of,
    neutral,
    people,
    sexes,
    verbs_of,
)
from mlcheck.binding.wholes import whole_of
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.table import Table
from mlcheck.translation import N_

NO_WORDS = N_("no table near it counts what the sentence counts")
UNSURE = N_("its words may mean a figure that prints another number, or something else")
SEVERAL = N_("several figures answer to its words and they differ")
_SEVERAL_AMOUNTS = 2  # tables with amounts, of which a sentence must say which one it means
_FEW_TABLES = 4  # under one heading; more are those of a document without headings
_UNKNOWN = -1e9
_COMPARING = frozenset({"against", "since"})  # tags of what sets a number against another
MARGIN = 0.5  # how much better a match must be than one of another value


class Match(Struct, frozen=True):
    """A spot that answers to a claim's words, and how well (higher is better)."""

    candidate: Candidate
    score: float
    sure: bool = True


def bind_count(facts: Facts, claim: Claim, index: Index) -> Binding:
    """Return the places that print what a count restates, or why none can be known."""
    matches = find(facts, claim, index)
    if not matches:
        return Binding("count", reason=NO_WORDS)
    top = matches[0].score
    if index.differ([m.candidate for m in matches if m.score > top - MARGIN]):
        return Binding(
            "count", reason=SEVERAL, candidates=tuple(f for m in matches for f in m.candidate.figures[:1])
        )
    best = [m.candidate for m in matches if m.score > top - 0.01]
    if not matches[0].sure:
        return Binding("count", reason=UNSURE, candidates=best[0].figures[:1])
    return Binding("count", tuple(s.figures for s in best), bearing(facts, claim, best[0]))


def bearing(facts: Facts, claim: Claim, candidate: Candidate) -> tuple[str, ...]:
    """Return the words of a claim that bound it to a spot."""
    words = candidate.words | candidate.context | candidate.near | stems(candidate.line) | {candidate.noun}
    return meaning_of(claim, facts.profile).bearing(words)


def find(facts: Facts, claim: Claim, index: Index) -> list[Match]:
    """Return the matches in the nearest ring of tables that has any, best first."""
    meaning = meaning_of(claim, facts.profile)
    unit = claim.quantity.unit if claim.quantity.unit == "€" else "count"
    whole = claim.figure in index.wholes(facts)
    far = index.totalling(facts, meaning.reach)
    scores: dict[tuple[int, object], float | None] = {}
    some = whole_of(facts, claim)
    of = index.titled(facts, frozenset(stem(w) for w in some) - people())
    known = claim.quantity.printed and not whole and claim.figure not in index.said_wholes(facts)
    clause = index.clauses(facts).get(claim.figure) if known else None
    counting: set[str] = set()  # a row of that name in another table is another thing
    for ring, tables in enumerate(index.rings(facts, claim.sections)):
        if ring == 0 and not meaning.restricting:
            counting = {table.name for table in tables if meaning.noun in index.heads(table)}
        listing = index.indicators(facts) if ring > 1 and not claim.base else frozenset()
        near = [
            t for t in tables if ring < 2 or t.name in far or t.name in listing
        ]  # else its totals are named by no word of the claim
        alone = unit != "€" or _has_one_amount(index, tables)
        matches = []
        for table in near:
            lined = (ring < 2 or table.name in listing) and not whole
            lined = lined and (not counting or table.name in counting) and (not of or table.name in of)
            said = index.labels(facts, table, claim, clause.words) if clause is not None else ()
            for candidate in _candidates(
                index, table, meaning, all_totals=ring < 2 or unit == "€", lined=lined
            ):
                score = scores.get(alike := (ring, candidate.kind), _UNKNOWN)
                if score == _UNKNOWN:  # columns that a sheet repeats answer alike
                    score = scores[alike] = _score(meaning, candidate, unit, ring)
                named = candidate.line or meaning.noun in candidate.words or is_predicated(claim)
                if table.name in of and not named:
                    continue  # the total of what a number is some of
                if score is not None and _may_answer(facts, claim, meaning, candidate, alone=alone):
                    if clause is not None and not clause.may_be(meaning, candidate, said):
                        continue
                    matches.append(Match(candidate, score, _is_sure(meaning, candidate, unit)))
        if matches:
            return sorted(matches, key=lambda m: -m.score)
    return []


def _may_answer(facts: Facts, claim: Claim, meaning: Meaning, candidate: Candidate, *, alone: bool) -> bool:
    """Tell whether a spot is of the year and the class of a claim, and of those whom its sentence speaks of.

    An amount that is not `alone` needs a name.
    """
    if not candidate.answers(claim.period, facts.year) or not _bounds(claim) <= _said(candidate):
        return False
    if _is_finer(claim, candidate):
        return False
    if candidate.line:
        if _is_of_some(candidate) and candidate.words.isdisjoint(meaning.reach):
            return False
        return _opens_alike(claim, candidate) and (
            meaning.noun not in people() or _speaks_of(claim, candidate)
        )
    return _holds_predicate(claim, candidate) and (alone or _is_named(meaning, candidate))


def _is_finer(claim: Claim, candidate: Candidate) -> bool:
    """Tell whether a number prints decimals of what its table counts whole: "1,3 garçon pour une fille"."""
    printed = [q for at in candidate.cells if (q := candidate.table.entries[at].quantity) is not None]
    finer = claim.quantity.unit == "count" and claim.quantity.magnitude == 1 and claim.quantity.decimals > 0
    return finer and all(q.decimals == 0 and q.magnitude == 1 for q in printed)


def _is_of_some(candidate: Candidate) -> bool:
    """Tell whether a line is read where its table counts some of what it counts beside: "Dont résidant en quartier prioritaire"."""
    return candidate.table.columns[candidate.cells[0][1]].role == "of_which"


def _opens_alike(claim: Claim, candidate: Candidate) -> bool:
    """Tell whether a sentence says what opens the class of a line, if anything does: "BAC et plus"."""
    opening = lexicon().binding.opening & set(fold(candidate.line.partition("(")[0]).split())
    return not opening or opening <= {t.key for t in claim.sentence.tokens}


def _candidates(
    index: Index, table: Table, meaning: Meaning, *, all_totals: bool, lined: bool
) -> Iterator[Candidate]:
    """Yield what a table totals, unless `all_totals` only by a word of the claim, and its lines where it is `lined`."""
    yield from index.totals(table) if all_totals else index.totals_saying(table, meaning.reach)
    if lined:
        yield from index.lines(table, meaning.reach, meaning.initials)


def _holds_predicate(claim: Claim, candidate: Candidate) -> bool:
    """Tell whether a table says itself what those are that a claim counts: "29 contrats sont des contrats en alternance"."""
    if not is_predicated(claim):
        return True
    over = candidate.words | candidate.near | {candidate.noun}
    said = {stem(w) for w in claim.base} - neutral() - (people() - sexes()) - verbs_of(claim)
    said -= akin(claim.base, over)
    parts = (stems(row.label) for row in candidate.table.rows if row.role == "part")
    if not said.isdisjoint(frozenset().union(*parts)):
        return False  # that is one of its lines
    return said <= over


def _has_one_amount(index: Index, tables: Sequence[Table]) -> bool:
    """Tell whether a few tables under one heading total one amount, so that an amount needs no other name."""
    amounts = sum(any(c.unit == "€" for c in index.totals(table)) for table in tables)
    return amounts < _SEVERAL_AMOUNTS and len(tables) <= _FEW_TABLES


def _is_named(meaning: Meaning, candidate: Candidate) -> bool:
    """Tell whether a claim says a word of what a table is about, beside those for any amount."""
    return not (meaning.own - neutral()).isdisjoint(candidate.everything)


def _speaks_of(claim: Claim, candidate: Candidate) -> bool:
    """Tell whether a sentence that counts persons of a line says of whom the table is, or nothing of it: "dont 347 hommes"."""
    words_ = (t for t in claim.sentence.tokens if t.form == "word" and _COMPARING.isdisjoint(t.tags))
    words = content_words(" ".join(t.key for t in words_))
    told = {stem(w) for w in words} - people() - neutral() - stems(candidate.line)
    return not told or bool(told & candidate.everything)


def _is_sure(meaning: Meaning, candidate: Candidate, unit: str) -> bool:
    """Tell whether the table accounts for all words of a claim; whom an amount is paid to restricts nothing."""
    given = people() if unit == "€" else frozenset()
    sure = bool(candidate.line) or meaning.uncovered(candidate.everything, surely=True) <= given
    return sure and not _is_one_of_several(meaning, candidate)


def _bounds(claim: Claim) -> Stems:
    """Return the numbers that bound the class a claim counts: those of "de 18 à 21 ans"."""
    return frozenset(w for w in (*claim.subject, *claim.base) if is_digits(w) and len(w) < 3)


def _said(candidate: Candidate) -> Stems:
    return candidate.everything | stems(candidate.line)


def _is_one_of_several(meaning: Meaning, candidate: Candidate) -> bool:
    """Tell whether a row counts what the claim names by its initials together with others: "(PEC et CIE)"."""
    return (
        bool(candidate.line)
        and len(candidate.acronyms) > 1
        and is_acronym(candidate.acronyms, meaning.initials)
    )


def _score(meaning: Meaning, candidate: Candidate, unit: str, ring: int) -> float | None:
    """Return how well a spot answers, None where a word of the claim speaks against it."""
    if candidate.unit != unit:
        return None
    if candidate.line:
        return _line_score(meaning, candidate)
    said = meaning.said(candidate.everything)
    if unit == "€":
        return None if ring > 1 else 2.0 + len(said & candidate.everything) / 10
    label = candidate.words - people() - {meaning.noun}
    if ring > 1 and not (label and meaning.restricting and label <= (said if ring == 2 else meaning.own)):
        return None
    acronym = is_acronym(candidate.acronyms, meaning.initials)
    if not acronym and not _counts_the_same(meaning, candidate, meaning.nouns(candidate.everything)):
        return None
    fully_said = acronym or (bool(label) and label <= said)
    uncovered = meaning.uncovered(candidate.everything)
    if uncovered and not acronym and not (fully_said and len(uncovered) < len(label)):
        return None
    missing = frozenset() if acronym else label - said - meaning.heading
    overlap = (
        len(said & candidate.words)
        + 0.5 * len(said & candidate.context)
        + 0.5 * len(candidate.words & meaning.heading)
        + 0.5 * len(label & meaning.heading)
    )
    return overlap - len(uncovered) - len(missing) / 4 + (1 if fully_said else 0)


def _counts_the_same(meaning: Meaning, candidate: Candidate, nouns: Stems) -> bool:
    """Tell whether what the claim counts is what the spot measures, by the profile, its boxhead or its title."""
    person = meaning.noun in people() and meaning.noun not in sexes()
    if candidate.noun in people():
        return candidate.noun in nouns or person
    if candidate.noun in nouns:
        return True
    if candidate.words:
        titled = meaning.noun in candidate.near and not kin_of(meaning.noun).isdisjoint(candidate.words)
        return titled or bool(nouns & candidate.words)
    if candidate.headed:
        return person or bool(nouns & candidate.headed)
    if meaning.noun in sexes() and not sexes().isdisjoint(candidate.near - nouns):
        return False  # what is broken down by sex counts both
    return bool(nouns & candidate.near) or (person and bool(meaning.restricting & candidate.context))


def _line_score(meaning: Meaning, candidate: Candidate) -> float | None:
    """Return how well one row answers: one of its names must be said, in words or as an acronym."""
    if is_acronym(candidate.acronyms, meaning.initials):
        return 6.0
    if not any(name <= meaning.reach for name in candidate.names):
        return None
    said = meaning.said(stems(candidate.line))
    rest = said - candidate.words - candidate.near - neutral() - {candidate.noun, meaning.noun}
    for name in candidate.names:
        core = rest if meaning.noun not in name else rest | {meaning.noun}
        if name and core and core in (name, name - neutral()):
            named = not meaning.noun or meaning.noun in candidate.words
            return 4.0 + len(name) / 10 + (MARGIN if named else 0)
    return None
