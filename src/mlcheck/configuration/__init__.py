"""What mlcheck.toml, or [tool.mlcheck] in pyproject.toml, says of a folder of reports."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
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
    "min-confidence": Decimal,
    "baseline": str,
    "cache": bool,
    "help-uri": str,
}
TABLES = ("waiver", "severity", "tolerance")
KINDS = {
    str: N_("{file}: “{key}” must be a text between quotes."),
    int: N_("{file}: “{key}” must be a whole number from {least} to {most}."),
    list: N_("{file}: “{key}” must be a list of texts between quotes."),
    float: N_("{file}: “{key}” must be a percentage, from 0 to 100."),
    Decimal: N_("{file}: “{key}” must be a probability, from 0 to 1."),
    bool: N_("{file}: “{key}” must be true, false, or a folder between quotes."),
}
YEARS = (1, 9999)
NO_KEY = N_("{file}: unknown key “{key}”; the keys are {known}.")
NEAR_KEY = N_("{file}: unknown key “{key}”, did you mean “{nearest}”? The keys are {known}.")
NOT_TOML = N_("{file} is not readable as TOML: {why}.")
NOT_UTF8 = N_("{file}, line {line}: this line is not in UTF-8; save the file in UTF-8.")
TOO_NESTED = N_("{file}: its brackets or keys are nested too deep to be settings; take them out.")
TOO_LONG = N_("{file}, line {line}: a number of {count} digits is no setting; mend it.")
_LONG = re.compile(r"[0-9](?:_?[0-9A-Fa-f]){999,}")
NO_ADDRESS = N_(
    "{file}: “help-uri” must be an absolute address, such as https://example.org/rules.md#{{anchor}}, in which "
    "{{code}}, {{anchor}} and {{language}} stand for those of a rule."
)
_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|\{(?:code|anchor|language)\})+",
    re.ASCII,
)
CHOICES = {"language": LANGUAGES, "fail-on": ("error", "warning")}


class Configuration(Struct, frozen=True):
    """The defaults of the command line in a folder.

    `report` and `prior` are paths below `folder`, where the file stands; both belong together, and
    `year` is that of `report`. `file` is None where no file was found; `read` holds those that were looked into.
    `cache` is the folder that keeps results, True for that of the user; `help_uri` is where the page of rules is
    published, with "{code}", "{anchor}" and "{language}" in the place of those of a rule.
    """

    folder: Path
    file: Path | None = None
    read: tuple[Path, ...] = ()
    report: Path | None = None
    prior: Path | None = None
    profile: str | None = None
    year: int | None = None
    language: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    min_coverage: float | None = None
    min_confidence: float | None = None
    baseline: Path | None = None
    cache: Path | bool = False
    help_uri: str | None = None
    waivers: tuple[Waiver, ...] = ()
    severities: dict[str, str] = field(default_factory=dict)
    tolerances: dict[str, Decimal] = field(default_factory=dict)


def find(start: Path) -> Configuration:
    """Return the configuration of the nearest folder, from `start` upwards, that has one.

    Raises MlcheckError where the file found is not TOML, or has an unknown key or a value of another kind.
    """
    read: list[Path] = []
    for folder in (start, *start.parents):
        own = folder / "mlcheck.toml"
        if _is_file(own):
            return _configuration(own, _toml(own), (*read, own))
        shared = folder / "pyproject.toml"
        if _is_file(shared):
            read.append(shared)
            tool = _toml(shared).get("tool", {})
            if isinstance(tool, dict) and "mlcheck" in tool:
                return _configuration(shared, tool["mlcheck"], tuple(read))
    return Configuration(start, read=tuple(read))


def read(file: Path, data: bytes) -> Configuration:
    """Return the configuration that a file of this name would hold with these bytes. Raises MlcheckError."""
    table = _parsed(file, data)
    if file.name == "pyproject.toml":
        tool = table.get("tool", {})
        table = tool.get("mlcheck", {}) if isinstance(tool, dict) else {}
    return _configuration(file, table, (file,))


def _is_file(path: Path) -> bool:
    """Tell whether a file is there to be read; a folder that may not be entered holds none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _toml(file: Path) -> dict[str, Any]:
    try:
        return _parsed(file, file.read_bytes())
    except OSError as error:
        raise MlcheckError(NOT_TOML, file=file, why=error.strerror or str(error)) from error


