"""The machine's reading of an article with what people made of it: entries rejected, confirmed, their fields corrected.

A correction is found again by its article, the characters of its entry and the field: a newer reading may give an entry another id, or
a trigger of two words instead of one. What finds no entry any more changes nothing, and is still listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from depeche.ontology.plover import EVENT_TYPES
from depeche.record import Actor, Agreement, ArticleRecord, Event, Figure, Quote, Side, Span, When, bounds_of
from depeche.store import schema
from depeche.store.batches import batches
from depeche.store.company import Company
from depeche.store.rows import short

Entry = Actor | Event | Quote | Agreement | Figure
# The kinds of entries that a person may judge, and where a record keeps them.
KINDS = {"actor": "actors", "event": "events", "quote": "quotes", "agreement": "agreements", "figure": "figures"}
# A quotation may stand inside another: what has less in common with the words than this is not the same one.
_LEAST = {"quote": 0.5}
VERDICTS = ("confirm", "reject", "correct")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of one entry: `verdict` is confirm, reject or correct, and then `field` has the right `value`.

    `article`: the first twelve digits of its id; `entry`: the id that the entry had then, `span` its characters and `words` what stands there;
    `day`: the moment, in UTC; `fits`: is there still such an entry, in the text that stands?
    """

    number: int
    article: str
    entry: str
    verdict: str
    field: str | None
    value: Any
    who: str
    day: str
    fits: bool
    kind: str
    span: Span
    words: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A record with corrections applied; the entries that a person confirmed or corrected, by id; the numbers of the corrections that fitted."""

    record: ArticleRecord
    checked: Mapping[str, str]
    fitting: frozenset[int]


def corrected(record: ArticleRecord, corrections: Iterable[Correction]) -> ArticleRecord:
    """The machine's reading with the corrections applied that are not undone: the last on a field of an entry stands."""
    return apply(record, corrections).record


def apply(record: ArticleRecord, corrections: Iterable[Correction]) -> Applied:
    """As `corrected`, with what became of each correction."""
    mine = sorted((c for c in corrections if c.article == short(record.article.id)), key=lambda c: c.number)
    said: dict[str, dict[str | None, Correction]] = {}
    fitting = set()
    for c in mine:
        if entry := found_again(record, c):
            fitting.add(c.number)
            if not c.undone:
                said.setdefault(entry.id, {})[c.field] = c
    if not said:
        return Applied(record, {}, frozenset(fitting))
    rejected = {id_ for id_, by_field in said.items() if None in by_field and by_field[None].verdict == "reject"}
    values = {id_: {f: c.value for f, c in by_field.items() if f is not None} for id_, by_field in said.items()}
    checked = {id_: "corrected" if values[id_] else "confirmed" for id_ in said if id_ not in rejected}
    return Applied(_amended(record, values, rejected), checked, frozenset(fitting))


def standing(connection: Connection, articles: Iterable[str]) -> dict[str, list[Correction]]:
    """The corrections of some articles that are not undone, by article."""
    c = schema.corrections.c
    found: dict[str, list[Correction]] = {}
    for some in batches(articles):
        for row in connection.execute(select(schema.corrections).where(c.article.in_(some), ~c.undone).order_by(c.number)):
            found.setdefault(row.article, []).append(correction_of(row))
    return found


def rows_said(connection: Connection, articles: Iterable[str]) -> list[dict[str, Any]]:
    """All that was ever said of some articles, undone or not, as rows without their numbers: for another record."""
    columns = [c for c in schema.corrections.columns if c.name != "number"]
    query = select(*columns).where(schema.corrections.c.article.in_(list(articles))).order_by(schema.corrections.c.number)
    return [dict(row._mapping) for row in connection.execute(query)]


def correction_of(row: Row[Any]) -> Correction:
    """A row of the table as a value."""
    return Correction(
        number=row.number,
        article=row.article,
        entry=row.entry,
        verdict=row.verdict,
        field=row.field,
        value=None if row.value is None else json.loads(row.value),
        who=row.who,
        day=row.day,
        fits=True,
        kind=row.kind,
        span=Span(row.start, row.end),
        words=row.words,
        undone=row.undone,
    )


def found_again(record: ArticleRecord, c: Correction) -> Entry | None:
    """The entry that a correction speaks of: of its kind, the one whose characters are the likest; None where none overlaps."""
    likest, best = None, (0.0, False)
    for entry in getattr(record, KINDS[c.kind]):
        likeness = (max((_overlap(span, c.span) for span in spans_of(entry)), default=0.0), entry.id == c.entry)
        if likeness[0] > _LEAST.get(c.kind, 0) and likeness > best:
            likest, best = entry, likeness
    return likest


