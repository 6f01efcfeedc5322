"""Rule cases as a statistician writes them: small tables as text, and the verdict that they deserve.

A table is written as it is printed on a sheet, one row a line: cells are parted by `|`, or by two or more
spaces. The first line is the title where it starts with "# ". A line without a separator is a text alone on
its row; an empty line is an empty row. Then:

- `<` is merged with the cell to its left, `^` with the cell above it;
- a line that starts with "~ " is a hidden row, a cell that starts with "~" a hidden cell;
- a number in plain digits is stored as a number, as in a spreadsheet; in "double quotes" it is text;
- "17 {19}" is 17 drawn by a chart whose workbook holds 19;
- "17 {=SUM(B3:B5)}" is 17 that a formula computes;
- #REF! and its kin are errors of the spreadsheet.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from mlcheck.checking import check, extract
from mlcheck.checking import solution as solving
from mlcheck.model.document import Cell, Document, Grid, Locator, Merge
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Finding, Report
from mlcheck.model.profile import Profile
from mlcheck.profile import load

CASES = Path(__file__).parent / "cases"
PARTED = re.compile(r" {2,}|\t")
DRAWN = re.compile(r"(?P<drawn>.+) \{(?P<held>.+)\}")
PLAIN = re.compile(r"-?\d+(?:,\d+)?(?: %| €)?")
THIS_YEAR, LAST_YEAR = "rapport-2023", "rapport-2022"
KEYS = {
    "name", "rule", "verdict", "table", "sentences", "prior", "prior_sentences", "profile", "accused", "expected",
    "difference", "severity", "told_as", "besides", "wanting",
    "suspect",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case: what the report prints, and what a rule must make of it.

    `besides` are the other errors and warnings that the same tables rightly raise; `told_as` is the rule
    that speaks for a contradiction which several rules see, `suspect` the cell that is first to be looked
    at again; `wanting` says what the checker cannot do yet.
    """

    file: str
    name: str
    rule: str
    verdict: str
    table: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    prior: tuple[str, ...] = ()
    prior_sentences: tuple[str, ...] = ()
    profile: str = ""
    accused: str = ""
    suspect: str = ""
    expected: str = ""
    difference: str = ""
    severity: str = ""
    told_as: str = ""
    besides: tuple[str, ...] = ()
    wanting: str = ""


@dataclass(frozen=True)
class Checked:
    """A checked report with the verdicts of each rule's constraints."""

    report: Report
    verdicts: Mapping[str, Counter[str]]

    def verdict(self, code: str) -> str:
        """Return inconsistent where one constraint of a rule is, consistent where one is decided."""
        counts = self.verdicts.get(code, Counter())
        return next((v for v in ("inconsistent", "consistent") if counts[v]), "unverifiable")

    def told(self, code: str) -> list[Finding]:
        """Return the findings of a rule."""
        return [f for f in self.report.findings if f.rule == code]


def cases() -> Iterator[Case]:
    """Yield every case of the folder, the files in order."""
    for path in sorted(CASES.glob("*.toml")):
        for raw in tomllib.loads(path.read_text("utf-8"))["case"]:
            unknown = set(raw) - KEYS
            if unknown:
                raise ValueError(f"{path.name}, {raw.get('name')}: unknown keys {sorted(unknown)}")
            yield Case(path.stem, **{key: _listed(key, value) for key, value in raw.items()})


def _listed(key: str, value: Any) -> Any:
    several = key in ("table", "sentences", "prior", "prior_sentences", "besides")
    return tuple([value] if several and isinstance(value, str) else value) if several else value


def grid_of(text: str, sheet: str = "Feuille", file: str = THIS_YEAR) -> Grid:
    """Return the sheet that a text draws; its first line is row 1."""
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Merge] = []
    for row, line in enumerate(text.strip("\n").splitlines()):
        hidden = line.startswith("~ ")
        for column, printed in enumerate(_parted(line.removeprefix("~ "))):
            if printed.strip() == "<":
                merges.append(_widened(merges, row, column))
            elif printed.strip() == "^":
                merges.append(Merge(row - 1, column, row, column))
            elif printed.strip():
                cells[row, column] = cell_of(printed, hidden=hidden)
    return Grid(Locator(file, sheet=sheet), cells, tuple(m for m in merges if _outer(m, merges)))


