"""What was known of reports on a day: findings that do not fail a run, until they are mended."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from msgspec.structs import replace

from mlcheck.language.words import fold
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import CheckedClaim, Finding, Report

VERSION = 1
_VERSION = re.compile(r"(?:[-_ .]+v[0-9]+(?:[-_.][0-9]+)*| ?\([0-9]+\))+$", re.IGNORECASE)
_FIGURES = re.compile(r"[0-9\s.,]*[0-9]")
LENGTH = 16  # hexadecimal digits: a collision among a million findings is one chance in forty million


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints that a baseline holds. Raises MlcheckError where it is none."""
    try:
        held = json.loads(path.read_text("utf-8-sig"))
        version, findings = held["baseline_version"], held["findings"]
        fingerprints = frozenset(str(finding["fingerprint"]) for finding in findings)
    except OSError as error:
        raise MlcheckError(
            "{file} cannot be read ({reason}): write it with --write-baseline.",
            file=path.as_posix(), reason=error.strerror or str(error),
        ) from error  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MlcheckError(
            "{file} is no baseline: write it again with --write-baseline.", file=path.as_posix()
        ) from error
    if version != VERSION:
        raise MlcheckError(
            "{file} is a baseline of another version: write it again with --write-baseline.",
            file=path.as_posix(),
        )
    return fingerprints


def baseline(reports: Iterable[Report]) -> Iterator[str]:
    """Yield the text of a baseline: every finding that is not waived, in an order that does not change.

    Rule, report and label stand beside the fingerprint for the person who reviews the file.
    """
    rows = [
        {
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "report": Path(report.source).name,
            "table": finding.table,
            "label": finding.label,
        }
        for report in reports
        for finding in (
            *report.findings,
            *(one.finding for one in report.suppressed if one.by == "baseline"),
        )
        if finding.fingerprint
    ]
    rows.sort(key=lambda row: (row["report"], row["rule"], row["fingerprint"]))
    yield json.dumps({"baseline_version": VERSION, "findings": rows}, ensure_ascii=False, indent=1) + "\n"


# What a finding is recognised by from one run to the next, whatever its figures become.


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
                finding.rule, _versionless(PurePath(finding.location.file)),
                *(_worded(text) for text in (finding.section, finding.table, finding.label)),
                "" if finding.label else _worded(sentences.get(finding.location, "")),
            )
        )  # fmt: skip
        seen[words] += 1
        digest = hashlib.sha256(f"{words}\n{seen[words]}".encode("utf-8", "surrogateescape")).hexdigest()
        marked.append(replace(finding, fingerprint=digest[:LENGTH]))
    return tuple(marked)


def _versionless(file: PurePath) -> str:
    """Return the name of a file without what counts its versions, which a later one of the same report has not: "-v2", " (1)"."""
    return (_VERSION.sub("", file.stem) or file.stem) + file.suffix


def _worded(text: str) -> str:
    return fold(_FIGURES.sub("#", text))
