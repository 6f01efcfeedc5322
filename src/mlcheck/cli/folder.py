"""A folder of pages: each is written whole, the one that leads to them last, and nothing is touched that is not ours."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from mlcheck.cli.files import require_outside
from mlcheck.cli.output import write, writing_to
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

WRITTEN = ".mlcheck-site"  # a name a line: the files of the folder that are ours
NOT_OURS = N_(
    "{file} was not written by mlcheck, and is never written over; choose another folder for --output."
)
_OURS = re.compile(r"(?:reports/)?[a-z0-9][a-z0-9-]*\.(?:html|css|js)")


def write_folder(pages: Iterable[tuple[str, Iterator[str]]], folder: Path, inputs: Sequence[Path]) -> None:
    """Write `pages`, each before the next is asked for, and remove those of an earlier run that are gone.

    A name is noted before its file is written, so that what an interrupted run left is known for ours.
    Raises MlcheckError where a file would take the place of one that is not ours, or a folder holds an input.
    """
    with writing_to(folder):
        require_outside(inputs, folder)
        ours = _noted(folder)
        _require_ours("index.html", folder, ours)
        folder.mkdir(parents=True, exist_ok=True)
        written: dict[str, None] = {}
        for name, pieces in pages:
            if name not in ours:
                _require_ours(name, folder, ours)
                with (folder / WRITTEN).open("a", encoding="utf-8") as noted:
                    noted.write(f"{name}\n")
            (folder / name).parent.mkdir(exist_ok=True)
            write(pieces, folder / name)
            written[name] = None
        for name in ours:
            if name not in written:
                (folder / name).unlink(missing_ok=True)
        with suppress(OSError):
            (folder / "reports").rmdir()
        write([f"{name}\n" for name in written], folder / WRITTEN)


def _noted(folder: Path) -> dict[str, None]:
    """Return the names of our files in a folder; no name that would lead out of it, whoever wrote the list."""
    try:
        names = (folder / WRITTEN).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return {}
    return {name: None for name in names if _OURS.fullmatch(name) and not _leads_out(folder / name, folder)}


def _leads_out(file: Path, folder: Path) -> bool:
    return file.is_symlink() or (file.parent != folder and file.parent.is_symlink())


def _require_ours(name: str, folder: Path, ours: dict[str, None]) -> None:
    file = folder / name
    if (name not in ours and os.path.lexists(file)) or _leads_out(file, folder):
        raise MlcheckError(NOT_OURS, file=file)
