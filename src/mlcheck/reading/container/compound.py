"""Compound files (OLE2, MS-CFB): the folders in one file that hold old and encrypted workbooks.

Every chain is followed for as many steps as the file has sectors at most: a loop in a broken file
ends in an error, where other readers never end.
"""

from __future__ import annotations

import struct
from pathlib import Path

from mlcheck.reading.container.refusals import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
ENTRY = 128  # bytes of a directory entry
STREAM, ROOT = 2, 5  # types of entries
LAST_SECTOR = 0xFFFFFFF9  # greater numbers are marks: end of chain, free
NO_ENTRY = 0xFFFFFFFF


class CompoundFile:
    """The streams at the root of a compound file, by name."""

    __slots__ = ("cutoff", "fat", "mini", "mini_fat", "mini_size", "path", "read", "size", "streams")

    def __init__(self, path: Path) -> None:
        """Read the directory of a file; raise MlcheckError where it is broken."""
        self.path, self.read = path, path.read_bytes()
        try:
            self._open()
        except (struct.error, ValueError, IndexError) as error:
            raise damaged(path, "directory") from error

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; raise MlcheckError where it is broken."""
        start, size = self.streams[name]
        if size < self.cutoff:
            places = self._chain(start, self.mini_fat)
            content = b"".join(
                self.mini[place * self.mini_size : (place + 1) * self.mini_size] for place in places
            )
        else:
            content = self._sectors(start)
        if len(content) < size:
            raise damaged(self.path, name)
        return content[:size]

    def _open(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self.read, 30)
        if not (9 <= shift <= 16 and 4 <= mini_shift < shift):
            raise damaged(self.path, "header")
        self.size, self.mini_size = 1 << shift, 1 << mini_shift
        directory, self.cutoff, mini_start = struct.unpack_from("<4xI4xII", self.read, 44)
        self.fat = self._read_fat()
        self.mini_fat = self._numbers(self._sectors(mini_start))
        entries = self._sectors(directory)
        start, length = struct.unpack_from("<IQ", entries, 116)
        self.mini = self._sectors(start)[:length]
        self.streams = dict(self._children(entries))

    def _read_fat(self) -> list[int]:
        """Return the table that gives the sector after each sector."""
        numbers = list(struct.unpack_from("<109I", self.read, 76))
        (extension,) = struct.unpack_from("<I", self.read, 68)
        for _ in range(len(self.read) // self.size):
            if extension > LAST_SECTOR:
                break
            *more, extension = self._numbers(self._sector(extension))
            numbers += more
        return [
            entry
            for number in numbers
            if number <= LAST_SECTOR
            for entry in self._numbers(self._sector(number))
        ]

    def _children(self, entries: bytes) -> list[tuple[str, tuple[int, int]]]:
        """Return the streams of the root: name -> (first sector, size); storages are left aside."""
        (first,) = struct.unpack_from("<I", entries, 76)
        found, waiting, seen = [], [first], {NO_ENTRY}
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            at = number * ENTRY
            length, kind, left, right = struct.unpack_from("<HBxII", entries, at + 64)
            waiting += [left, right]
            if kind == STREAM:
                name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                found.append((name, struct.unpack_from("<II", entries, at + 116)))
        return found

    def _sector(self, number: int) -> bytes:
        start = HEADER + number * self.size
        return self.read[start : start + self.size]

    def _sectors(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self.fat)))

    def _chain(self, start: int, table: list[int]) -> list[int]:
        places = []
        while start <= LAST_SECTOR:
            places.append(start)
            if len(places) > len(table) or start >= len(table):
                raise damaged(self.path, "sectors")
            start = table[start]
        return places

    @staticmethod
    def _numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
