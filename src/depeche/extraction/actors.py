"""Who is who: which mentions are one, and which entry of the knowledge base they lead to at the article's date.

Mentions are taken in the order of the text; each either leads to somebody already introduced or brings in somebody new. What nothing decides
stays open: an unknown name is kept as an actor without an entity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from depeche.extraction.mentions import Mention
from depeche.extraction.standing import stands_for_place
from depeche.knowledge.base import Entity, KnowledgeBase
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold, slug
from depeche.record import Span

PERSON_LABELS = frozenset({"PER"})


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
            self._at[token] = bound
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
        return self.introduce(state_party(entity)) if entity else None

    @property
    def actors(self) -> list[Party]:
        return [p for p in self.parties.values() if p.kind != "place"]

    @property
    def places(self) -> list[Party]:
        return [p for p in self.parties.values() if p.kind == "place"]


def state_party(entity: Entity) -> Party:
    return Party(entity.id, entity.name, "state", entity.country, "GOV", None, entity, entity.gender or "x")


def resolve_actors(doc: Doc, mentions: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase, on: str | None) -> Cast:
    """Lead every mention to its party. `on`: the article's date, by which offices are read; None leaves offices without a person."""
    return _Resolution(doc, pack, knowledge, on, mentions).run()


class _Resolution:
    """One pass through an article's mentions."""

    def __init__(self, doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase, on: str | None, mentions: list[Mention]) -> None:
        self.doc, self.pack, self.knowledge, self.on = doc, pack, knowledge, on
        self.mentions = mentions
        self.cast = Cast()
        self.recent: list[tuple[int, Party]] = []  # (token, who) in the order of the text
        self.titles = {m.title_of: m for m in mentions if m.title_of is not None}
        self.countries = self._countries_named()
        self.covered = 0  # the token behind the last description that was resolved
        self.acronyms: dict[str, Party] = {}

    def _countries_named(self) -> dict[str, int]:
        """How often each country is named or called by its adjective: what decides between namesakes."""
        counts: dict[str, int] = {}
        for mention in self.mentions:
            sure = {self.knowledge.entity(n.row).country for n in mention.names if n.what in ("name", "capital", "seat", "people")}
            for country in sure if len(sure) == 1 else ():
                if country:
                    counts[country] = counts.get(country, 0) + 1
        for token in self.doc:
            for country in self.knowledge.adjectives.get(fold(token.text), ()) if token.pos_ == "ADJ" else ():
                counts[country] = counts.get(country, 0) + 1
        return counts

    def run(self) -> Cast:
        readers = {"pronoun": self._pronoun, "group": self._group, "institution": self._institution, "description": self._description, "press": self._press}
        for mention in self.mentions:
            if mention.start >= self.covered:
                readers.get(mention.kind, self._name)(mention)
        for party in self.cast.parties.values():
            party.name = self._name_for(party)
        return self.cast

    def _note(self, mention: Mention, parties: list[Party]) -> None:
        self.cast.bind(mention, parties)
        self.recent += [(mention.head, p) for p in parties]
        if mention.kind in ("description", "institution", "press"):
            self.covered = mention.end  # names inside the description are part of it

    def _name_for(self, party: Party) -> str:
        """What an actor is called: as the base has it where the article says so too, else as the article says it most fully."""
        if party.kind in ("state", "place") or not party.names:
            return party.name
        key = fold(party.name)
        if key in party.names or (party.kind == "person" and any(n.split()[-1] == key.split()[-1] for n in party.names if n)):
            return party.name
        return max(party.written, key=lambda n: (" " in n, len(n)))

    # -- names ------------------------------------------------------------------------------------

    def _name(self, mention: Mention) -> None:
        if (named := self.acronyms.get(mention.text) or self._bracketed(mention)) is not None:
            named.names.add(fold(mention.text))
            named.written.add(mention.text)
            self._note(mention, [named])
            return
        entity = self._entity_named(mention)
        if entity is not None and entity.kind == "state":
            what = {n.what for n in mention.names if n.row == entity.row}
            if what & {"name", "capital"} and stands_for_place(self.doc[mention.head], mention, self.pack, self._is_city, capital="name" not in what):
                self._place(mention, entity, capital="capital" in what)
            else:
                self._note(mention, [self.cast.introduce(self._acting_for(mention, entity))])
        elif entity is not None and entity.kind == "place":
            self._place(mention, entity, capital=False)
        elif entity is not None:
            self._named_party(mention, Party(entity.id, entity.name, entity.kind, entity.country, entity.sector, None, entity, entity.gender or "x"))
        elif mention.label == "LOC":
            place = Party("place:" + slug(mention.text), mention.text, "place", self._country_nearby(mention))
            self.cast.bind_place(mention, self.cast.introduce(place))
        else:
            self._unknown(mention)

    def _acting_for(self, mention: Mention, state: Entity) -> Party:
        """The actor behind a state's or capital's name: Brussels acts for the Union, unless Belgium is what the article is about."""
        bodies = [e for n in mention.names if n.what == "seat" and (e := self.knowledge.entity(n.row)).kind == "organisation"]
        if bodies and not any(m.kind != "pronoun" and any(n.row == state.row and n.what in ("name", "people") for n in m.names) for m in self.mentions):
            body = bodies[0]
            return Party(body.id, body.name, body.kind, body.country, body.sector, None, body, body.gender or "x")
        return state_party(state)

    def _is_city(self, token: int) -> bool:
        """Does the word stand in the name of a place that is no state and no capital?"""
        for mention in self.mentions:
            if mention.start <= token < mention.end and mention.kind == "name":
                return mention.label == "LOC" and not any(n.what in ("name", "capital") for n in mention.names)
        return False

    def _bracketed(self, mention: Mention) -> Party | None:
        """ "Organisation de l'aviation civile internationale (OACI)": an acronym in brackets behind a name is that name's."""
        before, after = mention.start - 1, mention.end
        if before < 1 or after >= len(self.doc) or self.doc[before].text != "(" or self.doc[after].text not in (")", ",") or not mention.text.isupper() or len(mention.text) < 2:
            return None
        named = self.cast.at(before - 1)
        if len(named) != 1 or named[0].kind not in ("organisation", "group", "agency", "state"):
            return None
        initials = [w for w in fold(self.doc[max(0, before - 12) : before].text).split()]
        if not any(w[0] == fold(mention.text)[0] for w in initials):
            return None
        self.acronyms[mention.text] = named[0]
        return named[0]

    def _named_party(self, mention: Mention, party: Party) -> None:
        party = self.cast.introduce(party)
        party.names.add(fold(mention.name))
        party.written.add(mention.name)
        self._take_title(mention, party)
        self._note(mention, [party])

    def _entity_named(self, mention: Mention) -> Entity | None:
        """The entry that a name leads to here; None where nothing decides."""
        whats = {n.row: n.what for n in mention.names}
        entities = [self.knowledge.entity(row) for row in whats]
        known = [e for e in entities if e.id in self.cast.parties]
        persons = [e for e in entities if e.kind == "person"]
        if persons and (mention.label == "PER" or len(persons) == len(entities)):
            full = [e for e in persons if whats[e.row] == "name"]
            if len(full) == 1:
                return full[0]
            introduced = [e for e in known if e.kind == "person"]
            if introduced:
                return max(introduced, key=lambda e: self._last_named(e.id))
            if self._introduced_by_family_name(mention):
                return None
            return self._only_likely(persons)
        others = [e for e in entities if e.kind != "person"]
        if not others:
            return None
        firm = [e for e in others if whats[e.row] in ("name", "people", "seat", "capital")]
        if mention.label == "PER" and not firm:
            return None
        choice = firm or others
        states = [e for e in choice if e.kind == "state"]
        bodies = [e for e in choice if e.kind not in ("state", "place")]
        if bodies and not states:
            return next((e for e in bodies if e.id in self.cast.parties), bodies[0])
        if states:
            return max(states, key=lambda e: (self.countries.get(e.country or "", 0), e.size))
        return max(choice, key=lambda e: (self.countries.get(e.country or "", 0) > 0, e.size)) if choice else None

    def _last_named(self, key: str) -> int:
        heads = self.cast.parties[key].heads
        return heads[-1] if heads else -1

    def _only_likely(self, persons: list[Entity]) -> Entity | None:
        """Of several that bear a family name, the one in office at the article's date, or the only one."""
        if len(persons) == 1:
            return persons[0]
        if self.on is None:
            return None
        in_office = [p for p in persons if any(t.on(self.on) for t in self.knowledge.tenures_of(p.row))]
        near = [p for p in in_office if p.country in self.countries]
        for group in (near, in_office):
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
        same = same or self._introduced_by_family_name(mention) or self._misspelt(mention) or self._named_short_before(mention)
        if same is None:
            person = mention.label == "PER" or mention.honorific
            kind = "person" if person else "organisation"
            same = self.cast.introduce(Party(f"{kind}:{slug(mention.name)}", mention.name, kind, gender=mention.gender))
        same.names.add(key)
        same.written.add(mention.name)
        if len(mention.name) > len(same.name) and same.entity is None:
            same.name = mention.name
        if same.gender == "x":
            same.gender = mention.gender
        self._take_title(mention, same)
        self._note(mention, [same])

    def _named_short_before(self, mention: Mention) -> Party | None:
        """Somebody whom the headline called by the family name alone."""
        words = fold(mention.name).split()
        if mention.label != "PER" or len(words) < 2:
            return None
        return next((p for p in self.cast.actors if p.kind == "person" and p.entity is None and p.names <= {words[-1], words[0]}), None)

    def _misspelt(self, mention: Mention) -> Party | None:
        """Somebody introduced whose full name differs by a letter or two ("Vladirmir Poutine")."""
        from rapidfuzz.distance import OSA

        key = fold(mention.text)
        if mention.label != "PER" or len(key) < 9 or " " not in key:
            return None
        return next((p for p in self.cast.actors if p.kind == "person" and any(OSA.distance(key, n, score_cutoff=2) <= 2 for n in p.names if " " in n)), None)

    def _take_title(self, mention: Mention, party: Party) -> None:
        """What stands beside the name ("le ministre iranien …, X") tells role and country."""
        title = self.titles.get(mention.start) or self._title_behind(mention)
        if title is None or party.kind != "person":
            return
        self.cast.alias(title, party)
        if party.role is None:
            party.role = title.text
        if party.gender == "x":
            party.gender = title.gender
        if party.entity is None:
            party.sector = party.sector or title.sector
            if title.organisation is not None:
                party.country = party.country or self.knowledge.entity(title.organisation).country
            elif title.countries:
                party.country = party.country or self._country(title.countries)

    def _title_behind(self, mention: Mention) -> Mention | None:
        """ "X, ministre iranien de la Défense": an apposition behind the name."""
        if mention.end < len(self.doc) and self.doc[mention.end].text == ",":
            return next((m for m in self.mentions if m.kind == "description" and m.start in (mention.end + 1, mention.end + 2) and m.title_of == mention.start), None)
        return None

    # -- places -----------------------------------------------------------------------------------

    def _place(self, mention: Mention, entity: Entity, capital: bool) -> None:
        name = mention.text if entity.kind == "state" else entity.name
        key = f"place:{slug(mention.text)}:{entity.country}" if entity.kind == "state" else entity.id
        point = entity
        if capital:
            cities = [self.knowledge.entity(n.row) for n in self.knowledge.named(mention.text)]
            point = max((c for c in cities if c.kind == "place" and c.country == entity.country), key=lambda c: c.size, default=entity)
        self.cast.bind_place(mention, self.cast.introduce(Party(key, name, "place", entity.country, entity=point)))

    def _country_nearby(self, mention: Mention) -> str | None:
        """The country named in brackets or behind a comma beside an unknown place ("Natanz (Iran)"); None where there is none."""
        after = [m for m in self.mentions if mention.end < m.start + 1 <= mention.end + 2 and m.names]
        if after and self.doc[mention.end].text in ("(", ","):
            entity = self.knowledge.entity(after[0].names[0].row)
            return entity.country if entity.kind == "state" else None
        return None

    # -- offices and institutions -----------------------------------------------------------------

    def _country(self, countries: tuple[str, ...]) -> str | None:
        """One country of several that an adjective may mean: the one that the article speaks of most."""
        if len(countries) == 1:
            return countries[0]
        ranked = sorted(countries, key=lambda c: -self.countries.get(c, 0))
        return ranked[0] if countries and self.countries.get(ranked[0], 0) else None

    def _institution(self, mention: Mention) -> None:
        if mention.organisation is not None:
            body = self.knowledge.entity(mention.organisation)
            self._note(mention, [self.cast.introduce(Party(body.id, body.name, body.kind, body.country, body.sector, None, body, body.gender or "x"))])
            return
        country = self._country(mention.countries) or self._country_of(mention.owner)
        if country and (party := self.cast.state(country, self.knowledge)):
            self._note(mention, [party])
        elif not mention.countries and mention.definite:
            # "le gouvernement", "l'armée": of the state that the article is about.
            if (state := self._main_state()) is not None:
                self._note(mention, [state])

    def _country_of(self, owner: Token | None) -> str | None:
        """The country of the person whose government it is ("le gouvernement de Justin Trudeau", "le régime Assad")."""
        if owner is None:
            return None
        mention = next((m for m in self.mentions if m.start <= owner.i < m.end and m.kind == "name"), None)
        entity = self._entity_named(mention) if mention is not None else None
        if entity is not None:
            return entity.country
        known = self._introduced_by_family_name(mention) if mention is not None else None
        return known.country if known is not None else None

    def _press(self, mention: Mention) -> None:
        """ "les agences de presse russes", and "les agences" once they are named."""
        if mention.countries:
            country = self._country(mention.countries)
            party = self.cast.introduce(Party("press:" + slug(mention.text), mention.text, "agency", country, "JRN", None, None, mention.gender))
            self._note(mention, [party])
            return
        first = fold(mention.text).split()[0]
        before = next((p for _, p in reversed(self.recent) if p.kind == "agency" and fold(p.name).startswith(first)), None)
        if before is not None:
            self._note(mention, [before])

    def _description(self, mention: Mention) -> None:
        if mention.title_of is not None or mention.role is None:
            return
        if mention.count > 1 or mention.gender.endswith("p"):
            self._several(mention)
            return
        country = (self._country(mention.countries) if mention.countries else None) or self._country_of(mention.owner)
        party = self._counterpart(mention, country) if mention.role.office == "counterpart" else self._holder(mention, country)
        if party is not None:
            party.role = party.role or mention.text
            self._note(mention, [party])
        elif (country or mention.organisation is not None) and mention.definite and mention.role.office != "counterpart":
            body = self.knowledge.entity(mention.organisation) if mention.organisation is not None else None
            of = country or (body.country if body else None)
            party = self.cast.introduce(Party(f"person:{slug(mention.text)}", mention.text, "person", of, mention.sector, mention.text, None, mention.gender))
            self._note(mention, [party])

    def _counterpart(self, mention: Mention, country: str | None) -> Party | None:
        """ "son homologue iranien": who holds there the office of the person last named, or is named in the article with that country."""
        for _, party in reversed(self.recent):
            if party.kind != "person" or (country and party.country == country):
                continue
            offices = [t.office for t in self.knowledge.tenures_of(party.entity.row) if self.on and t.on(self.on)] if party.entity is not None else []
            offices = ["foreign_minister" if o == "high_representative" else o for o in offices]
            for office in offices:
                entity = self.knowledge.holder(country, office, self.on)
                if entity is not None:
                    return self.cast.introduce(Party(entity.id, entity.name, "person", entity.country, entity.sector, None, entity, entity.gender or "x"))
            break
        named = [p for _, p in reversed(self.recent) if p.kind == "person" and country and p.country == country]
        return named[0] if named else None

    def _holder(self, mention: Mention, country: str | None) -> Party | None:
        """Who is meant by an office: whom the base has in it on the article's date, or whom the article introduced with it."""
        role = mention.role
        assert role is not None
        if not country and mention.organisation is None:
            return self._introduced_with(mention, None) if mention.definite else None
        if mention.organisation is None:
            organisation = None
            offices: tuple[str, ...] = ("head_of_state", "head_of_government") if role.office == "head_of_state" else (role.office,)
        else:
            organisation = self._organisation_key(mention)
            offices = {"head_of_state": ("president",), "leader": ("leader", "president", "secretary_general"), "foreign_minister": ("high_representative",)}.get(role.office, (role.office,))
        former = role.words[0] in self.pack.closed["former"] or any(t.lower_ in self.pack.closed["former"] for t in self.doc[max(0, mention.start - 1) : mention.end])
        if not former and role.office not in ("minister", "other", "spokesman"):
            for office in offices:
                entity = self.knowledge.holder(country if organisation is None else None, office, self.on, organisation)
                if entity is not None and self._genders_agree(entity.gender, mention.gender):
                    return self.cast.introduce(Party(entity.id, entity.name, "person", entity.country, entity.sector, None, entity, entity.gender or "x"))
        return self._introduced_with(mention, country)

    def _organisation_key(self, mention: Mention) -> str | None:
        return self.knowledge.entity(mention.organisation).id if mention.organisation is not None else None

    @staticmethod
    def _genders_agree(one: str | None, other: str) -> bool:
        return not one or "x" in (one[0], other[0]) or one[0] == other[0]

    def _introduced_with(self, mention: Mention, country: str | None) -> Party | None:
        """Somebody named before whose role has the same words, or holds the office that the words mean."""
        role = mention.role
        assert role is not None
        last = role.words[-1]
        for _, party in reversed(self.recent):
            if party.kind != "person" or not self._genders_agree(party.gender, mention.gender) or (country and party.country and party.country != country):
                continue
            if party.role and last in fold(party.role).split():
                return party
            if party.entity is not None and any(t.office == role.office or role.office == "leader" for t in self.knowledge.tenures_of(party.entity.row) if self.on is None or t.on(self.on)):
                return party
        return None

    # -- taking up --------------------------------------------------------------------------------

    def _several(self, mention: Mention) -> None:
        """ "les deux présidents": as many persons as are meant, the last named."""
        if mention.count > 1 and not mention.countries:
            self._bind_last(mention, mention.count, "person")

    def _group(self, mention: Mention) -> None:
        if mention.count > 1:
            self._bind_last(mention, mention.count, mention.label)
            return
        if (state := self._main_state()) is not None:
            self._note(mention, [state])

    def _main_state(self) -> Party | None:
        """The state that the article is about: the one that is named most, if it stands out."""
        ranked = sorted(self.countries.items(), key=lambda c: -c[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
            return self.cast.state(ranked[0][0], self.knowledge)
        return None

    def _bind_last(self, mention: Mention, count: int, kind: str) -> None:
        """As many as are meant: the pair most often named together, else those last named."""
        pairs = self._pairs(kind) if count == 2 else []
        if pairs:
            self._note(mention, list(max(pairs, key=lambda pair: (pairs.count(pair), pairs.index(pair)))))
            return
        found: list[Party] = []
        for _, party in reversed(self.recent):
            one = self._as_kind(party, kind)
            if one is not None and one not in found:
                found.append(one)
            if len(found) == count:
                self._note(mention, list(reversed(found)))
                return

    def _as_kind(self, party: Party, kind: str) -> Party | None:
        """The party as what is meant: "les deux pays" of two presidents are their states."""
        if party.kind == kind or (kind == "any" and party.kind in ("state", "person", "organisation", "group")):
            return party
        if kind == "state" and party.kind == "person" and party.country:
            return self.cast.state(party.country, self.knowledge)
        return None

    def _pairs(self, kind: str) -> list[tuple[Party, Party]]:
        """Parties of a kind that were named side by side ("l'Arménie et l'Azerbaïdjan"), in the order of the text."""
        pairs = []
        heads = dict(self.recent)
        for at, party in self.recent:
            token = self.doc[at]
            if token.dep_ == "conj" and token.head.i in heads:
                one, other = self._as_kind(heads[token.head.i], kind), self._as_kind(party, kind)
                if one is not None and other is not None and one is not other:
                    pairs.append((one, other))
        return pairs

    def _pronoun(self, mention: Mention) -> None:
        """Whom a pronoun takes up: the subject last named that agrees with it, in this sentence or the two before."""
        token = self.doc[mention.head]
        plural = mention.gender.endswith("p")
        if plural:
            self._plural_pronoun(mention)
            return
        sentence = token.sent.start
        floor = max(0, self._sentence_before(sentence, 2))
        candidates = [(at, p) for at, p in self.recent if at >= floor and at < token.i and p.kind in ("person", "state", "organisation", "group")]
        best: tuple[tuple[int, int, int], Party] | None = None
        for at, party in candidates:
            if not self._agrees(party, mention.gender):
                continue
            head = self.doc[at]
            subject = head.dep_.startswith("nsubj") or head.dep_ == "ROOT"
            person = party.kind == "person"
            rank = (int(person) * 2 + int(subject), at // 60, at)
            if best is None or rank >= best[0]:
                best = (rank, party)
        if best is not None:
            self._note(mention, [best[1]])

    def _plural_pronoun(self, mention: Mention) -> None:
        token = self.doc[mention.head]
        for at, party in reversed(self.recent):
            if token.i - at > 60:
                return
            if party.gender.endswith("p") and self._genders_agree(party.gender, mention.gender):
                self._note(mention, [party])
                return
            together = [p for h, p in self.recent if h in {c.i for c in self.doc[at].subtree if c.dep_ == "conj"} | {at} or p is party and h == at]
            if len({p.key for p in together}) > 1:
                self._note(mention, list(dict.fromkeys(together)))
                return

    def _agrees(self, party: Party, gender: str) -> bool:
        return not party.gender.endswith("p") and self._genders_agree(party.gender, gender)

    def _sentence_before(self, start: int, count: int) -> int:
        at = start
        for _ in range(count):
            if at <= 0:
                return 0
            at = self.doc[at - 1].sent.start
        return at
