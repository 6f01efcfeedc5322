"""Many reports in several processes: the same reports, whatever becomes of a process, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

import mlcheck.checking.check  # noqa: F401  its name is that of a function too
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Report
from mlcheck.network import chunks, processes
from mlcheck.network.chunks import chunks_of
from mlcheck.network.reports import reports
from mlcheck.network.run import Run
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.network import faulty
from tests.network.conftest import MLCHECK, NUMBER, TEXT, run, text_of


def texts(found: Iterator[Report]) -> list[str]:
    """Return the JSON of each report."""
    return ["".join(render("json", [report], View())) for report in found]


def without_seconds(text: bytes) -> bytes:
    """Return an output without what it says of the time that the run took."""
    return re.sub(rb"\d+,\d s", b"", text)


@pytest.mark.parametrize("form", ["json", "terminal", "csv", "sarif", "html"])
def test_the_same_bytes_from_one_process_and_from_two(files: list[Path], form: str) -> None:
    one, two = (run("validate", *files, "-v", "-f", form, "--jobs", jobs) for jobs in (1, 2))
    assert one.stdout
    assert without_seconds(two.stdout) == without_seconds(one.stdout)
    assert (two.stderr, two.returncode) == (one.stderr, one.returncode)
    assert one.returncode == 2  # r05 is no workbook, r08 has no figure


@pytest.mark.parametrize("size", [1, 7])
def test_the_same_reports_in_chunks_of_any_size_and_any_order(
    files: list[Path], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = texts(reports(Run(), files))
    monkeypatch.setattr(chunks, "FILES", size)
    assert texts(reports(Run(), files, processes=2)) == alone
    assert texts(reports(Run(), files[::-1], processes=2))[::-1] == alone


def test_the_same_reports_whatever_is_solved_together(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = texts(reports(Run(), files))
    monkeypatch.setattr(sys.modules["mlcheck.checking.check"], "BATCH", 1)
    assert texts(reports(Run(), files)) == together


def test_with_last_years_report_and_a_profile(files: list[Path]) -> None:
    Path("r-2022.md").write_text(text_of(1).replace("2023", "2022"), "utf-8")
    asked = ["--prior", "r-2022.md", "--profile", "mission-locale", "-f", "markdown"]
    one, two = (run("validate", *files, *asked, "--jobs", jobs) for jobs in (1, 2))
    assert b"r-2022.md" in one.stdout
    assert (without_seconds(two.stdout), two.stderr) == (without_seconds(one.stdout), one.stderr)


@pytest.mark.parametrize("prior", ["absent.md", "r05.xlsx"])
def test_last_years_report_that_cannot_be_read_is_one_sentence(files: list[Path], prior: str) -> None:
    one, two = (run("validate", *files, "--prior", prior, "--jobs", jobs) for jobs in (1, 2))
    assert (two.stdout, two.stderr, two.returncode) == (b"", one.stderr, 2)
    assert one.stderr.count(b"\n") == 1


def test_certificates_and_baselines(files: list[Path], tmp_path: Path) -> None:
    written = []
    for jobs in (1, 2):
        names = [tmp_path / f"{name}-{jobs}.json" for name in ("certificate", "known")]
        run("validate", *files, "--jobs", jobs, "--certificate", names[0], "--write-baseline", names[1])
        written.append([name.read_text("utf-8") for name in names])
        again = run("validate", "r03.md", "r01.md", "--baseline", names[1], "--jobs", jobs)
        assert again.returncode == 0
    assert written[0][1] == written[1][1] != ""
    assert len(written[0][0]) == len(written[1][0])


def test_an_annotated_copy(folder: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Commune", "Total"), ("Lille", 3), ("Lens", 4), ("Arras", 5), ("Total", 13)):
        book.active.append(row)
    book.save("book.xlsx")
    done = run("validate", "book.xlsx", "--jobs", 4, "--annotate", tmp_path / "copy.xlsx")
    assert (done.returncode, (tmp_path / "copy.xlsx").exists()) == (1, True)


def test_what_was_read_comes_whole_where_it_is_asked_for(files: list[Path]) -> None:
    asked = Run(relations=True, facts=True)
    one, two = (list(reports(asked, files, processes=number)) for number in (1, 2))
    read = [report.facts and (len(report.facts.tables), len(report.facts.claims)) for report in one]
    assert [report.facts and (len(report.facts.tables), len(report.facts.claims)) for report in two] == read
    assert read[0] == (1, 4)
    assert [report.facts for report in reports(Run(relations=True), files, processes=2)] == [None] * NUMBER


def test_a_name_that_is_no_unicode(files: list[Path]) -> None:
    odd = Path(os.fsdecode(b"caf\xe9.md"))
    odd.write_text(text_of(2), "utf-8")
    assert texts(reports(Run(), [odd, *files], processes=2)) == texts(reports(Run(), [odd, *files]))


def test_a_process_that_is_killed_costs_nothing(files: list[Path]) -> None:
    alone = texts(reports(Run(), files))
    found = reports(Run(), files, processes=2)
    first = next(found)
    os.kill(active_children()[0].pid or 0, signal.SIGKILL)
    assert [*texts(iter([first])), *texts(found)] == alone


def test_a_process_that_ends_once_costs_nothing(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    alone = texts(reports(Run(), files))
    monkeypatch.setattr(processes, "_work", faulty.lost_once)
    assert texts(reports(Run(), files, processes=2)) == alone
    assert Path("lost").exists()


def test_a_file_that_kills_its_process_is_named_and_the_rest_goes_on(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = texts(reports(Run(), files))
    monkeypatch.setattr(processes, "_work", faulty.killed)
    found = list(reports(Run(), files, processes=2))
    assert [one.source for one in found if one.crashes] == ["r04.md"]
    (crash,) = found[4].crashes
    assert (crash.stage, crash.error) == ("process", "SIGKILL")
    assert texts(iter(found[:4] + found[5:])) == alone[:4] + alone[5:]


def test_a_file_without_end_is_named_and_the_rest_goes_on(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = texts(reports(Run(), files))
    monkeypatch.setattr(processes, "_work", faulty.endless)
    found = list(reports(Run(), files, processes=2))
    assert found[4].unusable is not None
    assert found[4].unusable_values == {"file": "r04.md", "limit": "3 s"}
    assert texts(iter(found[:4] + found[5:])) == alone[:4] + alone[5:]


def test_a_run_that_is_given_up_ends_its_processes(files: list[Path]) -> None:
    found = reports(Run(), files, processes=2)
    next(found)
    assert active_children()
    found.close()  # type: ignore[attr-defined]
    assert not active_children()


def test_a_run_that_is_refused_ends_its_processes(files: list[Path]) -> None:
    with pytest.raises(MlcheckError):
        list(reports(Run(prior=Path("absent.md")), files, processes=2))
    assert not active_children()


def descendants(number: int) -> set[int]:
    """Return a process and all that it started, directly or not."""
    found, children = {number}, Path(f"/proc/{number}/task/{number}/children")
    if children.exists():
        for child in children.read_text().split():
            found |= descendants(int(child))
    return found


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def heeding_signals() -> None:
    """Take signals as they come, though whoever runs the tests may ignore one."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="a system without /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_leaves_nothing_behind(folder: Path, number: signal.Signals, tmp_path: Path) -> None:
    long = [folder / f"long{n}.md" for n in range(40)]
    for n, file in enumerate(long):
        file.write_text("".join(text_of(20 * n + at) for at in range(20)), "utf-8")
    output = tmp_path / "out.json"
    started = subprocess.Popen(
        [*MLCHECK, "validate", *long, "--jobs", "2", "-f", "json", "-o", output], preexec_fn=heeding_signals
    )
    end = time.monotonic() + 60
    while len(found := descendants(started.pid)) < 4 and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    started.send_signal(number)
    assert started.wait(30) == (-9 if number == signal.SIGKILL else 128 + number)
    while any(alive(one) for one in found) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(alive(one) for one in found)
    assert not output.exists()


