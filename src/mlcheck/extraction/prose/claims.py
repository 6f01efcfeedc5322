"""Put words, periods and places to what a sentence asserts: claims."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.prose.inherited import inherited
from mlcheck.extraction.prose.patterns import readings
from mlcheck.extraction.prose.patterns_level import per_at
from mlcheck.extraction.prose.qualifying import goes_on, qualified
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.rounding import rounded, rounded_together
from mlcheck.extraction.prose.sentence import Sentence
from mlcheck.extraction.prose.wording import former, wording
from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator

_COMPARING = ("variation", "points", "multiple")


class Shared(Struct, frozen=True):
    """What the claims of one sentence share: its text, its place, the headings above it, its block."""

    text: str
    locator: Locator
    sections: tuple[str, ...]
    block: int


def claims_of(
    sentence: Sentence, shared: Shared, start: int, figure: int
) -> tuple[list[Claim], list[Reading]]:
    """Return the claims of one sentence and their readings.

    The first is claim `start` of its
    report and figure `figure`.
    """
    done = readings(sentence)
    quantities = rounded_together(
        sentence, [rounded(m, r.kind) for m, r in zip(sentence.mentions, done, strict=True)]
    )
    spans = _passing_years(sentence, done)
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
        if before is not None:
            of: int | None = before
            subject, base = found[before].subject, found[before].base
            if not sentence.periods[k].told and year is not None:
                year -= 1
        else:
            of = qualified(sentence, k, done, found)
            subject, base = inherited(sentence, k, of, found, done, (subject, base))
        if reading.kind == "variation" and not sentence.periods[k].told and k in spans:
            year, reference = spans[k]
        elif reading.kind in _COMPARING:
            year, reference = _compared_years(sentence, k, reading, None if of is None else found[of].period)
        level = reading.kind == "points" and mention.quantity.unit == "%"
        comparing = (
            reading.kind in _COMPARING and not level and "pass" not in sentence.token(reading.cue).tags
        )
        found.append(
            Claim(
                shared.text,
                mention.start,
                mention.end,
                shared.locator,
                reading.kind,
                quantities[k],
                shared.sections,
                subject,
                base,
                reading.direction,
                mention.hedge,
                year,
                reference if comparing else None,
                None if of is None else start + of,
                shared.block,
                figure + k,
            )
        )
    return found, done


def _compared_years(
    sentence: Sentence, k: int, reading: Reading, of: int | None
) -> tuple[int | None, int | None]:
    """Return the year of a change and the year it is counted from; `of` is the year of the level it is told of."""
    period = sentence.periods[k]
    if period.told and sentence.token(reading.cue).key.endswith(
        " de"
    ):  # "inférieur de 3,4 points à son niveau de 2015"
        return of or sentence.year, period.year
    if not period.told and of is not None and period.year is not None and period.reference is not None:
        shift = 0 if period.reference_told else of - period.year
        return of, period.reference + shift
    return period.year, period.reference


def _passing_years(sentence: Sentence, done: Sequence[Reading]) -> dict[int, tuple[int | None, int | None]]:
    """Map each variation before "passant de A en 2001 à B en 2002" to (2002, 2001)."""
    levels = [k for k, r in enumerate(done) if r.cue >= 0 and "pass" in sentence.token(r.cue).tags]
    if len(levels) != 2 or not all(sentence.periods[k].told for k in levels):
        return {}
    years = sentence.periods[levels[1]].year, sentence.periods[levels[0]].year
    return {k: years for k, r in enumerate(done) if r.kind == "variation"}
