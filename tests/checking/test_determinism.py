"""A report says the same alone and in company, in any order, and on a busy machine; benchmarks/determinism.py tries more."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.determinism import FIXTURES, corpus, digests, load
from mlcheck.checking import check
from mlcheck.rendering import render
from mlcheck.rendering.view import View

FILES = 14


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reports")
    corpus(FIXTURES, place, FILES, random.Random(7), kinds=(".md", ".xlsx"))
    return place


def texts(files: Sequence[Path]) -> dict[str, str]:
    """Return a digest of the JSON of each report of one run."""
    reports = list(check(files))
    found = {one.source: "".join(render("json", [one], View())) for one in reports}
    return {source: hashlib.sha256(text.encode()).hexdigest() for source, text in found.items()}


def test_alone_in_company_and_in_any_order(folder: Path) -> None:
    files = sorted(folder.iterdir())
    together = texts(files)
    assert len(together) == FILES
    assert texts(files[::-1]) == together
    with load(2):
        alone = [texts([file]) for file in files]
    assert {source: text for one in alone for source, text in one.items()} == together


def test_with_any_seed_of_hashes_beside_busy_processes(folder: Path) -> None:
    names = sorted(file.name for file in folder.iterdir())
    calm = digests(names, folder, 1)
    with load(2):
        assert digests(names[::-1], folder, 2) == calm
