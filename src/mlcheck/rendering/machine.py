"""What the formats that programs read have in common: paths, lines, and text that harms none of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from mlcheck.model.document import Locator
from mlcheck.model.finding import Finding, Suppressed, Suspect
from mlcheck.model.place import PARAGRAPHS
from mlcheck.rendering.confidence import sure
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import change, first, head
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

KNOWN_BEFORE = N_("known before")
SUSPECTS = 3
LONGEST = 4000  # characters of a message: what GitHub shows of an annotation is 4096 bytes
RECORDS = (".csv", ".tsv")  # a cell's row is that of its record
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ROW = re.compile(r"[A-Z]+([0-9]+)")


def readable(text: str, most: int = LONGEST) -> str:
    """Return a text on one line, its spaces ordinary, without what would break a log, an XML or its reading.

    Control characters and line breaks become spaces, what nobody sees is named, and what
    is no character (half of a surrogate pair, U+FFFE) becomes U+FFFD. More than `most` characters are cut.
    """
    return cut(encodable(plain(plain_spaces(text))), most)


def encodable(text: str) -> str:
    """Return a text as it is, but for what UTF-8 or XML cannot hold."""
    return _NO_CHARACTERS.sub("\ufffd", text)


def cut(text: str, most: int) -> str:
    """Return the beginning of a text that is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 2].rstrip()} …"


def path_of(file: str) -> str:
    """Return the path of a file with forward slashes, from the current folder where it lies below it."""
    path = Path(os.path.normpath(file))
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return path.as_posix()
    return path.as_posix()


def line_of(locator: Locator) -> int:
    """Return the 1-based line of a place in its file; 1 where the file is not made of lines.

    Of separated values it is the record's row: a cell that holds line breaks makes the lines after it differ.
    """
    suffix = Path(locator.file).suffix.lower()
    if locator.line is not None and suffix not in PARAGRAPHS:
        return max(locator.line, 1)
    row = _ROW.fullmatch(locator.cell or "") if suffix in RECORDS else None
    return int(row[1]) if row else 1


def sentences(finding: Finding, wording: Wording) -> Iterator[str]:
    """Yield what a finding says: the place and the message, what was expected, what to review, how sure it is."""
    message = readable(wording.say(finding.message, finding.values))
    where = place(finding.location, wording)
    yield message if where == finding.location.file else f"{readable(where)} — {message}"
    gaps = (
        wording.say("expected {expected}", {"expected": finding.expected}) if finding.expected else "",
        wording.say("gap {difference}", {"difference": finding.difference}) if finding.difference else "",
    )
    if any(gaps):
        yield readable(", ".join(gap for gap in gaps if gap))
    if finding.suspects:
        yield readable(_review(finding, wording))
    if confidence := sure(finding, wording):
        yield readable(confidence)


def _review(finding: Finding, wording: Wording) -> str:
    shown = first(finding.suspects, SUSPECTS)
    said = "; ".join(correction(suspect, finding, wording) for suspect in shown)
    rest = len(finding.suspects) - len(shown)
    more = f"; {wording.plural('… and {n} other', '… and {n} others', rest)}" if rest else ""
    return f"{head(finding.suspects, wording)} {said}{more}"


def correction(suspect: Suspect, finding: Finding, wording: Wording) -> str:
    """Return "G84 10 029 € → 10 024 €"."""
    where = place(suspect.location, wording, finding.location)
    return f"{where} {change(suspect, wording)}"


def justification(one: Suppressed, wording: Wording) -> str:
    """Return why a finding is silenced, who says so, and until when."""
    waiver = one.waiver
    if waiver is None:
        return readable(wording.say(KNOWN_BEFORE))
    until = wording.say("until {date}", {"date": waiver.expires.isoformat()}) if waiver.expires else ""
    return readable(" — ".join(part for part in (waiver.reason, waiver.author, until) if part))
