"""Try mlcheck on inputs made by chance: every loader and parser, and documents of every format.

    python benchmarks/fuzz.py [TARGET …] [--seconds N] [--inputs N] [--seed S] [--only I] [--keep FOLDER]

Input I of a target with a seed S depends on nothing else: a fault is met again by `TARGET --seed S --only I`, and
`--keep` writes it to a folder. Counted are exceptions other than a refusal (by kind, with the shortest
call), inputs of more than ten seconds of processor time, and results that differ when the input is read again, or
in another process with another order of sets. Documents go through the whole check, some forty in one run, and are
rendered in JSON and one other format. Exits 1 where anything was found.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fuzzing.running import BATCH, SLOW, TARGETS, Fault, Outcome, input_of, outcomes, shorter
from fuzzing.targets import LOADERS

MEMORY = 8 * 2**30  # bytes
SAMPLE = 40  # inputs that another process reads again
STEP = 200  # inputs of a loader between two looks at the clock


def main() -> None:
    """Try each target that was asked for, and print a line for each and for each fault."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(TARGETS)}; all if none"
    )
    options.add_argument("--seconds", type=float, default=5, help="for each target")
    options.add_argument("--inputs", type=int, default=sys.maxsize, help="at most, for each target")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--only", type=int, nargs="*", help="the numbers of the inputs to try; prints their digests"
    )
    options.add_argument("--keep", type=Path, help="a folder for the inputs that show a fault")
    asked = options.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        options.error(f"unknown target {', '.join(sorted(unknown))}")
    _bound_memory()
    found = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for target in asked.targets or TARGETS:
            if asked.only:
                done = list(outcomes(target, asked.seed, asked.only, Path(folder)))
                print(*(f"{one.number} {one.digest}" for one in done), sep="\n")
            else:
                done = list(_within(target, asked.seed, asked.inputs, asked.seconds, Path(folder)))
            faults = [fault for one in done for fault in one.faults]
            if not asked.only:
                faults += _elsewhere(target, asked.seed, done)
            found += _print(target, asked.seed, done, faults, Path(folder))
            if asked.keep:
                _keep(target, asked.seed, faults, asked.keep)
    sys.exit(found > 0)


def _bound_memory() -> None:
    """Let an input that fills the memory fail by itself, where the system can."""
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _within(target: str, seed: int, most: int, seconds: float, folder: Path) -> Iterator[Outcome]:
    """Yield what comes of the inputs of a target until their number or the time is reached."""
    end, start, step = time.monotonic() + seconds, 0, STEP if target in LOADERS else BATCH
    while start < most and time.monotonic() < end:
        yield from outcomes(target, seed, range(start, min(most, start + step)), folder)
        start += step


def _elsewhere(target: str, seed: int, done: list[Outcome]) -> list[Fault]:
    """Return the inputs whose result is another in a process with another order of sets."""
    known = {one.number: one.digest for one in random.Random(seed).sample(done, min(SAMPLE, len(done)))}
    command = [sys.executable, __file__, target, "--seed", str(seed), "--only", *map(str, known)]
    # One that has never seen any other input: what it remembers is empty.
    run = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": "4321"}, capture_output=True, text=True, check=False
    )
    lines = [line.split() for line in run.stdout.splitlines()]
    there = {int(line[0]): line[1] for line in lines if len(line) == 2 and line[0].isdecimal()}
    return [
        Fault("another process gives another result", number, f"{target} input {number}")
        for number, digest in known.items()
        if there.get(number) != digest
    ]


def _print(target: str, seed: int, done: list[Outcome], faults: list[Fault], folder: Path) -> int:
    """Print what came of a target, and return how many faults it showed."""
    slow = [one for one in done if one.seconds > SLOW]
    slowest = max((one.seconds for one in done), default=0.0)
    print(
        f"{target:14} inputs {len(done):8}  faults {len(faults):5}  slow {len(slow):3}  slowest {slowest:6.2f} s",
        flush=True,
    )
    print(
        *(f"  over {SLOW:.0f} s: input {one.number}" for one in slow[:5]), sep="\n", end="\n" if slow else ""
    )
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.kind, []).append(fault)
    for kind, alike in sorted(kinds.items(), key=lambda item: -len(item[1])):
        least = min(alike, key=lambda fault: (len(fault.call), fault.number))
        print(
            f"  {len(alike):5} × {kind}\n          input {least.number}: {shorter(target, seed, least, folder)[:400]}"
        )
    return len(faults) + len(slow)


def _keep(target: str, seed: int, faults: list[Fault], folder: Path) -> None:
    """Write one input of each kind of fault to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in {fault.kind: fault.number for fault in reversed(faults)}.values():
        given = input_of(target, seed, number)
        content = given if isinstance(given, bytes) else str(given).encode("utf-8", "surrogatepass")
        (folder / f"{target}-{seed}-{number}.{target}").write_bytes(content)


if __name__ == "__main__":
    main()