def _parted(line: str) -> list[str]:
    if line.startswith("# "):
        return [line[2:]]
    if "|" in line:
        first, *others = line.split("|")
        return [first.rstrip(), *(one.strip() for one in others)]
    return PARTED.split(line.strip())


def _widened(merges: list[Merge], row: int, column: int) -> Merge:
    before = next((m for m in merges if m.top == row and m.right == column - 1), None)
    return Merge(row, before.left if before else column - 1, row, column)


def _outer(merge: Merge, merges: Sequence[Merge]) -> bool:
    return not any(o.top == merge.top and o.left == merge.left and o.right > merge.right for o in merges)


def cell_of(printed: str, *, hidden: bool = False) -> Cell:
    """Return the cell that prints a text."""
    if printed.startswith("~"):
        return cell_of(printed[1:], hidden=True)
    plain = printed.strip()
    if match := DRAWN.fullmatch(plain):
        if match["held"].startswith("="):
            return replace(cell_of(match["drawn"], hidden=hidden), formula=match["held"][1:])
        held = match["held"] if match["held"] != match["drawn"] else None
        return replace(cell_of(match["drawn"], hidden=hidden), stored=held)
    if plain.startswith('"') and plain.endswith('"') and len(plain) > 1:
        return Cell(plain[1:-1], hidden=hidden)
    if plain.startswith("#") and plain.rstrip("!?").isupper():
        return Cell(plain, None, "error", hidden)
    if PLAIN.fullmatch(plain):
        number = Decimal(plain.rstrip(" %€").replace(",", "."))
        return Cell(plain, number, hidden=hidden)
    return Cell(printed.rstrip(), hidden=hidden)


def document_of(tables: Sequence[str], sentences: Sequence[str] = (), source: str = THIS_YEAR) -> Document:
    """Return a report with a sheet for each text; its sentences stand below the first table, a row apart."""
    grids = [grid_of(text, f"Feuille {n}", source) for n, text in enumerate(tables or [""], 1)]
    first = grids[0]
    below = 2 + max((row for row, _ in first.cells), default=-2)
    cells = {**first.cells, **{(below + n, 0): Cell(text) for n, text in enumerate(sentences)}}
    return Document(source, (Grid(first.locator, cells, first.merges), *grids[1:]))


def profile_of(text: str, folder: Path) -> Profile | None:
    """Return the profile that a text writes, None for an empty one."""
    if not text:
        return None
    path = folder / "cas.toml"
    path.write_text(text, "utf-8")
    return load(str(path))


def checked(
    document: Document, prior: Document | None = None, profile: Profile | None = None, **options: Any
) -> Checked:
    """Return a document after checking, without any file: reading is stood in for."""
    reports, verdicts = checked_together([document], prior, profile, **options)
    return Checked(reports[0], verdicts)


def checked_together(
    documents: Sequence[Document],
    prior: Document | None = None,
    profile: Profile | None = None,
    **options: Any,
) -> tuple[list[Report], Mapping[str, Counter[str]]]:
    """Return the reports of some documents solved in one batch, and the verdicts of all by rule."""
    read = {f"{n:05d}/{d.source}": d for n, d in enumerate(documents)}
    if prior is not None:
        read[prior.source] = prior
    counts: dict[str, Counter[str]] = {}

    def spy(batch: Any) -> Any:
        solution = solving.solution_of(batch)
        told = batch.frames[0].select("constraint", "rule").join(solution.verdicts, on="constraint")
        for rule, verdict in told.select("rule", "verdict").iter_rows():
            counts.setdefault(rule, Counter())[verdict] += 1
        return solution

    with (
        patch("mlcheck.reading.read", lambda path: read[path.as_posix()]),
        patch("mlcheck.checking.report.solution_of", spy),
    ):
        files = [Path(name) for name in read if prior is None or name != prior.source]
        before = None if prior is None else Path(prior.source)
        return list(check(files, prior=before, profile=profile, **options)), counts


def facts_of(document: Document, prior: Document | None = None, profile: Profile | None = None) -> Facts:
    """Return the tables and claims of a document, bound to their figures."""
    read = {d.source: d for d in (document, prior) if d is not None}
    with patch("mlcheck.reading.read", lambda path: read[path.as_posix()]):
        before = None if prior is None else Path(prior.source)
        return extract(Path(document.source), profile=profile, prior=before)
