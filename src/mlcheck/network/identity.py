"""What decides a result beside its file, as a hash: the program, last year's report, and what was asked."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

import msgspec

from mlcheck import __version__
from mlcheck.network.run import Run
from mlcheck.network.sha256 import sha256_of

PROGRAM = (".py", ".toml", ".csv", ".json", ".txt")  # of the package: code, and the data that it reads
FORM = 1  # of what is kept: another number, and nothing of before is found


def decided_by(run: Run) -> str:
    """Return the hash of all that decides the results of a run beside its files. Raises OSError."""
    prior = None if run.prior is None else (run.prior.as_posix(), sha256_of(run.prior))
    asked = {name: getattr(run, name) for name in run.__struct_fields__ if name != "prior"}
    told = msgspec.json.encode((FORM, program(), prior, asked), order="deterministic")
    return hashlib.sha256(told).hexdigest()


@cache
def program() -> str:
    """Return the version of mlcheck with the hash of its code and data, of Python and of the libraries that read files."""
    root = Path(__file__).parents[1]
    hashed = hashlib.sha256()
    for file in sorted(path for path in root.rglob("*") if path.suffix in PROGRAM):
        hashed.update(f"{file.relative_to(root).as_posix()}\n".encode())
        hashed.update(file.read_bytes())
    return " ".join((__version__, hashed.hexdigest(), platform.python_version(), *_libraries()))


def _libraries() -> list[str]:
    """Return what mlcheck needs, each with its version."""
    try:
        needed = [match(r"[\w.-]+", one) for one in requires("mlcheck") or () if "extra ==" not in one]
        return [f"{name[0]}={version(name[0])}" for name in needed if name is not None]
    except PackageNotFoundError:  # run from its sources alone
        return []
