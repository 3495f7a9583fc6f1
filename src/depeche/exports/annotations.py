"""Every entry as a W3C Web Annotation on its article, for Hypothesis, Recogito and other annotators.

Each points at its words twice: by position (`TextPositionSelector`, in Unicode code points of the article's text as the record has it) and
by quoting them (`TextQuoteSelector`, with up to 32 characters on either side), so that they are found again in a page laid out otherwise.
Without text only the positions go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from depeche.exports.choosing import ALL, Chosen, streamed
from depeche.exports.files import text_file, write_items
from depeche.exports.jsonld import actor_iri, article_iri, entry_iri
from depeche.exports.whole import records_of
from depeche.exports.words import Text, Veil
from depeche.record import Actor, ArticleRecord, Span
from depeche.store.filters import Filter
from depeche.store.identity import key_of
from depeche.store.rows import short
from depeche.store.schema import agreements, articles, events, quotes
from depeche.store.store import Store

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Code points quoted on either side of the words.
AROUND = 32
# Records are large: so many stand in memory at a time.
_FEW = 100
Node = dict[str, Any]


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """One document, an annotation collection; how many annotations of each kind it has."""
    counts: Counter[str] = Counter()

    def annotations(connection: Connection) -> Iterator[Node]:
        veil, chosen = Veil(connection, text), Chosen(store, filter)
        for rows in streamed(connection, select(articles.c.article).where(chosen.of(articles)).order_by(articles.c.article)):
            for some in (rows[i : i + _FEW] for i in range(0, len(rows), _FEW)):
                few = [row.article for row in some]
                left = _left(connection, chosen, few)
                for record in records_of(connection, few):
                    for kind, annotation in _Annotator(record, text, veil, left).annotations():
                        counts[kind] += 1
                        yield annotation

    before = f'{{"@context": "{CONTEXT}", "id": "urn:depeche:annotations", "type": "AnnotationCollection", "first": '
    before += '{"id": "urn:depeche:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": ['
    with store.reading() as connection, text_file(path) as stream:
        write_items(stream, annotations(connection), before, "\n]}")
        stream.write(f', "total": {sum(counts.values())}}}\n')
    return dict(counts)


def _left(connection: Connection, chosen: Chosen, some: list[str]) -> set[str]:
    """Of the entries of some articles those that the filter leaves."""
    tables = (events, quotes, agreements)
    return {i for t in tables for i in connection.execute(select(t.c.id).where(t.c.article.in_(some), chosen.of(t))).scalars()}


class _Annotator:
    """Makes the annotations of one article."""

    def __init__(self, record: ArticleRecord, text: Text, veil: Veil, left: set[str]) -> None:
        self._record, self._text, self._veil, self._left = record, text, veil, left
        self._source = article_iri(record.article.url, record.article.id)
        self._actors = {a.id: a for a in record.actors}

    def annotations(self) -> Iterator[tuple[str, Node]]:
        r = self._record
        if self._text == "full":
            whole = {"type": "TextualBody", "value": r.article.text, "format": "text/plain", "purpose": "describing"}
            whole |= {"language": r.article.language} if r.article.language else {}
            yield "articles", {"id": entry_iri(f"{short(r.article.id)}-text"), "type": "Annotation", "body": whole, "target": self._source}
        for a in r.actors:
            yield from (("mentions", self._annotation(f"{a.id}-{s.start}", "identifying", [self._actor(a)], [s])) for s in a.mentions)
        for p in r.places:
            name = self._veil.place(p.name)
            body = [_tag(name, "identifying")] if name else []
            yield from (("mentions", self._annotation(f"{p.id}-{s.start}", "identifying", body, [s])) for s in p.mentions)
        for e in r.events:
            if e.id in self._left:
                what = f"{e.type} {e.mode}" if e.mode else e.type
                tags = [_tag(what, "classifying"), _tag(e.status, "assessing")]
                yield "events", self._annotation(e.id, "classifying", tags, [e.trigger, *e.retold])
        for q in r.quotes:
            if q.id in self._left:
                speaker = self._actors.get(q.speaker or "")
                body = [_tag("quotation", "classifying"), *([self._actor(speaker)] if speaker else [])]
                yield "quotes", self._annotation(q.id, "classifying", body, list(q.content))
        for g in r.agreements:
            if g.id in self._left:
                yield "agreements", self._annotation(g.id, "classifying", [_tag(g.kind, "classifying"), _tag(g.status, "assessing")], list(g.evidence))
        for f in r.figures:
            value = f"{f.role}: {f.value:g}" + (f"–{f.upper:g}" if f.upper is not None else "")
            yield "figures", self._annotation(f.id, "classifying", [_tag(value, "classifying")], [f.span])

    def _annotation(self, id_: str, motivation: str, body: list[Node], spans: list[Span]) -> Node:
        targets = [{"type": "SpecificResource", "source": self._source, "selector": self._selectors(span)} for span in spans]
        node = {"id": entry_iri(id_), "type": "Annotation", "motivation": motivation}
        return node | ({"body": body} if body else {}) | {"target": targets[0] if len(targets) == 1 else targets}

    def _selectors(self, span: Span) -> list[Node]:
        position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        if self._veil.drawn:
            return [position]
        text = self._record.article.text
        around = {"prefix": text[max(0, span.start - AROUND) : span.start], "suffix": text[span.end : span.end + AROUND]}
        return [position, {"type": "TextQuoteSelector", "exact": span.of(text)} | around]

    def _actor(self, actor: Actor) -> Node:
        key = key_of(actor)
        name = self._veil.name(actor.name, key)
        source = {"id": actor_iri(self._veil.key(key) or "", actor.entity)} | ({"label": name} if name else {})
        return {"type": "SpecificResource", "source": source, "purpose": "identifying"}


def _tag(value: str, purpose: str) -> Node:
    return {"type": "TextualBody", "value": value, "purpose": purpose}
