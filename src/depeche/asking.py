"""A record, opened to be asked: `depeche.open("depeche.sqlite")`.

Names are taken as people write them ("Russie", "RUS", "Lavrov"), answers come as rows that turn into Arrow, pandas or Polars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from depeche.affairs.merging import merge, waiting
from depeche.affairs.pact import Pact
from depeche.affairs.register import register
from depeche.affairs.states import nearest
from depeche.affairs.told import pacts_told
from depeche.affairs.view import HAPPENED, AffairsView
from depeche.knowledge.additions import with_additions
from depeche.knowledge.base import KnowledgeBase
from depeche.knowledge.find import Found, find
from depeche.ontology.spelling import fold
from depeche.record import ArticleRecord
from depeche.store.corrected import Correction
from depeche.store.corrections import add_correction, all_corrections, undo_correction
from depeche.store.filters import Filter
from depeche.store.problems import NoRecord, NotOnRecord, RecordProblem
from depeche.store.store import DEFAULT, Store, open_store
from depeche.store.view import View

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

__all__ = ["NoRecord", "Record", "RecordProblem", "Rows", "open_record"]


class Rows(Sequence[dict[str, Any]]):
    """The answer to a question: a sequence of rows that also comes as a table of the library a person works with (extra `analysis`)."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows = list(rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"

    def arrow(self) -> pyarrow.Table:
        import pyarrow

        return pyarrow.Table.from_pylist(self._rows)

    def pandas(self) -> pandas.DataFrame:
        import pandas

        return pandas.DataFrame(self._rows)

    def polars(self) -> polars.DataFrame:
        import polars

        return polars.DataFrame(self._rows, infer_schema_length=None)


