"""Links of change: a rate, a difference, points or a factor with both levels in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from mlcheck.extraction.prose.levels import Levels, levels, trend_at
from mlcheck.extraction.prose.lexicon import root
from mlcheck.extraction.prose.passage import Told
from mlcheck.extraction.prose.tokens import Token
from mlcheck.model.claim import Link


def change_links(told: Told) -> Iterator[Link]:
    """Yield what ties a stated change to the two levels beside it; a change on another basis ties nothing."""
    if any("basis" in t.tags for t in told.sentence.tokens):
        return
    pairs = list(levels(told))
    for pair in pairs:
        changes = list(_changes(told, pair)) if len(pairs) == 1 else []
        for k in changes:
            kind = _kind(told, k, pair)
            if kind and sum(_kind(told, j, pair) == kind for j in changes) == 1:
                yield Link(kind, k, (pair.present, pair.former), (pair.word,))
        if _direction_governs(told, pair):
            kind = "points" if told.unit(pair.present) == "%" else "variation"
            yield Link(kind, pair.present, (pair.present, pair.former), (pair.word,))


def _changes(told: Told, pair: Levels) -> Iterator[int]:
    """Yield the changes that are told of a pair: in its clause, with no other claim of another thing between."""
    first, last = sorted((pair.present, pair.former))
    for k, reading in enumerate(told.readings):
        if k in (pair.present, pair.former) or reading.kind not in ("variation", "points", "multiple"):
            continue
        if reading.kind == "points" and told.unit(k) != "points":
            continue
        near, far = (k, first) if k < first else (last, k) if k > last else (first, last)
        between = told.sentence.tokens[
            told.sentence.mentions[near].last + 1 : told.sentence.mentions[far].lead
        ]
        if any(
            t.key in (";", ".") or ("clause" in t.tags and t.key in ("tandis que", "alors que", "quand"))
            for t in between
        ):
            continue
        if k < first and not _told_before(told, k, first):
            continue
        if k > last and not (told.said(k) or told.bracketed(k) or _leads_to(between)):
            continue
        if (k > last and any(told.counted(j) for j in range(last + 1, k))) or _of_another(told, k, pair):
            continue
        if told.sentence.periods[k].told and told.claims[k].period not in (
            told.claims[pair.present].period,
            told.claims[pair.former].period,
        ):
            continue
        yield k


def _leads_to(between: Sequence[Token]) -> bool:
    """Return whether the tokens between levels and a change only lead to it: ", soit une légère hausse de"."""
    return any("that-is" in t.tags for t in between[-6:]) or all(_slight(t) for t in between)


def _slight(token: Token) -> bool:
    """Return whether a token only leads to a change: ", en hausse de"."""
    return (
        token.key == ","
        or token.form == "number"
        or bool(token.tags.keys() & {"trend", "of", "preposition", "number", "adverb", "hedge"})
    )


def _of_another(told: Told, k: int, pair: Levels) -> bool:
    """Return whether a change names what it is of, and that is not what the levels are of: "une baisse de 3 % des sorties"."""
    if "of" not in told.sentence.token(told.sentence.after(k)).tags:
        return False
    own = frozenset(root(w) for w in told.claims[k].subject)
    levels_of = told.stems(pair.present) | told.stems(pair.former)
    return bool(own) and bool(levels_of) and not own & levels_of


def _told_before(told: Told, k: int, first: int) -> bool:
    """Return whether the levels explain the change before them: "de 4,2 %, passant de", "de 20 M€ (348 contre 328)"."""
    return all(told.readings[j].kind in ("variation", "points", "multiple") for j in range(k, first))


def _kind(
    told: Told, k: int, pair: Levels
) -> Literal["variation", "difference", "points", "multiple"] | None:
    unit, level = told.unit(k), told.unit(pair.present)
    if told.readings[k].kind == "multiple":
        return "multiple"
    if level == "%":
        return "points" if unit == "points" else None
    if unit == "%":
        return "variation"
    return "difference" if unit == level else None


def _direction_governs(told: Told, pair: Levels) -> bool:
    """Return whether the direction word stands right before the levels: "a diminué, passant de 50 % à 43 %"."""
    if told.claims[pair.present].direction is None and told.claims[pair.present].kind == "points":
        return False
    cue = told.readings[pair.present].cue
    if cue >= 0 and "pass" in told.sentence.token(cue).tags:
        return trend_at(told, cue) is not None
    return (
        told.claims[pair.present].kind == "points"
        and trend_at(told, told.sentence.enclosure(pair.present)) is not None
    )
