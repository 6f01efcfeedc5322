"""The French words that a spreadsheet program displays (french.toml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def french() -> dict[str, Any]:
    """Return the names of months and days, the booleans and the errors as displayed in French."""
    import tomli

    return tomli.loads(Path(__file__).with_name("french.toml").read_text("utf-8"))


def shown_boolean(value: bool) -> str:
    """Return VRAI or FAUX."""
    return str(french()["booleans"][value])


def shown_error(code: str) -> str:
    """Return the displayed name of a cell error: "#NAME?" is "#NOM?"."""
    return str(french()["errors"].get(code, code))
