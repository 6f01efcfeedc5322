"""Check every file of a folder, and say which findings were gained and lost since a saved run.

    python benchmarks/corpus.py FOLDER [--save RUN.json] [--against BEFORE.json]

FOLDER is searched to its depth for files that mlcheck reads. Every change that touches reading, layout, tables,
prose, binding, rules or solving is run on `fixtures/`, and on any collection of real reports at hand:
once before with --save, once after with --against. A finding is known by its report, rule, severity, place
and figures. A part of the JSON that changed otherwise is told by its key ("figures", "claims").
Exits 1 where a file crashed mlcheck or ran out of time, whatever was found in the reports.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mlcheck.reading.files import READERS

MLCHECK = (sys.executable, "-m", "mlcheck")
TIMED_OUT = 124  # the exit status that timeout(1) gives
SLOWEST = 5  # files named with their times


def main() -> None:
    """Run, tell what changed, and count."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--save", type=Path, help="write the run to this file")
    options.add_argument("--against", type=Path, help="a saved run to compare with")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--timeout", type=float, default=60, help="seconds a file")
    options.add_argument("--list", action="store_true", help="print every finding of this run")
    asked = options.parse_args()
    runs = run_folder(asked.folder, asked.jobs, asked.timeout)
    if asked.list:
        print(*(f"{name}: {line}" for name, run in runs.items() for line in run["findings"]), sep="\n")
    if asked.against:
        tell_changes(json.loads(asked.against.read_text(encoding="utf-8")), runs)
    if asked.save:
        asked.save.write_text(json.dumps(runs, ensure_ascii=False, indent=1), encoding="utf-8")
    tell_counts(runs)
    sys.exit(any(run["exit"] not in (0, 1, 2) for run in runs.values()))


def run_folder(folder: Path, jobs: int, limit: float) -> dict[str, dict[str, Any]]:
    """Return the run of each file that mlcheck reads, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READERS and path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    with ThreadPoolExecutor(jobs) as pool:
        return dict(zip(names, pool.map(lambda name: run_file(folder, name, limit), names), strict=True))


def run_file(folder: Path, name: str, limit: float) -> dict[str, Any]:
    """Return the exit status, seconds and findings of one file, and a digest of each part of its JSON.

    It is named from its folder, so that runs on two machines print the same places.
    """
    start = time.monotonic()
    command = [*MLCHECK, "validate", name, "--format", "json", "--lang", "en"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"exit": TIMED_OUT, "seconds": limit, "findings": [], "parts": {}}
    seconds = round(time.monotonic() - start, 2)
    try:
        report = json.loads(done.stdout)["reports"][0]
    except (ValueError, LookupError):
        report = {"findings": [], "stderr": done.stderr.decode(errors="replace")}
    findings = sorted(as_line(finding) for finding in report["findings"])
    parts = {key: digest(part) for key, part in report.items()}
    return {"exit": done.returncode, "seconds": seconds, "findings": findings, "parts": parts}


def as_line(finding: dict[str, Any]) -> str:
    """Return what a finding is known by."""
    place = finding["location"]
    keys = ("sheet", "page", "slide", "shape", "line", "cell", "box")
    where = "!".join(str(place[key]) for key in keys if place.get(key) is not None)
    return f"{finding['severity']} {finding['rule']} {where}: {finding['stated']} -> {finding['expected']}"


def digest(part: Any) -> str:
    """Return a short hash of a part of the JSON."""
    return hashlib.sha256(json.dumps(part, ensure_ascii=False).encode()).hexdigest()[:16]


def tell_changes(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> None:
    """Print the findings lost and gained, and the parts of the JSON that differ otherwise."""
    lost = gained = other = 0
    for name in sorted({*before, *now}):
        old, new = (runs.get(name, {"findings": [], "parts": {}, "exit": None}) for runs in (before, now))
        was, has = Counter(old["findings"]), Counter(new["findings"])
        lines = [f"lost   {name} {line}" for line in (was - has).elements()]
        lost += len(lines)
        lines += (found := [f"gained {name} {line}" for line in (has - was).elements()])
        gained += len(found)
        keys = {
            key for key in {*old["parts"], *new["parts"]} if old["parts"].get(key) != new["parts"].get(key)
        }
        if old["exit"] != new["exit"]:
            lines.append(f"exit   {name} {old['exit']} -> {new['exit']}")
        elif keys:
            lines.append(f"other  {name} {', '.join(sorted(keys))}")
            other += 1
        print(*lines, sep="\n", end="\n" if lines else "")
    print(f"findings lost {lost}, gained {gained}; files whose JSON differs {other}")


def tell_counts(runs: dict[str, dict[str, Any]]) -> None:
    """Print how the files ended, what they told, and which took longest."""
    exits = Counter(run["exit"] for run in runs.values())
    told = Counter(line.partition(" ")[0] for run in runs.values() for line in run["findings"])
    slow = sorted((-run["seconds"], name) for name, run in runs.items())[:SLOWEST]
    print(f"files {len(runs)}: exits {', '.join(f'{code}: {n}' for code, n in sorted(exits.items()))}")
    print(f"findings: {', '.join(f'{severity} {n}' for severity, n in sorted(told.items())) or 'none'}")
    print(f"slowest: {', '.join(f'{name} {-seconds:.1f} s' for seconds, name in slow)}")


if __name__ == "__main__":
    main()
