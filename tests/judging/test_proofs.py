"""What is proven is what a slip would have been told of: by arithmetic, and by the judge."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.proofs import ROUNDING, tally_of
from mlcheck.checking.coverage import Solved, solved
from mlcheck.judging.gap import LINEAR, Slip, Terms
from mlcheck.judging.proofs import slips
from mlcheck.model.quantity import Quantity
from tests.layouts.layouts import LAYOUTS

FIXTURES = Path(__file__).parents[2] / "fixtures"
HEADS = ("Ateliers", "Visites", "Entretiens", "Stages", "Forums", "Sorties")
TOWNS = ("Bondues", "Comines", "Halluin", "Linselles", "Mouvaux", "Neuville", "Roncq", "Wervicq")


def report(folder: Path, rows: list[list[str]], name: str = "table") -> Solved:
    path = folder / f"{name}.csv"
    path.write_text("\n".join(["Actions par ville", *(";".join(row) for row in rows)]), encoding="utf-8")
    return solved(path)


def covered(checked: Solved) -> dict[str, str]:
    """Return what is said of each cell."""
    coverage = dict(checked.solution.coverage.select("figure", "coverage").iter_rows())
    return {
        place.locator.cell: coverage[figure]
        for figure, place in checked.job.places.items()
        if place.locator.cell and place.state == "number"
    }


def totalled(
    chance: random.Random, rows: int, columns: int, low: int, high: int, decimals: int
) -> list[list[str]]:
    """Return a table whose last row is the total of the others, and whose last column too if there are several."""
    values = [[chance.randint(low, high) for _ in range(columns)] for _ in range(rows)]
    if columns > 1:
        values = [[*row, sum(row)] for row in values]
    values.append([sum(column) for column in zip(*values, strict=True)])
    heads = [*HEADS[:columns], *(["Total"] if columns > 1 else [])]

    def printed(value: int) -> str:
        return f"{value / 10**decimals:.{decimals}f}".replace(".", ",") if decimals else str(value)

    body = [[label, *map(printed, row)] for label, row in zip((*TOWNS[:rows], "Total"), values, strict=True)]
    return [["Ville", *heads], *body]


SHAPES = [(rows, columns, low, high, decimals) for rows, columns in ((2, 1), (3, 2), (5, 1), (8, 5))
          for low, high, decimals in ((0, 12, 0), (20, 400, 0), (900, 90_000, 0), (10, 900, 1))]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_slip_in_the_terms_looks_as_it_does_once_it_is_printed(
    shape: tuple[int, int, int, int, int], tmp_path: Path
) -> None:
    checked = report(tmp_path, totalled(random.Random(3), *shape))
    places, tried = checked.job.places, 0
    for one in checked.job.constraints:
        if one.kind not in LINEAR:
            continue
        terms = Terms(one, places)
        for figure in terms.values:
            quantity = places[figure].quantity
            assert quantity is not None
            for value in slips(quantity, spared=figure != one.stated):
                made = None if value is None else replace(quantity, mantissa=int(value * 10**quantity.scale))
                state = "blank" if made is None else "number"
                there = {**places, figure: replace(places[figure], quantity=made, state=state)}
                assert terms.features(Slip(figure, value)) == Terms(one, there).features(), (figure, value)
                tried += 1
    assert tried


def test_an_ordinary_slip_of_each_size_is_tried() -> None:
    tried = list(slips(Quantity("1 200", 1200, 0, 0), spared=True))
    assert {1201, 1199, 1210, 1190, 1300, 1100, 2100, 120, 200, 12000, None} <= set(tried)
    assert len(tried) == len(set(tried))
    assert list(slips(Quantity("0", 0, 0, 0), spared=True)) == [1, 10]


@pytest.mark.parametrize(
    ("shares", "verdict"), [((41, 36, 23), "proven"), ((27, 19, 9, 23, 11, 11), "bounded")]
)
def test_rounding_may_hide_one_step_of_a_proven_number_and_no_more(
    shares: tuple[int, ...], verdict: str, tmp_path: Path
) -> None:
    towns = ("Bondues", "Comines", "Halluin", "Roncq", "Linselles", "Wervicq")
    rows = [["Ville", "Part"], *([town, f"{share} %"] for town, share in zip(towns, shares, strict=False))]
    found = covered(report(tmp_path, [*rows, ["Total", "100 %"]]))
    assert {found[f"B{n + 3}"] for n in range(len(shares))} == {verdict}


@pytest.mark.parametrize("total", ["Total", "Toutes les villes", "Ensemble des visites", "Visites recensées"])
def test_one_more_in_a_lone_sum_of_large_numbers_is_told_where_it_is_proven(
    total: str, tmp_path: Path
) -> None:
    rows = [
        ["Ville", "Visites"],
        ["Bondues", "48213"],
        ["Comines", "7391"],
        ["Halluin", "15042"],
        [total, "70646"],
    ]
    found = covered(report(tmp_path, rows))
    wrong = covered(report(tmp_path, [*rows[:-1], [total, "70647"]], "wrong"))
    assert len({*found.values()}) == 1
    assert (found["B6"] == "proven") == (wrong["B6"] == "contradicted")


def test_other_sums_that_hold_to_the_unit_say_that_nothing_is_rounded(tmp_path: Path) -> None:
    found = Counter(covered(report(tmp_path, totalled(random.Random(4), 8, 6, 900, 90_000, 0))).values())
    assert set(found) == {"proven"}


def test_numbers_alone_prove_nothing_that_a_wrong_one_would_unbind(tmp_path: Path) -> None:
    rows = [
        ["Ville", "Visites", "Stages"],
        ["Bondues", "482", "617"], ["Comines", "739", "288"], ["Nord", "1221", "905"], ["Halluin", "150", "333"],
    ]  # fmt: skip
    assert "proven" not in covered(report(tmp_path, rows)).values()


def told(path: Path, number: int) -> Counter[str]:
    tally = tally_of(path, number, 1, None)
    made, missed = (
        Counter({kind: n for kind, n in counts.items() if not kind.endswith(ROUNDING)})
        for counts in (tally.made, tally.missed)
    )
    return Counter(made=made.total(), missed=missed.total())


def test_proofs_of_any_layout_can_fail(tmp_path: Path) -> None:
    found: Counter[str] = Counter()
    for layout in LAYOUTS:
        path = tmp_path / f"{layout.__name__}.xlsx"
        layout(False).save(path)
        found += told(path, 10)
    assert found["made"] == 10 * len(LAYOUTS)
    assert found["missed"] * 100 <= found["made"]


def test_proofs_of_tables_of_any_shape_can_fail(tmp_path: Path) -> None:
    found: Counter[str] = Counter()
    for number, shape in enumerate(SHAPES):
        path = tmp_path / f"shape-{number}.csv"
        rows = totalled(random.Random(number), *shape)
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        found += told(path, 20)
    assert found["made"] > 180
    assert found["missed"] * 100 <= found["made"]


@pytest.mark.parametrize("name", ["report-2023.md", "two-years.xlsx"])
def test_proofs_of_the_fixtures_can_fail(name: str) -> None:
    found = told(FIXTURES / name, 30)
    assert found["made"] == 30
    assert found["missed"] <= 1


def test_of_two_runs_that_make_a_line_neither_is_proven_that_the_other_would_replace(tmp_path: Path) -> None:
    chance, rows = random.Random(5), [["Lieu", "Marche", "Vélo", "Bus", "Trajets", "Matin", "Soir"]]
    for town in ("Bondues", "Comines", "Halluin", "Roncq", "Linselles", "Wervicq", "Mouvaux", "Croix"):
        ways = [chance.randint(40, 400) for _ in range(3)]
        morning = chance.randint(20, sum(ways) - 20)
        rows.append([town, *map(str, (*ways, sum(ways), morning, sum(ways) - morning))])
    path = tmp_path / "runs.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    assert told(path, 50)["missed"] == 0
