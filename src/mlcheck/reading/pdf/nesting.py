"""Forms drawn in forms: how often a page may draw one in the end, counted before a library draws them all.

A form that draws another twice, which draws another twice… is a small file that fills the memory of a machine.
Forms are looked for in the bytes of the file; their drawing operators are counted in at most `LONGEST` bytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from mlcheck.model.errors import MlcheckError

MOST = 100_000  # forms that one form draws, those in its forms among them
DEEPEST = 40  # forms in forms that PDFium draws
LONGEST = 2**20
_BLANK = rb"(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])"  # ISO 32000-1, 7.2: white space, and comments count for it
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,7})" + _BLANK + rb"+[0-9]{1,5}" + _BLANK + rb"+obj\b")
_FORM = re.compile(rb"/Subtype" + _BLANK + rb"*/Form\b")
_REFERENCE = re.compile(rb"([0-9]{1,7})" + _BLANK + rb"+[0-9]{1,5}" + _BLANK + rb"+R\b")
_RESOURCES = re.compile(rb"/Resources" + _BLANK + rb"*(?:<<|" + _REFERENCE.pattern + rb")")
_DRAWN = re.compile(rb"/[^\s/<>\[\](){}%]*" + _BLANK + rb"+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a byte of a name: "/F#6frm" is "/Form"


class Form(Struct):
    """How many drawing operators a form has, and the objects that it names."""

    drawn: int
    named: frozenset[int]


def refuse_nested(path: Path) -> None:
    """Raise MlcheckError where the forms of a document draw one another more often than any report."""
    content = path.read_bytes()
    if b"obj" not in content:
        return
    forms = _forms(content)
    counts = dict.fromkeys(forms, 1)
    for _ in range(DEEPEST):
        before = counts
        counts = {number: _count(form, before) for number, form in forms.items()}
        if any(count > MOST for count in counts.values()):
            raise MlcheckError(
                "{file} draws forms in forms without end: print it to a new PDF, and check that one.",
                file=path.as_posix(),
            )
        if counts == before:
            return


def _count(form: Form, counts: Mapping[int, int]) -> int:
    inner = [counts[number] for number in form.named if number in counts]
    return 1 + form.drawn * max(inner) if inner else 1


def _forms(content: bytes) -> dict[int, Form]:
    """Return the forms of a file by their object numbers; what a form names, its resources name for it."""
    starts = [(match.start(), match.end(), int(match[1])) for match in _OBJECT.finditer(content)]
    ends = [start for start, _, _ in starts[1:]] + [len(content)]
    heads: dict[int, bytes] = {}
    forms: dict[int, Form] = {}
    for (_, start, number), end in zip(starts, ends, strict=True):
        head, _, stream = content[start : min(end, start + LONGEST)].partition(b"stream")
        head = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), head)
        heads[number] = head
        if _FORM.search(head):
            forms[number] = Form(len(_DRAWN.findall(_text(head, stream))), _named(head))
    for own, form in forms.items():
        if not _has_resources(heads, own):  # it takes those of whatever draws it
            form.named = frozenset(forms)
            continue
        resources = (
            _named(heads[number]) for number in form.named if number in heads and number not in forms
        )
        form.named = form.named.union(*resources)
    return forms


def _has_resources(heads: Mapping[int, bytes], form: int) -> bool:
    """Tell whether a form has a dictionary of resources of its own, or names one that there is."""
    found = _RESOURCES.search(heads[form])
    return found is not None and (found[1] is None or int(found[1]) in heads)


def _named(head: bytes) -> frozenset[int]:
    return frozenset(int(match[1]) for match in _REFERENCE.finditer(head))


def _text(head: bytes, stream: bytes) -> bytes:
    """Return what a form draws, unpacked as far as it is packed in the usual way."""
    data = stream.lstrip(b"\r\n")
    if b"FlateDecode" not in head:
        return data
    try:
        return zlib.decompressobj().decompress(data, LONGEST)
    except zlib.error:
        return b""
