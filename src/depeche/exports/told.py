"""Events and affairs with all that belongs to them, a batch at a time: article, sides, members."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from depeche.exports.choosing import Chosen, streamed
from depeche.exports.words import Veil
from depeche.store.batches import batches
from depeche.store.schema import actors, affair_members, affair_sides, affairs, articles, event_sides, events


@dataclass(frozen=True, slots=True)
class SideActor:
    """Who stands on a side, as names may go out. `words`: what the article calls them there."""

    name: str | None
    kind: str | None
    country: str | None
    entity: str | None
    key: str
    state: str | None
    sector: str | None = None
    role: str | None = None
    words: str | None = None
    start: int | None = None


@dataclass(slots=True)
class ToldEvent:
    """An event of an article: the columns of `events` and `articles`, and who stands on each side."""

    row: Row[Any]
    source: list[SideActor] = field(default_factory=list)
    target: list[SideActor] = field(default_factory=list)


@dataclass(slots=True)
class ToldAffair:
    """An affair: the columns of `affairs`, who stands on each side, and the events that tell it, the oldest first."""

    row: Row[Any]
    source: list[SideActor]
    target: list[SideActor]
    members: list[ToldEvent]


_ARTICLE = (articles.c.id.label("article_id"), *(articles.c[n] for n in "title published language publisher agency url characters version".split()))


def told_events(connection: Connection, chosen: Chosen, veil: Veil) -> Iterator[list[ToldEvent]]:
    """The events that are left, by their ids."""
    query = select(events, *_ARTICLE).join(articles, events.c.article == articles.c.article)
    for rows in streamed(connection, query.where(chosen.of(events)).order_by(events.c.id)):
        yield _with_sides(connection, rows, veil)


def told_affairs(connection: Connection, chosen: Chosen, veil: Veil, placed: bool = False) -> Iterator[list[ToldAffair]]:
    """The affairs that are left, by their ids; only those on the map where told."""
    query = select(affairs).where(chosen.of(affairs)).order_by(affairs.c.id)
    for rows in streamed(connection, query.where(affairs.c.latitude.is_not(None)) if placed else query):
        for some in (rows[i : i + 200] for i in range(0, len(rows), 200)):
            yield _with_members(connection, some, veil)


def _with_members(connection: Connection, rows: list[Row[Any]], veil: Veil) -> list[ToldAffair]:
    ids = [row.id for row in rows]
    member = affair_members.c
    query = select(member.affair, events, *_ARTICLE).join(events, events.c.id == member.event).join(articles, events.c.article == articles.c.article)
    told = list(connection.execute(query.where(member.affair.in_(ids)).order_by(articles.c.published, events.c.id)))
    members: dict[str, list[ToldEvent]] = defaultdict(list)
    for row, event in zip(told, _with_sides(connection, told, veil), strict=True):
        members[row.affair].append(event)
    sides: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(affair_sides).where(affair_sides.c.affair.in_(ids)).order_by(affair_sides.c.key)):
        sides[row.affair, row.side].append(row)
    return [_affair(row, sides, members[row.id], veil) for row in rows]


def _affair(row: Row[Any], sides: dict[tuple[str, str], list[Row[Any]]], members: list[ToldEvent], veil: Veil) -> ToldAffair:
    document = json.loads(row.affair)
    sectors = {a.key: a.sector for m in members for a in (*m.source, *m.target)}

    def on(side: str) -> list[SideActor]:
        # The affair names its actors in the order of how often they are named.
        order = [a["name"] for a in document[side]]
        some = sorted(sides[row.id, side], key=lambda a: order.index(a.name) if a.name in order else len(order))
        return [
            SideActor(veil.name(a.name, a.key), a.kind, a.country, a.entity, veil.key(a.key) or "", a.state, sectors.get(veil.key(a.key) or "")) for a in some
        ]

    return ToldAffair(row, on("source"), on("target"), members)


def _with_sides(connection: Connection, rows: list[Row[Any]], veil: Veil) -> list[ToldEvent]:
    found = {row.id: ToldEvent(row) for row in rows}
    s = event_sides.c
    query = select(event_sides, actors.c.sector, actors.c.role).outerjoin(actors, actors.c.id == s.actor).order_by(s.event, s.side, s.start, s.actor)
    for some in batches(found):
        for a in connection.execute(query.where(s.event.in_(some))):
            role, words = (None, None) if veil.drawn else (a.role, a.words)
            actor = SideActor(veil.name(a.name, a.key), a.kind, a.country, a.entity, veil.key(a.key) or "", a.state, a.sector, role, words, a.start)
            getattr(found[a.event], a.side).append(actor)
    return list(found.values())
