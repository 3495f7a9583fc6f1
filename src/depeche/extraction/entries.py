"""Write what the stages found as the plain typed entries of the record."""

from __future__ import annotations

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.dates import DateMention
from depeche.extraction.figures import Quantity
from depeche.extraction.pacts import Pact
from depeche.extraction.quotes import Quotation
from depeche.extraction.stages import Stages
from depeche.extraction.timing import date_of
from depeche.record import (
    Actor,
    Agreement,
    Article,
    ArticleRecord,
    Event,
    Figure,
    Place,
    Position,
    Quote,
    Side,
    Span,
    Term,
    When,
    bounds_of,
    entry_id,
)


def write_record(article: Article, stages: Stages) -> ArticleRecord:
    """The record of an article from its finished stages."""
    acts, quotations, pacts = stages.told, stages.quotes, stages.agreements
    ids = _Ids(article)
    parties = list(stages.actors.parties.values())  # after every stage: some bring actors in
    actors = tuple(_actor(p, ids) for p in parties if p.kind != "place")
    places = tuple(_place(p, ids) for p in parties if p.kind == "place")
    return ArticleRecord(
        article,
        actors,
        places,
        tuple(_event(a, article, ids) for a in acts),
        tuple(_quote(q, stages, ids) for q in quotations),
        tuple(_agreement(p, ids) for p in pacts),
        tuple(_figure(f, quotations, ids) for f in stages.figures),
    )


class _Ids:
    """Ids of entries, made from where they stand; what two entries at one place share is told apart by a count."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._of_party: dict[int, str] = {}
        self._taken: dict[str, int] = {}

    def new(self, letter: str, start: int) -> str:
        base = entry_id(self._article, letter, start)
        count = self._taken.get(base, 0)
        self._taken[base] = count + 1
        return base if not count else f"{base}.{count}"

    def party(self, party: Party) -> str:
        if id(party) not in self._of_party:
            start = min((s.start for s in party.spans), default=len(self._article.text))
            self._of_party[id(party)] = self.new("p" if party.kind == "place" else "a", start)
        return self._of_party[id(party)]


def _actor(party: Party, ids: _Ids) -> Actor:
    entity = party.entity.id if party.entity is not None else None
    return Actor(ids.party(party), party.name, party.kind, party.country, party.sector, party.role, entity, tuple(sorted(set(party.spans))))


def _place(party: Party, ids: _Ids) -> Place:
    entity = party.entity
    return Place(
        ids.party(party), party.name, party.country, entity.latitude if entity else None, entity.longitude if entity else None, tuple(sorted(set(party.spans)))
    )


def _when(date: DateMention | None) -> When | None:
    return When(date.interval[0], date.interval[1], date.span) if date is not None and date.interval else None


def _event(act: Act, article: Article, ids: _Ids) -> Event:
    when = _when(act.date)
    sides = [
        Side(name, ids.party(f.party), Span(f.token.idx, f.token.idx + len(f.token.text)), f.via)
        for name, side in (("source", act.source), ("target", act.target))
        for f in side
    ]
    row = act.row
    return Event(
        ids.new("e", act.trigger.start),
        row.type,
        row.mode,
        row.contexts,
        row.cameo,
        act.trigger,
        tuple(act.retold),
        act.evidence,
        tuple(ids.party(f.party) for f in act.source),
        tuple(ids.party(f.party) for f in act.target),
        tuple(sides),
        ids.party(act.place) if act.place is not None else None,
        when,
        bounds_of(when, article.published, act.status),
        act.background,
        act.status,
        tuple(Position(ids.party(p), stance, cue) for p, stance, cue in act.positions),
        tuple(entry_id(article, "f", f.span.start) for f in act.figures),
        row.rule,
    )


def _quote(quotation: Quotation, stages: Stages, ids: _Ids) -> Quote:
    speaker = quotation.speakers[0] if quotation.speakers else None
    token = quotation.speaker_token
    cue = quotation.cue
    said = date_of(cue.token, stages.dates, {cue.token.i}) if cue is not None else None
    return Quote(
        ids.new("q", quotation.content[0].start),
        tuple(quotation.content),
        quotation.form,
        ids.party(speaker) if speaker is not None else None,
        tuple(ids.party(p) for p in quotation.speakers[1:]),
        Span(token.idx, token.idx + len(token.text)) if token is not None and speaker is not None else None,
        cue.span if cue is not None else None,
        ids.party(quotation.addressee) if quotation.addressee is not None else None,
        tuple(ids.party(p) for p in quotation.relays),
        _when(said),
        quotation.translated,
        quotation.status,
        quotation.rule,
    )


def _agreement(pact: Pact, ids: _Ids) -> Agreement:
    parties = tuple(ids.party(p) for p in pact.parties)
    dates = {status: when for status, date in pact.dates.items() if (when := _when(date)) is not None}
    signed = dates["signed"].start if "signed" in dates and dates["signed"].start == dates["signed"].end else None
    terms = tuple(
        Term(
            c.obligation,
            obliged := tuple(ids.party(p) for p in c.obliged) or parties,
            tuple(p for p in parties if p not in obliged) or parties,
            c.trigger,
            c.what,
            None,
            c.evidence,
        )
        for c in pact.clauses
    )
    return Agreement(
        ids.new("g", pact.evidence[0].start), pact.name, pact.kind, parties, pact.status or "announced", dates, signed, None, terms, tuple(pact.evidence)
    )


def _figure(quantity: Quantity, quotations: list[Quotation], ids: _Ids) -> Figure:
    around = [q for q in quotations if q.tokens[0] <= quantity.start < q.tokens[1] and q.speakers]
    said_by = min(around, key=lambda q: q.tokens[1] - q.tokens[0]).speakers if around else []
    return Figure(
        ids.new("f", quantity.span.start),
        quantity.value,
        quantity.upper,
        quantity.approximate,
        quantity.bound,
        quantity.unit,
        quantity.role,
        tuple(ids.party(p) for p in said_by),
        quantity.span,
    )
