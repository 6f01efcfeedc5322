"""The program `mlcheck`: its commands, and the options that stand before them."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from mlcheck import __version__
from mlcheck.cli.help import Group, Lazy, speak
from mlcheck.cli.streams import run
from mlcheck.cli.trouble import DEBUG
from mlcheck.translation import N_

COMMANDS: dict[str, Lazy] = {
    "validate": Lazy(
        "mlcheck.cli.validate:validate",
        N_("Check the figures of reports against one another, and say what is wrong."),
    ),
    "ui": Lazy(
        "mlcheck.cli.ui:ui",
        N_("Open a page on this machine, to drop reports on and see what is wrong; nothing leaves it."),
    ),
    "compare": Lazy(
        "mlcheck.cli.compare:compare",
        N_(
            "Compare the figures of two files that tell the same report, such as slides and their workbook.\n\n"
            "Exit status: 0 all that both state agrees, 1 differences, 2 unusable input or no figure in both, "
            "3 a fault of mlcheck."
        ),
    ),
    "coverage": Lazy(
        "mlcheck.cli.coverage:coverage",
        N_("Show which figures of a report the checks prove, and which none of them covers."),
    ),
    "relations": Lazy(
        "mlcheck.cli.relations:relations",
        N_(
            "List every relation between figures of reports: why it is believed, how sure it is, its verdict.\n\n"
            "Exit status: 0 listed, whatever the verdicts, 2 unusable input, 3 a fault of mlcheck."
        ),
    ),
    "table": Lazy(
        "mlcheck.cli.table:table",
        N_("Show a table of a report, with its shares, and last year's figures where they are known."),
    ),
    "figures": Lazy(
        "mlcheck.cli.stages:figures",
        N_("List the figures read in the tables of a report, with their places and roles."),
    ),
    "claims": Lazy(
        "mlcheck.cli.claims:claims",
        N_("List every claim of the sentences of a report, with its verdict, its arithmetic and its place."),
    ),
    "rules": Lazy(
        "mlcheck.cli.explain:rules", N_("List the rules: code, severity, name, and what is wrong.")
    ),
    "explain": Lazy(
        "mlcheck.cli.explain:explain",
        N_("Say what a rule finds, why it matters, and what leaves it undecided."),
    ),
    "init": Lazy(
        "mlcheck.cli.init:init",
        N_("Draft a profile from a report, for a person to review: next year's report is held to its shape."),
    ),
    "extract": Lazy(
        "mlcheck.cli.extract:extract",
        N_("Write the tables and claims of a report as data with their places, or as a workbook to correct."),
    ),
    "cache": Lazy(
        "mlcheck.cli.cache:cache", N_("Show how many results are kept from earlier runs, and remove them.")
    ),
    "config": Lazy(
        "mlcheck.cli.config:config",
        N_("Show what mlcheck.toml says in this folder, and what holds where it says nothing."),
    ),
}
ABOUT = N_(
    "Check that the figures of a published report agree with one another.\n\n"
    "Exit status: 0 consistent, 1 findings, 2 unusable input or nothing checked, 3 a fault of mlcheck."
)


class Program(Group):
    """The program with its commands."""

    known = COMMANDS


app = typer.Typer(
    name="mlcheck",
    cls=Program,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mlcheck {__version__}")
        raise typer.Exit


@app.callback(help=ABOUT)
def mlcheck(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=N_("Print the version."))
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help=N_("Show where mlcheck failed (or set MLCHECK_DEBUG=1)."))
    ] = False,
) -> None:
    """Take the options that stand before every command."""
    if debug:
        os.environ[DEBUG] = "1"


def main() -> NoReturn:
    """Run the command line, in the language of --lang or of the environment."""
    speak(sys.argv[1:])
    run(app)
