"""Events as they are compared: who, what, when and where, without the words. Loaded from the tables of a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from depeche.store.batches import batches
from depeche.store.schema import articles, dispatches, event_sides, events, figures, positions

# Days: a report without a date tells of what happened in the days before it was published.
RECENT = 7


@dataclass(frozen=True, slots=True)
class SideActor:
    """An actor on a side, as an affair names it. `code`: the state for which it acts, else its key."""

    name: str
    kind: str
    country: str | None
    entity: str | None
    key: str
    state: str | None

    @property
    def code(self) -> str:
        return self.state or self.key


@dataclass(slots=True)
class Telling:
    """One event of one article, ready to be compared.

    `first` and `last` are ordinals of days; `dated` tells that the text gives them, else they are guessed from the day of publication.
    """

    event: str
    article: str
    article_id: str
    published: str | None
    dispatch: str
    outlet: str
    type: str
    mode: str | None
    cameo: str | None
    status: str
    first: int
    last: int
    dated: bool
    when: tuple[str, str] | None
    bounds: tuple[str | None, str | None, str] | None
    place: str | None
    place_country: str | None
    coordinates: tuple[float, float] | None
    trigger: tuple[int, int]
    words: str
    retold: list[list[int]]
    background: bool
    sources: list[SideActor] = field(default_factory=list)
    targets: list[SideActor] = field(default_factory=list)
    positions: list[tuple[SideActor, str]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)


def tellings_of(connection: Connection, only: Iterable[str] | None = None) -> list[Telling]:
    """The events of all articles that stand (no superseded ones), or of those events only; sorted by id."""
    chosen = None if only is None else sorted(set(only))
    found = {}
    query = (
        select(events, articles.c.id.label("article_id"), articles.c.published, articles.c.publisher, dispatches.c.dispatch, dispatches.c.outlet)
        .join(articles, events.c.article == articles.c.article)
        .outerjoin(dispatches, events.c.article == dispatches.c.article)
        .where(articles.c.superseded_by.is_(None))
    )
    for row in _rows(connection, query, events.c.id, chosen):
        found[row.id] = _telling(row)
    for row in _rows(connection, select(event_sides), event_sides.c.event, chosen):
        if telling := found.get(row.event):
            sides = telling.sources if row.side == "source" else telling.targets
            sides.append(SideActor(row.name, row.kind, row.country, row.entity, row.key, row.state))
    actor = select(positions.c.event, positions.c.stance, positions.c.name, positions.c.key, positions.c.state)
    for row in _rows(connection, actor, positions.c.event, chosen):
        if telling := found.get(row.event):
            telling.positions.append((SideActor(row.name, "", row.state, _entity(row.key), row.key, row.state), row.stance))
    columns = (figures.c.event, figures.c.role, figures.c.value, figures.c.upper, figures.c.said_by, figures.c.words, figures.c.start)
    for row in _rows(connection, select(*columns).where(figures.c.event.is_not(None)), figures.c.event, chosen):
        if telling := found.get(row.event):
            said_by = json.loads(row.said_by) if row.said_by else []
            telling.figures.append({"role": row.role, "value": row.value, "upper": row.upper, "said_by": said_by, "words": row.words, "start": row.start})
    for telling in found.values():
        # A database gives rows in an order of its own.
        telling.sources.sort(key=lambda a: a.key)
        telling.targets.sort(key=lambda a: a.key)
        telling.positions.sort(key=lambda p: (p[0].key, p[1]))
        telling.figures.sort(key=lambda f: (f["start"], f["role"], f["value"]))
    return [found[i] for i in sorted(found)]


def _entity(key: str) -> str | None:
    return None if key.partition(":")[0] in ("person", "state", "organisation", "group", "agency") else key


def _rows(connection: Connection, query: Select[Any], column: Any, chosen: list[str] | None) -> Iterator[Row[Any]]:
    """The rows of a query, restricted to some ids in batches where told."""
    if chosen is None:
        yield from connection.execute(query.order_by(column))
        return
    for batch in batches(chosen):
        yield from connection.execute(query.where(column.in_(batch)).order_by(column))


def _telling(row: Row[Any]) -> Telling:
    first, last, dated = _days(row)
    return Telling(
        event=row.id,
        article=row.article,
        article_id=row.article_id,
        published=row.published,
        dispatch=row.dispatch or row.article,
        outlet=row.outlet or row.publisher or row.article,
        type=row.type,
        mode=row.mode,
        cameo=row.cameo,
        status=row.status,
        first=first,
        last=last,
        dated=dated,
        when=(row.when_start, row.when_end) if row.when_start else None,
        bounds=(row.bounds_start, row.bounds_end, row.bounds_basis) if row.bounds_basis else None,
        place=row.place_name,
        place_country=row.place_country,
        coordinates=(row.latitude, row.longitude) if row.latitude is not None else None,
        trigger=(row.trigger_start, row.trigger_end),
        words=row.trigger,
        retold=json.loads(row.retold),
        background=row.background,
    )


def _days(row: Row[Any]) -> tuple[int, int, bool]:
    """First and last day as ordinals, and whether the text gives them. A text without any date could speak of any day: (0, 0)."""
    if row.when_start:
        return _ordinal(row.when_start), _ordinal(row.when_end), True
    end = row.bounds_end or row.published
    if end is None:
        return 0, 0, False
    last = _ordinal(end)
    first = _ordinal(row.bounds_start) if row.bounds_start else last - RECENT
    # What is planned lies ahead of the day of publication.
    return first, last + RECENT if row.status == "planned" else last, False


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
