"""mlcheck config: what is in force in this folder, and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlcheck.api import decided
from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT, require_apart
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, shown
from mlcheck.cli.trouble import wording_of
from mlcheck.configuration import Configuration
from mlcheck.translation import N_

DEFAULTS: dict[str, Any] = {"fail-on": "error"}


def config(
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    """Show what mlcheck.toml says in this folder, and what holds where it says nothing."""
    with configured(lang) as (configuration, language):
        require_apart(configuration.read, [(OUTPUT, output)])
        decided(configuration)
        from mlcheck.rendering.listing import settings_list

        wording = wording_of(language)
        text = settings_list(str(form), _rows(configuration), wording, view(wording.language, output).width)
        write([text], output)


def _rows(configuration: Configuration) -> list[tuple[str, str, str]]:
    """Return each key, its value, and where it comes from: the file, or a default."""
    own = configuration.file.name if configuration.file else ""
    said: dict[str, Any] = {
        "report": _below(configuration.report),
        "prior": _below(configuration.prior),
        "profile": configuration.profile,
        "year": configuration.year,
        "language": configuration.language,
        "select": ", ".join(configuration.select) or None,
        "ignore": ", ".join(configuration.ignore) or None,
        "fail-on": configuration.fail_on,
        "min-coverage": configuration.min_coverage,
        "min-confidence": configuration.min_confidence,
        "baseline": _below(configuration.baseline),
        "cache": _kept(configuration.cache),
        "help-uri": configuration.help_uri,
    }
    rows = [
        (
            key,
            str(DEFAULTS.get(key, "") if value is None else value),
            own if value is not None else N_("default"),
        )
        for key, value in said.items()
    ]
    rows += [(f"severity.{code}", severity, own) for code, severity in configuration.severities.items()]
    rows += [(f"tolerance.{code}", str(gap), own) for code, gap in configuration.tolerances.items()]
    for waiver in configuration.waivers:
        until = f" ({waiver.expires})" if waiver.expires else ""
        text = f"{waiver.rule} {waiver.place}: {waiver.reason} — {waiver.author}{until}"
        rows.append((f"waiver {waiver.number}", text, own))
    return rows


def _below(path: Path | None) -> str | None:
    """Return a path as the person in this folder would write it."""
    return None if path is None else shown(path).as_posix()


def _kept(cache: Path | bool) -> str | None:
    """Return the folder of results, or that there is one, as it is written."""
    return (str(cache).lower() if cache else None) if isinstance(cache, bool) else _below(cache)
