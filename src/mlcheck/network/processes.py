"""Chunks of files checked in several processes: reports come in order, and a process that is lost costs its file only."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcheck.model.errors import MlcheckError
from mlcheck.network.chunks import FILES, Checker, Chunk, answer, chunks_of, failed, unusable
from mlcheck.network.garbage import collect_seldom
from mlcheck.network.run import Run
from mlcheck.network.watch import ENDLESS, watched

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from mlcheck.model.finding import Report
    from mlcheck.network.cache import Cache

AHEAD = 4  # chunks of each process that may wait for one before them: memory is bounded by them
LOADED = "mlcheck.network.loaded"


def cores() -> int:
    """Return how many cores this process may use."""
    counted = getattr(os, "process_cpu_count", None)  # from Python 3.13
    if counted is not None:
        return counted() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes_for(files: Sequence[Path], asked: int | None) -> int:
    """Return how many processes check some files: as many as asked for, else one on each core, one for one file."""
    return min(cores() if asked is None else asked, len(files)) or 1


def mapped(run: Run, files: Sequence[Path], processes: int, cache: Cache | None) -> Iterator[bytes | Report]:
    """Yield for each file, in order, the bytes of its report, or the report of what became of its process.

    Raises MlcheckError where last year's report cannot be used.
    """
    pool = _Pool(run, processes, cache)
    try:
        yield from pool.results(chunks_of(files, processes))
    finally:
        pool.close()


class _Worker:
    """A process with the pipe that leads to it, and the chunk that it checks."""

    def __init__(self, context: BaseContext, run: Run, cache: Cache | None) -> None:
        self.pipe, other = context.Pipe()
        self.chunk: Chunk | None = None
        self.process: Any = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(other, run, cache, Path.cwd()), daemon=True
        )
        with _one_thread():
            self.process.start()
        other.close()  # so that the pipe ends with the process

    def end(self) -> str:
        """End the process; return how it had ended by itself."""
        ended = end(self.process)
        self.pipe.close()
        return ended


class _Pool:
    """Processes, the chunks that wait for one, and the results that wait for those before them."""

    def __init__(self, run: Run, processes: int, cache: Cache | None) -> None:
        self._run, self._most, self._cache = run, processes, cache
        self._context = context()
        self._workers: list[_Worker] = []
        self._again: deque[Chunk] = deque()
        self._results: dict[int, bytes | Report] = {}
        self._next = 0  # the rank of the file whose result is yielded next

    def results(self, chunks: Iterator[Chunk]) -> Iterator[bytes | Report]:
        """Yield the result of each file, in order."""
        waiting = next(chunks, None)
        while True:
            while waiting is not None and self._room(waiting) and self._start(waiting):
                waiting = next(chunks, None)
            while self._again and self._start(self._again[0]):
                self._again.popleft()
            busy: dict[Any, _Worker] = {
                worker.pipe: worker for worker in self._workers if worker.chunk is not None
            }
            if not busy:
                return
            for pipe in wait(list(busy)):
                self._take(busy[pipe])
            while self._next in self._results:
                yield self._results.pop(self._next)
                self._next += 1

    def close(self) -> None:
        """End every process."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _room(self, chunk: Chunk) -> bool:
        """Tell whether a new chunk may be started: none waits that was lost, nor too many results."""
        return not self._again and chunk.first - self._next < FILES * AHEAD * self._most

    def _start(self, chunk: Chunk) -> bool:
        """Give a chunk to a process; tell whether one was free."""
        worker = next((worker for worker in self._workers if worker.chunk is None), None)
        if worker is None:
            if len(self._workers) == self._most:
                return False
            worker = _Worker(self._context, self._run, self._cache)
            self._workers.append(worker)
        worker.chunk = chunk
        with suppress(OSError):  # it has ended: that is seen when its answer is taken
            worker.pipe.send(chunk.files)
        return True

    def _take(self, worker: _Worker) -> None:
        """Take what a process answers, or what is left where it has ended."""
        chunk = worker.chunk
        assert chunk is not None
        try:
            kind, *told = worker.pipe.recv()
        except (EOFError, OSError):
            kind, told = "lost", []
        if kind == "done":
            worker.chunk = None
            self._results.update(enumerate(told[0], chunk.first))
        elif kind == "refused":
            raise MlcheckError(told[0], **told[1])
        else:
            self._workers.remove(worker)
            ended = worker.end()
            if kind == "endless":
                self._set_apart(chunk, *told)
            else:
                self._run_again(chunk, told[0] if told else ended)

    def _run_again(self, chunk: Chunk, error: str) -> None:
        """Have the files of a lost chunk checked one by one; the one that was alone is named."""
        if chunk.again:
            self._results[chunk.first] = failed(chunk.files[0].as_posix(), self._run, error)
        else:
            self._again.extend(chunk.apart())

    def _set_apart(self, chunk: Chunk, file: Path, limit: str) -> None:
        """Name the file that took too much; the others of its chunk are checked again."""
        for one in chunk.apart():
            if one.files[0] == file:
                self._results[one.first] = unusable(
                    file.as_posix(), self._run, ENDLESS, {"file": file.as_posix(), "limit": limit}
                )
            else:
                self._again.append(one)


def context() -> BaseContext:
    """Return how processes are started: never by a fork of this one, whose threads it would lose.

    A server that has loaded the program is forked where the system allows, and its memory is shared.
    """
    if sys.platform == "darwin" or "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    forking = get_context("forkserver")
    forking.set_forkserver_preload([LOADED])
    return forking


def end(process: Any) -> str:
    """End a process that has closed its pipe; return how it had ended by itself."""
    process.join(1.0)
    code = process.exitcode
    process.kill()
    process.join()
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit status {code}"


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have polars use one thread in what is started: every core has a process of its own."""
    before = os.environ.get("POLARS_MAX_THREADS")
    os.environ["POLARS_MAX_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["POLARS_MAX_THREADS"]
        else:
            os.environ["POLARS_MAX_THREADS"] = before


# In the process.


def _work(pipe: Connection, run: Run, cache: Cache | None, folder: Path) -> None:
    """Check the chunks that come by a pipe until it ends."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the process that started this one
    os.chdir(folder)
    threading.Thread(target=end_with_parent, daemon=True).start()
    checker, sending = Checker(run, cache), threading.Lock()

    def send(*told: object) -> None:
        with sending:
            pipe.send(told)

    def give_up(file: Path, limit: str) -> None:
        send("endless", file, limit)
        os._exit(1)

    with suppress(EOFError, OSError), watched(give_up) as watch:  # the pipe ends with the run
        while True:
            send(*answer(checker, pipe.recv(), watch))


def end_with_parent() -> None:
    """End this process where the one that started it has gone, whatever it is doing."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
