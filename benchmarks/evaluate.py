"""What solving costs: one report in a fresh process, and two thousand at once.

    python benchmarks/evaluate.py

One report has 50 sums of ten parts, 550 figures, as the fixture has; the batch has 2 000 reports of 25 such
sums. CPU is that of all threads; the fresh process has polars and the frames loaded before the clock starts.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter, process_time

import polars as pl

from mlcheck.model.frames import CONSTRAINTS, SIDES, TERMS
from mlcheck.solving.evaluate import evaluate
from mlcheck.solving.solve import coverage, solve

PARTS = 10
FIGURES = {
    "figure": pl.UInt32,
    "report": pl.UInt32,
    "mantissa": pl.Int64,
    "half": pl.Int64,
    "scale": pl.Int8,
    "state": pl.String,
}
Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]


def batch(reports: int, sums: int, errors: float = 0.0) -> Frames:
    """Return the frames of reports of so many sums, a share `errors` of which have one part typed wrong."""
    chance = random.Random(1)
    count, width = reports * sums, PARTS + 1
    report = [at // sums for at in range(count)]
    mantissas: list[int] = []
    for _ in range(count):
        parts = [chance.randrange(10_000) for _ in range(PARTS)]
        total = sum(parts)
        if chance.random() < errors:
            parts[chance.randrange(PARTS)] += 90
        mantissas += [*parts, total]
    figures = pl.DataFrame(
        {
            "figure": range(count * width),
            "report": [number for number in report for _ in range(width)],
            "mantissa": mantissas,
            "half": 0,
            "scale": 0,
            "state": "number",
        },
        schema=FIGURES,
    )
    constraints = pl.DataFrame(
        {
            "constraint": range(count),
            "report": report,
            "rule": "TOT101",
            "kind": "sum",
            "stated": [at * width + PARTS for at in range(count)],
            "claim": None,
            "severity": "error",
            "adaptive": True,
            "group": [f"table {at // 5 % 5}" for at in range(count)],
        },
        schema=CONSTRAINTS,
    )
    sides = pl.DataFrame(
        {"constraint": range(count), "side": 0, "lower": 0, "upper": 0, "bound_scale": 0, "positive": None},
        schema=SIDES,
    )
    terms = pl.DataFrame(
        {
            "constraint": [at // width for at in range(count * width)],
            "side": 0,
            "figure": range(count * width),
            "coefficient": ([1] * PARTS + [-1]) * count,
            "coefficient_scale": 0,
        },
        schema=TERMS,
    )
    return figures, constraints, sides, terms


def measure(name: str, work: Callable[[], object], times: int = 5) -> None:
    """Print the least CPU and wall time of several runs, in milliseconds."""
    spent = []
    for _ in range(times):
        cpu, wall = process_time(), perf_counter()
        work()
        spent.append((process_time() - cpu, perf_counter() - wall))
    least = [1000 * min(own) for own in zip(*spent, strict=True)]
    print(f"{name:<58}{least[0]:8.1f} ms CPU {least[1]:8.1f} ms wall")


def main() -> None:
    """Print one line a measure."""
    if sys.argv[1:] in (["clean"], ["wrong"]):
        frames = batch(1, 50, errors=0.02 if sys.argv[1] == "wrong" else 0)
        measure(f"one report, {sys.argv[1]}, first solution of a process", lambda: solve(*frames), times=1)
        measure(f"one report, {sys.argv[1]}, again", lambda: solve(*frames))
        return
    for kind in ("clean", "wrong"):
        subprocess.run([sys.executable, __file__, kind], check=True)
    frames = batch(2000, 25)
    verdicts = evaluate(*frames)
    measure("50 000 constraints of 2 000 reports, evaluate", lambda: evaluate(*frames))
    measure("50 000 constraints of 2 000 reports, coverage", lambda: coverage(*frames, verdicts))
    measure("50 000 constraints of 2 000 reports, solve", lambda: solve(*frames))
    wrong = batch(2000, 25, errors=0.002)
    measure("the same with about 100 errors, solve", lambda: solve(*wrong))
    many = batch(2000, 25, errors=0.1)
    measure("the same with about 5 000 errors, solve", lambda: solve(*many), times=1)


if __name__ == "__main__":
    main()
