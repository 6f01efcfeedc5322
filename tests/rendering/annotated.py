"""Reports of one finding, made by hand, and what the copies that are annotated with them hold."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlcheck.cli.output import whole
from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator
from mlcheck.model.finding import CheckedClaim, Finding, Report, Suspect
from mlcheck.model.frames import COVERAGE, FIGURES, frame
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.rendering.annotation import annotate
from mlcheck.rendering.annotation.marks import COLORS
from mlcheck.rendering.view import View

SAID = "En 2023, 7 jeunes de Lompret."
FIGURE = 7  # the id of the figure of a false sentence


def place(path: Path, **where: Any) -> Locator:
    """A place in a file."""
    return Locator(path.as_posix(), **where)


def finding(location: Locator, **changes: Any) -> Finding:
    """A wrong total of 7, where its parts make 3."""
    total = {
        "rule": "TOT101",
        "name": "total-differs-from-parts",
        "severity": "error",
        "message": "Printed {stated}; the {count} parts make {sum}.",
        "values": {"stated": "7", "count": 1, "sum": 3},
        "location": location,
        "label": "Total",
        "stated": "7",
        "expected": "3",
        "difference": "4",
    }
    return Finding(**(total | changes))


def suspect(location: Locator, figure: int | None = None) -> Suspect:
    """A figure that may be the wrong one."""
    return Suspect(location, "Lompret", "3", "7", 1, "one digit changed", figure=figure)


def wrong_total(path: Path, **where: Any) -> Finding:
    """A wrong total in B3 of a table, of which the part in B2 may be the wrong figure."""
    total, part = (place(path, cell=cell, **where) for cell in ("B3", "B2"))
    return finding(total, suspects=(suspect(part),))


def false_sentence(path: Path, text: str = SAID, number: str = "7", **where: Any) -> Report:
    """A report of one false sentence."""
    at = place(path, **where)
    return report(path, finding(at, figure=FIGURE), claims=(sentence(at, text, number),))


def everywhere(text: str) -> dict[str, Any]:
    """What a finding says, where each of its texts is one that would do harm."""
    said = dict.fromkeys(("label", "stated", "section", "table"), text)
    return {**said, "message": "{stated}", "values": {"stated": text}}


def hexadecimal(kind: str) -> str:
    """The colour of a kind of mark, as six digits."""
    return COLORS[kind][2:]


def report(
    path: Path, *findings: Finding, claims: Sequence[CheckedClaim] = (), proven: Sequence[Locator] = ()
) -> Report:
    """A report of findings; `proven` are the places of figures that nothing contradicts."""
    rows = [
        dict.fromkeys(FIGURES | COVERAGE)
        | {
            "figure": 100 + n,
            "report": 0,
            "state": "number",
            "coverage": "proven",
            "hidden": False,
            "constraints": 1,
        }
        | {name: getattr(one, name) for name in ("sheet", "cell", "page", "slide", "shape", "line")}
        | {"box": list(one.box) if one.box else None}
        for n, one in enumerate(proven)
    ]
    figures = frame(rows, FIGURES | COVERAGE)
    return Report(
        path.as_posix(), 2023, None, "en", figures, {"inconsistent": 1}, tuple(findings), claims=tuple(claims)
    )


def sentence(location: Locator, text: str, number: str, figure: int = FIGURE) -> CheckedClaim:
    """A false sentence, of which one number is held to account."""
    start = text.index(number)
    quantity = Quantity(number, 7, 0, 0)
    said = Claim(
        Sentence(0, text, (), location), start, start + len(number), "count", quantity, figure=figure
    )
    return CheckedClaim(said, "inconsistent", "3 ≠ 7")


def annotated(told: Report, output: Path, tint: bool = False) -> tuple[str, ...]:
    """Annotate in English; the input stays what it was. Returns the sentences on what is not kept."""
    from mlcheck.reading import read

    source = Path(told.source)
    before = source.read_bytes()
    lost = annotate(told, output, View("en"), tint=tint, read=read, whole=whole)
    assert source.read_bytes() == before
    return lost


def parts(path: Path) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed_parts(source: Path, copy: Path) -> tuple[set[str], set[str]]:
    """The names of the parts that differ in a copy, and of those that it adds; it leaves none out."""
    before, after = parts(source), parts(copy)
    assert before.keys() <= after.keys()
    return {name for name in before if before[name] != after[name]}, after.keys() - before.keys()
