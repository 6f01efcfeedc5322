"""The sentences of the case files, and a reading of them that can be compared."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from mlcheck.model.claim import Claim, Link
from mlcheck.model.document import Locator
from mlcheck.prose.read import Prose, read_claims

CASES = Path(__file__).parent / "cases"
YEAR = 2023
KINDS = ("count", "share", "variation", "points", "mean", "ratio", "multiple", "part", "sum")
PAIRED = ("changes", "points", "shares", "sums", "parts", "means", "words", "distributions")


def cases(*names: str) -> list[dict[str, Any]]:
    """Return the sentences of some case files."""
    return [
        s for name in names for s in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["sentence"]
    ]


def read(text: str) -> tuple[tuple[Claim, ...], tuple[Link, ...]]:
    """Return what one paragraph of the report of 2023 claims."""
    return read_claims([Prose(text, Locator("report.txt", line=1))], year=YEAR, first_figure=100)


def printed(claim: Claim) -> str:
    """Return the claim's number as it stands in its sentence."""
    return claim.text[claim.start : claim.end]


def told(link: Link, claims: Sequence[Claim]) -> str:
    """Return a link as the case files write it: "share 49 % = 335 & 679"."""
    return f"{link.kind} {printed(claims[link.stated])} = " + " & ".join(
        printed(claims[i]) for i in link.operands
    )


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """Return all the fields of a claim of the case files, those left out at their usual value."""
    (kind,) = (k for k in KINDS if k in case)
    number = case[kind]
    period = case.get("period", YEAR)
    unit = case.get("unit", unit_of(number))
    comparing = kind in ("variation", "multiple") or unit == "points"
    fields = {
        "kind": kind,
        "printed": number,
        "value": Fraction(str(case["value"])) if "value" in case else plain(number),
        "unit": unit,
        "subject": case.get("subject", ""),
        "base": case.get("base", ""),
        "period": period,
        "reference": case.get("reference", period - 1 if comparing else None),
    }
    return fields | {name: case.get(name) for name in ("direction", "hedge", "of")}


def seen(claim: Claim, claims: Sequence[Claim]) -> dict[str, Any]:
    """Return the fields of a claim as `expected` gives them."""
    comparing = claim.kind in ("variation", "multiple") or claim.quantity.unit == "points"
    return {
        "kind": claim.kind,
        "printed": printed(claim),
        "value": claim.quantity.value,
        "unit": claim.quantity.unit,
        "subject": " ".join(claim.subject),
        "base": " ".join(claim.base),
        "period": claim.period,
        "reference": claim.reference if comparing else None,
        "direction": claim.direction,
        "hedge": claim.hedge,
        "of": None if claim.of is None else printed(claims[claim.of]),
    }


def plain(number: str) -> Fraction:
    """Return the value of digits printed with a decimal comma, a sign and a unit."""
    digits = "".join(c for c in number if c.isdigit() or c in ",-")
    return Fraction(Decimal(digits.replace(",", ".")))


def unit_of(number: str) -> str:
    """Return the unit printed after digits."""
    return "%" if "%" in number else "€" if "€" in number else "points" if "p" in number else "count"
