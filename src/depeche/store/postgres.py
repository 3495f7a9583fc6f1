"""A record on a PostgreSQL server, for several writers at once: COPY for loading, an advisory lock for the moment of writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from depeche.ontology.spelling import fold
from depeche.store.problems import RecordProblem

# Any number will do, as long as every writer takes the same.
_LOCK = 0x6465_7065


class PostgresBackend:
    """What PostgreSQL does its own way. `name` is the address as messages call it, without a password."""

    def __init__(self, address: str, writable: bool) -> None:
        url = make_url(address).set(drivername="postgresql+psycopg")
        self.name, self.writable = make_url(address).render_as_string(hide_password=True), writable
        try:
            self.engine = create_engine(url, pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError):
            raise RecordProblem("a record on PostgreSQL needs the extra `postgres` (pip install 'depeche[postgres]')") from None

    def create_search(self, connection: Connection) -> None:
        connection.execute(text("create table if not exists search (number integer primary key, words text not null)"))
        connection.execute(text("create index if not exists search_words on search using gin (to_tsvector('simple', words))"))

    def lock(self, connection: Connection) -> None:
        """Be the only writer until the transaction ends; readers go on."""
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})

    def load(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        columns = [c.name for c in table.columns if not (c.primary_key and c.autoincrement is True)]
        self._copy(connection, table.name, columns, rows)

    def load_words(self, connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
        """Put words (row number of `entries`, text) in the search index, folded: PostgreSQL's own parser keeps accents."""
        # A tsvector holds less than a megabyte; what stands behind that in a text is found by its entries.
        self._copy(connection, "search", ["number", "words"], ((n, fold(words[:300_000])) for n, words in rows))

    def drop_words(self, connection: Connection, article: str | None) -> None:
        """Take the words of one article, or of all, out of the search index."""
        if article is None:
            connection.execute(text("delete from search"))
        else:
            connection.execute(text("delete from search where number in (select number from entries where article = :article)"), {"article": article})

    def _copy(self, connection: Connection, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{c}"' for c in columns)
        with connection.connection.cursor().copy(f"copy {table} ({names}) from stdin") as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)

    def matching(self, words: str) -> ColumnElement[int]:
        """The row numbers of `entries` in which all the words stand."""
        statement = text("select number from search where to_tsvector('simple', words) @@ plainto_tsquery('simple', :words)")
        return statement.bindparams(words=fold(words))  # type: ignore[return-value]

    def only_read(self, connection: Connection) -> None:
        """Let nothing be written in this transaction."""
        connection.execute(text("set transaction read only"))

    def size(self) -> int:
        """Bytes on the server's disk."""
        with self.engine.connect() as connection:
            return int(connection.execute(text("select pg_database_size(current_database())")).scalar_one())


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the driver complains of into one sentence."""
    try:
        yield
    except DBAPIError as problem:
        words = str(problem.orig).strip().splitlines()
        raise RecordProblem(f"{name}: {words[0] if words else 'the server does not answer'}") from None
