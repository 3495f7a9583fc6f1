"""Which fields of an entry a person may correct, and what each may hold. Whatever else comes is told off in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from depeche.ontology import agreements
from depeche.ontology.plover import EVENT_TYPES, SECTORS, STATUSES
from depeche.record import ArticleRecord
from depeche.store.company import UNKNOWN_KIND, Company, described_actor, described_place
from depeche.store.corrected import Entry
from depeche.store.problems import RecordProblem

ACTOR_KINDS = ("person", "state", "organisation", "group", "agency")
QUOTE_STATUSES = ("reported", "alleged", "negated")
_ID = re.compile(r"[0-9a-f]{12}-[a-z]\d")
_COUNTRY = re.compile(r"[A-Z]{3}")
_LONGEST = 300


def checked_value(record: ArticleRecord, kind: str, entry: Entry, field: str | None, value: Any) -> Any:
    """The value of a field as a correction keeps it. `record` and `entry`: as they stand now, other corrections applied. Raises `RecordProblem`."""
    fields = FIELDS.get(kind, {})
    if field not in fields:
        known = ", ".join(fields) or "none"
        raise RecordProblem(f"{_a(kind)} has no field {field!r} that may be corrected (there are: {known})")
    return fields[field](record, entry, value)


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _one_of(what: str, *choices: str) -> Callable[[ArticleRecord, Entry, Any], Any]:
    def check(record: ArticleRecord, entry: Entry, value: Any) -> Any:
        if value not in choices:
            raise RecordProblem(f"{value!r} is no {what} (there are: {', '.join(choices)})")
        return value

    return check


def _mode(record: ArticleRecord, entry: Any, value: Any) -> Any:
    modes = EVENT_TYPES[entry.type].modes
    if value is not None and value not in modes:
        raise RecordProblem(f"{value!r} is no mode of {entry.type} (there are: {', '.join(modes) or 'none'})")
    return value


def _actors(record: ArticleRecord, entry: Entry, value: Any) -> list[dict[str, Any]]:
    given = [value] if isinstance(value, str | dict) else value
    if not isinstance(given, list | tuple):
        raise RecordProblem(f"{value!r} is no list of actors")
    return [_actor(record, entry, one) for one in given]


def _actor_or_nobody(record: ArticleRecord, entry: Entry, value: Any) -> dict[str, Any] | None:
    return None if value is None else _actor(record, entry, value)


def _actor(record: ArticleRecord, entry: Entry, value: Any) -> dict[str, Any]:
    """An actor by its id in the article, by a name, or described: {"name", "kind", "country", "sector", "entity"}."""
    if isinstance(value, str):
        if actor := record.actor(value):
            return described_actor(actor)
        if _ID.match(value):
            raise RecordProblem(f"the article has no actor {value!r}")
        value = {"name": value}
    described = {"id": None, "name": _name(value), "kind": None, "country": None, "sector": None, "entity": None}
    described |= {k: v for k, v in value.items() if k in described and k not in ("name", "id")}
    if known := Company(record, record.actors).known_actor(described):
        return described_actor(known)
    described["kind"] = described["kind"] or UNKNOWN_KIND
    _one_of("kind of actor", *ACTOR_KINDS)(record, entry, described["kind"])
    _country(record, entry, described["country"])
    _text_or_nothing(record, entry, described["entity"])
    if described["sector"] is not None:
        _one_of("sector", *sorted(SECTORS))(record, entry, described["sector"])
    return described


def _place(record: ArticleRecord, entry: Entry, value: Any) -> dict[str, Any] | None:
    """A place by its id in the article, by a name, or described: {"name", "country", "latitude", "longitude"}; or none."""
    if value is None:
        return None
    if isinstance(value, str):
        if place := record.place(value):
            return described_place(place)
        if _ID.match(value):
            raise RecordProblem(f"the article has no place {value!r}")
        value = {"name": value}
    described = {"id": None, "name": _name(value), "country": None, "latitude": None, "longitude": None}
    described |= {k: v for k, v in value.items() if k in described and k not in ("name", "id")}
    if known := Company(record, record.actors).known_place(described):
        return described_place(known)
    _country(record, entry, described["country"])
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees: Any = described[name]
        if degrees is not None and not (isinstance(degrees, int | float) and not isinstance(degrees, bool) and -most <= degrees <= most):
            raise RecordProblem(f"{degrees!r} is no {name} in degrees")
    return described


def _when(record: ArticleRecord, entry: Entry, value: Any) -> dict[str, str] | None:
    """A day, or {"start", "end"}, both ISO dates; or none."""
    if value is None:
        return None
    start, end = (value, value) if isinstance(value, str) else (value.get("start"), value.get("end")) if isinstance(value, dict) else (None, None)
    for day in (start, end):
        try:
            # Other ways that ISO has of writing a day ("20240619") do not sort among ours.
            right = isinstance(day, str) and date.fromisoformat(day).isoformat() == day
        except ValueError:
            right = False
        if not right:
            raise RecordProblem(f"{day if day is not None else value!r} is no day written as YYYY-MM-DD")
    if start > end:  # type: ignore[operator]
        raise RecordProblem(f"{start} is after {end}")
    return {"start": start, "end": end}  # type: ignore[dict-item]


def _name(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST:
        raise RecordProblem(f"{str(name)[:80]!r} is no name")
    return " ".join(name.split())


def _text(record: ArticleRecord, entry: Entry, value: Any) -> str:
    return _name(value)


def _text_or_nothing(record: ArticleRecord, entry: Entry, value: Any) -> str | None:
    return None if value is None else _name(value)


def _country(record: ArticleRecord, entry: Entry, value: Any) -> Any:
    if value is not None and not (isinstance(value, str) and _COUNTRY.fullmatch(value)):
        raise RecordProblem(f"{value!r} is no ISO 3166-1 alpha-3 code of a country")
    return value


FIELDS: dict[str, dict[str, Callable[[ArticleRecord, Any, Any], Any]]] = {
    "event": {
        "type": _one_of("type of event", *EVENT_TYPES),
        "mode": _mode,
        "status": _one_of("status of an event", *STATUSES),
        "source": _actors,
        "target": _actors,
        "place": _place,
        "when": _when,
    },
    "quote": {"speaker": _actor_or_nobody, "status": _one_of("status of a quote", *QUOTE_STATUSES)},
    "agreement": {
        "kind": _one_of("kind of agreement", *sorted(agreements.KINDS)),
        "status": _one_of("status of an agreement", *agreements.STATUSES),
        "parties": _actors,
    },
    "actor": {"name": _text, "kind": _one_of("kind of actor", *ACTOR_KINDS), "country": _country, "entity": _text_or_nothing},
}
