"""Paths are told from the current folder: that of the project in these tests."""

from __future__ import annotations

import pytest

from tests.machine.reports import ROOT


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
