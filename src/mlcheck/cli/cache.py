"""Where results are kept from run to run, and mlcheck cache, which shows and removes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.files import require_folder_apart
from mlcheck.cli.output import write
from mlcheck.cli.settings import Settings, configured, shown
from mlcheck.cli.trouble import wording_of
from mlcheck.configuration import Configuration
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

HELD = N_("{folder}: {n} results, {size} MB.")
REMOVED = N_("{folder}: {n} results removed.")
UNUSABLE = N_("{folder} cannot keep results ({why}): name another folder with --cache, or use --no-cache.")


def cache(
    folder: Annotated[
        Path | None,
        typer.Option(
            "--cache", metavar="DIR", help=N_("The folder; else the one of mlcheck.toml, or of the user."), show_default=False
        ),
    ] = None,
    remove: Annotated[bool, typer.Option("--clear", help=N_("Remove the results that are kept."))] = False,
    lang: options.Lang = None,
) -> None:  # fmt: skip
    """Show how many results are kept from earlier runs, and remove them."""
    with configured(lang) as (configuration, language):
        from mlcheck.network.cache import clear, kept

        place, wording = folder or _configured(configuration) or user_folder(), wording_of(language)
        values: dict[str, object] = {"folder": place.as_posix()}
        if remove:
            write([wording.say(REMOVED, values | {"n": clear(place)}) + "\n"], None)
            return
        held = [one for one in kept(place) if one.whole]
        size = f"{sum(one.size for one in held) / 10**6:.1f}"
        write([wording.say(HELD, values | {"n": len(held), "size": size}) + "\n"], None)


def cache_folder(settings: Settings, asked: Path | None, refused: bool) -> Path | None:
    """Return the folder that keeps the results of a run, made where it is missing; None where nothing is kept.

    Raises MlcheckError where it cannot be written, or is not apart from what the run reads.
    """
    folder = None if refused else asked or _configured(settings.configuration)
    if folder is None:
        return None
    require_folder_apart(settings.inputs, folder, "--cache")
    from mlcheck.network.cache import make

    with _usable(folder):
        make(folder)
    return folder


def user_folder() -> Path:
    """Return where programs of this user keep what they can make again."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "mlcheck" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mlcheck"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlcheck"


def _configured(configuration: Configuration) -> Path | None:
    """Return the folder that mlcheck.toml names, None where it names none and does not ask for one."""
    said = configuration.cache
    return user_folder() if said is True else shown(said) if said else None


@contextmanager
def _usable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MlcheckError(UNUSABLE, folder=folder.as_posix(), why=error.strerror or str(error)) from error
