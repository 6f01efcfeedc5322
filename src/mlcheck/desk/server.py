"""The routes of the page: what it asks for, what it sends, what it is told."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct, field
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from mlcheck.desk import downloads, shown, uploads
from mlcheck.desk.desk import ROLES, Desk
from mlcheck.desk.presence import Presence
from mlcheck.model.errors import OWN_FAULT, MlcheckError
from mlcheck.rendering.wording import Wording
from mlcheck.translation import LANGUAGES, N_

DESKS = 40  # pages that are kept; the one that was used longest ago gives way
STREAMS = 4  # a browser opens six connections to a server, and the pages need some to ask
INTERVAL = 0.2  # seconds
PING = 2.0
TOLD = 64 * 1024  # bytes of what a page says, beside files
NO_PAGE = N_("This page is no longer kept: open a new one.")
FORGOTTEN = N_("This page does not say what it wants: load it again.")


class Pages(Struct):
    """The pages that are open: how a desk is made for a new one, and in which language it speaks.

    `first` is the name of the desk of the report that was named on the command line, None where there is none.
    `asked` is the language that was asked for, `fallback` that of a browser that asks for none.
    """

    make: Callable[[], Desk]
    presence: Presence
    fallback: str
    asked: str | None = None
    first: str | None = None
    desks: OrderedDict[str, Desk] = field(default_factory=OrderedDict)
    languages: dict[str, str] = field(default_factory=dict)
    streams: list[object] = field(default_factory=list)
    closing: bool = False

    def new(self) -> str:
        """Return the name of a new desk."""
        name = secrets.token_urlsafe(8)
        self.desks[name] = self.make()
        while len(self.desks) > DESKS:
            oldest = next(one for one in self.desks if one != self.first)
            self.desks.pop(oldest).stop()
        return name

    def desk(self, request: Request) -> Desk:
        """Return the desk that a request is about. Raises HTTPException."""
        name = request.path_params["desk"]
        if name not in self.desks:
            raise HTTPException(404)
        self.desks.move_to_end(name)
        self.presence.seen(name)
        return self.desks[name]

    def wording(self, request: Request) -> Wording:
        """Return the words of a page: those it chose, else as was asked for, else as the browser says."""
        chosen = self.chosen(request)
        if chosen is None:
            told = request.headers.get("accept-language", "").lower().split(",")
            chosen = next((one[:2] for one in map(str.strip, told) if one[:2] in LANGUAGES), self.fallback)
        return Wording(chosen)

    def chosen(self, request: Request) -> str | None:
        """Return the language that was asked for, None where each report has its own."""
        return self.languages.get(request.path_params.get("desk", ""), self.asked)


def application(pages: Pages) -> Starlette:
    """Return the server of the page."""
    desk = "/d/{desk}"
    app = Starlette(
        routes=[
            Route("/", _home),
            Route("/new", _new),
            *(Route(f"/{name}", _asset) for name in shown.ASSETS),
            Route(f"{desk}/", _page),
            Route(f"{desk}/result", _result),
            Route(f"{desk}/events", _events),
            Route(f"{desk}/files/{{role}}", _put, methods=["PUT"]),
            Route(f"{desk}/files/{{role}}", _remove, methods=["DELETE"]),
            Route(f"{desk}/run", _run, methods=["POST"]),
            Route(f"{desk}/stop", _stop, methods=["POST"]),
            Route(f"{desk}/waivers", _accept, methods=["POST"]),
            Route(f"{desk}/waivers/last", _undo, methods=["DELETE"]),
            Route(f"{desk}/download/{{what}}", _download),
            Route(f"{desk}/here", _here, methods=["POST"]),
            Route(f"{desk}/bye", _bye, methods=["POST"]),
        ],
        exception_handlers={MlcheckError: _refused, HTTPException: _not_found, Exception: _failed},
    )  # fmt: skip
    app.state.pages = pages
    return app


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


async def _home(request: Request) -> Response:
    pages = _pages(request)
    return RedirectResponse(f"{request.scope['root_path']}/d/{pages.first or pages.new()}/", 303)


async def _new(request: Request) -> Response:
    return RedirectResponse(f"{request.scope['root_path']}/d/{_pages(request).new()}/", 303)


async def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    return Response(shown.asset(name), media_type=shown.ASSETS[name])


async def _page(request: Request) -> Response:
    pages = _pages(request)
    desk = pages.desk(request)
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        pages.languages[request.path_params["desk"]] = asked
    text = await run_in_threadpool(shown.page, desk, pages.wording(request))
    return HTMLResponse(text)


async def _result(request: Request) -> Response:
    pages = _pages(request)
    return HTMLResponse(await run_in_threadpool(shown.result, pages.desk(request), pages.chosen(request)))


async def _events(request: Request) -> Response:
    """Tell a page whatever happens, until it is closed; the stream that is the oldest ends where there are too many."""
    pages = _pages(request)
    desk, wording, mine = pages.desk(request), pages.wording(request), object()

    async def told() -> AsyncIterator[str]:
        pages.streams.append(mine)
        last, quiet = -1, 0.0
        with pages.presence.listening(request.path_params["desk"]):
            try:
                while not pages.closing and not await request.is_disconnected():
                    if mine in pages.streams[:-STREAMS]:
                        yield "event: rest\ndata:\n\n"
                        return
                    revision = desk.revision
                    if revision != last:
                        last, quiet = revision, 0.0
                        yield f"data: {json.dumps(shown.state(desk, wording))}\n\n"
                    elif quiet >= PING:
                        quiet = 0.0
                        yield ":\n\n"
                    await asyncio.sleep(INTERVAL)
                    quiet += INTERVAL
            finally:
                pages.streams.remove(mine)

    return StreamingResponse(told(), media_type="text/event-stream")


async def _put(request: Request) -> Response:
    desk, role = _pages(request).desk(request), request.path_params["role"]
    if role not in ROLES:
        raise HTTPException(404)
    name = uploads.safe_name(request.query_params.get("name", ""))
    length = request.headers.get("content-length", "")
    uploads.require_size(int(length) if length.isdecimal() else 0, name)
    await run_in_threadpool(desk.expect, role)
    file = await uploads.received(request.stream(), desk.private / role, name)
    await run_in_threadpool(desk.give, role, Path(name) if role == "report" else file)
    return _done()


async def _remove(request: Request) -> Response:
    desk, role = _pages(request).desk(request), request.path_params["role"]
    if role not in ROLES:
        raise HTTPException(404)
    await run_in_threadpool(desk.give, role, None)
    return _done()


async def _run(request: Request) -> Response:
    desk, told = _pages(request).desk(request), await _said(request)
    await run_in_threadpool(desk.choose, told.get("profile") or None, told.get("year", "").strip())
    await run_in_threadpool(desk.begin)
    return _done()


async def _stop(request: Request) -> Response:
    await run_in_threadpool(_pages(request).desk(request).stop)
    return _done()


async def _accept(request: Request) -> Response:
    pages = _pages(request)
    desk, told = pages.desk(request), await _said(request)
    wording = shown.wording_of(desk, pages.chosen(request), pages.wording(request))
    fingerprint, reason, author = (told.get(key, "") for key in ("fingerprint", "reason", "author"))
    await run_in_threadpool(desk.accept, fingerprint, reason, author, wording)
    return _done()


async def _undo(request: Request) -> Response:
    await run_in_threadpool(_pages(request).desk(request).undo)
    return _done()


async def _download(request: Request) -> Response:
    pages = _pages(request)
    desk, what = pages.desk(request), request.path_params["what"]
    if what not in downloads.KINDS:
        raise HTTPException(404)
    name, kind, data = await run_in_threadpool(downloads.KINDS[what], desk, pages.chosen(request))
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "x-name": quote(name)}
    return Response(data, media_type=kind, headers=headers)


async def _here(request: Request) -> Response:
    _pages(request).desk(request)
    return _done()


async def _bye(request: Request) -> Response:
    pages = _pages(request)
    pages.desk(request)
    pages.presence.leaving(request.path_params["desk"])
    return _done()


async def _said(request: Request) -> dict[str, str]:
    """Return what a page says, its texts alone. Raises MlcheckError for what is no such thing."""
    held = b""
    async for piece in request.stream():
        held += piece
        if len(held) > TOLD:
            raise MlcheckError(FORGOTTEN)
    try:
        told: Any = json.loads(held)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise MlcheckError(FORGOTTEN)
    return {str(key): value for key, value in told.items() if isinstance(value, str)}


def _done() -> Response:
    return JSONResponse({})


# What is answered where something is in the way: one sentence.


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, MlcheckError)
    return _sentence(request, error.template, error.values, 409)


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _sentence(request, NO_PAGE, {}, error.status_code)


async def _failed(request: Request, error: Exception) -> Response:
    if isinstance(error, ClientDisconnect):  # the page was closed while it sent
        return Response(status_code=499)
    return _sentence(request, OWN_FAULT, {"error": f"{type(error).__name__}: {error}"}, 500)


def _sentence(request: Request, template: str, values: dict[str, Any], status: int) -> Response:
    return JSONResponse({"sentence": _pages(request).wording(request).say(template, values)}, status)
