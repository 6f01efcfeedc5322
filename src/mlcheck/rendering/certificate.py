"""What was checked, with what, and what came out: the same bytes for the same inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mlcheck.model.finding import Report, Suppressed, Waiver
from mlcheck.rendering import summary
from mlcheck.rendering.places import location

VERSION = 1


def certificate(
    reports: Iterable[Report],
    hashes: Mapping[str, str],
    version: str,
    options: Mapping[str, Any],
    status: int,
) -> str:
    """Return the certificate of a run as JSON, its keys sorted, without a date or a path of the machine.

    `hashes` maps the name of each input to its SHA-256; `version` is that of mlcheck; `options` what the
    run was asked; `status` its exit status.
    """
    shown = {
        "certificate_version": VERSION,
        "mlcheck": version,
        "inputs": dict(hashes),
        "options": dict(options),
        "reports": [_report(report) for report in reports],
        "status": status,
    }
    return json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _report(report: Report) -> dict[str, Any]:
    figures, claims = summary.coverage(report), summary.claims(report)
    return {
        "source": report.source.rsplit("/", 1)[-1],
        "year": report.year,
        "profile": report.profile,
        "prior": report.prior.rsplit("/", 1)[-1] if report.prior else None,
        "unusable": report.unusable,
        "rules": sorted(report.rules),
        "crashed_rules": sorted(crash.name for crash in report.crashes),
        "constraints": {verdict: report.constraints.get(verdict, 0) for verdict in summary.VERDICTS},
        "figures": dict(sorted(figures.items())),
        "claims": {verdict: claims[verdict] for verdict in summary.VERDICTS},
        "not_understood": len(report.not_understood),
        "findings": dict(sorted(summary.severities(report).items())),
        "fingerprints": sorted(finding.fingerprint for finding in report.findings if finding.fingerprint),
        "left_out": report.left_out,
        "waivers": [_waiver(one) for one in report.suppressed],
        "verdict": _verdict(report),
    }


def _verdict(report: Report) -> str:
    found = summary.verdict(report)
    return found if found in ("inconsistent", "consistent", "consistent-but-known") else "not checked"


def _waiver(one: Suppressed) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "by": one.by,
        "rule": one.finding.rule,
        "fingerprint": one.finding.fingerprint,
        "location": location(one.finding.location) | {"file": one.finding.location.file.rsplit("/", 1)[-1]},
    }
    waiver: Waiver | None = one.waiver
    if waiver is not None:
        expires = None if waiver.expires is None else waiver.expires.isoformat()
        shown |= {"reason": waiver.reason, "author": waiver.author, "expires": expires}
    return shown
