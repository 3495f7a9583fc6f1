"""What a person sets right: kept apart from the machine's reading, with who and when, and taken back by its number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from depeche.asking import Record
from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.record import ArticleRecord
from depeche.store.corrected import VERDICTS, Correction
from depeche.store.corrections import corrections_of
from depeche.store.problems import NotOnRecord, RecordProblem

Row = dict[str, Any]
# What the margin offers to correct; the API takes every field that the record can correct.
FIELDS = {"event": ("type", "status", "source", "target", "place", "when"), "quote": ("speaker",)}
LONGEST_NAME = 80


def of_article(room: Room, record: ArticleRecord) -> list[Row]:
    """The corrections of an article that stand, in the order in which they were made."""
    return [_plain(c) for c in corrections_of(room.record.store, record.article.id)]


def add(room: Room, entry: str, verdict: str, field: str | None, value: Any, who: str) -> Row:
    """Keep a correction and bring the affairs up to date. Raises `Refused`, `RecordProblem`."""
    who = who.strip()
    if not who or len(who) > LONGEST_NAME or not who.isprintable():
        raise Refused(422, f"a correction needs the name of who makes it, of {LONGEST_NAME} characters at most")
    if verdict not in VERDICTS:
        raise Refused(422, f"verdict is one of {', '.join(VERDICTS)}")
    with _writing(room) as record:
        if verdict == "confirm":
            return _plain(record.confirm(entry, who))
        if verdict == "reject":
            return _plain(record.reject(entry, who))
        if not field:
            raise Refused(422, "which field is corrected is not told")
        return _plain(record.correct(entry, field, value, who))


def undo(room: Room, number: int) -> Row:
    """Take a correction back. Raises `Refused`, `RecordProblem`."""
    with _writing(room) as record:
        return _plain(record.undo(number))


@contextmanager
def _writing(room: Room) -> Iterator[Record]:
    """The record, to be written; what it says against a correction is told to the person, not counted as a fault of the record."""
    try:
        with room.alone():
            yield Record(room.writable())
    except NotOnRecord:
        raise
    except RecordProblem as problem:
        # What the database complains of has the complaint behind it.
        if problem.__context__ is not None:
            raise
        raise Refused(404 if str(problem).startswith("there is no ") else 422, str(problem)) from None


def _plain(correction: Correction) -> Row:
    return asdict(correction)
