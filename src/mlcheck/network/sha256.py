"""The hash of what a run reads."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; a folder's is that of the names and hashes of what is in it. Raises OSError."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.is_file())
        held = b"".join(os.fsencode(f"{file.name} {sha256_of(file)}\n") for file in files)
        return hashlib.sha256(held).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
