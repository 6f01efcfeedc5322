"""What holds for every test: hypothesis sets no time limit, since a busy machine is no failure; one process unless asked."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.html.browser import NO_BROWSER

settings.register_profile("mlcheck", deadline=None)
settings.load_profile("mlcheck")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check in this process, where a test puts its stand-ins, unless it asks for more."""
    monkeypatch.setattr("mlcheck.network.processes.cores", lambda: 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that the tests of the pages were skipped, and how many, where there is no browser for them."""
    skipped = [
        one
        for one in terminalreporter.stats.get("skipped", ())
        if NO_BROWSER in str(getattr(one, "longrepr", ""))
    ]
    if skipped:
        terminalreporter.section("no browser")
        terminalreporter.line(
            f"{len(skipped)} tests of the pages were skipped: {NO_BROWSER}. Install chromium, as .ci/run does."
        )
