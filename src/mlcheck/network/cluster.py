"""Chunks of files checked by the workers of a Dask scheduler, as several processes check them here."""

from __future__ import annotations

import logging
import os
import pickle
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, chdir, contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcheck.model.errors import MlcheckError
from mlcheck.network.chunks import FILES, Checker, Chunk, Tell, answer, chunks_of, failed, unusable
from mlcheck.network.coding import renamed
from mlcheck.network.identity import program
from mlcheck.network.remote import ADDRESS, Unfetched, address_of, fetched
from mlcheck.network.run import Run
from mlcheck.network.watch import watched
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report
    from mlcheck.network.cache import Cache

PATIENCE = 5  # seconds for a scheduler to answer, and for a first worker to come
AHEAD = 4  # chunks of each worker that may wait for one before them
NOT_INSTALLED = N_("--cluster needs Dask: install mlcheck[cluster].")
UNREACHED = N_(
    "{address} cannot be reached ({why}): --cluster must name a Dask scheduler that runs, such as tcp://scheduler:8786."
)
NO_WORKER = N_("{address} has no worker: start one with dask worker, where mlcheck is installed.")
NO_FOLDER = N_(
    "{folder} is no folder where the workers are: name the files by a path or an address that all share."
)
NOT_RUN = N_(
    "{address} did not run what it was sent ({why}): its scheduler and workers need the same mlcheck, Python and Dask as this machine."
)
OTHER = N_(
    "A worker of {address} runs mlcheck {theirs}, not {ours}: install one and the same version, with the same libraries, everywhere."
)


def mapped(run: Run, files: Sequence[Path], address: str, cache: Cache | None) -> Iterator[bytes | Report]:
    """Yield for each file, in order, the bytes of its report, or the report of what became of its worker.

    Raises MlcheckError where the scheduler cannot be reached, its workers run another mlcheck, or last year's
    report cannot be used.
    """
    with _client(address) as client:
        workers = sum(client.nthreads().values())
        yield from _Cluster(client, address, run, cache, workers).results(chunks_of(files, workers))


