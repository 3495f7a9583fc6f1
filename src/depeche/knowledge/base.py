"""The world that articles speak of: states, offices and who held them when, organisations, places, and the names that lead to them."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from depeche.knowledge.names import FAMILY_NAME_FIRST
from depeche.ontology.spelling import fold

SCHEMA = """
create table entities (id integer primary key, entity text unique, kind text, name text, country text, sector text, gender text,
                       latitude real, longitude real, size integer);
create table names (first text, key text, entity integer references entities, what text, spelt text, finds integer);
create table adjectives (form text, country text, primary key (form, country)) without rowid;
create table body_adjectives (form text primary key, entity integer references entities) without rowid;
create table offices (country text, organisation text, office text, holder integer references entities, start text, until text, source text);
"""

# What a description by office may mean, in order: a president heads the state, "le dirigeant" whoever rules.
OFFICES_MEANT = {
    "head_of_state": ("head_of_state",),
    "head_of_government": ("head_of_government",),
    "leader": ("head_of_state", "head_of_government", "leader", "president", "secretary_general"),
}


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody, some body or some place that the base knows. `id` is the record's `entity`; `gender` is m, f, mp or fp."""

    row: int
    id: str
    kind: str
    name: str
    country: str | None
    sector: str | None
    gender: str | None
    latitude: float | None
    longitude: float | None
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name that leads to an entity.

    `what`: name, family, people, capital, seat, city, region …; `spelt`: how an acronym or a name in lower case must be met, else None and
    a capital is enough; `finds`: may the name alone mark a mention, or only explain one that the pipeline marked?
    """

    words: tuple[str, ...]
    row: int
    what: str
    spelt: str | None
    finds: bool


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held an office from when to when (ISO dates at any grain, None where open)."""

    holder: int
    country: str | None
    organisation: str | None
    office: str
    start: str | None
    until: str | None
    source: str

    def on(self, day: str) -> bool:
        """Was the office held on that day? Dates of lesser grain count whole."""
        return (not self.start or self.start <= day) and (not self.until or day <= self.until or day.startswith(self.until))


class KnowledgeBase:
    """A read-only base in one file. Look-ups are remembered for the life of the process."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.path = path
        self._names_by_first = lru_cache(maxsize=20000)(self._names_starting)
        self.entity = lru_cache(maxsize=20000)(self._entity)
        self.tenures_of = lru_cache(maxsize=5000)(self._tenures_of)
        self.names_of = lru_cache(maxsize=5000)(self._names_of)
        self.holders = lru_cache(maxsize=5000)(self._holders)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when the base does."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()[:12]

    @cached_property
    def adjectives(self) -> dict[str, tuple[str, ...]]:
        """Countries by the folded form of a demonym adjective ("russes" -> RUS; "coreen" -> KOR, PRK)."""
        countries: dict[str, tuple[str, ...]] = {}
        for form, country in self._file.execute("select form, country from adjectives order by form, country"):
            countries[form] = (*countries.get(form, ()), country)
        return countries

    @cached_property
    def states(self) -> dict[str, Entity]:
        """State by ISO 3166 alpha-3 code."""
        rows = self._file.execute("select id, country from entities where kind = 'state'")
        return {country: self.entity(row) for row, country in rows}

    @cached_property
    def given_names(self) -> dict[str, str]:
        """First names of the persons it knows, folded, and whose they are: m, f, or x for both. What begins with one is hardly a place."""
        rows = self._file.execute("select name, gender, country from entities where kind = 'person'")
        genders: dict[str, set[str]] = {}
        for name, gender, country in rows:
            words = fold(name).split()
            if len(words) > 1 and country not in FAMILY_NAME_FIRST:
                genders.setdefault(words[0], set()).add(gender or "x")
        return {name: found.pop() if len(found) == 1 else "x" for name, found in genders.items()}

    @cached_property
    def capitals(self) -> dict[str, str]:
        """Country by the folded name of its capital."""
        return dict(self._file.execute("select n.key, e.country from names n join entities e on e.id = n.entity where n.what = 'capital'"))

    def body(self, id_: str) -> tuple[str | None, str | None]:
        """Country and sector of a body by its id."""
        found: tuple[str | None, str | None] = self._file.execute("select country, sector from entities where entity = ?", (id_,)).fetchone() or (None, None)
        return found

    def body_called(self, adjective: str) -> int | None:
        """The organisation whose adjective it is ("européen" -> the European Union), by its folded form; None where there is none."""
        return self.bodies.get(adjective)

    @cached_property
    def bodies(self) -> dict[str, int]:
        return dict(self._file.execute("select form, entity from body_adjectives"))

    def named(self, name: str) -> list[Name]:
        """Every entry whose name is exactly this one, case and accents apart."""
        words = tuple(fold(name).split())
        return [n for n in self.names_starting(words[0], words[1] if len(words) > 1 else "") if n.words == words] if words else []

    def names_starting(self, first: str, second: str) -> tuple[Name, ...]:
        """The names that begin with these two folded words, and those that are the first alone; longest first."""
        by_second = self._names_by_first(first)
        if not by_second:
            return ()
        longer = by_second.get(second, ()) if second else ()
        return (*longer, *by_second.get("", ()))

    def holder(self, country: str | None, office: str, on: str | None, organisation: str | None = None) -> Entity | None:
        """Who held an office of a country or organisation on a day; None without a day or when nobody or several are known."""
        if on is None:
            return None
        for meant in OFFICES_MEANT.get(office, (office,)):
            held = {t.holder for t in self.holders(country, organisation, meant) if t.on(on)}
            if len(held) == 1:
                return self.entity(held.pop())
        return None

    def _names_starting(self, first: str) -> dict[str, tuple[Name, ...]]:
        rows = self._file.execute("select key, entity, what, spelt, finds from names where first = ?", (first,))
        found = (Name(tuple(key.split()), row, what, spelt, bool(finds)) for key, row, what, spelt, finds in rows)
        by_second: dict[str, list[Name]] = {}
        for name in sorted(found, key=lambda n: -len(n.words)):
            by_second.setdefault(name.words[1] if len(name.words) > 1 else "", []).append(name)
        return {second: tuple(names) for second, names in by_second.items()}

    def _names_of(self, row: int) -> tuple[str, ...]:
        return tuple(key for (key,) in self._file.execute("select key from names where entity = ? and what = 'name'", (row,)))

    def _entity(self, row: int) -> Entity:
        fields = self._file.execute("select id, entity, kind, name, country, sector, gender, latitude, longitude, size from entities where id = ?", (row,))
        return Entity(*fields.fetchone())

    def _tenures_of(self, row: int) -> tuple[Tenure, ...]:
        rows = self._file.execute("select holder, country, organisation, office, start, until, source from offices where holder = ?", (row,))
        return tuple(Tenure(*fields) for fields in rows)

    def _holders(self, country: str | None, organisation: str | None, office: str) -> tuple[Tenure, ...]:
        rows = self._file.execute(
            "select holder, country, organisation, office, start, until, source from offices where office = ? and country is ? and organisation is ?",
            (office, country, organisation),
        )
        return tuple(Tenure(*fields) for fields in rows)


@lru_cache(maxsize=1)
def shipped() -> KnowledgeBase:
    """The knowledge base that ships with the program."""
    return KnowledgeBase(Path(str(files(__package__).joinpath("knowledge.sqlite"))))
