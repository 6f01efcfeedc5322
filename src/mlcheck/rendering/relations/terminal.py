"""The relations of reports as a person reads them, under the tables and the sentences of their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from mlcheck.model.finding import Report
from mlcheck.model.relation import CheckedRelation
from mlcheck.rendering.closing import crashes
from mlcheck.rendering.layout import beside, paint, wrap
from mlcheck.rendering.places import place
from mlcheck.rendering.relations.view import MARKS, arithmetic, counts, evidence, target, verdict
from mlcheck.rendering.terminal import heading, short
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

STYLES = {
    "consistent": "bold green", "inconsistent": "bold red", "unverifiable": "yellow", "doubtful": "bold yellow",
}  # fmt: skip
INDENT = 6


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return the text of each report, a block a table or sentence, an empty line between two reports."""
    gap = ""
    for report in reports:
        if report.unusable is None:
            yield gap + "\n".join(_lines(report, view.wording(report.language), view)) + "\n"
            gap = "\n"


def _lines(report: Report, wording: Wording, view: View) -> Iterator[str]:
    yield paint(" · ".join(plain(part) for part in heading(report, wording)), "bold", view)
    tables = dict(report.figures.select("figure", "table").iter_rows())

    def block(one: CheckedRelation) -> tuple[str | None, str]:
        own = target(one, report)
        table = tables.get(own.figure)
        return table, "" if table else own.label

    for (table, sentence), group in groupby(report.relations, key=block):
        yield ""
        title = report.titles.get(table, table) if table else wording.say("“{label}”", {"label": sentence})
        yield from (paint(line, "bold", view) for line in wrap(title, view.width, 0, 2))
        for one in group:
            yield from _relation(one, report, table is not None, wording, view)
    yield ""
    yield from crashes(report, wording, view)
    yield from wrap(counts(report, wording), view.width, 0, 4)


def _relation(
    one: CheckedRelation, report: Report, in_table: bool, wording: Wording, view: View
) -> Iterator[str]:
    own, style = target(one, report), STYLES[one.verdict]
    where, stated = place(own.location, wording), own.stated.replace(" ", "\u00a0")
    label = f"{wording.say('“{label}”', {'label': short(own.label)})} " if in_table and own.label else ""
    first, *others = beside(label + stated, where, view.width - 4, 0, 0)
    middle = first[: len(first) - len(plain(where))]
    yield f"  {paint(MARKS[one.verdict], style, view)} {middle}{paint(plain(where), 'cyan', view)}"
    yield from (f"    {line}" for line in others)
    made = " ".join(part for part in (arithmetic(one, report, wording), f"({one.rule})") if part)
    yield from wrap(f"{made} · {verdict(one, wording)}", view.width, INDENT, INDENT + 2)
    why = " · ".join(evidence(one, wording))
    yield from (paint(line, "dim", view) for line in wrap(why, view.width, INDENT, INDENT + 2))
