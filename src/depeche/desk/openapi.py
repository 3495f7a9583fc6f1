"""The API described as OpenAPI 3.1, from the same tables that answer it."""

from __future__ import annotations

from functools import cache
from typing import Any

from depeche._version import VERSION
from depeche.desk.corrections import LONGEST_NAME
from depeche.desk.schemas import SCHEMAS, of
from depeche.desk.views import VIEWS, View
from depeche.store.corrected import VERDICTS

Document = dict[str, Any]
_SAID = {
    400: "The request cannot be understood.",
    404: "There is no such thing or name on record.",
    415: "The body is not JSON.",
    422: "A value is not what it must be.",
    503: "The record cannot be read or written just now.",
}
_TEXT = {"type": ["string", "null"]}


@cache
def description() -> Document:
    """The whole description, as JSON-ready values."""
    paths: dict[str, Document] = {f"/api{view.path}": {"get": _view(view)} for view in VIEWS}
    paths["/api/affairs/{id}"] = {"get": _one("affair", "One affair, by its id or the id of one of its events.", "Affair", ("id",))}
    paths["/api/articles/{id}"] = {"get": _one("article", "One article's record, by its id, its beginning, or an entry's id.", "Reading", ("id",))}
    entry = _one("entry", "One entry of an article, with what other articles tell of it.", "Entry", ("id", "entry"))
    paths["/api/articles/{id}/entries/{entry}"] = {"get": entry}
    paths["/api/read"] = {"post": _posted("read", "Read an article; nothing is kept.", "Reading", _ARTICLE, {200: "Reading"})}
    paths["/api/keep"] = {"post": _posted("keep", "Put an article that was read here on record.", "Reading", _ID, {200: "Reading"})}
    paths["/api/corrections"] = {"post": _posted("correct", "Confirm, reject or correct an entry.", "Correction", _CORRECTION, {201: "Correction"})}
    paths["/api/corrections/{number}"] = {"delete": _undo()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dépêche",
            "version": VERSION,
            "description": "A sourced record of international affairs, read from wire copy.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _view(view: View) -> Document:
    return {
        "operationId": view.name,
        "summary": view.about,
        "parameters": [p.schema() for p in view.parameters],
        "responses": {"200": _answer(view.about, view.name)} | _refusals(400, 404, 422, 503),
    }


def _one(name: str, about: str, schema: str, keys: tuple[str, ...]) -> Document:
    return {
        "operationId": name,
        "summary": about,
        "parameters": [_in_path(key, {"type": "string", "minLength": 1}) for key in keys],
        "responses": {"200": _answer(about, schema)} | _refusals(400, 404, 503),
    }


def _posted(name: str, about: str, schema: str, body: Document, answers: dict[int, str]) -> Document:
    responses = {str(status): _answer(about, shape) for status, shape in answers.items()}
    return {
        "operationId": name,
        "summary": about,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": responses | _refusals(400, 404, 415, 422, 503),
    }


def _undo() -> Document:
    about = "Take a correction back."
    return {
        "operationId": "undo",
        "summary": about,
        "parameters": [_in_path("number", {"type": "integer", "minimum": 0, "maximum": 999_999_999})],
        "responses": {"200": _answer(about, "Correction")} | _refusals(400, 404, 422, 503),
    }


def _in_path(name: str, schema: Document) -> Document:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _answer(about: str, schema: str) -> Document:
    return {"description": about, "content": {"application/json": {"schema": of(schema)}}}


def _refusals(*statuses: int) -> Document:
    return {str(s): _answer(_SAID[s], "Problem") for s in statuses}


def _closed(properties: Document, required: tuple[str, ...]) -> Document:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_ARTICLE = _closed(
    {
        "text": {"type": "string", "minLength": 1, "maxLength": 200_000},
        "title": _TEXT | {"maxLength": 1000},
        "published": _TEXT | {"format": "date"},
        "language": _TEXT | {"maxLength": 3},
        "publisher": _TEXT | {"maxLength": 200},
        "agency": _TEXT | {"maxLength": 200},
        "url": _TEXT | {"maxLength": 2000},
    },
    ("text",),
)
_ID = _closed({"id": {"type": "string"}}, ("id",))
_FIELDS = "Of an event: type, mode, status, source, target, place, when; of a quote: speaker, status; of an agreement: kind, status, parties."
_VALUES = "A code; actors or a place by their ids in the article or by name; an interval {start, end}; or null."
_CORRECTION = _closed(
    {
        "entry": {"type": "string"},
        "verdict": {"enum": list(VERDICTS)},
        "field": _TEXT | {"description": _FIELDS},
        "value": {"description": _VALUES},
        "who": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
    },
    ("entry", "verdict", "who"),
)
