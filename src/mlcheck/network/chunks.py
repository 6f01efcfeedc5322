"""The one function that is mapped over many reports: a chunk of files in, the bytes of their reports out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mlcheck.model.errors import MlcheckError
from mlcheck.network.garbage import collect
from mlcheck.network.run import Run

if TYPE_CHECKING:
    from mlcheck.checking.job import Job
    from mlcheck.model.facts import Facts
    from mlcheck.model.finding import Report
    from mlcheck.network.cache import Cache

FILES = 8  # of a chunk: memory and what is lost with a process grow with it, time hardly shrinks
BYTES = 4_000_000  # of a chunk, where its files are large
SHARES = 4  # chunks that a process has at least, so that all end at about the same time
Tell = Callable[[Path | None], None]


class Chunk(Struct, frozen=True):
    """Files that are checked together; `first` is the rank of the first of them in the run.

    A chunk is run `again` where the process that checked it was lost.
    """

    first: int
    files: tuple[Path, ...]
    again: bool = False

    def apart(self) -> Iterator[Chunk]:
        """Yield a chunk for each file, to be run again."""
        for rank, file in enumerate(self.files, self.first):
            yield Chunk(rank, (file,), again=True)


class Checker:
    """Checks chunks of one run; last year's report is read once, when it is first needed."""

    def __init__(self, run: Run, cache: Cache | None = None) -> None:
        self._run, self._cache = run, cache
        self._former: Facts | None = None

    def __call__(self, files: Sequence[Path], tell: Tell = lambda _: None) -> list[bytes | Report]:
        """Return the reports of some files, encoded where they can be, as they would be in any company.

        `tell` is given each file before it is read. Raises MlcheckError where last year's report cannot be used.
        """
        if self._cache is None:
            return [self._encoded(report) for report in self._checked(files, tell)]
        keys = [self._cache.key(file) for file in files]
        found: list[bytes | Report | None] = [None if key is None else self._cache.read(key) for key in keys]
        missing = [file for file, data in zip(files, found, strict=True) if data is None]
        fresh = iter(self._checked(missing, tell) if missing else ())
        for at, (file, key) in enumerate(zip(files, keys, strict=True)):
            if found[at] is None:
                found[at] = data = self._encoded(next(fresh))
                if key is not None and isinstance(data, bytes):
                    self._cache.keep(key, file, data)
        return [data for data in found if data is not None]

    def _checked(self, files: Sequence[Path], tell: Tell) -> Iterator[Report]:
        from mlcheck.checking import check

        run = self._run
        if run.prior is not None and self._former is None:
            from mlcheck.checking.check import former_facts

            tell(run.prior)
            self._former = former_facts(run.prior, run.profile, run.year)
        collect()
        return check(
            files, prior=self._former, profile=run.profile, year=run.year, select=run.select, ignore=run.ignore,
            assumed=run.assumed, tolerances=run.tolerances, tell=tell, relations=run.relations,
        )  # fmt: skip

    def _encoded(self, report: Report) -> bytes | Report:
        """Return the bytes of a report; the report itself with a fault of ours, with its facts, or with a word that is no Unicode."""
        from mlcheck.network.coding import encoded

        whole = report.crashes or (self._run.facts and report.facts is not None)
        try:
            return report if whole else encoded(report)
        except UnicodeEncodeError:
            return report


def answer(
    check: Callable[[Sequence[Any], Tell], list[bytes | Report]], files: Sequence[Any], tell: Tell
) -> tuple[object, ...]:
    """Return what is told of a chunk: "done" with its reports, "refused" as the whole run is, or "fault" with what failed."""
    try:
        return "done", check(files, tell)
    except MlcheckError as error:
        return "refused", error.template, {name: str(value) for name, value in error.values.items()}
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"
    finally:
        tell(None)


def chunks_of(files: Sequence[Path], processes: int) -> Iterator[Chunk]:
    """Yield the files of a run in chunks, in order: few of them, and fewer where they are large."""
    most = min(FILES, max(1, len(files) // (processes * SHARES)))
    first = size = 0
    for at, file in enumerate(files):
        own = _size(file)
        if at > first and (at - first == most or size + own > BYTES):
            yield Chunk(first, tuple(files[first:at]))
            first, size = at, 0
        size += own
    yield Chunk(first, tuple(files[first:]))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):  # reading it says what is wrong
        return 0


def failed(source: str, run: Run, error: str) -> Report:
    """Return the report of a file that took its process with it."""
    from mlcheck.checking.report import without_facts
    from mlcheck.model.finding import Crash

    job = _job(source, run)
    job.crashes.append(Crash("", error, "process"))
    return without_facts(job)


def unusable(source: str, run: Run, template: str, values: dict[str, object]) -> Report:
    """Return the report of a file that cannot be had, or takes more than may be given to one."""
    from mlcheck.checking.report import without_facts

    job = _job(source, run)
    job.unusable, job.values = template, values
    return without_facts(job)


def _job(source: str, run: Run) -> Job:
    from mlcheck.checking.job import Job

    return Job(source, prior=run.prior.as_posix() if run.prior else None)
