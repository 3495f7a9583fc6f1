"""Finding what is on record: events, quotes, agreements and articles as plain rows, each with the words it was read from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from depeche.ontology.spelling import fold
from depeche.store.batches import batches
from depeche.store.filters import EVERYTHING, Filter, agreements_chosen, events_chosen, is_one_of, page, quotes_chosen, within
from depeche.store.schema import OF_AN_ARTICLE, OF_MANY, actors, agreement_parties, agreements, articles, entries, event_sides, events, positions, quotes, terms
from depeche.store.store import Store

Row = dict[str, Any]


class View:
    """What can be asked of the articles of a store. Every method answers with plain rows, and never writes."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def events(self, f: Filter = EVERYTHING) -> list[Row]:
        """The events that a filter leaves, the latest first."""
        with self.store.reading() as connection:
            ids = [row.id for row in connection.execute(events_chosen(f, self.store.backend.matching))]
            return events_called(connection, ids)

    def events_called(self, ids: list[str]) -> list[Row]:
        """Events by their ids, in the order of these."""
        with self.store.reading() as connection:
            return events_called(connection, ids)

    def quotes(self, f: Filter = EVERYTHING) -> list[Row]:
        """The quotes that a filter leaves, the latest first."""
        q, a = quotes.c, articles.c
        columns = (q.id, q.day, q.speaker_name, q.form, q.status, q.content, q.cue, q.relayed_by, q.co_speakers, q.addressee, q.translated, q.rule, q.checked)
        about = (q.article, a.published, a.publisher, a.agency, a.title, a.url)
        with self.store.reading() as connection:
            chosen = [row.id for row in connection.execute(quotes_chosen(f, self.store.backend.matching))]
            found = {}
            for some in batches(chosen):
                query = select(*columns, *about).join(articles, q.article == a.article).where(q.id.in_(some))
                for row in connection.execute(query):
                    found[row.id] = dict(row._mapping) | {k: json.loads(getattr(row, k) or "[]") for k in ("relayed_by", "co_speakers", "addressee")}
            return [found[i] for i in chosen]

    def speakers(self, f: Filter = EVERYTHING) -> list[Row]:
        """Who is quoted in what a filter leaves, the oftenest first."""
        q = quotes.c
        count = func.count().label("quotes")
        chosen = quotes_chosen(replace(f, limit=None, offset=0), self.store.backend.matching)
        query = chosen.where(q.speaker_key.is_not(None)).with_only_columns(q.speaker_key.label("key"), func.min(q.speaker_name).label("name"), count)
        query = page(query.offset(None).order_by(None).group_by(q.speaker_key).order_by(count.desc(), q.speaker_key), f)
        with self.store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def agreements(self, f: Filter = EVERYTHING) -> list[Row]:
        """The agreements that articles tell of, with parties and terms; `actor` and `counterpart` are parties."""
        g, a = agreements.c, articles.c
        columns = (g.id, g.day, g.name, g.kind, g.status, g.signed, g.place_name, g.evidence, g.article, a.published, a.publisher, a.title)
        query = select(*columns).join(articles, g.article == a.article).where(g.id.in_(agreements_chosen(f)))
        query = page(query.order_by(g.day.desc().nulls_last(), g.id), f)
        with self.store.reading() as connection:
            found = {row.id: dict(row._mapping) | {"parties": [], "terms": []} for row in connection.execute(query)}
            for some in batches(found):
                for member in connection.execute(select(agreement_parties).where(agreement_parties.c.agreement.in_(some))):
                    found[member.agreement]["parties"].append(member.name)
                for term in connection.execute(select(terms).where(terms.c.agreement.in_(some)).order_by(terms.c.start)):
                    who = {"obliged": json.loads(term.obliged or "[]"), "owed_to": json.loads(term.owed_to or "[]")}
                    told = {"trigger": term.trigger, "what": term.what, "until": term.until, "evidence": term.evidence}
                    found[term.agreement]["terms"].append({"obligation": term.obligation} | who | told)
        return list(found.values())

    def actors(self, f: Filter = EVERYTHING) -> list[Row]:
        """Who acts on record, each once, with how many articles name them; `words` is part of a name."""
        c = actors.c
        # An article holds an actor once.
        count, mentioned = func.count().label("articles"), func.sum(c.mentions).label("mentions")
        columns = (func.min(c.name).label("name"), func.min(c.kind).label("kind"), func.min(c.country).label("country"), func.min(c.sector).label("sector"))
        query = select(*columns, func.min(c.entity).label("entity"), c.key, count, mentioned).group_by(c.key).order_by(count.desc(), c.key)
        if f.actor:
            query = query.where(is_one_of(c.state, c.key, f.actor))
        if f.words:
            query = query.where(c.folded.contains(fold(f.words), autoescape=True))
        query = page(query, f)
        with self.store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def articles(self, f: Filter = EVERYTHING) -> list[Row]:
        """The articles on record, the latest first, with how many events and quotes each has."""
        a = articles.c
        n_events = select(func.count()).where(events.c.article == a.article).scalar_subquery().label("events")
        n_quotes = select(func.count()).where(quotes.c.article == a.article).scalar_subquery().label("quotes")
        query = select(a.article, a.published, a.publisher, a.agency, a.title, a.url, a.language, a.characters, a.superseded_by, n_events, n_quotes)
        query = query.where(*within(a.published, f)).order_by(a.published.desc().nulls_last(), a.article)
        if f.words:
            query = query.where(a.article.in_(select(entries.c.article).where(entries.c.number.in_(self.store.backend.matching(f.words)))))
        query = page(query, f)
        with self.store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def sql(self, query: str) -> list[Row]:
        """The answer to a question in SQL, asked so that nothing can be written."""
        with self.store.reading() as connection:
            return self.store.backend.answer(connection, query)

    def tables(self) -> Iterator[tuple[str, list[str], list[Row]]]:
        """Every table of the index with its columns and rows, for a program that takes them over whole."""
        for table in (*OF_AN_ARTICLE, *OF_MANY):
            with self.store.reading() as connection:
                yield table.name, [c.name for c in table.columns], [dict(row._mapping) for row in connection.execute(select(table))]


