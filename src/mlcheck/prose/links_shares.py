"""Links of shares, means and fractions with the numbers that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Link
from mlcheck.prose.passage import Told, complementary, same_family
from mlcheck.prose.qualifying import over_pair
from mlcheck.prose.tokens import root


def share_links(told: Told) -> Iterator[Link]:
    """Yield each share or mean with both of its numbers in the sentence, and each fact told twice."""
    for k, claim in enumerate(told.claims):
        if claim.kind == "share":
            link = _of_two(told, k) or _whole_after(told, k) or _among(told, k) or _of_which(told, k)
            if link:
                yield link
            yield from _twice(told, k)
        elif claim.kind in ("mean", "ratio"):
            yield from _mean(told, k)
    yield from _labels(told) or _pair(told)


def _of_two(told: Told, k: int) -> Link | None:
    """Read "335 femmes sur 679, soit 49 %", "335 des 679 inscrits (49 %)", "49 % (335 sur 679)"."""
    for a, b in ((k - 2, k - 1), (k + 1, k + 2)):
        if (
            a < 0
            or b >= len(told.claims)
            or not (told.counted(a) and told.counted(b))
            or told.unit(a) != told.unit(b)
        ):
            continue
        beside = told.said(k) if a < k else told.bracketed(a)
        if beside and over_pair(told.sentence, a):
            return Link("share", k, (a, b), (told.gap(a, b)[-1].key,))
    return None


def _whole_after(told: Told, k: int) -> Link | None:
    """Read "49 % des 679 inscrits sont des femmes (335)", "57 jeunes, soit 9 % des 645 jeunes entrés"."""
    b = k + 1
    if not told.counted(b):
        return None
    gap = told.gap(k, b)
    if not gap or "of" not in gap[0].tags or any("definite" not in t.tags for t in gap[1:]) or len(gap) > 3:
        return None
    if (
        b + 1 < len(told.claims)
        and told.counted(b + 1)
        and told.unit(b + 1) == told.unit(b)
        and told.said(b + 1)
    ):
        return Link("share", k, (b + 1, b), (gap[0].key,))
    a = k - 1
    if a < 0 or not told.counted(a) or told.unit(a) != told.unit(b):
        return None
    verb = any("share-verb" in t.tags for t in told.gap(a, k))
    return Link("share", k, (a, b), (gap[0].key,)) if told.said(k) or verb else None


def _among(told: Told, k: int) -> Link | None:
    """Read "Sur 679 inscrits, 335 sont des femmes (49 %)"."""
    if (
        k != 2
        or not (told.counted(0) and told.counted(1))
        or told.unit(0) != told.unit(1)
        or not told.said(k)
    ):
        return None
    lead = told.sentence.before(0)
    while (
        lead > 0
        and "definite" in told.sentence.token(lead).tags
        and "among" not in told.sentence.token(lead).tags
    ):
        lead -= 1
    opening = told.sentence.token(lead)
    inside = any(t.key in (";", ".", ":") for t in told.gap(0, 2))
    if (
        "among" not in opening.tags
        or lead > 0
        or inside
        or told.noun(0) is None
        or told.noun(1) not in (None, told.noun(0))
    ):
        return None
    return Link("share", k, (1, 0), (opening.key,))


def _of_which(told: Told, k: int) -> Link | None:
    """Read "679 inscrits, dont 335 femmes (49 %)" and "dont 49 % de femmes (335)"."""
    a = k - 1
    if a >= 0 and told.claims[a].kind == "part" and told.alone(k) and told.bracketed(k):
        whole = told.of(a)
        if whole is not None and told.counted(whole):
            return Link("share", k, (a, whole), (lexicon().sentences.relations.of_which,))
    whole, b = told.of(k), k + 1
    part = "part" in told.sentence.token(told.sentence.before(k)).tags
    if (
        part
        and whole is not None
        and told.counted(whole)
        and told.counted(b)
        and told.alone(b)
        and told.unit(b) == told.unit(whole)
    ):
        return Link("share", k, (b, whole), (lexicon().sentences.relations.of_which,))
    return None


def _twice(told: Told, k: int) -> Iterator[Link]:
    """Read "presque la moitié (45 %)", "26 %, soit plus d'un jeune sur quatre": one fact in words and in digits."""
    j = k + 1
    if j >= len(told.claims) or told.claims[j].kind != "share" or told.sentence.periods[j].told:
        return
    fractions = [told.sentence.mentions[n].notation == "fraction" for n in (k, j)]
    own_whole = "of" in told.sentence.token(told.sentence.after(j)).tags
    if fractions[0] != fractions[1] and told.said(j) and not (own_whole and fractions[0]):
        stated, operand = (k, j) if fractions[0] else (j, k)
        yield Link("equal", stated, (operand,), (lexicon().sentences.relations.that_is,))


def _mean(told: Told, k: int) -> Iterator[Link]:
    """Read "1 022 jeunes ont bénéficié de 27 130 contacts, soit une moyenne de 27 contacts par jeune"."""
    claim = told.claims[k]
    measured, counted = (frozenset(root(w) for w in ws) for ws in (claim.subject, claim.base))
    led = k > 0 and any(t.tags.keys() & {"that-is", "mean"} for t in told.gap(k - 1, k))
    if not counted or len(counted) > 2 or not led:
        return
    others = [j for j in range(k) if told.counted(j)]
    numbers = [
        j for j in others if told.unit(j) == "count" and counted <= told.stems(j) and told.noun(j) in counted
    ]
    euros = told.unit(k) == "€"
    totals = [
        j for j in others
        if j not in numbers and told.unit(j) == told.unit(k) and (euros or (measured and measured <= told.stems(j)))
    ]  # fmt: skip
    if len(numbers) == len(totals) == 1 and told.claims[totals[0]].period == told.claims[numbers[0]].period:
        yield Link("mean", k, (totals[0], numbers[0]), (told.word(numbers[0]),))


def _names_part(told: Told, k: int) -> bool:
    """Return whether the words by a share name the part and not its base: "43 % de femmes", "Femmes : 43 %", "sont des femmes"."""
    after = told.sentence.token(told.sentence.after(k))
    following = told.sentence.token(told.sentence.after(k) + 1)
    partitive = "partitive" in after.tags and "definite" not in following.tags
    return partitive or "verb" in after.tags or told.sentence.token(told.sentence.before(k)).key == ":"


def _labels(told: Told) -> list[Link]:
    """Read "CDI : 35 %, CDD : 45 %, intérim : 20 %": labels that exclude each other make 100."""
    shares = [k for k, c in enumerate(told.claims) if c.kind == "share" and c.quantity.unit == "%"]
    if len(shares) < 3 or len(shares) < len(told.claims) or told.open():
        return []
    if any("own-base" in t.tags for t in told.sentence.tokens) or any(told.of(k) is not None for k in shares):
        return []
    labelled = all(told.sentence.token(told.sentence.before(k)).key == ":" for k in shares)
    stems = [frozenset(root(w) for w in told.claims[k].subject) for k in shares]
    first = told.sentence.mentions[0].lead
    headed = any("breakdown" in told.sentence.token(at).tags for at in range(min(first, 40)))
    return (
        [Link("distribution", shares[0], tuple(shares), ("100 %",))]
        if labelled and (headed or same_family(stems))
        else []
    )


def _pair(told: Told) -> Iterator[Link]:
    """Read "43 % de femmes et 57 % d'hommes": the two sides of a pair make 100."""
    if any("own-base" in t.tags for t in told.sentence.tokens):
        return
    for k in range(1, len(told.claims)):
        pair = told.claims[k - 1 : k + 1]
        if any(c.kind != "share" or c.quantity.unit != "%" for c in pair) or pair[0].base != pair[1].base:
            continue
        if not (_names_part(told, k - 1) and _names_part(told, k)):
            continue
        stems = [frozenset(root(w) for w in c.subject) for c in pair]
        apart = pair[0].period == pair[1].period and pair[1].of is None
        verb = any(t.tags.keys() & {"clause", "part"} or t.key in (".", ";") for t in told.gap(k - 1, k))
        if (
            complementary(stems)
            and apart
            and not verb
            and min(len(s) for s in stems) <= 3
            and not _third(told, k)
        ):
            yield Link("distribution", k - 1, (k - 1, k), ("100 %",))


def _third(told: Told, k: int) -> bool:
    """Tell whether a third share goes on where a pair ends or begins: "… et 34 % sans réponse"."""
    for other, before, after in ((k + 1, k, k + 1), (k - 2, k - 2, k - 1)):
        if not 0 <= other < len(told.claims):
            continue
        claim, mate = told.claims[other], told.claims[k]
        alike = claim.kind == "share" and claim.quantity.unit == "%" and told.of(other) is None
        parted = any(
            t.tags.keys() & {"clause", "part"} or t.key in (".", ";") for t in told.gap(before, after)
        )
        if alike and not parted and claim.period == mate.period:
            return True
    return False
