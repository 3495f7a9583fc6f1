"""The record: what reading one article yields, as plain frozen values.

Offsets are Unicode code points into `article.text`, end exclusive. Dates are ISO strings. Every field is described in
`docs/record.md`; the names here are the program's public contract.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of the article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span points at."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class When:
    """A closed interval of days, as the text gives it, and the words that give it (None where a rule of context does)."""

    start: str
    end: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The best interval for sorting; either end may be open (None). `basis`: text | published."""

    start: str | None
    end: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class ReaderVersion:
    """Which program, language pack and knowledge read the article."""

    version: str
    pack: str
    knowledge: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text as published, and what is known of where it comes from."""

    text: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    publisher: str | None = None
    agency: str | None = None
    url: str | None = None
    reader: ReaderVersion | None = None

    @property
    def id(self) -> str:
        """The same dispatch in two papers is two articles: text, publisher and address together."""
        return _digest("\x1f".join((self.text, self.publisher or "", self.url or "")))

    @property
    def text_id(self) -> str:
        return _digest(self.text)

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "text_id": self.text_id} | {
            f: plain(getattr(self, f)) for f in ("title", "published", "language", "publisher", "agency", "url", "text", "reader")
        }


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    entity: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """Which words filled a side of an event (`side`: source | target) and by which path of the grammar (`via`)."""

    side: str
    actor: str
    span: Span
    via: str


@dataclass(frozen=True, slots=True)
class Position:
    """Who stands behind the event or against it. `stance`: asserts | alleges | denies | confirms."""

    actor: str
    stance: str
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    trigger: Span
    retold: tuple[Span, ...]
    evidence: Span
    source: tuple[str, ...]
    target: tuple[str, ...]
    sides: tuple[Side, ...]
    place: str | None
    when: When | None
    bounds: Bounds | None
    background: bool
    status: str
    positions: tuple[Position, ...]
    figures: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Quote:
    id: str
    content: tuple[Span, ...]
    form: str
    speaker: str | None
    co_speakers: tuple[str, ...]
    speaker_mention: Span | None
    cue: Span | None
    addressee: str | None
    relayed_by: tuple[str, ...]
    when: When | None
    translated: bool
    status: str
    rule: str


@dataclass(frozen=True, slots=True)
class Term:
    obligation: str
    obliged: tuple[str, ...]
    owed_to: tuple[str, ...]
    trigger: str
    what: str | None
    until: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Agreement:
    id: str
    name: str | None
    kind: str
    parties: tuple[str, ...]
    status: str
    dates: dict[str, When] = field(default_factory=dict)
    signed: str | None = None
    place: str | None = None
    terms: tuple[Term, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    value: float
    upper: float | None
    approximate: bool
    bound: str | None
    unit: str | None
    role: str
    said_by: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """All that one article puts on record."""

    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    figures: tuple[Figure, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready dictionaries and lists, with the fields of `docs/record.md`."""
        return {f.name: plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @classmethod
    def from_dict(cls, document: dict[str, Any]) -> ArticleRecord:
        """The record that `to_dict` wrote, equal to it in every field. Raises `KeyError` or `TypeError` where it is none."""
        known = {k: v for k, v in document["article"].items() if k not in ("id", "text_id")}
        record: ArticleRecord = _typed(cls, document | {"article": known})
        return record

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor with that id, None where the record has none."""
        return next((a for a in self.actors if a.id == actor_id), None)

    def place(self, place_id: str | None) -> Place | None:
        """The place with that id, None where the record has none."""
        return next((p for p in self.places if p.id == place_id), None)

    def words(self, span: Span) -> str:
        """The article's own words under a span."""
        return span.of(self.article.text)

    def _repr_html_(self) -> str:
        from depeche.notebook import record_html

        return record_html(self)


def plain(value: Any) -> Any:
    """A record value as dictionaries, lists and scalars."""
    if isinstance(value, Article):
        return value.to_dict()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _fields(type(value))}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def bounds_of(when: When | None, published: str | None, status: str) -> Bounds | None:
    """A dated act by its date; a reported one without a date is not after publication."""
    if when is not None:
        return Bounds(when.start, when.end, "text")
    if published is None or status in ("planned", "hypothetical"):
        return None
    return Bounds(None, published, "published")


def entry_id(article: Article, letter: str, start: int) -> str:
    """An entry's id: twelve hex digits of the article's id, a letter for the kind, the start offset ("3f2a9c1b7d10-e482")."""
    return f"{article.id[7:19]}-{letter}{start}"


def _typed(hint: Any, value: Any) -> Any:
    """A JSON value as the record type that a field's hint names."""
    if value is None:
        return None
    if dataclasses.is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]
        return hint(**{name: _typed(hints[name], v) for name, v in value.items()})  # type: ignore[operator]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return _typed(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(_typed(arguments[0], v) for v in value)
    if origin is dict:
        return {k: _typed(arguments[1], v) for k, v in value.items()}
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


@cache
def _fields(cls: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(cls))


def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
