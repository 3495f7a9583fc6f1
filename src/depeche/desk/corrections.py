"""What a person sets right: kept apart from the machine's reading, with who and when, and taken back by its number."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from importlib.util import find_spec
from typing import Any

from depeche.affairs.merging import merge
from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.ontology.plover import EVENT_TYPES, STATUSES
from depeche.record import ArticleRecord

Row = dict[str, Any]
VERDICTS = ("confirm", "reject", "correct")
FIELDS = {"event": ("type", "status", "source", "target", "place", "when"), "quote": ("speaker",)}
LONGEST_NAME = 80


def available() -> bool:
    """Can this program keep corrections?"""
    return find_spec("depeche.store.corrections") is not None


def of_article(room: Room, record: ArticleRecord) -> list[Row]:
    """The corrections of an article, in the order in which they were made."""
    if not available():
        return []
    from depeche.store.corrections import corrections_of  # type: ignore[import-not-found]

    return [asdict(c) for c in corrections_of(room.record.store, record.article.id)]


def add(room: Room, entry: str, verdict: str, field: str | None, value: Any, who: str) -> Row:
    """Keep a correction and bring the affairs up to date. Raises `Refused`, `RecordProblem`."""
    _check_available()
    who = who.strip()
    if not who or len(who) > LONGEST_NAME:
        raise Refused(422, f"a correction needs the name of who makes it, of {LONGEST_NAME} characters at most")
    record = room.record.article(entry)
    value = _checked(record, entry, verdict, field, value)
    from depeche.store.corrections import add_correction

    store = room.writable()
    made = add_correction(store, entry, verdict, field if verdict == "correct" else None, value, who)
    merge(store)
    return asdict(made)


def undo(room: Room, number: int) -> None:
    """Take a correction back. Raises `Refused`, `RecordProblem`."""
    _check_available()
    from depeche.store.corrections import undo_correction

    store = room.writable()
    undo_correction(store, number)
    merge(store)


def _check_available() -> None:
    if not available():
        raise Refused(404, "this version of the program cannot keep corrections")


def _checked(record: ArticleRecord, entry: str, verdict: str, field: str | None, value: Any) -> Any:
    """The new value of a field as the record has it; None for a verdict on the whole entry. Raises `Refused`."""
    kind = "event" if any(e.id == entry for e in record.events) else "quote" if any(q.id == entry for q in record.quotes) else None
    kind = kind or ("agreement" if any(a.id == entry for a in record.agreements) else None)
    if kind is None:
        raise Refused(404, f"the article has no entry {entry[:60]!r}")
    if verdict not in VERDICTS:
        raise Refused(422, f"verdict is one of {', '.join(VERDICTS)}")
    if verdict != "correct":
        return None
    if field not in FIELDS.get(kind, ()):
        raise Refused(422, f"what can be corrected of this entry is: {', '.join(FIELDS.get(kind, ())) or 'nothing'}")
    actors, places = {a.id for a in record.actors}, {p.id for p in record.places}
    if field in ("type", "status"):
        if value not in (EVENT_TYPES if field == "type" else STATUSES):
            raise Refused(422, f"{field} is one of {', '.join(EVENT_TYPES if field == 'type' else STATUSES)}")
        return value
    if field in ("source", "target"):
        if not isinstance(value, list) or not all(isinstance(v, str) and v in actors for v in value):
            raise Refused(422, f"{field} is a list of actors of the article, by their ids")
        return list(dict.fromkeys(value))
    if field == "when":
        return _interval(value)
    if value is not None and (not isinstance(value, str) or value not in (places if field == "place" else actors)):
        raise Refused(422, f"{field} is a{' place' if field == 'place' else 'n actor'} of the article, by its id, or null")
    return value


def _interval(value: Any) -> dict[str, str] | None:
    if value is None:
        return None
    if isinstance(value, dict) and set(value) == {"start", "end"}:
        try:
            start, end = (date.fromisoformat(str(value[k])).isoformat() for k in ("start", "end"))
            if start <= end:
                return {"start": start, "end": end}
        except ValueError:
            pass
    raise Refused(422, "when is an interval of two days written as YYYY-MM-DD, the first not after the last, or null")
