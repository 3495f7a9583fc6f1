"""Keeping records: `open_store(where)`, then `store.write(records)`, `store.view()`.

Every write is one transaction: what `write` returned from is there, whole, once; a process killed at any moment leaves what was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, inspect, select, update

from depeche.record import Article, ArticleRecord
from depeche.store import schema, sqlite
from depeche.store.batches import batches
from depeche.store.corrected import apply, corrected, rows_said, standing
from depeche.store.kept import AT_A_TIME, find_article, given_digest, kept_after, kept_record, read_back, written
from depeche.store.problems import NoRecord, RecordProblem
from depeche.store.rows import rows_of, short

DEFAULT = "depeche.sqlite"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a record knows of an article without its entries: how it was given, and what read it."""

    given: str | None
    reader: tuple[str | None, str | None, str | None]


class Store:
    """A record in a file or on a server. Raises `RecordProblem`, one sentence, for whatever is wrong with it."""

    def __init__(self, where: str, writable: bool = False) -> None:
        """`where`: a path, or an address "postgresql://…". A writable store is made where there is none."""
        self.where = where
        if is_address(where):
            from depeche.store import postgres

            self._told = postgres.told
            self.backend: sqlite.SqliteBackend | postgres.PostgresBackend = postgres.PostgresBackend(where, writable)
        else:
            self._told = sqlite.told
            self.backend = sqlite.SqliteBackend(where, writable)
        with self.told():
            self._prepare()

    @property
    def writable(self) -> bool:
        return self.backend.writable

    def told(self) -> AbstractContextManager[None]:
        """What the database complains of inside comes out as one sentence."""
        return self._told(self.backend.name)

    def _prepare(self) -> None:
        """Check that this is a record of a schema we know; make the tables where there are none."""
        with self.reading() as connection:
            names = set(inspect(connection).get_table_names())
            about = schema.about.c
            found = connection.execute(select(about.value).where(about.name == "schema")).scalar() if {"about", "records"} <= names else None
        if found is None:
            if names & {t.name for t in schema.METADATA.sorted_tables} or (names and not is_address(self.where)):
                raise RecordProblem(f"{self.backend.name} is no record (it is a database with other tables)")
            if not self.writable:
                raise NoRecord(f"{self.backend.name} holds no record yet; `depeche read PATH… --into {self.backend.name}` makes one")
            self.backend.prepare_to_write()
            with self.writing() as connection:
                schema.METADATA.create_all(connection)
                self.backend.create_search(connection)
                if connection.execute(select(func.count()).select_from(schema.about)).scalar_one() == 0:
                    connection.execute(insert(schema.about), [{"name": "schema", "value": str(schema.VERSION)}])
        elif not found.isdigit() or int(found) > schema.VERSION:
            raise RecordProblem(
                f"{self.backend.name} was written by a newer Dépêche (schema {found}; this program knows {schema.VERSION}): install the newer one"
            )
        elif self.writable:
            self.backend.prepare_to_write()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone among writers; rolled back where an error leaves it."""
        with self.told(), self.backend.engine.begin() as connection:
            self.backend.lock(connection)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, whatever is written meanwhile."""
        with self.told(), self.backend.engine.connect().execution_options(reading=True) as connection:
            self.backend.begin_reading(connection)
            yield connection

    def kept(self) -> dict[str, Kept]:
        """What is on record by article id, to tell what need not be read again."""
        a, r = schema.articles.c, schema.records.c
        query = select(a.id, r.given, a.version, a.pack, a.knowledge).join(schema.records, a.article == r.article)
        with self.reading() as connection:
            return {row.id: Kept(row.given, (row.version, row.pack, row.knowledge)) for row in connection.execute(query)}

    def write(self, records: Iterable[ArticleRecord], given: Iterable[Article | None] | None = None) -> None:
        """Put records on record, each in the place of an older reading of the same article, all in one transaction.

        `given`: the articles as their inputs told them, for `kept`.
        """
        with self.writing() as connection:
            self.write_within(connection, records, given)

    def write_within(self, connection: Connection, records: Iterable[ArticleRecord], given: Iterable[Article | None] | None = None) -> None:
        """Like `write`, in a transaction that holds more than this."""
        records = list(records)
        digests = [given_digest(a) if a else None for a in given] if given is not None else [None] * len(records)
        latest = {r.article.id: (r, digest) for r, digest in zip(records, digests, strict=True)}
        for record, digest in latest.values():
            self._replace(connection, record, digest)
        self._index(connection, [record for record, _ in latest.values()])

    def _replace(self, connection: Connection, record: ArticleRecord, digest: str | None) -> None:
        """The truth of one article: an older reading keeps its number, so that the order in which texts came stays."""
        article = short(record.article.id)
        values = {"given": digest, "record": written(record)}
        done = connection.execute(update(schema.records).where(schema.records.c.article == article).values(values))
        if done.rowcount:
            self._drop_index(connection, article)
        else:
            connection.execute(insert(schema.records).values(article=article, **values))

    def _index(self, connection: Connection, records: list[ArticleRecord]) -> None:
        """Fill the tables of articles whose truth is kept already: what people corrected wins over what was read."""
        tables: dict[str, list[tuple[object, ...]]] = {t.name: [] for t in schema.OF_AN_ARTICLE}
        words: list[tuple[int, str]] = []
        of = schema.records.c
        changed = {short(r.article.id) for r in records}
        numbers: dict[str, int] = {}
        for some in batches(changed):
            numbers |= dict(connection.execute(select(of.article, of.number).where(of.article.in_(some))).tuples().all())
        said = standing(connection, changed)
        for record in records:
            article = short(record.article.id)
            applied = apply(record, said.get(article, ()))
            rows, searched = rows_of(applied.record, applied.checked)
            for name, mine in rows.items():
                tables[name] += mine
            for number, (entry, kind, day, text) in enumerate(searched, numbers[article] * schema.ENTRIES):
                tables["entries"].append((number, article, entry, kind, day))
                words.append((number, text))
        for table in schema.OF_AN_ARTICLE:
            if tables[table.name]:
                self.backend.load(connection, table, tables[table.name])
        self.backend.load_words(connection, words)
        for address in {r.article.url for r in records if r.article.url}:
            changed |= self._supersede(connection, address)
        _mark_unmerged(connection, changed)

    def _supersede(self, connection: Connection, address: str) -> set[str]:
        """Of the texts under one address the one that came last stands; the others say so. The articles whose standing changed."""
        a = schema.articles.c
        query = select(a.article, a.superseded_by).join(schema.records, a.article == schema.records.c.article)
        rows = connection.execute(query.where(a.url == address).order_by(schema.records.c.number)).all()
        last = rows[-1].article
        changed = set()
        for row in rows:
            now = None if row.article == last else last
            if row.superseded_by != now:
                connection.execute(update(schema.articles).where(a.article == row.article).values(superseded_by=now))
                changed.add(row.article)
        return changed

    def _drop_index(self, connection: Connection, article: str) -> None:
        self.backend.drop_words(connection, article)
        # The other tables of an article fall with it (foreign keys, on delete cascade).
        connection.execute(delete(schema.articles).where(schema.articles.c.article == article))

    def index_again(self, connection: Connection, article: str) -> None:
        """Fill the tables of one article (twelve hex digits) anew, in a transaction that changed what people said of it."""
        record = kept_record(connection, article)
        self._drop_index(connection, article)
        self._index(connection, [record])

    def forget(self, article: str) -> str:
        """Take an article out, with all that rests on it alone. `article`: its id or the beginning of it. Its whole id.

        Raises `RecordProblem` where no article, or more than one, is meant.
        """
        with self.writing() as connection:
            row = find_article(connection, article)
            self._drop_index(connection, row[0])
            for table in (schema.records, schema.corrections):
                connection.execute(delete(table).where(table.c.article == row[0]))
            if row[2] and connection.execute(select(func.count()).where(schema.articles.c.url == row[2])).scalar_one():
                _mark_unmerged(connection, self._supersede(connection, row[2]))
            _mark_unmerged(connection, {row[0]})
            return row[1]

    def records(self, articles: Iterable[str] | None = None, as_corrected: bool = False) -> Iterator[ArticleRecord]:
        """The records, in the order in which articles came; of those articles only (twelve hex digits) where told.

        As the machine read them, or with what people corrected.
        """
        for batch in self._truth(articles):
            if not as_corrected:
                yield from (record for record, _ in batch)
                continue
            with self.reading() as connection:
                said = standing(connection, [short(record.article.id) for record, _ in batch])
            yield from (corrected(record, said.get(short(record.article.id), ())) for record, _ in batch)

    def record(self, article: str, as_corrected: bool = False) -> ArticleRecord:
        """One article's record, by its id or the beginning of it. Raises `RecordProblem`."""
        with self.reading() as connection:
            row = find_article(connection, article)
        return next(self.records([row[0]], as_corrected))

    def _truth(self, articles: Iterable[str] | None = None) -> Iterator[list[tuple[ArticleRecord, str | None]]]:
        """Record and digest of the input, some at a time: a long record never stands in memory whole."""
        last = 0
        wanted = None if articles is None else list(articles)
        while True:
            query = kept_after(last)
            with self.reading() as connection:
                rows = connection.execute(query if wanted is None else query.where(schema.records.c.article.in_(wanted))).all()
            if rows:
                yield [(read_back(row.record), row.given) for row in rows]
            if len(rows) < AT_A_TIME:
                return
            last = rows[-1].number

    def rebuild(self) -> int:
        """Drop every index and fill it again from the records, in one transaction; how many articles there are."""
        count = 0
        with self.writing() as connection:
            self.backend.drop_words(connection, None)
            for table in (schema.unmerged, *reversed(schema.OF_MANY), *reversed(schema.OF_AN_ARTICLE)):
                connection.execute(delete(table))
            last = 0
            while rows := connection.execute(kept_after(last)).all():
                self._index(connection, [read_back(row.record) for row in rows])
                count, last = count + len(rows), rows[-1].number
        return count

    def copy_from(self, other: Store) -> int:
        """Take over all that another record holds, with what people corrected in it; how many articles came."""
        count = 0
        for batch in other._truth():
            articles = [short(record.article.id) for record, _ in batch]
            with other.reading() as connection:
                said = rows_said(connection, articles)
            with self.writing() as connection:
                for record, digest in batch:
                    self._replace(connection, record, digest)
                have = {tuple(row.values()) for row in rows_said(connection, articles)}
                if new := [row for row in said if tuple(row.values()) not in have]:
                    connection.execute(insert(schema.corrections), new)
                self._index(connection, [record for record, _ in batch])
            count += len(batch)
        return count


def open_store(where: str | Path = DEFAULT, writable: bool = False) -> Store:
    """The record in a file, or on a server where `where` is "postgresql://…". Raises `RecordProblem`."""
    return Store(str(where), writable)


def is_address(where: str) -> bool:
    """Is it a server's address rather than a file?"""
    return where.startswith(("postgresql://", "postgres://"))


def _mark_unmerged(connection: Connection, articles: set[str]) -> None:
    for some in batches(sorted(articles)):
        known = set(connection.execute(select(schema.unmerged.c.article).where(schema.unmerged.c.article.in_(some))).scalars())
        if new := [{"article": a} for a in some if a not in known]:
            connection.execute(insert(schema.unmerged), new)
