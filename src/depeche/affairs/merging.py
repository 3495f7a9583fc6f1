"""Bring the affairs of a record up to date: what was written or taken out since the last time, and all that hangs together with it.

Whether two tellings are of one event hangs on the two alone, and what is joined hangs on the component of such pairs: taking up every
component that a new telling touches gives the same affairs as merging everything afresh.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from depeche.affairs.affair import actors_of, affair_of, day_of, dyads_of
from depeche.affairs.clusters import clusters_of, state_names
from depeche.affairs.dispatches import group_dispatches
from depeche.affairs.likeness import ERA, SAME, SEASON, family_of, likeness, reach_of, traits_of
from depeche.affairs.tellings import RECENT, Telling, tellings_of
from depeche.ontology.plover import EVENT_TYPES, score
from depeche.store.batches import batches
from depeche.store.schema import affair_members, affair_sides, affairs, articles, dispatches, dyads, event_sides, events, unmerged
from depeche.store.store import Store

# Where more than one event in so many is new, everything is merged afresh: quicker than asking for each one's neighbours.
_MANY = 4


def merge(store: Store) -> int:
    """Merge what is not merged yet, in one transaction; how many affairs were made or made anew."""
    with _no_collection(), store.writing() as connection:
        changed = set(connection.execute(select(unmerged.c.article)).scalars())
        if not changed:
            return 0
        changed = group_dispatches(connection, changed)
        new = _events_of(connection, changed)
        total = connection.execute(select(func.count()).select_from(events)).scalar_one()
        if len(new) * _MANY > total:
            tellings = tellings_of(connection)
            for table in (dyads, affair_sides, affair_members, affairs):
                connection.execute(delete(table))
        else:
            tellings = _taken_up(connection, changed, new)
        made = _keep(store, connection, clusters_of(tellings))
        connection.execute(delete(unmerged))
        return made


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of small values that all stay: looking for garbage among them again and again takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def waiting(store: Store) -> int:
    """How many articles are not merged yet."""
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(unmerged)).scalar_one())


def _events_of(connection: Connection, articles: Iterable[str]) -> set[str]:
    return {e for batch in batches(articles) for e in connection.execute(select(events.c.id).where(events.c.article.in_(batch))).scalars()}


def _taken_up(connection: Connection, changed: set[str], new: set[str]) -> list[Telling]:
    """The new tellings and every component that they touch, or that lost a member; what was merged of these before is taken back."""
    member = affair_members.c
    fresh = tellings_of(connection, new)
    near = _neighbours(connection, fresh)
    touched = {c for batch in batches(near) for c in connection.execute(select(member.component).where(member.event.in_(batch))).scalars()}
    touched |= {c for batch in batches(changed) for c in connection.execute(select(member.component).where(member.article.in_(batch))).scalars()}
    wanted = set(new)
    for batch in batches(touched):
        rows = connection.execute(select(member.event, member.affair).where(member.component.in_(batch))).all()
        wanted |= {r.event for r in rows}
        _take_back(connection, {r.affair for r in rows})
    return tellings_of(connection, wanted)


def _take_back(connection: Connection, ids: Iterable[str]) -> None:
    for batch in batches(ids):
        for table, column in (
            (dyads, dyads.c.affair),
            (affair_sides, affair_sides.c.affair),
            (affair_members, affair_members.c.affair),
            (affairs, affairs.c.id),
        ):
            connection.execute(delete(table).where(column.in_(batch)))


def _neighbours(connection: Connection, fresh: list[Telling]) -> set[str]:
    """The events merged before that are like one of the new tellings."""
    states = state_names()
    found: set[str] = set()
    for some in (fresh[i : i + 200] for i in range(0, len(fresh), 200)):
        candidates = {t.event: _candidates(connection, t) for t in some}
        loaded = {t.event: t for t in tellings_of(connection, {e for ids in candidates.values() for e in ids} - found)}
        traits = {e: traits_of(t, states) for e, t in loaded.items()}
        for t in some:
            mine = traits_of(t, states)
            found |= {e for e in candidates[t.event] if e in loaded and e != t.event and likeness(t, loaded[e], mine, traits[e]) >= SAME}
    return found


def _candidates(connection: Connection, t: Telling) -> set[str]:
    """Events of the same family that share an actor, a place or a dispatch with a telling, and days on which it may have been."""
    family = [type_ for type_ in EVENT_TYPES if family_of(type_) == family_of(t.type)]
    found: set[str] = set()
    side, event = event_sides.c, events.c
    for code in {a.code for a in (*t.sources, *t.targets)}:
        query = select(side.event).where(side.code == code, side.type.in_(family), _window(event_sides, t))
        found |= set(connection.execute(query).scalars())
    if t.place:
        query = select(event.id).where(event.place_name == t.place, event.type.in_(family), _window(events, t))
        found |= set(connection.execute(query).scalars())
    printed = connection.execute(select(dispatches.c.article).where(dispatches.c.dispatch == t.dispatch)).scalars().all()
    # Filtered here: asked for by type too, the database would run through all events of the type.
    rows = connection.execute(select(event.id, event.type).where(event.article.in_(printed)))
    return found | {row.id for row in rows if row.type in family}


def _window(table: Table, t: Telling) -> Any:
    """The days under which a telling of the same event can stand in a table."""
    if not t.last:
        return table.c.article.in_(select(articles.c.article).where(articles.c.published.is_(None)))
    reach, _ = reach_of(t)
    late = SEASON if t.dated else RECENT
    first, last = date.fromordinal(max(reach - ERA - 1, 1)), date.fromordinal(t.last) + timedelta(late + 1)
    return table.c.day.between(first.isoformat(), last.isoformat())


def _keep(store: Store, connection: Connection, merged: list[tuple[list[Telling], list[list[Telling]]]]) -> int:
    rows: dict[Table, list[tuple[Any, ...]]] = {affairs: [], affair_members: [], affair_sides: [], dyads: []}
    for component, groups in merged:
        name = min(t.event for t in component)
        for members in groups:
            _add(rows, name, members)
    for table, some in rows.items():
        store.backend.load(connection, table, some)
    return len(rows[affairs])


def _add(rows: dict[Table, list[tuple[Any, ...]]], component: str, members: list[Telling]) -> None:
    source, target = actors_of(members, "sources"), actors_of(members, "targets")
    affair = affair_of(members, source, target)
    id_, type_, mode, status, disputed = (affair[k] for k in ("id", "type", "mode", "status", "disputed"))
    when, bounds, place = affair["when"] or {}, affair["bounds"] or {}, affair["place"] or {}
    day, mean = day_of(affair), score(type_, mode)
    rows[affairs].append(
        (
            *(id_, type_, mode, status, disputed, mean, day, when.get("start"), when.get("end"), bounds.get("start"), bounds.get("end")),
            *(place.get("name"), place.get("country"), place.get("latitude"), place.get("longitude")),
            *(affair["independent_outlets"], len({t.article for t in members}), len(members)),
            json.dumps(affair, ensure_ascii=False, separators=(",", ":")),
        )
    )
    rows[affair_members] += [(t.event, id_, component, t.article) for t in members]
    for side, some in (("source", source), ("target", target)):
        rows[affair_sides] += [(id_, side, a.name, a.kind, a.country, a.entity, a.key, a.state, day) for a in some]
    rows[dyads] += [(id_, a, b, day, type_, status, mean, disputed) for a, b in dyads_of(type_, source, target)]
