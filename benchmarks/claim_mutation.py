"""How many wronged claims are found: every claim of the report that is verified, moved a little.

    python benchmarks/claim_mutation.py

On fixtures/report-2023.xlsx with its profile and the report of 2022, each percentage that is verified is moved by
1, 2 and 5 points up and down, each growth rate by 2, and each digit of each count by one, one claim at a time and in
memory. A wronged claim is detected where its verdict turns to inconsistent, or an error or a warning speaks of its
cell that did not before. For the others the reason is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from mlcheck.checking import check
from mlcheck.model.document import Document, Grid
from mlcheck.model.finding import CheckedClaim, Report
from mlcheck.profile import load
from mlcheck.reading import read

ROOT = Path(__file__).parents[1]
NOW, BEFORE = ROOT / "fixtures" / "report-2023.xlsx", ROOT / "fixtures" / "report-2022.xlsx"
SHIFTS = {"share": (1, 2, 5), "variation": (2,)}
BOUNDED = "only known to be no more than its whole"
ROUNDED = "within rounding"
UNBOUND = "no longer bound: its words alone do not decide, and it prints another number"
Key = tuple[str | None, str | None, int]


@dataclass(frozen=True)
class Wrong:
    """A claim that prints another number: what kind of change, and the text of its cell."""

    key: Key
    kind: str
    text: str


def key_of(claim: CheckedClaim) -> Key:
    """Return where the number of a claim starts."""
    return claim.claim.locator.sheet, claim.claim.locator.cell, claim.claim.start


def wronged(
    claims: Sequence[CheckedClaim], texts: dict[tuple[str | None, str | None], str]
) -> Iterator[Wrong]:
    """Yield every change of every verified claim."""
    for one in claims:
        if one.verdict != "consistent":
            continue
        claim = one.claim
        kind = "share" if claim.quantity.unit == "%" and claim.kind != "variation" else claim.kind
        for name, printed in changes(kind, claim.text[claim.start : claim.end]):
            whole = texts[claim.locator.sheet, claim.locator.cell]
            at = place_of(one, whole)
            yield Wrong(key_of(one), name, whole[:at] + printed + whole[at + claim.end - claim.start :])


def place_of(one: CheckedClaim, whole: str) -> int:
    """Return where the number of a claim starts in the text of its cell, which reading may have normalised."""
    claim = one.claim
    number = claim.text[claim.start : claim.end]
    before = claim.text[: claim.start].count(number)
    at = -1
    for _ in range(before + 1):
        at = whole.index(number, at + 1)
    return at


def changes(kind: str, printed: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the printed number of each change of one."""
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    if kind in SHIFTS:
        value = int("".join(printed[i] for i in digits))
        for shift in SHIFTS[kind]:
            for moved in (value + shift, value - shift):
                if moved >= 0 and (kind != "share" or moved <= 100):
                    yield f"{kind}, {shift} points", f"{moved}{printed[digits[-1] + 1 :]}"
        return
    for i in digits:
        digit = (int(printed[i]) + 1) % 10
        if digit or i != digits[0]:
            yield f"{kind}, a digit", f"{printed[:i]}{digit}{printed[i + 1 :]}"


def altered(document: Document, wrong: Wrong, name: str) -> Document:
    """Return a copy of a report with one cell changed."""
    blocks = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.locator.sheet == wrong.key[0]:
            cells = {
                at: replace(cell, text=wrong.text) if block.locate(*at).cell == wrong.key[1] else cell
                for at, cell in block.cells.items()
            }
            block = replace(block, cells=cells)
        blocks.append(block)
    return replace(document, source=name, blocks=tuple(blocks))


def reports(documents: dict[str, Document]) -> Iterator[Report]:
    """Yield the reports of documents that are read from memory, compared with 2022."""
    before = replace(read(BEFORE), source=BEFORE.name)
    profile = load("metropole-nord-ouest", folder=ROOT)
    known = {**documents, BEFORE.name: before}
    with patch("mlcheck.reading.read", lambda path: known[path.name]):
        yield from check([Path(name) for name in documents], prior=Path(BEFORE.name), profile=profile)


def told(report: Report) -> Counter[tuple[str, str | None, str | None]]:
    """Return the errors and warnings of a report by rule and cell."""
    return Counter(
        (f.rule, f.location.sheet, f.location.cell) for f in report.findings if f.severity != "info"
    )


def undetected(report: Report, wrong: Wrong, base: Counter[tuple[str, str | None, str | None]]) -> str | None:
    """Return why a wronged claim is not found, None where it is."""
    found = {key_of(one): one for one in report.claims}.get(wrong.key)
    if told(report) - base or (found is not None and found.verdict == "inconsistent"):
        return None
    if found is None:
        return "read as something else"
    if found.verdict == "unverifiable":
        return UNBOUND
    return BOUNDED if found.formula and found.formula.sign == "≤" else ROUNDED


def main() -> None:
    """Wrong every claim, and print what is found by kind and why the rest is not."""
    document = replace(read(NOW), source="base-2023.xlsx")
    (base,) = reports({document.source: document})
    texts = {
        (block.locator.sheet, block.locate(*at).cell): cell.text
        for block in document.blocks if isinstance(block, Grid)
        for at, cell in block.cells.items()
    }  # fmt: skip
    wrongs = list(wronged(base.claims, texts))
    named = {
        f"{n:04d}-2023.xlsx": altered(document, wrong, f"{n:04d}-2023.xlsx") for n, wrong in enumerate(wrongs)
    }
    tried, missed, reasons = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for wrong, report in zip(wrongs, reports(named), strict=True):
        tried[wrong.kind] += 1
        if (why := undetected(report, wrong, told(base))) is not None:
            missed[wrong.kind] += 1
            reasons[wrong.kind, why] += 1
    print(
        f"{sum(c.verdict == 'consistent' for c in base.claims)} verified claims, wronged in {len(wrongs)} ways"
    )
    for kind, count in sorted(tried.items()):
        print(
            f"{kind:22} {count - missed[kind]:4} of {count:4} detected ({(count - missed[kind]) / count:.0%})"
        )
        for (own, why), number in sorted(reasons.items()):
            if own == kind:
                print(f"{'':22} {number:4} not: {why}")
    found = len(wrongs) - missed.total()
    print(f"{'all':22} {found:4} of {len(wrongs):4} detected ({found / len(wrongs):.0%})")


if __name__ == "__main__":
    main()
