"""How the reader wants an output to look."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from mlcheck.rendering.wording import Wording

Detail = Literal["verdict", "usual", "all"]


class View(Struct, frozen=True):
    """Language, width and colour of an output; the formats that have no use for one leave it aside.

    `detail` is "verdict" for the last line alone, "all" where nothing is cut short, else "usual".
    `delimiter` parts the cells of a csv, None for what the spreadsheets of the language read.
    `help_uri` is where the page of a rule is published, "{code}", "{anchor}" and "{language}" standing for those of the rule.
    `language` None is that of each report. `seconds` tells how long the run took so far, None to leave
    it out.
    """

    language: str | None = None
    width: int = 100
    color: bool = False
    seconds: Callable[[], float] | None = None
    detail: Detail = "usual"
    delimiter: str | None = None
    help_uri: str | None = None

    def few(self, usual: int) -> int:
        """Return how many things of a list are shown, where `usual` are."""
        return sys.maxsize if self.detail == "all" else usual

    def wording(self, language: str) -> Wording:
        """Return the words of the language asked for, else of `language`, that of the report."""
        return Wording(self.language or language, language)
