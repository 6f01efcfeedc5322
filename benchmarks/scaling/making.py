"""Reports of a network, quickly: those of simulated agencies, each under as many names as are needed."""

from __future__ import annotations

import shutil
from pathlib import Path

from simulated.making import agency, both_years
from simulated.writing import write

DIFFERENT = 100  # agencies; their copies cost a check as much


def make(folder: Path, count: int, form: str, seed: int) -> list[Path]:
    """Write the reports of `count` agencies into a folder, and return their names in it."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"agency-{number:05}-{2022 + number % 3}.{form}" for number in range(count)]
    for number, name in enumerate(names):
        if (folder / name).exists():
            continue
        if number < DIFFERENT:
            made = agency(number, seed, (form,))
            write(both_years(made)[0], folder / name)
        else:
            shutil.copyfile(folder / names[number % DIFFERENT], folder / name)
    return [Path(name) for name in names]
