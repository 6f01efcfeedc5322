"""A folder as a job finds it: the repository of an agency that keeps its reports in it."""

from __future__ import annotations

import pytest


@pytest.fixture
def workspace(tmp_path):
    """An empty repository of its own, below nothing that names a report."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder
