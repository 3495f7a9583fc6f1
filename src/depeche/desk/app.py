"""The desk as an application: pages, their JSON twins, and the guard before both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from depeche.desk.api import api_routes
from depeche.desk.guard import LOOPBACK, Guard
from depeche.desk.pages import Pages
from depeche.desk.room import Room

# Questions to the record that are answered at the same time; more only wait for the same disk and cores.
THREADS = 4


def desk_app(room: Room, names: Iterable[str] = LOOPBACK, token: str | None = None) -> Guard:
    """The desk on an open record. `names`: those by which a browser may call it."""
    pages = Pages(room)
    static = StaticFiles(directory=str(files("depeche") / "desk" / "static"))
    app = Starlette(
        routes=[*pages.routes(), *api_routes(room), Mount("/static", static)],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
        exception_handlers=pages.problems(),
        lifespan=_limited,
    )
    # Around all of it, so that an answer to what went wrong carries the headers too.
    return Guard(app, names, token)


@asynccontextmanager
async def _limited(_: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
