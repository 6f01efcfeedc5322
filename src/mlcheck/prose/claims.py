"""Put words, periods and places to what a sentence asserts: claims."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from mlcheck.model.claim import Claim, ClaimKind, Direction
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.prose.grammar_change import direction_of
from mlcheck.prose.grammar_level import per_at, readings
from mlcheck.prose.numbers import Mention
from mlcheck.prose.owned import end_of_own
from mlcheck.prose.qualifying import goes_on, over_pair, qualified
from mlcheck.prose.sentence import Parse, Reading
from mlcheck.prose.wording import Words, former, wording

_COMPARING = ("variation", "points", "multiple")


_BASES = (1000, 100)
_LEAST = 10  # a rounded number has at least two digits left
Pair = tuple[Words, Words]


def claims_of(
    sentence: Parse, origin: Sentence, start: int, figure: int
) -> tuple[list[Claim], list[Reading]]:
    """Return the claims of one sentence, `origin`, and their readings.

    The first is claim `start` of its report and figure `figure`.
    """
    done = readings(sentence)
    quantities = _rounded_together(
        sentence, [_rounded(m, r.kind) for m, r in zip(sentence.mentions, done, strict=True)]
    )
    spans, passed = _passing_years(sentence, done), _passed_years(sentence, done)
    found: list[Claim] = []
    for k, (mention, reading) in enumerate(zip(sentence.mentions, done, strict=True)):
        subject, base = wording(
            sentence, k, reading, per_at(sentence, k) if reading.kind in ("mean", "ratio") else -1
        )
        year, reference = sentence.periods[k].year, sentence.periods[k].reference
        before = former(sentence, k, done)
        if before is None and goes_on(sentence, k, found):
            before = found[k - 1].of
            before = None if before is None else before - start
        if before is None and not subject and not base and _is_said_of_before(sentence, k, done):
            before = k - 1
        if before is not None:
            of: int | None = before
            subject, base = found[before].subject, found[before].base
            if not sentence.periods[k].printed and year is not None:
                year -= 1
        else:
            of = qualified(sentence, k, done, found)
            subject, base = _inherited(sentence, k, of, found, done, (subject, base))
        if k in passed:
            year = passed[k]
        elif reading.kind == "variation" and not sentence.periods[k].printed and k in spans:
            year, reference = spans[k]
        elif reading.kind in _COMPARING:
            year, reference = _compared_years(sentence, k, reading, None if of is None else found[of].period)
        level = reading.kind == "points" and mention.quantity.unit == "%"
        comparing = (
            reading.kind in _COMPARING and not level and "pass" not in sentence.token(reading.cue).tags
        )
        found.append(
            Claim(
                origin,
                mention.start,
                mention.end,
                reading.kind,
                quantities[k],
                subject,
                base,
                reading.direction,
                mention.hedge,
                year,
                reference if comparing else None,
                None if of is None else start + of,
                figure + k,
                _end_of_words(sentence, k),
            )
        )
    return _with_words_after(sentence, found), done


def _end_of_words(sentence: Parse, k: int) -> int:
    """Return where in the text the words after mention `k` end before those of the next, -1 where they go on to it."""
    following = k + 1 < len(sentence.mentions) and end_of_own(sentence, k) < sentence.mentions[k + 1].lead
    return sentence.tokens[end_of_own(sentence, k)].start if following else -1


def _with_words_after(sentence: Parse, found: list[Claim]) -> list[Claim]:
    """Return the claims, the first with the words of the second where it opens "De 62 en 2022, le nombre de … passe à 58"."""
    if len(found) < 2 or found[0].subject or found[0].base or not found[1].subject:
        return found
    before = sentence.token(sentence.before(0))
    opens = "of" in before.tags and sentence.before(0) == 0
    to = sentence.before(1)
    passes = "to" in sentence.token(to).tags and "pass" in sentence.token(to - 1).tags
    if not (opens and passes and found[0].kind == found[1].kind):
        return found
    return [replace(found[0], subject=found[1].subject, base=found[1].base), *found[1:]]


def _is_said_of_before(sentence: Parse, k: int, done: Sequence[Reading]) -> bool:
    """Tell whether a share without words is the one before in an earlier year: "cette part était de 11 % en 2022"."""
    if not k or not done[k].kind == done[k - 1].kind == "share":
        return False
    own, other = sentence.periods[k], sentence.periods[k - 1]
    alike = sentence.mentions[k].quantity.unit == sentence.mentions[k - 1].quantity.unit
    return alike and own.printed and own.year is not None and other.year is not None and own.year < other.year


def _compared_years(
    sentence: Parse, k: int, reading: Reading, of: int | None
) -> tuple[int | None, int | None]:
    """Return the year of a change and the year it is counted from; `of` is the year of the level it is said of."""
    period = sentence.periods[k]
    if period.printed and "beyond" in sentence.token(reading.cue).tags:
        # "inférieur de 3,4 points à son niveau de 2015"
        return of or sentence.year, period.year
    if not period.printed and of is not None and period.year is not None and period.reference is not None:
        shift = 0 if period.reference_printed else of - period.year
        return of, period.reference + shift
    return period.year, period.reference


def _passing_years(sentence: Parse, done: Sequence[Reading]) -> dict[int, tuple[int | None, int | None]]:
    """Map each variation before "passant de A en 2001 à B en 2002" to (2002, 2001)."""
    levels = [k for k, r in enumerate(done) if r.cue >= 0 and "pass" in sentence.token(r.cue).tags]
    if len(levels) != 2 or not all(sentence.periods[k].printed for k in levels):
        return {}
    years = sentence.periods[levels[1]].year, sentence.periods[levels[0]].year
    return {k: years for k, r in enumerate(done) if r.kind == "variation"}


def _passed_years(sentence: Parse, done: Sequence[Reading]) -> dict[int, int | None]:
    """Map the older level of "passe de 568 à 652" to the year that the later one is compared with.

    Where a month or a quarter is named, both may be of one year.
    """
    if "month" in sentence.tags or ("duration" in sentence.tags and "age" not in sentence.tags):
        return {}
    levels = [k for k, r in enumerate(done) if r.cue >= 0 and "pass" in sentence.token(r.cue).tags]
    return {
        k: sentence.periods[k].reference
        for k, following in pairwise(levels)
        if following == k + 1
        and not sentence.periods[k].printed
        and "to" in sentence.token(sentence.before(following)).tags
        and sentence.periods[k].year == sentence.periods[following].year
    }


# Say what the rounding of a number in prose hides, where its digits alone do not.


def _rounded(mention: Mention, kind: ClaimKind) -> Quantity:
    """Return the quantity of a mention; a mean, ratio or factor is rounded at its last printed digit."""
    number = mention.quantity
    if kind == "multiple" and number.unit == "count":
        number = replace(number, unit="ratio")
    if kind not in ("mean", "ratio", "multiple") or number.half or number.scale > 2:
        return number
    return replace(number, mantissa=number.mantissa * 10, half=5, scale=number.scale + 1)


def _rounded_together(sentence: Parse, quantities: list[Quantity]) -> list[Quantity]:
    """Return the quantities, with half of 1000 (or 100) where all large exact ones of a sentence end in its zeros.

    One round number may be exact; several that are all round were rounded ("Sur les 1 240 000 élèves,
    610 000 sont des filles").
    """
    exact = [
        n for n, q in enumerate(quantities)
        if not q.half and not q.scale and q.unit in ("count", "€") and abs(q.mantissa) >= 10_000
    ]  # fmt: skip
    if len(exact) < 2:
        return quantities
    for base in _BASES:
        if all(quantities[n].mantissa % base == 0 for n in exact):
            return _halved(quantities, base)
    return quantities


def _halved(quantities: Sequence[Quantity], base: int) -> list[Quantity]:
    return [
        replace(q, half=base // 2)
        if not q.half
        and not q.scale
        and q.unit in ("count", "€")
        and q.mantissa % base == 0
        and abs(q.mantissa) >= _LEAST * base
        else q
        for q in quantities
    ]


# Give a number that has no words of its own those of the number it is said of.


def _inherited(
    sentence: Parse, k: int, of: int | None, found: Sequence[Claim], done: Sequence[Reading], own: Pair
) -> Pair:
    """Return the words (subject, base) of mention `k`: its own, else those of what it qualifies or goes on from."""
    if of is not None:
        inherited = _of_another(sentence, k, of, found, done, own)
        if inherited is not None:
            return inherited
    if own[0] or not k:
        return own
    previous = found[k - 1].subject, found[k - 1].base
    if not own[1] and (_same_cue(k, done) or _joined(sentence, k) or _dated(sentence, k)):
        return previous
    return (previous[0], own[1]) if _beside(sentence, k, done) else own


def _of_another(
    sentence: Parse, k: int, of: int, found: Sequence[Claim], done: Sequence[Reading], own: Pair
) -> Pair | None:
    """Return the words of what mention `k` qualifies, where it has none or says the same fact again."""
    whole = found[of]
    twice = done[k].kind == "share" == done[of].kind and sentence.mentions[of].notation == "fraction"
    if twice and sentence.token(sentence.after(k)).key == ")":
        return whole.subject, whole.base
    if done[k].kind == "share" and of + 1 < k and over_pair(sentence, of):
        if not whole.subject:  # "472 des 859 jeunes (55 %) sont des hommes"
            return own if own[1] else (own[0], found[of + 1].subject)
        return whole.subject, own[1] or found[of + 1].subject
    if own[0]:
        return None
    return whole.subject, own[1] or (whole.base if whole.kind == "share" else ())


def _same_cue(k: int, done: Sequence[Reading]) -> bool:
    """Two rates or levels that one word governs."""
    return done[k].cue == done[k - 1].cue >= 0 and done[k].kind == done[k - 1].kind


def _joined(sentence: Parse, k: int) -> bool:
    """Two percentages that "et" joins: "45 % en 2022 et 52 % en 2023"."""
    units = {sentence.mentions[k].quantity.unit, sentence.mentions[k - 1].quantity.unit}
    return units == {"%"} and any("joint" in t.tags for t in sentence.gap(k - 1, k))


def _dated(sentence: Parse, k: int) -> bool:
    """A bare number of a year: "312 en 2022 et de 340 en 2023", "de 4,5 %, de 440 en 2022 à 460 en 2023"."""
    return sentence.mentions[k].bare and sentence.periods[k].printed


def _beside(sentence: Parse, k: int, done: Sequence[Reading]) -> bool:
    """A number in a parenthesis after another, a level after its change, what a change is counted from."""
    if sentence.enclosure(k) > sentence.mentions[k - 1].last:
        return True
    level = "pass" in sentence.token(done[k].cue).tags and done[k].cue != done[k - 1].cue
    return level or "since" in sentence.token(sentence.mentions[k].lead - 2).tags


def durations_of(sentence: Parse, origin: Sentence) -> list[Claim]:
    """Return the ages and lengths of time of a sentence as claims that are not yet numbered."""
    return [
        Claim(
            origin, m.start, m.end, "duration", m.quantity, direction=_compared(sentence, m), hedge=m.hedge,
            period=period.year,
        )
        for m, period in zip(sentence.durations, sentence.spans, strict=True)
    ]  # fmt: skip


def _compared(sentence: Parse, length: Mention) -> Direction | None:
    """Return the direction of "deux minutes de plus", "a gagné 3 jours"."""
    after, before = sentence.token(length.last + 1), sentence.token(length.lead - 1)
    if "more" in after.tags:
        return "up" if after.tags["more"] == "up" else "down"
    if "gained" in after.tags:
        return direction_of(after)
    if "of" in before.tags:
        before = sentence.token(length.lead - 2)
    return direction_of(before) if "trend" in before.tags else None
