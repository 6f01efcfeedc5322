"""Reading: a file becomes a Document. It knows formats, not statistics."""

from mlcheck.reading.files import READERS, read, read_folder

__all__ = ["READERS", "read", "read_folder"]
