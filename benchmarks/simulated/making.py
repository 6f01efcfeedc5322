"""The files of an agency: its report, last year's, copies with one slip each, and what is known of them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulated import slips
from simulated.figures import Figure, in_place
from simulated.formulas import formulas
from simulated.population import simulate
from simulated.relations import Relation, relations
from simulated.report import Report, written
from simulated.style import FORMATS, HERE, draw
from simulated.tables import Agency
from simulated.writing import write

SLIPS = 3
FIRST_OF_LAST_YEAR = 10_000  # blocks of last year's report are numbered from here


def agency(number: int, seed: int, formats: Sequence[str] = FORMATS) -> Agency:
    """Return an agency by its number: its territory, its population, its style."""
    chance = random.Random(f"{seed}/{number}")
    territory = chance.choice(tomllib.loads((HERE / "places.toml").read_text("utf-8"))["territory"])
    antennas = tuple(tuple(names) for names in territory["antennas"])
    style = draw(chance, tuple(formats))
    year = chance.choice((2022, 2023, 2024))
    communes = [name for antenna in antennas for name in antenna]
    population = simulate(chance, communes, range(year - 3, year + 1), cents=style.cents)
    return Agency(territory["name"], territory["departement"], antennas, population, style, year)


def both_years(made: Agency) -> tuple[Report, Report]:
    """Return the report of an agency and that of the year before."""
    return written(made), written(replace(made, year=made.year - 1), FIRST_OF_LAST_YEAR)


def stated(report: Report, former: Report) -> list[Relation]:
    """Return all relations of a report, alone and with last year's; each of them holds."""
    held = relations([*report.figures(), *former.figures()], report.agency.population.universe)
    for relation in held:
        if not relation.holds():
            shown = [(figure.row, figure.column, figure.printed) for figure in relation.figures]
            raise AssertionError(f"{report.title}: {relation.kind} of {shown}")
    return held


def make(folder: Path, number: int, seed: int, formats: Sequence[str] = FORMATS) -> dict[str, Any]:
    """Write the files of an agency, and return what is known of them."""
    made = agency(number, seed, formats)
    report, former = both_years(made)
    held = stated(report, former)
    suffix, place = made.style.format, folder / f"agency-{number:02}"
    place.mkdir(parents=True, exist_ok=True)
    files = {"clean": f"report-{made.year}.{suffix}", "prior": f"report-{made.year - 1}.{suffix}"}
    write(report, place / files["clean"])
    write(former, place / files["prior"])
    chance = random.Random(f"{seed}/{number}/slips")
    known: dict[str, Any] = {
        "agency": place.name,
        "name": made.name,
        "format": suffix,
        "year": made.year,
    } | files
    known["slips"] = [
        _with_slip(report, held, chance, place, f"report-{made.year}-slip-{at}.{suffix}")
        for at in range(1, SLIPS + 1)
    ]
    return known


def _typed(report: Report) -> list[Figure]:
    """Return the figures that a person types: no operand of a formula, since its result would follow."""
    style = report.agency.style
    figures = [figure for figure in report.figures() if not figure.nil]
    if style.format != "xlsx" or not style.formulas or style.stored == "text":
        return figures
    computed = formulas(report).values()
    operands = {figure for one in computed for side in one.relation.operands for figure in side}
    return [figure for figure in figures if figure not in operands]


def _with_slip(
    report: Report, held: Sequence[Relation], chance: random.Random, place: Path, name: str
) -> dict[str, Any]:
    """Write a copy with a slip, and return what it is."""
    slip = slips.drawn(chance, report.figures(), _typed(report), held, report.agency.population)
    figure, before = slip.figure, slip.figure.printed
    with in_place(figure, slip.value) as after:
        write(report, place / name)
    return {
        "file": name,
        "kind": slip.kind,
        "figure": type(figure.meaning).__name__.lower(),
        "unit": figure.form.unit,
        "where": "table" if figure.column else "prose",
        "place": figure.place,
        "row": figure.row,
        "column": figure.column,
        "old": before,
        "new": after,
        "contradicted": bool(slip.breaks),
        "breaks": list(slip.breaks),
    }
