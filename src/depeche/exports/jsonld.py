"""Articles, events and quotes in schema.org's terms, as JSON-LD.

An event is typed both `Event` (when and where) and `Action` (who did it, to whom): schema.org has these apart. What schema.org has no term
for (PLOVER's type and mode, CAMEO's code, the status) stands under our own names, whose prefix the context declares.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, select

from depeche.exports.choosing import ALL, Chosen, streamed
from depeche.exports.files import text_file, write_items
from depeche.exports.told import SideActor, ToldEvent, told_events
from depeche.exports.whole import texts_of
from depeche.exports.words import Text, Veil
from depeche.store.filters import Filter
from depeche.store.schema import actors, articles, quotes
from depeche.store.store import Store

OURS = "urn:depeche:term:"
# Inline, so that no program has to fetch a context from the net.
CONTEXT = {"@vocab": "https://schema.org/", "depeche": OURS, "url": {"@type": "@id"}, "isPartOf": {"@type": "@id"}, "subjectOf": {"@type": "@id"}}
_WIKIDATA = "http://www.wikidata.org/entity/"
_TYPES = {"person": "Person", "state": "Country"}
# What is alleged or did not happen is neither done nor to come; `depeche:status` tells.
_DONE = {"reported": "CompletedActionStatus", "planned": "PotentialActionStatus", "hypothetical": "PotentialActionStatus"}
Node = dict[str, Any]


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """One document; how many articles, events and quotes it has."""
    counts: Counter[str] = Counter({"articles": 0, "events": 0, "quotes": 0})

    def nodes(connection: Connection) -> Iterator[Node]:
        veil, chosen = Veil(connection, text), Chosen(store, filter)
        for kind, some in (("articles", _articles(connection, chosen, text)), ("events", _events(connection, chosen, veil))):
            for node in some:
                counts[kind] += 1
                yield node
        for node in _quotes(connection, chosen, veil):
            counts["quotes"] += 1
            yield node

    with store.reading() as connection, text_file(path) as stream:
        write_items(stream, nodes(connection), f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [', "\n]}\n")
    return dict(counts)


def article_iri(url: str | None, id_: str) -> str:
    """An article's address, or where it has none a name made of its id."""
    return url or f"urn:depeche:article:{id_.removeprefix('sha256:')}"


def entry_iri(id_: str) -> str:
    """The name of an event, a quote, a figure … outside the record."""
    return f"urn:depeche:{id_}"


def actor_iri(key: str, entity: str | None) -> str:
    """Who an actor is outside the record: Wikidata's item where the record knows one."""
    if entity and entity[:1] == "Q" and entity[1:].isdigit():
        return _WIKIDATA + entity
    return f"urn:depeche:actor:{quote(key)}"


def _articles(connection: Connection, chosen: Chosen, text: Text) -> Iterator[Node]:
    query = select(articles).where(chosen.of(articles)).order_by(articles.c.article)
    for rows in streamed(connection, query):
        bodies = texts_of(connection, [a.article for a in rows]) if text == "full" else {}
        for a in rows:
            yield _node(
                "NewsArticle",
                article_iri(a.url, a.id),
                identifier=a.id,
                headline=None if text == "none" else a.title,
                datePublished=a.published,
                inLanguage=a.language,
                publisher={"@type": "Organization", "name": a.publisher} if a.publisher else None,
                sourceOrganization={"@type": "NewsMediaOrganization", "name": a.agency} if a.agency else None,
                url=a.url,
                articleBody=bodies.get(a.article),
            )


def _events(connection: Connection, chosen: Chosen, veil: Veil) -> Iterator[Node]:
    for batch in told_events(connection, chosen, veil):
        for told in batch:
            yield _event(told, veil)


def _event(told: ToldEvent, veil: Veil) -> Node:
    e = told.row
    return _node(
        ["Event", "Action"],
        entry_iri(e.id),
        name=None if veil.drawn else e.trigger,
        description=None if veil.drawn else e.evidence,
        agent=[_actor(a) for a in told.source],
        object=[_actor(a) for a in told.target],
        # What the text says; where it gives no day, none stands here.
        startDate=e.when_start,
        endDate=e.when_end,
        location=_place(e, veil),
        actionStatus=f"https://schema.org/{_DONE[e.status]}" if e.status in _DONE else None,
        subjectOf=article_iri(e.url, e.article_id),
        **{"depeche:type": e.type, "depeche:mode": e.mode, "depeche:cameo": e.cameo, "depeche:score": e.score, "depeche:status": e.status},
        **{"depeche:context": e.contexts.split()},
    )


def _quotes(connection: Connection, chosen: Chosen, veil: Veil) -> Iterator[Node]:
    columns = (quotes, actors.c.kind, actors.c.country, actors.c.entity, articles.c.id.label("article_id"), articles.c.url)
    query = select(*columns).join(articles, articles.c.article == quotes.c.article).outerjoin(actors, actors.c.id == quotes.c.speaker)
    for rows in streamed(connection, query.where(chosen.of(quotes)).order_by(quotes.c.id)):
        for q in rows:
            key = veil.key(q.speaker_key)
            speaker = SideActor(veil.name(q.speaker_name, q.speaker_key), q.kind, q.country, q.entity, key, q.speaker_state) if key else None
            yield _node(
                "Quotation",
                entry_iri(q.id),
                text=None if veil.drawn else q.content,
                creator=_actor(speaker) if speaker else None,
                isPartOf=article_iri(q.url, q.article_id),
                **{"depeche:form": q.form, "depeche:status": q.status, "depeche:day": q.day},
            )


def _actor(actor: SideActor) -> Node:
    type_ = _TYPES.get(actor.kind or "", "Organization")
    return _node(type_, actor_iri(actor.key, actor.entity), name=actor.name, **{"depeche:country": actor.country, "depeche:sector": actor.sector})


def _place(e: Any, veil: Veil) -> Node | None:
    name = veil.place(e.place_name)
    if not name:
        return None
    geo = {"@type": "GeoCoordinates", "latitude": e.latitude, "longitude": e.longitude} if e.latitude is not None else None
    address = {"@type": "PostalAddress", "addressCountry": e.place_country} if e.place_country else None
    return _node("Place", None, name=name, geo=geo, address=address)


def _node(type_: str | list[str], id_: str | None, **properties: Any) -> Node:
    """A node without what is not known."""
    known = {k: v for k, v in properties.items() if v is not None and v != []}
    return {"@type": type_} | ({"@id": id_} if id_ else {}) | known
