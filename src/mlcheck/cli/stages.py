"""mlcheck figures: what was read in the tables, before any verdict."""

from __future__ import annotations

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle


def figures(
    file: options.Source = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    delimiter: options.Delimiter = None,
    lang: options.Lang = None,
) -> None:
    """List the figures read in the tables of a report, with their places and roles."""
    with configured(lang) as (configuration, language):
        settings = settle(
            configuration, files=[file] if file else (), prior=None, profile=profile, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.checking import extract
        from mlcheck.rendering import stages

        facts = extract(settings.files[0], profile=settings.profile, year=settings.year)
        write(stages.figures(form, facts, view(language, output, delimiter=delimiter)), output)
