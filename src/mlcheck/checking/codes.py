"""The codes of --select and --ignore."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from mlcheck.model.constraints import Rule
from mlcheck.model.errors import MlcheckError


def codes(given: Sequence[str], rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return the codes and families in `given`, which may hold several between commas.

    Raises MlcheckError, with the nearest code, for one that starts no rule's code.
    """
    asked = [code.strip().upper() for text in given for code in text.split(",")]
    for code in asked:
        if not code or not any(rule.code.startswith(code) for rule in rules):
            raise unknown(code, rules)
    return tuple(asked)


def unknown(code: str, rules: Sequence[Rule]) -> MlcheckError:
    """Return the trouble of a code that no rule has."""
    families = len(code) <= len(rules[0].family)
    names = ((rule.family,) if families else (rule.code, rule.name) for rule in rules)
    known = {name.upper(): name for several in names for name in several}
    nearest = get_close_matches(code.upper(), known, 1, 0.0)
    return MlcheckError(
        "No rule has the code “{code}”; the nearest is {nearest} (mlcheck rules lists them).",
        code=code,
        nearest=known[nearest[0]] if nearest else "—",
    )
