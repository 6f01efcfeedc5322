"""The words of a language, kept as data beside the code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli

_FOLDER = Path(__file__).parents[1] / "data" / "lexicon"


@cache
def lexicon(name: str = "fr") -> dict[str, Any]:
    """Return the lexicon file `name` (fr: words of tables; fr-prose: words of sentences)."""
    return tomli.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
