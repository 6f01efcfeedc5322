"""mlcheck figures and mlcheck claims: what was read, before any verdict."""

from __future__ import annotations

from pathlib import Path

from mlcheck.cli import options
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle


def figures(
    file: options.Source = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    """List the figures read in the tables of a report, with their places and roles."""
    _list("figures", file, None, profile, year, form, output, lang)


def claims(
    file: options.Source = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    lang: options.Lang = None,
) -> None:
    """List what the sentences of a report claim, and the figures that each claim is bound to."""
    _list("claims", file, prior, profile, year, form, output, lang)


def _list(
    stage: str,
    file: Path | None,
    prior: Path | None,
    profile: str | None,
    year: int | None,
    form: str,
    output: Path | None,
    lang: str | None,
) -> None:
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=[file] if file else (), prior=prior, profile=profile, year=year
        )
        from mlcheck.checking import extract
        from mlcheck.rendering import stages

        facts = extract(settings.files[0], profile=settings.profile, year=settings.year, prior=settings.prior)
        pieces = {"figures": stages.figures, "claims": stages.claims}[stage](
            form, facts, view(language, output)
        )
        write(pieces, output, settings.inputs)
