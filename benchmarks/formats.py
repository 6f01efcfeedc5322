"""What reading and checking one report costs in each format: CPU time and peak memory, against the workbook.

Each run is a process of its own. The PDF of 300 pages is the ruled one repeated, built beside the others.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
FORMATS = (".xlsx", ".ods", ".pptx", ".docx", ".pdf", "-borderless.pdf", ".txt", ".md", ".html")
REPEATS = 3
PAGES = 300


def main() -> None:
    """Print one line a format: seconds, ratio to the workbook, megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "report-2023.pdf"
        large.write_bytes(_repeated(FIXTURES / "report-2023.pdf", PAGES))
        files = {f"report-2023{suffix}": FIXTURES / f"report-2023{suffix}" for suffix in FORMATS}
        files[f"{PAGES} pages, pdf"] = large
        base = None
        print(f"{'file':28} {'seconds':>8} {'ratio':>6} {'MB':>6}")
        for name, path in files.items():
            seconds, megabytes = min(_cost(path) for _ in range(REPEATS))
            base = base or seconds
            print(f"{name:28} {seconds:8.2f} {seconds / base:6.2f} {megabytes:6.0f}")


def _cost(path: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak megabytes of one `mlcheck validate`."""
    command = [sys.executable, "-m", "mlcheck", "validate", str(path), "--year", "2023", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=FIXTURES) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{path}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _repeated(path: Path, pages: int) -> bytes:
    """Return a PDF with the pages of another, again and again."""
    import pypdfium2

    source, result = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    while len(result) < pages:
        result.import_pages(source, list(range(min(len(source), pages - len(result)))))
    stream = io.BytesIO()
    result.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    main()
