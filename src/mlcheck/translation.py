"""Messages in the reader's language; the code writes them in English."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from pathlib import Path
from typing import Any

PREFERENCES = Path(
    "Library", "Preferences", ".GlobalPreferences.plist"
)  # of macOS, in the folder of the user
LANGUAGES = ("fr", "en")
PRIMARY, FRENCH = (
    0x3FF,
    0x0C,
)  # the bits of a language identifier of Windows that name the language, and French
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


def told(environment: Mapping[str, str]) -> str | None:
    """Return the language that the environment tells, as gettext reads it; None for nothing, C and POSIX."""
    for variable in VARIABLES:
        value = environment.get(variable, "").lower()
        if value and value.partition(".")[0] not in ("c", "posix"):
            return "fr" if value.startswith("fr") else "en"
        if value:
            return None
    return _of_system()


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the environment or the system tells; else English."""
    return told(environment) or "en"


def _of_system() -> str | None:
    """Return the language of Windows or macOS, which set no variable for what is double-clicked; None elsewhere."""
    if sys.platform == "darwin":
        return _of_macos()
    if os.name != "nt":
        return None
    import ctypes
    import locale

    try:
        kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        return "fr" if kernel.GetUserDefaultUILanguage() & PRIMARY == FRENCH else "en"
    except (AttributeError, OSError):
        name = locale.getlocale()[0] or ""
        return "fr" if name.lower().startswith("fr") else "en" if name else None


def _of_macos() -> str | None:
    """Return the first language of the preferences of the user, None where they name none."""
    import plistlib

    try:
        said = plistlib.loads((Path.home() / PREFERENCES).read_bytes()).get("AppleLanguages")
    except (OSError, ValueError, RuntimeError, AttributeError, plistlib.InvalidFileException):
        return None
    first = said[0] if isinstance(said, list) and said else ""
    return (
        None if not isinstance(first, str) or not first else "fr" if first.lower().startswith("fr") else "en"
    )
