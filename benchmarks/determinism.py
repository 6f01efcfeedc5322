"""Whether a report says the same whatever else is in the run, in what order, and how busy the machine is.

    python benchmarks/determinism.py [FOLDER] [--files 60] [--repeat 5] [--busy 4] [--seed 0]

Sixty files (those of FOLDER, by default the fixtures; then copies of them with up to six figures mistyped,
and cross tables with several slips) are checked in one run, in one run in another order, and in a run each
with another seed of Python's hashes; then again, several times, beside busy processes. Printed is the number
of different JSON texts of each report over all of that: one is right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import mlcheck

FIXTURES = Path(__file__).parents[1] / "fixtures"
SOURCES = str(Path(mlcheck.__file__).parents[1])
TEXT = (".md", ".txt", ".html", ".csv")
WORKBOOK = (".xlsx",)
READ = (*TEXT, *WORKBOOK, ".ods", ".docx", ".pptx", ".pdf")
NUMBER = re.compile(r"(?<![\w.,#&])\d{2,4}(?![\w.,;%])")
CELL = re.compile(r'(<c r="[A-Z]+\d+"(?: s="\d+")?><v>)(\d{2,6})(</v>)')
TABLE_CELL = re.compile(r"(?<=\| )\d{2,6}(?= \|)")
BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n    sum(range(10_000))"


def mistyped(digits: str, chance: random.Random) -> str:
    """Return a number with two digits swapped, one changed, dropped or doubled."""
    at = chance.randrange(len(digits) - 1)
    slips = (
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :],
        digits[:at] + chance.choice("123456789") + digits[at + 1 :],
        digits[:at] + digits[at + 1 :],
        digits[:at] + digits[at] + digits[at:],
    )
    return chance.choice(slips)


def with_slips(text: str, pattern: re.Pattern[str], slips: int, chance: random.Random) -> str:
    """Return a text in which some of the numbers that a pattern finds are mistyped."""
    found = list(pattern.finditer(text))
    group = 2 if pattern.groups else 0
    for one in sorted(chance.sample(found, min(slips, len(found))), key=lambda one: -one.start()):
        start, end = one.span(group)
        text = text[:start] + mistyped(one[group], chance) + text[end:]
    return text


def variant(source: Path, target: Path, slips: int, chance: random.Random) -> None:
    """Write a copy of a text or a workbook with some figures mistyped."""
    if source.suffix in TEXT:
        target.write_text(with_slips(source.read_text("utf-8"), NUMBER, slips, chance), "utf-8")
        return
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = with_slips(data.decode(), CELL, slips, chance).encode()
            new.writestr(name, data)


def cross_table(target: Path, slips: int, chance: random.Random) -> None:
    """Write a table of counts with both margins and some figures mistyped: what only a joint repair mends."""
    height, width = chance.randrange(6, 30), chance.randrange(4, 9)
    rows = [[chance.randrange(10, 1000) for _ in range(width)] for _ in range(height)]
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    names = [f"Commune {at + 1}" for at in range(height)] + ["Total"]
    heads = ["Commune", *(f"Filière {chr(65 + at)}" for at in range(width)), "Total"]
    head = f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    lines = [f"| {name} | {' | '.join(map(str, row))} |" for name, row in zip(names, rows, strict=True)]
    table = with_slips("\n".join(lines), TABLE_CELL, slips, chance)
    target.write_text(f"# Les entrées en formation en 2023\n\n{head}{table}\n", "utf-8")


def corpus(
    source: Path, target: Path, count: int, chance: random.Random, kinds: Sequence[str] = READ
) -> list[str]:
    """Write so many files to a folder, and return their names."""
    originals = sorted(one for one in source.iterdir() if one.suffix in kinds and one.is_file())[:count]
    for one in originals:
        shutil.copy(one, target / one.name)
    changed = [one for one in originals if one.suffix in (*TEXT, *WORKBOOK)]
    for at in range(count - len(originals)):
        if at % 2 and changed:
            one = chance.choice(changed)
            variant(one, target / f"variant-{at:02}{one.suffix}", chance.randrange(1, 7), chance)
        else:
            cross_table(target / f"table-{at:02}.md", chance.randrange(1, 7), chance)
    return sorted(one.name for one in target.iterdir())


def digests(names: Sequence[str], folder: Path, hash_seed: int) -> dict[str, str]:
    """Check files in one run, and return a digest of the JSON of each report."""
    done = subprocess.run(
        [sys.executable, "-m", "mlcheck", "validate", "--format", "json", *names],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": SOURCES},
    )  # fmt: skip
    if not done.stdout:
        raise SystemExit(f"mlcheck said nothing of {', '.join(names[:3])}: {done.stderr[-500:]}")
    reports = json.loads(done.stdout)["reports"]
    return {one["source"]: hashlib.sha256(json.dumps(one).encode()).hexdigest() for one in reports}


@contextmanager
def load(processes: int) -> Iterator[None]:
    """Keep the machine busy meanwhile."""
    running = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(processes)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


def every_way(names: list[str], folder: Path, seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the digests of the files in one run, in another order, and in a run each."""
    yield "one run", digests(names, folder, seed)
    shuffled = random.Random(seed).sample(names, len(names))
    yield "another order", digests(shuffled, folder, seed + 1)
    alone: dict[str, str] = {}
    for at, name in enumerate(names):
        alone |= digests([name], folder, seed + at)
    yield "a run each", alone


def main() -> None:
    """Print what differs, and end with 1 if anything does."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path, nargs="?", default=FIXTURES)
    options.add_argument("--files", type=int, default=60)
    options.add_argument("--repeat", type=int, default=5, help="times beside busy processes")
    options.add_argument("--busy", type=int, default=4, help="busy processes")
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def note(found: dict[str, str], way: str) -> None:
        for name, digest in found.items():
            seen[name][digest].append(way)

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        names = corpus(asked.folder, folder, asked.files, random.Random(asked.seed))
        started = time.perf_counter()
        for way, found in every_way(names, folder, asked.seed):
            note(found, way)
        alone = time.perf_counter() - started
        started = time.perf_counter()
        with load(asked.busy):
            for at in range(asked.repeat):
                for way, found in every_way(names, folder, asked.seed + 1000 * (at + 1)):
                    note(found, f"{way}, busy {at + 1}")
        busy = time.perf_counter() - started
    differing = {name: ways for name, ways in seen.items() if len(ways) > 1}
    for name, ways in sorted(differing.items()):
        print(f"{name}: {' | '.join(', '.join(own) for own in ways.values())}")
    texts = sum(len(own) for ways in seen.values() for own in ways.values())
    print(
        f"{len(seen)} reports, {texts} texts, {len(differing)} reports that differ; "
        f"{alone:.0f} s alone, {busy:.0f} s beside {asked.busy} busy processes"
    )
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
