"""The lines of a table: members with their subtotals, totals, codes and ranks, in the order of the house."""

from __future__ import annotations

import random
from dataclasses import replace

from simulated.meaning import EVERYONE, Members, Total, only
from simulated.style import wording
from simulated.tables import Agency, Line

CODE_HEADS = {"code": "Code INSEE", "rank": "Rang", "number": "N°"}
BELOW = {"niveau": (("sans", "cap"), "dont niveau inférieur au bac")}
ANTENNA = ("Antenne de {}", "Secteur de {}", "Site de {}", "Antenne {}")
SUBTOTAL = ("Sous-total {}", "Total {}", "S/T {}", "Sous-total antenne de {}")


def stub_heads(agency: Agency, dimension: str) -> list[str]:
    """Return the heads over the codes and the labels of a dimension."""
    head = agency.style.word(wording()["dimensions"][dimension]["stub"], dimension)
    extra = agency.style.extra_column if dimension == "commune" and agency.style.antennas == "none" else ""
    return [CODE_HEADS[extra], head] if extra else [head]


def lines(agency: Agency, measure: str, dimension: str) -> list[Line]:
    """Return the lines of a measure by a dimension, with the total where the house puts it."""
    if dimension == "commune" and agency.style.antennas != "none":
        made = _by_antenna(agency)
    else:
        made = _members(agency, measure, dimension)
    total = Line(agency.style.total_name(agency.year, measure, dimension), EVERYONE, "total")
    if agency.style.total_at == "top":
        made = [total, *made]
    elif agency.style.total_at == "end":
        made = [*made, total, *_below(agency, dimension)]
    return made


def _members(agency: Agency, measure: str, dimension: str) -> list[Line]:
    labels = agency.labels(dimension)
    names = sorted(labels) if dimension == "commune" else list(labels)
    extra = agency.style.extra_column if dimension == "commune" else ""
    if extra == "rank":
        names.sort(key=lambda name: (-_number(agency, measure, only(dimension, name)), name))
    codes = _codes(agency, extra, names)
    return [
        Line(labels[name], only(dimension, name), codes=(codes[name],) if extra else ()) for name in names
    ]


def _number(agency: Agency, measure: str, members: Members) -> float:
    return float(agency.population.value(Total(measure, members, agency.year)) or 0)


def _codes(agency: Agency, extra: str, names: list[str]) -> dict[str, str]:
    """Return the code, the rank or the number of each commune."""
    chance = random.Random(f"{agency.style.words}/codes")
    codes = chance.sample(range(11, 690), len(agency.communes))
    inhabited = dict(zip(agency.communes, codes, strict=True))
    if extra == "code":
        return {name: f"{agency.departement}{inhabited[name]:03}" for name in names}
    return {name: str(at) for at, name in enumerate(names, 1)}


def _below(agency: Agency, dimension: str) -> list[Line]:
    """Return the "dont" line that some houses put under the total."""
    if dimension not in BELOW or agency.style.words % 3:
        return []
    names, label = BELOW[dimension]
    return [Line(label, only(dimension, *names), "dont", indent=1)]


def _by_antenna(agency: Agency) -> list[Line]:
    """Return the communes under their antennas, with subtotals before or after them, or headings alone."""
    style, made = agency.style, list[Line]()
    for antenna in agency.antennas:
        seat = antenna[0]
        parts = [
            Line(name, only("commune", name), indent=int(style.antennas == "indented")) for name in antenna
        ]
        name = style.word(list(ANTENNA), "antenna").format(seat)
        subtotal = Line(name, only("commune", *antenna), "subtotal")
        if style.blank_rows and made:
            made.append(Line("", kind="blank"))
        if style.antennas == "headings":
            made += [Line(name, kind="heading"), *parts]
        elif style.antennas == "after":
            made += [*parts, replace(subtotal, label=style.word(list(SUBTOTAL), "subtotal").format(seat))]
        else:
            made += [subtotal, *parts]
    return made


def profile(agency: Agency, measure: str, dimensions: tuple[str, ...]) -> list[Line]:
    """Return panels under one another: the members of several dimensions, each of which makes up the total."""
    total = Line(agency.style.total_name(agency.year, measure, dimensions[0]), EVERYONE, "total")
    made = [total] if agency.style.total_at == "top" else []
    for dimension in dimensions:
        head = agency.style.word(wording()["dimensions"][dimension]["stub"], dimension)
        made.append(Line(head, kind="heading"))
        made += [
            Line(label, only(dimension, name), indent=1) for name, label in agency.labels(dimension).items()
        ]
        if agency.style.total_at == "end":
            made.append(total)
    return made


def statistics() -> list[Line]:
    """Return the mean, the median, the least and the greatest value."""
    named = {"mean": "Durée moyenne", "median": "Durée médiane", "least": "Minimum", "greatest": "Maximum"}
    return [Line(label, only("statistic", name)) for name, label in named.items()]


def months(agency: Agency, measure: str) -> list[Line]:
    """Return the months of a year, and the total."""
    made = [Line(label, only("mois", name)) for name, label in agency.labels("mois").items()]
    if agency.style.total_at == "none":
        return made
    return [*made, Line(agency.style.total_name(agency.year, measure, "mois"), EVERYONE, "total")]
