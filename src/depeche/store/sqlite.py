"""A record in one SQLite file: WAL, foreign keys, full-text search without accents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from depeche.store.backend import Backend
from depeche.store.problems import NoRecord, RecordProblem
from depeche.store.words import words_of

# Seconds to wait for another writer.
PATIENCE = 30
_BEGINNING = b"SQLite format 3\x00"


class SqliteBackend(Backend):
    """What SQLite does its own way. `name` is the file as messages call it."""

    number = "rowid"

    def __init__(self, path: str, writable: bool) -> None:
        self.path, self.name, self.writable = Path(path), path, writable
        self._check()
        self.engine = self._engine()

    def _check(self) -> None:
        """Raise before anything is touched where the file is no record, or where there is none to read."""
        try:
            if not self.path.exists():
                if not self.writable:
                    raise NoRecord(f"there is no record {self.name}; `depeche read PATH… --into {self.name}` makes one")
                if not self.path.parent.is_dir():
                    raise RecordProblem(f"{self.name}: there is no folder {self.path.parent}")
                return
            if self.path.is_dir():
                raise RecordProblem(f"{self.name} is a folder, not a record")
            if not self.path.is_file():
                raise RecordProblem(f"{self.name} is no file that could hold a record")
            with self.path.open("rb") as stream:
                beginning = stream.read(16)
        except OSError as problem:
            raise RecordProblem(f"{self.name} may not be read ({problem.strerror})") from None
        if beginning and beginning != _BEGINNING:
            raise RecordProblem(f"{self.name} is no record (not an SQLite file)")

    def _engine(self) -> Engine:
        engine = create_engine("sqlite://", creator=self._connect, poolclass=NullPool)
        event.listen(engine, "begin", self._begin)
        return engine

    def _begin(self, connection: Connection) -> None:
        only_reads = not self.writable or connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    def prepare_to_write(self) -> None:
        """Let people read while it is written. Called once it is sure that the file is a record: the mode is kept in the file."""
        with closing(self._connect()) as connection:
            connection.execute("pragma journal_mode = wal")

    def begin_reading(self, connection: Connection) -> None:
        """Nothing to do: every transaction of SQLite sees one moment."""

    def _connect(self) -> sqlite3.Connection:
        if self.writable:
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        else:
            connection = self._connect_to_read()
        connection.execute("pragma foreign_keys = on")
        # A batch is reported as read after its commit, so a commit must be on the disk, not only in the system's cache.
        connection.execute("pragma synchronous = full")
        connection.execute("pragma cache_size = -65536")
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        address = self.path.resolve().as_uri()
        try:
            connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            connection.execute("select count(*) from sqlite_master")
        except sqlite3.OperationalError:
            if self.path.with_name(self.path.name + "-wal").exists():
                raise
            # In a folder where nothing may be written, WAL's helper file cannot be made; without a log the file is all there is.
            connection = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
        return connection

    def create_search(self, connection: Connection) -> None:
        connection.execute(text('create virtual table if not exists search using fts5(words, tokenize = "unicode61 remove_diacritics 2")'))

    def lock(self, connection: Connection) -> None:
        """Nothing to do: a writing transaction in SQLite is alone from its first statement."""

    def _put(self, connection: Connection, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
        names, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
        # Straight to the driver: a statement compiled once, and no dictionary for every row.
        connection.connection.cursor().executemany(f"insert into {table} ({names}) values ({marks})", list(rows))

    def _indexed(self, said: str) -> str:
        return " ".join(words_of(said))

    def matching(self, words: str) -> ColumnElement[int]:
        """The row numbers of `entries` in which all the words stand."""
        # Each word as a quoted string, so that nothing in it is an operator.
        query = " ".join(f'"{w}"' for w in words_of(words)) or '""'
        return text("select rowid from search where search match :words").bindparams(words=query)  # type: ignore[return-value]

    def answer(self, connection: Connection, query: str) -> list[dict[str, Any]]:
        """The rows that one statement in SQL answers with; it can write nothing."""
        connection.exec_driver_sql("pragma query_only = on")
        found = connection.exec_driver_sql(query)
        return [dict(row._mapping) for row in found] if found.returns_rows else []

    def size(self) -> int:
        """Bytes on the disk."""
        return self.path.stat().st_size


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the driver complains of into one sentence."""
    try:
        yield
    # A second statement is a `Warning` up to Python 3.11.
    except (DBAPIError, sqlite3.Error, sqlite3.Warning) as problem:
        cause = problem.orig if isinstance(problem, DBAPIError) else problem
        words = str(cause)
        for sign, sentence in _SENTENCES.items():
            if sign in words:
                raise RecordProblem(f"{name} {sentence}") from None
        raise RecordProblem(f"{name}: {words}") from problem


_SENTENCES = {
    "database is locked": f"is locked by another program (waited {PATIENCE} seconds)",
    "readonly database": "may not be written (it is read-only)",
    "disk is full": "could not be written: the disk is full; what was read before stays on record",
    "disk I/O error": "could not be read or written (disk error); what was read before stays on record",
    "file is not a database": "is no record (not an SQLite file)",
    "malformed": "is damaged (the database disk image is malformed)",
    "unable to open database file": "cannot be opened (is its folder writable?)",
}
