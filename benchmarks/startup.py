"""What `mlcheck validate` costs over the bare reader, and what `mlcheck --help` loads.

The control starts Python, imports typer, polars and pandera.polars, and reads the same workbook with
calamine. Both are measured as CPU time of the whole process, the lowest of several runs in turn.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path

FIXTURE = Path(__file__).parents[1] / "fixtures" / "report-2023.xlsx"
CONTROL = """
import sys
import typer, polars, pandera.polars
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(sys.argv[1])
for name in workbook.sheet_names:
    workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""
LOADED = """
import sys
sys.argv = ["mlcheck", "--help"]
from mlcheck.cli.main import main
try:
    main()
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
# As a person runs it: Python keeps the bytecode it compiles, and so does an installed package.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
HEAVY = {"polars", "pandera", "openpyxl", "pandas"}
AIM = 1.5


def cpu(command: list[str]) -> float:
    """Return the user and system seconds of one run of `command`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=ENVIRONMENT
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def lowest(commands: dict[str, list[str]], runs: int) -> dict[str, float]:
    """Return the lowest cost of each command, run in turn so that both meet the same machine."""
    costs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(cpu(command))
    return {name: min(seconds) for name, seconds in costs.items()}


def loaded_by_help() -> set[str]:
    """Return the top modules that `mlcheck --help` imports."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def main() -> None:
    """Print the ratio and the modules; exit 1 where either misses its aim."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("file", type=Path, nargs="?", default=FIXTURE)
    asked = options.parse_args()
    costs = lowest(
        {
            "python alone": [sys.executable, "-c", "pass"],
            "control": [sys.executable, "-c", CONTROL, str(asked.file)],
            "validate": [sys.executable, "-m", "mlcheck", "validate", str(asked.file)],
            "help": [sys.executable, "-m", "mlcheck", "--help"],
        },
        asked.runs,
    )
    for name, seconds in costs.items():
        print(f"{name:13} {1000 * seconds:6.0f} ms CPU, lowest of {asked.runs}")
    ratio = costs["validate"] / costs["control"]
    print(f"validate / control = {ratio:.2f} (aim: at most {AIM})")
    modules = loaded_by_help()
    ours = sorted(
        name for name in modules if name not in sys.stdlib_module_names and not name.startswith("_")
    )
    print(f"mlcheck --help loads {len(modules)} top modules, outside the standard library: {', '.join(ours)}")
    heavy = sorted(HEAVY & modules)
    print(f"of {', '.join(sorted(HEAVY))} it loads {', '.join(heavy) or 'none'}")
    sys.exit(bool(heavy) or ratio > AIM)


if __name__ == "__main__":
    main()
