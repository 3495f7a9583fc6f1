"""How the reading went: runs, what could not be read and why, and what a record holds in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from depeche.store.batches import batches
from depeche.store.schema import VERSION, affairs, agreements, articles, events, failures, quotes, runs, unmerged
from depeche.store.store import Store


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: the path that was asked for, the place in it, and the reason in one sentence."""

    path: str
    place: str
    reason: str


def begin_run(store: Store, version: str, knowledge: str) -> int:
    """Note that a reading begins; the run's number."""
    with store.writing() as connection:
        row = insert(runs).values(started=_now(), version=version, knowledge=knowledge, read=0, known=0, failed=0)
        (number,) = connection.execute(row).inserted_primary_key or (0,)
        return int(number)


def note(connection: Connection, run: int, read: Iterable[str], failed: Iterable[Failure], known: int, version: str) -> None:
    """Add a batch to a run: the places of what was read, what could not be, and how many were on record already."""
    places, bad = list(read), {f.place: f for f in failed}
    for some in batches([*places, *bad]):
        connection.execute(delete(failures).where(failures.c.place.in_(some)))
    if bad:
        rows = [{"place": f.place, "path": f.path, "reason": f.reason, "version": version, "day": _now()} for f in bad.values()]
        connection.execute(insert(failures), rows)
    c = runs.c
    counts = {"read": c.read + len(places), "failed": c.failed + len(bad), "known": c.known + known}
    connection.execute(update(runs).where(c.run == run).values(counts))


def end_run(store: Store, run: int) -> None:
    """Note that a reading came to its end; a run without one was cut off."""
    with store.writing() as connection:
        connection.execute(update(runs).where(runs.c.run == run).values(finished=_now()))


def failed_before(store: Store) -> list[Failure]:
    """What could not be read and has not been read since."""
    with store.reading() as connection:
        return [Failure(row.path, row.place, row.reason) for row in connection.execute(select(failures).order_by(failures.c.place))]


def status(store: Store) -> dict[str, Any]:
    """What a record holds: counts, the versions that read it, the last runs, and the failures that stand."""
    with store.reading() as connection:

        def count(table: Any, *where: Any) -> int:
            return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

        a = articles.c
        by_version = select(a.version, a.language, a.pack, a.knowledge, func.count().label("articles")).group_by(a.version, a.language, a.pack, a.knowledge)
        return {
            "record": store.backend.name,
            "schema": VERSION,
            "bytes": store.backend.size(),
            "articles": count(articles),
            "superseded": count(articles, a.superseded_by.is_not(None)),
            "events": count(events),
            "quotes": count(quotes),
            "agreements": count(agreements),
            "affairs": count(affairs),
            "unmerged": count(unmerged),
            "first": connection.execute(select(func.min(a.published))).scalar(),
            "last": connection.execute(select(func.max(a.published))).scalar(),
            "versions": [dict(row._mapping) for row in connection.execute(by_version.order_by(func.count().desc()))],
            "runs": [dict(row._mapping) for row in connection.execute(select(runs).order_by(runs.c.run.desc()).limit(5))],
            "failures": [dict(row._mapping) for row in connection.execute(select(failures).order_by(failures.c.place))],
        }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
