"""What has been read so far: who was named, in what order, and which countries the article speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from spacy.tokens import Doc

from depeche.extraction.cast import Cast, Party, entity_party
from depeche.extraction.grammar import sentence_of, text_of
from depeche.extraction.marks import Marked, find_marked
from depeche.extraction.mention import Mention
from depeche.knowledge.base import Entity, KnowledgeBase
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold


@dataclass
class Scene:
    """One article while its mentions are taken in their order. `on`: the article's date; `recent`: (token, who) in the order of the text."""

    doc: Doc
    pack: LanguagePack
    knowledge: KnowledgeBase
    on: str | None
    mentions: list[Mention]
    cast: Cast = field(default_factory=Cast)
    recent: list[tuple[int, Party]] = field(default_factory=list)
    named_places: list[tuple[int, str]] = field(default_factory=list)
    countries: dict[str, int] = field(default_factory=dict)
    covered: int = 0  # the token behind the last description that was resolved

    def __post_init__(self) -> None:
        self.countries = self._countries_named()

    @cached_property
    def marked(self) -> list[Marked]:
        """The quotations between marks."""
        return find_marked(text_of(self.doc))

    @cached_property
    def nominal(self) -> list[int]:
        """The words that somebody or something could be called by."""
        return [t.i for t in self.doc if t.pos_ in ("NOUN", "PROPN") or t.dep_.startswith("nsubj")]

    @cached_property
    def sentences(self) -> list[int]:
        """The number of each word's sentence."""
        return list(accumulate(int(bool(t.is_sent_start)) for t in self.doc))

    @cached_property
    def by_name(self) -> set[int]:
        """The heads of names."""
        return {m.head for m in self.mentions if m.kind == "name"}

    @cached_property
    def described(self) -> set[int]:
        """The heads of descriptions that are no titles."""
        return {m.head for m in self.mentions if m.kind in ("description", "institution", "called") and m.title_of is None}

    def _countries_named(self) -> dict[str, int]:
        """How often each country is named or called by its adjective: what decides between namesakes."""
        counts: dict[str, int] = {}
        for mention in self.mentions:
            sure = {
                self.knowledge.entity(n.row).country
                for n in mention.names
                if n.what in ("name", "capital", "seat", "people") and not self.generic(mention, n.what)
            }
            for country in sure if len(sure) == 1 else ():
                if country:
                    counts[country] = counts.get(country, 0) + 1
        for token in self.doc:
            for country in self.knowledge.adjectives.get(fold(token.text), ()) if token.pos_ == "ADJ" else ():
                counts[country] = counts.get(country, 0) + 1
        return counts

    def generic(self, mention: Mention, what: str) -> bool:
        """Is it a name that institutions of many states bear ("l'Assemblée nationale", "la Cour suprême")?"""
        if what != "seat" or self.doc[mention.start].lemma_.lower() not in self.pack.institutions:
            return False
        return not any(fold(t.text) in self.knowledge.adjectives for t in self.doc[mention.start : mention.end])

    def note(self, mention: Mention, parties: list[Party]) -> None:
        """Let a mention stand for these parties from here on."""
        self.cast.bind(mention, parties)
        self.recent += [(mention.head, p) for p in parties]
        if mention.kind in ("description", "institution", "press", "body"):
            self.covered = mention.end  # names inside the description are part of it

    def note_place(self, mention: Mention, place: Party) -> None:
        """Let a mention name a location."""
        self.cast.bind_place(mention, self.cast.introduce(place))
        if place.country:
            self.named_places.append((mention.start, place.country))

    def country(self, countries: tuple[str, ...]) -> str | None:
        """One country of several that an adjective may mean: the one that the article speaks of most."""
        if len(countries) == 1:
            return countries[0]
        ranked = sorted(countries, key=lambda c: -self.countries.get(c, 0))
        return ranked[0] if countries and self.countries.get(ranked[0], 0) else None

    def state_here(self, token: int) -> Party | None:
        """The state of what happens at a token, where its words name none: of the place that opens the sentence, else the article's own."""
        start = sentence_of(self.doc[token])[0]
        opening = next((c for at, c in reversed(self.named_places) if start <= at <= start + 3 and at < token), None)
        if opening is not None:
            return self.cast.state(opening, self.knowledge)
        return self.main_state() or self.last_state(token)

    def main_state(self) -> Party | None:
        """The state that the article is about: the one that is named most, if it stands out."""
        ranked = sorted(self.countries.items(), key=lambda c: -c[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
            return self.cast.state(ranked[0][0], self.knowledge)
        return None

    def last_state(self, token: int) -> Party | None:
        """The state or place last named, in this sentence or the two before."""
        floor = self.sentence_before(sentence_of(self.doc[token])[0], 2)
        named = [(at, p.country) for at, p in self.recent if p.kind == "state" and p.country] + list(self.named_places)
        near = [(at, c) for at, c in named if floor <= at < token]
        return self.cast.state(max(near)[1], self.knowledge) if near else None

    def sentence_before(self, start: int, count: int) -> int:
        """The first token of the sentence `count` before the one that starts at a token."""
        at = start
        for _ in range(count):
            if at <= 0:
                return 0
            at = sentence_of(self.doc[at - 1])[0]
        return at

    def party(self, entity: Entity) -> Party:
        """The actor that an entry is at the article's date: an official of an international body speaks for that, not for a country."""
        party = entity_party(entity)
        if entity.kind == "person" and (on := self.on) is not None:
            held = [t for t in self.knowledge.tenures_of(entity.row) if t.on(on)]
            body = next((t.organisation for t in held if t.organisation), None)
            if body is not None and not any(t.country for t in held):
                country, sector = self.knowledge.body(body)
                party.country, party.sector = country, sector
            elif not held and entity.sector == "GOV":
                party.sector = "ELI"  # who governed once: PLOVER's former elites
        return party

    def offices_of(self, entity: Entity) -> list[str]:
        """The offices that somebody holds at the article's date."""
        on = self.on
        return [t.office for t in self.knowledge.tenures_of(entity.row) if on and t.on(on)]


def genders_agree(one: str | None, other: str) -> bool:
    """May two mentions be one by their gender (x: unknown)? Numbers are left aside."""
    return not one or "x" in (one[0], other[0]) or one[0] == other[0]