class Record:
    """What is on record in one file or on one server. Raises `RecordProblem`, one sentence, for whatever is wrong."""

    def __init__(self, store: Store, actors: Iterable[Path] = ()) -> None:
        """`actors`: TOML or CSV files of a person's own actors, whose names may be asked for."""
        self.store = store
        self._actors = tuple(actors)
        self.view = View(store)
        self.affairs_view = AffairsView(store)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        return with_additions(self._actors)

    # ── Asked ──
    def events(self, **asked: Any) -> Rows:
        """Events, the latest first. Filters: actor, counterpart, types, statuses, place, words, since, until, limit, offset."""
        return Rows(self.view.events(self.filter(**asked)))

    def quotes(self, **asked: Any) -> Rows:
        """Quotes, the latest first; `actor` is the speaker."""
        return Rows(self.view.quotes(self.filter(**asked)))

    def agreements(self, **asked: Any) -> Rows:
        """Agreements that articles tell of, with their terms."""
        return Rows(self.view.agreements(self.filter(**asked)))

    def actors(self, **asked: Any) -> Rows:
        """Who is on record, the oftenest named first."""
        return Rows(self.view.actors(self.filter(**asked)))

    def articles(self, **asked: Any) -> Rows:
        """The articles on record, the latest first."""
        return Rows(self.view.articles(self.filter(**asked)))

    def affairs(self, **asked: Any) -> Rows:
        """Affairs: the reports of one event, merged."""
        return Rows(self.affairs_view.affairs(self.filter(**asked)))

    def affair(self, id_: str) -> dict[str, Any]:
        """One affair by its id, or by the id of one of its events."""
        return self.affairs_view.affair(id_)

    def disputes(self, **asked: Any) -> Rows:
        """Affairs that somebody stands behind and somebody denies."""
        return Rows(self.affairs_view.disputes(self.filter(**asked)))

    def timeline(self, **asked: Any) -> Rows:
        """Days with their affairs."""
        return Rows(self.affairs_view.timeline(self.filter(**asked)))

    def relations(self, one: str, other: str, by: str = "month", include: Iterable[str] = HAPPENED, **asked: Any) -> Rows:
        """What two actors did to each other, by period and direction, with PLOVER's mean score."""
        return Rows(self.affairs_view.relations(self.codes_of(one), self.codes_of(other), self.filter(**asked), by, frozenset(include)))

    def network(self, include: Iterable[str] = HAPPENED, **asked: Any) -> Rows:
        """Who acts towards whom, the busiest pairs first."""
        return Rows(self.affairs_view.network(self.filter(**asked), frozenset(include)))

    def panel(self, by: str = "month", include: Iterable[str] = HAPPENED, **asked: Any) -> Rows:
        """Counts and mean scores by directed pair and period, for a regression."""
        return Rows(self.affairs_view.panel(self.filter(**{"limit": None} | asked), by, frozenset(include)))

    def places(self, **asked: Any) -> Rows:
        """Where affairs took place, the busiest places first."""
        return Rows(self.affairs_view.places(self.filter(**asked)))

    def speakers(self, **asked: Any) -> Rows:
        """Who is quoted, the oftenest first."""
        return Rows(self.view.speakers(self.filter(**asked)))

    def article(self, id_: str) -> ArticleRecord:
        """One article's record with what people corrected, by its id, the beginning of it, or the id of one of its entries."""
        return self.store.record(id_, as_corrected=True)

    def records(self) -> Iterator[ArticleRecord]:
        """Every article's record with what people corrected, in the order in which they came."""
        return self.store.records(as_corrected=True)

    def affair_of(self, event: str) -> dict[str, Any] | None:
        """The affair that an event belongs to; None where it is not merged yet."""
        try:
            return self.affair(event)
        except RecordProblem:
            return None

    def pacts(self) -> list[Pact]:
        """The pacts that are known: those of the register that ships, and those that the articles tell of."""
        return [*register(), *pacts_told(self.store)]

    def sql(self, query: str) -> Rows:
        """The answer to a question in SQL. Nothing can be written by it."""
        return Rows(self.view.sql(query))

    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection in memory with the record's tables as they are now (extra `analysis`)."""
        import duckdb
        import pyarrow

        connection = duckdb.connect()
        for name, columns, rows in self.view.tables():
            connection.register(name, pyarrow.Table.from_pylist(rows) if rows else pyarrow.table({c: pyarrow.array([], pyarrow.string()) for c in columns}))
        return connection

    # ── Names ──
    def filter(self, actor: str | None = None, counterpart: str | None = None, place: str | None = None, **asked: Any) -> Filter:
        """A filter from names as people write them."""
        for name in ("types", "statuses"):
            if isinstance(asked.get(name), str):
                asked[name] = frozenset({asked[name]})
            elif asked.get(name) is not None:
                asked[name] = frozenset(asked[name])
        one = self.codes_of(actor) if actor else frozenset()
        other = self.codes_of(counterpart) if counterpart else frozenset()
        rest = {k: v for k, v in asked.items() if v is not None or k == "limit"}
        return Filter(one, other, place=self.place_of(place) if place else None, **rest)

    def codes_of(self, name: str) -> frozenset[str]:
        """The codes under which an actor stands on record: a state's ISO code, else keys. Raises `RecordProblem` with the nearest names."""
        wanted = name.strip()
        if not fold(wanted):
            raise NotOnRecord(f"{name!r} is no name")
        if wanted in self.knowledge.states:
            return frozenset({wanted})
        known = find(self.knowledge, wanted)
        if known and known[0].entity.kind == "state":
            return frozenset({known[0].entity.country or ""})
        keys = {f.entity.id for f in known if f.entity.kind not in ("state", "place")}
        on_record = {row["key"] for row in self.view.actors(Filter(words=wanted, limit=200)) if _named(row["name"], wanted)}
        if not keys and not on_record:
            raise NotOnRecord(f"nobody called {name!r} is on record{self._nearest(wanted)}")
        return frozenset(keys | on_record)

    def place_of(self, name: str) -> str:
        """A place as the tables have it: the code of a country, else the name."""
        if name in self.knowledge.states:
            return name
        for found in find(self.knowledge, name):
            if found.entity.kind == "state" and found.entity.country and found.what == "name":
                return found.entity.country
            if found.entity.kind == "place":
                return found.entity.name
        return name

    def _nearest(self, name: str) -> str:
        names = [row["name"] for row in self.view.actors(Filter(limit=5000))]
        near = nearest(name, [*names, *(e.name for e in self.knowledge.states.values())], least=70)
        return f"; the nearest names are {', '.join(near)}" if near else ""

    # ── Checked by people ──
    def confirm(self, entry: str, who: str = "") -> Correction:
        """Keep that an entry is right, by its id. Needs a record opened with `writable=True`, as do the three below."""
        return self._merged(add_correction(self.store, entry, "confirm", who=who))

    def reject(self, entry: str, who: str = "") -> Correction:
        """Leave an entry out of all that is asked and exported."""
        return self._merged(add_correction(self.store, entry, "reject", who=who))

    def correct(self, entry: str, field: str, value: Any, who: str = "") -> Correction:
        """Give a field of an entry its right value; actors and places by their ids in the article, or by names as people write them."""
        return self._merged(add_correction(self.store, entry, "correct", field, self._described(entry, field, value), who))

    def undo(self, number: int) -> Correction:
        """Take a correction back."""
        return self._merged(undo_correction(self.store, number))

    def corrections(self) -> list[Correction]:
        """What people said of the entries on record, in that order."""
        return all_corrections(self.store)

    def _merged(self, correction: Correction) -> Correction:
        merge(self.store)
        return correction

    def _described(self, entry: str, field: str, value: Any) -> Any:
        """A value in which names that the knowledge base has, and the article has not, are told as the base knows them."""
        if field not in ("source", "target", "parties", "speaker", "place"):
            return value
        if isinstance(value, list | tuple):
            return [self._described(entry, field, one) for one in value]
        if not isinstance(value, str):
            return value
        record = self.article(entry)
        of_article = record.places if field == "place" else record.actors
        if any(value == e.id or fold(value) == fold(e.name) for e in of_article):
            return value
        found = find(self.knowledge, value, record.article.published)
        if field == "place":
            return _place_of(found, value)
        known = next((f.entity for f in found if f.entity.kind != "place"), None)
        if known is None:
            return value
        return {"name": known.name, "kind": known.kind, "country": known.country, "sector": known.sector, "entity": known.id}

    # ── Kept up to date ──
    def merge(self) -> int:
        """Merge what was read since the last time; how many affairs were made or made anew."""
        return merge(self.store)

    def waiting(self) -> int:
        """How many articles are not merged yet."""
        return waiting(self.store)


