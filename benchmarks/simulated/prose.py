"""Paragraphs: sentences from the templates of the house, every number in them true."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from simulated.blocks import Paragraph
from simulated.figures import Figure, hedged, printable
from simulated.meaning import Growth, Points
from simulated.style import HERE
from simulated.subjects import Subject, meaning_of, predicate, which, words_of
from simulated.tables import Agency

KEPT = 3  # templates of a kind that a style keeps to
FRACTIONS = (("half", Fraction(50)), ("third", Fraction(100, 3)), ("quarter", Fraction(25)))
SLOT = re.compile(r"\{(\w+)\}")


@cache
def templates() -> dict[str, list[str]]:
    """Return the sentences by kind."""
    return tomllib.loads((HERE / "sentences.toml").read_text("utf-8"))


def sentence(subject: Subject, kind: str, chance: random.Random, block: int) -> list[str | Figure] | None:
    """Return a sentence of a kind, or None where the style has none that the subject fills."""
    options = templates()[kind]
    kept = random.Random(f"{subject.agency.style.phrases}/{kind}").sample(options, min(KEPT, len(options)))
    words = words_of(subject)
    parts: list[str | Figure] = []
    for at, piece in enumerate(SLOT.split(chance.choice(kept))):
        made: str | Figure | None = piece
        if at % 2:
            made = words.get(piece) or _figure(subject, piece)
        if made is None:
            return None
        if isinstance(made, Figure):
            made.block, made.row = block, kind
        parts.append(made)
    return parts


def _figure(subject: Subject, slot: str) -> Figure | None:
    """Return the figure of a slot, or None where the population has none that may be printed."""
    if slot in ("over", "near", "under"):
        total = subject.whole()
        return hedged(total, subject.value(total), subject.agency.form(subject.measure), slot)
    found = meaning_of(subject, slot)
    if found is None:
        return None
    meaning, form = found
    exact = subject.agency.population.value(meaning)
    if exact is None or form.rounded_value(exact) == 0 or not (form.rounded or printable(exact, form)):
        return None
    return Figure(meaning, exact, form)


def fitting_kinds(subject: Subject) -> list[str]:
    """Return the kinds of sentences that are true of a subject."""
    measure = subject.measure
    if measure == "aides" and not subject.dimension:
        return ["mean", "mean", "mean", "count", "count_before", *_trend(subject, "")]
    if measure in ("produits", "charges"):
        return ["amount"] if subject.dimension else []
    kinds = (
        [] if subject.dimension else ["count", "count_before", "over", "near", "under", *_trend(subject, "")]
    )
    kinds += ["ratio", "ratio"] if measure == "contacts" and not subject.dimension else []
    kinds += ["target"] if measure in ("entrees", "contrats") and not subject.dimension else []
    kinds += ["age"] if measure == "inscrits" and not subject.dimension else []
    if not subject.dimension:
        return kinds
    said, named = predicate(subject), which(subject, subject.member)
    if said:
        kinds += [
            "share",
            "share",
            "share_before",
            "share_before",
            *_trend(subject, "part_"),
            *_fractions(subject),
        ]
    if named:
        kinds += ["dont"]
    if named and len(subject.agency.population.universe[subject.dimension]) == 2:
        kinds += ["split", "split"]
    return kinds


def _trend(subject: Subject, of: str) -> list[str]:
    """Return the kinds that say whether a number rose or fell; nothing where it hardly moved."""
    now, before = (subject.part(), subject.part(1)) if of else (subject.whole(), subject.whole(1))
    growth = subject.agency.population.value(Growth(now, before))
    if growth is None or abs(growth) < 1:
        return []
    way = "up" if growth > 0 else "down"
    if not of:
        return [way, way, f"level_{way}", f"level_{way}"]
    points = subject.value(Points(subject.share(), subject.share(1)))
    return [f"part_{way}"] + ([f"points_{'up' if points > 0 else 'down'}"] if abs(points) >= 1 else [])


def _fractions(subject: Subject) -> list[str]:
    """Return the fractions in words, and the number out of ten, that a share comes near to."""
    share = subject.value(subject.share())
    found = [
        f"{name}_{'near' if share < part else 'over'}"
        for name, part in FRACTIONS
        if 0 < abs(share - part) < 2
    ]
    distance = share - 10 * int(share / 10)
    return found + (["tenths"] if distance > 7 and share > 10 else [])


@dataclass
class Topic:
    """What a paragraph may speak of, and what was said already."""

    agency: Agency
    measure: str
    dimensions: Sequence[str]
    said: set[tuple[str, ...]]

    def draw(self, chance: random.Random, block: int) -> list[str | Figure] | None:
        """Draw a sentence that was not said yet, or None where the draw yields none."""
        dimension = chance.choice(["", *self.dimensions])
        member = chance.choice(self.agency.population.universe[dimension]) if dimension else ""
        subject = Subject(self.agency, self.measure, dimension, member)
        kinds = fitting_kinds(subject)
        kind = chance.choice(kinds) if kinds else ""
        saying = (self.measure, dimension, "" if kind == "split" else member, kind.removesuffix("_before"))
        if not kind or saying in self.said:
            return None
        self.said.add(saying)
        return sentence(subject, kind, chance, block)


def paragraph(topic: Topic, chance: random.Random, block: int, number: int) -> Paragraph | None:
    """Return a paragraph of up to some sentences on a topic, or a bullet of one."""
    parts: list[str | Figure] = []
    for _ in range(number):
        made = topic.draw(chance, block)
        if not made:
            continue
        if isinstance(made[0], str) and made[0].startswith("- "):
            if parts:
                continue
            return Paragraph(block, [made[0][2:], *made[1:]], bullet=True)
        parts += [" ", *made] if parts else made
    if chance.random() < 0.2 and parts:
        parts += [" ", chance.choice(templates()["hopeful"])]
    return Paragraph(block, parts) if parts else None
