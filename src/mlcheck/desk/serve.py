"""The page served on this machine until it is closed."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from msgspec import Struct

from mlcheck.configuration import Configuration
from mlcheck.configuration.writing import Whole
from mlcheck.desk.desk import Desk, configuration_of
from mlcheck.desk.guard import Guard
from mlcheck.desk.presence import Presence
from mlcheck.desk.saves import Saves
from mlcheck.desk.server import Pages, application
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

HOST = "127.0.0.1"
LOOK = 0.25  # seconds
NO_PORT = N_("The page cannot be opened ({why}): no port of this machine is free for it.")


class Start(Struct, frozen=True):
    """What the page begins with: the report that is watched, last year's, a profile, a year; and the language asked for."""

    report: Path | None = None
    prior: Path | None = None
    profile: str | None = None
    year: int | None = None
    language: str | None = None
    fallback: str = "en"


def serve(
    start: Start, configuration: Configuration, whole: Whole, opened: Callable[[str, str], None]
) -> None:
    """Serve the page until every tab that shows it is closed.

    `opened` is given the address once it answers, and the one to start a browser with, which leads there one time. What was
    sent is kept in a private folder, which is removed. Raises MlcheckError where no port can be had, and as the
    configuration of the report does.
    """
    with TemporaryDirectory(prefix="mlcheck-", ignore_cleanup_errors=True) as private, _port() as port:
        pages = _pages(start, configuration, Path(private), whole)
        secret, once = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        host = f"{HOST}:{port.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(
                Guard(application(pages), host, secret, once), log_config=None, access_log=False, lifespan="off", ws="none",
                server_header=False, date_header=False, timeout_graceful_shutdown=1,
            )
        )  # fmt: skip
        with _followed(pages, start):
            try:
                asyncio.run(
                    _served(
                        server,
                        port,
                        pages,
                        lambda: opened(f"http://{host}/{secret}/", f"http://{host}/{once}"),
                    )
                )
            finally:
                for desk in pages.desks.values():
                    desk.stop()


def _pages(start: Start, configuration: Configuration, private: Path, whole: Whole) -> Pages:
    """Return the pages to serve; the report that was named has a desk from the start, and is checked."""
    count = iter(range(1, 10**9))

    def folder() -> Path:
        made = private / str(next(count))
        made.mkdir()
        return made

    def empty() -> Desk:
        return Desk(
            folder(), configuration, prior=start.prior and start.prior.absolute(), profile=start.profile, year=start.year,
            whole=whole,
        )  # fmt: skip

    pages = Pages(empty, Presence(), start.fallback, start.language)
    if start.report is not None:
        own = configuration_of(start.report)
        desk = Desk(
            folder(),
            own,
            report=start.report,
            prior=start.prior,
            profile=start.profile,
            year=start.year,
            whole=whole,
        )
        pages.first = secrets.token_urlsafe(8)
        pages.desks[pages.first] = desk
        desk.begin()
    return pages


async def _served(
    server: uvicorn.Server, port: socket.socket, pages: Pages, ready: Callable[[], None]
) -> None:
    """Serve until nobody has a page open any more, or a signal comes."""

    async def look() -> None:
        while not server.started:
            await asyncio.sleep(LOOK / 10)
        await asyncio.to_thread(ready)
        while not (pages.presence.over() or server.should_exit):
            await asyncio.sleep(LOOK)
        pages.closing = server.should_exit = True

    looking = asyncio.create_task(look())
    await server.serve(sockets=[port])
    looking.cancel()


@contextmanager
def _followed(pages: Pages, start: Start) -> Iterator[None]:
    """Have the report that was named checked each time it, or last year's, is saved."""
    if start.report is None:
        yield
        return
    assert pages.first is not None
    desk = pages.desks[pages.first]
    saves = Saves([file for file in (start.report, start.prior) if file is not None])
    done = threading.Event()

    def follow() -> None:
        while not done.is_set():
            if saves.wait():
                desk.begin()

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        saves.close()


@contextmanager
def _port() -> Iterator[socket.socket]:
    """Give a port that nothing listens on, open for this machine alone."""
    try:
        port = socket.create_server((HOST, 0), backlog=128)
    except OSError as error:
        raise MlcheckError(NO_PORT, why=error.strerror or str(error)) from error
    with port:
        yield port
