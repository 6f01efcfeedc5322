"""What many reports cost: CPU, wall and memory in one process, in two, from what is kept, and on a Dask cluster.

    python benchmarks/scale.py [--count 100] [--count 1000] [--jobs 2] [--format xlsx] [--folder FOLDER] [--only RUN]

Reports of simulated agencies are checked together, as a person would have them checked: `mlcheck validate` with the
terminal's output into a file. CPU is that of all processes, memory the peak of the one that had most; the control
reads the same workbooks with calamine in one process and nothing else. The cluster is a scheduler and as many workers
of one thread, on this machine. Wall means little where other programs run beside: then look at the CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scaling.making import make
from scaling.measuring import Cost, cost

MLCHECK = [sys.executable, "-m", "mlcheck", "validate"]
CONTROL = """
import sys
from python_calamine import CalamineWorkbook
for file in sys.argv[1:]:
    workbook = CalamineWorkbook.from_path(file)
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""
BARE, ONE, SEVERAL, KEPT, DASK = "bare read", "one process", "processes", "processes, kept", "Dask, again"
HEAD = (
    f"{'run':26}{'reports':>8}{'wall s':>9}{'CPU s':>9}{'ms CPU a report':>17}{'highest MB':>12}{'all MB':>9}"
)


def main() -> None:
    """Print one table, and the ratios."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument(
        "--count", type=int, action="append", help="reports of a run; 100 unless said otherwise"
    )
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--format", default="xlsx")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", type=Path, help="keep the reports there, for the next time")
    options.add_argument(
        "--only", action="append", help="a run of the table by its name; all unless said otherwise"
    )
    asked = options.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="scale-") as temporary:
        for count in asked.count or [100]:
            folder = (asked.folder or Path(temporary)) / f"{asked.format}-{asked.seed}"
            files = [str(file) for file in make(folder, count, asked.format, asked.seed)]
            ratios(measured(files, folder, Path(temporary), asked))


def measured(files: list[str], folder: Path, temporary: Path, asked: argparse.Namespace) -> dict[str, Cost]:
    """Return what each way to check some reports costs, and print it."""
    kept = temporary / f"kept-{len(files)}"
    several = [*MLCHECK, *files, "--jobs", str(asked.jobs)]
    found: dict[str, Cost] = {}

    def run(name: str, command: Sequence[str], beside: Sequence[int] = ()) -> None:
        if asked.only and name not in asked.only:
            return
        found[name] = one = cost(command, folder, beside)
        if one.status not in (0, 1, 2):
            sys.exit(f"{name}: {(folder / 'stderr').read_text()}")
        print(
            f"{name:26}{len(files):8}{one.wall:9.1f}{one.seconds:9.1f}{1000 * one.seconds / len(files):17.1f}"
            f"{one.highest:12.0f}{sum(one.peak.values()):9.0f}",
            flush=True,
        )

    if asked.format == "xlsx":
        run(BARE, [sys.executable, "-c", CONTROL, *files])
    run(ONE, [*MLCHECK, *files, "--jobs", "1"])
    run(SEVERAL, several)
    run("processes, keeping", [*several, "--cache", str(kept)])
    run(KEPT, [*several, "--cache", str(kept)])
    if not asked.only or DASK in asked.only:
        with cluster(asked.jobs, temporary) as (address, processes):
            run("Dask, first run", [*MLCHECK, *files, "--cluster", address], processes)
            run(DASK, [*MLCHECK, *files, "--cluster", address], processes)
    return found


def ratios(found: dict[str, Cost]) -> None:
    """Print what the ways to check cost beside one another, those that were run."""
    if {BARE, ONE} <= found.keys():
        print(f"  one process / bare read: {found[ONE].seconds / found[BARE].seconds:.0f} × the CPU")
    if {ONE, SEVERAL} <= found.keys():
        cpu, wall = found[SEVERAL].seconds / found[ONE].seconds, found[ONE].wall / found[SEVERAL].wall
        print(f"  processes / one process: {cpu:.2f} × the CPU, {wall:.2f} × as fast")
    if {SEVERAL, KEPT} <= found.keys():
        print(f"  kept / processes: {found[KEPT].seconds / found[SEVERAL].seconds:.3f} × the CPU")
    if {SEVERAL, DASK} <= found.keys():
        cpu, wall = (getattr(found[DASK], of) / getattr(found[SEVERAL], of) for of in ("seconds", "wall"))
        print(f"  Dask / processes: {cpu:.2f} × the CPU, {wall:.2f} × the time")


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Give the address of a Dask scheduler with some workers, and the numbers of their processes."""
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    own = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    program, common = [sys.executable, "-m"], ["--no-dashboard", "--scheduler-file", str(file)]
    commands = [[*program, "distributed.cli.dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0"]]
    commands += [[*program, "distributed.cli.dask_worker", *common, "--nthreads", "1"]] * workers
    started = [subprocess.Popen(command, env=environment, **own) for command in commands]
    try:
        while not file.exists():
            time.sleep(0.1)
        time.sleep(5)  # for the workers to come
        yield json.loads(file.read_text())["address"], [process.pid for process in started]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


if __name__ == "__main__":
    main()
