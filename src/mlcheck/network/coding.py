"""Report ↔ bytes: how a report goes from one process to another, and into a cache.

It is read back by its types and nothing else: bytes that somebody else wrote can be wrong, never a program.
"""

from __future__ import annotations

import io
import zlib
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec
from msgspec import Struct, defstruct
from msgspec.structs import astuple, replace

from mlcheck.model.amount import Amount, Formula
from mlcheck.model.claim import Claim
from mlcheck.model.finding import CheckedClaim, Finding, Report
from mlcheck.model.sentence import Sentence

if TYPE_CHECKING:
    import polars as pl

FAST = 1  # zlib: a sixth of the size; the default takes four times as long for a little less
MOST = 2**29  # bytes of the text; more is none of ours
LENGTH = 4  # bytes that say how long the text before the frame is
UNUSED = {"figures", "suppressed", "facts"}  # the frame follows; a policy comes later; facts stay whole


class Unreadable(Exception):
    """Bytes that are no report of this version."""


class Exact(Struct, omit_defaults=True):
    """A value of a message that is neither text nor a whole number."""

    fraction: Fraction | None = None
    amount: Amount | None = None
    formula: Formula | None = None


def encoded(report: Report) -> bytes:
    """Return the bytes of a report to which no policy was applied; the words of its sentences stay, their tokens do not."""
    kept = {name: getattr(report, name) for name in report.__struct_fields__ if name not in UNUSED}
    kept["findings"] = [_with_values(finding) for finding in report.findings]
    kept["claims"] = [_with_values(_without_tokens(checked)) for checked in report.claims]
    text = zlib.compress(msgspec.json.encode(kept, enc_hook=_plain), FAST)
    frame = io.BytesIO()
    report.figures.write_ipc_stream(frame, compression="zstd")
    return len(text).to_bytes(LENGTH, "big") + text + frame.getvalue()


def decoded(data: bytes) -> Report:
    """Return the report of some bytes. Raises Unreadable where they are none."""
    import polars as pl

    try:
        end = LENGTH + int.from_bytes(data[:LENGTH], "big")
        kept = _decoder().decode(zlib.decompressobj().decompress(data[LENGTH:end], MOST))
        figures = pl.read_ipc_stream(io.BytesIO(data[end:]))
    except _wrong() as error:
        raise Unreadable(str(error)) from error
    if figures.schema != _schema():
        raise Unreadable("other columns")
    sentences: dict[int, Sentence] = {}
    fields = {name: getattr(kept, name) for name in kept.__struct_fields__}
    fields["findings"] = tuple(_restored(Finding, one) for one in kept.findings)
    fields["claims"] = tuple(_of_one_sentence(_restored(CheckedClaim, one), sentences) for one in kept.claims)
    return Report(figures=figures, **fields)


def renamed(data: bytes, before: str, after: str) -> bytes:
    """Return the bytes of a report with another name in the place of its own, a path that occurs nowhere else."""
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    own, other = (msgspec.json.encode(name)[1:-1] for name in (before, after))
    text = zlib.compress(zlib.decompress(data[LENGTH:end]).replace(own, other), FAST)
    return len(text).to_bytes(LENGTH, "big") + text + data[end:]


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    raise NotImplementedError(type(value).__name__)


def _exact(kind: type, value: Any) -> Any:
    if kind is Fraction and isinstance(value, str):
        numerator, _, denominator = value.partition("/")
        return Fraction(int(numerator), int(denominator))
    raise NotImplementedError(kind.__name__)


def _with_values(one: Finding | CheckedClaim) -> dict[str, Any]:
    """Return the fields of a finding or a claim, its values told apart by their kinds."""
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    fields["values"] = {name: _told(value) for name, value in one.values.items()}
    return fields


def _told(value: object) -> object:
    if isinstance(value, Fraction):
        return Exact(fraction=value)
    if isinstance(value, Amount):
        return Exact(amount=value)
    return Exact(formula=value) if isinstance(value, Formula) else value


def _restored(kind: type, kept: Any) -> Any:
    """Return the finding or the claim that was kept."""
    values = kept.values
    for name, value in values.items():
        if isinstance(value, Exact):
            values[name] = value.amount or value.formula or value.fraction or Fraction(0)
    return kind(*astuple(kept))


def _without_tokens(checked: CheckedClaim) -> CheckedClaim:
    claim = checked.claim
    return replace(checked, claim=replace(claim, sentence=replace(claim.sentence, tokens=())))


def _of_one_sentence(checked: CheckedClaim, sentences: dict[int, Sentence]) -> CheckedClaim:
    """Return a claim whose sentence is the same object as that of the other claims in it."""
    claim: Claim = checked.claim
    own = sentences.setdefault(claim.sentence.id, claim.sentence)
    return checked if own is claim.sentence else replace(checked, claim=replace(claim, sentence=own))


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    """Return what reads the text of a report: its own types, with values that msgspec can tell apart."""
    import polars as pl

    value = str | int | tuple[str, ...] | Exact
    own = {"values": dict[str, value]}
    finding, claim = (_like(kind, own) for kind in (Finding, CheckedClaim))
    changed = {
        "findings": list[finding],  # type: ignore[valid-type]
        "claims": list[claim],  # type: ignore[valid-type]
        "unusable_values": dict[str, str],
    }
    return msgspec.json.Decoder(_like(Report, changed, {"pl": pl, "Facts": object}), dec_hook=_exact)


def _like(kind: type[Struct], changed: dict[str, Any], names: dict[str, Any] | None = None) -> type[Struct]:
    """Return a type with the fields of another, some of them of other types."""
    hints = {**get_type_hints(kind, localns=names), **changed}
    return defstruct(
        kind.__name__, [(name, hints[name]) for name in kind.__struct_fields__ if name not in UNUSED]
    )


def _wrong() -> tuple[type[BaseException], ...]:
    """Return what is raised of bytes that are no report."""
    from polars.exceptions import PanicException, PolarsError

    return zlib.error, msgspec.MsgspecError, ValueError, OSError, PolarsError, PanicException


@cache
def _schema() -> pl.Schema:
    import polars as pl

    from mlcheck.model.frames import COVERAGE, FIGURES

    return pl.DataFrame(schema={**FIGURES, **COVERAGE}).schema
