"""Messages in the reader's language; the code writes them in English."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

LANGUAGES = ("fr", "en")
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def N_(template: str) -> str:
    """Return `template` as it is: marks a message that is translated only when it is shown."""
    return template


@cache
def translator(language: str) -> NullTranslations:
    """Return the catalogue of `language`; English, or a language without one, keeps the messages."""
    catalogue = files("mlcheck") / "locale" / language / "LC_MESSAGES" / "mlcheck.mo"
    if language == "en" or not catalogue.is_file():
        return NullTranslations()
    with catalogue.open("rb") as stream:
        return GNUTranslations(stream)


def language_of(environment: dict[str, str]) -> str:
    """Return the language that the environment asks for, as gettext reads it; else English."""
    for variable in VARIABLES:
        if environment.get(variable):
            return "fr" if environment[variable].lower().startswith("fr") else "en"
    return "en"
