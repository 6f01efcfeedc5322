"""The codes of --select and --ignore, and those of mlcheck.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mlcheck.model.constraints import Rule
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.configuration import Configuration

IN_TABLE = N_(
    "{file}, [{key}]: no rule has the code “{code}”; the nearest is {nearest} (mlcheck rules lists them)."
)
IN_WAIVER = N_(
    "{file}, waiver {number}: no rule has the code “{code}”; the nearest is {nearest} (mlcheck rules lists them)."
)


def codes(given: Sequence[str], rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return the codes and families in `given`, which may hold several between commas.

    Raises MlcheckError, with the nearest code, for one that starts no rule's code.
    """
    asked = [code.strip().upper() for text in given for code in text.split(",")]
    for code in asked:
        if not _is_known(code, rules):
            raise unknown(code, rules)
    return tuple(asked)


def require_known(configuration: Configuration, rules: Sequence[Rule]) -> None:
    """Raise MlcheckError, with the file, its table and the nearest code, for a code of mlcheck.toml that no rule has."""
    for number, waiver in enumerate(configuration.waivers, 1):
        if not _is_known(waiver.rule, rules):
            nearest = _nearest(waiver.rule, rules)
            raise MlcheckError(
                IN_WAIVER, file=configuration.file, number=number, code=waiver.rule, nearest=nearest
            )
    for key, codes_of in (("severity", configuration.severities), ("tolerance", configuration.tolerances)):
        for code in codes_of:
            if not _is_known(code, rules, whole=True):
                raise MlcheckError(
                    IN_TABLE,
                    file=configuration.file,
                    key=key,
                    code=code,
                    nearest=_nearest(code, rules, whole=True),
                )


def _is_known(code: str, rules: Iterable[Rule], *, whole: bool = False) -> bool:
    """Tell whether a code is that of a rule, or the beginning of one: where it is to be `whole`, that of a family."""
    if whole:
        return any(code in (rule.code, rule.family) for rule in rules)
    return bool(code) and any(rule.code.startswith(code) for rule in rules)


def unknown(code: str, rules: Sequence[Rule]) -> MlcheckError:
    """Return the trouble of a code that no rule has."""
    return MlcheckError(
        "No rule has the code “{code}”; the nearest is {nearest} (mlcheck rules lists them).",
        code=code,
        nearest=_nearest(code, rules),
    )


def _nearest(code: str, rules: Sequence[Rule], *, whole: bool = False) -> str:
    """Return the family, code or name that is nearest to a code; where a `whole` code or family is wanted, one of these."""
    if whole:
        return get_close_matches(
            code.upper(), [n for rule in rules for n in (rule.family, rule.code)], 1, 0.0
        )[0]
    families = len(code) <= len(rules[0].family)
    names = ((rule.family,) if families else (rule.code, rule.name) for rule in rules)
    known = {name.upper(): name for several in names for name in several}
    nearest = get_close_matches(code.upper(), known, 1, 0.0)
    return known[nearest[0]] if nearest else "—"
