"""The two promises: an accusation is earned, and a proof can fail."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcheck.checking.check import check
from mlcheck.model.finding import Finding, Report

NAMES = (
    "Marquette", "Lambersart", "Lompret", "Wambrechies", "Quesnoy", "Verlinghem", "Pérenchies", "Deûlémont", "Frelinghien",
    "Houplines", "Capinghem", "Prémesques",
)  # fmt: skip
NOISE = 200
SLIPS = 4  # tried on each table


def written(folder: Path, name: str, rows: list[list[str]], title: str = "Tableau") -> Path:
    path = folder / f"{name}.csv"
    path.write_text("\n".join([title, *(";".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def told(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity != "info"]


def noise(kind: int, chance: random.Random) -> list[list[str]]:
    """Return a table of numbers that nothing ties: whole numbers, one decimal, percentages, money."""

    def figure() -> str:
        if kind == 0:
            return str(chance.randint(0, 999))
        if kind == 1:
            return f"{chance.uniform(0, 100):.1f}".replace(".", ",")
        if kind == 2:
            return f"{chance.randint(0, 100)} %"
        return f"{chance.randint(0, 99_999)},{chance.randint(0, 99):02d} €"

    columns = chance.randint(1, 8)
    head = ["Commune", *(f"Mesure {chr(65 + c)}" for c in range(columns))]
    body = [[NAMES[r], *(figure() for _ in range(columns))] for r in range(chance.randint(3, len(NAMES)))]
    return [head, *body]


def test_noise_proves_nothing_and_is_not_accused(tmp_path: Path) -> None:
    chance = random.Random(5)
    files = [written(tmp_path, f"noise-{n}", noise(n % 4, chance)) for n in range(NOISE)]
    proven, accused = 0, []
    for report in check(files):
        proven += int((report.figures["coverage"] == "proven").sum())
        accused += [(report.source, finding.rule) for finding in told(report)]
    assert proven == 0
    assert accused == []


def totals(chance: random.Random) -> list[list[str]]:
    """Return a table whose last row, and with several columns also its last column, are totals."""
    rows, columns = chance.randint(3, 9), chance.randint(1, 5)
    values = [[chance.randint(20, 4_000) for _ in range(columns)] for _ in range(rows)]
    if columns > 1:
        values = [[*row, sum(row)] for row in values]
    values.append([sum(column) for column in zip(*values, strict=True)])
    labels = [
        *NAMES[:rows],
        chance.choice(["Total", "TOTAL", "Ensemble", "Total général", "Ensemble des communes"]),
    ]
    heads = ["CDI", "CDD", "Intérim", "Alternance", "Stages"][:columns] + ["Total"] * (columns > 1)
    return [
        ["Commune", *heads],
        *([label, *map(str, row)] for label, row in zip(labels, values, strict=True)),
    ]


def mistyped(printed: str, chance: random.Random) -> str:
    """Return a number with one digit changed."""
    at = chance.randrange(len(printed))
    others = [d for d in "123456789" if d != printed[at]]
    return printed[:at] + chance.choice(others) + printed[at + 1 :]


def slips(
    tables: list[list[list[str]]], proven: list[set[str]], chance: random.Random
) -> Iterator[tuple[int, str, list[list[str]]]]:
    """Yield a table, the cell of a proven figure of it, and the table with that figure mistyped."""
    for number, rows in enumerate(tables):
        for cell in chance.sample(sorted(proven[number]), min(SLIPS, len(proven[number]))):
            row, column = int(cell[1:]) - 2, ord(cell[0]) - 65
            altered = [list(line) for line in rows]
            altered[row][column] = mistyped(altered[row][column], chance)
            yield number, cell, altered


def test_a_proven_figure_that_is_mistyped_is_told(tmp_path: Path) -> None:
    chance = random.Random(11)
    tables = [totals(chance) for _ in range(60)]
    files = [written(tmp_path, f"sound-{n}", rows, "Contrats par commune") for n, rows in enumerate(tables)]
    sound = list(check(files))
    assert [told(report) for report in sound] == [[] for _ in tables]
    proven = [set(r.figures.filter(r.figures["coverage"] == "proven")["cell"]) for r in sound]
    assert sum(map(len, proven)) > 500
    cases = list(slips(tables, proven, chance))
    altered = [
        written(tmp_path, f"slip-{n}", rows, "Contrats par commune") for n, (_, _, rows) in enumerate(cases)
    ]
    missed = [
        (files[number].name, cell)
        for (number, cell, _), report in zip(cases, check(altered), strict=True)
        if not any(cell in cells_of(finding) for finding in told(report))
    ]
    assert len(missed) * 100 <= len(cases), missed


def cells_of(finding: Finding) -> set[str | None]:
    """Return the cells that a finding names."""
    named = (
        finding.location,
        *(s.location for s in finding.suspects),
        *(r.location for r in finding.related),
    )
    return {locator.cell for locator in named}


SENTENCES = """# Contrats

| Contrat | Jeunes |
|---|---|
| CDI | 120 |
| CDD | 280 |
| Total | 400 |

{sentence}
"""


@pytest.mark.parametrize("number", [29, 31, 13, 60, 90])
def test_a_verified_sentence_with_another_number_is_inconsistent(number: int, tmp_path: Path) -> None:
    reports = []
    for printed in (30, number):
        path = tmp_path / f"report-{printed}.md"
        path.write_text(
            SENTENCES.format(sentence=f"{printed} % des 400 jeunes, soit 120, ont signé un CDI."),
            encoding="utf-8",
        )
        reports += list(check([path]))
    verdicts = [{c.claim.quantity.printed: c.verdict for c in report.claims} for report in reports]
    assert verdicts[0]["30 %"] == "consistent"
    assert verdicts[1][f"{number} %"] == "inconsistent"
