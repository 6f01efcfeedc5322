"""What was known of reports on a day: findings that do not fail a run, until they are mended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Report

VERSION = 1


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints that a baseline holds. Raises MlcheckError where it is none."""
    try:
        held = json.loads(path.read_text("utf-8"))
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
