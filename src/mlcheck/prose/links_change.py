"""Links of change: a rate, a difference, points or a factor with both levels in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Link
from mlcheck.model.sentence import Token
from mlcheck.prose.passage import Statement
from mlcheck.prose.tokens import root


class Levels(Struct, frozen=True):
    """Two levels of one thing, and the word that says so."""

    present: int
    former: int
    word: str


_NEAR = 2


def change_links(statement: Statement) -> Iterator[Link]:
    """Yield what ties a stated change to the two levels beside it; a change on another basis ties nothing."""
    if any("basis" in t.tags for t in statement.sentence.tokens):
        return
    pairs = list(_levels(statement))
    for pair in pairs:
        changes = list(_changes(statement, pair)) if len(pairs) == 1 else []
        for k in changes:
            kind = _kind(statement, k, pair)
            if kind and sum(_kind(statement, j, pair) == kind for j in changes) == 1:
                yield Link(kind, k, (pair.present, pair.former), (pair.word,))
        if _direction_governs(statement, pair):
            kind = "points" if statement.unit(pair.present) == "%" else "variation"
            yield Link(kind, pair.present, (pair.present, pair.former), (pair.word,))


def _changes(statement: Statement, pair: Levels) -> Iterator[int]:
    """Yield the changes that are stated of a pair: in its clause, with no other claim of another thing between."""
    first, last = sorted((pair.present, pair.former))
    for k, reading in enumerate(statement.readings):
        if k in (pair.present, pair.former) or reading.kind not in ("variation", "points", "multiple"):
            continue
        if reading.kind == "points" and statement.unit(k) != "points":
            continue
        near, far = (k, first) if k < first else (last, k) if k > last else (first, last)
        between = statement.sentence.tokens[
            statement.sentence.mentions[near].last + 1 : statement.sentence.mentions[far].lead
        ]
        if any(t.key in (";", ".") or "contrast" in t.tags for t in between):
            continue
        if k < first and not _stated_before(statement, k, first):
            continue
        if k > last and not (statement.said(k) or statement.bracketed(k) or _leads_to(between)):
            continue
        if (k > last and any(statement.counted(j) for j in range(last + 1, k))) or _of_another(
            statement, k, pair
        ):
            continue
        if statement.sentence.periods[k].printed and statement.claims[k].period not in (
            statement.claims[pair.present].period,
            statement.claims[pair.former].period,
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


def _of_another(statement: Statement, k: int, pair: Levels) -> bool:
    """Return whether a change names what it is of, and that is not what the levels are of: "une baisse de 3 % des sorties"."""
    if "of" not in statement.sentence.token(statement.sentence.after(k)).tags:
        return False
    own = frozenset(root(w) for w in statement.claims[k].subject)
    levels_of = statement.stems(pair.present) | statement.stems(pair.former)
    return bool(own) and bool(levels_of) and not own & levels_of


def _stated_before(statement: Statement, k: int, first: int) -> bool:
    """Return whether the levels explain the change before them: "de 4,2 %, passant de", "de 20 M€ (348 contre 328)"."""
    return all(statement.readings[j].kind in ("variation", "points", "multiple") for j in range(k, first))


def _kind(
    statement: Statement, k: int, pair: Levels
) -> Literal["variation", "difference", "points", "multiple"] | None:
    unit, level = statement.unit(k), statement.unit(pair.present)
    if statement.readings[k].kind == "multiple":
        return "multiple"
    if level == "%":
        return "points" if unit == "points" else None
    if unit == "%":
        return "variation"
    return "difference" if unit == level else None


def _direction_governs(statement: Statement, pair: Levels) -> bool:
    """Return whether the direction word stands right before the levels: "a diminué, passant de 50 % à 43 %"."""
    if statement.claims[pair.present].direction is None and statement.claims[pair.present].kind == "points":
        return False
    cue = statement.readings[pair.present].cue
    if cue >= 0 and "pass" in statement.sentence.token(cue).tags:
        return _trend_at(statement, cue) is not None
    return (
        statement.claims[pair.present].kind == "points"
        and _trend_at(statement, statement.sentence.enclosure(pair.present)) is not None
    )


# Find the two levels that a sentence sets against each other in time.


def _levels(statement: Statement) -> Iterator[Levels]:
    """Yield each pair of levels that the words set against each other in time."""
    for k in range(1, len(statement.claims)):
        pair = (
            _passed(statement, k)
            or _from_to(statement, k)
            or _against(statement, k)
            or _dated(statement, k)
            or _since(statement, k)
        )
        if pair and statement.unit(pair.present) == statement.unit(pair.former):
            yield pair


def _passed(statement: Statement, k: int) -> Levels | None:
    """Find "passant de A à B"."""
    cue = statement.readings[k].cue
    if cue < 0 or statement.readings[k - 1].cue != cue or "pass" not in statement.sentence.token(cue).tags:
        return None
    return Levels(k, k - 1, statement.sentence.token(cue).key)


def _from_to(statement: Statement, k: int) -> Levels | None:
    """Find "de 250 en 2022 à 220 en 2023", both dated, after the change they explain."""
    opens, closes = (statement.sentence.token(statement.sentence.before(j)).tags for j in (k - 1, k))
    dated = statement.sentence.periods[k].printed and statement.sentence.periods[k - 1].printed
    if (
        "of" not in opens
        or "to" not in closes
        or not dated
        or not (statement.counted(k) and statement.counted(k - 1))
    ):
        return None
    plain = not any(t.form == "mark" or "verb" in t.tags for t in statement.gap(k - 1, k))
    return (
        Levels(k, k - 1, lexicon().sentences.relations.from_to)
        if plain and statement.noun(k) in (None, statement.noun(k - 1))
        else None
    )


def _against(statement: Statement, k: int) -> Levels | None:
    """Find "418 contrats (…) contre 436 en 2022", "48 % (47 % en 2022)", "(87 au lieu de 80)" in a change."""
    claim = statement.claims[k]
    word = statement.sentence.token(statement.sentence.before(k))
    if "against" in word.tags and statement.counted(k) and statement.sentence.periods[k].printed:
        present = _present(statement, k)
        if present is not None:
            return Levels(present, k, word.key)
    of = statement.of(k)
    if of is None or claim.kind != statement.claims[of].kind or statement.claims[of].kind == "variation":
        return None
    same_period = claim.period == statement.claims[of].period
    bracketed = statement.sentence.enclosure(k) >= 0 and statement.sentence.enclosure(
        k
    ) == statement.sentence.enclosure(of)
    opened = statement.sentence.enclosure(k)
    behind = of - 1 if bracketed and of else -1
    explains = (
        behind >= 0
        and statement.readings[behind].kind in ("variation", "multiple")
        and opened == statement.sentence.after(behind)
    )
    after_change = bracketed and (explains or _trend_at(statement, opened) is not None)
    if "against" in word.tags and (not same_period or after_change):
        return Levels(of, k, word.key)
    return Levels(of, k, "(") if not same_period and word.key == "(" else None


def _present(statement: Statement, k: int) -> int | None:
    """Return the count that "contre 436 en 2022" is set against: the one count before it of the same unit."""
    before = [
        j
        for j in range(k)
        if statement.counted(j)
        and statement.unit(j) == statement.unit(k)
        and statement.claims[j].kind != "part"
    ]
    noun = statement.noun(k)
    if len(before) != 1 or (noun is not None and noun not in (statement.noun(before[0]), None)):
        return None
    return before[0]


def _dated(statement: Statement, k: int) -> Levels | None:
    """Find "402 contrats en 2022 et 418 en 2023", both dated, followed by what is said of the two."""
    shares = {statement.claims[k].kind, statement.claims[k - 1].kind} <= {
        "share",
        "points",
    } and statement.unit(k - 1) == "%"
    if not (
        ((statement.counted(k) and statement.counted(k - 1)) or (shares and statement.unit(k) == "%"))
        and statement.sentence.periods[k].printed
        and statement.sentence.periods[k - 1].printed
    ):
        return None
    if shares and statement.claims[k].base not in ((), statement.claims[k - 1].base):
        return None
    left, right = statement.claims[k - 1].period, statement.claims[k].period
    gap = statement.gap(k - 1, k)
    last = gap[-2:] if gap and "of" in gap[-1].tags else gap[-1:]
    joined = bool(last) and "joint" in last[0].tags and statement.noun(k) in (None, statement.noun(k - 1))
    if not joined or left is None or right is None or left == right or statement.claims[k].of is not None:
        return None
    return Levels(k, k - 1, last[0].key) if right > left else Levels(k - 1, k, last[0].key)


def _since(statement: Statement, k: int) -> Levels | None:
    """Find "418 contrats, en hausse de 4 % par rapport aux 402 de 2022"."""
    before = statement.sentence.token(statement.sentence.before(k))
    if "since" not in before.tags and "definite" in before.tags:
        before = statement.sentence.token(statement.sentence.before(k) - 1)
    at = statement.sentence.mentions[k].lead
    more = any("more" in statement.sentence.token(n).tags for n in range(at - 3, at))
    if "since" not in before.tags or not (" " in before.key or more) or not statement.counted(k):
        return None
    present = _present(statement, k)
    return None if present is None else Levels(present, k, before.key)


def _trend_at(statement: Statement, index: int) -> int | None:
    """Return the trend word right before token `index`, adverbs and a comma between allowed."""
    for at in range(index - 1, max(-1, index - 2 - _NEAR), -1):
        token = statement.sentence.token(at)
        if "trend" in token.tags:
            return at
        if token.key != "," and "adverb" not in token.tags:
            return None
    return None
