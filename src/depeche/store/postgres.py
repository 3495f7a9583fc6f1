"""A record on a PostgreSQL server, for several writers at once: COPY for loading, an advisory lock for the moment of writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from depeche.store.backend import Backend
from depeche.store.problems import RecordProblem
from depeche.store.words import words_of

# Any number will do, as long as every writer takes the same.
_LOCK = 0x6465_7065
# Bytes of words.
_LONGEST = 300_000
_NO_DRIVER = "a record on PostgreSQL needs the extra `postgres` (pip install 'depeche[postgres]')"


class PostgresBackend(Backend):
    """What PostgreSQL does its own way. `name` is the address as messages call it, without a password."""

    number = "number"

    def __init__(self, address: str, writable: bool) -> None:
        try:
            url = make_url(address).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError):
            raise RecordProblem("the address of a record is written as postgresql://user:password@host:port/database") from None
        self.name, self.writable = url.set(drivername="postgresql").render_as_string(hide_password=True), writable
        try:
            self.engine = create_engine(url, pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError):
            raise RecordProblem(_NO_DRIVER) from None

    def create_search(self, connection: Connection) -> None:
        connection.execute(text("create table if not exists search (number bigint primary key, words text not null)"))
        connection.execute(text("create index if not exists search_words on search using gin (to_tsvector('simple', words))"))
        # The latest first, and what has no day last: an index that SQLite has of itself.
        for table in ("events", "affairs", "quotes"):
            connection.execute(text(f"create index if not exists {table}_latest on {table} (day desc nulls last, id)"))

    def prepare_to_write(self) -> None:
        """Nothing to do: a server lets people read while it is written."""

    def begin_reading(self, connection: Connection) -> None:
        """Let all statements of this transaction see one moment, and none of them write."""
        connection.execute(text("set transaction isolation level repeatable read, read only"))

    def lock(self, connection: Connection) -> None:
        """Be the only writer until the transaction ends; readers go on."""
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})

    def _put(self, connection: Connection, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{c}"' for c in columns)
        with connection.connection.cursor().copy(f"copy {table} ({names}) from stdin") as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)

    def _indexed(self, said: str) -> str:
        """The words of a text, as many as a tsvector holds (less than a megabyte); what stands behind them is found by its entries."""
        return " ".join(words_of(said)).encode()[:_LONGEST].decode(errors="ignore")

    def matching(self, words: str) -> ColumnElement[int]:
        """The row numbers of `entries` in which all the words stand."""
        statement = text("select number from search where to_tsvector('simple', words) @@ plainto_tsquery('simple', :words)")
        return statement.bindparams(words=" ".join(words_of(words)))  # type: ignore[return-value]

    def answer(self, connection: Connection, query: str) -> list[dict[str, Any]]:
        """The rows that one statement in SQL answers with; it can write nothing."""
        cursor = connection.connection.cursor()
        # A prepared statement is one: no second one can end the transaction, in which nothing may be written.
        cursor.execute(query, prepare=True)  # type: ignore[call-arg]
        return [dict(zip([c[0] for c in cursor.description], row, strict=True)) for row in cursor.fetchall()] if cursor.description else []

    def size(self) -> int:
        """Bytes on the server's disk."""
        with self.engine.connect() as connection:
            return int(connection.execute(text("select pg_database_size(current_database())")).scalar_one())


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the driver complains of into one sentence."""
    try:
        from psycopg import Error
    except ModuleNotFoundError:
        raise RecordProblem(_NO_DRIVER) from None
    try:
        yield
    except (DBAPIError, Error) as problem:  # COPY speaks to the driver, whose errors come as they are
        words = str(problem.orig if isinstance(problem, DBAPIError) else problem).strip().splitlines()
        raise RecordProblem(f"{name}: {words[0] if words else 'the server does not answer'}") from None
