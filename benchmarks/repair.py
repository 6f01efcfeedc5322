"""How many of 50 tables with several typing errors are repaired exactly, and in what time.

    python benchmarks/repair.py [TRIALS]

Each table has 95 rows and 20 columns of counts below 1000, with both margins. Two, three or four of its
figures, margins included, get one slip each: two neighbouring digits swapped, one changed, dropped or
doubled, or off by one. A repair is exact where the one told first gives back every figure; "told as
tied" are those where it is another, as small, and the solution says that it is not the only one.
"""

from __future__ import annotations

import random
import sys
from itertools import chain
from time import perf_counter

import polars as pl

from mlcheck.model.frames import CONSTRAINTS, SIDES, TERMS, frame
from mlcheck.solving.solve import Solution, solve

ROWS, COLUMNS, TRIALS = 95, 20, 50


def table(chance: random.Random) -> list[list[int]]:
    """Return a cross table with its margins, the grand total in the corner."""
    rows = [[chance.randrange(1000) for _ in range(COLUMNS)] for _ in range(ROWS)]
    rows = [[*row, sum(row)] for row in rows]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def frames(rows: list[list[int]]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return figures, constraints, sides and terms of a cross table."""
    width = len(rows[0])
    figures = pl.DataFrame(
        [(at, 0, value, 0, 0, "number") for at, value in enumerate(chain.from_iterable(rows))],
        schema={"figure": pl.UInt32, "report": pl.UInt32, "mantissa": pl.Int64, "half": pl.Int64, "scale": pl.Int8, "state": pl.String},
        orient="row",
    )  # fmt: skip
    sums = [[row * width + column for column in range(width)] for row in range(len(rows))]
    sums += [[row * width + column for row in range(len(rows))] for column in range(width)]
    constraints, sides, terms = [], [], []
    for at, own in enumerate(sums):
        constraints.append((at, 0, "TOT101", "sum", own[-1], None, "error", True, "table"))
        sides.append((at, 0, 0, 0, 0, None))
        terms += [(at, 0, figure, 1, 0) for figure in own[:-1]] + [(at, 0, own[-1], -1, 0)]
    return figures, frame(constraints, CONSTRAINTS), frame(sides, SIDES), frame(terms, TERMS)


def mistype(number: int, chance: random.Random) -> int:
    """Return a number with one slip of the keyboard, never the same one."""
    while True:
        digits, at = list(str(number)), chance.randrange(len(str(number)))
        kind = chance.choice(("swap", "change", "drop", "double", "one"))
        if kind == "swap" and at + 1 < len(digits):
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
        elif kind == "change":
            digits[at] = chance.choice("0123456789")
        elif kind == "drop" and len(digits) > 1:
            del digits[at]
        elif kind == "double":
            digits.insert(at, digits[at])
        typed = number + chance.choice((-1, 1)) if kind == "one" else int("".join(digits))
        if typed not in (number, -1):
            return typed


def trial(errors: int, chance: random.Random) -> tuple[str, float]:
    """Return what became of a table with so many errors, and the seconds that the solution took."""
    rows = table(chance)
    width = COLUMNS + 1
    wrong = {at: rows[at // width][at % width] for at in chance.sample(range((ROWS + 1) * width), errors)}
    for at, number in wrong.items():
        rows[at // width][at % width] = mistype(number, chance)
    start = perf_counter()
    solution = solve(*frames(rows))
    return outcome(solution, wrong), perf_counter() - start


def outcome(solution: Solution, wrong: dict[int, int]) -> str:
    """Say whether the corrections of all groups together give back the figures that were altered."""
    if solution.suspects is None or solution.groups is None:
        return "unnoticed"
    columns = ["group", "figure", "suggested"]
    told = solution.suspects.filter(pl.col("complete") & (pl.col("place") == 1)).select(columns)
    if solution.repairs is not None:
        told = pl.concat([told, solution.repairs.filter(pl.col("repair") == 0).select(columns)])
    if told["group"].n_unique() < solution.groups["group"].n_unique():
        return "not found"
    if dict(told.select("figure", "suggested").iter_rows()) == wrong:
        return "exact"
    tied = solution.repairs is not None and solution.repairs["tied"].any()
    return "told as tied" if tied else "another repair"


def main() -> None:
    """Print one line a number of errors."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    for errors in (1, 2, 3, 4):
        chance = random.Random(errors)
        results = [trial(errors, chance) for _ in range(trials)]
        exact = sum(word == "exact" for word, _ in results)
        seconds = sorted(time for _, time in results)
        others = {word: sum(w == word for w, _ in results) for word, _ in results if word != "exact"}
        print(
            f"{errors} errors: {exact} of {trials} repaired exactly; "
            f"{seconds[len(seconds) // 2]:.2f} s in the median, {seconds[-1]:.2f} s at worst; others: {others or 'none'}"
        )


if __name__ == "__main__":
    main()
