"""Word documents (docx): the body in reading order, each note and text box after what points to it.

Left out: headers and footers, comments, tables of contents, hidden text, text deleted by a tracked
change. Not handled: a drop capital, or a paragraph whose end mark alone is deleted, is not joined to
the paragraph after it; a single cell deleted by a tracked change is kept; old WordArt is not read;
automatic numbers in words or in other scripts are printed in digits.
"""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Document
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.archive import Archive
from mlcheck.reading.word.body import open_body
from mlcheck.reading.word.package import open_package
from mlcheck.reading.word.tabs import with_columns


def read_docx(path: Path) -> Document:
    """Return the paragraphs and tables of a document; a picture or drawing not read is told.

    Raises MlcheckError where the file cannot be used, or holds no text.
    """
    source = path.as_posix()
    with Archive(path) as archive:
        body = open_body(open_package(archive), source)
        body.read()
    if not body.blocks:
        raise MlcheckError(
            "{file} holds no text: if its pages are pictures, recognise their text first.", file=source
        )
    return Document(source, tuple(with_columns(body.blocks)), tuple(body.not_understood))
