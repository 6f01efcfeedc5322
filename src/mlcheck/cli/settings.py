"""What a run works on: the options of the command line, and under them the configuration of the folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mlcheck.cli.files import Output, require_apart
from mlcheck.cli.standard_input import with_standard_input
from mlcheck.cli.trouble import in_one_sentence
from mlcheck.configuration import Configuration, find
from mlcheck.model.errors import MlcheckError
from mlcheck.network.garbage import collect_seldom
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.profile import Profile

NO_FOLDER = N_("The working folder cannot be read ({why}): go to one that exists.")


class Settings(Struct, frozen=True):
    """The files, profile and year of a run; `configuration` holds the other defaults of the folder.

    `folders` are those named whose files are reports, each by itself.
    The profile is `assumed` where it is the folder's and the files are not: it may not be about them.
    """

    files: tuple[Path, ...]
    prior: Path | None
    profile: Profile | None
    year: int | None
    configuration: Configuration
    baseline: Path | None = None
    assumed: bool = False
    folders: tuple[Path, ...] = ()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the run reads, which no output may replace."""
        own = (self.prior, self.baseline)
        declared = tuple(Path(file) for file in self.profile.files) if self.profile else ()
        return (
            *self.files,
            *self.folders,
            *(file for file in own if file is not None),
            *self.configuration.read,
            *declared,
        )


def settle(
    configuration: Configuration,
    *,
    files: Sequence[Path],
    prior: Path | None,
    profile: str | None,
    year: int | None,
    outputs: Sequence[Output],
    baseline: Path | None = None,
    stdin_filename: str | None = None,
) -> Settings:
    """Return what to work on.

    A file that is "-" is what standard input holds, known as `stdin_filename`.

    The prior report and the year of the configuration belong to its report: they hold where no file is given.
    Raises MlcheckError where no report is named anywhere, for a profile that cannot be used, and where one of
    `outputs` is read or written by the run already.
    """
    assumed = bool(files) and profile is None
    files, prior = with_standard_input(files, prior, stdin_filename)
    if not files:
        if configuration.report is None:
            raise MlcheckError('No report is named: give a FILE, or write report = "…" in mlcheck.toml.')
        files = [shown(configuration.report)]
        if prior is None and configuration.prior is not None:
            prior = shown(configuration.prior)
        year = configuration.year if year is None else year
    known = _profile(configuration, profile)
    reports, folders = _reports(files)
    settings = Settings(reports, prior, known, year, configuration, baseline, assumed, folders)
    require_apart(settings.inputs, outputs)
    return settings


def _reports(files: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the reports that some paths name, and the folders among these that hold several."""
    folders = [path for path in files if _is_folder(path)]
    if not folders:
        return tuple(files), ()
    from mlcheck.reading.files import reports_in

    found = {path: reports_in(path) for path in folders}
    reports = tuple(report for path in files for report in found.get(path, (path,)))
    return reports, tuple(path for path in folders if found[path] != (path,))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that the system refuses: reading it says so
        return False


@contextmanager
def configured(lang: str | None) -> Iterator[tuple[Configuration, str | None]]:
    """Give a command the configuration of its folder and the language asked for, and tell its trouble.

    The language is that of `lang`, else of the configuration, else None.
    """
    collect_seldom()
    with in_one_sentence(lang):
        configuration = find(_here())
    language = lang or configuration.language
    with in_one_sentence(language):
        yield configuration, language


def _here() -> Path:
    """Return the working folder. Raises MlcheckError where it was removed."""
    try:
        return Path.cwd()
    except OSError as error:
        raise MlcheckError(NO_FOLDER, why=error.strerror or str(error)) from error


def _profile(configuration: Configuration, name: str | None) -> Profile | None:
    folder = Path.cwd() if name else configuration.folder
    name = name or configuration.profile
    if name is None:
        return None
    from mlcheck.profile import load

    return load(name, folder=folder)


def shown(path: Path) -> Path:
    """Return a path as the person in this folder would write it."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive
        return path
