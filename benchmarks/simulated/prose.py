"""Paragraphs: sentences from the templates of the house, every number in them true."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from simulated.figures import Figure, Form, hedged, printable
from simulated.meaning import EVERYONE, Difference, Growth, Mean, Meaning, Points, Share, Total, only
from simulated.population import PERSON
from simulated.style import HERE, NBSP, wording
from simulated.tables import MONEY, Agency

KEPT = 3  # templates of a kind that a style keeps to
FRACTIONS = (("half", Fraction(50)), ("third", Fraction(100, 3)), ("quarter", Fraction(25)))
VOWELS = "AEIOUYÉÈÊHÎÔ"
SLOT = re.compile(r"\{(\w+)\}")


@cache
def templates() -> dict[str, list[str]]:
    """Return the sentences by kind."""
    return tomllib.loads((HERE / "sentences.toml").read_text("utf-8"))


@dataclass
class Paragraph:
    """Sentences of a block, as texts and figures in their order."""

    block: int
    parts: list[str | Figure]
    bullet: bool = False

    @property
    def printed(self) -> str:
        """Return the text as printed."""
        return "".join(part if isinstance(part, str) else part.printed for part in self.parts)

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in their order."""
        yield from (part for part in self.parts if isinstance(part, Figure))


@dataclass
class Heading:
    """A heading of a level: 0 is the title of the report."""

    text: str
    level: int = 1

    def figures(self) -> Iterator[Figure]:
        """Yield nothing: headings hold no figures."""
        yield from ()


