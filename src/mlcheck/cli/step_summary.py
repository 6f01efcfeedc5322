"""The summary that GitHub shows of a step: the report as Markdown, in the file that GitHub names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlcheck.cli.trouble import warn
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.model.finding import Report

VARIABLE = "GITHUB_STEP_SUMMARY"
LIMIT = 1024 * 1024  # bytes; GitHub throws a longer summary away whole
CUT_SHORT = N_("The rest is left out: GitHub shows 1 MiB of a summary.")
NO_SUMMARY = N_("{file} cannot be written ({why}): the job has no summary.")


def summarised(
    reports: Iterable[Report], outputs: Sequence[tuple[str, Path | None]], inputs: Iterable[Path], shown: View
) -> Iterator[Report]:
    """Yield the reports; where one output is for GitHub, append each to the summary of the step.

    A summary that cannot be written is told on standard error and changes nothing else. Raises MlcheckError
    where it is one of the inputs.
    """
    name = os.environ.get(VARIABLE)
    if not name or all(form != "github" for form, _ in outputs):
        yield from reports
        return
    summary, open_ = Path(name), True
    if any(_same(summary, source) for source in inputs):
        raise MlcheckError("{file} is an input: GITHUB_STEP_SUMMARY must name another file.", file=name)
    view = replace(shown, color=False, seconds=None)
    for report in reports:
        yield report
        if open_:
            wording = view.wording(report.language)
            note = f"\n{wording.say(CUT_SHORT)}\n"
            try:
                open_ = _append(summary, "".join(render("markdown", [report], view)), note)
            except OSError as error:
                open_ = False
                warn(wording.say(NO_SUMMARY, {"file": name, "why": error.strerror or str(error)}))


def _append(summary: Path, text: str, note: str) -> bool:
    """Append a text; tell whether more may follow, or it had to be cut at the end of a line."""
    before = summary.stat().st_size if summary.exists() else 0
    held, told = f"\n{text}".encode("utf-8", "replace"), note.encode()
    room = LIMIT - before - len(told)
    whole = len(held) <= room
    if not whole:
        held = held[: held.rfind(b"\n", 0, max(room, 0)) + 1] + told if room > 0 else b""
    with summary.open("ab") as file:
        file.write(held)
    return whole


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
