"""Bind a count to the one line that its clause names beside what it counts: "Lens fournit 134 jeunes", "Avion arrive en tête (89 jeunes)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from mlcheck.binding.candidates import Candidate
from mlcheck.binding.clause import Clause
from mlcheck.binding.places import Index
from mlcheck.binding.vocabulary import Meaning, Stems, everyone, kinds_of, meaning_of, neutral, people, sexes
from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import content_words, fold, stem, stems
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts

LEVELS = ("count", "part")
_ACRONYM = 2  # letters
RINGS = 2  # of tables around a heading whose lines a clause may name


def bind_subject(facts: Facts, index: Index, claim: Claim) -> Binding | None:
    """Return the figures of the line, or of the lines together, that all words of the clause of a count name.

    None where none or several answer.
    """
    clause = index.clauses(facts).get(claim.figure)
    if clause is None or claim.kind not in LEVELS or claim.hedge or clause.bounds or clause.of_before:
        return None
    meaning = meaning_of(claim, facts.profile)
    for tables in index.rings(facts, claim.sections)[:RINGS]:
        named = [
            one
            for table in tables
            for one in index.lines(table, clause.words | meaning.own, _initials(clause))
            if _may_count(facts, claim, one)
        ]
        found: list[tuple[Candidate, ...]] = [(one,) for one in named if _answers(clause, meaning, (one,))]
        found = found or [own for own in _together(clause, named) if _answers(clause, meaning, own)]
        if found:
            same = len({tuple(one.line for one in own) for own in found}) == 1 and _agree(index, found)
            words = tuple(dict.fromkeys((*(w for one in found[0] for w in one.line.split()), *claim.subject)))
            figures = tuple(tuple(f for one in own for f in one.figures) for own in found)
            return Binding("count", figures, words) if same else None
    return None


def _agree(index: Index, found: Sequence[Sequence[Candidate]]) -> bool:
    """Tell whether all places print the same; of a single one no value is read."""
    return (
        len(found) == 1 or len({sum(index.value(one.table, one.cells) for one in own) for own in found}) == 1
    )


def _may_count(facts: Facts, claim: Claim, candidate: Candidate) -> bool:
    """Tell whether a line is in the unit of a claim, and of its year."""
    unit = "€" if claim.quantity.unit == "€" else "count"
    return candidate.unit == unit and candidate.answers(claim.period, facts.year)


def _together(clause: Clause, named: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """Yield the lines of one measure that a clause names one after the other: "Lens et Avion totalisent 223 jeunes"."""
    said = [stem(word) for word in clause.plain]
    groups: dict[tuple[object, ...], list[tuple[int, int, Candidate]]] = {}
    for one in named:
        own = [stem(word) for word in content_words(one.line)]
        at = next((n for n in range(len(said)) if own and said[n : n + len(own)] == own), None)
        if at is not None:
            (row, column) = one.cells[0]
            across = (
                one.table.name,
                one.words,
                *(("row", column) if one.table.rows[row].label == one.line else ("column", row)),
            )
            groups.setdefault(across, []).append((at, at + len(own), one))
    for own_group in groups.values():
        own_group.sort(key=lambda found: found[:2])
        if len(own_group) > 1 and all(a[1] == b[0] for a, b in pairwise(own_group)):
            yield tuple(one for *_, one in own_group)


def _initials(clause: Clause) -> str:
    return "".join(word[0] for word in clause.plain)


def _answers(clause: Clause, meaning: Meaning, lines: Sequence[Candidate]) -> bool:
    """Tell whether a clause says the whole labels of some lines, and nothing else that their table does not say."""
    said = clause.words | meaning.own
    first = lines[0]
    over = first.everything | first.near | {first.noun} | stems(first.table.stub)
    names: Stems = frozenset()
    for one in lines:
        own = _short(clause, one) or next((name for name in _names(one) if name <= said), frozenset())
        if not own:
            return False
        names |= own
    if said - names - over - neutral() - people() - filling():
        return False
    return meaning.noun in names | over or (meaning.noun in everyone() and _counts_persons(first))


def _short(clause: Clause, candidate: Candidate) -> Stems:
    """Return the stems of the words of a clause that an acronym of a line stands for: "contrat à durée indéterminée", CDI."""
    initials = _initials(clause)
    for word in candidate.acronyms:
        at = initials.find(word)
        if at >= 0 and len(word) > _ACRONYM:
            return frozenset(stem(one) for one in clause.plain[at : at + len(word)])
    return frozenset()


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
