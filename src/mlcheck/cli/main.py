"""The program `mlcheck`: its commands, and the options that stand before them."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from mlcheck import __version__
from mlcheck.cli.claims import claims
from mlcheck.cli.compare import compare
from mlcheck.cli.config import config
from mlcheck.cli.coverage import coverage
from mlcheck.cli.explain import explain, rules
from mlcheck.cli.extract import extract
from mlcheck.cli.init import init
from mlcheck.cli.stages import figures
from mlcheck.cli.table import table
from mlcheck.cli.trouble import DEBUG
from mlcheck.cli.validate import validate

app = typer.Typer(
    name="mlcheck",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (validate, compare, coverage, table, figures, claims, rules, explain, init, extract, config):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mlcheck {__version__}")
        raise typer.Exit


@app.callback()
def mlcheck(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help=f"Show where mlcheck failed (or set {DEBUG}=1).")
    ] = False,
) -> None:
    """Check that the figures of a published report agree with one another.

    Exit status: 0 consistent, 1 findings, 2 unusable input or nothing checked, 3 a fault of mlcheck.
    """
    if debug:
        os.environ[DEBUG] = "1"


def main() -> None:
    """Run the command line."""
    app()
