"""mlcheck init: a profile drafted from a report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from mlcheck.cli import options
from mlcheck.cli.files import OUTPUT
from mlcheck.cli.output import create, refuse_existing, write
from mlcheck.cli.settings import configured, settle
from mlcheck.cli.trouble import spoken
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.drafting import Draft

NO_TABLE = N_("{file} holds no table to make a profile of: name a report with tables.")
NOT_TOML = N_("{file} is no name for a profile, which is found by its .toml; choose another for --output.")
WRITTEN = N_(
    "{file}: {tables} of {all} tables, {rules} rules between them. Read it and mend it, then check a report with "
    "--profile {file}"
)


def init(
    file: options.Source = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=N_("Write the profile there, never over a file that exists."),
        ),
    ] = None,
    extends: Annotated[
        str | None,
        typer.Option(metavar="NAME|FILE", help=N_("Write only what this profile does not declare.")),
    ] = None,
    year: options.Year = None,
    stdin_filename: options.StdinFilename = None,
    lang: options.Lang = None,
) -> None:
    """Draft a profile from a report, for a person to review: next year's report is held to its shape."""
    with configured(lang) as (configuration, language):
        if output is not None:
            _refuse(output)
        settings = settle(
            replace(configuration, profile=None), files=[file] if file else (), prior=None, profile=extends, year=year,
            outputs=[(OUTPUT, output)], stdin_filename=stdin_filename,
        )  # fmt: skip
        from mlcheck.checking import extract
        from mlcheck.drafting import draft, page, stub_heads
        from mlcheck.reading import read

        source = settings.files[0]
        facts = extract(source, profile=settings.profile, year=settings.year)
        if not facts.tables:
            raise MlcheckError(NO_TABLE, file=source)
        say = Wording(language or facts.language)
        drafted = draft(
            facts, stub_heads(read(source), facts), say, settings.profile, _written(extends, output)
        )
        _write(page(drafted, say), output, drafted)
        if output is not None:
            write([_summary(drafted, output, Wording(spoken(language, facts.language))) + "\n"], None)


def _refuse(output: Path) -> None:
    refuse_existing(output)
    if output.suffix != ".toml":
        raise MlcheckError(NOT_TOML, file=output)


def _write(text: str, output: Path | None, drafted: Draft) -> None:
    """Write the profile where it is wanted, once it was read back and proved."""
    from mlcheck.drafting import prove
    from mlcheck.profile import load

    def check(path: Path) -> None:
        prove(load(str(path.resolve()), folder=Path.cwd()), drafted)

    if output is not None:
        create(text, output, check)
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        create(text, Path(folder) / "profile.toml", check)
    write([text], None)


def _written(extends: str | None, output: Path | None) -> str | None:
    """Return the extended profile as the new one names it: a path is taken from where the new one stands."""
    from mlcheck.profile.find import is_path

    if extends is None or output is None or not is_path(extends):
        return extends
    return Path(os.path.relpath(extends, output.parent)).as_posix()


def _summary(drafted: Draft, output: Path, say: Wording) -> str:
    kept = sum(one.reason is None for one in drafted.tables)
    values = {"file": output, "tables": kept, "all": len(drafted.tables), "rules": len(drafted.rules)}
    return say.say(WRITTEN, values)
