"""The folder of a store: each report is one file in each table, put in its place whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.origin import Origin
from mlcheck.rendering.store.rows import SCHEMA_VERSION, columns
from mlcheck.translation import N_

OWN = "_mlcheck"  # readers of Parquet pass over what starts so
MARK = "store.json"
LOCK = "lock"
NOT_A_STORE = N_("{file} holds other files and is no store of mlcheck: name a new or an empty folder.")
OTHER_VERSION = N_(
    "{file} is a store of another version of mlcheck ({found}; this one writes {known}): name a new folder."
)


class Store:
    """A store on disk. Several processes may write to it at once; who reads it never sees half of a file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.own = folder, folder / OWN

    def open(self) -> None:
        """Make the folder a store where it is new or empty. Raises MlcheckError where it is somebody else's."""
        if not is_store(self.folder):
            if self.folder.is_dir() and any(one.name != OWN for one in self.folder.iterdir()):
                raise MlcheckError(NOT_A_STORE, file=self.folder)
            self.own.mkdir(parents=True, exist_ok=True)
            told = {"schema_version": SCHEMA_VERSION, "tables": columns()}
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
            _replace(self._new(text.encode()), self.own / MARK)
        found = json.loads((self.own / MARK).read_text("utf-8")).get("schema_version")
        if found != SCHEMA_VERSION:
            raise MlcheckError(OTHER_VERSION, file=self.folder, found=found, known=SCHEMA_VERSION)

    def put(self, origin: Origin, content: Mapping[str, bytes]) -> None:
        """Put the rows of a report in the place of those that it had, in whichever partition they were.

        A folder that is left empty stays: somebody may be listing it.
        """
        staged = {table: self._new(data) for table, data in content.items()}
        known = self._new(origin.partition.encode())
        try:
            with self._locked():
                former = self._partition(origin.key)
                for table, file in staged.items():
                    _replace(file, self._file(table, origin.partition, origin.key))
                if former is not None and former != origin.partition:
                    for table in content:
                        self._file(table, former, origin.key).unlink(missing_ok=True)
                _replace(known, self._known(origin.key))
        finally:
            for file in (*staged.values(), known):
                file.unlink(missing_ok=True)

    def _file(self, table: str, partition: str, key: str) -> Path:
        return self.folder / table / partition / f"{key}.parquet"

    def _known(self, key: str) -> Path:
        """Return the file that tells where the rows of a report are."""
        return self.own / "reports" / key

    def _partition(self, key: str) -> str | None:
        """Return where the rows of a report are, None where it has none."""
        with suppress(FileNotFoundError):
            return self._known(key).read_text("utf-8")
        return None

    def _new(self, data: bytes) -> Path:
        """Return a new file beside the tables, on the same disk as they are."""
        path = self.own / f"{os.urandom(8).hex()}.tmp"
        with path.open("xb") as stream:
            stream.write(data)
        return path

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time put files in place; the system frees the lock of one that died."""
        with (self.own / LOCK).open("ab") as stream:
            try:
                import fcntl
            except ImportError:  # Windows
                import msvcrt  # type: ignore[import-not-found, unused-ignore]

                msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
            else:
                with suppress(OSError):  # a file system without locks
                    fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store."""
    try:
        return (folder / OWN / MARK).is_file()
    except OSError:  # a name that the system refuses
        return False


def _replace(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)
