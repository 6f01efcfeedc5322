"""Links of shares, means and fractions with the numbers that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Link
from mlcheck.prose.passage import Statement, complementary, same_family
from mlcheck.prose.qualifying import over_pair
from mlcheck.prose.tokens import root


def share_links(statement: Statement) -> Iterator[Link]:
    """Yield each share or mean with both of its numbers in the sentence, and each fact stated twice."""
    for k, claim in enumerate(statement.claims):
        if claim.kind == "share":
            link = (
                _of_two(statement, k)
                or _whole_after(statement, k)
                or _among(statement, k)
                or _of_which(statement, k)
            )
            if link:
                yield link
            yield from _twice(statement, k)
        elif claim.kind in ("mean", "ratio"):
            yield from _mean(statement, k)
    yield from _labels(statement) or _pair(statement)


def _of_two(statement: Statement, k: int) -> Link | None:
    """Read "335 femmes sur 679, soit 49 %", "335 des 679 inscrits (49 %)", "49 % (335 sur 679)"."""
    for a, b in ((k - 2, k - 1), (k + 1, k + 2)):
        if (
            a < 0
            or b >= len(statement.claims)
            or not (statement.counted(a) and statement.counted(b))
            or statement.unit(a) != statement.unit(b)
        ):
            continue
        beside = statement.said(k) if a < k else statement.bracketed(a)
        if beside and over_pair(statement.sentence, a):
            return Link("share", k, (a, b), (statement.gap(a, b)[-1].key,))
    return None


def _whole_after(statement: Statement, k: int) -> Link | None:
    """Read "49 % des 679 inscrits sont des femmes (335)", "57 jeunes, soit 9 % des 645 jeunes entrés"."""
    b = k + 1
    if not statement.counted(b):
        return None
    gap = statement.gap(k, b)
    if not gap or "of" not in gap[0].tags or any("definite" not in t.tags for t in gap[1:]) or len(gap) > 3:
        return None
    if (
        b + 1 < len(statement.claims)
        and statement.counted(b + 1)
        and statement.unit(b + 1) == statement.unit(b)
        and statement.said(b + 1)
    ):
        return Link("share", k, (b + 1, b), (gap[0].key,))
    a = k - 1
    if a < 0 or not statement.counted(a) or statement.unit(a) != statement.unit(b):
        return None
    verb = any("share-verb" in t.tags for t in statement.gap(a, k))
    return Link("share", k, (a, b), (gap[0].key,)) if statement.said(k) or verb else None


def _among(statement: Statement, k: int) -> Link | None:
    """Read "Sur 679 inscrits, 335 sont des femmes (49 %)"."""
    if (
        k != 2
        or not (statement.counted(0) and statement.counted(1))
        or statement.unit(0) != statement.unit(1)
        or not statement.said(k)
    ):
        return None
    lead = statement.sentence.before(0)
    while (
        lead > 0
        and "definite" in statement.sentence.token(lead).tags
        and "among" not in statement.sentence.token(lead).tags
    ):
        lead -= 1
    opening = statement.sentence.token(lead)
    inside = any(t.key in (";", ".", ":") for t in statement.gap(0, 2))
    if (
        "among" not in opening.tags
        or lead > 0
        or inside
        or statement.noun(0) is None
        or statement.noun(1) not in (None, statement.noun(0))
    ):
        return None
    return Link("share", k, (1, 0), (opening.key,))


def _of_which(statement: Statement, k: int) -> Link | None:
    """Read "679 inscrits, dont 335 femmes (49 %)" and "dont 49 % de femmes (335)"."""
    a = k - 1
    if a >= 0 and statement.claims[a].kind == "part" and statement.alone(k) and statement.bracketed(k):
        whole = statement.of(a)
        if whole is not None and statement.counted(whole):
            return Link("share", k, (a, whole), (lexicon().sentences.relations.of_which,))
    whole, b = statement.of(k), k + 1
    part = "part" in statement.sentence.token(statement.sentence.before(k)).tags
    if (
        part
        and whole is not None
        and statement.counted(whole)
        and statement.counted(b)
        and statement.alone(b)
        and statement.unit(b) == statement.unit(whole)
    ):
        return Link("share", k, (b, whole), (lexicon().sentences.relations.of_which,))
    return None


def _twice(statement: Statement, k: int) -> Iterator[Link]:
    """Read "presque la moitié (45 %)", "26 %, soit plus d'un jeune sur quatre": one fact in words and in digits."""
    j = k + 1
    if (
        j >= len(statement.claims)
        or statement.claims[j].kind != "share"
        or statement.sentence.periods[j].printed
    ):
        return
    fractions = [statement.sentence.mentions[n].notation == "fraction" for n in (k, j)]
    own_whole = "of" in statement.sentence.token(statement.sentence.after(j)).tags
    if fractions[0] != fractions[1] and statement.said(j) and not (own_whole and fractions[0]):
        stated, operand = (k, j) if fractions[0] else (j, k)
        yield Link("equal", stated, (operand,), (lexicon().sentences.relations.that_is,))


def _mean(statement: Statement, k: int) -> Iterator[Link]:
    """Read "1 022 jeunes ont bénéficié de 27 130 contacts, soit une moyenne de 27 contacts par jeune"."""
    claim = statement.claims[k]
    measured, counted = (frozenset(root(w) for w in ws) for ws in (claim.subject, claim.base))
    led = k > 0 and any(t.tags.keys() & {"that-is", "mean"} for t in statement.gap(k - 1, k))
    if not counted or len(counted) > 2 or not led:
        return
    others = [j for j in range(k) if statement.counted(j)]
    numbers = [
        j
        for j in others
        if statement.unit(j) == "count" and counted <= statement.stems(j) and statement.noun(j) in counted
    ]
    euros = statement.unit(k) == "€"
    totals = [
        j for j in others
        if j not in numbers and statement.unit(j) == statement.unit(k) and (euros or (measured and measured <= statement.stems(j)))
    ]  # fmt: skip
    if (
        len(numbers) == len(totals) == 1
        and statement.claims[totals[0]].period == statement.claims[numbers[0]].period
    ):
        yield Link("mean", k, (totals[0], numbers[0]), (statement.word(numbers[0]),))


def _names_part(statement: Statement, k: int) -> bool:
    """Return whether the words by a share name the part and not its base: "43 % de femmes", "Femmes : 43 %", "sont des femmes"."""
    after = statement.sentence.token(statement.sentence.after(k))
    following = statement.sentence.token(statement.sentence.after(k) + 1)
    partitive = "partitive" in after.tags and "definite" not in following.tags
    return (
        partitive or "verb" in after.tags or statement.sentence.token(statement.sentence.before(k)).key == ":"
    )


def _labels(statement: Statement) -> list[Link]:
    """Read "CDI : 35 %, CDD : 45 %, intérim : 20 %": labels that exclude each other make 100."""
    shares = [k for k, c in enumerate(statement.claims) if c.kind == "share" and c.quantity.unit == "%"]
    if len(shares) < 3 or len(shares) < len(statement.claims) or statement.open():
        return []
    if any("own-base" in t.tags for t in statement.sentence.tokens) or any(
        statement.of(k) is not None for k in shares
    ):
        return []
    labelled = all(statement.sentence.token(statement.sentence.before(k)).key == ":" for k in shares)
    stems = [frozenset(root(w) for w in statement.claims[k].subject) for k in shares]
    first = statement.sentence.mentions[0].lead
    headed = any("breakdown" in statement.sentence.token(at).tags for at in range(min(first, 40)))
    return (
        [Link("distribution", shares[0], tuple(shares), ("100 %",))]
        if labelled and (headed or same_family(stems))
        else []
    )


def _pair(statement: Statement) -> Iterator[Link]:
    """Read "43 % de femmes et 57 % d'hommes": the two sides of a pair make 100."""
    if any("own-base" in t.tags for t in statement.sentence.tokens):
        return
    for k in range(1, len(statement.claims)):
        pair = statement.claims[k - 1 : k + 1]
        if any(c.kind != "share" or c.quantity.unit != "%" for c in pair) or pair[0].base != pair[1].base:
            continue
        if not (_names_part(statement, k - 1) and _names_part(statement, k)):
            continue
        stems = [frozenset(root(w) for w in c.subject) for c in pair]
        apart = pair[0].period == pair[1].period and pair[1].of is None
        verb = any(t.tags.keys() & {"clause", "part"} or t.key in (".", ";") for t in statement.gap(k - 1, k))
        if (
            complementary(stems)
            and apart
            and not verb
            and min(len(s) for s in stems) <= 3
            and not _third(statement, k)
        ):
            yield Link("distribution", k - 1, (k - 1, k), ("100 %",))


def _third(statement: Statement, k: int) -> bool:
    """Tell whether a third share goes on where a pair ends or begins: "… et 34 % sans réponse"."""
    for other, before, after in ((k + 1, k, k + 1), (k - 2, k - 2, k - 1)):
        if not 0 <= other < len(statement.claims):
            continue
        claim, mate = statement.claims[other], statement.claims[k]
        alike = claim.kind == "share" and claim.quantity.unit == "%" and statement.of(other) is None
        parted = any(
            t.tags.keys() & {"clause", "part"} or t.key in (".", ";") for t in statement.gap(before, after)
        )
        if alike and not parted and claim.period == mate.period:
            return True
    return False
