"""What became of the typing errors made in copies of a report: by kind and by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mlcheck.model.finding import Report
from mlcheck.rendering.coverage.view import Tally, name, tallies
from mlcheck.rendering.layout import paint, wrap
from mlcheck.rendering.listing import Listing
from mlcheck.rendering.listing import terminal as framed
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    import polars as pl

KINDS = {
    "swapped": N_("two digits swapped"), "changed": N_("one digit changed"), "dropped": N_("a digit left out"),
    "doubled": N_("a digit doubled"), "one off": N_("off by one"), "ten off": N_("off by ten"),
    "factor": N_("a factor of ten"), "emptied": N_("the cell emptied"),
}  # fmt: skip
HEAD = (N_("Made"), N_("Noticed"), N_("First suspect right"), N_("Right among three"))
NOTHING = "—"


class Score(Struct):
    """How many typing errors were made and noticed, and in how many of these the suspects were right, ties split."""

    made: int = 0
    caught: int = 0
    first: float = 0
    three: float = 0

    def add(self, row: dict[str, Any]) -> None:
        """Count one more, a row of MUTATIONS."""
        self.made += 1
        self.caught += row["caught"]
        self.first += row["first"]
        self.three += row["three"]


def joined(report: Report, mutations: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of MUTATIONS with the columns of their figures, in the order of the report."""
    figures = report.figures.with_row_index("order")
    return list(mutations.join(figures, on="figure").sort("order", maintain_order=True).iter_rows(named=True))


def scores(found: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any]) -> dict[Any, Score]:
    """Return the score of each group of typing errors that `key` tells apart."""
    shown: dict[Any, Score] = {}
    for row in found:
        shown.setdefault(key(row), Score()).add(row)
    return shown


def by_kind(found: list[dict[str, Any]]) -> dict[str, Score]:
    """Return the score of each kind of typing error, in the order of KINDS."""
    shown = scores(found, lambda row: row["kind"])
    return {kind: shown[kind] for kind in KINDS if kind in shown}


def by_table(report: Report, found: list[dict[str, Any]]) -> list[tuple[Tally, Score]]:
    """Return the score of each table and of the sentences of each chapter, in the order of the report."""
    shown = scores(found, lambda row: (row["chapter"], row["table"]))
    pairs = ((one, shown.get((one.chapter, one.table))) for one in tallies(report))
    return [(one, score) for one, score in pairs if score is not None]


def summary(found: list[dict[str, Any]], wording: Wording) -> str:
    """Return in one sentence how many were made, noticed and put down to the right figure."""
    whole = next(iter(scores(found, lambda _: None).values()), Score())
    template = N_(
        "{made} typing errors made one at a time, {caught} noticed ({share}); of these the first suspect is"
        " the right figure in {first}, one of the first three in {three}, ties split."
    )
    values = {
        "made": whole.made,
        "caught": whole.caught,
        "share": _percent(whole.caught, whole.made, wording),
        "first": _percent(whole.first, whole.caught, wording),
        "three": _percent(whole.three, whole.caught, wording),
    }
    return wording.say(template, values)


def listings(report: Report, found: list[dict[str, Any]], wording: Wording) -> Iterator[Listing]:
    """Yield the scores by kind and by table, ready to be drawn."""
    head = tuple(wording.say(title) for title in HEAD)
    right = frozenset(range(1, 5))
    kinds = [(wording.say(KINDS[kind]), *_cells(score, wording)) for kind, score in by_kind(found).items()]
    yield Listing((wording.say("Typing error"), *head), tuple(kinds), right)
    scored = by_table(report, found)
    titles = Counter(one.title for one, _ in scored)
    tables = [(name(one, titles[one.title] > 1, wording), *_cells(score, wording)) for one, score in scored]
    yield Listing((wording.say("Table"), *head), tuple(tables), right)


def terminal(report: Report, mutations: pl.DataFrame, wording: Wording, view: View) -> Iterator[str]:
    """Yield the lines that show what became of typing errors."""
    found = joined(report, mutations)
    yield ""
    yield paint(wording.say("Typing errors"), "bold", view)
    yield from wrap(summary(found, wording), view.width, 2)
    for listing in listings(report, found, wording):
        yield from framed(listing, view.width).splitlines()


def _cells(score: Score, wording: Wording) -> tuple[str, ...]:
    return (
        number(score.made, wording.language),
        _percent(score.caught, score.made, wording),
        _percent(score.first, score.caught, wording),
        _percent(score.three, score.caught, wording),
    )


def _percent(part: float, whole: int, wording: Wording) -> str:
    if not whole:
        return NOTHING
    return with_unit(number(Fraction(part) / whole * 100, wording.language, 0), "%", wording.language)
