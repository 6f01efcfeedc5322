"""Inputs tried one after another: what each raised, how long it took, and whether it gave the same twice."""

from __future__ import annotations

import hashlib
import random
import re
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from fuzzing.documents import PACKED, PLAIN, document
from fuzzing.targets import LOADERS

SLOW = 10.0  # seconds of processor time
STOPPED = 60  # seconds after which an input is given up
AGAIN = 8  # one document in so many is read a second time, alone; every input of a loader is
BATCH = 40  # documents checked together
TARGETS = (*LOADERS, *PACKED, *PLAIN)
RENDERED = ("terminal", "markdown", "csv", "html", "sarif", "junit", "github", "gitlab")
SHOWN = ("terminal", "markdown", "csv")  # outputs that a person looks at raw
BYTE_ORDER = "\ufeff"  # what opens a csv for the spreadsheets of French
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Fault(NamedTuple):
    """What went wrong with one input: its kind, by which faults are counted together, and its number."""

    kind: str
    number: int
    call: str


class Outcome(NamedTuple):
    """What came of one input: a digest of its result, processor seconds, and its faults."""

    number: int
    digest: str
    seconds: float
    faults: tuple[Fault, ...]


class StoppedError(Exception):
    """An input took too long."""


def chance_of(target: str, seed: int, number: int) -> random.Random:
    """Return the chance that makes one input, which depends on nothing else."""
    return random.Random(f"{target}/{seed}/{number}")


def input_of(target: str, seed: int, number: int) -> Any:
    """Return one input of a target."""
    make = LOADERS[target].make if target in LOADERS else document(target)
    return make(chance_of(target, seed, number))


def outcomes(target: str, seed: int, numbers: Sequence[int], folder: Path) -> Iterator[Outcome]:
    """Yield what comes of some inputs of a target."""
    if target in LOADERS:
        for number in numbers:
            yield _loaded(target, seed, number, folder)
        return
    for start in range(0, len(numbers), BATCH):
        with chdir(folder):  # what is printed depends on how a file is named
            done = list(_checked(target, seed, numbers[start : start + BATCH]))
        yield from done


def _loaded(target: str, seed: int, number: int, folder: Path) -> Outcome:
    given, call = input_of(target, seed, number), LOADERS[target].call
    start = time.process_time()
    first, faults = _tried(lambda: call(given, folder), number, f"{target}: {given!r}")
    seconds = time.process_time() - start
    if not faults:
        _forget()
        second, faults = _tried(lambda: call(given, folder), number, f"{target}: {given!r}")
        if first != second:
            faults = [Fault("the second reading differs", number, f"{target}: {given!r}")]
    return Outcome(number, digest(first.replace(str(folder), "")), seconds, tuple(faults))


def _tried(call: Any, number: int, shown: str) -> tuple[str, list[Fault]]:
    """Return what a call gives, as text; a refusal is a good answer, and any other exception a fault."""
    from mlcheck.model.errors import MlcheckError

    try:
        with _bounded():
            return written(call()), []
    except MlcheckError as error:
        return f"refused: {error}", []
    except Exception as error:
        return "fault", [Fault(kind_of(error), number, shown)]


def written(result: object) -> str:
    """Return a result as text that does not depend on the order of sets."""
    import msgspec

    plain = msgspec.to_builtins(result, order="deterministic", str_keys=False, enc_hook=repr)
    return repr(plain)


def _checked(target: str, seed: int, numbers: Sequence[int]) -> Iterator[Outcome]:
    """Yield what comes of documents checked together, and of some of them checked again alone."""
    files = [_write(target, seed, number) for number in numbers]
    results = _reports(files, target, seed, numbers)
    for file, number, (text, seconds, faults) in zip(files, numbers, results, strict=True):
        if not faults and number % AGAIN == 0:
            second, _, faults = _reports([file], target, seed, [number])[0]
            if second != text and not faults:
                faults = [Fault("the second reading differs", number, f"{target} input {number}")]
        yield Outcome(number, digest(text), seconds, tuple(faults))
        file.unlink()


def _write(target: str, seed: int, number: int) -> Path:
    path = Path(f"report-{number}.{target}")
    path.write_bytes(input_of(target, seed, number))
    return path


