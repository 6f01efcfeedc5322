"""mlcheck table: one table of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT, require_apart
from mlcheck.cli.output import view, write
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.standard_input import DASH
from mlcheck.cli.trouble import in_one_sentence, spoken, wording_of
from mlcheck.translation import N_


def table(
    section: Annotated[
        str,
        typer.Argument(
            metavar="SECTION", help=N_("A section: its id in the profile, or words of its heading.")
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|STORE]",
            show_default=False,
            help=N_("A report, or a store of many; else what mlcheck.toml names."),
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIMENSION", help=N_("What the rows are: commune, age…; agency or year of a store.")
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE|STORE",
            help=N_("Another way to name FILE."),
        ),
    ] = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    form: options.Format = options.ListFormat.TERMINAL,
    output: options.Output = None,
    delimiter: options.Delimiter = None,
    lang: options.Lang = None,
) -> None:
    """Show a table of a report, with its shares, and last year's figures where they are known."""
    with configured(lang) as (configuration, language):
        section, file = _in_order(section, file)
        report = report or file
        if report is not None and (store := _store(report)) is not None:
            _across(store, section, (by, year), form, output, language)
            return
        settings = settle(
            configuration, files=[report] if report else (), prior=prior, profile=profile, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.checking import extract
        from mlcheck.rendering.table.output import render_table
        from mlcheck.rendering.table.view import view_table

        facts = extract(settings.files[0], profile=settings.profile, year=settings.year, prior=settings.prior)
        with in_one_sentence(spoken(language, facts.language)):
            shown = view_table(facts, section, by)
        write(render_table(form, shown, view(language, output, delimiter=delimiter), facts.language), output)


def _in_order(section: str, file: Path | None) -> tuple[str, Path | None]:
    """Return the section and the report; other commands take the FILE first, so that both orders are understood."""
    if file is not None and (section == DASH.name or Path(section).exists()) and not file.exists():
        return str(file), Path(section)
    return section, file


def _store(report: Path) -> Path | None:
    """Return the store that is named, as a folder or by what is in it ("store/*"); None where it is a report."""
    from mlcheck.rendering.store.folder import is_store

    folder = report.parent if report.name in ("*", "**") else report
    return folder if is_store(folder) else None


def _across(
    store: Path,
    section: str,
    along: tuple[str | None, int | None],
    form: options.ListFormat,
    output: Path | None,
    language: str | None,
) -> None:
    """Write a table over the agencies and years of a store."""
    from mlcheck.rendering.table.across import view_across
    from mlcheck.rendering.table.across_output import render_across

    require_apart([store], [(OUTPUT, output)])
    shown = view(language or wording_of(language).language, output)
    write(render_across(str(form), view_across(store, section, *along), shown), output)
