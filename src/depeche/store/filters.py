"""What a person asks for: the same filters for events, affairs, quotes and all that is counted from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, or_, select

from depeche.store.schema import affair_members, affair_sides, affairs, agreement_parties, agreements, articles, entries, event_sides, events, quotes

# Articles whose text was replaced under their address: few, and found once for a whole question.
SUPERSEDED = select(articles.c.article).where(articles.c.superseded_by.is_not(None))


@dataclass(frozen=True, slots=True)
class Filter:
    """`actor`, `counterpart`: codes of which one must act (ISO 3166 alpha-3 of states, keys of others); days are ISO dates, both included.

    `types`: PLOVER types; `words`: all of them, in an entry's evidence; `place`: a place's name or a country's code.
    """

    actor: frozenset[str] = frozenset()
    counterpart: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    place: str | None = None
    words: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = 50
    offset: int = 0


EVERYTHING = Filter()


def events_chosen(f: Filter, matching: Callable[[str], Any]) -> Select[Any]:
    """Ids and days of the events that a filter leaves, the latest first; events of superseded articles never."""
    if f.words:
        words = [entries.c.number.in_(matching(f.words)), entries.c.kind == "event", entries.c.article.not_in(SUPERSEDED)]
        if not (f.actor or f.counterpart or f.types or f.statuses or f.place):
            # Words alone: the events themselves need not be looked at.
            return _latest(f, select(entries.c.entry.label("id"), entries.c.day).where(*words, *within(entries.c.day, f)), entries.c.day, entries.c.entry)
        return _acting(f, events, event_sides, event_sides.c.event, [events.c.id.in_(select(entries.c.entry).where(*words))])
    return _acting(f, events, event_sides, event_sides.c.event, [events.c.article.not_in(SUPERSEDED)])


def affairs_chosen(f: Filter, matching: Callable[[str], Any], disputed: bool | None = None) -> Select[Any]:
    """Ids and days of the affairs that a filter leaves, the latest first."""
    conditions: list[ColumnElement[bool]] = []
    if disputed is not None:
        conditions.append(affairs.c.disputed == disputed)
    if f.words:
        hits = select(entries.c.entry).where(entries.c.number.in_(matching(f.words)), entries.c.kind == "event")
        conditions.append(affairs.c.id.in_(select(affair_members.c.affair).where(affair_members.c.event.in_(hits))))
    return _acting(f, affairs, affair_sides, affair_sides.c.affair, conditions)


def quotes_chosen(f: Filter, matching: Callable[[str], Any]) -> Select[Any]:
    """Ids and days of the quotes that a filter leaves, the latest first; `actor` is the speaker."""
    q = quotes.c
    conditions: list[ColumnElement[bool]] = [q.article.not_in(SUPERSEDED)]
    if f.actor:
        conditions.append(is_one_of(q.speaker_state, q.speaker_key, f.actor))
    conditions += within(q.day, f)
    if f.words:
        conditions.append(q.id.in_(select(entries.c.entry).where(entries.c.number.in_(matching(f.words)), entries.c.kind == "quote")))
    return _latest(f, select(q.id, q.day).where(*conditions), q.day, q.id)


def agreements_chosen(f: Filter) -> Select[Any]:
    """Ids of the agreements of which those asked for are parties, of the days asked for; of superseded articles none."""
    g, party = agreements.c, agreement_parties.c
    conditions = [g.article.not_in(SUPERSEDED), *within(g.day, f)]
    for codes in (f.actor, f.counterpart):
        if codes:
            conditions.append(g.id.in_(select(party.agreement).where(is_one_of(party.state, party.key, codes))))
    return select(g.id).where(*conditions)


def _acting(f: Filter, table: Table, sides: Table, of: ColumnElement[str], conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """What fits the conditions and in which those asked for act, whichever side they are on, the latest first."""
    if f.types:
        conditions.append(table.c.type.in_(f.types))
    if f.statuses:
        conditions.append(table.c.status.in_(f.statuses))
    if f.place:
        conditions.append(or_(table.c.place_name == f.place, table.c.place_country == f.place))
    one, other = f.actor or f.counterpart, f.counterpart if f.actor else frozenset[str]()
    if not one:
        return _latest(f, select(table.c.id, table.c.day).where(*conditions, *within(table.c.day, f)), table.c.day, table.c.id)
    if other:
        also = sides.alias()
        conditions.append(exists().where(also.c[of.name] == of, is_one_of(also.c.state, also.c.key, other)))
    # From the sides in the order of their days: the latest are found without looking at all that somebody ever did.
    query = (
        select(of.label("id"), sides.c.day)
        .distinct()
        .join(table, table.c.id == of)
        .where(is_one_of(sides.c.state, sides.c.key, one), *conditions, *within(sides.c.day, f))
    )
    return _latest(f, query, sides.c.day, of)


def is_one_of(state: ColumnElement[str], key: ColumnElement[str], codes: frozenset[str]) -> ColumnElement[bool]:
    """Is somebody, by state and key, one of those codes? Codes in capitals are states; the rest are keys. One index answers each."""
    states = {c for c in codes if len(c) == 3 and c.isupper()}
    keys = codes - states
    return or_(*([state.in_(sorted(states))] if states else []), *([key.in_(sorted(keys))] if keys else []))


def within(day: ColumnElement[str], f: Filter) -> list[ColumnElement[bool]]:
    """The conditions on a day that a filter sets."""
    return ([day >= f.since] if f.since else []) + ([day <= f.until] if f.until else [])


def page(query: Select[Any], f: Filter) -> Select[Any]:
    """The page of a query that a filter asks for."""
    return query.offset(f.offset) if f.limit is None else query.limit(f.limit).offset(f.offset)


def _latest(f: Filter, query: Select[Any], day: ColumnElement[str], id_: ColumnElement[str]) -> Select[Any]:
    return page(query.order_by(day.desc().nulls_last(), id_.desc()), f)
