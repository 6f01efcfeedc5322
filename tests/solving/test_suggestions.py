"""Put in place of what is printed, a suggestion does what was said of it."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.solving.evaluate import evaluate
from mlcheck.solving.solve import solve
from tests.solving.cases import Case

Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]

figure_rows = st.tuples(st.integers(-5, 120), st.sampled_from([0, 0, 0, 5]), st.sampled_from([0, 0, 1]))


@st.composite
def any_report(draw: st.DrawFn) -> Case:
    """Draw figures and sums, bounds and equalities among them, half-units and places that agree included."""
    case = Case()
    for at, (value, half, scale) in enumerate(draw(st.lists(figure_rows, min_size=2, max_size=7))):
        case.figures.append(
            (at, 0, value, half if scale else 0, scale, draw(st.sampled_from(["number", "blank"])))
        )
    ids = st.integers(0, len(case.figures) - 1)
    weights = st.dictionaries(ids, st.sampled_from([1, 1, -1, -1, 2, "0.5"]), min_size=1, max_size=4)
    for _ in range(draw(st.integers(1, 5))):
        lower, upper = draw(st.sampled_from([(0, 0), (0, 0), (0, None), (None, 0), (-3, 12), (7, 7)]))
        severity = draw(st.sampled_from(["error", "warning"]))
        case.constraint((draw(weights), lower, upper), kind="relation", severity=severity)
    for _ in range(draw(st.integers(0, 2))):
        one, other = draw(ids), draw(ids)
        if one != other:
            case.equal(one, other)
    return case


def with_values(figures: pl.DataFrame, changes: dict[int, tuple[int, int]]) -> pl.DataFrame:
    """Return the figures with some printed otherwise (mantissa, scale)."""
    rows = []
    for row in figures.iter_rows(named=True):
        mantissa, scale = changes.get(row["figure"], (row["mantissa"], row["scale"]))
        half = row["half"] * 10 ** (scale - row["scale"])
        rows.append({**row, "mantissa": mantissa, "half": half, "scale": scale})
    return pl.DataFrame(rows, schema=figures.schema)


def words(frames: Frames) -> dict[int, str]:
    return dict(evaluate(*frames).select("constraint", "verdict").iter_rows())


@settings(max_examples=50, deadline=None)
@given(any_report())
def test_a_suspect_mends_and_breaks_as_many_as_it_says(case: Case) -> None:
    figures, *others = case.frames()
    before = words((figures, *others))
    solution = solve(figures, *others, repair=False)
    assert (solution.suspects is None) == ("inconsistent" not in before.values())
    if solution.suspects is None or solution.groups is None:
        return
    members: dict[int, set[int]] = {}
    for constraint, group in solution.groups.iter_rows():
        members.setdefault(group, set()).add(constraint)
    severe = set(others[0].filter(pl.col("severity") == "error")["constraint"])

    def effect(row: dict[str, object], value: Fraction) -> tuple[set[int], set[int]]:
        """Return the constraints that a value mends and breaks."""
        places = [row["figure"], *row["also"]]  # type: ignore[misc]
        told = (int(value * 1000), 3)
        after = words((with_values(figures, dict.fromkeys(places, told)), *others))  # type: ignore[arg-type]
        mended = {c for c, word in before.items() if word == "inconsistent" and after[c] == "consistent"}
        broken = {c for c, word in before.items() if word == "consistent" and after[c] == "inconsistent"}
        return mended, broken

    for row in solution.suspects.iter_rows(named=True):
        told = (row["suggested"], row["suggested_scale"])
        mended, broken = effect(row, Fraction(told[0], 10 ** told[1]))
        assert (len(mended), len(broken)) == (row["mends"], row["breaks"])
        own = members[row["group"]]
        assert row["complete"] == (not broken and (own & severe or own) <= mended)
        for end in ("lowest", "highest"):
            bound = None if row[end] is None else Fraction(row[end])
            value = Fraction(told[0], 10 ** told[1])
            if bound is not None:
                assert value >= bound if end == "lowest" else value <= bound
                past = Fraction(int(bound * 1000) + (-2 if end == "lowest" else 2), 1000)
                less, more = effect(row, past)
                assert not (mended <= less and more <= broken)


@settings(max_examples=12, deadline=None)
@given(any_report())
def test_a_repair_leaves_nothing_violated(case: Case) -> None:
    figures, *others = case.frames()
    solution = solve(figures, *others)
    if solution.repairs is None or solution.groups is None:
        return
    members = dict(solution.groups.iter_rows())
    for (group, _), rows in solution.repairs.group_by("group", "repair"):
        changes = {
            place: (suggested, scale)
            for figure, also, suggested, scale in rows.select(
                "figure", "also", "suggested", "suggested_scale"
            ).rows()
            for place in (figure, *also)
        }
        before, after = words((figures, *others)), words((with_values(figures, changes), *others))
        violated = {constraint for constraint, word in after.items() if word == "inconsistent"}
        assert all(members[constraint] != group for constraint in violated)
        assert all(before[constraint] == "inconsistent" for constraint in violated)
