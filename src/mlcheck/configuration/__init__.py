"""What mlcheck.toml, or [tool.mlcheck] in pyproject.toml, says of a folder of reports."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli
from msgspec import Struct, field

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import LANGUAGES, N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Waiver

KEYS: dict[str, type] = {
    "report": str,
    "prior": str,
    "profile": str,
    "year": int,
    "language": str,
    "select": list,
    "ignore": list,
    "fail-on": str,
    "min-coverage": float,
    "baseline": str,
}
TABLES = ("waiver", "severity", "tolerance")
KINDS = {
    str: N_("{file}: “{key}” must be a text between quotes."),
    int: N_("{file}: “{key}” must be a whole number."),
    list: N_("{file}: “{key}” must be a list of texts between quotes."),
    float: N_("{file}: “{key}” must be a percentage, from 0 to 100."),
}
CHOICES = {"language": LANGUAGES, "fail-on": ("error", "warning")}


class Configuration(Struct, frozen=True):
    """The defaults of the command line in a folder.

    `report` and `prior` are paths below `folder`, where the file stands; both belong together, and
    `year` is that of `report`. `file` is None where no file was found.
    """

    folder: Path
    file: Path | None = None
    report: Path | None = None
    prior: Path | None = None
    profile: str | None = None
    year: int | None = None
    language: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    min_coverage: float | None = None
    baseline: Path | None = None
    waivers: tuple[Waiver, ...] = ()
    severities: dict[str, str] = field(default_factory=dict)
    tolerances: dict[str, Decimal] = field(default_factory=dict)


def find(start: Path) -> Configuration:
    """Return the configuration of the nearest folder, from `start` upwards, that has one.

    Raises MlcheckError where the file found is not TOML, or has an unknown key or a value of another kind.
    """
    for folder in (start, *start.parents):
        own = folder / "mlcheck.toml"
        if own.is_file():
            return _configuration(own, _toml(own))
        shared = folder / "pyproject.toml"
        if shared.is_file():
            tool = _toml(shared).get("tool", {})
            if isinstance(tool, dict) and "mlcheck" in tool:
                return _configuration(shared, tool["mlcheck"])
    return Configuration(start)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomli.loads(file.read_text("utf-8"), parse_float=_number)
    except (tomli.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise MlcheckError("{file} is not readable as TOML: {why}.", file=file, why=error) from error


def _number(text: str) -> Decimal:
    """Keep a number as written: a tolerance is exact."""
    return Decimal(text.replace("_", ""))


def _configuration(file: Path, table: Any) -> Configuration:
    if not isinstance(table, dict):
        raise MlcheckError("{file}: [tool.mlcheck] must be a table.", file=file)
    for key, value in table.items():
        if key not in TABLES:
            _check(file, key, value)
    folder = file.parent
    return Configuration(
        folder,
        file,
        report=folder / table["report"] if "report" in table else None,
        prior=folder / table["prior"] if "prior" in table else None,
        profile=table.get("profile"),
        year=table.get("year"),
        language=table.get("language"),
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        fail_on=table.get("fail-on"),
        min_coverage=None if (least := table.get("min-coverage")) is None else float(least),
        baseline=folder / table["baseline"] if "baseline" in table else None,
        **_tables(file, table),
    )


def _tables(file: Path, table: dict[str, Any]) -> dict[str, Any]:
    """Return what the tables of waivers, severities and tolerances say, where there is one."""
    if not any(key in table for key in TABLES):
        return {}
    from mlcheck.configuration.waivers import severities_of, tolerances_of, waivers_of

    return {
        "waivers": waivers_of(file, table.get("waiver", [])),
        "severities": severities_of(file, table.get("severity", {})),
        "tolerances": tolerances_of(file, table.get("tolerance", {})),
    }


def _check(file: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        known = ", ".join((*KEYS, *TABLES))
        raise MlcheckError(
            "{file}: unknown key “{key}”; the keys are {known}.", file=file, key=key, known=known
        )
    kind = KEYS[key]
    if not _is(value, kind):
        raise MlcheckError(KINDS[kind], file=file, key=key)
    if key in CHOICES and value not in CHOICES[key]:
        choices = ", ".join(CHOICES[key])
        raise MlcheckError(
            "{file}: “{key}” is “{value}”; it must be one of {known}.",
            file=file,
            key=key,
            value=value,
            known=choices,
        )


def _is(value: Any, kind: type) -> bool:
    """Tell whether a value is of a kind; the one number with decimals is a percentage."""
    if kind is float:
        return type(value) in (int, Decimal) and 0 <= value <= 100
    texts = not isinstance(value, list) or all(isinstance(item, str) for item in value)
    return type(value) is kind and texts
