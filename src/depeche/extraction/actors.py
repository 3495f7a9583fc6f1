"""Who is who: which mentions are one, and which entry of the knowledge base they lead to at the article's date.

Mentions are taken in the order of the text; each either leads to somebody already introduced or brings in somebody new. What nothing decides
stays open: an unknown name is kept as an actor without an entity.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA
from spacy.tokens import Doc

from depeche.extraction.callings import read_called
from depeche.extraction.cast import Cast, Party
from depeche.extraction.locations import Locations
from depeche.extraction.mention import Mention, grammatical_gender
from depeche.extraction.officials import read_description, read_institution, read_press
from depeche.extraction.pronouns import read_pronoun
from depeche.extraction.scene import Scene
from depeche.extraction.takeup import read_body, read_capital, read_group
from depeche.knowledge.base import Entity, KnowledgeBase
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold, slug

__all__ = ["Cast", "Party", "resolve_actors"]

_READERS = {
    "pronoun": read_pronoun,
    "called": read_called,
    "group": read_group,
    "capital": read_capital,
    "body": read_body,
    "institution": read_institution,
    "description": read_description,
    "press": read_press,
}


def resolve_actors(doc: Doc, mentions: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase, on: str | None) -> Cast:
    """Lead every mention to its party. `on`: the article's date, by which offices are read; None leaves offices without a person."""
    scene = Scene(doc, pack, knowledge, on, mentions)
    names = _Names(scene)
    for mention in mentions:
        if mention.start < scene.covered:
            continue
        reader = _READERS.get(mention.kind)
        if reader is not None:
            reader(scene, mention)
        else:
            names.read(mention)
    for party in scene.cast.parties.values():
        party.name = _name_for(party)
    return scene.cast


def _name_for(party: Party) -> str:
    """What an actor is called: as the base has it where the article says so too, else as the article says it most fully."""
    if party.kind in ("state", "place") or not party.names:
        return party.name
    key = fold(party.name)
    words = set(key.split())
    if key in party.names or (party.kind == "person" and any(n.split()[-1] == key.split()[-1] or set(n.split()) < words for n in party.names if n)):
        return party.name
    return max(party.written, key=lambda n: (" " in n, len(n), n))


