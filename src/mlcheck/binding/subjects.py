"""Bind a count to the one line that its clause names beside what it counts: "Lens fournit 134 jeunes", "Avion arrive en tête (89 jeunes)"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mlcheck.binding.candidates import Candidate
from mlcheck.binding.clause import Clause
from mlcheck.binding.places import Index
from mlcheck.binding.vocabulary import Meaning, Stems, everyone, kinds_of, meaning_of, neutral, people, sexes
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts

LEVELS = ("count", "part")
RINGS = 2  # of tables around a heading whose lines a clause may name


def bind_subject(facts: Facts, index: Index, claim: Claim) -> Binding | None:
    """Return the figure of the line that all words of the clause of a count name, None where none or several answer."""
    clause = index.clauses(facts).get(claim.figure)
    if clause is None or claim.kind not in LEVELS or claim.hedge or clause.bounds or clause.of_before:
        return None
    meaning = meaning_of(claim, facts.profile)
    for tables in index.rings(facts, claim.sections)[:RINGS]:
        found = [
            candidate
            for table in tables
            for candidate in index.lines(table, clause.words | meaning.own, "")
            if _answers(facts, claim, clause, meaning, candidate)
        ]
        if found:
            same = len({one.line for one in found}) == 1 and not index.differ(found)
            words = tuple(dict.fromkeys((*found[0].line.split(), *claim.subject)))
            return Binding("count", tuple(one.figures for one in found), words) if same else None
    return None


def _answers(facts: Facts, claim: Claim, clause: Clause, meaning: Meaning, candidate: Candidate) -> bool:
    """Tell whether a clause says the whole label of a line, and nothing else that its table does not say."""
    unit = "€" if claim.quantity.unit == "€" else "count"
    if candidate.unit != unit or not candidate.answers(claim.period, facts.year):
        return False
    said = clause.words | meaning.own
    over = candidate.everything | candidate.near | {candidate.noun}
    named = (name for name in _names(candidate) if name <= said)
    return any(
        not said - name - over - neutral() - people() - filling()
        and (meaning.noun in name | over or (meaning.noun in everyone() and _counts_persons(candidate)))
        for name in named
    )


def _names(candidate: Candidate) -> Iterator[Stems]:
    """Yield the names of a line that tell it from others, without numbers: none of words for anybody."""
    for full in candidate.names:
        name = frozenset(word for word in full if not is_digits(word)) - lexicon().binding.unsaid
        if name - (people() - sexes()) - neutral():
            yield name


def _counts_persons(candidate: Candidate) -> bool:
    """Tell whether a table says that it counts persons, or of nothing what it counts."""
    said = candidate.everything | candidate.near | {candidate.noun}
    return not said.isdisjoint(people()) or not kinds_of(said)


@cache
def filling() -> Stems:
    """Return the stems of words that say how a line stands among the others, and not what it counts."""
    return frozenset(stem(fold(word)) for word in lexicon().binding.filling)
