"""The certificate of a run, with the hashes of what it read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mlcheck import __version__
from mlcheck.cli.output import write
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Report
from mlcheck.rendering.certificate import certificate


def certify(
    reports: Sequence[Report], output: Path, inputs: Iterable[Path], options: Mapping[str, Any], status: int
) -> None:
    """Write the certificate of `reports` into `output`. Raises MlcheckError."""
    inputs = [path for path in inputs if path.exists()]
    hashes = {path.name if path.is_absolute() else path.as_posix(): _hash(path) for path in inputs}
    write([certificate(reports, hashes, __version__, options, status)], output, inputs)


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file; a folder's is that of the names and hashes of what is in it."""
    try:
        if path.is_dir():
            held = "".join(
                f"{file.name} {_hash(file)}\n" for file in sorted(path.iterdir()) if file.is_file()
            )
            return hashlib.sha256(held.encode()).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MlcheckError(
            "{file} cannot be read ({reason}): check its name and its permissions.",
            file=path.as_posix(),
            reason=error.strerror or type(error).__name__,
        ) from error