def _parsed(file: Path, data: bytes) -> dict[str, Any]:
    """Return what a file holds; the mark that some editors put at its beginning is no part of it."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise MlcheckError(NOT_UTF8, file=file, line=error.object.count(b"\n", 0, error.start) + 1) from error
    try:
        return tomli.loads(text, parse_float=_number)
    except RecursionError as error:
        raise MlcheckError(TOO_NESTED, file=file) from error
    except ValueError as error:  # TOMLDecodeError, and Python's own of a number of thousands of digits
        long = _LONG.search(text)
        if long is None or isinstance(error, tomli.TOMLDecodeError):
            raise MlcheckError(NOT_TOML, file=file, why=error) from error
        line, count = text.count("\n", 0, long.start()) + 1, len(long[0].replace("_", ""))
        raise MlcheckError(TOO_LONG, file=file, line=line, count=count) from error


def _number(text: str) -> Decimal:
    """Keep a number as written: a tolerance is exact. One that is beyond all numbers is none."""
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation:
        return Decimal("NaN")


def _configuration(file: Path, table: Any, read: tuple[Path, ...]) -> Configuration:
    if not isinstance(table, dict):
        raise MlcheckError("{file}: [tool.mlcheck] must be a table.", file=file)
    for key, value in table.items():
        if key not in TABLES:
            _check(file, key, value)
    folder = file.parent
    return Configuration(
        folder,
        file,
        read,
        report=folder / table["report"] if "report" in table else None,
        prior=folder / table["prior"] if "prior" in table else None,
        profile=table.get("profile"),
        year=table.get("year"),
        language=table.get("language"),
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        fail_on=table.get("fail-on"),
        min_coverage=None if (least := table.get("min-coverage")) is None else float(least),
        min_confidence=None if (sure := table.get("min-confidence")) is None else float(sure),
        baseline=folder / table["baseline"] if "baseline" in table else None,
        cache=folder / kept if isinstance(kept := table.get("cache", False), str) else kept,
        help_uri=table.get("help-uri"),
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


def unknown_key(file: Path, key: str) -> MlcheckError:
    """Return the trouble of a key that is none, with the nearest where one is near."""
    keys = (*KEYS, *TABLES)
    known, near = ", ".join(keys), get_close_matches(key.replace("_", "-").lower(), keys, 1)
    if near:
        return MlcheckError(NEAR_KEY, file=file, key=key, nearest=near[0], known=known)
    return MlcheckError(NO_KEY, file=file, key=key, known=known)


def _check(file: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        raise unknown_key(file, key)
    kind = KEYS[key]
    if not _is(value, kind):
        raise MlcheckError(KINDS[kind], file=file, key=key, least=YEARS[0], most=str(YEARS[1]))
    if key == "help-uri" and not _ADDRESS.fullmatch(value):
        raise MlcheckError(NO_ADDRESS, file=file)
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
    """Tell whether a value is of a kind: a whole number a year, one with decimals a percentage or a probability.

    What is true or false may be a text too, the name of a folder.
    """
    if kind in (float, Decimal):
        most = 100 if kind is float else 1
        return type(value) in (int, Decimal) and Decimal(value).is_finite() and 0 <= value <= most
    if kind is int:
        return type(value) is int and YEARS[0] <= value <= YEARS[1]
    if kind is bool:
        if type(value) is bool:
            return True
        kind = str
    texts = value if isinstance(value, list) else [value]
    return type(value) is kind and all(isinstance(text, str) and "\0" not in text for text in texts)
