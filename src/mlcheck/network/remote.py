"""Files by their address, as fsspec knows them: fetched where they are checked, and named by the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

UNFETCHED = N_("{file} cannot be fetched ({why}): check its address.")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/+(.+)", re.DOTALL)  # a drive of Windows has one letter
ADDRESS = "://"
LOCAL = ("file", "local")  # whose addresses have a third slash


def address_of(file: Path) -> str | None:
    """Return the address that a file was named by, None where it is a path: a path has lost one of its slashes."""
    found = _ADDRESS.fullmatch(file.as_posix())
    if found is None:
        return None
    return f"{found[1]}{ADDRESS}{'/' if found[1] in LOCAL else ''}{found[2]}"


class Unfetched(MlcheckError):
    """A file that cannot be had: the others of the run can."""


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """Give a copy of a file, by its own name, for as long as it is needed. Raises Unfetched."""
    import fsspec

    with TemporaryDirectory(prefix="mlcheck-") as folder:
        copy = Path(folder) / (re.split(r"[?#]", address)[0].rstrip("/").rpartition("/")[2] or "report")
        try:
            with fsspec.open(address, "rb") as source, copy.open("wb") as target:
                while block := source.read(2**20):
                    target.write(block)
        except Exception as error:  # each file system has troubles of its own
            raise Unfetched(UNFETCHED, file=address, why=str(error) or type(error).__name__) from error
        yield copy
