"""What people checked, as gold: the annotations by which readings are scored and trained, in the format of `benchmarks/GUIDE.md`.

An article is rarely checked whole. What a person confirmed or corrected is firm; what nobody looked at is marked optional, which costs a
reading nothing whether it is found or missed; what a person rejected is not there, so that finding it again costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from depeche.record import Article, ArticleRecord, Event, Span
from depeche.store.corrected import Correction, found_again

Annotation = dict[str, Any]


def gold_of(record: ArticleRecord, corrections: Iterable[Correction]) -> Annotation:
    """One article as a gold file. `record`: with the corrections applied; `corrections`: those that stand."""
    said = [c for c in corrections if not c.undone]
    rejected = {c.entry: c.verdict == "reject" for c in sorted(said, key=lambda c: c.number) if c.field is None}
    looked_at = (c for c in said if not rejected.get(c.entry, False))
    checked = {entry.id for c in looked_at if (entry := found_again(record, c))}
    article = record.article
    snippet = _Snippets(article)

    def firm(id_: str, annotation: Annotation) -> Annotation:
        return annotation if id_ in checked else annotation | {"optional": True}

    return {
        "article": {name: getattr(article, name) for name in ("title", "published", "language", "text")},
        "actors": [{"id": a.id, "name": a.name, "kind": a.kind, "country": a.country, "aliases": []} for a in record.actors],
        "links": [firm(a.id, snippet(s) | {"actor": a.id}) for a in record.actors for s in a.mentions]
        + [firm(p.id, snippet(s) | {"place": {"name": p.name, "country": p.country}}) for p in record.places for s in p.mentions],
        "quotes": [
            firm(q.id, snippet(s) | {"form": q.form, "speaker": q.speaker, "relayed_by": list(q.relayed_by)} | _status(q.status))
            for q in record.quotes
            for s in q.content
        ],
        "events": [annotation for e in record.events for annotation in _tellings(e, snippet, firm)],
        "agreements": [
            firm(g.id, {"kind": g.kind, "or_kind": [], "parties": list(g.parties), "status": g.status} | {"terms": terms})
            for g in record.agreements
            for terms in [[{"obligation": t.obligation, "trigger": t.trigger} for t in g.terms]]
        ],
        "figures": [firm(f.id, snippet(f.span) | {"value": f.value, "approximate": f.approximate}) for f in record.figures],
        "checked_by": sorted({c.who for c in said if c.who}),
    }


class _Snippets:
    """Characters as a gold file points at them: the words, and which occurrence of these where it is not the first."""

    def __init__(self, article: Article) -> None:
        self._text = article.text

    def __call__(self, span: Span, name: str = "text") -> Annotation:
        words = span.of(self._text)
        nth, at = 1, self._text.find(words)
        while at < span.start:
            nth, at = nth + 1, self._text.find(words, at + 1)
        # A link without a count stands for every occurrence.
        return {name: words, "nth": nth}


def _tellings(event: Event, snippet: _Snippets, firm: Callable[[str, Annotation], Annotation]) -> Iterator[Annotation]:
    """The event by its trigger; where else the article tells it may be found, and need not be."""
    said: Annotation = {"type": event.type, "source": list(event.source), "target": list(event.target), "status": event.status}
    if event.when:
        said["when"] = {"start": event.when.start, "end": event.when.end}
    if event.positions:
        said["positions"] = [{"actor": p.actor, "stance": p.stance} for p in event.positions]
    yield firm(event.id, snippet(event.trigger, "trigger") | said)
    for span in event.retold:
        yield snippet(span, "trigger") | said | {"optional": True}


def _status(status: str) -> Annotation:
    return {} if status == "reported" else {"status": status}
