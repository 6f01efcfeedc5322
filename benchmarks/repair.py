"""How many tables with several typing errors are repaired exactly, and at what cost, beside plain HiGHS.

    python benchmarks/repair.py [TRIALS] [--plain-trials N] [--sizes 10x6 95x20] [--slips 2 4 6]

Each table has so many rows and columns of counts below 1000, with both margins. Some of its figures,
margins included, get one slip each: two neighbouring digits swapped, one changed, dropped or doubled, or
off by one. A repair is exact where the one named first gives back every figure; "tied" counts those where
it is another, as small, and the solution says that it is not the only one; "none" those without a repair.
The plain model is the usual program of integers for HiGHS (of the `dev` extra): the cells of the violated
lines, a switch each, and a big M tied to the residuals. It gives one repair and knows of no ties. Times are
CPU, median and worst.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from itertools import chain
from statistics import median
from time import process_time

import highspy
import polars as pl

from mlcheck.model.frames import CONSTRAINTS, SIDES, TERMS, frame
from mlcheck.solving.solve import Solution, solve

SIZES = ("10x6", "30x8", "95x20", "200x40")
SLIPS = (1, 2, 3, 4, 5, 6, 8)
Rows = list[list[int]]
Wrong = dict[int, int]  # the figures that were altered, and what they were


def table(rows: int, columns: int, chance: random.Random) -> Rows:
    """Return a cross table with its margins, the grand total in the corner."""
    body = [[chance.randrange(1000) for _ in range(columns)] for _ in range(rows)]
    body = [[*row, sum(row)] for row in body]
    return [*body, [sum(column) for column in zip(*body, strict=True)]]


def sums(rows: Rows) -> list[list[int]]:
    """Return the figures of each sum of a table, its total last."""
    width, height = len(rows[0]), len(rows)
    across = [[row * width + column for column in range(width)] for row in range(height)]
    return across + [[row * width + column for row in range(height)] for column in range(width)]


def frames(rows: Rows) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return figures, constraints, sides and terms of a cross table."""
    figures = pl.DataFrame(
        [(at, 0, value, 0, 0, "number") for at, value in enumerate(chain.from_iterable(rows))],
        schema={"figure": pl.UInt32, "report": pl.UInt32, "mantissa": pl.Int64, "half": pl.Int64, "scale": pl.Int8, "state": pl.String},
        orient="row",
    )  # fmt: skip
    constraints, sides, terms = [], [], []
    for at, own in enumerate(sums(rows)):
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


def with_slips(rows: Rows, slips: int, chance: random.Random) -> Wrong:
    """Mistype so many figures of a table, and return what they were."""
    width = len(rows[0])
    wrong = {
        at: rows[at // width][at % width] for at in sorted(chance.sample(range(len(rows) * width), slips))
    }
    for at, number in wrong.items():
        rows[at // width][at % width] = mistype(number, chance)
    return wrong


def ours(rows: Rows, wrong: Wrong) -> str:
    """Say what the solution makes of a table."""
    return outcome(solve(*frames(rows)), wrong)


def outcome(solution: Solution, wrong: Wrong) -> str:
    """Say whether the corrections of all groups together give back the figures that were altered."""
    if solution.suspects is None or solution.groups is None:
        return "unnoticed"
    columns = ["group", "figure", "suggested"]
    first = solution.suspects.filter(pl.col("complete") & (pl.col("place") == 1)).select(columns)
    tied = solution.suspects.filter(pl.col("complete") & (pl.col("place") > 1)).height > 0
    if solution.repairs is not None:
        first = pl.concat([first, solution.repairs.filter(pl.col("repair") == 0).select(columns)])
        tied = tied or bool(solution.repairs["tied"].any())
    if first["group"].n_unique() < solution.groups["group"].n_unique():
        return "none"
    if dict(first.select("figure", "suggested").iter_rows()) == wrong:
        return "exact"
    return "tied" if tied else "another"


def plain(rows: Rows, wrong: Wrong) -> str:
    """Say what the plain model makes of a table."""
    flat = list(chain.from_iterable(rows))
    lines = sums(rows)
    gaps = [sum(flat[figure] for figure in own[:-1]) - flat[own[-1]] for own in lines]
    cells = sorted({figure for own, gap in zip(lines, gaps, strict=True) if gap for figure in own})
    if not cells:
        return "unnoticed"
    model, moves, switches = _plain_model(flat, lines, gaps, cells)
    model.minimize(sum(switches.values()))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return "none"
    values = model.getSolution().col_value
    changed = {cell: flat[cell] + round(values[moves[cell].index]) for cell in cells}
    return "exact" if {c: v for c, v in changed.items() if v != flat[c]} == wrong else "another"


def _plain_model(
    flat: list[int], lines: list[list[int]], gaps: list[int], cells: list[int]
) -> tuple[highspy.Highs, dict[int, highspy.highs.highs_var], dict[int, highspy.highs.highs_var]]:
    big = sum(map(abs, gaps))
    model = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        model.setOptionValue(option, value)
    down = {cell: min(big, flat[cell]) for cell in cells}
    moves = {cell: model.addVariable(-down[cell], big, type=highspy.HighsVarType.kInteger) for cell in cells}
    switches = {cell: model.addBinary() for cell in cells}
    for cell in cells:
        model.addConstr(moves[cell] - big * switches[cell] <= 0)
        model.addConstr(moves[cell] + down[cell] * switches[cell] >= 0)
    for own, gap in zip(lines, gaps, strict=True):
        inside = [moves[figure] for figure in own[:-1] if figure in moves]
        inside += [-1 * moves[own[-1]]] if own[-1] in moves else []
        if inside:
            model.addConstr(sum(inside[1:], inside[0]) == -gap)
    return model, moves, switches


def measured(
    repairing: Callable[[Rows, Wrong], str], size: tuple[int, int], slips: int, trials: int
) -> tuple[list[str], list[float]]:
    """Return what became of so many tables, the same for each way of repairing, and the CPU seconds."""
    words, costs = [], []
    for trial in range(trials):
        chance = random.Random(f"{size} {slips} {trial}")
        rows = table(*size, chance)
        wrong = with_slips(rows, slips, chance)
        start = process_time()
        words.append(repairing(rows, wrong))
        costs.append(process_time() - start)
    return words, costs


def shown(words: list[str], costs: list[float]) -> str:
    """Return the cells of one way of repairing."""
    if not words:
        return "–"
    count = {word: words.count(word) for word in ("exact", "tied", "another", "none", "unnoticed")}
    others = ", ".join(f"{number} {word}" for word, number in count.items() if number and word != "exact")
    cost = f"{median(costs):.2f} / {max(costs):.2f} s"
    return f"{count['exact']} of {len(words)} exact{', ' + others if others else ''} | {cost}"


def main() -> None:
    """Print one line a size of table and a number of slips."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("trials", type=int, nargs="?", default=20)
    options.add_argument("--plain-trials", type=int, default=4)
    options.add_argument("--sizes", nargs="+", default=SIZES)
    options.add_argument("--slips", nargs="+", type=int, default=SLIPS)
    asked = options.parse_args()
    print("| table | slips | mlcheck | CPU | plain HiGHS | CPU |\n|---|---|---|---|---|---|")
    for size in asked.sizes:
        rows, columns = map(int, size.split("x"))
        for slips in asked.slips:
            own = shown(*measured(ours, (rows, columns), slips, asked.trials))
            other = shown(*measured(plain, (rows, columns), slips, min(asked.trials, asked.plain_trials)))
            print(f"| {rows} × {columns} | {slips} | {own} | {other} |", flush=True)


if __name__ == "__main__":
    main()
