"""How the reader wants an output to look."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from mlcheck.rendering.wording import Wording


class View(Struct, frozen=True):
    """Language, width and colour of an output; the formats that have no use for one leave it aside.

    `language` None is that of each report. `seconds` tells how long the run took so far, None to leave
    it out.
    """

    language: str | None = None
    width: int = 100
    color: bool = False
    seconds: Callable[[], float] | None = None

    def wording(self, language: str) -> Wording:
        """Return the words of the language asked for, else of `language`."""
        return Wording(self.language or language)