@pytest.mark.parametrize(("number", "processes"), [(1, 8), (2, 2), (11, 2), (1000, 2), (1000, 64)])
def test_every_file_is_in_one_chunk_and_every_process_has_several(number: int, processes: int) -> None:
    names = [Path(f"{n}.md") for n in range(number)]
    cut = list(chunks_of(names, processes))
    assert [file for chunk in cut for file in chunk.files] == names
    assert [chunk.first for chunk in cut] == [names.index(chunk.files[0]) for chunk in cut]
    assert max(len(chunk.files) for chunk in cut) <= chunks.FILES
    assert len(cut) >= min(number, processes)


def test_large_files_are_in_smaller_chunks(
    folder: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "SHARES", 1)
    assert len(next(chunks_of(files, 1)).files) == chunks.FILES
    monkeypatch.setattr(chunks, "BYTES", 2 * len(TEXT))
    assert {len(chunk.files) for chunk in chunks_of(files, 1)} <= {1, 2, 3}
    assert len(files) == NUMBER


def test_how_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 6)
    names = [Path(f"{n}.md") for n in range(4)]
    found = [
        processes.processes_for(names[:n], asked)
        for n, asked in ((1, None), (1, 8), (2, None), (4, 3), (4, 1))
    ]
    assert found == [1, 1, 2, 3, 1]
