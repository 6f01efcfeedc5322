"""Simulated agencies: whole reports whose figures all agree, with and without one slip, and what mlcheck says of them.

    python benchmarks/agencies.py make FOLDER [--count 40] [--seed 1] [--formats xlsx,docx]
    python benchmarks/agencies.py score MLCHECK FOLDER [--jobs 2] [-v]

`make` writes for each agency this year's report, last year's, and three copies with one slip each; truth.json says
what was slipped and whether the document, with last year's, then contradicts itself. `score` runs MLCHECK, the
command to try, on each and counts the clean reports that are accused and the slips that are told. Without
arguments, a few agencies are made and scored in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from simulated.making import make
from simulated.scoring import Scores, outcomes
from simulated.style import FORMATS

FEW = 4


def main() -> None:
    """Make agencies or score a command on them."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = options.add_subparsers(dest="command")
    making = commands.add_parser("make", help="write reports and truth.json to a folder")
    making.add_argument("folder", type=Path)
    making.add_argument("--count", type=int, default=40)
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--formats", default=",".join(FORMATS), help="repeat one to draw it more often")
    scoring = commands.add_parser("score", help="run a command on the reports of a folder")
    scoring.add_argument("mlcheck", help="the command to run")
    scoring.add_argument("folder", type=Path)
    scoring.add_argument("--jobs", type=int, default=2)
    scoring.add_argument("-v", "--verbose", action="store_true", help="list false accusations and misses")
    asked = options.parse_args()
    if asked.command == "make":
        make_all(asked.folder, asked.count, asked.seed, asked.formats.split(","))
    elif asked.command == "score":
        Scores(list(outcomes([asked.mlcheck], asked.folder, asked.jobs))).show(verbose=asked.verbose)
    else:
        with tempfile.TemporaryDirectory(prefix="agencies-") as folder:
            make_all(Path(folder), FEW, 1, FORMATS)
            Scores(list(outcomes([sys.executable, "-m", "mlcheck"], Path(folder), 2))).show(verbose=False)


def make_all(folder: Path, count: int, seed: int, formats: Sequence[str]) -> None:
    """Write the reports of a number of agencies, and what is known of them."""
    folder.mkdir(parents=True, exist_ok=True)
    known = [make(folder, number, seed, formats) for number in range(1, count + 1)]
    (folder / "truth.json").write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
