"""What is said of a report depends on no other report of its batch."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.solving.solve import Solution, solve
from tests.solving.cases import cross_table

Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]
IDS = ("figure", "stated", "positive")
Rows = dict[str, list[tuple[object, ...]]]


def report(seed: int) -> Frames:
    """Return a cross table with some slips; every third is rounded, every fifth is noise that nothing mends."""
    chance = random.Random(seed)
    height, width = chance.randrange(3, 8), chance.randrange(3, 6)
    rows = [[chance.randrange(1000) for _ in range(width)] for _ in range(height)]
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    if seed % 3 == 0:
        rows = [[round(value / 10) for value in row] for row in rows]
    slips = height * width if seed % 5 == 0 else chance.randrange(5)
    for _ in range(slips):
        row, column = chance.randrange(height + 1), chance.randrange(width + 1)
        rows[row][column] += chance.choice((-90, -9, 1, 10, 27, 300))
    return cross_table(rows)[0].frames()


def together(reports: list[Frames]) -> tuple[Frames, list[tuple[int, int]]]:
    """Lay reports into one batch; return the first figure and the first constraint of each."""
    laid: list[list[pl.DataFrame]] = [[], [], [], []]
    starts, figure, constraint = [], 0, 0
    for number, frames in enumerate(reports):
        starts.append((figure, constraint))
        moves = dict.fromkeys(IDS, figure) | {"constraint": constraint, "report": number}
        for one, own in zip(laid, frames, strict=True):
            shifted = [
                (pl.col(name) + moves[name]).cast(own.schema[name]) for name in own.columns if name in moves
            ]
            one.append(own.with_columns(shifted))
        figure, constraint = figure + frames[0].height, constraint + frames[1].height
    figures, constraints, sides, terms = map(pl.concat, laid)
    return (figures, constraints, sides, terms), starts


def said(solution: Solution, figure: int, constraint: int, frames: Frames) -> Rows:
    """Return what a solution says of one report, in the ids and the groups of the report."""
    figures, constraints = frames[0].height, frames[1].height
    own = pl.col("constraint").is_between(constraint, constraint + constraints - 1)
    known = pl.col("figure").is_between(figure, figure + figures - 1)
    verdicts = solution.verdicts.filter(own).with_columns(pl.col("constraint") - constraint)
    covered = solution.coverage.filter(known).with_columns(pl.col("figure") - figure)
    found = {"verdicts": verdicts.rows(), "coverage": covered.rows()}
    for name in ("suspects", "repairs"):
        frame = getattr(solution, name)
        if frame is not None and not (mine := frame.filter(known)).is_empty():
            first = solution.groups.filter(own)["group"].min() if solution.groups is not None else 0
            shown = mine.with_columns(
                pl.col("figure") - figure,
                pl.col("group") - first,
                also=pl.col("also").list.eval(pl.element() - figure),
            )
            found[name] = shown.rows()
    return found


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_a_report_is_solved_the_same_alone_and_in_company(seeds: list[int], chance: random.Random) -> None:
    reports = [report(seed) for seed in seeds]
    alone = [said(solve(*own), 0, 0, own) for own in reports]
    order = chance.sample(range(len(reports)), len(reports))
    batch, starts = together([reports[at] for at in order])
    solution = solve(*batch)
    for at, (figure, constraint) in zip(order, starts, strict=True):
        assert said(solution, figure, constraint, reports[at]) == alone[at]


def test_an_exhausted_search_takes_nothing_from_the_next_report() -> None:
    noise, sound = report(5), report(1)
    hard, starts = together([noise] * 3 + [sound])
    figure, constraint = starts[-1]
    assert said(solve(*hard), figure, constraint, sound) == said(solve(*sound), 0, 0, sound)
