"""Which names are locations here, and who acts behind the name of a state, a capital or a region."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz.distance import OSA

from depeche.extraction.cast import Party, entity_party
from depeche.extraction.mention import Mention
from depeche.extraction.scene import Scene
from depeche.extraction.standing import stands_for_place
from depeche.knowledge.base import Entity
from depeche.ontology.spelling import fold, slug


class Locations:
    """The places of one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.doc, self.cast, self.knowledge = scene, scene.doc, scene.cast, scene.knowledge

    def located(self, mention: Mention, what: set[str]) -> bool:
        """Is a state's, capital's or seat's name a location here? A seat is one only behind "à" ("reçu au Kremlin")."""
        if "name" not in what and "capital" not in what:
            before = self.doc[mention.start - 1].lower_ if mention.start else ""
            if self.scene.pack.closed["contraction"].get(before, before) not in self.scene.pack.closed["dative"] or self.scene.pack.institutions.get(
                self.doc[mention.start].lemma_.lower()
            ):
                return False
        return stands_for_place(self.doc[mention.head], mention, self.scene.pack, self._is_city, self._in_name, capital="name" not in what or "capital" in what)

    def acts(self, mention: Mention) -> bool:
        """Does a region act as its government does ("des négociations avec la Catalogne")?"""
        if not any(n.what == "region" for n in mention.names):
            return False
        before = [t.lower_ for t in self.doc[max(0, mention.start - 2) : mention.start]]
        return any(word in self.scene.pack.closed["partner"] for word in before)

    def acting_for(self, mention: Mention, state: Entity) -> Party:
        """The actor behind a state's or capital's name: Brussels acts for the Union, unless Belgium is what the article is about."""
        bodies = [e for n in mention.names if n.what == "seat" and (e := self.knowledge.entity(n.row)).kind == "organisation"]
        named = (m for m in self.scene.mentions if m.kind != "pronoun" and any(n.row == state.row and n.what in ("name", "people") for n in m.names))
        if bodies and not any(True for _ in named):
            return entity_party(bodies[0])
        return entity_party(state)

    def _is_city(self, token: int) -> bool:
        """Does the word stand in the name of a place that is no state and no capital?"""
        mention = self._name_at(token)
        if mention is None or self.acts(mention):
            return False
        return mention.head == token and mention.label == "LOC" and not any(n.what in ("name", "capital", "people") for n in mention.names)

    def _in_name(self, token: int) -> bool:
        """Does the word stand in the name of a body, or inside the words of an office ("le ministre de l'Intérieur du Gabon")?"""
        if any(m.start < token < m.words_end for m in self.scene.mentions if m.kind == "description"):
            return True
        mention = self._name_at(token)
        return mention is not None and (
            mention.label == "ORG" or any(self.knowledge.entity(n.row).kind in ("organisation", "group", "agency") for n in mention.names)
        )

    def _name_at(self, token: int) -> Mention | None:
        return next((m for m in self.scene.mentions if m.start <= token < m.end and m.kind == "name"), None)

    def name_place(self, mention: Mention, entity: Entity, capital: bool) -> None:
        # The gazetteer has cities by their English names: what the text calls them stands, unless it only shortens.
        own = entity.kind == "state" or (entity.id.startswith("city:") and not fold(entity.name).startswith(fold(mention.text)))
        name = mention.text if own else entity.name
        key = f"place:{slug(mention.text)}:{entity.country}" if entity.kind == "state" else entity.id
        point = entity
        if capital:
            cities = [self.knowledge.entity(n.row) for n in self.knowledge.named(mention.text)]
            point = max((c for c in cities if c.kind == "place" and c.country == entity.country), key=lambda c: c.size, default=entity)
        self.scene.note_place(mention, Party(key, name, "place", entity.country, entity=point))

    def called_place(self, mention: Mention) -> bool:
        """Does the article call an unknown name a town's somewhere ("la localité mauritanienne de Fassala"), whatever the pipeline took it for?"""
        return not mention.names and fold(mention.text) in self._towns

    @cached_property
    def _towns(self) -> dict[str, str | None]:
        """The unknown names that stand behind a noun of a town, with the country that its adjective tells."""
        towns: dict[str, str | None] = {}
        for mention in self.scene.mentions:
            if mention.kind != "name" or mention.names or mention.start < 2 or self.doc[mention.start - 1].pos_ != "ADP":
                continue
            at, countries = mention.start - 2, tuple[str, ...]()
            settlement = self.scene.pack.closed["settlement"]
            # An adjective between, which the tagger may have taken for a noun ("la ville frontalière de").
            if at > 0 and self.doc[at].lemma_.lower() not in settlement and self.doc[at].pos_ in ("ADJ", "NOUN"):
                countries = self.knowledge.adjectives.get(fold(self.doc[at].text), ())
                at -= 1
            if self.doc[at].lemma_.lower() in settlement:
                towns.setdefault(fold(mention.text), countries[0] if len(countries) == 1 else None)
        return towns

    def country_nearby(self, mention: Mention) -> str | None:
        """The country named in brackets or behind a comma beside an unknown place ("Natanz (Iran)"); None where there is none."""
        after = [m for m in self.scene.mentions if mention.end < m.start + 1 <= mention.end + 2 and m.names]
        if after and self.doc[mention.end].text in ("(", ","):
            entity = self.knowledge.entity(after[0].names[0].row)
            return entity.country if entity.kind == "state" else None
        return self._towns.get(fold(mention.text))

    def misspelt(self, mention: Mention) -> Party | None:
        """A place named in the article whose name differs by one letter ("Bubjumbura")."""
        key = fold(mention.text)
        if len(key) < 7:
            return None
        near = next((p for p in self.cast.places if p.entity is not None and OSA.distance(key, fold(p.name), score_cutoff=1) <= 1), None)
        if near is not None:
            return near
        for capital, country in self.knowledge.capitals.items():
            if country in self.scene.countries and OSA.distance(key, capital, score_cutoff=1) <= 1:
                return Party("place:" + slug(mention.text), mention.text, "place", country, entity=self.knowledge.states[country])
        return None