def _reports(
    files: Sequence[Path], target: str, seed: int, numbers: Sequence[int]
) -> list[tuple[str, float, list[Fault]]]:
    """Return what is printed of each file, the seconds of CPU that it took, and its faults.

    Where one file makes the whole run fail, both halves of the files are run again.
    """
    from mlcheck.checking import check

    told: list[tuple[Path | None, float]] = []
    try:
        with _bounded():
            reports = list(check(files, tell=lambda file: told.append((file, time.process_time()))))
    except Exception as error:
        if len(files) == 1:
            return [("fault", 0.0, [Fault(kind_of(error), numbers[0], f"{target} input {numbers[0]}")])]
        half = len(files) // 2
        return [
            part
            for cut in (slice(half), slice(half, None))
            for part in _reports(files[cut], target, seed, numbers[cut])
        ]
    seconds = _seconds(files, [*told, (None, time.process_time())])
    return [
        _printed(report, target, seed, *one) for report, *one in zip(reports, numbers, seconds, strict=True)
    ]


def _seconds(files: Sequence[Path], told: Sequence[tuple[Path | None, float]]) -> list[float]:
    """Return the seconds that each of some files took, given when each began to be read, and when (None) some were judged.

    Those that were judged together for long are checked again, each alone.
    """
    spent = {}
    judged = 0.0
    for (file, before), (_, after) in pairwise(told):
        if file is None:
            judged = max(judged, after - before)
        else:
            spent[file] = after - before
    if judged > SLOW / 2:
        spent = {file: _alone(file) for file in files}
    return [spent[file] for file in files]


def _alone(file: Path) -> float:
    from mlcheck.checking import check

    start = time.process_time()
    list(check([file]))
    return time.process_time() - start


def _printed(
    report: Any, target: str, seed: int, number: int, seconds: float
) -> tuple[str, float, list[Fault]]:
    """Return what two formats print of a report, the seconds given, and the faults of rules and renderers."""
    name = f"{target} input {number}"
    faults = [Fault(f"{crash.rule} {crash.error[:80]}", number, name) for crash in report.crashes]
    chosen = chance_of(f"{target}-rendering", seed, number).choice(RENDERED)
    texts = []
    for kind in ("json", chosen):
        try:
            texts.append(_rendered(kind, report))
        except Exception as error:
            faults.append(Fault(kind_of(error), number, name))
    shown = texts[-1].removeprefix(BYTE_ORDER) if texts and chosen in SHOWN else ""
    if raw := _UNSEEN.search(shown):
        faults.append(Fault(f"{chosen} prints {raw[0]!r} raw", number, name))
    return "".join(texts), seconds, faults


def _rendered(kind: str, report: Any) -> str:
    from mlcheck.rendering import render
    from mlcheck.rendering.view import View

    with _bounded():
        return "".join(render(kind, [report], View()))


@contextmanager
def _bounded() -> Iterator[None]:
    """Stop what goes on for too long."""

    def stop(*_: object) -> None:
        raise StoppedError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(STOPPED)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _forget() -> None:
    """Empty the memory of the numeral reader, so that a second reading reads."""
    from mlcheck.language.numeral import parse

    parse.cache_clear()


def kind_of(error: Exception) -> str:
    """Return the type of an exception and the innermost place of mlcheck that it came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/mlcheck/" in f.filename]
    if not frames:
        return f"{type(error).__name__}: {error}"[:120]
    place = frames[-1].filename.rpartition("/mlcheck/")[2]
    return f"{type(error).__name__} at {place}:{frames[-1].lineno} {frames[-1].name}"


def digest(text: str) -> str:
    """Return a short hash of a result."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def shorter(target: str, seed: int, fault: Fault, folder: Path, tries: int = 300) -> str:
    """Return the call of a fault of a loader with its text cut as far as the same fault still comes."""
    given = input_of(target, seed, fault.number) if target in LOADERS else None
    if not isinstance(given, str) or fault.kind.startswith("the second"):
        return fault.call
    size = max(len(given) // 2, 1)
    while size and tries:
        at = 0
        while at < len(given) and tries:
            tries -= 1
            less = given[:at] + given[at + size :]
            _, faults = _tried(lambda: LOADERS[target].call(less, folder), 0, "")  # noqa: B023
            if faults and faults[0].kind == fault.kind:
                given = less
            else:
                at += size
        size //= 2
    return f"{target}: {given!r}"
