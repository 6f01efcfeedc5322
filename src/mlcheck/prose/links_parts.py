"""Links of wholes and parts within a sentence: sums and "dont"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Link
from mlcheck.prose.passage import Statement, complementary, names_all, paired, partition, rest

_SHORT = 3  # words of a part that only names it


def part_links(statement: Statement) -> Iterator[Link]:
    """Yield the sums and the parts that the words of one sentence state."""
    yield from _of_which(statement)
    yield from _listed(statement)
    yield from _among(statement)
    yield from _totalled(statement)
    yield from _summed(statement)


def _of_which(statement: Statement) -> Iterator[Link]:
    """Read "42 318 contacts dont 16 709 entretiens"; parts that end in "les autres" or are a pair make the whole."""
    wholes: dict[int, list[int]] = {}
    for k, claim in enumerate(statement.claims):
        of = statement.of(k)
        if claim.kind == "part" and of is not None and statement.claims[of].kind in ("count", "sum", "part"):
            wholes.setdefault(of, []).append(k)
    for whole, parts in wholes.items():
        named = [statement.stems(k) for k in parts]
        if (
            len(parts) > 1
            and not _open_between(statement, parts)
            and (rest(statement, parts[-1]) or (complementary(named) and max(map(len, named)) <= _SHORT))
        ):
            yield Link("sum", whole, tuple(parts), (lexicon().sentences.relations.of_which,))
        else:
            for k in parts:
                yield Link("of_which", k, (k, whole), (lexicon().sentences.relations.of_which,))


def _listed(statement: Statement) -> Iterator[Link]:
    """Read "42 personnes : 21 jeunes et 21 partenaires", "130 contrats (116 contrats d'A et 14 contrats de B)", "soit 9 € et 2 €"."""
    for k in range(1, len(statement.claims)):
        opening = statement.sentence.before(k)
        mark = statement.sentence.token(opening).key
        said = "that-is" in statement.sentence.token(opening).tags
        if not (said or mark in (":", "(")) or not statement.counted(k) or statement.claims[k].kind == "part":
            continue
        parts = _run(statement, k, statement.sentence.enclosure(k))
        whole = _head(statement, k, parts, opening)
        if (
            whole is not None
            and len(parts) > 1
            and not _open_between(statement, parts)
            and (partition(statement, whole, parts) or (said and statement.unit(k) == "€"))
        ):
            yield Link("sum", whole, tuple(parts), (mark,))


def _run(statement: Statement, k: int, enclosure: int) -> list[int]:
    """Return the counts that a list goes on with from claim `k`: commas, then "et" before the last."""
    parts = [k]
    for j in range(k + 1, len(statement.claims)):
        if (
            statement.sentence.enclosure(j) > enclosure
            and statement.sentence.enclosure(j) > statement.sentence.mentions[k].last
        ):
            continue  # a parenthesis inside a part
        if statement.sentence.enclosure(j) != enclosure:
            break
        gap = [t for t in statement.gap(parts[-1], j) if "adverb" not in t.tags]
        listed = bool(gap) and (gap[-1].key == "," or "joint" in gap[-1].tags)
        if (
            not listed
            or not statement.counted(j)
            or statement.claims[j].kind == "part"
            or statement.unit(j) != statement.unit(k)
        ):
            return parts if any(t.key in (".", ";") for t in gap) else []
        if statement.sentence.periods[j].printed and statement.claims[j].period != statement.claims[k].period:
            return []
        if any("part" in t.tags or t.key in (":", ".") for t in gap):
            return []
        parts.append(j)
    last = (
        [t for t in statement.gap(parts[-2], parts[-1]) if "adverb" not in t.tags] if len(parts) > 1 else []
    )
    return parts if last and "joint" in last[-1].tags else []


def _head(statement: Statement, k: int, parts: Sequence[int], opening: int) -> int | None:
    """Return the count that a list is a list of: the one before it, or of several the one of its noun."""
    before = [
        j for j in range(k)
        if statement.counted(j) and statement.unit(j) == statement.unit(k) and statement.claims[j].of is None
        and not any(t.key in (".", ";", ":") for t in statement.sentence.tokens[statement.sentence.mentions[j].last : opening])
    ]  # fmt: skip
    if len(before) == 1:
        return before[0]
    nouns = [statement.noun(p) for p in parts]
    same = [j for j in before if statement.noun(j) is not None and all(n == statement.noun(j) for n in nouns)]
    same = same or [j for j in before if names_all(statement.noun(j), nouns)]
    return same[0] if len(same) == 1 else None


def _open_between(statement: Statement, parts: Sequence[int]) -> bool:
    """Return whether a word or dots between or after the parts leave the list open."""
    first, last = statement.sentence.mentions[parts[0]].lead - 2, statement.sentence.mentions[parts[-1]].last
    end = statement.sentence.tail(parts[-1]).stop
    comma = False
    for at in range(max(0, first), end):
        token = statement.sentence.token(at)
        closed = (
            token.key == "…" and at < last and "joint" in statement.sentence.token(at + 1).tags
        )  # dots of a quotation
        if "open" in token.tags and not closed:
            return True
        if at > last and ("part" in token.tags or ("rest" in token.tags and comma)):
            return True  # "…, le reste est en cours"
        comma = comma or (at > last and token.key == ",")
    return False


def _among(statement: Statement) -> Iterator[Link]:
    """Read "Parmi ces 104 demandes, 78 ont été acceptées et 26 refusées": a sum by words, else parts of the whole."""
    if len(statement.claims) < 2 or not statement.counted(0):
        return
    lead = statement.sentence.before(0)
    while (
        lead > 0
        and "definite" in statement.sentence.token(lead).tags
        and "among" not in statement.sentence.token(lead).tags
    ):
        lead -= 1
    opening = statement.sentence.token(lead)
    if "among" not in opening.tags or not (lead == 0 or statement.sentence.token(lead - 1).form == "mark"):
        return
    if statement.noun(0) is None:
        return
    parts = [
        k for k in range(1, len(statement.claims))
        if statement.counted(k) and statement.claims[k].kind == "count" and statement.unit(k) == statement.unit(0)
        and statement.sentence.enclosure(k) == statement.sentence.enclosure(0) and _bare_part(statement, k)
    ]  # fmt: skip
    if len(parts) > 1 and not _open_between(statement, parts) and partition(statement, None, parts):
        yield Link("sum", 0, tuple(parts), (opening.key,))
        return
    for k in parts:
        yield Link("of_which", k, (k, 0), (opening.key,))


def _bare_part(statement: Statement, k: int) -> bool:
    """Return whether a number after "parmi les N inscrits" counts some of them: bare before a verb, or of their noun."""
    after = statement.sentence.token(statement.sentence.after(k))
    before = statement.sentence.token(statement.sentence.before(k))
    opens = before.form == "mark" or "joint" in before.tags or "against" in before.tags
    return opens and (
        statement.noun(k) == statement.noun(0)
        or (
            statement.sentence.mentions[k].bare
            and ("verb" in after.tags or statement.noun(k) is None or paired(statement.noun(k)))
        )
    )


def _totalled(statement: Statement) -> Iterator[Link]:
    """Read "15,9 millions de licences auxquelles s'ajoutent 2,1 millions de titres pour un total de 18 millions"."""
    for k, claim in enumerate(statement.claims):
        cue = statement.readings[k].cue
        if claim.kind != "sum" or cue < 0 or "together" not in statement.sentence.token(cue).tags:
            continue
        terms = [
            j
            for j in range(k)
            if statement.claims[j].kind == "count" and statement.unit(j) == statement.unit(k)
        ]
        plain = len(terms) == k and all(statement.claims[j].of is None for j in terms)
        if plain and len({statement.claims[j].period for j in terms}) == 1 and len(terms) > 1:
            yield Link("sum", k, tuple(terms), (statement.sentence.token(cue).key,))


def _summed(statement: Statement) -> Iterator[Link]:
    """Read "12 femmes et 8 hommes, soit 20 personnes": the noun after "soit" names those before it."""
    k = len(statement.claims) - 1
    if (
        k < 2
        or statement.claims[k].kind != "count"
        or "that-is" not in statement.sentence.token(statement.sentence.before(k)).tags
    ):
        return
    terms = list(range(k))
    if any(
        statement.claims[j].kind != "count"
        or statement.unit(j) != statement.unit(k)
        or statement.claims[j].of is not None
        for j in terms
    ):
        return
    listed = all(
        gap and (gap[-1].key == "," or "joint" in gap[-1].tags)
        for gap in (statement.gap(j - 1, j) for j in terms[1:])
    )
    nouns = [statement.noun(j) for j in terms]
    named = None not in nouns and (names_all(statement.noun(k), nouns) or {statement.noun(k)} == set(nouns))
    if listed and named and statement.gap(k - 2, k - 1)[-1].key != ",":
        yield Link("sum", k, tuple(terms), (lexicon().sentences.relations.that_is,))
