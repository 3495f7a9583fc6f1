"""What is kept of an article: its record as JSON, losslessly; how it is read back and found."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, Select, select

from depeche.record import Article, ArticleRecord
from depeche.store import schema
from depeche.store.problems import NotOnRecord

# Records that stand in memory at a time.
AT_A_TIME = 100


def written(record: ArticleRecord) -> str:
    """The record as the JSON that is kept: the same record gives the same characters."""
    return json.dumps(record.to_dict(), ensure_ascii=False, separators=(",", ":"))


def read_back(kept: str) -> ArticleRecord:
    """The record that `written` wrote."""
    return ArticleRecord.from_dict(json.loads(kept))


def given_digest(article: Article) -> str:
    """A digest of all that the input said of an article."""
    said = (article.title, article.published, article.language, article.publisher, article.agency, article.url)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def find_article(connection: Connection, article: str) -> tuple[str, str, str | None]:
    """Short id, whole id and address of the article meant by an id, its beginning, or an entry's id. Raises `RecordProblem`."""
    wanted = article.removeprefix("sha256:").partition("-")[0]
    a = schema.articles.c
    query = select(a.article, a.id, a.url).where(a.article.startswith(wanted[:12], autoescape=True)).limit(2)
    rows = connection.execute(query).all() if len(wanted) >= 4 else []
    if len(rows) == 1 and rows[0].id.startswith(f"sha256:{wanted}"):
        return rows[0].article, rows[0].id, rows[0].url
    if len(rows) > 1:
        raise NotOnRecord(f"more than one article begins with {wanted!r}: give more of its id")
    raise NotOnRecord(f"there is no article {article!r} on record")


def kept_record(connection: Connection, article: str) -> ArticleRecord:
    """The machine's reading of an article on record (twelve hex digits)."""
    return read_back(connection.execute(select(schema.records.c.record).where(schema.records.c.article == article)).scalar_one())


def kept_after(number: int) -> Select[Any]:
    """Number, record and digest of the input of the articles that came next after one, as many as may stand in memory."""
    r = schema.records.c
    return select(r.number, r.record, r.given).where(r.number > number).order_by(r.number).limit(AT_A_TIME)
