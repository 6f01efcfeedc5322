"""What a sentence is about: its words, and what the number in each of its slots means."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from simulated.figures import Form
from simulated.meaning import EVERYONE, Difference, Growth, Mean, Meaning, Points, Share, Total, only
from simulated.population import PERSON
from simulated.style import NBSP, wording
from simulated.tables import MONEY, Agency

VOWELS = "AEIOUYÉÈÊHÎÔ"


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
