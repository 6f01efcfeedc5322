"""Whose report it is, and what identifies it: the agency is its folder's name, else what its own name says."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.finding import Report

UNKNOWN = (
    "__HIVE_DEFAULT_PARTITION__"  # what Hive, and who reads its folders, calls a value that is not known
)
DIGITS = 20  # of a hash: as many reports as there are would not meet
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_NAMED = re.compile(r"[^\W_]+")


class Origin(Struct, frozen=True):
    """Where a report comes from; `key` identifies it, whatever folder and machine it is read on."""

    agency: str | None
    year: int | None
    key: str

    @property
    def partition(self) -> str:
        """The folder of its rows in each table, as Hive names it."""
        agency = UNKNOWN if self.agency is None else quote(self.agency, safe=" ")
        return f"agency={agency}/year={UNKNOWN if self.year is None else self.year}"


def origin(report: Report, agency: str | None) -> Origin:
    """Return the origin of a report: of the `agency` given, else that of its profile, else of its path.

    Its year is the one that it says, else that of its folder. It is identified by its agency, the folders of years
    that it lies in, and its name.
    """
    parts = PurePosixPath(report.source.replace("\\", "/")).parts
    own = report.facts.profile.agency if report.facts is not None and report.facts.profile else ""
    known = agency or own or agency_of(parts)
    dated = _dated(parts)
    year = report.year
    if year is None and dated:
        year = int(_YEAR.findall(dated[-1])[-1])
    identity = "\0".join((known or "", *dated, parts[-1] if parts else ""))
    return Origin(known, year, hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:DIGITS])


def _dated(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders right over a file that each name a year."""
    first = len(parts) - 1
    while first > 0 and _YEAR.search(parts[first - 1]):
        first -= 1
    return parts[first:-1]


def agency_of(parts: tuple[str, ...]) -> str | None:
    """Return the agency that a path names: the nearest folder that is no year and no word of filing, else the file.

    "lille/2023/rapport.xlsx" and "rapports/rapport_lille_2023.xlsx" are both of "lille"; None where nothing names one.
    """
    for folder in reversed(parts[:-1]):
        if _names(folder) or (folder.isdigit() and not _YEAR.fullmatch(folder)):
            return "-".join(_names(folder)) if _YEAR.search(folder) else folder.strip()
    name = PurePosixPath(parts[-1]).stem if parts else ""
    return "-".join(_names(name)) or None


def _names(text: str) -> list[str]:
    """Return the words of a name that may name an agency: no years, no numbers, none of filing."""
    filing = {fold(word) for word in lexicon().filing}
    words = _NAMED.findall(text)
    kept = [word for word in words if not word.isdigit() and fold(word) and fold(word) not in filing]
    return [word for word in words if word in kept or (kept and word.isdigit() and not _YEAR.fullmatch(word))]
