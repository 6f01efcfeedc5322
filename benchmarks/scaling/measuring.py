"""What a command costs with all the processes that it starts: seconds of CPU, wall, and the peak memory of each."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
INTERVAL = 0.02  # seconds between two looks at the processes


@dataclass
class Cost:
    """What one run cost; `cpu` and `peak` (MB) are those of each process, by its number."""

    wall: float
    status: int
    cpu: dict[int, float] = field(default_factory=dict)
    peak: dict[int, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Seconds of CPU of all processes."""
        return sum(self.cpu.values())

    @property
    def highest(self) -> float:
        """Peak memory of the process that had most, in MB."""
        return max(self.peak.values(), default=0.0)


def cost(command: Sequence[str], folder: Path, beside: Sequence[int] = ()) -> Cost:
    """Run a command, and return what it and its descendants cost, seen until shortly before each ended.

    So is what processes `beside` it cost meanwhile, with their descendants.
    """
    found, before = Cost(0.0, 0), Cost(0.0, 0)
    for number in (one for root in beside for one in descendants(root)):
        look(number, before)
    begun = time.perf_counter()
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=folder)
        while process.poll() is None:
            for number in (one for root in (process.pid, *beside) for one in descendants(root)):
                look(number, found)
            time.sleep(INTERVAL)
    found.wall, found.status = time.perf_counter() - begun, process.returncode
    for number, seconds in before.cpu.items():
        found.cpu[number] = found.cpu.get(number, seconds) - seconds
    return found


def descendants(root: int) -> Iterator[int]:
    """Yield a process and all that it started, directly or not."""
    yield root
    try:
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from descendants(int(child))
    except OSError:  # it has ended
        return


def look(number: int, found: Cost) -> None:
    """Note the CPU and the peak memory of a process so far."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return
    fields = stat.rpartition(")")[2].split()
    found.cpu[number] = (int(fields[11]) + int(fields[12])) / TICK
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            found.peak[number] = int(line.split()[1]) / 1024
