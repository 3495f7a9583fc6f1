"""Pacts that articles tell of: the agreements of many articles, one pact where parties, kind and day are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from depeche.affairs.pact import Duty, Pact, Party
from depeche.affairs.register import register
from depeche.ontology.agreements import STATUSES
from depeche.ontology.spelling import fold
from depeche.record import Agreement, ArticleRecord
from depeche.store.identity import key_of, state_of
from depeche.store.schema import agreements, articles
from depeche.store.store import Store

_DATE_NAMES = {"signed": "signed", "ratified": "ratified", "in_force": "in_force", "terminated": "ended", "suspended": "suspended", "announced": "announced"}
# Days between two reports that give different days for one signature.
_NEAR = 3
# The family of a kind: what one report calls a partnership is a defence pact in a fuller one.
_DEFENCE = frozenset({"mutual_defence", "strategic_partnership", "consultation", "cooperation"})
_PEACE = frozenset({"ceasefire", "peace"})


@dataclass(frozen=True, slots=True)
class _Told:
    article: str
    published: str | None
    agreement: Agreement
    parties: tuple[Party, ...]
    terms: tuple[Duty, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(p.code for p in self.parties)

    @property
    def signed(self) -> str | None:
        return self.agreement.signed


def pacts_told(store: Store) -> list[Pact]:
    """The pacts that the articles of a record tell of, by day of signature; the same in whatever order the articles came."""
    told = sorted(_all_told(store), key=lambda t: (t.signed or t.published or "", t.article, t.agreement.id))
    groups: list[list[_Told]] = []
    # Groups by each party: only what shares one is compared.
    by_party: dict[str, list[int]] = defaultdict(list)
    for one in told:
        near = sorted({i for code in one.codes for i in by_party[code]})
        home = next((i for i in near if any(_same(one, other) for other in groups[i])), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(one)
        for code in one.codes:
            if home not in by_party[code]:
                by_party[code].append(home)
    return sorted((_pact(g) for g in groups), key=lambda p: (p.dates.get("signed", ""), p.id))


def _all_told(store: Store) -> list[_Told]:
    query = select(agreements.c.article).join(articles, articles.c.article == agreements.c.article).where(articles.c.superseded_by.is_(None)).distinct()
    with store.reading() as connection:
        ids = sorted(connection.execute(query).scalars())
    found = []
    for start in range(0, len(ids), 500):
        for record in store.records(ids[start : start + 500], as_corrected=True):
            found += [_told(record, agreement) for agreement in record.agreements if agreement.parties]
    return found


def _told(record: ArticleRecord, agreement: Agreement) -> _Told:
    parties: list[Party] = []
    codes: dict[str, str] = {}
    for id_ in agreement.parties:
        if actor := record.actor(id_):
            code = state_of(actor) or key_of(actor)
            codes[id_] = code
            if code not in {p.code for p in parties}:
                parties.append(Party(code, actor.name, actor.country, None, None))
    terms = tuple(
        Duty(
            t.obligation,
            tuple(dict.fromkeys(codes[i] for i in t.obliged if i in codes)),
            tuple(dict.fromkeys(codes[i] for i in t.owed_to if i in codes)),
            t.trigger,
            None,
            t.what,
            until=t.until,
            evidence=record.words(t.evidence),
        )
        for t in agreement.terms
    )
    return _Told(record.article.id, record.article.published, agreement, tuple(parties), terms)


def _same(a: _Told, b: _Told) -> bool:
    """Do two reports tell of one pact? Same parties (or one report names fewer of them), a kindred kind, days that do not differ."""
    if not a.codes & b.codes or not (a.codes <= b.codes or b.codes <= a.codes):
        return False
    if min(len(a.codes), len(b.codes)) < 2 and not _called_alike(a, b):
        return False
    kinds = {a.agreement.kind, b.agreement.kind}
    if len(kinds) > 1 and not kinds <= _DEFENCE and not kinds <= _PEACE and "other" not in kinds:
        return False
    if a.signed and b.signed:
        return abs(_ordinal(a.signed) - _ordinal(b.signed)) <= _NEAR
    return _called_alike(a, b) or (a.agreement.kind == b.agreement.kind and _close(a.published, b.published))


def _called_alike(a: _Told, b: _Told) -> bool:
    return bool(a.agreement.name and b.agreement.name) and fold(a.agreement.name or "") == fold(b.agreement.name or "")


def _close(a: str | None, b: str | None) -> bool:
    """Reports without a day of signature speak of the same pact where they came within a month."""
    return a is not None and b is not None and abs(_ordinal(a) - _ordinal(b)) <= 31


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _pact(group: list[_Told]) -> Pact:
    group = sorted(group, key=lambda t: (t.published or "", t.agreement.id))
    parties: dict[str, Party] = {}
    for told in group:
        for party in told.parties:
            parties.setdefault(party.code, party)
    dates: dict[str, str] = {}
    for told in group:
        given = {name: when.start for name, when in told.agreement.dates.items()}
        if told.signed:
            given.setdefault("signed", told.signed)
        for name, day in given.items():
            if name in _DATE_NAMES:
                dates.setdefault(_DATE_NAMES[name], day)
    names = Counter(t.agreement.name for t in group if t.agreement.name)
    kind = _strongest([t.agreement.kind for t in group])
    name = min(names, key=lambda n: (-names[n], n)) if names else f"{kind.replace('_', ' ')} of {', '.join(p.name for p in parties.values())}"
    pact = Pact(
        id=min(t.agreement.id for t in group),
        name=name,
        kind=kind,
        parties=tuple(parties.values()),
        dates=dates,
        status=max((t.agreement.status for t in group), key=STATUSES.index),
        terms=_terms(group),
        source=tuple(dict.fromkeys(t.article for t in group)),
        other_names=tuple(sorted(n for n in names if n != name)),
    )
    return replace(pact, same_as=_registered(pact))


def _strongest(kinds: list[str]) -> str:
    order = ("mutual_defence", "peace", "ceasefire", "non_aggression", "neutrality", "consultation", "strategic_partnership", "arms_control", "trade")
    return min(kinds, key=lambda k: (order.index(k) if k in order else 9, k))


def _terms(group: list[_Told]) -> tuple[Duty, ...]:
    """Every obligation once, by the fullest clause that tells it."""
    found: dict[tuple[str, str, frozenset[str]], list[Duty]] = defaultdict(list)
    for told in group:
        for term in told.terms:
            found[term.obligation, term.trigger, frozenset(term.obliged)].append(term)
    return tuple(max(some, key=lambda t: (len(t.what or ""), t.evidence or "")) for some in found.values())


def _registered(pact: Pact) -> str | None:
    """The pact of the register that articles tell of: the same parties, and the same day of signature."""
    signed = pact.dates.get("signed")
    codes = {p.code for p in pact.parties}
    for known in register():
        if signed and known.dates.get("signed") == signed and codes <= {p.code for p in known.parties}:
            return known.id
    return None