@dataclass
class KeyFigures:
    """Numbers printed large, each over its caption."""

    block: int
    pairs: list[tuple[Figure, str]]

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in their order."""
        yield from (figure for figure, _ in self.pairs)


@dataclass(frozen=True)
class Subject:
    """What a sentence is about: a measure, and a member of a dimension perhaps."""

    agency: Agency
    measure: str
    dimension: str = ""
    member: str = ""
    words: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """Return the year of the report."""
        return self.agency.year

    def whole(self, ago: int = 0, measure: str = "") -> Total:
        """Return the total of the measure, this year or some years ago."""
        return Total(measure or self.measure, EVERYONE, self.year - ago)

    def part(self, ago: int = 0, member: str = "") -> Total:
        """Return the total of the member."""
        return Total(self.measure, only(self.dimension, member or self.member), self.year - ago)

    def share(self, ago: int = 0) -> Share:
        """Return the share of the member."""
        return Share(self.part(ago), self.whole(ago))

    def value(self, meaning: Meaning) -> Fraction:
        """Return the value of a meaning, 0 where it is not defined."""
        return self.agency.population.value(meaning) or Fraction(0)


def predicate(subject: Subject) -> str:
    """Return what is said of those who are the member, or nothing where it cannot be said well."""
    words = wording()["dimensions"][subject.dimension]
    kind = "persons" if wording()["measures"][subject.measure]["persons"] else "events"
    said = words.get(kind, "")
    if subject.dimension != "commune":
        return (
            said[subject.agency.population.universe[subject.dimension].index(subject.member)] if said else ""
        )
    unfit = subject.member.startswith(("Le ", "Les ", "La ")) or (
        kind == "events" and subject.member[0] in VOWELS
    )
    return "" if unfit else said.format(subject.member)


def which(subject: Subject, member: str) -> str:
    """Return the noun or the attribute of a member after its number, or nothing: a contract is no woman."""
    if subject.dimension in PERSON and not wording()["measures"][subject.measure]["persons"]:
        return ""
    parts = wording()["dimensions"][subject.dimension].get("parts")
    return parts[subject.agency.population.universe[subject.dimension].index(member)] if parts else ""


def words_of(subject: Subject) -> dict[str, str]:
    """Return the words that the slots of a sentence name."""
    own = wording()["measures"][subject.measure]
    found = {name: own[name] for name in ("noun", "de", "des", "les")}
    found |= {
        "Les": own["les"][0].upper() + own["les"][1:],
        "year": str(subject.year),
        "last": str(subject.year - 1),
    }
    if subject.dimension:
        found |= {"are": predicate(subject), "which": which(subject, subject.member)}
        others = [
            one for one in subject.agency.population.universe[subject.dimension] if one != subject.member
        ]
        found |= {"which_other": which(subject, others[0])}
    return found | subject.words


def meaning_of(subject: Subject, slot: str) -> tuple[Meaning, Form] | None:
    """Return what the number in a slot means, and its form in a sentence."""
    agency, style = subject.agency, subject.agency.style
    count, percent = agency.form(subject.measure), replace(style.percent(in_cell=True), after=f"{NBSP}%")
    thousands = agency.in_thousands(subject.measure)
    money = style.thousands_of_euros(in_cell=True) if thousands else style.money(in_cell=True)
    now, before = subject.whole(), subject.whole(1)
    simple: dict[str, tuple[Meaning, Form]] = {
        "n": (now, count),
        "before": (before, count),
        "amount": (subject.whole(measure=_amounts(subject)), money),
        "amount_before": (subject.whole(1, _amounts(subject)), money),
        "mean": (
            Mean(subject.whole(measure="montants"), subject.whole(measure="aides")),
            replace(money, rounded=True),
        ),
        "mean_before": (
            Mean(subject.whole(1, "montants"), subject.whole(1, "aides")),
            replace(money, rounded=True),
        ),
        "ratio": (Mean(now, subject.whole(measure="accompagnes")), style.tenths()),
        "number": (subject.whole(measure="accompagnes"), count),
        "age": (Mean(subject.whole(measure="ages"), now), style.tenths()),
        "aim": (subject.whole(measure=f"objectif_{subject.measure}"), count),
        "rate": (Share(now, subject.whole(measure=f"objectif_{subject.measure}")), percent),
    }
    if slot in simple:
        return simple[slot]
    if slot in ("growth", "signed", "difference"):
        return _change(subject, slot, now, before)
    return _of_member(subject, slot, count, percent) if subject.dimension else None


def _amounts(subject: Subject) -> str:
    return subject.measure if subject.measure in MONEY else "montants"


def _change(subject: Subject, slot: str, now: Total, before: Total) -> tuple[Meaning, Form]:
    """Return a growth or a difference, its sign in the words of the sentence or before the number."""
    style = subject.agency.style
    fallen = subject.value(now) < subject.value(before)
    if slot == "difference":
        return Difference(now, before), replace(
            subject.agency.form(subject.measure), scale=-1 if fallen else 1
        )
    form = replace(style.growth(in_cell=True), after=f"{NBSP}%")
    if slot == "growth":
        form = replace(form, plus="", scale=-1 if fallen else 1)
    return Growth(now, before), replace(form, plus="+") if slot == "signed" else form


def _of_member(subject: Subject, slot: str, count: Form, percent: Form) -> tuple[Meaning, Form] | None:
    """Return what a slot about a member means."""
    if slot in ("part_growth", "part_signed"):
        return _change(
            subject, {"part_growth": "growth", "part_signed": "signed"}[slot], subject.part(), subject.part(1)
        )
    if slot == "points":
        points = Points(subject.share(), subject.share(1))
        scale = -1 if subject.value(points) < 0 else 1
        form = Form("points", percent.places, rounded=True, scale=scale)
        unit = "points" if form.rounded_value(subject.value(points)) >= 2 else "point"
        return points, replace(form, after=f"{NBSP}{unit}")
    others = [one for one in subject.agency.population.universe[subject.dimension] if one != subject.member]
    held: dict[str, tuple[Meaning, Form]] = {
        "part": (subject.part(), count),
        "part_before": (subject.part(1), count),
        "share": (subject.share(), percent),
        "share_before": (subject.share(1), percent),
        "other": (subject.part(member=others[0]), count),
        "tenths": (subject.share(), Form("count", 0, scale=10, rounded=True)),
    }
    return held.get(slot)


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
