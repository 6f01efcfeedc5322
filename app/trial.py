"""Try the folder that was built as its user meets it: unpacked, in a new home, no Python on the path.

python app/trial.py FOLDER: run by a Python that has mlcheck itself, whose answers and times it is held against.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

FIXTURES = Path(__file__).parents[1] / "fixtures"
REPORTS = ("report-2023-errors.xlsx", "report-2023.pptx", "report-2023.pdf")
PRIOR = "report-2022.xlsx"
NEEDED = ("SYSTEMROOT", "TEMP", "TMP")  # without which nothing runs on Windows
SOURCE = (sys.executable, "-m", "mlcheck")
UNPACKED = "Téléchargements de l’été (1)"  # as people name folders
TIMES = 5
PATIENCE = 120  # seconds


class Trial:
    """The unpacked programs in a home of their own."""

    def __init__(self, archive: Path, home: Path) -> None:
        self.home = home / "home"
        self.home.mkdir()
        unpack(archive, home / UNPACKED)
        self.folder = home / UNPACKED / "mlcheck"
        ending = ".exe" if sys.platform == "win32" else ""
        self.program, self.page = (
            str(self.folder / f"{name}{ending}") for name in ("mlcheck", "mlcheck-page")
        )
        self.environment = {name: os.environ[name] for name in NEEDED if name in os.environ}
        self.environment |= {"HOME": str(self.home), "USERPROFILE": str(self.home)}
        for name in (*REPORTS, PRIOR):
            shutil.copy(FIXTURES / name, self.home / name)

    def run(self, program: Sequence[str], *arguments: str) -> tuple[int, bytes]:
        """Run a program; return its exit status and what it printed."""
        done = subprocess.run(
            [*program, *arguments], cwd=self.home, env=self.environment, capture_output=True, timeout=PATIENCE
        )
        required(b"Traceback" not in done.stderr, done.stderr.decode(errors="replace"))
        return done.returncode, done.stdout

    def seconds(self, program: Sequence[str], *arguments: str) -> float:
        """Return the median of how long a program takes."""
        taken = []
        for _ in range(TIMES):
            start = time.perf_counter()
            self.run(program, *arguments)
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)


def required(holds: bool, otherwise: str) -> None:
    """Leave with a sentence where something does not hold."""
    if not holds:
        raise SystemExit(f"app-test: {otherwise}")


def unpack(archive: Path, folder: Path) -> None:
    """Unpack as the system does: what may be run stays so, links stay links."""
    if sys.platform == "win32":
        shutil.unpack_archive(archive, folder)
    else:
        subprocess.run(["unzip", "-q", archive, "-d", folder], check=True)


def answers(trial: Trial) -> None:
    """Hold what the program prints against what the sources print."""
    status, version = trial.run([trial.program], "--version")
    required((status, version) == trial.run(SOURCE, "--version"), f"--version gives {version!r}")
    print(f"version  {version.decode().strip()}")
    asked = [(name,) for name in REPORTS] + [(*REPORTS, "--jobs", "2")]
    for files in asked:
        arguments = ("validate", *files, "--prior", PRIOR, "--profile", "mission-locale", "--format", "json")
        built, source = (trial.run(one, *arguments, "--no-cache") for one in ([trial.program], SOURCE))
        required(
            built == source,
            f"{' '.join(files)}: exit status {built[0]}, from the sources {source[0]}, or other JSON",
        )
        required(built[0] == 1 and len(built[1]) > 1000, f"{' '.join(files)}: no findings")
        print(f"same     {' '.join(files)}: exit status {built[0]}, {len(built[1])} bytes of JSON")


def asked(address: str, method: str = "GET", content: bytes | None = None) -> tuple[int, str, bytes]:
    """Ask the page; return the status, the address that it led to, and what it sent."""
    origin = "/".join(address.split("/")[:3])
    request = urllib.request.Request(address, content, {"Origin": origin}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.url, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, address, error.read()


def page(trial: Trial) -> None:
    """Start the page, have a report checked by it, close it."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [trial.page, "--no-browser"], cwd=trial.home, env=trial.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        address = process.stdout.readline().strip()
        status, home, _ = asked(address)
        print(f"page     {status} with its secret after {time.perf_counter() - start:.1f} s")
        required(status == 200, f"the page answers {status}")
        without = asked("/".join(address.split("/")[:3]) + "/")[0]
        required(without in (403, 404), f"without its secret the page answers {without}")
        print(f"page     {without} without")
        checked(home, FIXTURES / REPORTS[0])
        asked(f"{home}bye", "POST", b"{}")
        required(process.wait(PATIENCE) == 0, f"the page ends with {process.returncode}")
        print("page     closed, and the program ended")
    finally:
        process.kill()
        process.wait()


def checked(home: str, report: Path) -> None:
    """Drop a report on the page and wait for its findings."""
    status = asked(f"{home}files/report?name={report.name}", "PUT", report.read_bytes())[0]
    required(status == 200, f"a dropped report is answered {status}")
    required(asked(f"{home}run", "POST", b'{"profile": ""}')[0] == 200, "the page checks nothing")
    end = time.monotonic() + PATIENCE
    while (found := asked(f"{home}result")[2]).count(b"<article") == 0:
        required(time.monotonic() < end, "the page shows no findings")
        time.sleep(0.2)
    print(f"page     {found.count(b'<article')} findings shown of {report.name}")
    status, _, copy = asked(f"{home}download/copy")
    required(status == 200 and copy[:2] == b"PK", f"the annotated copy is answered {status}")
    print(f"page     the annotated copy, {len(copy)} bytes")


def measures(trial: Trial, archive: Path) -> None:
    """Print sizes, and times as ratios to those of the sources."""
    size = sum(
        path.stat().st_size for path in trial.folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
    print(f"size     {size / 1e6:.0f} MB unpacked, {archive.stat().st_size / 1e6:.0f} MB as {archive.name}")
    for arguments in (("--version",), ("validate", "--no-cache", REPORTS[0])):
        built, source = (trial.seconds(program, *arguments) for program in ([trial.program], SOURCE))
        print(f"time     {' '.join(arguments)}: {built:.2f} s, {built / source:.2f} × that of the sources")


def main(folder: Path) -> None:
    """Try what lies in a folder."""
    archives = sorted(folder.glob("mlcheck-*.zip"))
    required(len(archives) == 1, f"{folder} holds {len(archives)} archives: make app")
    with TemporaryDirectory(prefix="mlcheck-app-", ignore_cleanup_errors=True) as home:
        trial = Trial(archives[0], Path(home))
        answers(trial)
        page(trial)
        measures(trial, archives[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
