"""A real Dask scheduler with two workers, each a process of this machine: the same reports, whatever becomes of a worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from mlcheck.model.errors import MlcheckError
from mlcheck.network.cache import Cache, kept, make
from mlcheck.network.identity import decided_by
from mlcheck.network.remote import address_of
from mlcheck.network.reports import reports
from mlcheck.network.run import Run
from tests.network.conftest import run
from tests.network.test_processes import descendants, texts

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]
FAULTY = """
import os, signal
import mlcheck.reading
REAL = mlcheck.reading.read
def read(path):
    if path.name == "r04.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return REAL(path)
mlcheck.reading.read = read
"""


class Cluster:
    """A scheduler and the processes that were started for it."""

    def __init__(self, folder: Path) -> None:
        self.file, self.folder = folder / "scheduler.json", folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        end = time.monotonic() + 60
        while not (self.file.exists() and self.file.read_text()) and time.monotonic() < end:
            time.sleep(0.05)  # it is there before it is written
        self.address: str = json.loads(self.file.read_text())["address"]

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        """Start a worker of one thread."""
        return self._start(
            "dask_worker",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(self.folder),
            *options,
        )

    def _start(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.{program}",
            "--scheduler-file",
            str(self.file),
            *options,
        ]
        environment = {
            **os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "POLARS_MAX_THREADS": "1",
            "PYTHONPATH": str(self.folder),
        }  # fmt: skip
        with (self.folder / f"log-{len(self.processes)}").open("wb") as log:
            self.processes.append(
                subprocess.Popen(command, env=environment, cwd=self.folder, stdout=log, stderr=log)
            )
        return self.processes[-1]

    def end(self) -> None:
        """End all that was started."""
        for number in {one for process in self.processes for one in descendants(process.pid)}:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        for process in self.processes:
            process.wait(30)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    try:
        yield started
    finally:
        started.end()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with two workers, for the tests that leave them alive."""
    started = Cluster(tmp_path_factory.mktemp("dask"))
    try:
        started.worker()
        started.worker()
        yield started
    finally:
        started.end()


def test_the_same_bytes_as_from_one_process(files: list[Path], shared: Cluster) -> None:
    paths = [file.absolute() for file in files]
    one = run("validate", *paths, "-v", "-f", "json", "--jobs", 1)
    several = run("validate", *paths, "-v", "-f", "json", "--cluster", shared.address)
    assert several.stdout == one.stdout != b""
    assert (several.stderr, several.returncode) == (one.stderr, one.returncode)


def test_names_are_those_in_the_folder_of_the_client(files: list[Path], shared: Cluster) -> None:
    asked = Run(prior=files[1], year=2024)
    assert texts(reports(asked, files, cluster=shared.address)) == texts(reports(asked, files))


def test_a_folder_that_the_workers_do_not_have(
    files: list[Path], shared: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: Path("/nowhere/reports"))
    with pytest.raises(MlcheckError, match="/nowhere/reports is no folder where the workers are"):
        list(reports(Run(), files, cluster=shared.address))


def test_what_is_kept_is_not_sent(files: list[Path], shared: Cluster, tmp_path: Path) -> None:
    paths = [file.absolute() for file in files]
    make(tmp_path / "kept")
    cache = Cache(tmp_path / "kept", decided_by(Run()))
    alone = texts(reports(Run(), paths))
    assert texts(reports(Run(), paths[:5], cluster=shared.address, cache=cache)) == alone[:5]
    assert texts(reports(Run(), paths, cluster=shared.address, cache=cache)) == alone
    assert len(list(kept(tmp_path / "kept"))) == len(paths)
    assert texts(reports(Run(), paths, cache=cache)) == alone


