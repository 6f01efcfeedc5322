"""What holds for every test: hypothesis sets no time limit, since a busy machine is no failure; one process unless asked."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("mlcheck", deadline=None)
settings.load_profile("mlcheck")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check in this process, where a test puts its stand-ins, unless it asks for more."""
    monkeypatch.setattr("mlcheck.network.processes.cores", lambda: 1)
