"""Keeping what people make of the machine's reading: `add_correction`, `undo_correction`, and all that was said.

A correction never touches the reading itself. It is kept beside it, and whoever adds or undoes one finds the article indexed anew when the call
returns; its affairs are brought up to date by the next merge.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from depeche.record import ArticleRecord
from depeche.store import schema
from depeche.store.correctable import checked_value
from depeche.store.corrected import KINDS, VERDICTS, Correction, Entry, apply, correction_of, found_again, spans_of, standing
from depeche.store.gold import Annotation, gold_of
from depeche.store.kept import find_article, kept_record
from depeche.store.problems import RecordProblem
from depeche.store.store import Store

_C = schema.corrections.c


def add_correction(store: Store, entry_id: str, verdict: str, field: str | None = None, value: Any = None, who: str = "") -> Correction:
    """Confirm or reject an entry, or correct one field of it. `who`: the name or sign under which it is kept.

    Actors may be given by their ids in the article, by name, or described ({"name", "kind", "country", "entity"}); so may a place.
    Raises `RecordProblem` for an entry that is not on record, a field that has no such values, or an entry that was rejected.
    """
    if verdict not in VERDICTS:
        raise RecordProblem(f"{verdict!r} is no verdict (there are: {', '.join(VERDICTS)})")
    if verdict != "correct" and field is not None:
        raise RecordProblem(f"one {verdict}s an entry, not one field of it")
    with store.writing() as connection:
        article = find_article(connection, entry_id)[0]
        record = kept_record(connection, article)
        kind, entry = _entry(record, entry_id)
        said = standing(connection, [article]).get(article, [])
        if verdict == "correct":
            now = apply(record, said).record
            as_it_stands = next((e for e in getattr(now, KINDS[kind]) if e.id == entry_id), None)
            if as_it_stands is None:
                raise RecordProblem(f"{entry_id} was rejected: confirm it, or undo that, before you correct it")
            value = checked_value(now, kind, as_it_stands, field, value)
        elif verdict == "reject" and kind == "actor":
            raise RecordProblem("an actor is not rejected: correct its name, or the events and quotes in which it should not stand")
        else:
            value = None
        if not spans_of(entry):
            raise RecordProblem(f"{entry_id} stands nowhere in the text, so that nothing said of it could be found again")
        span = spans_of(entry)[0]
        row = {
            "article": article,
            "entry": entry_id,
            "kind": kind,
            "start": span.start,
            "end": span.end,
            "words": record.words(span),
            "verdict": verdict,
            "field": field,
            "value": json.dumps(value, ensure_ascii=False) if verdict == "correct" else None,
            "who": who.strip(),
            "day": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "undone": False,
        }
        number: int = connection.execute(insert(schema.corrections).values(**row).returning(_C.number)).scalar_one()
        store.index_again(connection, article)
        return _one(connection, number)


def undo_correction(store: Store, number: int) -> Correction:
    """Take a correction back; it stays on record as undone. Raises `RecordProblem` where there is none, or it was undone before."""
    with store.writing() as connection:
        row = connection.execute(select(_C.article, _C.undone).where(_C.number == number)).one_or_none()
        if row is None:
            raise RecordProblem(f"there is no correction {number} on record")
        if row.undone:
            raise RecordProblem(f"correction {number} was undone before")
        connection.execute(update(schema.corrections).where(_C.number == number).values(undone=True))
        store.index_again(connection, row.article)
        return _one(connection, number)


def corrections_of(store: Store, article: str) -> list[Correction]:
    """What was said of an article's entries and not undone, in that order. `article`: its id, the beginning of it, or the id of an entry."""
    with store.reading() as connection:
        short = find_article(connection, article)[0]
        return list(_told(connection, select(schema.corrections).where(_C.article == short, ~_C.undone)))


def all_corrections(store: Store, undone: bool = False) -> list[Correction]:
    """Every correction, in the order in which they were made; with those that were undone where asked."""
    with store.reading() as connection:
        query = select(schema.corrections) if undone else select(schema.corrections).where(~_C.undone)
        return sorted(_told(connection, query), key=lambda c: c.number)


def unfitting(store: Store) -> list[Correction]:
    """The corrections that no entry answers to any more: a newer reading has none there, or the text under that address was replaced."""
    return [c for c in all_corrections(store) if not c.fits]


def article_called(store: Store, article: str) -> str:
    """The first twelve digits of the article that is meant. Raises `RecordProblem`."""
    with store.reading() as connection:
        return find_article(connection, article)[0]


def gold_articles(store: Store) -> Iterator[tuple[str, Annotation]]:
    """The articles of which a person checked an entry that is still there, each as gold (`gold_of`)."""
    by_article: dict[str, list[Correction]] = {}
    for c in all_corrections(store):
        by_article.setdefault(c.article, []).append(c)
    for article, said in sorted(by_article.items()):
        machine = store.record(article)
        applied = apply(machine, said)
        if applied.fitting:
            yield article, gold_of(applied.record, said)


def _entry(record: ArticleRecord, entry_id: str) -> tuple[str, Entry]:
    for kind, name in KINDS.items():
        for entry in getattr(record, name):
            if entry.id == entry_id:
                return kind, entry
    raise RecordProblem(f"there is no entry {entry_id!r} on record")


def _one(connection: Connection, number: int) -> Correction:
    return next(iter(_told(connection, select(schema.corrections).where(_C.number == number))))


def _told(connection: Connection, query: Select[Any]) -> Iterator[Correction]:
    """Corrections with what has become of them, article by article."""
    rows = connection.execute(query.order_by(_C.article, _C.number)).all()
    for article, some in groupby(rows, key=lambda row: row.article):
        yield from _judged(connection, article, some)


def _judged(connection: Connection, article: str, rows: Iterable[Row[Any]]) -> Iterator[Correction]:
    a = schema.articles.c
    stands = connection.execute(select(a.superseded_by).where(a.article == article)).scalar_one() is None
    record = kept_record(connection, article)
    for row in rows:
        c = correction_of(row)
        yield c if stands and found_again(record, c) else replace(c, fits=False)
