"""Articles whole, from the truth that a record keeps of each."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from depeche.record import ArticleRecord
from depeche.store.kept import read_back
from depeche.store.schema import records


def records_of(connection: Connection, some: list[str]) -> Iterator[ArticleRecord]:
    """The records of articles by their short ids, in this order."""
    query = select(records.c.record).where(records.c.article.in_(some)).order_by(records.c.article)
    for record in connection.execute(query).scalars():
        yield read_back(record)


def texts_of(connection: Connection, some: list[str]) -> dict[str, str]:
    """The texts of articles by their short ids."""
    query = select(records.c.article, records.c.record).where(records.c.article.in_(some))
    return {row.article: json.loads(row.record)["article"]["text"] for row in connection.execute(query)}
