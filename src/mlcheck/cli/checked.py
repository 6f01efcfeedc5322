"""The reports of a run, checked here, in several processes or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from mlcheck.api import check
from mlcheck.cli.progress import counted, followed
from mlcheck.cli.settings import Settings
from mlcheck.cli.standard_input import ELSEWHERE, require_files
from mlcheck.cli.trouble import heard, warn, wording_of
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

EITHER = N_("--jobs is for this machine and --cluster for others: give one of them.")
PASSED_OVER = N_("{file} is passed over: it is what a program keeps beside a report.")


def checked(
    settings: Settings, language: str | None, *, throughout: bool, decided: Mapping[str, Any],
    relations: bool = False, facts: bool = False, jobs: int | None = None, cluster: str | None = None, cache: Path | None = None,
) -> Iterator[Report]:  # fmt: skip
    """Yield the reports of a run in order, as they come, and show how far it is.

    What is shown leaves the terminal to the first report unless it may stay `throughout`. `decided` are arguments of
    `mlcheck.check`: rules, waivers, tolerances. `jobs` is how many processes check them, None for one on each core from
    two files on, `cluster` the scheduler whose workers do; results are kept in the folder `cache`. Raises
    MlcheckError where both are asked for.
    """
    if cluster is not None and jobs is not None:
        raise MlcheckError(EITHER)
    if cluster is not None:
        require_files((*settings.files, settings.prior), ELSEWHERE)
    from mlcheck.network.processes import processes_for

    made = partial(
        check, settings.files, prior=settings.prior, profile=settings.profile, year=settings.year, assumed=settings.assumed,
        relations=relations, facts=facts, jobs=jobs, cluster=cluster, cache=cache, **decided,
    )  # fmt: skip
    number, wording = len(settings.files), wording_of(language)
    if processes_for(settings.files, jobs) == 1 and cluster is None:
        found = followed(lambda tell: made(tell=tell), number, wording, throughout=throughout)
    else:
        found = counted(made(), number, wording, throughout=throughout)
    return (_spoken(report, language) for report in found)


def _spoken(report: Report, language: str | None) -> Report:
    """Return a report; one that could not be read, and so has no language, in that of who reads of it."""
    return report if report.unusable is None else replace(report, language=heard(language, [report.source]))


def reports_among(files: Sequence[Path], language: str | None) -> Sequence[Path]:
    """Return the files to check, and say which are passed over: a pattern gathers more than reports."""
    from mlcheck.reading.container.content import is_lock_file

    locks = [file for file in files if is_lock_file(file)]
    if len(locks) == len(files):
        return files
    for file in locks:
        warn(wording_of(language).say(PASSED_OVER, {"file": file.as_posix()}))
    return [file for file in files if file not in locks]
