"""The one function that is mapped over many reports: a chunk of files in, the bytes of their reports out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mlcheck.model.errors import Stage
from mlcheck.network.run import Run

if TYPE_CHECKING:
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
            return [_encoded(report) for report in self._checked(files, tell)]
        keys = [self._cache.key(file) for file in files]
        found: list[bytes | Report | None] = [None if key is None else self._cache.read(key) for key in keys]
        missing = [file for file, data in zip(files, found, strict=True) if data is None]
        fresh = iter(self._checked(missing, tell) if missing else ())
        for at, (file, key) in enumerate(zip(files, keys, strict=True)):
            if found[at] is None:
                report = next(fresh)
                found[at] = data = _encoded(report)
                changed = key is None or self._cache.key(file) != key  # while it was read
                if key is not None and not changed and isinstance(data, bytes) and not report.crashes:
                    self._cache.write(key, data)
        return [data for data in found if data is not None]

    def _checked(self, files: Sequence[Path], tell: Tell) -> Iterator[Report]:
        from mlcheck.checking import check

        run = self._run
        if run.prior is not None and self._former is None:
            from mlcheck.checking.check import former_facts

            tell(run.prior)
            self._former = former_facts(run.prior, run.profile, run.year)
        return check(
            files, prior=self._former, profile=run.profile, year=run.year, select=run.select, ignore=run.ignore,
            assumed=run.assumed, tolerances=run.tolerances, tell=tell, relations=run.relations,
        )  # fmt: skip


def _encoded(report: Report) -> bytes | Report:
    """Return the bytes of a report; the report itself where its name, or a word of it, is no Unicode."""
    from mlcheck.network.coding import encoded

    try:
        return encoded(report)
    except UnicodeEncodeError:
        return report


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


def failed(file: Path, run: Run, error: str, stage: Stage = "process") -> Report:
    """Return the report of a file that a fault of ours left unchecked."""
    from mlcheck.checking.job import Job
    from mlcheck.checking.report import without_facts
    from mlcheck.model.finding import Crash

    job = Job(file.as_posix(), prior=run.prior.as_posix() if run.prior else None)
    job.crashes.append(Crash("", error, stage))
    return without_facts(job)


def unusable(file: Path, run: Run, template: str, limit: str) -> Report:
    """Return the report of a file that takes more than may be given to one."""
    from mlcheck.checking.job import Job
    from mlcheck.checking.report import without_facts

    job = Job(file.as_posix(), prior=run.prior.as_posix() if run.prior else None)
    job.unusable, job.values = template, {"file": job.source, "limit": limit}
    return without_facts(job)
