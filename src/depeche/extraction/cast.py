"""Everybody an article speaks of, and which word stands for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from depeche.extraction.mention import Mention
from depeche.knowledge.base import Entity, KnowledgeBase
from depeche.record import Span


@dataclass(slots=True, eq=False)
class Party:
    """Somebody that the article speaks of: an actor in the making, or a place (`kind` "place")."""

    key: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    entity: Entity | None = None
    gender: str = "x"
    spans: list[Span] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)

    @property
    def camp(self) -> str:
        """The country that it acts for, else its own key: two parties of one camp are one side of an act."""
        return self.country or self.key

    names: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


class Cast:
    """Everybody an article speaks of, and which word stands for whom."""

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self._at: dict[int, list[Party]] = {}
        self._places: dict[int, Party] = {}

    def introduce(self, party: Party) -> Party:
        """The party under its key, the one already known where there is one."""
        return self.parties.setdefault(party.key, party)

    def bind(self, mention: Mention, parties: Iterable[Party]) -> None:
        """Let a mention's words stand for these parties."""
        bound = list(parties)
        for token in range(mention.start, mention.end):
            self._at[token] = [*self._at.get(token, []), *bound] if mention.joined else bound
        for party in bound:
            party.spans.append(mention.span)
            party.heads.append(mention.head)

    def alias(self, mention: Mention, party: Party) -> None:
        """Let a title's words stand for the person whose name they stand beside, without being a mention of its own."""
        for token in range(mention.start, mention.end):
            self._at.setdefault(token, [party])

    def bind_place(self, mention: Mention, place: Party) -> None:
        """Let a mention's words name a location."""
        for token in range(mention.start, mention.end):
            self._places[token] = place
        place.spans.append(mention.span)
        place.heads.append(mention.head)

    def at(self, token: Token | int) -> list[Party]:
        """Whom a word stands for as an actor."""
        return self._at.get(token if isinstance(token, int) else token.i, [])

    def place_at(self, token: Token | int) -> Party | None:
        """Which location a word names."""
        return self._places.get(token if isinstance(token, int) else token.i)

    def state(self, country: str, knowledge: KnowledgeBase) -> Party | None:
        """The actor that a country is, brought in where the article has not named it as one."""
        entity = knowledge.states.get(country)
        return self.introduce(entity_party(entity)) if entity else None

    @property
    def actors(self) -> list[Party]:
        return [p for p in self.parties.values() if p.kind != "place"]

    @property
    def places(self) -> list[Party]:
        return [p for p in self.parties.values() if p.kind == "place"]


def entity_party(entity: Entity) -> Party:
    """The actor that an entry of the base is."""
    sector = "GOV" if entity.kind == "state" else entity.sector
    return Party(entity.id, entity.name, entity.kind, entity.country, sector, None, entity, entity.gender or "x")
