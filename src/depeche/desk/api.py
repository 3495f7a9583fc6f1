"""The JSON behind the pages."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from depeche.desk import corrections
from depeche.desk.answering import in_thread
from depeche.desk.articles import entry
from depeche.desk.asked import Parameter, asked_of
from depeche.desk.openapi import description
from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.desk.timeline import affair
from depeche.desk.views import VIEWS, View
from depeche.record import Article

Endpoint = Callable[[Request], Awaitable[Response]]
_DAY = Parameter("published", "", "day")
_LONGEST = {"title": 1000, "publisher": 200, "url": 2000, "agency": 200}


def api_routes(room: Room) -> list[Route]:
    """The addresses under `/api`."""
    api = Api(room)
    return [
        *(Route(f"/api{view.path}", api.view(view), methods=["GET"]) for view in VIEWS),
        Route("/api/affairs/{id}", api.affair, methods=["GET"]),
        Route("/api/articles/{id}", api.article, methods=["GET"]),
        Route("/api/articles/{id}/entries/{entry}", api.entry, methods=["GET"]),
        Route("/api/read", api.read, methods=["POST"]),
        Route("/api/keep", api.keep, methods=["POST"]),
        Route("/api/corrections", api.correct, methods=["POST"]),
        Route("/api/corrections/{number}", api.undo, methods=["DELETE"]),
        Route("/api/openapi.json", api.description, methods=["GET"]),
    ]


@dataclass(frozen=True)
class Api:
    """Answers in JSON; bad questions get a status and one sentence."""

    room: Room

    def view(self, view: View) -> Endpoint:
        async def answer(request: Request) -> Response:
            asked = asked_of(request.query_params.multi_items(), view.parameters, strict=True)
            return JSONResponse(await in_thread(view.answer, self.room, asked))

        return answer

    async def affair(self, request: Request) -> Response:
        asked_of(request.query_params.multi_items(), (), strict=True)
        return JSONResponse(await in_thread(affair, self.room, request.path_params["id"]))

    async def article(self, request: Request) -> Response:
        asked_of(request.query_params.multi_items(), (), strict=True)
        record, kept = await in_thread(self.room.article, request.path_params["id"])
        return JSONResponse({"record": record.to_dict(), "kept": kept})

    async def entry(self, request: Request) -> Response:
        asked_of(request.query_params.multi_items(), (), strict=True)

        def found() -> dict[str, Any]:
            record, kept = self.room.article(request.path_params["id"])
            made = corrections.of_article(self.room, record) if kept else None
            return entry(self.room, record, request.path_params["entry"], made)

        return JSONResponse(await in_thread(found))

    async def read(self, request: Request) -> Response:
        article = article_of(await _document(request, {"text", "published", "language", *_LONGEST}))
        record = await in_thread(self.room.read, article)
        return JSONResponse({"record": record.to_dict(), "kept": False})

    async def keep(self, request: Request) -> Response:
        document = await _document(request, {"id"})
        if not isinstance(document.get("id"), str):
            raise Refused(422, "id is missing: that of an article that was read here")
        record = await in_thread(self.room.keep, document["id"])
        return JSONResponse({"record": record.to_dict(), "kept": True})

    async def correct(self, request: Request) -> Response:
        document = await _document(request, {"entry", "verdict", "field", "value", "who"})
        for name in ("entry", "verdict", "who"):
            if not isinstance(document.get(name), str):
                raise Refused(422, f"{name} is missing or no text")
        if not isinstance(document.get("field"), str | None):
            raise Refused(422, "field is no text")
        told = (document["entry"], document["verdict"], document.get("field"), document.get("value"), document["who"])
        return JSONResponse(await in_thread(corrections.add, self.room, *told), 201)

    async def undo(self, request: Request) -> Response:
        number = request.path_params["number"]
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise Refused(422, "a correction is known by its number")
        return JSONResponse(await in_thread(corrections.undo, self.room, int(number)))

    async def description(self, request: Request) -> Response:
        return JSONResponse(description())


async def _document(request: Request, known: set[str]) -> dict[str, Any]:
    """The JSON object that was sent. Raises `Refused`."""
    asked_of(request.query_params.multi_items(), (), strict=True)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "send JSON, as application/json")
    try:
        document = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refused(400, "what was sent is not valid JSON") from None
    if not isinstance(document, dict):
        raise Refused(422, "what was sent is not a JSON object")
    if rest := sorted(set(document) - known):
        raise Refused(422, f"there is no field {rest[0][:40]!r} here; known are {', '.join(sorted(known))}")
    return document


def article_of(document: dict[str, Any]) -> Article:
    """The article that a person sends to be read; empty fields are none. Raises `Refused`."""
    for name, given in document.items():
        if not isinstance(given, str | None):
            raise Refused(422, f"{name} is no text")
    text = document.get("text")
    if text is None:
        raise Refused(422, "text is missing: the article's own")
    told = {name: given for name, given in document.items() if name != "text" and given and given.strip()}
    for name, longest in _LONGEST.items():
        if len(told.get(name, "")) > longest:
            raise Refused(422, f"{name} is longer than {longest} characters")
    if "published" in told:
        told["published"] = str(_DAY.value(told["published"]))
    if len(told.get("language", "")) > 3:
        raise Refused(422, "language is a code of two or three letters")
    return Article(text, **told)
