"""How trouble is reported: one sentence on standard error, and an exit status."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from mlcheck.model.errors import OWN_FAULT, MlcheckError, StageError
from mlcheck.rendering import summary
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.wording import Wording
from mlcheck.translation import language_of, told

_COMMAND = re.compile(r"^(?=\s*(?:::|##\[))")
DEBUG = "MLCHECK_DEBUG"
NAMES = ("file", "folder", "source", "other")  # of the values of a sentence, those that are files
UNUSABLE, FAULT = summary.UNUSABLE, summary.FAULT


@contextmanager
def in_one_sentence(language: str | None) -> Iterator[None]:
    """Turn trouble into a sentence and an exit status; `language` None is that of the environment.

    Raises typer.Exit: 2 for input that cannot be used, 3 for a fault of mlcheck.
    """
    try:
        yield
    except typer.Exit:
        raise
    except MlcheckError as error:
        if os.environ.get(DEBUG):
            raise
        named = [error.values[name] for name in NAMES if name in error.values]
        warn(Wording(heard(language, named)).say(error.template, error.values))
        raise typer.Exit(UNUSABLE) from None
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        fault = str(error) if isinstance(error, StageError) else f"{type(error).__name__}: {error}"
        warn(wording_of(language).say(OWN_FAULT, {"error": fault}))
        raise typer.Exit(FAULT) from None


def heard(language: str | None, named: Iterable[object]) -> str:
    """Return the language to speak of trouble in: the one asked for, else the environment's, else that of what is named.

    A report that is there is taken for French, as checking takes it; a file that is not there is where its name is.
    """
    if known := language or told(dict(os.environ)):
        return known
    return "fr" if any(_is_french(str(one)) for one in named) else "en"


def _is_french(name: str) -> bool:
    from mlcheck.language.names import is_french
    from mlcheck.reading.files import READERS

    path = Path(name)
    try:
        return (path.suffix.lower() in READERS and path.is_file()) or is_french(name)
    except (OSError, ValueError):  # a name that the system refuses
        return is_french(name)


def wording_of(language: str | None) -> Wording:
    """Return the words for what is said outside any report."""
    return Wording(language or language_of(dict(os.environ)))


def spoken(language: str | None, report: str) -> str:
    """Return the language to speak of a report in: the one asked for, else the environment's, else the `report`'s own."""
    return language or told(dict(os.environ)) or report


def warn(sentence: str) -> None:
    """Write a sentence on standard error, after what standard output already holds."""
    with suppress(OSError):  # where nobody reads it any more, the sentence is still written
        sys.stdout.flush()
    # A line of the reader's making must not pass for a command of the service that shows the log.
    lines = "\n".join(_COMMAND.sub(" ", plain_spaces(plain(line))) for line in sentence.splitlines())
    print(f"mlcheck: {lines}", file=sys.stderr, flush=True)  # noqa: T201
