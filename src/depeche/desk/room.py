"""What the desk holds while it is open: the record, one reader, and articles that were read but not kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Set
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from depeche.affairs.merging import merge
from depeche.articles.inputs import Unusable, check_characters
from depeche.asking import Record, open_record
from depeche.desk.problems import Refused
from depeche.reader import Reader, UnreadableArticle
from depeche.record import Article, ArticleRecord
from depeche.store.filters import Filter
from depeche.store.problems import RecordProblem
from depeche.store.store import Store, open_store

# Characters of a text that is read while somebody waits, and how many such readings are remembered.
LONGEST_PASTED = 200_000
DRAFTS = 30


class Room:
    """One open desk. Every method may be called from any thread."""

    def __init__(self, where: str | Path) -> None:
        """Raises `RecordProblem` where there is no record."""
        self.where = where
        self.record: Record = open_record(where)
        self._drafts: OrderedDict[str, ArticleRecord] = OrderedDict()
        self._lock, self._reading, self._writing = Lock(), Lock(), Lock()

    @cached_property
    def _reader(self) -> Reader:
        return Reader()

    def filter(self, asked: dict[str, Any], **more: Any) -> Filter:
        """What is asked, as the record takes it. Raises `RecordProblem` for a name that nobody has."""
        names = ("actor", "counterpart", "place", "words", "since", "until", "limit", "offset")
        plain = {name: asked[name] for name in names if asked.get(name) is not None}
        if asked.get("type"):
            plain["types"] = asked["type"]
        if asked.get("status"):
            plain["statuses"] = asked["status"]
        return self.record.filter(**(plain | more))

    # ── Reading what is pasted ──
    def read(self, article: Article) -> ArticleRecord:
        """Read an article now and remember the reading for a while; the record is not touched. Raises `Refused`."""
        if len(article.text) > LONGEST_PASTED:
            raise Refused(422, f"the text is longer than {LONGEST_PASTED:,} characters; `depeche read` takes longer ones")
        try:
            for said in (article.title, article.publisher, article.url, article.agency):
                check_characters(said or "")
            with self._reading:
                record = self._reader.read(article)
        except (UnreadableArticle, Unusable) as problem:
            raise Refused(422, str(problem)) from None
        with self._lock:
            self._drafts[record.article.id] = record
            self._drafts.move_to_end(record.article.id)
            while len(self._drafts) > DRAFTS:
                self._drafts.popitem(last=False)
        return record

    def draft(self, id_: str) -> ArticleRecord | None:
        """A reading that is not kept, by the article's id or the twelve digits of it."""
        wanted = id_.removeprefix("sha256:").partition("-")[0]
        with self._lock:
            return next((r for i, r in self._drafts.items() if len(wanted) >= 12 and i[7:].startswith(wanted)), None)

    def article(self, id_: str) -> tuple[ArticleRecord, bool]:
        """An article's record, and whether it is kept. Raises `RecordProblem`."""
        try:
            return self.record.article(id_), True
        except RecordProblem:
            draft = self.draft(id_)
            if draft is None:
                raise
            return draft, False

    # ── Writing ──
    def keep(self, id_: str) -> ArticleRecord:
        """Put a reading on record and merge it. Raises `Refused` where it is not remembered any more, `RecordProblem`."""
        draft = self.draft(id_)
        if draft is None:
            raise Refused(404, "this reading is not remembered any more; paste the text again")
        with self.alone():
            store = self.writable()
            store.write([draft])
            merge(store)
        with self._lock:
            self._drafts.pop(draft.article.id, None)
        return draft

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One writer at a time from this desk."""
        with self._writing:
            yield

    def writable(self) -> Store:
        """The same record, opened to be written. Raises `RecordProblem`."""
        return open_store(self.where, writable=True)

    # ── Names ──
    def names(self, codes: Set[str]) -> dict[str, str]:
        """What the actors behind codes are called."""
        states = self.record.knowledge.states
        found = {code: states[code].name for code in codes if code in states}
        rest = codes - found.keys()
        if rest:
            found |= {row["key"]: row["name"] for row in self.record.view.actors(Filter(actor=frozenset(rest), limit=None)) if row["key"] in rest}
        return {code: found.get(code, code.partition(":")[2] or code) for code in codes}