def events_called(connection: Connection, ids: list[str]) -> list[Row]:
    """Events by their ids, in the order of these, with the names on each side and who stands behind or against them."""
    sides: dict[tuple[str, str], list[str]] = defaultdict(list)
    stances: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Row] = {}
    e, a = events.c, articles.c
    what = (e.id, e.day, e.when_start, e.when_end, e.type, e.mode, e.cameo, e.contexts, e.status, e.score, e.background, e.rule, e.checked)
    where = (e.place_name, e.place_country, e.latitude, e.longitude)
    told = (e.trigger, e.evidence, e.article, a.published, a.publisher, a.agency, a.title, a.url)
    for some in batches(ids):
        for row in connection.execute(select(event_sides.c.event, event_sides.c.side, event_sides.c.name).where(event_sides.c.event.in_(some))):
            sides[row.event, row.side].append(row.name)
        for row in connection.execute(select(positions.c.event, positions.c.name, positions.c.stance).where(positions.c.event.in_(some))):
            stances[row.event].append(f"{row.name} {row.stance}")
        for act in connection.execute(select(*what, *where, *told).join(articles, e.article == a.article).where(e.id.in_(some))):
            found[act.id] = dict(act._mapping) | {
                "contexts": act.contexts.split(),
                "source": sides[act.id, "source"],
                "target": sides[act.id, "target"],
                "positions": stances[act.id],
            }
    return [{k: found[i][k] for k in _EVENT_ORDER} for i in ids if i in found]


_EVENT_ORDER = """id day type mode status source target place_name place_country trigger evidence positions when_start when_end cameo contexts score background
    latitude longitude rule checked article published publisher agency title url""".split()