def spans_of(entry: Entry) -> tuple[Span, ...]:
    """The characters by which an entry is known; the first of them are kept with a correction."""
    if isinstance(entry, Event):
        return (entry.trigger,)
    if isinstance(entry, Figure):
        return (entry.span,)
    if isinstance(entry, Actor):
        return entry.mentions
    parts = entry.content if isinstance(entry, Quote) else entry.evidence
    return (Span(min(s.start for s in parts), max(s.end for s in parts)),)


def _overlap(one: Span, other: Span) -> float:
    """The share of the characters of both that is common to them."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0


def _amended(record: ArticleRecord, values: dict[str, dict[str, Any]], rejected: set[str]) -> ArticleRecord:
    company = Company(record, (_actor(a, values.get(a.id, {})) for a in record.actors))
    return ArticleRecord(
        record.article,
        events=tuple(_event(e, values.get(e.id, {}), record, company, rejected) for e in record.events if e.id not in rejected),
        quotes=tuple(_quote(q, values.get(q.id, {}), company) for q in record.quotes if q.id not in rejected),
        agreements=tuple(_agreement(g, values.get(g.id, {}), company) for g in record.agreements if g.id not in rejected),
        figures=tuple(f for f in record.figures if f.id not in rejected),
        # Last: the events and quotes have brought in whom a person named.
        actors=tuple(company.actors),
        places=tuple(company.places),
    )


def _actor(actor: Actor, said: dict[str, Any]) -> Actor:
    if "name" in said:
        # Under another name it is somebody else, whom the base may not know.
        actor = replace(actor, name=said["name"], entity=None, role=None)
    return replace(actor, **{name: said[name] for name in ("kind", "country", "entity") if name in said})


def _event(event: Event, said: dict[str, Any], record: ArticleRecord, company: Company, rejected: set[str]) -> Event:
    if rejected.intersection(event.figures):
        event = replace(event, figures=tuple(f for f in event.figures if f not in rejected))
    if not said:
        return event
    type_, mode = said.get("type", event.type), said.get("mode", event.mode)
    if mode not in EVENT_TYPES[type_].modes:
        mode = None
    # The finest code that the text supported was that of another act.
    cameo = event.cameo if (type_, mode) == (event.type, event.mode) else None
    changes: dict[str, Any] = {"type": type_, "mode": mode, "cameo": cameo, "status": said.get("status", event.status)}
    if "place" in said:
        changes["place"] = said["place"] and company.place(said["place"])
    if "when" in said:
        changes["when"] = said["when"] and When(said["when"]["start"], said["when"]["end"])
    if {"when", "status"} & said.keys():
        changes["bounds"] = bounds_of(changes.get("when", event.when), record.article.published, changes["status"])
    sides = []
    for side in ("source", "target"):
        if side in said:
            ids = changes[side] = tuple(dict.fromkeys(company.actor(a) for a in said[side]))
            sides += [_side(event, side, id_, company) for id_ in ids]
        else:
            sides += [s for s in event.sides if s.side == side]
    return replace(event, sides=tuple(sides), **changes)


def _side(event: Event, side: str, id_: str, company: Company) -> Side:
    """What filled a side: as the machine read it where it had that actor there, else the actor's words nearest to the act."""
    had = [s for s in event.sides if s.actor == id_]
    for s in had:
        if s.side == side:
            return s
    mentions = next((a.mentions for a in company.actors if a.id == id_), ())
    near = sorted(mentions, key=lambda m: (not (event.evidence.start <= m.start and m.end <= event.evidence.end), abs(m.start - event.trigger.start)))
    return Side(side, id_, had[0].span if had else near[0] if near else event.evidence, "corrected")


def _quote(quote: Quote, said: dict[str, Any], company: Company) -> Quote:
    changes: dict[str, Any] = {"status": said["status"]} if "status" in said else {}
    if "speaker" in said:
        speaker = company.actor(said["speaker"]) if said["speaker"] else None
        if speaker != quote.speaker:
            others = tuple(a for a in quote.co_speakers if a != speaker)
            changes |= {"speaker": speaker, "speaker_mention": None, "co_speakers": others if speaker else ()}
    return replace(quote, **changes) if changes else quote


def _agreement(pact: Agreement, said: dict[str, Any], company: Company) -> Agreement:
    changes: dict[str, Any] = {name: said[name] for name in ("kind", "status") if name in said}
    if "parties" in said:
        changes["parties"] = tuple(dict.fromkeys(company.actor(a) for a in said["parties"]))
    return replace(pact, **changes) if changes else pact
