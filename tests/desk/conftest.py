"""A page without a browser: its server spoken to in this process, its checks made in processes of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from starlette.testclient import TestClient

from mlcheck.cli.output import whole
from mlcheck.configuration import find
from mlcheck.desk.desk import Desk
from mlcheck.desk.guard import Guard
from mlcheck.desk.presence import Presence
from mlcheck.desk.server import Pages, application

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOST = "127.0.0.1:8000"
SECRET, ONCE = "the-secret", "for-the-browser"
OWN = {"origin": f"http://{HOST}"}
PATIENCE = 120  # seconds


class Spoken(Struct):
    """A page that a test speaks to: `home` is the address of its desk."""

    client: TestClient
    pages: Pages
    home: str

    @property
    def desk(self) -> Desk:
        """The desk itself."""
        return self.pages.desks[self.home.split("/")[-2]]

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Ask as the page itself does."""
        return self.client.request(method, f"{self.home}{path}", headers=OWN, **more)

    def send(self, role: str, file: Path, name: str = "") -> Any:
        """Send a file."""
        return self.ask("PUT", f"files/{role}?name={name or file.name}", content=file.read_bytes())

    def run(self, profile: str = "") -> None:
        """Check, and wait until that is done."""
        assert self.ask("POST", "run", json={"profile": profile}).status_code == 200
        self.wait()

    def wait(self) -> None:
        """Wait until nothing is checked any more."""
        end = time.monotonic() + PATIENCE
        while self.desk.running:
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Spoken]]:
    """Make a page in an empty folder; what `report` names is followed, as on the command line."""
    here, private = tmp_path / "here", tmp_path / "private"
    here.mkdir()
    private.mkdir()
    monkeypatch.chdir(here)
    made: list[Spoken] = []

    def speak(language: str | None = "en", **start: Any) -> Spoken:
        count = iter(range(100))

        def folder() -> Path:
            own = private / str(next(count))
            own.mkdir()
            return own

        pages = Pages(lambda: Desk(folder(), find(here), whole=whole), Presence(), "en", language)
        if start:
            pages.first = "first"
            pages.desks["first"] = Desk(folder(), find(here), whole=whole, **start)
        client = TestClient(
            Guard(application(pages), HOST, SECRET, ONCE), f"http://{HOST}", raise_server_exceptions=False
        )
        home = client.get(f"/{SECRET}/").url.path
        made.append(Spoken(client, pages, home))
        return made[-1]

    yield speak
    for one in made:
        for desk in one.pages.desks.values():
            desk.stop()
