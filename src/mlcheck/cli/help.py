"""The help of the command line, in the reader's language."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from mlcheck.translation import N_, language_of, translator

LOCALE = Path(__file__).parents[1] / "locale"
# What the libraries of the command line say; they look it up in the catalogue of the program.
WORDS = (
    N_("Options"), N_("Arguments"), N_("Commands"), N_("required"), N_("default: {default}"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip
USAGE = N_("Usage:")


def speak(arguments: Sequence[str]) -> None:
    """Have the libraries speak the language of --lang, else that of the environment."""
    for one, following in zip(arguments, (*arguments[1:], ""), strict=False):
        asked = (
            following if one == "--lang" else one.removeprefix("--lang=") if one.startswith("--lang=") else ""
        )
        if asked in ("fr", "en"):
            os.environ["LANGUAGE"] = asked
    gettext.bindtextdomain("mlcheck", str(LOCALE))
    gettext.textdomain("mlcheck")


def translated(text: str | None) -> str | None:
    """Return a text of the command line in the language of the environment."""
    language = language_of(dict(os.environ))
    return translator(language).gettext(text) if text and language != "en" else text


class Command(TyperCommand):
    """A command whose help is translated when it is shown."""

    def get_help(self, ctx: Any) -> str:
        """Return the help in the reader's language."""
        _translate(self, ctx)
        return super().get_help(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that says how the command is called."""
        _write_usage(self, ctx, formatter)


class Group(TyperGroup):
    """The program, whose help is translated when it is shown, with that of its commands."""

    def get_help(self, ctx: Any) -> str:
        """Return the help in the reader's language."""
        _translate(self, ctx)
        for command in self.commands.values():
            _translate(command, ctx)
        return super().get_help(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that says how the program is called."""
        _write_usage(self, ctx, formatter)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=f"{translated(USAGE)} ")


def _translate(command: Any, ctx: Any) -> None:
    command.help = translated(command.help)
    for parameter in command.get_params(ctx):  # its own, and --help
        if getattr(parameter, "help", None):
            parameter.help = translated(parameter.help)
