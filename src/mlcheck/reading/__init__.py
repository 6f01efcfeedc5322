"""Reading: a file becomes a Document. It knows formats, not statistics."""

from mlcheck.reading.container.content import kind_of
from mlcheck.reading.files import READERS, origins, read, read_folder

__all__ = ["READERS", "kind_of", "origins", "read", "read_folder"]
