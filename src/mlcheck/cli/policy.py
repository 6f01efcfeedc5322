"""What a team decided of findings, taken from mlcheck.toml and the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from mlcheck.cli.codes import codes
from mlcheck.cli.settings import Settings
from mlcheck.model.finding import Severity

if TYPE_CHECKING:
    from mlcheck.checking.suppression import Policy


def policy_of(settings: Settings, min_confidence: float = 0.0) -> Policy:
    """Return the waivers, severities and baseline in force, and how sure a finding must be.

    Raises MlcheckError for an unknown rule.
    A waiver that names no report is about the one that mlcheck.toml names, where it names one.
    """
    from mlcheck.checking.baseline import read_baseline
    from mlcheck.checking.suppression import Policy
    from mlcheck.rules import RULES

    configuration = settings.configuration
    codes([w.rule for w in configuration.waivers], RULES)
    codes([*configuration.severities, *configuration.tolerances], RULES)
    named = configuration.report.name if configuration.report else None
    return Policy(
        tuple(replace(w, file=w.file or named) for w in configuration.waivers),
        None if settings.baseline is None else read_baseline(settings.baseline),
        {code: cast(Severity, severity) for code, severity in configuration.severities.items()},
        date.today(),
        alone=len(settings.files) == 1,
        min_confidence=min_confidence,
    )
