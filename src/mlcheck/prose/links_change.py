"""Links of change: a rate, a difference, points or a factor with both levels in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Link
from mlcheck.model.sentence import Token
from mlcheck.prose.passage import Told
from mlcheck.prose.tokens import root


class Levels(Struct, frozen=True):
    """Two levels of one thing, and the word that says so."""

    present: int
    former: int
    word: str


_NEAR = 2


def change_links(told: Told) -> Iterator[Link]:
    """Yield what ties a stated change to the two levels beside it; a change on another basis ties nothing."""
    if any("basis" in t.tags for t in told.sentence.tokens):
        return
    pairs = list(_levels(told))
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
        if any(t.key in (";", ".") or "contrast" in t.tags for t in between):
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
        return _trend_at(told, cue) is not None
    return (
        told.claims[pair.present].kind == "points"
        and _trend_at(told, told.sentence.enclosure(pair.present)) is not None
    )


# Find the two levels that a sentence sets against each other in time.


def _levels(told: Told) -> Iterator[Levels]:
    """Yield each pair of levels that the words set against each other in time."""
    for k in range(1, len(told.claims)):
        pair = (
            _passed(told, k) or _from_to(told, k) or _against(told, k) or _dated(told, k) or _since(told, k)
        )
        if pair and told.unit(pair.present) == told.unit(pair.former):
            yield pair


def _passed(told: Told, k: int) -> Levels | None:
    """Find "passant de A à B"."""
    cue = told.readings[k].cue
    if cue < 0 or told.readings[k - 1].cue != cue or "pass" not in told.sentence.token(cue).tags:
        return None
    return Levels(k, k - 1, told.sentence.token(cue).key)


def _from_to(told: Told, k: int) -> Levels | None:
    """Find "de 250 en 2022 à 220 en 2023", both dated, after the change they explain."""
    opens, closes = (told.sentence.token(told.sentence.before(j)).tags for j in (k - 1, k))
    dated = told.sentence.periods[k].told and told.sentence.periods[k - 1].told
    if "of" not in opens or "to" not in closes or not dated or not (told.counted(k) and told.counted(k - 1)):
        return None
    plain = not any(t.form == "mark" or "verb" in t.tags for t in told.gap(k - 1, k))
    return (
        Levels(k, k - 1, lexicon().sentences.relations.from_to)
        if plain and told.noun(k) in (None, told.noun(k - 1))
        else None
    )


def _against(told: Told, k: int) -> Levels | None:
    """Find "418 contrats (…) contre 436 en 2022", "48 % (47 % en 2022)", "(87 au lieu de 80)" in a change."""
    claim = told.claims[k]
    word = told.sentence.token(told.sentence.before(k))
    if "against" in word.tags and told.counted(k) and told.sentence.periods[k].told:
        present = _present(told, k)
        if present is not None:
            return Levels(present, k, word.key)
    of = told.of(k)
    if of is None or claim.kind != told.claims[of].kind or told.claims[of].kind == "variation":
        return None
    same_period = claim.period == told.claims[of].period
    bracketed = told.sentence.enclosure(k) >= 0 and told.sentence.enclosure(k) == told.sentence.enclosure(of)
    opened = told.sentence.enclosure(k)
    behind = of - 1 if bracketed and of else -1
    explains = (
        behind >= 0
        and told.readings[behind].kind in ("variation", "multiple")
        and opened == told.sentence.after(behind)
    )
    after_change = bracketed and (explains or _trend_at(told, opened) is not None)
    if "against" in word.tags and (not same_period or after_change):
        return Levels(of, k, word.key)
    return Levels(of, k, "(") if not same_period and word.key == "(" else None


def _present(told: Told, k: int) -> int | None:
    """Return the count that "contre 436 en 2022" is set against: the one count before it of the same unit."""
    before = [
        j
        for j in range(k)
        if told.counted(j) and told.unit(j) == told.unit(k) and told.claims[j].kind != "part"
    ]
    noun = told.noun(k)
    if len(before) != 1 or (noun is not None and noun not in (told.noun(before[0]), None)):
        return None
    return before[0]


def _dated(told: Told, k: int) -> Levels | None:
    """Find "402 contrats en 2022 et 418 en 2023", both dated, followed by what is said of the two."""
    shares = {told.claims[k].kind, told.claims[k - 1].kind} <= {"share", "points"} and told.unit(k - 1) == "%"
    if not (
        ((told.counted(k) and told.counted(k - 1)) or (shares and told.unit(k) == "%"))
        and told.sentence.periods[k].told
        and told.sentence.periods[k - 1].told
    ):
        return None
    if shares and told.claims[k].base not in ((), told.claims[k - 1].base):
        return None
    left, right = told.claims[k - 1].period, told.claims[k].period
    gap = told.gap(k - 1, k)
    last = gap[-2:] if gap and "of" in gap[-1].tags else gap[-1:]
    joined = bool(last) and "joint" in last[0].tags and told.noun(k) in (None, told.noun(k - 1))
    if not joined or left is None or right is None or left == right or told.claims[k].of is not None:
        return None
    return Levels(k, k - 1, last[0].key) if right > left else Levels(k - 1, k, last[0].key)


def _since(told: Told, k: int) -> Levels | None:
    """Find "418 contrats, en hausse de 4 % par rapport aux 402 de 2022"."""
    before = told.sentence.token(told.sentence.before(k))
    if "since" not in before.tags and "definite" in before.tags:
        before = told.sentence.token(told.sentence.before(k) - 1)
    at = told.sentence.mentions[k].lead
    more = any("more" in told.sentence.token(n).tags for n in range(at - 3, at))
    if "since" not in before.tags or not (" " in before.key or more) or not told.counted(k):
        return None
    present = _present(told, k)
    return None if present is None else Levels(present, k, before.key)


def _trend_at(told: Told, index: int) -> int | None:
    """Return the trend word right before token `index`, adverbs and a comma between allowed."""
    for at in range(index - 1, max(-1, index - 2 - _NEAR), -1):
        token = told.sentence.token(at)
        if "trend" in token.tags:
            return at
        if token.key != "," and "adverb" not in token.tags:
            return None
    return None
