"""One article record as rows of the tables: the index that is rebuilt from the truth."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from depeche.ontology.plover import score
from depeche.ontology.spelling import fold
from depeche.record import Actor, Agreement, ArticleRecord, Event, Place, Span
from depeche.store.identity import key_of, state_of

Rows = dict[str, list[tuple[Any, ...]]]
# Entries that full-text search finds: (id of the entry, kind, day, words).
Searched = list[tuple[str, str, str | None, str]]


def short(article_id: str) -> str:
    """The first twelve hex digits of an article's id, by which its rows are known."""
    return article_id[7:19]


def rows_of(record: ArticleRecord, checked: Mapping[str, str]) -> tuple[Rows, Searched]:
    """The rows of an article by table, each in the order of the table's columns, and the words by which its entries are found.

    `checked`: the entries that a person confirmed or corrected.
    """
    article, text = record.article, record.article.text
    me = short(article.id)
    reader = article.reader
    actors = {a.id: a for a in record.actors}
    places = {p.id: p for p in record.places}
    rows: Rows = defaultdict(list)
    searched: Searched = [(me, "article", article.published, f"{article.title}\n{text}" if article.title and not text.startswith(article.title) else text)]

    versions = (reader.version, reader.pack, reader.knowledge) if reader else (None, None, None)
    known = (article.text_id, article.title, article.published, article.language, article.publisher, article.agency, article.url)
    rows["articles"].append((me, article.id, *known, len(text), *versions, None))
    for a in record.actors:
        rows["actors"].append((a.id, me, a.name, a.kind, a.country, a.sector, a.role, a.entity, key_of(a), state_of(a), len(a.mentions), fold(a.name)))
        rows["mentions"] += [(me, a.id, None, s.start, s.end, s.of(text)) for s in a.mentions]
    for p in record.places:
        rows["places"].append((p.id, me, p.name, p.country, p.latitude, p.longitude))
        rows["mentions"] += [(me, None, p.id, s.start, s.end, s.of(text)) for s in p.mentions]

    counted = {figure: event.id for event in record.events for figure in event.figures}
    for event in record.events:
        day = _add_event(rows, record, event, checked.get(event.id), actors, places)
        searched.append((event.id, "event", day, event.evidence.of(text)))
    for f in record.figures:
        said_by = _names(f.said_by, actors)
        rows["figures"].append(
            (f.id, me, counted.get(f.id), f.value, f.upper, f.approximate, f.bound, f.unit, f.role, said_by, f.span.start, f.span.end, f.span.of(text))
        )
    for q in record.quotes:
        speaker = actors.get(q.speaker or "")
        whole = Span(q.content[0].start, q.content[-1].end)
        words = " […] ".join(s.of(text) for s in q.content)
        day = q.when.start if q.when else article.published
        who = (q.speaker, speaker.name, key_of(speaker), state_of(speaker)) if speaker else (None, None, None, None)
        others = (_names(q.co_speakers, actors), _names(q.relayed_by, actors), _names((q.addressee,) if q.addressee else (), actors))
        cue = q.cue.of(text) if q.cue else None
        rows["quotes"].append((q.id, me, q.form, q.status, *who, *others, day, q.translated, whole.start, whole.end, words, cue, q.rule, checked.get(q.id)))
        searched.append((q.id, "quote", day, words))
    for pact in record.agreements:
        _add_agreement(rows, me, pact, actors, places, article.published, text)
        searched.append((pact.id, "agreement", pact.signed or article.published, " […] ".join(s.of(text) for s in pact.evidence)))
    return dict(rows), searched


def _add_event(rows: Rows, record: ArticleRecord, event: Event, checked: str | None, actors: dict[str, Actor], places: dict[str, Place]) -> str | None:
    me, text, published = short(record.article.id), record.article.text, record.article.published
    place = places.get(event.place or "")
    when, bounds = event.when, event.bounds
    day = when.start if when else (bounds and (bounds.end or bounds.start)) or published
    rows["events"].append(
        (
            *(event.id, me, event.type, event.mode, " ".join(event.contexts), event.cameo, event.status, score(event.type, event.mode), event.background),
            *(day, when and when.start, when and when.end, bounds and bounds.start, bounds and bounds.end, bounds and bounds.basis),
            *((place.id, place.name, place.country, place.latitude, place.longitude) if place else (None,) * 5),
            *(event.trigger.start, event.trigger.end, event.trigger.of(text), json.dumps([[s.start, s.end] for s in event.retold])),
            *(event.evidence.start, event.evidence.end, event.evidence.of(text)),
            *(event.rule, checked),
        )
    )
    told = {(s.side, s.actor): s for s in event.sides}
    for side, ids in (("source", event.source), ("target", event.target)):
        for id_ in ids:
            if actor := actors.get(id_):
                how = told.get((side, id_))
                span = (how.via, how.span.start, how.span.end, how.span.of(text)) if how else (None,) * 4
                key, state = key_of(actor), state_of(actor)
                who = (actor.id, actor.name, actor.kind, actor.country, actor.entity, key, state)
                rows["event_sides"].append((me, event.id, side, *who, *span, state or key, event.type, day))
    for p in event.positions:
        if actor := actors.get(p.actor):
            cue = (p.cue.start, p.cue.end, p.cue.of(text)) if p.cue else (None,) * 3
            rows["positions"].append((me, event.id, actor.id, actor.name, key_of(actor), state_of(actor), p.stance, *cue))
    return day


def _add_agreement(rows: Rows, me: str, pact: Agreement, actors: dict[str, Actor], places: dict[str, Place], published: str | None, text: str) -> None:
    place = places.get(pact.place or "")
    first = min(pact.evidence)
    day = pact.signed or published
    rows["agreements"].append(
        (pact.id, me, pact.name, pact.kind, pact.status, pact.signed, place.name if place else None, day, first.start, first.end, first.of(text))
    )
    for id_ in pact.parties:
        if actor := actors.get(id_):
            rows["agreement_parties"].append((me, pact.id, actor.id, actor.name, key_of(actor), state_of(actor)))
    for t in pact.terms:
        who = (_names(t.obliged, actors), _names(t.owed_to, actors))
        rows["terms"].append((me, pact.id, t.obligation, *who, t.trigger, t.what, t.until, t.evidence.start, t.evidence.end, t.evidence.of(text)))


def _names(ids: Iterable[str], actors: dict[str, Actor]) -> str | None:
    """The names of several actors in one cell, as a JSON list; None for nobody."""
    names = [actors[i].name for i in ids if i in actors]
    return json.dumps(names, ensure_ascii=False) if names else None
