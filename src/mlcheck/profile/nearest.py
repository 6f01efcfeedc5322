"""The existing name that a mistyped one resembles most."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.words import fold


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the one of `names` that is spelt most like `name`, or "—" where there are none."""
    from difflib import get_close_matches

    folded = {fold(other): other for other in names}
    close = get_close_matches(fold(name), list(folded), n=1, cutoff=0.0)
    return folded[close[0]] if close else "—"
