"""What decides a result, as hashes: the bytes that are read, the program that reads them, and what was asked of it."""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

import msgspec

from mlcheck import __version__
from mlcheck.network.run import Run

PROGRAM = (".py", ".toml", ".csv", ".json", ".txt")  # of the package: code, and the data that it reads
FORM = 1  # of what is kept: another number, and nothing of before is found


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; a folder's is that of the names and hashes of what is in it. Raises OSError."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.is_file())
        held = b"".join(os.fsencode(f"{file.name} {sha256_of(file)}\n") for file in files)
        return hashlib.sha256(held).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
