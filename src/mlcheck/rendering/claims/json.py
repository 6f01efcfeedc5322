"""The claims of a report as one JSON object: what validate tells of each, and what bound it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mlcheck.model.finding import CheckedClaim, Passing, Report
from mlcheck.rendering.claims.view import VERDICTS, printed_words, verdicts
from mlcheck.rendering.json import SCHEMA_VERSION, claim_object
from mlcheck.rendering.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """Return one JSON object with every claim of a report; docs/json.md tells its keys."""
    wording = view.wording(report.language)
    whole = {
        "schema_version": SCHEMA_VERSION,
        "source": report.source,
        "year": report.year,
        "profile": report.profile,
        "prior": report.prior,
        "summary": _summary(report),
        "claims": [claim_object(c, wording) | _more(c) for c in report.claims],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _summary(report: Report) -> dict[str, int]:
    free, pinned = verdicts(report)
    counted = {"claims": len(report.claims)}
    counted |= {f"claims_{verdict}": free[verdict] for verdict in VERDICTS}
    return counted | {f"pinned_{verdict}": pinned[verdict] for verdict in VERDICTS}


def _more(checked: CheckedClaim) -> dict[str, Any]:
    claim = checked.claim
    return {
        "section": " / ".join(claim.sections),
        "span": [claim.start, claim.end],
        "hedge": claim.hedge,
        "period": claim.period,
        "reference": claim.reference,
        "subject": list(claim.subject),
        "base": list(claim.base),
        "rule": checked.rule,
        "words": list(printed_words(checked)),
        "pin": checked.pin or None,
        "evidence": _evidence(checked.evidence),
    }


def _evidence(evidence: Passing | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    low, high = (
        end.numerator if end.denominator == 1 else float(end) for end in (evidence.low, evidence.high)
    )
    return {
        "over": evidence.over, "passing": evidence.passing, "possible": evidence.possible, "low": low, "high": high,
    }  # fmt: skip
