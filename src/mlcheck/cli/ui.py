"""mlcheck ui: a page on this machine, for who would rather not use a terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli import options
from mlcheck.cli.output import whole, write
from mlcheck.cli.settings import configured
from mlcheck.cli.trouble import wording_of
from mlcheck.translation import N_, language_of

OPENED = N_("The page is open in your browser. Close it to stop, or press Ctrl-C here.")
ADDRESS = N_("Open this address in a browser of this machine. Close the page to stop, or press Ctrl-C here.")


def ui(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help=N_("A report to follow: it is checked again each time it is saved."), show_default=False
        ),
    ] = None,
    prior: options.Prior = None,
    profile: options.ProfileName = None,
    year: options.Year = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=N_("Write the address, and open no browser."))
    ] = False,
    lang: options.Lang = None,
) -> None:  # fmt: skip
    """Open a page on this machine to drop reports on; nothing leaves it."""
    with configured(lang) as (configuration, language):
        from mlcheck.desk.missing import required

        required("starlette", "uvicorn", "watchfiles")
        from mlcheck.desk.browser import open_page
        from mlcheck.desk.serve import Start, serve
        from mlcheck.profile.find import is_path
        from mlcheck.reading.container.content import require_file

        for named in (file, prior):
            if named is not None and not named.is_dir():
                require_file(named)
        wording = wording_of(language)

        def opened(address: str, once: str) -> None:
            there = not no_browser and open_page(once)
            write([f"{wording.say(OPENED if there else ADDRESS)}\n{address}\n"], None)

        if profile is not None and is_path(profile):  # a check of what is dropped works in another folder
            profile = str(Path(profile).absolute())
        start = Start(file, prior, profile, year, language, language_of(dict(os.environ)))
        serve(start, configuration, whole, opened)
