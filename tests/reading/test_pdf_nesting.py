"""A PDF whose forms draw one another without end is refused before it is drawn, however its references are written."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from mlcheck.model.errors import MlcheckError
from mlcheck.reading.pdf.nesting import refuse_nested

PAGE = b"1 0 obj << /Type /Catalog >> endobj 6 0 obj << /XObject << /X1 %s >> >> endobj\n"
FORM = b"7 0 obj << /Subtype /%s /Resources 6 0 R%s >> stream\n%s\nendstream endobj"
TWICE = b"/X1 Do /X1 Do"


def written(folder: Path, *pieces: bytes) -> Path:
    path = folder / "rapport.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"".join(pieces) + b"\n%%EOF")
    return path


@pytest.mark.parametrize(
    ("reference", "kind", "drawn"),
    [
        (b"7 0 R", b"Form", TWICE),
        (b"7 0\tR", b"Form", TWICE),
        (b"7\n0 % a comment\nR", b"Form", TWICE),
        (b"7 0 R", b"F#6frm", TWICE),
        (b"7 0 R", b"Form", b"/X1\tDo\0/X1\rDo"),
    ],
)
def test_a_form_that_draws_itself_twice_is_refused(tmp_path, reference, kind, drawn):
    path = written(tmp_path, PAGE % reference, FORM % (kind, b"", drawn))
    with pytest.raises(MlcheckError, match="forms in forms"):
        refuse_nested(path)


def test_what_it_draws_may_be_packed(tmp_path):
    packed = zlib.compress(TWICE)
    path = written(tmp_path, PAGE % b"7 0 R", FORM % (b"Form", b" /Filter /FlateDecode", packed))
    with pytest.raises(MlcheckError, match="forms in forms"):
        refuse_nested(path)


@pytest.mark.parametrize("drawn", [b"BT (12 inscrits) Tj ET", b"/X2 Do /X2 Do"])
def test_a_form_that_draws_text_or_another_is_read(tmp_path, drawn):
    refuse_nested(
        written(
            tmp_path,
            PAGE % b"7 0 R",
            FORM.replace(b" /Resources 6 0 R", b" /Resources << >>") % (b"Form", b"", drawn),
        )
    )
