"""Bind a count to the total or the line that it restates."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.binding.places import Index, Spot
from mlcheck.binding.vocabulary import Meaning, Stems, is_acronym, meaning_of, neutral, people
from mlcheck.language.words import stems
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.translation import N_

NO_WORDS = N_("no table near it counts what the sentence counts")
UNSURE = N_("its words may mean a figure that prints another number, or something else")
SEVERAL = N_("several figures answer to its words and they differ")
MARGIN = 0.5  # how much better a match must be than one of another value


class Match(Struct, frozen=True):
    """A spot that answers to a claim's words, and how well (higher is better)."""

    spot: Spot
    score: float
    sure: bool = True


def bind_count(facts: Facts, claim: Claim, index: Index) -> Binding:
    """Return the places that print what a count restates, or why none can be told."""
    matches = find(facts, claim, index)
    if not matches:
        return Binding("count", reason=NO_WORDS)
    top = matches[0].score
    if len({index.value(m.spot.table, m.spot.cells) for m in matches if m.score > top - MARGIN}) > 1:
        return Binding(
            "count", reason=SEVERAL, candidates=tuple(f for m in matches for f in m.spot.figures[:1])
        )
    best = [m.spot for m in matches if m.score > top - 0.01]
    if not matches[0].sure and index.value(best[0].table, best[0].cells) != claim.quantity.value:
        return Binding("count", reason=UNSURE, candidates=best[0].figures[:1])
    return Binding("count", tuple(s.figures for s in best), bearing(facts, claim, best[0]))


def bearing(facts: Facts, claim: Claim, spot: Spot) -> tuple[str, ...]:
    """Return the words of a claim that bound it to a spot."""
    words = spot.words | spot.context | spot.near | stems(spot.line) | {spot.noun}
    return meaning_of(claim, facts.profile).bearing(words)


def find(facts: Facts, claim: Claim, index: Index) -> list[Match]:
    """Return the matches in the nearest ring of tables that has any, best first."""
    meaning = meaning_of(claim, facts.profile)
    unit = claim.quantity.unit if claim.quantity.unit == "€" else "count"
    for ring, tables in enumerate(index.rings(facts, claim.sections)):
        matches = []
        for table in tables:
            for spot in (*index.totals(table), *(index.lines(table) if ring < 2 else ())):
                score = _score(meaning, spot, unit, ring)
                if score is not None:
                    sure = not meaning.uncovered(spot.everything, surely=True) or bool(spot.line)
                    matches.append(Match(spot, score, sure and not _is_one_of_several(meaning, spot)))
        if matches:
            return sorted(matches, key=lambda m: -m.score)
    return []


def _is_one_of_several(meaning: Meaning, spot: Spot) -> bool:
    """Tell whether a row counts what the claim names by its initials together with others: "(PEC et CIE)"."""
    return bool(spot.line) and len(spot.acronyms) > 1 and is_acronym(spot.acronyms, meaning.initials)


def _score(meaning: Meaning, spot: Spot, unit: str, ring: int) -> float | None:
    """Return how well a spot answers, None where a word of the claim speaks against it."""
    if spot.unit != unit:
        return None
    if spot.line:
        return _line_score(meaning, spot)
    said = meaning.said(spot.everything)
    if unit == "€":
        return None if ring > 1 else 2.0 + len(said & spot.everything) / 10
    label = spot.words - people() - {meaning.noun}
    if ring > 1 and not (label and meaning.restricting and label <= (said if ring == 2 else meaning.own)):
        return None
    acronym = is_acronym(spot.acronyms, meaning.initials)
    if not acronym and not _counts_the_same(meaning, spot, meaning.nouns(spot.everything)):
        return None
    fully_said = acronym or (bool(label) and label <= said)
    uncovered = meaning.uncovered(spot.everything)
    if uncovered and not acronym and not (fully_said and len(uncovered) < len(label)):
        return None
    missing = frozenset() if acronym else label - said - meaning.heading
    overlap = (
        len(said & spot.words)
        + 0.5 * len(said & spot.context)
        + 0.5 * len(spot.words & meaning.heading)
        + 0.5 * len(label & meaning.heading)
    )
    return overlap - len(uncovered) - len(missing) / 4 + (1 if fully_said else 0)


def _counts_the_same(meaning: Meaning, spot: Spot, nouns: Stems) -> bool:
    """Tell whether what the claim counts is what the spot measures, by the profile, its boxhead or its title."""
    person = meaning.noun in people() and meaning.noun not in ("femme", "homme")
    if spot.noun in people():
        return spot.noun in nouns or person
    if spot.noun in nouns:
        return True
    if spot.words:
        return bool(nouns & spot.words)
    return bool(nouns & spot.near) or (person and bool(meaning.restricting & spot.context))


def _line_score(meaning: Meaning, spot: Spot) -> float | None:
    """Return how well one row answers: one of its names must be said, in words or as an acronym."""
    if is_acronym(spot.acronyms, meaning.initials):
        return 6.0
    if not any(name <= meaning.reach for name in spot.names):
        return None
    said = meaning.said(stems(spot.line))
    rest = said - spot.words - spot.near - neutral() - {spot.noun, meaning.noun}
    for name in spot.names:
        core = rest if meaning.noun not in name else rest | {meaning.noun}
        if name and core and core == name:
            return 4.0 + len(name) / 10
    return None
