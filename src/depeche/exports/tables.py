"""The tables of a record as they go out: those that tell of articles and affairs, without the articles' words where these must stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, Text, select

from depeche.exports.choosing import Chosen, streamed
from depeche.exports.whole import texts_of
from depeche.exports.words import Text as HowMuch
from depeche.exports.words import Veil
from depeche.store import schema

# The search index, its row numbers and folded names mean nothing elsewhere; a dispatch's signature could tell whether a text holds some words.
_KEPT_BACK = {"entries": None, "actors": {"folded"}, "dispatches": {"signature"}}
TABLES = [t for t in (*schema.OF_AN_ARTICLE, *schema.OF_MANY) if t.name != "entries"]

# Columns that hold an article's own words.
_WORDS = {
    "articles": {"title"},
    "actors": {"role"},
    "mentions": {"words"},
    "events": {"trigger", "evidence", "rule"},
    "event_sides": {"via", "words"},
    "positions": {"cue"},
    "figures": {"unit", "words"},
    "quotes": {"content", "cue", "rule"},
    "agreements": {"name", "evidence"},
    "terms": {"what", "until", "evidence"},
    # The whole affair in JSON, names and all; its columns, sides and members stand in tables.
    "affairs": {"affair"},
}
_NAMES = {"name": "key", "speaker_name": "speaker_key"}
_KEYS = {"key", "speaker_key"}
_PLACES = {"places": "name", "events": "place_name", "agreements": "place_name", "affairs": "place_name"}
_LISTS_OF_NAMES = {"co_speakers", "relayed_by", "addressee", "said_by", "obliged", "owed_to"}


class Outgoing:
    """One table as it goes out: its columns, and its rows a batch at a time."""

    def __init__(self, table: Table, text: HowMuch) -> None:
        self.name, self._table, self._text = table.name, table, text
        back = _KEPT_BACK.get(table.name) or set()
        self._own = [c for c in table.columns if c.name not in back]
        whole = [Column("text", Text)] if table.name == "articles" and text == "full" else []
        self.columns: list[Column[Any]] = [*self._own, *whole]

    def batches(self, connection: Connection, chosen: Chosen, veil: Veil) -> Iterator[list[list[Any]]]:
        order: list[ColumnElement[Any]] = [c for c in self._own if c.primary_key]
        order = order or [c.nulls_first() for c in self._own]
        query = select(*self._own).where(chosen.of(self._table)).order_by(*order)
        for rows in streamed(connection, query):
            if len(self.columns) > len(self._own):
                texts = texts_of(connection, [row.article for row in rows])
                yield [[*row, texts.get(row.article)] for row in rows]
            elif veil.drawn:
                yield [self._veiled(row, veil) for row in rows]
            else:
                yield [list(row) for row in rows]

    def _veiled(self, row: Row[Any], veil: Veil) -> list[Any]:
        values = dict(row._mapping)
        for column in _WORDS.get(self.name, ()):
            values[column] = None
        for name, key in _NAMES.items():
            if name in values and key in values:
                values[name] = veil.name(values[name], values[key])
        if place := _PLACES.get(self.name):
            values[place] = veil.place(values[place])
        for column in values.keys() & (_KEYS | ({"source", "target"} if self.name == "dyads" else set())):
            values[column] = veil.key(values[column])
        for column in values.keys() & _LISTS_OF_NAMES:
            values[column] = veil.names(values[column])
        return list(values.values())


class WholeRecords:
    """The table `records`, which holds everything losslessly and goes out only with the full text."""

    name = "records"
    columns = (schema.records.c.article, schema.records.c.record)

    def batches(self, connection: Connection, chosen: Chosen, veil: Veil) -> Iterator[list[list[Any]]]:
        query = select(*self.columns).where(chosen.article(schema.records.c.article)).order_by(schema.records.c.number)
        for rows in streamed(connection, query):
            yield [list(row) for row in rows]


def outgoing(text: HowMuch) -> list[Outgoing | WholeRecords]:
    """The tables that go out at a level of text."""
    tables: list[Outgoing | WholeRecords] = [Outgoing(t, text) for t in TABLES]
    return [*tables, WholeRecords()] if text == "full" else tables
