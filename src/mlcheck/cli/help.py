"""The help of the command line, in the reader's language."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import typer
from msgspec import Struct
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from mlcheck.cli.usage import show
from mlcheck.translation import N_, language_of, told, translator

LOCALE = Path(__file__).parents[1] / "locale"
# What the libraries of the command line say; they look it up in the catalogue of the program.
WORDS = (
    N_("Options"), N_("Arguments"), N_("Commands"), N_("required"), N_("default: {default}"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip
USAGE = N_("Usage:")
USAGE_ERROR: type[Any] = typer.BadParameter.__bases__[0]  # of the library, which gives it no public name


def speak(arguments: Sequence[str]) -> None:
    """Have the libraries speak the language of --lang, else that of the environment."""
    for one, following in zip(arguments, (*arguments[1:], ""), strict=False):
        asked = (
            following if one == "--lang" else one.removeprefix("--lang=") if one.startswith("--lang=") else ""
        )
        if asked in ("fr", "en"):
            os.environ["LANGUAGE"] = asked
    if language := told(dict(os.environ)):  # on Windows no variable says it, and gettext asks nothing else
        os.environ["LANGUAGE"] = language
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


class Lazy(Struct, frozen=True):
    """A command that is imported when it is asked for: the `place` of its function ("module:name"), and what it does."""

    place: str
    about: str


class Group(TyperGroup):
    """The program, whose help is translated when it is shown, with that of the commands that are `known`."""

    known: ClassVar[Mapping[str, Lazy]] = {}

    def __init__(self, **settings: Any) -> None:
        """Know the names of the commands, which stand for none of them yet."""
        super().__init__(**settings)
        self.commands: dict[str, Any] = dict.fromkeys(self.known)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, imported; None where there is none of that name."""
        if cmd_name in self.known and self.commands[cmd_name] is None:
            module, _, name = self.known[cmd_name].place.partition(":")
            about = CommandInfo(
                cmd_name, cls=Command, callback=getattr(import_module(module), name), help=self.known[cmd_name].about
            )  # fmt: skip
            self.commands[cmd_name] = get_command_from_info(
                about, pretty_exceptions_short=False, rich_markup_mode=None
            )
        return self.commands.get(cmd_name)

    def make_context(self, *args: Any, **settings: Any) -> Any:
        """Read what stands before the command; what is wrong there is told in the reader's language."""
        with _in_words():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what is wrong in its call is told in the reader's language."""
        with _in_words():
            return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        """Return the help in the reader's language."""
        _translate(self, ctx)
        return super().get_help(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command does, the first sentence of its help, without importing any."""
        about = [(name, str(translated(one.about)).partition("\n")[0]) for name, one in self.known.items()]
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl(about)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that says how the program is called."""
        _write_usage(self, ctx, formatter)


@contextmanager
def _in_words() -> Iterator[None]:
    """Have an error of the call shown in the reader's language; the help that stands for one is left as it is."""
    try:
        yield
    except USAGE_ERROR as error:
        if type(error).show is USAGE_ERROR.show:
            error.show = partial(show, error, language_of(dict(os.environ)))
        raise


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=f"{translated(USAGE)} ")


def _translate(command: Any, ctx: Any) -> None:
    command.help = translated(command.help)
    for parameter in command.get_params(ctx):  # its own, and --help
        if getattr(parameter, "help", None):
            parameter.help = translated(parameter.help)
