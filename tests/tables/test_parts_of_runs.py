"""A rate of one line in several beside it, and lists of percentages that make 100, where no word and no total says so."""

from __future__ import annotations

import itertools

from mlcheck.layout.recover import laid_out
from mlcheck.model.table import Relation
from mlcheck.tables.walk import walk
from tests.rules.loading import checked, document_of

TOWNS = ("Bondues", "Comines", "Halluin", "Roncq", "Linselles", "Wervicq", "Mouvaux", "Croix")
WOMEN = (412, 937, 1291, 762, 509, 338, 647, 881)
MEN = (388, 1204, 977, 815, 431, 402, 590, 1016)
OTHERS = (17, 4, 11, 8, 23, 15, 9, 6)


def table(heads: str, *columns: tuple[object, ...]) -> str:
    rows = [" | ".join((town, *map(str, own))) for town, *own in zip(TOWNS, *columns, strict=True)]
    return "\n".join((f"Lieu | {heads}", *rows))


def relations(text: str) -> list[Relation]:
    tables = walk(laid_out(document_of((text,))), itertools.count()).tables
    return [one for own in tables for one in own.relations]


def of_several(text: str) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(r.kind, r.target, tuple(s for s, _ in r.sources)) for r in relations(text) if len(r.sources) > 2]


def told(text: str) -> list[tuple[str, str | None]]:
    findings = checked(document_of((text,))).report.findings
    return [(f.rule, f.location.cell) for f in findings if f.severity != "info"]


def rates(per: int, places: int, sign: str = "") -> tuple[str, ...]:
    return tuple(
        f"{per * w / (w + m):.{places}f}{sign}".replace(".", ",") for w, m in zip(WOMEN, MEN, strict=True)
    )


def test_a_fraction_of_two_lines_without_a_total():
    text = table("Femmes | Hommes | Taux de féminité", WOMEN, MEN, rates(1, 4))
    assert of_several(text) == [("mean", 2, (0, 0, 1))]
    assert told(text) == []


def test_a_percentage_of_two_lines_without_a_total():
    text = table("Femmes | Hommes | Part", WOMEN, MEN, rates(100, 1, " %"))
    assert of_several(text) == [("share", 2, (0, 0, 1))]
    assert told(text) == []


def test_a_wrong_rate_is_told_at_its_cell():
    own = rates(100, 1, " %")
    assert own[3] == "48,3 %"
    wrong = (*own[:3], "84,3 %", *own[4:])
    assert told(table("Femmes | Hommes | Part", WOMEN, MEN, wrong)) == [("SHR101", "D5")]


def test_a_rate_of_nothing_beside_it_binds_nothing():
    text = table(
        "Femmes | Hommes | Taux", WOMEN, MEN, ("12,4", "38,1", "9,7", "44,2", "27,5", "61,3", "18,8", "33,9")
    )
    assert of_several(text) == []


LISTS = (
    ("12,5", "31,4", "56,1"),
    ("40,2", "25,3", "34,5"),
    ("7,7", "61,2", "31,1"),
    ("18,6", "44,4", "37,0"),
)


def answers(*rows: tuple[str, ...]) -> str:
    lines = [
        " | ".join((town, *(f"{x} %" for x in own)))
        for town, *own in zip(TOWNS, *zip(*rows, strict=True), strict=False)
    ]
    return "\n".join(("Lieu | Souvent | Parfois | Jamais", *lines))


def hundreds(text: str) -> list[int]:
    return [len(r.crossings) for r in relations(text) if r.kind == "distribution"]


def test_lists_that_all_make_a_hundred():
    assert hundreds(answers(*LISTS)) == [4]
    assert told(answers(*LISTS)) == []


def test_lists_that_make_anything_are_none():
    assert hundreds(answers(("12,5", "31,4", "66,1"), ("50,2", "25,3", "34,5"), *LISTS[2:])) == []


def test_percentages_of_one_list_say_nothing():
    assert hundreds(answers(LISTS[0])) == []
