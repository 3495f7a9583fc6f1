"""What a record does alike wherever it is kept; SQLite and PostgreSQL each put rows into a table their own way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from sqlalchemy import Connection, Table, text


class Backend(ABC):
    """`number`: what the search index calls the number of a row of `entries`."""

    number: ClassVar[str]

    def load(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows into a table, each in the order of its columns."""
        columns = [c.name for c in table.columns if not (c.primary_key and c.autoincrement is True)]
        self._put(connection, table.name, columns, rows)

    def load_words(self, connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
        """Put words (row number of `entries`, text) in the search index."""
        self._put(connection, "search", [self.number, "words"], ((number, self._indexed(said)) for number, said in rows))

    def drop_words(self, connection: Connection, article: str | None) -> None:
        """Take the words of one article, or of all, out of the search index."""
        if article is None:
            connection.execute(text("delete from search"))
        else:
            mine = "select number from entries where article = :article"
            connection.execute(text(f"delete from search where {self.number} in ({mine})"), {"article": article})

    @abstractmethod
    def _put(self, connection: Connection, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Put rows into columns of a table, as fast as the database can."""

    @abstractmethod
    def _indexed(self, said: str) -> str:
        """A text as the search index takes it."""
