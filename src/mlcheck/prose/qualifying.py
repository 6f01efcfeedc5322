"""Say which other number of its sentence a number qualifies: the whole of a part, the level of a change."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Claim
from mlcheck.prose.sentence import Parse, Reading

_COMPARING = ("variation", "points", "multiple")


_BACK = 12  # numbers looked back at, so that time stays linear


def goes_on(sentence: Parse, k: int, found: Sequence[Claim]) -> bool:
    """Return whether mention `k` goes on with former levels: "(629 en 2022 et 604 en 2021)"."""
    if not k or found[k - 1].of is None or not sentence.periods[k].printed or sentence.enclosure(k) < 0:
        return False
    gap = sentence.gap(k - 1, k)
    listed = bool(gap) and (gap[-1].key == "," or "joint" in gap[-1].tags)
    return listed and sentence.enclosure(k) == sentence.enclosure(k - 1) and sentence.periods[k - 1].printed


def qualified(sentence: Parse, k: int, done: Sequence[Reading], found: Sequence[Claim]) -> int | None:
    """Return the mention that mention `k` is a part, a change or the size of, within its sentence."""
    if not k:
        return None
    before = sentence.token(sentence.before(k))
    if "part" in before.tags or done[k].kind == "part":
        return whole_of(sentence, k, done)
    kind, earlier = done[k].kind, done[k - 1].kind
    gap = sentence.gap(k - 1, k)
    if any(t.key in (";", ".", ":") for t in gap):
        return None
    bracketed = sentence.enclosure(k) > sentence.mentions[k - 1].last
    if (kind in _COMPARING and sentence.mentions[k].quantity.unit != "%") or kind == "variation":
        new = any("definite" in t.tags for t in gap) and sentence.mentions[k].sign == 0
        follows = (
            bracketed or any("that-is" in t.tags for t in gap) or (any(t.key == "," for t in gap) and not new)
        )
        head = _head(sentence, k, found)
        level = done[head].kind in ("count", "share", "part", "sum", "points")
        same = sentence.mentions[head].quantity.unit == sentence.mentions[k].quantity.unit
        said = "that-is" in before.tags and not same
        return (
            head
            if follows
            and (level or said)
            and not any("clause" in t.tags and "since" not in t.tags for t in gap)
            else None
        )
    if kind == "share" and k > 1 and over_pair(sentence, k - 2) and (bracketed or "that-is" in before.tags):
        return k - 2
    if kind in ("mean", "ratio") and any("that-is" in t.tags for t in gap):
        return _head(sentence, k, found)
    if (
        bracketed
        and earlier == "share"
        and (kind == "count" or sentence.mentions[k - 1].notation == "fraction")
    ):
        return k - 1
    return _head(sentence, k, found) if "that-is" in before.tags and kind != earlier else None


def _head(sentence: Parse, k: int, found: Sequence[Claim]) -> int:
    """Return the number before mention `k` that is said of: not one in a parenthesis that is closed, nor a threshold."""
    for j in range(k - 1, max(-1, k - _BACK), -1):
        if (
            j
            and found[j].kind in ("count", "share", "points")
            and "against" in sentence.token(sentence.before(j)).tags
        ):
            continue  # a former level
        before = sentence.periods[j].printed and (sentence.periods[j].year or 0) < (sentence.year or 0)
        if j and before and sentence.enclosure(j) == sentence.enclosure(k) >= 0:
            continue  # "(80 en 2022, soit + 20 %)"
        if j and over_pair(sentence, j - 1):
            return j - 1
        closed = sentence.enclosure(j) >= 0 and sentence.enclosure(j) != sentence.enclosure(k)
        if not closed and not _is_threshold(sentence, j):
            return j
    return k - 1


def _is_threshold(sentence: Parse, j: int) -> bool:
    """Return whether mention `j` is a limit and no level of anything: "moins de 26"."""
    hedge = sentence.mentions[j].hedge
    return hedge is not None and lexicon().hedges[hedge].threshold


def over_pair(sentence: Parse, j: int) -> bool:
    """Return whether mentions `j` and `j` + 1 are a part and its whole: "335 femmes sur 679", "335 des 679"."""
    gap = [t for t in sentence.gap(j, j + 1) if "definite" not in t.tags]
    if not gap or len(gap) > 6 or any(t.form != "word" for t in gap):
        return False
    return "over" in gap[-1].tags or (len(gap) == 1 and "of" in gap[0].tags)


def whole_of(sentence: Parse, k: int, done: Sequence[Reading]) -> int | None:
    """Return the mention that "dont …" is part of: the nearest count of the same noun, else the nearest count."""
    noun = sentence.token(sentence.after(k)).key
    unit = sentence.mentions[k].quantity.unit
    wholes = [
        j
        for j in range(k - 1, max(-1, k - _BACK), -1)
        if done[j].kind in ("count", "sum", "variation", "part")
        and not done[j].cue == done[k].cue >= 0
        and sentence.mentions[j].quantity.unit in (("count", "€") if unit in ("%", "‰") else (unit,))
        and sentence.enclosure(j) in (-1, sentence.enclosure(k))
    ]
    wholes.sort(key=lambda j: _is_threshold(sentence, j))
    same = [j for j in wholes if sentence.token(sentence.after(j)).key == noun]
    return next(iter(same or wholes), None)
