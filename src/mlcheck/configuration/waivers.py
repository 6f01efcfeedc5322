"""The tables of mlcheck.toml that say which findings are accepted, how grave they are, and what gap is let pass."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Waiver
from mlcheck.translation import N_

KEYS = ("rule", "place", "reason", "author", "expires", "report")
SEVERITIES = ("error", "warning", "info")
LARGEST = 10**9  # a gap; what is beyond lets everything pass
_CODE = re.compile(r"[A-Z]{3}\d{3}")
NO_KEY = N_("{file}, waiver {number}: unknown key “{key}”; the keys are {known}.")
NEAR_KEY = N_("{file}, waiver {number}: unknown key “{key}”, did you mean “{nearest}”? The keys are {known}.")


def waivers_of(file: Path, listed: Any) -> tuple[Waiver, ...]:
    """Return the waivers of [[waiver]] tables. Raises MlcheckError for one that misses a reason or an author."""
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise MlcheckError("{file}: waivers are written as [[waiver]] tables.", file=file)
    return tuple(_waiver(file, number, table) for number, table in enumerate(listed, start=1))


def _waiver(file: Path, number: int, table: dict[str, Any]) -> Waiver:
    for key in table:
        if key not in KEYS:
            raise _unknown_key(file, number, key)
    for key in ("rule", "place", "reason", "author"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise MlcheckError(
                "{file}, waiver {number}: “{key}” is missing; a waiver says which rule and place, why, and who.",
                file=file, number=number, key=key,
            )  # fmt: skip
    if not _CODE.fullmatch(table["rule"]):
        raise MlcheckError(
            "{file}, waiver {number}: “{rule}” is no code of a rule, such as TOT101.",
            file=file, number=number, rule=table["rule"],
        )  # fmt: skip
    expires = table.get("expires")
    if expires is not None and type(expires) is not datetime.date:
        raise MlcheckError(
            "{file}, waiver {number}: “expires” must be a date, such as 2026-12-31 without quotes.",
            file=file, number=number,
        )  # fmt: skip
    report = table.get("report")
    if report is not None and not isinstance(report, str):
        raise MlcheckError("{file}: “{key}” must be a text between quotes.", file=file, key="waiver.report")
    return Waiver(
        table["rule"], table["place"].strip(), table["reason"].strip(), table["author"].strip(), expires, report,
        file.name, number,
    )  # fmt: skip


def _unknown_key(file: Path, number: int, key: str) -> MlcheckError:
    """Return the trouble of a key that no waiver has, with the nearest where one is near."""
    known, near = ", ".join(KEYS), get_close_matches(key.lower(), KEYS, 1)
    if near:
        return MlcheckError(NEAR_KEY, file=file, number=number, key=key, nearest=near[0], known=known)
    return MlcheckError(NO_KEY, file=file, number=number, key=key, known=known)


def severities_of(file: Path, table: Any) -> dict[str, str]:
    """Return the severity of rules by code or family. Raises MlcheckError."""
    _require_table(file, "severity", table)
    for code, severity in table.items():
        if severity not in SEVERITIES:
            raise MlcheckError(
                "{file}: “{key}” is “{value}”; it must be one of {known}.",
                file=file, key=f"severity.{code}", value=severity, known=", ".join(SEVERITIES),
            )  # fmt: skip
    return dict(table)


def tolerances_of(file: Path, table: Any) -> dict[str, Decimal]:
    """Return the gap that sums and equalities may show, by code or family. Raises MlcheckError.

    A gap is in the unit of the figures: 1 is one person, or one euro.
    """
    _require_table(file, "tolerance", table)
    found: dict[str, Decimal] = {}
    for code, gap in table.items():
        exact = Decimal(gap) if type(gap) in (int, Decimal) else Decimal("NaN")
        if not exact.is_finite() or not 0 <= exact <= LARGEST or exact.as_tuple().exponent < -6:  # type: ignore[operator]
            raise MlcheckError(
                "{file}: “{key}” must be a number from 0 to {most}, in the unit of the figures.",
                file=file, key=f"tolerance.{code}", most=LARGEST,
            )  # fmt: skip
        found[code] = exact
    return found


def _require_table(file: Path, key: str, table: Any) -> None:
    if not isinstance(table, dict):
        raise MlcheckError("{file}: “{key}” must be a table, [{key}].", file=file, key=key)
