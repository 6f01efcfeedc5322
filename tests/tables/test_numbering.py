"""Lines that numbers put under one another, and what the same list in other tables says."""

from __future__ import annotations

import itertools

from mlcheck.layout.recover import laid_out
from mlcheck.model.table import Table
from mlcheck.tables.walk import walk
from tests.rules.loading import checked, document_of

NUMBERED = """
Poste                | 2023
1 Personnel          | 5310
1.1 Salaires         | 4020
1.2 Cotisations      | 1290
2 Fonctionnement     | 1873
2.1 Loyers           | 940
2.2 Énergie          | 512
2.3 Fournitures      | 421
3 Impôts             | 88
"""
ACCOUNTS = """
Compte                 | 2022 | 2023
60 Achats              | 815  | 872
601 Matières           | 310  | 342
607 Marchandises       | 505  | 530
61 Services extérieurs | 220  | 264
613 Locations          | 120  | 144
616 Assurances         | 100  | 120
"""


def tables(*sheets: str) -> list[Table]:
    return walk(laid_out(document_of(sheets)), itertools.count()).tables


def sums(table: Table) -> list[tuple[int, list[int], tuple[str, ...]]]:
    return [
        (r.target, [s for s, _ in r.sources], r.evidence.layout)
        for r in sorted(table.relations, key=lambda r: r.target)
        if r.kind == "sum" and r.axis == "row"
    ]


def accused(*sheets: str) -> list[tuple[str | None, str]]:
    findings = checked(document_of(sheets)).report.findings
    return [(f.location.cell, f.rule) for f in findings if f.severity != "info"]


def test_lines_numbered_under_another_make_it():
    (table,) = tables(NUMBERED)
    assert sums(table) == [
        (0, [1, 2], ("lines numbered under it",)),
        (3, [4, 5, 6], ("lines numbered under it",)),
    ]
    assert accused(NUMBERED) == []


def test_a_wrong_line_under_a_number_is_told():
    assert accused(NUMBERED.replace("512", "152")) == [("B5", "TOT101")]


def test_the_digits_of_an_account_put_it_under_another():
    (table,) = tables(ACCOUNTS)
    assert sums(table) == [
        (0, [1, 2], ("lines numbered under it",)),
        (3, [4, 5], ("lines numbered under it",)),
    ]


def test_numbers_that_order_lines_and_make_none_say_nothing():
    text = """
Question          | Oui | Non
1 Accueil         | 310 | 44
1.1 Horaires      | 285 | 61
1.2 Délais        | 190 | 150
2 Locaux          | 240 | 90
2.1 Propreté      | 301 | 32
2.2 Accessibilité | 205 | 119
"""
    assert [one for table in tables(text) for one in sums(table)] == []


def _wide(*digits: int) -> list[str]:
    """Return tables of one list of classes and their sum, over three columns that bear it out."""
    found = []
    for n in digits:
        rows = [(int(f"{n}11"), int(f"{n}07"), int(f"5{n}3")), (int(f"2{n}4"), int(f"3{n}9"), int(f"{n}81"))]
        rows.append((int(f"{n}02"), int(f"4{n}0"), int(f"9{n}")))
        rows.append(tuple(map(sum, zip(*rows, strict=True))))  # type: ignore[arg-type]
        names = ("Sixième", "Cinquième", "Quatrième", "Niveaux")
        lines = [" | ".join(map(str, (name, *row))) for name, row in zip(names, rows, strict=True)]
        found.append("\n".join(["Classe | A | B | C", *lines]))
    return found


def test_the_same_list_in_other_tables_says_what_a_line_is_the_sum_of():
    wide = _wide(3, 6, 8)
    assert [sums(t) for t in tables(*wide)] == [[(3, [0, 1, 2], ("the same lines of another table",))]] * 3
    short = "Classe | A\nSixième | 4110\nCinquième | 2380\nQuatrième | 1920\nNiveaux | 8140\n"
    found = tables(*wide, short)
    assert sums(found[3]) == [(3, [0, 1, 2], ("the same lines of another table",))]
    assert [cell for cell, _ in accused(*wide, short)] == ["B5"]


def test_one_other_table_says_nothing():
    short = "Classe | A\nSixième | 4110\nCinquième | 2380\nQuatrième | 1920\nNiveaux | 8140\n"
    assert sums(tables(*_wide(3), short)[1]) == []
