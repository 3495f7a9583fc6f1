"""Articles on record, one article with its marks, and the entry that a person chose in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.desk.sides import through
from depeche.ontology.plover import score
from depeche.record import Actor, Agreement, ArticleRecord, Event, Place, Quote, Span, plain
from depeche.store.problems import RecordProblem
from depeche.store.schema import articles as table

Row = dict[str, Any]
# Other articles shown beside an entry.
OTHERS = 12


def articles(room: Room, asked: Row) -> Row:
    """The articles on record, the latest first."""
    limit = asked["limit"]
    found = room.record.view.articles(room.filter(asked, limit=limit + 1))
    return {"articles": found[:limit], "more": len(found) > limit}


def superseded_by(room: Room, article: str) -> str | None:
    """The article that stands under the same address now, where the text has changed since."""
    with room.record.store.reading() as connection:
        found: str | None = connection.execute(select(table.c.superseded_by).where(table.c.id == article)).scalar()
        return found


def contents(record: ArticleRecord) -> Row:
    """What an article puts on record, for the margin: entries in the order of their words."""
    names = {a.id: a.name for a in record.actors}
    text = record.article.text

    def events() -> list[Row]:
        rows = [
            {
                "id": e.id,
                "type": e.type,
                "mode": e.mode,
                "status": e.status,
                "background": e.background,
                "source": [names.get(i, i) for i in e.source],
                "target": [names.get(i, i) for i in e.target],
                "words": e.trigger.of(text),
                "start": e.trigger.start,
            }
            for e in record.events
        ]
        return sorted(rows, key=lambda r: (r["start"], r["id"]))

    quotes = [{"id": q.id, "speaker": names.get(q.speaker or ""), "words": q.content[0].of(text), "start": q.content[0].start} for q in record.quotes]
    pacts = [{"id": a.id, "name": a.name, "kind": a.kind, "start": min(a.evidence).start} for a in record.agreements]
    actors = sorted(record.actors, key=lambda a: (-len(a.mentions), a.name))
    return {
        "events": events(),
        "quotes": sorted(quotes, key=lambda r: (r["start"], r["id"])),
        "agreements": sorted(pacts, key=lambda r: (r["start"], r["id"])),
        "actors": [{"id": a.id, "name": a.name, "mentions": len(a.mentions)} for a in actors],
    }


def entry(room: Room, record: ArticleRecord, id_: str, made: list[Row] | None) -> Row:
    """One entry with all that is known of it. `made`: the article's corrections; None where it is not kept.

    Raises `Refused` where the article has none of that id.
    """
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("event", record.events, _event),
        ("quote", record.quotes, _quote),
        ("agreement", record.agreements, _agreement),
        ("actor", record.actors, _actor),
        ("place", record.places, _place),
    )
    for kind, some, tell in kinds:
        for found in some:
            if found.id == id_:
                row: Row = {"id": id_, "kind": kind, "article": record.article.id} | tell(record, found)
                row["affair"] = _affair(room, record, id_) if made is not None and kind == "event" else None
                row["corrections"] = [c for c in made or () if c["entry"] == id_]
                return row
    raise Refused(404, f"the article has no entry {id_[:60]!r}")


def _event(record: ArticleRecord, e: Event) -> Row:
    text = record.article.text
    told = {(s.side, s.actor): s for s in e.sides}

    def side(name: str, ids: tuple[str, ...]) -> list[Row]:
        rows = []
        for actor in (record.actor(i) for i in ids):
            if actor:
                how = told.get((name, actor.id))
                rows.append(_who(actor) | {"words": how.span.of(text) if how else None, "via": how.via if how else None})
        return rows

    figures = {f.id: f for f in record.figures}
    return {
        "type": e.type,
        "mode": e.mode,
        "cameo": e.cameo,
        "contexts": list(e.contexts),
        "score": score(e.type, e.mode),
        "status": e.status,
        "background": e.background,
        "source": side("source", e.source),
        "target": side("target", e.target),
        "place": _where(record.place(e.place)),
        "when": _interval(e.when, text),
        "bounds": plain(e.bounds),
        "positions": [_who(actor) | {"stance": p.stance, "words": p.cue.of(text) if p.cue else None} for p in e.positions if (actor := record.actor(p.actor))],
        "figures": [figures[i].span.of(text) for i in e.figures if i in figures],
        "trigger": e.trigger.of(text),
        "evidence": e.evidence.of(text),
        "chain": _through(record, []),
        "rule": e.rule,
    }


def _quote(record: ArticleRecord, q: Quote) -> Row:
    text = record.article.text
    speaker, addressee = record.actor(q.speaker), record.actor(q.addressee)
    relays = [actor.name for i in q.relayed_by if (actor := record.actor(i))]
    return {
        "speaker": _who(speaker) if speaker else None,
        "co_speakers": [_who(actor) for i in q.co_speakers if (actor := record.actor(i))],
        "speaker_mention": _words(q.speaker_mention, text),
        "addressee": _who(addressee) if addressee else None,
        "cue": _words(q.cue, text),
        "content": [s.of(text) for s in q.content],
        "form": q.form,
        "status": q.status,
        "translated": q.translated,
        "when": _interval(q.when, text),
        "relayed_by": relays,
        "chain": _through(record, relays),
        "rule": q.rule,
    }


def _agreement(record: ArticleRecord, a: Agreement) -> Row:
    text = record.article.text
    names = {actor.id: actor.name for actor in record.actors}
    return {
        "name": a.name,
        "agreement": a.kind,
        "status": a.status,
        "signed": a.signed,
        "place": _where(record.place(a.place)),
        "dates": {status: {"start": w.start, "end": w.end} for status, w in a.dates.items()},
        "parties": [_who(actor) for i in a.parties if (actor := record.actor(i))],
        "terms": [
            {
                "obligation": t.obligation,
                "obliged": [names.get(i, i) for i in t.obliged],
                "owed_to": [names.get(i, i) for i in t.owed_to],
                "trigger": t.trigger,
                "what": t.what,
                "until": t.until,
                "evidence": t.evidence.of(text),
            }
            for t in a.terms
        ],
        "evidence": " […] ".join(s.of(text) for s in a.evidence),
        "chain": _through(record, []),
    }


def _actor(record: ArticleRecord, a: Actor) -> Row:
    return _who(a) | {
        "id": a.id,
        "actor": a.kind,
        "sector": a.sector,
        "role": a.role,
        "entity": a.entity,
        "mentions": list(dict.fromkeys(s.of(record.article.text) for s in a.mentions))[:20],
        "times": len(a.mentions),
    }


def _place(record: ArticleRecord, p: Place) -> Row:
    return {"name": p.name, "country": p.country, "latitude": p.latitude, "longitude": p.longitude, "times": len(p.mentions)}


def _who(actor: Actor) -> Row:
    return {"actor_id": actor.id, "name": actor.name, "role": actor.role, "country": actor.country}


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


def _interval(when: Any, text: str) -> Row | None:
    return {"start": when.start, "end": when.end, "words": _words(when.span, text)} if when else None


def _through(record: ArticleRecord, relays: list[str]) -> list[str]:
    return through(relays, record.article.agency, record.article.publisher)


def _where(place: Place | None) -> Row | None:
    return {"id": place.id, "name": place.name, "country": place.country} if place else None


def _affair(room: Room, record: ArticleRecord, event: str) -> Row | None:
    """What other articles tell of the same event: each that says the same, or the contrary."""
    try:
        affair = room.record.affair(event)
    except RecordProblem:
        return None
    denying = {p["article"] for p in affair["positions"] if p["stance"] == "denies"}
    others = [m for m in affair["members"] if m["article"] != record.article.id]
    words = {row["id"]: row for row in room.record.view.events_called([m["event"] for m in others[:OTHERS]])}
    told = []
    for m in others:
        if row := words.get(m["event"]):
            contrary = row["status"] == "negated" or m["article"] in denying
            told.append({k: row[k] for k in ("id", "article", "title", "publisher", "published", "evidence", "status")} | {"contrary": contrary})
    return {k: affair[k] for k in ("id", "independent_outlets", "disputed", "status")} | {"others": told, "more": max(len(others) - OTHERS, 0)}