def _named(name: str, wanted: str) -> bool:
    """Do the folded words of what was asked for stand in a name, whole?"""
    words = fold(wanted).split()
    have = fold(name).split()
    return any(have[i : i + len(words)] == words for i in range(len(have) - len(words) + 1))


def _place_of(found: list[Found], name: str) -> str | dict[str, Any]:
    """A place as the base knows it; what names a state by its capital is that city, of which the base knows no more than the country."""
    for f in sorted(found, key=lambda f: (f.entity.kind != "place", fold(f.entity.name) != fold(name))):
        e = f.entity
        if e.kind == "place" or (e.kind == "state" and f.what == "name"):
            return {"name": e.name, "country": e.country, "latitude": e.latitude, "longitude": e.longitude}
        if e.kind == "state" and f.what == "capital":
            return {"name": name, "country": e.country}
    return name


def open_record(where: str | Path = DEFAULT, writable: bool = False, actors: Iterable[Path] = ()) -> Record:
    """Open a record to ask it: a file, or the address of a PostgreSQL server. Raises `RecordProblem`."""
    record = Record(open_store(where, writable), actors)
    if not writable and record.waiting():
        # A reading that was cut off, or goes on: what it wrote is merged here where it may be, and else the affairs are a little old.
        with suppress(RecordProblem):
            merge(open_store(where, writable=True))
    return record


def pacts_known(where: str | Path = DEFAULT) -> list[Pact]:
    """The pacts of the register and of a record; of the register alone where there is no record."""
    try:
        return open_record(where).pacts()
    except NoRecord:
        return list(register())
