"""How many slips of the pen are found: every figure of the report's tables that a sum or an equality holds, wronged.

    python benchmarks/mutation.py             # every figure, some minutes
    python benchmarks/mutation.py --sample 3  # three slips a table

On a copy of fixtures/report-2023.xlsx in which the one wrong total is mended, each figure is changed by one up
and down, emptied, and given each two different neighbouring digits the wrong way round, one slip at a time.
A slip is detected where there is an error or a warning that the mended report does not have, and named where that
speaks of its cell. The figures that no sum and no equality holds are counted and listed: a slip in them can at best
leave a bound or a share.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from mlcheck.checking import check, extract
from mlcheck.model.constraints import Constraint
from mlcheck.model.document import Cell, Document, Grid
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Finding, Report
from mlcheck.model.profile import Profile
from mlcheck.profile import load
from mlcheck.reading import read
from mlcheck.rules import RULES

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "fixtures" / "report-2023.xlsx"
PROFILE = ROOT / "schemas" / "metropole-nord-ouest.toml"
MENDS = (
    ("10 Aides financières", "G84", "10 029", "10 024"),
    ("10 Aides financières", "E71", "10 029", "10 024"),
)
KINDS = ("one more", "one less", "emptied", "swapped")
SPACE = re.compile(r"[\u00a0\u202f ]")
Place = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """A number of a table: where it stands, what it is called, and whether a sum or an equality holds it."""

    place: Place
    table: str
    label: str
    printed: str
    value: int
    held: bool


@dataclass(frozen=True)
class Slip:
    """A figure wronged: `printed` is what stands there now, empty where nothing does."""

    figure: Figure
    kind: str
    printed: str


@dataclass(frozen=True)
class Told:
    """A slip, the number of errors and warnings that it makes, and whether one of them speaks of its cell."""

    slip: Slip
    findings: int
    named: bool


def mended() -> Document:
    """Return the report of 2023 with its one wrong total mended, in the table and in the prose."""
    document = read(REPORT)
    for sheet, cell, was, now in MENDS:
        document = changed(document, (sheet, cell), was, now)
    return document


def changed(document: Document, place: Place, was: str, now: str) -> Document:
    """Return a document with the number `was` of a cell replaced by `now`, the cell emptied where that is ""."""
    blocks = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.locator.sheet == place[0]:
            cells = dict(block.cells)
            at = next(at for at in cells if block.locate(*at).cell == place[1])
            cell = _reprinted(cells.pop(at), was, now)
            if cell is not None:
                cells[at] = cell
            blocks.append(Grid(block.locator, cells, block.merges, block.hidden))
        else:
            blocks.append(block)
    return Document(document.source, tuple(blocks), document.not_understood)


def _reprinted(cell: Cell, was: str, now: str) -> Cell | None:
    """Return the cell with another number, None where nothing is left; words ("Total : …") keep their cell."""
    text = cell.text
    plain, old = SPACE.sub(" ", text), SPACE.sub(" ", was)
    if old not in plain:
        raise ValueError(f"{was!r} does not stand in {text!r}")
    at = plain.index(old)
    if not now and not any(c.isalpha() for c in text):
        return None
    number = None if cell.number is None else Decimal(SPACE.sub("", now))
    return Cell(text[:at] + now + text[at + len(old) :], number, cell.fault, cell.hidden)


def figures_of(facts: Facts) -> list[Figure]:
    """Return every whole number that the tables print, and whether an exact sum or an equality holds it."""
    held = {f for one in constraints_of(facts) if _is_exact(one) for f, _ in one.sides[0].terms}
    found = []
    for table in facts.tables:
        name = f"{table.name} {table.title or table.sections[-1]}"
        for (r, c), entry in table.entries.items():
            number = entry.quantity
            if number is None or number.unit not in ("count", "€") or number.scale or number.half:
                continue
            label = " · ".join(filter(None, (table.rows[r].label, table.columns[c].label)))
            place = (entry.locator.sheet or "", entry.locator.cell or "")
            digits = re.sub(r"[^\d  \u202f-]", "", entry.printed).strip()
            found.append(Figure(place, name, label, digits, number.mantissa, entry.figure in held))
    return found


def constraints_of(facts: Facts) -> Iterator[Constraint]:
    """Yield the constraints that the rules make of a report."""
    for rule in RULES:
        if rule.reads == "facts":
            yield from (one for one in rule.check(facts) if isinstance(one, Constraint))


def _is_exact(one: Constraint) -> bool:
    """Tell whether a constraint is a sum within a table, or an equality that the profile states."""
    in_table = one.kind == "sum" and one.claim is None
    side = one.sides[0]
    return in_table or (one.kind == "relation" and one.claim is None and side.lower == side.upper)


def slips_of(figure: Figure) -> Iterator[Slip]:
    """Yield every slip of one figure; a zero may be left out, and is not emptied."""
    yield Slip(figure, "one more", grouped(figure.value + 1))
    if figure.value:
        yield Slip(figure, "one less", grouped(figure.value - 1))
        yield Slip(figure, "emptied", "")
    digits = str(figure.value)
    for at, (left, right) in enumerate(pairwise(digits)):
        if left != right:
            yield Slip(figure, "swapped", grouped(int(digits[:at] + right + left + digits[at + 2 :])))


def grouped(value: int) -> str:
    """Return a number as the report prints it."""
    return f"{value:,}".replace(",", "\u00a0")


def sampled(slips: Sequence[Slip], count: int, seed: int = 2023) -> list[Slip]:
    """Return a few slips of each table, of kinds as different as it has."""
    chance = random.Random(seed)
    by_table: dict[str, list[Slip]] = defaultdict(list)
    for slip in chance.sample(slips, len(slips)):
        by_table[slip.figure.table].append(slip)
    chosen = []
    for own in by_table.values():
        seen: Counter[str] = Counter()
        for slip in own:
            seen[slip.kind] += 1
            if seen[slip.kind] <= 1 + count // len(KINDS) and sum(min(n, 1) for n in seen.values()) <= count:
                chosen.append(slip)
    return chosen


def reports_of(documents: Sequence[Document], profile: Profile) -> Iterator[Report]:
    """Yield the reports of documents that no file holds."""
    by_name = {str(n): document for n, document in enumerate(documents)}
    with patch("mlcheck.reading.read", lambda path: by_name[path.as_posix()]):
        yield from check([Path(name) for name in by_name], profile=profile)


def places_of(finding: Finding) -> set[Place]:
    """Return the cells that a finding speaks of."""
    own = [finding.location, *(one.location for one in (*finding.related, *finding.suspects))]
    own += [place for suspect in finding.suspects for place in suspect.also]
    return {(place.sheet or "", place.cell or "") for place in own}


def grave(report: Report) -> list[Finding]:
    """Return the errors and warnings of a report."""
    return [finding for finding in report.findings if finding.severity != "info"]


def told(slips: Sequence[Slip], document: Document, profile: Profile) -> Iterator[Told]:
    """Yield what is told of each slip, that the document does not tell without it."""
    (before,) = reports_of([document], profile)
    known = {(finding.rule, finding.location) for finding in grave(before)}
    for start in range(0, len(slips), 100):
        some = slips[start : start + 100]
        wronged = [changed(document, s.figure.place, s.figure.printed, s.printed) for s in some]
        for slip, report in zip(some, reports_of(wronged, profile), strict=True):
            new = [f for f in grave(report) if (f.rule, f.location) not in known]
            yield Told(slip, len(new), any(slip.figure.place in places_of(f) for f in new))


def main() -> None:
    """Print what was found by kind and by table, what was not, and the figures that nothing holds."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--sample", type=int, default=0, metavar="N", help="only N slips of each table")
    sample = options.parse_args().sample
    document, profile = mended(), load(str(PROFILE))
    with patch("mlcheck.reading.read", lambda _: document):
        figures = figures_of(extract(REPORT, profile=profile))
    slips = [slip for figure in figures if figure.held for slip in slips_of(figure)]
    results = list(told(sampled(slips, sample) if sample else slips, document, profile))
    _print("kind", ((one.slip.kind, one) for one in results))
    _print("table", ((one.slip.figure.table, one) for one in results))
    print(f"\n{sum(one.findings == 1 for one in results)} slips make one finding and no other")
    for one in results:
        if not (one.findings and one.named):
            figure, what = one.slip.figure, "NOT NAMED" if one.findings else "NOT DETECTED"
            place = f"{figure.place[0]}!{figure.place[1]}"
            print(f"{what} {place} {figure.label}: {figure.printed} → {one.slip.printed or 'empty'}")
    bare = [figure for figure in figures if not figure.held]
    print(f"\n{len(bare)} of {len(figures)} whole numbers stand in no sum and no equality:")
    for figure in bare:
        print(f"  {figure.place[0]}!{figure.place[1]:<5}{figure.printed:>8}  {figure.table} · {figure.label}")


def _print(title: str, results: Iterable[tuple[str, Told]]) -> None:
    """Print how many slips were detected and named, by a key, and in all."""
    counts: dict[str, Counter[str]] = {}
    for key, one in results:
        count = counts.setdefault(key, Counter())
        count.update(all=1, detected=bool(one.findings), named=one.named)
    counts["all"] = sum(counts.values(), Counter())
    print(f"\n{title:<70}{'slips':>8}{'detected':>10}{'named':>8}")
    for key, count in counts.items():
        print(f"{key[:70]:<70}{count['all']:>8}{count['detected']:>10}{count['named']:>8}")


if __name__ == "__main__":
    main()
