"""The reports of a run, checked here, in several processes or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.cli.progress import counted, followed
from mlcheck.cli.settings import Settings
from mlcheck.cli.trouble import warn, wording_of
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.checking.suppression import Policy
    from mlcheck.model.finding import Report
    from mlcheck.network.cache import Cache
    from mlcheck.network.run import Run

EITHER = N_("--jobs is for this machine and --cluster for others: give one of them.")
PASSED_OVER = N_("{file} is passed over: it is what a program keeps beside a report.")


def checked(
    settings: Settings, language: str | None, *, throughout: bool, select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (), policy: Policy | None = None, tolerances: Mapping[str, Decimal] | None = None,
    relations: bool = False, facts: bool = False, jobs: int | None = None, cluster: str | None = None, cache: Path | None = None,
) -> Iterator[Report]:  # fmt: skip
    """Yield the reports of a run in order, as they come, and show how far it is.

    What is shown leaves the terminal to the first report unless it may stay `throughout`. `jobs` is how many
    processes check them, None for one on each core from two files on, `cluster` the scheduler whose workers do;
    results are kept in the folder `cache`. Raises MlcheckError where both are asked for.
    """
    if cluster is not None and jobs is not None:
        raise MlcheckError(EITHER)
    from mlcheck.network.processes import processes_for
    from mlcheck.network.reports import reports
    from mlcheck.network.run import Run

    run = Run(
        settings.prior, settings.profile, settings.year, select, ignore, settings.assumed, tolerances or {}, relations, facts
    )  # fmt: skip
    processes = processes_for(settings.files, jobs)
    kept = None if cache is None else _cache(cache, run)
    made = partial(
        reports, run, settings.files, processes=processes, cluster=cluster, cache=kept, policy=policy
    )
    number, wording = len(settings.files), wording_of(language)
    if processes == 1 and cluster is None:
        return followed(lambda tell: made(tell=tell), number, wording, throughout=throughout)
    return counted(made(), number, wording, throughout=throughout)


def _cache(folder: Path, run: Run) -> Cache | None:
    """Return what is kept of such a run; None where last year's report cannot be read, as checking says."""
    from mlcheck.network.cache import Cache
    from mlcheck.network.identity import decided_by

    try:
        return Cache(folder, decided_by(run))
    except OSError:
        return None


def reports_among(files: Sequence[Path], language: str | None) -> Sequence[Path]:
    """Return the files to check, and say which are passed over: a pattern gathers more than reports."""
    from mlcheck.reading.container.content import is_lock_file

    locks = [file for file in files if is_lock_file(file)]
    if len(locks) == len(files):
        return files
    for file in locks:
        warn(wording_of(language).say(PASSED_OVER, {"file": file.as_posix()}))
    return [file for file in files if file not in locks]