class _Names:
    """Reads the names of one article: which entry or whom already introduced each leads to."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.doc, self.cast, self.knowledge = scene, scene.doc, scene.cast, scene.knowledge
        self.titles = {m.title_of: m for m in scene.mentions if m.title_of is not None}
        self.locations = Locations(scene)
        self.acronyms: dict[str, Party] = {}

    def read(self, mention: Mention) -> None:
        """Lead one name to its party or place."""
        if (named := self.acronyms.get(mention.text) or self._bracketed(mention)) is not None:
            named.names.add(fold(mention.text))
            named.written.add(mention.text)
            self.scene.note(mention, [named])
            return
        entity = self._entity_named(mention)
        if entity is not None and entity.kind == "state":
            what = {n.what for n in mention.names if n.row == entity.row}
            if self.scene.generic(mention, next(iter(what))) and not self.scene.countries.get(entity.country or "", 0):
                entity = own.entity if (own := self.scene.state_here(mention.start)) is not None and own.entity is not None else entity
            if what & {"name", "capital", "seat"} and not mention.joined and self.locations.located(mention, what):
                self.locations.name_place(mention, entity, capital="capital" in what)
            else:
                self.scene.note(mention, [self.cast.introduce(self.locations.acting_for(mention, entity))])
        elif entity is not None and entity.kind == "place":
            if self.locations.acts(mention):
                self._named_party(mention, Party("region:" + slug(entity.name), entity.name, "organisation", entity.country, "GOV", None, entity))
            else:
                self.locations.name_place(mention, entity, capital=False)
        elif entity is not None:
            self._named_party(mention, self.scene.party(entity))
        elif mention.label == "LOC" or self.locations.called_place(mention):
            if (meant := self.locations.misspelt(mention)) is not None:
                self.scene.note_place(mention, meant)
                return
            self.scene.note_place(mention, Party("place:" + slug(mention.text), mention.text, "place", self.locations.country_nearby(mention)))
        else:
            self._unknown(mention)

    def _bracketed(self, mention: Mention) -> Party | None:
        """ "Organisation de l'aviation civile internationale (OACI)": an acronym in brackets behind a name is that name's."""
        before, after = mention.start - 1, mention.end
        if (
            before < 1
            or after >= len(self.doc)
            or self.doc[before].text != "("
            or self.doc[after].text not in (")", ",")
            or not mention.text.isupper()
            or len(mention.text) < 2
        ):
            return None
        named = self.cast.at(before - 1)
        if len(named) != 1 or named[0].kind not in ("organisation", "group", "agency", "state"):
            return None
        initials = fold(self.doc[max(0, before - 12) : before].text).split()
        if not any(w[0] == fold(mention.text)[0] for w in initials):
            return None
        self.acronyms[mention.text] = named[0]
        return named[0]

    def _named_party(self, mention: Mention, party: Party) -> None:
        party = self.cast.introduce(party)
        party.names.add(fold(mention.name))
        party.written.add(mention.name)
        self._take_title(mention, party)
        self.scene.note(mention, [party])

    def _entity_named(self, mention: Mention) -> Entity | None:
        """The entry that a name leads to here; None where nothing decides."""
        whats = {n.row: n.what for n in mention.names}
        entities = [self.knowledge.entity(row) for row in whats]
        persons = [e for e in entities if e.kind == "person"]
        if persons and (mention.label == "PER" or len(persons) == len(entities)):
            return self._person_named(mention, persons, whats)
        others = [e for e in entities if e.kind != "person"]
        firm = [e for e in others if whats[e.row] in ("name", "people", "seat", "capital")]
        if not others or (mention.label == "PER" and not firm):
            return None
        choice = firm or others
        states = [e for e in choice if e.kind == "state"]
        bodies = [e for e in choice if e.kind not in ("state", "place")]
        press = next((e for e in others if e.kind == "agency"), None)
        if press is not None and self._called_press(mention):
            return press
        places = [e for e in others if e.kind == "place"]
        if press is not None and places and self.doc[mention.start - 1].pos_ == "ADP":
            choice, bodies, states = places, [], []  # "en Anatolie"
        if bodies and not states:
            return next((e for e in bodies if e.id in self.cast.parties), bodies[0])
        if states:
            ranked = sorted(states, key=lambda e: (self.scene.countries.get(e.country or "", 0), e.size), reverse=True)
            # "la Corée": of two that bear the name, the one that the article speaks of.
            open_ = len(ranked) > 1 and whats[ranked[0].row] == whats[ranked[1].row] == "name" and not self.scene.countries.get(ranked[0].country or "", 0)
            return None if open_ else ranked[0]
        nearby = {country for _, country in self.scene.named_places}
        key = fold(mention.text)
        return max(choice, key=lambda e: (self.scene.countries.get(e.country or "", 0) > 0, e.country in nearby, fold(e.name) == key, e.size))

    def _called_press(self, mention: Mention) -> bool:
        """ "l'agence Anatolie", "la chaîne publique TRT": a noun of the press stands before the name."""
        for token in reversed(self.doc[max(0, mention.start - 3) : mention.start]):
            institution = self.scene.pack.institutions.get(token.lemma_.lower())
            if institution is not None:
                return institution.press
            if token.pos_ != "ADJ":
                return False
        return False

    def _person_named(self, mention: Mention, persons: list[Entity], whats: dict[int, str]) -> Entity | None:
        full = [e for e in persons if whats[e.row] == "name"]
        if len(full) == 1:
            return full[0]
        if " " in mention.name.strip() and not full and not self._may_be(mention, persons):
            return None
        introduced = [e for e in persons if e.id in self.cast.parties]
        if introduced:
            return max(introduced, key=lambda e: self._last_named(e.id))
        if self._introduced_by_family_name(mention):
            return None
        return self._only_likely(persons, mention)

    def _may_be(self, mention: Mention, persons: list[Entity]) -> bool:
        """May a full name be one of those that bear its family name: does its first name sound like theirs ("Vladirmir Poutine")?"""
        key = fold(mention.name)
        return any(OSA.normalized_similarity(key, fold(e.name)) > 0.8 for e in persons)

    def _last_named(self, key: str) -> int:
        heads = self.cast.parties[key].heads
        return heads[-1] if heads else -1

    def _only_likely(self, persons: list[Entity], mention: Mention) -> Entity | None:
        """Of several that bear a family name, the one whom the title means, the one in office at the article's date, or the only one."""
        title = self.titles.get(mention.start)
        if title is not None and title.countries:
            persons = [p for p in persons if p.country in title.countries]
        if len(persons) == 1:
            return persons[0]
        if self.scene.on is None:
            return None
        in_office = [p for p in persons if self.scene.offices_of(p)]
        leading = [p for p in in_office if {"head_of_state", "head_of_government"} & set(self.scene.offices_of(p))]
        near = [p for p in in_office if p.country in self.scene.countries]
        leading_near = [p for p in leading if p.country in self.scene.countries]
        for group in (near, leading_near, in_office, leading):
            if len(group) == 1:
                return group[0]
        return None

    def _introduced_by_family_name(self, mention: Mention) -> Party | None:
        """Somebody unknown to the base whose full name ends (or begins) with these words."""
        key = fold(mention.name)
        holders = [p for p in self.cast.actors if p.kind == "person" and any(key != n and (n.endswith(" " + key) or n.startswith(key + " ")) for n in p.names)]
        return max(holders, key=lambda p: p.heads[-1] if p.heads else -1) if holders else None

    def _unknown(self, mention: Mention) -> None:
        """A name that the base does not know: a person, an organisation, or the short form of somebody introduced."""
        key = fold(mention.name)
        same = next((p for p in self.cast.actors if key in p.names), None)
        same = same or self._introduced_by_family_name(mention) or self._misspelt(mention) or self._named_short_before(mention) or self._first_word_of(mention)
        if same is None:
            person = mention.label == "PER" or mention.honorific
            kind = "person" if person else "agency" if self._called_press(mention) else "organisation"
            country = None if person else self._country_within(mention)
            same = self.cast.introduce(
                Party(f"{kind}:{slug(mention.name)}", mention.name, kind, country, "JRN" if kind == "agency" else None, gender=mention.gender)
            )
        same.names.add(key)
        same.written.add(mention.name)
        if len(mention.name) > len(same.name) and same.entity is None:
            same.name = mention.name
        if same.gender == "x":
            same.gender = mention.gender
        self._take_title(mention, same)
        self.scene.note(mention, [same])

    def _country_within(self, mention: Mention) -> str | None:
        """The country that a body's own name tells ("Agence togolaise de presse")."""
        for token in self.doc[mention.start : mention.end]:
            countries = self.knowledge.adjectives.get(fold(token.text), ())
            if countries and token.pos_ == "ADJ":
                return self.scene.country(countries)
        return None

    def _named_short_before(self, mention: Mention) -> Party | None:
        """Somebody whom the headline called by the family name alone."""
        words = fold(mention.name).split()
        if mention.label != "PER" or len(words) < 2:
            return None
        return next((p for p in self.cast.actors if p.kind == "person" and p.entity is None and p.names <= {words[-1], words[0]}), None)

    def _first_word_of(self, mention: Mention) -> Party | None:
        """ "La Commission", once the European Commission is named: the noun that a body's name begins with."""
        key = fold(mention.name)
        if mention.label == "PER" or " " in key or mention.text.isupper():
            return None
        bodies = [p for _, p in reversed(self.scene.recent) if p.kind in ("organisation", "group")]
        return next((p for p in bodies if any(n.startswith(key + " ") for n in (*p.names, fold(p.name)))), None)

    def _misspelt(self, mention: Mention) -> Party | None:
        """Somebody introduced whose full name differs by a letter or two ("Vladirmir Poutine")."""
        key = fold(mention.text)
        if mention.label != "PER" or len(key) < 9 or " " not in key:
            return None
        return next((p for p in self.cast.actors if p.kind == "person" and any(OSA.distance(key, n, score_cutoff=2) <= 2 for n in p.names if " " in n)), None)

    def _people_before(self, mention: Mention) -> Mention | None:
        """The people that stands right before a name ("l'Italien Vincenzo Nibali")."""
        return next((m for m in self.scene.mentions if m.kind == "people" and m.end == mention.start), None)

    def _take_title(self, mention: Mention, party: Party) -> None:
        """What stands beside the name ("le ministre iranien …, X") tells role and country."""
        if party.kind != "person":
            return
        if party.entity is None and (people := self._people_before(mention)) is not None:
            party.country = party.country or self.knowledge.entity(people.names[0].row).country
            party.gender = grammatical_gender(self.doc[people.start]) if party.gender == "x" else party.gender
        title = self.titles.get(mention.start)
        if title is None:
            if party.gender == "x" and party.entity is None and " " in mention.name:
                party.gender = self.knowledge.given_names.get(fold(mention.name).split()[0], "x")
            return
        self.cast.alias(title, party)
        if party.role is None:
            before = self.doc[title.start - 1]
            # "l'ancien président": the word that tells so is part of the role
            party.role = f"{before.text} {title.text}" if title.held and before.lower_ in self.scene.pack.closed["held"] else title.text
        if party.gender == "x":
            party.gender = title.gender
        if party.entity is None:
            party.sector = party.sector or title.sector
            if title.organisation is not None:
                party.country = party.country or self.knowledge.entity(title.organisation).country
            elif title.countries:
                party.country = party.country or self.scene.country(title.countries)
