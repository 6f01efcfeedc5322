"""Links of wholes and parts within a sentence: sums and "dont"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Link
from mlcheck.prose.passage import Told, complementary, names_all, paired, partition, rest

_SHORT = 3  # words of a part that only names it


def part_links(told: Told) -> Iterator[Link]:
    """Yield the sums and the parts that the words of one sentence state."""
    yield from _of_which(told)
    yield from _listed(told)
    yield from _among(told)
    yield from _totalled(told)
    yield from _summed(told)


def _of_which(told: Told) -> Iterator[Link]:
    """Read "42 318 contacts dont 16 709 entretiens"; parts that end in "les autres" or are a pair make the whole."""
    wholes: dict[int, list[int]] = {}
    for k, claim in enumerate(told.claims):
        of = told.of(k)
        if claim.kind == "part" and of is not None and told.claims[of].kind in ("count", "sum", "part"):
            wholes.setdefault(of, []).append(k)
    for whole, parts in wholes.items():
        named = [told.stems(k) for k in parts]
        if (
            len(parts) > 1
            and not _open_between(told, parts)
            and (rest(told, parts[-1]) or (complementary(named) and max(map(len, named)) <= _SHORT))
        ):
            yield Link("sum", whole, tuple(parts), (lexicon().sentences.relations.of_which,))
        else:
            for k in parts:
                yield Link("of_which", k, (k, whole), (lexicon().sentences.relations.of_which,))


def _listed(told: Told) -> Iterator[Link]:
    """Read "42 personnes : 21 jeunes et 21 partenaires", "130 contrats (116 contrats d'A et 14 contrats de B)", "soit 9 € et 2 €"."""
    for k in range(1, len(told.claims)):
        opening = told.sentence.before(k)
        mark = told.sentence.token(opening).key
        said = "that-is" in told.sentence.token(opening).tags
        if not (said or mark in (":", "(")) or not told.counted(k) or told.claims[k].kind == "part":
            continue
        parts = _run(told, k, told.sentence.enclosure(k))
        whole = _head(told, k, parts, opening)
        if (
            whole is not None
            and len(parts) > 1
            and not _open_between(told, parts)
            and (partition(told, whole, parts) or (said and told.unit(k) == "€"))
        ):
            yield Link("sum", whole, tuple(parts), (mark,))


def _run(told: Told, k: int, enclosure: int) -> list[int]:
    """Return the counts that a list goes on with from claim `k`: commas, then "et" before the last."""
    parts = [k]
    for j in range(k + 1, len(told.claims)):
        if (
            told.sentence.enclosure(j) > enclosure
            and told.sentence.enclosure(j) > told.sentence.mentions[k].last
        ):
            continue  # a parenthesis inside a part
        if told.sentence.enclosure(j) != enclosure:
            break
        gap = [t for t in told.gap(parts[-1], j) if "adverb" not in t.tags]
        listed = bool(gap) and (gap[-1].key == "," or "joint" in gap[-1].tags)
        if not listed or not told.counted(j) or told.claims[j].kind == "part" or told.unit(j) != told.unit(k):
            return parts if any(t.key in (".", ";") for t in gap) else []
        if told.sentence.periods[j].told and told.claims[j].period != told.claims[k].period:
            return []
        if any("part" in t.tags or t.key in (":", ".") for t in gap):
            return []
        parts.append(j)
    last = [t for t in told.gap(parts[-2], parts[-1]) if "adverb" not in t.tags] if len(parts) > 1 else []
    return parts if last and "joint" in last[-1].tags else []


def _head(told: Told, k: int, parts: Sequence[int], opening: int) -> int | None:
    """Return the count that a list is a list of: the one before it, or of several the one of its noun."""
    before = [
        j for j in range(k)
        if told.counted(j) and told.unit(j) == told.unit(k) and told.claims[j].of is None
        and not any(t.key in (".", ";", ":") for t in told.sentence.tokens[told.sentence.mentions[j].last : opening])
    ]  # fmt: skip
    if len(before) == 1:
        return before[0]
    nouns = [told.noun(p) for p in parts]
    same = [j for j in before if told.noun(j) is not None and all(n == told.noun(j) for n in nouns)]
    same = same or [j for j in before if names_all(told.noun(j), nouns)]
    return same[0] if len(same) == 1 else None


def _open_between(told: Told, parts: Sequence[int]) -> bool:
    """Return whether a word or dots between or after the parts leave the list open."""
    first, last = told.sentence.mentions[parts[0]].lead - 2, told.sentence.mentions[parts[-1]].last
    end = told.sentence.tail(parts[-1]).stop
    comma = False
    for at in range(max(0, first), end):
        token = told.sentence.token(at)
        closed = (
            token.key == "…" and at < last and "joint" in told.sentence.token(at + 1).tags
        )  # dots of a quotation
        if "open" in token.tags and not closed:
            return True
        if at > last and ("part" in token.tags or ("rest" in token.tags and comma)):
            return True  # "…, le reste est en cours"
        comma = comma or (at > last and token.key == ",")
    return False


def _among(told: Told) -> Iterator[Link]:
    """Read "Parmi ces 104 demandes, 78 ont été acceptées et 26 refusées": a sum by words, else parts of the whole."""
    if len(told.claims) < 2 or not told.counted(0):
        return
    lead = told.sentence.before(0)
    while (
        lead > 0
        and "definite" in told.sentence.token(lead).tags
        and "among" not in told.sentence.token(lead).tags
    ):
        lead -= 1
    opening = told.sentence.token(lead)
    if "among" not in opening.tags or not (lead == 0 or told.sentence.token(lead - 1).form == "mark"):
        return
    if told.noun(0) is None:
        return
    parts = [
        k for k in range(1, len(told.claims))
        if told.counted(k) and told.claims[k].kind == "count" and told.unit(k) == told.unit(0)
        and told.sentence.enclosure(k) == told.sentence.enclosure(0) and _bare_part(told, k)
    ]  # fmt: skip
    if len(parts) > 1 and not _open_between(told, parts) and partition(told, None, parts):
        yield Link("sum", 0, tuple(parts), (opening.key,))
        return
    for k in parts:
        yield Link("of_which", k, (k, 0), (opening.key,))


def _bare_part(told: Told, k: int) -> bool:
    """Return whether a number after "parmi les N inscrits" counts some of them: bare before a verb, or of their noun."""
    after = told.sentence.token(told.sentence.after(k))
    before = told.sentence.token(told.sentence.before(k))
    opens = before.form == "mark" or "joint" in before.tags or "against" in before.tags
    return opens and (
        told.noun(k) == told.noun(0)
        or (
            told.sentence.mentions[k].bare
            and ("verb" in after.tags or told.noun(k) is None or paired(told.noun(k)))
        )
    )


def _totalled(told: Told) -> Iterator[Link]:
    """Read "15,9 millions de licences auxquelles s'ajoutent 2,1 millions de titres pour un total de 18 millions"."""
    for k, claim in enumerate(told.claims):
        cue = told.readings[k].cue
        if claim.kind != "sum" or cue < 0 or "together" not in told.sentence.token(cue).tags:
            continue
        terms = [j for j in range(k) if told.claims[j].kind == "count" and told.unit(j) == told.unit(k)]
        plain = len(terms) == k and all(told.claims[j].of is None for j in terms)
        if plain and len({told.claims[j].period for j in terms}) == 1 and len(terms) > 1:
            yield Link("sum", k, tuple(terms), (told.sentence.token(cue).key,))


def _summed(told: Told) -> Iterator[Link]:
    """Read "12 femmes et 8 hommes, soit 20 personnes": the noun after "soit" names those before it."""
    k = len(told.claims) - 1
    if (
        k < 2
        or told.claims[k].kind != "count"
        or "that-is" not in told.sentence.token(told.sentence.before(k)).tags
    ):
        return
    terms = list(range(k))
    if any(
        told.claims[j].kind != "count" or told.unit(j) != told.unit(k) or told.claims[j].of is not None
        for j in terms
    ):
        return
    listed = all(
        gap and (gap[-1].key == "," or "joint" in gap[-1].tags)
        for gap in (told.gap(j - 1, j) for j in terms[1:])
    )
    nouns = [told.noun(j) for j in terms]
    named = None not in nouns and (names_all(told.noun(k), nouns) or {told.noun(k)} == set(nouns))
    if listed and named and told.gap(k - 2, k - 1)[-1].key != ",":
        yield Link("sum", k, tuple(terms), (lexicon().sentences.relations.that_is,))