class _Cluster:
    """The chunks that are on their way, and the results that wait for those before them."""

    def __init__(self, client: Any, address: str, run: Run, cache: Cache | None, workers: int) -> None:
        from distributed import as_completed

        self._client, self._address, self._run, self._cache = client, address, run, cache
        self._ahead = FILES * AHEAD * workers
        self._asked = pickle.dumps(run)
        self._done: Any = as_completed(loop=client.loop)
        self._running: dict[str, Chunk] = {}
        self._suspects: list[Chunk] = []  # their workers were lost, perhaps through what ran beside them
        self._keys: dict[int, str] = {}
        self._results: dict[int, bytes | Report] = {}
        self._next = 0

    def results(self, chunks: Iterator[Chunk]) -> Iterator[bytes | Report]:
        """Yield the result of each file, in order."""
        waiting = next(chunks, None)
        while True:
            while waiting is not None and not self._suspects and waiting.first - self._next < self._ahead:
                self._send(waiting)
                waiting = next(chunks, None)
            while self._next in self._results:
                yield self._results.pop(self._next)
                self._next += 1
            if self._running:
                self._take(next(self._done))
            elif self._suspects:
                self._send(self._suspects.pop())
                self._take(next(self._done), alone=True)
            elif waiting is None and not self._results:
                return

    def _send(self, chunk: Chunk) -> None:
        """Send a chunk to the scheduler, without the files whose results are kept."""
        rest = [one for one in enumerate(chunk.files, chunk.first) if not self._is_kept(*one)]
        parts = [Chunk(rank, (file,)) for rank, file in rest]
        for part in [chunk] if len(rest) == len(chunk.files) else parts:
            names = tuple(address_of(file) or file.as_posix() for file in part.files)
            future = self._client.submit(
                check_chunk, self._asked, program(), Path.cwd().as_posix(), names, pure=False
            )
            self._running[future.key] = part
            self._done.add(future)

    def _is_kept(self, rank: int, file: Path) -> bool:
        key = None if self._cache is None or address_of(file) else self._cache.key(file)
        if self._cache is None or key is None:
            return False
        self._keys[rank] = key
        data = self._cache.read(key)
        if data is not None:
            self._results[rank] = data
        return data is not None

    def _take(self, future: Any, *, alone: bool = False) -> None:
        """Take what became of a chunk; of a file whose workers are lost while it runs `alone` it is known why."""
        from distributed import KilledWorker

        chunk = self._running.pop(future.key)
        try:
            kind, *told = future.result()
        except KilledWorker:  # its workers were lost again and again
            kind, told = "lost", ["KilledWorker"]
        except Exception as error:  # what goes wrong in a check is told, and not raised
            raise MlcheckError(NOT_RUN, address=self._address, why=_first_line(error)) from error
        future.release()
        if kind == "done":
            for rank, data in enumerate(told[0], chunk.first):
                self._keep(rank, chunk.files[rank - chunk.first], data)
        elif kind == "refused":
            raise MlcheckError(told[0], **told[1])
        elif kind == "other":
            theirs, ours = told[0], program()
            raise MlcheckError(
                OTHER, address=self._address, theirs=_differing(theirs, ours), ours=_differing(ours, theirs)
            )
        elif kind == "lost" and chunk.again and not alone:
            self._suspects.append(chunk)
        elif chunk.again:
            file = chunk.files[0]
            self._results[chunk.first] = failed(address_of(file) or file.as_posix(), self._run, told[0])
        else:
            for one in chunk.apart():
                self._send(one)

    def _keep(self, rank: int, file: Path, data: bytes | Report) -> None:
        self._results[rank] = data
        key = self._keys.pop(rank, None)
        if self._cache is not None and key is not None and isinstance(data, bytes):
            self._cache.keep(key, file, data)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """Give a connection to a scheduler that has a worker. Raises MlcheckError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise MlcheckError(NOT_INSTALLED) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in one sentence
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise MlcheckError(UNREACHED, address=address, why=_first_line(error)) from error
    try:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise MlcheckError(NO_WORKER, address=address) from error
        yield client
    finally:
        client.close(timeout=PATIENCE)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


def _differing(own: str, other: str) -> str:
    """Return the version of a program, and in what it differs from another; of a hash the beginning is enough."""
    number, *rest = own.split()
    return " ".join((number, *(one[:24] for one in rest if one not in other.split())))


# On a worker.

_ALONE = threading.Lock()  # PDFium, and libraries like it, are for one thread at a time


def check_chunk(asked: bytes, client: str, folder: str, names: Sequence[str]) -> tuple[object, ...]:
    """Return what is told of a chunk (see `answer`), or "other" where this is not the program of the client.

    Names of files are those in `folder`, the working folder of the client.
    """
    if program() != client:
        return "other", program()
    with _ALONE, watched(lambda *_: os._exit(1)) as watch:
        return answer(partial(_checked_in, folder, _checker(asked)), names, watch)


def _checked_in(
    folder: str, own: tuple[Checker, Run], names: Sequence[str], tell: Tell
) -> list[bytes | Report]:
    """Return the reports of some files from a folder. Raises MlcheckError where a name needs one that is not here."""
    read = [*names, *([own[1].prior.as_posix()] if own[1].prior else [])]
    if all(ADDRESS in name or Path(name).is_absolute() for name in read):
        return _checked(own, names, tell)
    with ExitStack() as place:
        try:
            place.enter_context(chdir(folder))
        except OSError as error:
            raise MlcheckError(NO_FOLDER, folder=folder) from error
        return _checked(own, names, tell)


@lru_cache(maxsize=1)
def _checker(asked: bytes) -> tuple[Checker, Run]:
    run = pickle.loads(asked)
    return Checker(run), run


def _checked(own: tuple[Checker, Run], names: Sequence[str], tell: Tell) -> list[bytes | Report]:
    """Return the reports of some files; those named by an address are fetched, one after the other."""
    checker, run = own
    if not any(ADDRESS in name for name in names):
        return checker([Path(name) for name in names], tell)
    return [_fetched(checker, run, name, tell) for name in names]


def _fetched(checker: Checker, run: Run, name: str, tell: Tell) -> bytes | Report:
    if ADDRESS not in name:
        return checker([Path(name)], tell)[0]
    try:
        with fetched(name) as copy:
            (made,) = checker([copy], tell)
            return (
                renamed(made, copy.as_posix(), name)
                if isinstance(made, bytes)
                else failed(name, run, made.crashes[0].error)
            )
    except Unfetched as error:
        return unusable(name, run, error.template, error.values)