def test_files_by_the_address_of_a_disk(folder: Path, files: list[Path], shared: Cluster) -> None:
    names = [
        Path(f"file://{folder.as_posix()}/{name}") for name in ("r03.md", "absent.md", "r05.xlsx", "r01.md")
    ]
    wrong, absent, broken, right = reports(Run(), names, cluster=shared.address)
    (alone,) = reports(Run(), [Path("r03.md")])
    assert wrong.source == f"file://{folder.as_posix()}/r03.md"
    assert {finding.location.file for finding in wrong.findings} == {wrong.source}
    assert [finding.fingerprint for finding in wrong.findings] == [
        finding.fingerprint for finding in alone.findings
    ]
    assert (absent.source, str(absent.unusable)[:24]) == (
        f"file://{folder.as_posix()}/absent.md",
        "{file} cannot be fetched",
    )
    assert broken.unusable_values["file"] == f"file://{folder.as_posix()}/r05.xlsx"
    assert (
        right.findings,
        right.constraints.get("inconsistent", 0),
    ) == ((), 0)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("s3://reports/2023/a.xlsx", "s3://reports/2023/a.xlsx"),
        ("https://host:80/a.xlsx?b=1", "https://host:80/a.xlsx?b=1"),
        ("file:///reports/a.xlsx", "file:///reports/a.xlsx"),
        ("reports/a.xlsx", None),
        ("C:/reports/a.xlsx", None),
        ("a: b.xlsx", None),
    ],
)
def test_addresses(name: str, address: str | None) -> None:
    assert address_of(Path(name)) == address


def test_a_worker_that_is_killed_in_mid_run_costs_nothing(files: list[Path], cluster: Cluster) -> None:
    paths = [file.absolute() for file in files] * 6
    alone = texts(reports(Run(), paths))
    first = cluster.worker("--no-nanny")
    cluster.worker("--no-nanny")
    found = reports(Run(), paths, cluster=cluster.address)
    begun = [next(found) for _ in range(3)]
    first.kill()
    assert [*texts(iter(begun)), *texts(found)] == alone


def test_a_file_that_kills_its_workers_is_named_and_the_rest_goes_on(
    files: list[Path], cluster: Cluster
) -> None:
    (cluster.folder / "faulty.py").write_text(FAULTY, "utf-8")
    for _ in range(2):
        cluster.worker("--preload", "faulty")
    paths = [file.absolute() for file in files]
    alone = texts(reports(Run(), paths))
    found = list(reports(Run(), paths, cluster=cluster.address))
    assert [one.source for one in found if one.crashes] == [paths[4].as_posix()]
    assert found[4].crashes[0].stage == "process"
    assert texts(iter(found[:4] + found[5:])) == alone[:4] + alone[5:]


def test_a_worker_with_another_mlcheck_is_one_sentence(files: list[Path], cluster: Cluster) -> None:
    (cluster.folder / "older.py").write_text(
        "import mlcheck.network.identity as identity\nidentity.program = lambda: '0.0.9 x'\n"
        "import mlcheck.network.cluster as cluster\ncluster.program = identity.program\n", "utf-8"
    )  # fmt: skip
    cluster.worker("--preload", "older")
    done = run("validate", *files, "--cluster", cluster.address, "--lang", "en")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"runs mlcheck 0.0.9 x, not 0.1.0 " in done.stderr


def test_no_scheduler_is_one_sentence_within_seconds(files: list[Path]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "nowhere", "tcp://127.0.0.1:x"):
        begun = time.monotonic()
        done = run("validate", *files, "--cluster", address, "--lang", "en")
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1), done.stderr
        assert b"cannot be reached" in done.stderr
        assert time.monotonic() - begun < 30


def test_a_scheduler_without_workers_is_one_sentence(files: list[Path], cluster: Cluster) -> None:
    with pytest.raises(MlcheckError, match="has no worker"):
        list(reports(Run(), files, cluster=cluster.address))


def test_last_years_report_that_cannot_be_read(files: list[Path], shared: Cluster) -> None:
    done = run("validate", *files, "--prior", "absent.md", "--cluster", shared.address)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        b"",
        run("validate", files[0], "--prior", "absent.md").stderr,
    )


def test_processes_of_this_machine_or_of_others(files: list[Path]) -> None:
    done = run("validate", *files, "--cluster", "tcp://127.0.0.1:1", "--jobs", 2, "--lang", "en")
    assert (done.returncode, b"give one of them" in done.stderr) == (2, True)
