"""The French words that a spreadsheet program displays (french.toml)."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def french() -> dict[str, Any]:
    """Return the names of months and days, the booleans and the errors as displayed in French."""
    from importlib.resources import files

    import tomli

    return tomli.loads(files("mlcheck.reading").joinpath("french.toml").read_text("utf-8"))


def shown_boolean(value: bool) -> str:
    """Return VRAI or FAUX."""
    return str(french()["booleans"][value])


def shown_error(code: str) -> str:
    """Return the displayed name of a cell error: "#NAME?" is "#NOM?"."""
    return str(french()["errors"].get(code, code))
