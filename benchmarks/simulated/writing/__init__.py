"""Reports in files: one module a format, each of which notes where it put every figure."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from simulated.report import Report

MODULES = {
    "xlsx": "workbook",
    "ods": "opendocument",
    "odt": "opendocument",
    "csv": "plain",
    "txt": "plain",
    "md": "plain",
    "docx": "word",
    "pptx": "slides",
    "pdf": "pages",
}


def write(report: Report, path: Path) -> None:
    """Write a report in the format of the suffix of a path."""
    suffix = path.suffix[1:]
    module = import_module(f"simulated.writing.{MODULES[suffix]}")
    writer: Callable[[Report, Path], None] = getattr(module, f"write_{suffix}")
    writer(report, path)
