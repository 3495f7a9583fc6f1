"""What a filter leaves of a record, as conditions on its tables; of superseded articles nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, exists, false, or_, select, true

from depeche.affairs.view import HAPPENED
from depeche.store.filters import Filter, affairs_chosen, agreements_chosen, events_chosen, quotes_chosen
from depeche.store.schema import affairs, agreements, articles, events, quotes
from depeche.store.store import Store

ALL = Filter(limit=None)
# Rows that stand in memory at a time.
BATCH = 1000


class Chosen:
    """Conditions by which the rows of each table are left or not."""

    def __init__(self, store: Store, filter: Filter) -> None:
        self.filter = replace(filter, limit=None, offset=0)
        self._matching = store.backend.matching
        self.everything = self.filter == ALL

    def of(self, table: Table) -> ColumnElement[bool]:
        """The condition on a table that belongs to events, affairs, agreements or articles."""
        c = table.c
        if table.name == "affairs":
            return self._affair(c.id)
        if "affair" in c:
            return self._affair(c.affair)
        if table.name == "events":
            return self.event(c.id, c.article)
        if table.name == "quotes":
            return self.quote(c.id, c.article)
        if table.name == "agreements":
            return self._agreement(c.id, c.article)
        if "agreement" in c:
            return self._agreement(c.agreement, c.article)
        if "event" in c:
            return self.event(c.event, c.article)
        return self.article(c.article)

    def article(self, of: ColumnElement[str]) -> ColumnElement[bool]:
        """An article that stands and tells of something that is left."""
        if self.everything:
            return _stands(of)
        told = (select(t.c.article).where(self.of(t)) for t in (events, quotes, agreements))
        return or_(*(of.in_(query) for query in told))

    def event(self, id_: ColumnElement[str], of: ColumnElement[str]) -> ColumnElement[bool]:
        return _stands(of) if self.everything else id_.in_(_ids(events_chosen(self.filter, self._matching), events))

    def quote(self, id_: ColumnElement[str], of: ColumnElement[str]) -> ColumnElement[bool]:
        """Quotes have speaker, day and words: where anything else is asked for, none is left."""
        f = self.filter
        if self.everything:
            return _stands(of)
        if f.types or f.statuses or f.place or f.counterpart:
            return false()
        return id_.in_(_ids(quotes_chosen(f, self._matching), quotes))

    def _affair(self, id_: ColumnElement[str]) -> ColumnElement[bool]:
        return true() if self.everything else id_.in_(_ids(affairs_chosen(self.filter, self._matching), affairs))

    def _agreement(self, id_: ColumnElement[str], of: ColumnElement[str]) -> ColumnElement[bool]:
        return _stands(of) if self.everything else id_.in_(self._agreements)

    @cached_property
    def _agreements(self) -> Select[Any]:
        """Agreements have parties and a day: where anything else is asked for, none is left."""
        f, chosen = self.filter, agreements_chosen(self.filter)
        return chosen.where(false()) if f.types or f.statuses or f.place or f.words else chosen


def happened(filter: Filter) -> Filter:
    """For formats that cannot say that something is planned, alleged or did not happen: what is reported, unless the filter asks for more."""
    return filter if filter.statuses else replace(filter, statuses=HAPPENED)


def streamed(connection: Connection, query: Select[Any]) -> Iterator[list[Row[Any]]]:
    """The rows of a query, a batch at a time, all from one state of the record."""
    for batch in connection.execute(query, execution_options={"yield_per": BATCH}).partitions():
        yield list(batch)


def _ids(chosen: Select[Any], table: Table) -> Select[Any]:
    return chosen.with_only_columns(table.c.id).order_by(None)


def _stands(of: ColumnElement[str]) -> ColumnElement[bool]:
    standing = articles.alias()
    return exists().where(standing.c.article == of, standing.c.superseded_by.is_(None))
