"""What a finding is recognised by from one run to the next, whatever its figures become."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from mlcheck.model.finding import CheckedClaim, Finding
from mlcheck.words import fold

_FIGURES = re.compile(r"[\d\s.,]*\d")
LENGTH = 16  # hexadecimal digits: a collision among a million findings is one chance in forty million


def with_fingerprints(findings: Iterable[Finding], claims: Sequence[CheckedClaim]) -> tuple[Finding, ...]:
    """Return findings with their fingerprints: rule, report, section, table, label and sentence, by words.

    Figures are left out, and so are addresses: a row added above, or a value mended in part, makes no new
    finding. Findings that share all their words are numbered in the order of the document.
    """
    sentences = {checked.claim.locator: checked.claim.text for checked in claims}
    seen: Counter[str] = Counter()
    marked = []
    for finding in findings:
        words = "\n".join(
            (
                finding.rule, PurePath(finding.location.file).name,
                *(_worded(text) for text in (finding.section, finding.table, finding.label)),
                "" if finding.label else _worded(sentences.get(finding.location, "")),
            )
        )  # fmt: skip
        seen[words] += 1
        digest = hashlib.sha256(f"{words}\n{seen[words]}".encode()).hexdigest()
        marked.append(replace(finding, fingerprint=digest[:LENGTH]))
    return tuple(marked)


def _worded(text: str) -> str:
    return fold(_FIGURES.sub("#", text))
