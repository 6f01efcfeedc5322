"""A line that is a quotient, a growth or a mean of others near by, where no word says of which."""

from __future__ import annotations

import itertools
import random

import pytest

from mlcheck.layout.recover import laid_out
from mlcheck.model.table import Relation
from mlcheck.tables.walk import walk
from tests.rules.loading import checked, document_of

TOWNS = ("Bondues", "Comines", "Halluin", "Roncq", "Linselles", "Wervicq", "Mouvaux", "Croix", "Wasquehal")
COSTS = (4180, 9377, 12_911, 7624, 5093, 3388, 6470, 8815, 11_206)
STAYS = (61, 118, 203, 97, 84, 59, 72, 133, 149)


def table(heads: str, *columns: tuple[object, ...]) -> str:
    rows = [" | ".join((town, *map(str, own))) for town, *own in zip(TOWNS, *columns, strict=True)]
    return "\n".join((f"Lieu | {heads}", *rows))


def quotients(text: str) -> list[tuple[str, int, tuple[int, ...]]]:
    found: list[Relation] = []
    for one in walk(laid_out(document_of((text,))), itertools.count()).tables:
        found += (r for r in one.relations if "a quotient that numbers show" in r.evidence.layout)
    return [(r.kind, r.target, tuple(s for s, _ in r.sources)) for r in found]


def told(text: str) -> list[tuple[str, str | None]]:
    findings = checked(document_of((text,))).report.findings
    return [(f.rule, f.location.cell) for f in findings if f.severity != "info"]


def decimals(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")


RATIOS = tuple(decimals(a / b) for a, b in zip(COSTS, STAYS, strict=True))
PER_CENT = tuple(decimals(100 * b / a, 3) for a, b in zip(COSTS, STAYS, strict=True))
OTHERS = (17, 4, 11, 8, 23, 15, 9, 6, 12)


def test_a_ratio_apart_from_what_it_is_taken_of():
    text = table("Engagé | Séjours | Lits | Indicateur", COSTS, STAYS, OTHERS, RATIOS)
    assert quotients(text) == [("mean", 3, (0, 1))]
    assert told(text) == []


def test_a_wrong_ratio_is_told_at_its_cell():
    wrong = (*RATIOS[:4], RATIOS[4][::-1], *RATIOS[5:])
    assert RATIOS[4] == "60,63" and wrong[4] == "36,06"
    assert told(table("Engagé | Séjours | Lits | Indicateur", COSTS, STAYS, OTHERS, wrong)) == [
        ("MEA102", "E6")
    ]


def test_a_ratio_times_a_hundred_is_a_share():
    text = table("Engagé | Séjours | Lits | Indicateur", COSTS, STAYS, OTHERS, PER_CENT)
    assert quotients(text) == [("share", 3, (1, 0))]
    assert told(text.replace(PER_CENT[2], decimals(2.572, 3))) == [("SHR101", "E4")]


def test_the_mean_of_a_run():
    means = tuple(decimals((a + b + c) / 3) for a, b, c in zip(STAYS, OTHERS, OTHERS[::-1], strict=True))
    text = table("Lot A | Lot B | Lot C | Repère", STAYS, OTHERS, OTHERS[::-1], means)
    assert quotients(text) == [("average", 3, (0, 1, 2))]
    assert told(text.replace(means[3], decimals(73.33))) == [("MEA105", "E5")]


def test_an_operand_that_is_not_known_leaves_nothing_to_compare():
    text = table("Engagé | Séjours | Indicateur", COSTS, ("nd", *STAYS[1:]), RATIOS)
    assert quotients(text) == [("mean", 2, (0, 1))]
    assert told(text) == []


def test_two_lines_prove_no_quotient():
    text = "\n".join(table("Engagé | Séjours | Indicateur", COSTS, STAYS, RATIOS).splitlines()[:3])
    assert quotients(text) == []


def test_one_ratio_all_the_way_down_is_one_agreement():
    """Everything at 12,50 € an hour: nine lines, and one quotient."""
    hours = (12, 30, 44, 8, 26, 19, 51, 37, 22)
    amounts = tuple(decimals(12.5 * h) for h in hours)
    assert quotients(table("Montant | Heures | Barème", amounts, hours, ("12,50",) * 9)) == []


@pytest.mark.parametrize("seed", range(12))
def test_noise_has_no_quotients(seed: int):
    chance = random.Random(seed)
    columns = [
        tuple(decimals(chance.uniform(1, 90), places) if places else chance.randint(1, 900) for _ in TOWNS)
        for places in chance.choices((0, 0, 1, 2), k=8)
    ]
    assert quotients(table(" | ".join("ABCDEFGH"), *columns)) == []
