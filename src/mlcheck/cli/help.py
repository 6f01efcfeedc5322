"""Help and complaints of the command line, in the reader's language."""

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
    N_("Usage:"), N_("Options"), N_("Arguments"), N_("Commands"), N_("required"), N_("default: {default}"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
    N_("Try '{command} {option}' for help."), N_("Error: {message}"), N_("No such option: {name}"),
    N_("No such option {name!r}."), N_("No such command {name!r}."), N_("Missing argument"), N_("Missing option"),
    N_("Missing parameter"), N_("Missing command."), N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"), N_("Did you mean {possibility}?"),
    N_("Option {name!r} requires an argument."), N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."), N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."), N_("Choose from:\n\t{choices}"),
)  # fmt: skip


def speak(arguments: Sequence[str]) -> None:
    """Have the libraries speak the language of --lang, else that of the environment."""
    for one, following in zip(arguments, (*arguments[1:], ""), strict=True):
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
        _translate(self)
        return super().get_help(ctx)


class Group(TyperGroup):
    """The program, whose help is translated when it is shown, with that of its commands."""

    def get_help(self, ctx: Any) -> str:
        """Return the help in the reader's language."""
        _translate(self)
        for command in self.commands.values():
            _translate(command)
        return super().get_help(ctx)


def _translate(command: Any) -> None:
    command.help = translated(command.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translated(parameter.help)
