"""What a check tells of a file, in a form that two files can be compared by: all but where things stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from mlcheck.checking import check
from mlcheck.cli.main import app
from mlcheck.model.finding import CheckedClaim, Finding, Report
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.wording import Wording

FRENCH = Wording("fr")
DRAWN = "AGR106"  # a chart that its own workbook contradicts: cells draw nothing


class Told(NamedTuple):
    """The findings, claims and figures of a report, and how many constraints got each verdict."""

    findings: Counter
    claims: Counter
    figures: Counter
    constraints: dict


def told(path: Path, prior: Path | None = None) -> Told:
    """Return what a check tells of a file."""
    report = next(iter(check([path], prior=prior)))
    assert report.unusable is None
    findings = [finding(one) for one in report.findings if one.rule != DRAWN]
    return Told(
        Counter(findings), Counter(map(claim, report.claims)), Counter(figures(report)), report.constraints
    )


def finding(one: Finding) -> tuple:
    message = FRENCH.say(one.message, one.values)
    suspects = tuple(
        (s.label, spaced(FRENCH.value(s.stated)), spaced(FRENCH.value(s.suggested))) for s in one.suspects
    )
    texts = (message, *map(written, (one.stated, one.expected, one.difference)))
    return (one.rule, one.severity, *map(spaced, texts), one.label, suspects)


def claim(one: CheckedClaim) -> tuple:
    quantity = one.claim.quantity
    return (
        one.claim.text.strip(),
        spaced(quantity.printed),
        one.claim.kind,
        one.verdict,
        spaced(written(one.formula)),
    )


def figures(report: Report) -> list[tuple]:
    rows = report.figures.iter_rows(named=True)
    kept = ("row", "column", "state", "mantissa", "scale", "half", "unit", "coverage")
    return [(spaced(row["printed"]), *(row[key] for key in kept)) for row in rows]


def written(figure: object) -> str | None:
    """Return a figure as it is written, None for none."""
    return None if figure is None else FRENCH.value(figure)


def spaced(text: str | None) -> str | None:
    """Return a text with ordinary spaces: a workbook groups thousands with a narrow one."""
    return None if text is None else plain_spaces(text).replace("\u2009", " ")


def extract(source: Path, output: Path | str, *options: str) -> str:
    """Extract a report and return what the command says."""
    done = CliRunner().invoke(app, ["extract", str(source), "-o", str(output), "--lang", "en", *options])
    assert done.exit_code == 0, done.output
    return done.output
